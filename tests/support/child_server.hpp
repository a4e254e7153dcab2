#pragma once

// A server of the program's own: a child process over TLS on 127.0.0.1, with data in a folder that
// is gone afterwards.

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

#include "support/temporary_folder.hpp"

namespace etakahvila::testing {

/// All of these throw std::runtime_error with a sentence for the operator.
class ChildServer {
public:
    /// `program`: etakahvila itself. Its data is kept in a folder below `parent`, by default the
    /// system's for what is temporary.
    explicit ChildServer(std::filesystem::path program, std::filesystem::path parent = {});
    ~ChildServer();
    ChildServer(const ChildServer&) = delete;
    ChildServer& operator=(const ChildServer&) = delete;

    // ---- before start: what the operator does by the command line

    /// A session of today with a facilitator and two moderators; its number.
    std::int64_t plan_session(const std::string& series);
    /// The coordinator's key.
    std::string make_key();

    /// Further options of `serve`, for the starts that follow.
    std::vector<std::string> options;
    std::string log_level = "warning";

    /// Starts it and waits until it listens: "https://127.0.0.1:PORT". Later starts take the same
    /// port. `under`: a command that runs it, as strace and env do.
    std::string start(const std::vector<std::string>& under = {});

    /// Puts the server that runs under strace with these arguments, until it ends or `let_go`;
    /// returns when all its threads are held.
    void trace(std::vector<std::string> how);
    void let_go();

    /// Of the server itself, also when it runs under something.
    pid_t pid() const { return pid_; }
    std::filesystem::path data_file() const { return folder_.path() / "data" / "etakahvila.sqlite"; }
    const std::filesystem::path& folder() const { return folder_.path(); }
    const std::filesystem::path& certificate() const { return certificate_; }
    const std::filesystem::path& key() const { return key_; }
    /// SIGHUP: it reads its certificate anew.
    void hang_up();
    /// What it has written to its log so far.
    std::string log() const;
    /// What the process has in memory, in KiB.
    std::int64_t memory_kib() const;

    /// Asks it to end and waits for it; its exit code, or minus the signal that ended it.
    int end();
    /// SIGKILL, and waits until it is gone.
    void kill();
    bool is_running();

private:
    std::string run(std::vector<std::string> arguments) const;

    std::filesystem::path program_;
    TemporaryFolder folder_;
    std::filesystem::path certificate_;
    std::filesystem::path key_;
    pid_t pid_{};
    /// Whom we started: the server, or what it runs under.
    pid_t child_{};
    pid_t tracer_{};
    std::string port_ = "0";
};

}  // namespace etakahvila::testing
