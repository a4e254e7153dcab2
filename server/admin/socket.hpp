#pragma once

// The socket in the data folder, `admin.sock`, by which the command line works beside a running server. Who may ask:
// the server's own user and root, as the system tells them (SO_PEERCRED); whoever else comes is told so and sent away.
// Whatever is sent, or not sent, costs one of a few places for a few seconds, and nothing of the server's other
// threads.

#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>

#include "admin/desk.hpp"
#include "admin/request.hpp"
#include "base/log.hpp"

namespace etakahvila::admin {

/// At once; whoever else comes is told to try again.
inline constexpr std::size_t callers_max = 16;
inline constexpr std::chrono::seconds request_within{10};
/// A caller who takes nothing for so long has gone.
inline constexpr std::chrono::seconds taken_within{60};
/// So much waits for a slow caller before the act waits too.
inline constexpr std::size_t unsent_bytes_max = std::size_t{4} * 1024 * 1024;

/// The socket cannot be made here.
class NoSocket : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class Socket {
public:
    struct Parts {
        base::Log& log;
        /// The data folder.
        std::filesystem::path folder;
        std::string version;
        /// Does what was asked, on a thread of the socket's own: the exit code. One request at a time, but beside those
        /// of `long_commands`. What it throws is logged, and the caller is told that it failed.
        std::function<int(const Request& request, const Operator& by, std::istream& in, std::ostream& out,
            std::ostream& err, const std::function<bool()>& is_wanted)>
            act;
        /// Commands that may take minutes, by their first word: each has a thread of its own, and nobody else waits for
        /// it.
        std::set<std::string> long_commands = {};
        /// Who is at the other end; for tests another than the system's own answer.
        std::function<uid_t(int socket)> peer = {};
        std::chrono::milliseconds request_within = admin::request_within;
    };

    /// Listens; in place of a socket that a killed server has left. To be made by whoever holds the lock of the data.
    /// Throws NoSocket with a sentence for the operator.
    explicit Socket(Parts parts);

    /// Waits for the acts that are under way, which are told that nobody wants them any more. What has not begun never
    /// will.
    ~Socket();
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

private:
    class Caller;
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace etakahvila::admin
