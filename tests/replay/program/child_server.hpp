#pragma once

// A server of the program's own: a child process over TLS on 127.0.0.1, with data in a folder that
// is gone afterwards.

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace etakahvila::replay {

class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// All of these throw std::runtime_error with a sentence for the operator.
class ChildServer {
public:
    /// `program`: etakahvila itself.
    explicit ChildServer(std::filesystem::path program);
    ~ChildServer();
    ChildServer(const ChildServer&) = delete;
    ChildServer& operator=(const ChildServer&) = delete;

    // ---- before start: what the operator does by the command line

    /// A session of today with a facilitator and two moderators; its number.
    std::int64_t plan_session(const std::string& series);
    /// The coordinator's key.
    std::string make_key();

    /// Starts it and waits until it listens: "https://127.0.0.1:PORT".
    std::string start();

    pid_t pid() const { return pid_; }
    /// What the process has in memory, in KiB.
    std::int64_t memory_kib() const;

    /// Asks it to end and waits for it; its exit code, or minus the signal that ended it.
    int end();

private:
    std::string run(std::vector<std::string> arguments) const;

    std::filesystem::path program_;
    TemporaryFolder folder_;
    std::filesystem::path certificate_;
    std::filesystem::path key_;
    pid_t pid_{};
};

}  // namespace etakahvila::replay
