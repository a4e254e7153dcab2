#include "media/picture_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "media/answers.hpp"
#include "media/picture_talk.hpp"

namespace etakahvila::media {
namespace {

using protocol::RefusalWord;

struct Said {
    std::string bytes;
    /// Nothing when it did not end by itself.
    std::optional<int> exit_code;
    bool is_out_of_time = false;
};

/// Whether the child has ended by itself by then; it is there to be waited for still. Where the kernel does not tell,
/// it is taken to end.
bool ends_by(pid_t process, SteadyTime deadline) {
    const Descriptor handle{static_cast<int>(::syscall(SYS_pidfd_open, process, 0U))};
    if (handle.number() < 0) return true;
    pollfd end{.fd = handle.number(), .events = POLLIN, .revents = 0};
    int ready = -1;
    do ready = ::poll(&end, 1, ms_until(deadline));
    while (ready < 0 && errno == EINTR);
    return ready > 0;
}

/// Nothing when it could not be started.
std::optional<Said> run(
    const std::filesystem::path& program, const char* option, std::string_view given, std::chrono::milliseconds most) {
    const auto deadline = std::chrono::steady_clock::now() + most;
    std::array<int, 2> pair{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) return std::nullopt;
    const Descriptor ours{pair[0]};
    Descriptor theirs{pair[1]};

    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, theirs.number(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&files, theirs.number(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    // Of our masks and of what we are deaf to it takes nothing: its alarm has to reach it.
    posix_spawnattr_t ways;
    ::posix_spawnattr_init(&ways);
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&ways, &none);
    ::posix_spawnattr_setsigdefault(&ways, &all);
    ::posix_spawnattr_setflags(&ways, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    const auto name = program.string();
    std::string own_name{name};
    std::string own_option{option == nullptr ? "" : option};
    std::array<char*, 3> arguments{own_name.data(), option == nullptr ? nullptr : own_option.data(), nullptr};
    std::array<char*, 1> no_environment{nullptr};
    pid_t process{};
    const int fault = ::posix_spawn(&process, name.c_str(), &files, &ways, arguments.data(), no_environment.data());
    ::posix_spawn_file_actions_destroy(&files);
    ::posix_spawnattr_destroy(&ways);
    if (fault != 0) return std::nullopt;
    theirs.close();

    auto heard = talk(ours.number(), given, deadline);
    // The number is its own until it has been waited for. One that has closed its output need not have ended.
    const bool has_ended = heard && ends_by(process, deadline);
    const bool is_late = !has_ended && ms_until(deadline) == 0;
    if (!has_ended) ::kill(process, SIGKILL);
    Said said{.bytes = std::move(heard).value_or(std::string{}), .exit_code = {}};
    int status{};
    while (::waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) return said;
    }
    if (WIFEXITED(status)) said.exit_code = WEXITSTATUS(status);
    said.is_out_of_time = is_late ||
                          (WIFSIGNALED(status) && (WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGXCPU));
    return said;
}

}  // namespace

PictureProcess::PictureProcess(std::filesystem::path program, std::chrono::milliseconds patience)
    : program_{std::move(program)}, patience_{patience} {
    std::error_code error;
    if (!std::filesystem::is_regular_file(program_, error)) {
        why_off_ = "Photos are off: the program that reads them is not there: " + program_.string() + ".";
        return;
    }
    const auto said = run(program_, look_option, {}, patience_);
    if (said && said->exit_code == exit_shut_in) return;
    const bool is_open = said && said->exit_code == exit_no_sandbox;
    why_off_ = is_open ? "Photos are off: the program that reads them cannot shut itself in on this machine. It needs "
                         "a kernel with seccomp filters, and a container that lets it use them."
                       : "Photos are off: the program that reads them does not run: " + program_.string() + ".";
}

std::variant<std::string, RefusalWord> PictureProcess::make(std::string_view given) {
    if (why_off_) return RefusalWord::photos_off;
    auto said = run(program_, nullptr, given, patience_);
    if (!said) return RefusalWord::busy;
    if (said->is_out_of_time) return RefusalWord::picture_too_large;
    // What it was given has ended it.
    if (said->exit_code != exit_said) return RefusalWord::picture_not_read;
    return picture_in(std::move(said->bytes));
}

}  // namespace etakahvila::media
