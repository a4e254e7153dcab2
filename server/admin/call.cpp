#include "admin/call.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <ostream>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

#include "admin/owner.hpp"
#include "admin/place.hpp"

namespace etakahvila::admin {
namespace {

/// The line to a server, or none.
class Line {
public:
    explicit Line(const std::filesystem::path& data) {
        const Place place{data};
        if (!place.is_open()) {
            if (errno == EACCES) refuse_user(data);
            return;
        }
        socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (socket_ < 0) throw std::system_error{errno, std::generic_category(), "socket"};
        const auto address = place.address();
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
        const int error = errno;
        end();
        if (error == EACCES || error == EPERM) refuse_user(data);
        // ECONNREFUSED: a server that was killed left it there. ENOENT: there was none.
    }
    ~Line() { end(); }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    bool is_open() const { return socket_ >= 0; }

    pid_t other_end() const {
        ucred peer{};
        socklen_t size = sizeof peer;
        return ::getsockopt(socket_, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? peer.pid : 0;
    }

    /// What cannot be sent any more is answered all the same: the server has said why before it closed.
    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR) continue;
            if (sent < 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    /// Empty when the server has closed.
    std::string_view receive() {
        while (true) {
            const auto count = ::recv(socket_, bytes_.data(), bytes_.size(), 0);
            if (count < 0 && errno == EINTR) continue;
            return {bytes_.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
        }
    }

private:
    [[noreturn]] static void refuse_user(const std::filesystem::path& data) {
        throw std::runtime_error{"This user may not ask the server of " + data.string() +
                                 ": only its own user and root may. Try it with sudo."};
    }
    void end() {
        if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    }

    int socket_ = -1;
    std::array<char, 65536> bytes_{};
};

/// Throws when the server is none that this program may ask.
void look_at(const std::optional<Hello>& hello, const std::filesystem::path& data, std::string_view version) {
    if (!hello) throw std::runtime_error{"What listens on the socket in " + data.string() + " is no etakahvila."};
    if (hello->version != version)
        throw std::runtime_error{"The server that runs is of version " + hello->version + ", and this program of " +
                                 std::string{version} +
                                 ". Restart the service (systemctl restart etakahvila), then do it again."};
    if (hello->folder != identity_of(data))
        throw std::runtime_error{"The server that answers in " + data.string() +
                                 " keeps its data in another folder. Name that one by --data."};
}

}  // namespace

std::optional<pid_t> server_of(const std::filesystem::path& data) {
    const Line line{data};
    return line.is_open() ? std::optional{line.other_end()} : std::nullopt;
}

std::optional<int> call(const std::filesystem::path& data, const Request& request, std::string_view version,
    std::ostream& out, std::ostream& err) {
    if (const auto why = too_large(request)) throw std::runtime_error{*why};
    Line line{data};
    if (!line.is_open()) return std::nullopt;
    FrameReader frames{piece_bytes_max};
    for (auto bytes = line.receive(); !bytes.empty(); bytes = line.receive()) {
        frames.feed(bytes);
        while (const auto frame = frames.next()) {
            switch (static_cast<Kind>(frame->kind)) {
                case Kind::hello:
                    look_at(hello_in(frame->payload), data, version);
                    line.send(frames_of(request));
                    break;
                case Kind::out: out << frame->payload << std::flush; break;
                case Kind::err: err << frame->payload << std::flush; break;
                case Kind::exit: {
                    int code = 1;
                    std::from_chars(frame->payload.data(), frame->payload.data() + frame->payload.size(), code);
                    return code;
                }
                case Kind::question:
                case Kind::input:
                case Kind::end: throw std::runtime_error{"The server answers something that is no answer."};
            }
        }
        if (frames.is_broken()) throw std::runtime_error{"The server answers something that is no answer."};
        // Whoever reads what is printed has gone: the server is told by the line that ends.
        if (!out) throw std::runtime_error{"What was printed is not read any more."};
    }
    throw std::runtime_error{"The server ended before it had answered."};
}

}  // namespace etakahvila::admin
