#include "support/child_server.hpp"

#include <array>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/client_certificate.hpp"
#include "player/session_today.hpp"

extern char** environ;

using namespace std::string_literals;

namespace etakahvila::testing {
namespace {

/// A started process, and the reading end of its standard output.
struct Started {
    pid_t pid{};
    int output{};
};

Started start_process(
    const std::filesystem::path& program, std::vector<std::string> arguments, const std::filesystem::path& log) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error{"No pipe can be made."};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    arguments.insert(arguments.begin(), program.string());
    std::vector<char*> pointers;
    for (auto& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    pid_t pid{};
    const int failed = ::posix_spawnp(&pid, program.c_str(), &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (failed != 0) {
        ::close(ends[0]);
        throw std::runtime_error{"Cannot start " + program.string() + "."};
    }
    return {pid, ends[0]};
}

int wait_for(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// The output to its end, or up to and with the first line that begins so.
std::string read_output(int output, std::string_view until = {}) {
    std::string text;
    std::array<char, 4096> bytes{};
    while (true) {
        const auto count = ::read(output, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return text;
        text.append(bytes.data(), static_cast<std::size_t>(count));
        if (!until.empty() && text.starts_with(until) && text.find('\n') != std::string::npos) return text;
    }
}

/// Of a server under strace both are ended. Its locks are free when it is gone, which only this tells.
void kill_grandchild(pid_t pid) {
    const int handle = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
    if (handle < 0) return;
    ::kill(pid, SIGKILL);
    pollfd gone{.fd = handle, .events = POLLIN, .revents = 0};
    while (::poll(&gone, 1, -1) < 0 && errno == EINTR) {}
    ::close(handle);
}

pid_t first_child_of(pid_t parent) {
    std::ifstream file{"/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent) + "/children"};
    pid_t child = 0;
    file >> child;
    return child;
}

/// Whether every thread of the process is held by a tracer.
bool is_held(pid_t pid) {
    std::error_code ignored;
    for (const auto& task : std::filesystem::directory_iterator{"/proc/" + std::to_string(pid) + "/task", ignored}) {
        std::ifstream file{task.path() / "status"};
        for (std::string line; std::getline(file, line);) {
            if (line.starts_with("TracerPid:") && line.ends_with("\t0")) return false;
        }
    }
    return true;
}

std::string words_of(const std::filesystem::path& log) {
    std::ifstream file{log};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

ChildServer::ChildServer(std::filesystem::path program, std::filesystem::path parent)
    : program_{std::move(program)}, folder_{parent} {
    if (!std::filesystem::exists(program_))
        throw std::runtime_error{"There is no " + program_.string() + ". Build it, or name a server with --server."};
    const auto made = client::make_own_certificate(folder_.path(), {"localhost", "127.0.0.1"});
    certificate_ = made.certificate;
    key_ = made.key;
}

ChildServer::~ChildServer() { kill(); }

std::string ChildServer::run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--data", (folder_.path() / "data").string()});
    const auto started = start_process(program_, std::move(arguments), folder_.path() / "log");
    auto text = read_output(started.output);
    ::close(started.output);
    if (wait_for(started.pid) != 0)
        throw std::runtime_error{"etakahvila could not do its part: " + words_of(folder_.path() / "log")};
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

std::int64_t ChildServer::plan_session(const std::string& series) {
    const auto hours = player::session_today();
    const auto session = run({"session", "add", "--series", series, "--theme", "Uni", "--date", hours.date, "--start",
        hours.start, "--end", hours.end, "--question", "Mikä auttaa sinua nukahtamaan?"});
    run({"session", "staff", session, "--role", "facilitator", "--name", "Ohjaaja"});
    run({"session", "staff", session, "--role", "moderator", "--name", "Moderaattori yksi"});
    run({"session", "staff", session, "--role", "moderator", "--name", "Moderaattori kaksi"});
    return std::stoll(session);
}

std::string ChildServer::make_key() {
    const auto link = run({"invite", "--coordinator"});
    const auto fragment = link.find('#');
    if (fragment == std::string::npos) throw std::runtime_error{"etakahvila gave no key to the coordinator."};
    return link.substr(fragment + 1);
}

std::string ChildServer::start(const std::vector<std::string>& under) {
    constexpr std::string_view says = "listening on ";
    std::vector<std::string> words = under;
    for (const auto& word : {program_.string(), "serve"s, "--listen"s, "127.0.0.1"s, "--port"s, port_,
             "--metrics-listen"s, ""s, "--data"s, (folder_.path() / "data").string(), "--tls-certificate"s,
             certificate_.string(), "--tls-key"s, key_.string(), "--log-level"s, log_level})
        words.push_back(word);
    words.insert(words.end(), options.begin(), options.end());
    const std::filesystem::path program = words.front();
    words.erase(words.begin());
    const auto started = start_process(program, std::move(words), folder_.path() / "log");
    child_ = started.pid;
    const auto text = read_output(started.output, says);
    ::close(started.output);
    if (!text.starts_with(says)) {
        kill();
        throw std::runtime_error{"The server did not start: " + log()};
    }
    const auto grandchild = under.empty() ? 0 : first_child_of(child_);
    pid_ = grandchild == 0 ? child_ : grandchild;
    const auto address = text.substr(says.size(), text.find('\n') - says.size());
    port_ = address.substr(address.rfind(':') + 1);
    return address;
}

void ChildServer::hang_up() { ::kill(pid_, SIGHUP); }

std::string ChildServer::log() const { return words_of(folder_.path() / "log"); }

std::int64_t ChildServer::memory_kib() const {
    std::ifstream file{"/proc/" + std::to_string(pid_) + "/statm"};
    std::int64_t pages = 0, resident = 0;
    file >> pages >> resident;
    return resident * ::sysconf(_SC_PAGESIZE) / 1024;
}

void ChildServer::trace(std::vector<std::string> how) {
    how.insert(how.begin(), {"-f", "-qq", "-o", "/dev/null", "-p", std::to_string(pid_)});
    const auto started = start_process("strace", std::move(how), folder_.path() / "log");
    ::close(started.output);
    tracer_ = started.pid;
    while (!is_held(pid_)) {
        if (siginfo_t ended{};
            ::waitid(P_PID, static_cast<id_t>(tracer_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid != 0)
            throw std::runtime_error{"strace cannot hold the server: " + log()};
        std::this_thread::yield();
    }
}

void ChildServer::let_go() {
    if (tracer_ == 0) return;
    ::kill(tracer_, SIGTERM);
    wait_for(std::exchange(tracer_, 0));
}

int ChildServer::end() {
    ::kill(pid_, SIGTERM);
    pid_ = 0;
    const int code = wait_for(std::exchange(child_, 0));
    if (tracer_ != 0) wait_for(std::exchange(tracer_, 0));
    return code;
}

void ChildServer::kill() {
    const auto pid = std::exchange(pid_, 0);
    if (child_ == 0) return;
    if (pid != 0 && pid != child_) kill_grandchild(pid);
    ::kill(child_, SIGKILL);
    // One that is traced is gone when its tracer has let it.
    if (tracer_ != 0) wait_for(std::exchange(tracer_, 0));
    wait_for(std::exchange(child_, 0));
}

bool ChildServer::is_running() {
    if (child_ == 0) return false;
    siginfo_t ended{};
    return ::waitid(P_PID, static_cast<id_t>(child_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == 0;
}

}  // namespace etakahvila::testing
