#include "media/picture_process.hpp"

#include <algorithm>
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

namespace etakahvila::media {
namespace {

using protocol::RefusalWord;

using SteadyTime = std::chrono::steady_clock::time_point;

/// For poll.
int ms_until(SteadyTime deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_{number} {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const { return number_; }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

private:
    int number_;
};

struct Said {
    std::string bytes;
    /// Nothing when it did not end by itself.
    std::optional<int> exit_code;
    bool is_out_of_time = false;
};

/// Sends all of it, and takes what comes until the other side has closed. Nothing when it says more than `most`, or is
/// not done in time.
std::optional<std::string> talk(int socket, std::string_view given, std::size_t most, SteadyTime deadline) {
    std::string said;
    std::array<char, 16'384> piece{};
    bool is_sending = true;
    while (said.size() <= most) {
        if (is_sending && given.empty()) {
            ::shutdown(socket, SHUT_WR);
            is_sending = false;
        }
        pollfd line{.fd = socket, .events = static_cast<short>(is_sending ? POLLIN | POLLOUT : POLLIN), .revents = 0};
        const int left_ms = ms_until(deadline);
        if (left_ms == 0) return std::nullopt;
        const int ready = ::poll(&line, 1, left_ms);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return std::nullopt;
        if (is_sending && (line.revents & POLLOUT) != 0) {
            const auto sent = ::send(socket, given.data(), given.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent > 0) given.remove_prefix(static_cast<std::size_t>(sent));
            // Whoever has read enough may have said why.
            if (sent < 0 && errno != EAGAIN && errno != EINTR) is_sending = false;
        }
        if ((line.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
            const auto came = ::recv(socket, piece.data(), piece.size(), MSG_DONTWAIT);
            if (came > 0) said.append(piece.data(), static_cast<std::size_t>(came));
            if (came == 0 || (came < 0 && errno != EAGAIN && errno != EINTR)) return said;
        }
    }
    return std::nullopt;
}

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

    auto heard = talk(ours.number(), given, 1 + picture_bytes_max, deadline);
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

/// A whole JPEG by its ends; more is not asked of what was made behind the wall.
bool is_jpeg(std::string_view bytes) {
    return bytes.size() <= picture_bytes_max && bytes.starts_with("\xff\xd8\xff") && bytes.ends_with("\xff\xd9");
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
    if (said->exit_code != exit_said || said->bytes.empty()) return RefusalWord::picture_not_read;
    switch (Verdict{said->bytes.front()}) {
        case Verdict::made: {
            said->bytes.erase(0, 1);
            if (!is_jpeg(said->bytes)) return RefusalWord::picture_not_read;
            return std::move(said->bytes);
        }
        case Verdict::not_a_picture: return RefusalWord::not_a_picture;
        case Verdict::too_large: return RefusalWord::picture_too_large;
        case Verdict::cut_off: return RefusalWord::picture_cut_off;
        case Verdict::not_read: return RefusalWord::picture_not_read;
    }
    return RefusalWord::picture_not_read;
}

}  // namespace etakahvila::media
