#include "admin/socket.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <streambuf>
#include <thread>

#include <boost/asio.hpp>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "admin/owner.hpp"
#include "admin/place.hpp"

namespace etakahvila::admin {
namespace {

namespace asio = boost::asio;
using Stream = asio::local::stream_protocol;
using error_code = boost::system::error_code;

/// More wait in the system's own queue than there are places, so that they are told.
constexpr int backlog = 128;
constexpr std::chrono::milliseconds pause{100};

uid_t peer_of(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return static_cast<uid_t>(-1);
    return peer.uid;
}

/// In the folder's stead, a name that is short enough for an address, whatever the folder's own is.
int listening_socket(const std::filesystem::path& folder) {
    const auto refuse = [&](const char* what) {
        throw NoSocket{"The socket for the command line cannot be made in " + folder.string() + " (" + what + ": " +
                       std::error_code{errno, std::generic_category()}.message() + ")."};
    };
    const Place place{folder};
    if (!place.is_open()) refuse("folder");
    // The lock of the data is ours: whoever listened here has ended.
    if (::unlinkat(place.folder(), std::string{socket_name}.c_str(), 0) != 0 && errno != ENOENT) refuse("unlink");
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket < 0) refuse("socket");
    const auto address = place.address();
    const bool is_bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                          ::fchmodat(place.folder(), std::string{socket_name}.c_str(), 0600, 0) == 0 &&
                          ::listen(socket, backlog) == 0;
    if (!is_bound) {
        const int error = errno;
        ::close(socket);
        errno = error;
        refuse("bind");
    }
    return socket;
}

}  // namespace

struct Socket::Inside {
    explicit Inside(Parts given);

    void accept();
    void greet(Stream::socket socket);
    asio::thread_pool& acts_like(const Request& request);

    Parts parts;
    std::string hello;
    std::atomic<std::size_t> callers{0};
    std::atomic<bool> is_closing{false};
    std::mutex mutex;
    std::vector<std::weak_ptr<Caller>> known;
    asio::io_context context{1};
    Stream::acceptor acceptor{context};
    asio::steady_timer later{context};
    /// One act at a time; and of each long command one beside them.
    asio::thread_pool acts{1};
    std::map<std::string, asio::thread_pool, std::less<>> long_acts;
    std::thread thread;
};

/// One connection. Everything is on the socket's thread but what is said to be the act's.
class Socket::Caller : public std::enable_shared_from_this<Caller> {
public:
    Caller(Inside& inside, Stream::socket socket, Operator by)
        : inside_{inside}, socket_{std::move(socket)}, timer_{inside.context}, by_{std::move(by)} {
        ++inside_.callers;
    }
    ~Caller() { --inside_.callers; }

    void start() {
        queue(inside_.hello);
        timer_.expires_after(inside_.parts.request_within);
        timer_.async_wait([weak = weak_from_this()](error_code error) {
            const auto self = weak.lock();
            if (!error && self) self->end("The request did not come in time.", 2);
        });
        read();
    }

    /// Says so, and closes.
    void end(std::string_view sentence, int exit_code) {
        if (is_ending_) return;
        queue(frame(Kind::err, "etakahvila: " + std::string{sentence} + "\n"));
        finish(exit_code);
    }

    /// From any thread: nobody wants to hear of it any more.
    void leave() {
        const std::lock_guard lock{mutex_};
        has_gone_ = true;
        taken_.notify_all();
    }

    /// The act's: false when the caller has gone. Waits while they are slow.
    bool write(Kind kind, std::string_view text) {
        while (!text.empty()) {
            const auto piece = text.substr(0, piece_bytes_max);
            {
                std::unique_lock lock{mutex_};
                taken_.wait(lock, [this] { return has_gone_ || unsent_ < unsent_bytes_max; });
                if (has_gone_) return false;
                unsent_ += piece.size();
            }
            asio::post(inside_.context, [self = shared_from_this(), bytes = frame(kind, piece), size = piece.size()] {
                self->queue(bytes, size);
            });
            text.remove_prefix(piece.size());
        }
        return is_wanted();
    }

    bool is_wanted() const {
        const std::lock_guard lock{mutex_};
        return !has_gone_;
    }

private:
    /// What the act writes, in pieces.
    class Buffer : public std::streambuf {
    public:
        Buffer(Caller& caller, Kind kind) : caller_{caller}, kind_{kind} {
            setp(bytes_.data(), bytes_.data() + bytes_.size());
        }

    protected:
        int_type overflow(int_type c) override {
            if (sync() != 0) return traits_type::eof();
            if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
            *pptr() = traits_type::to_char_type(c);
            pbump(1);
            return c;
        }
        int sync() override {
            const bool is_taken = caller_.write(kind_, {pbase(), static_cast<std::size_t>(pptr() - pbase())});
            setp(bytes_.data(), bytes_.data() + bytes_.size());
            return is_taken ? 0 : -1;
        }

    private:
        Caller& caller_;
        Kind kind_;
        std::array<char, 8192> bytes_{};
    };

    void read() {
        socket_.async_read_some(asio::buffer(bytes_), [self = shared_from_this()](error_code error, std::size_t count) {
            if (error) return self->close();
            self->take({self->bytes_.data(), count});
        });
    }

    void take(std::string_view bytes) {
        if (is_ending_) return;
        const auto state = reader_.feed(bytes);
        if (state == RequestReader::State::is_refused) {
            leave();
            return end(reader_.why(), 2);
        }
        if (state == RequestReader::State::is_whole && !std::exchange(has_asked_, true)) {
            timer_.cancel();
            asio::post(inside_.acts_like(reader_.request()),
                [self = shared_from_this(), request = reader_.request()] { self->act(request); });
        }
        // Until the act is over: that they have gone is told by the read that ends.
        read();
    }

    /// The act's thread.
    void act(const Request& request) {
        if (inside_.is_closing || !is_wanted()) return;
        Buffer out_bytes{*this, Kind::out};
        Buffer err_bytes{*this, Kind::err};
        std::ostream out{&out_bytes};
        std::ostream err{&err_bytes};
        out.exceptions(std::ios_base::badbit);
        err.exceptions(std::ios_base::badbit);
        std::istringstream in{request.input};
        int exit_code = 1;
        try {
            exit_code = inside_.parts.act(
                request, operator_of(by_.uid, request.login), in, out, err, [this] { return is_wanted(); });
            out.flush();
            err.flush();
        } catch (const std::ios_base::failure&) {
            // They have gone.
        } catch (const std::exception& thrown) {
            inside_.parts.log.error("operator_act_failed", {{"why", base::OperatorText{thrown.what()}}});
            write(Kind::err, "etakahvila: It failed. The server's log says why.\n");
        }
        // What is left in them has nowhere to go.
        out.exceptions(std::ios_base::goodbit);
        err.exceptions(std::ios_base::goodbit);
        asio::post(inside_.context, [self = shared_from_this(), exit_code] { self->finish(exit_code); });
    }

    void finish(int exit_code) {
        if (std::exchange(is_ending_, true)) return;
        queue(frame(Kind::exit, std::to_string(exit_code)));
    }

    void queue(std::string bytes, std::size_t counted = 0) {
        if (is_closed_) return;
        waiting_.emplace_back(std::move(bytes), counted);
        if (!is_sending_) send();
    }

    void send() {
        if (waiting_.empty()) {
            is_sending_ = false;
            if (is_ending_) close();
            return;
        }
        is_sending_ = true;
        if (has_asked_ || is_ending_) {
            timer_.expires_after(taken_within);
            timer_.async_wait([weak = weak_from_this()](error_code error) {
                const auto self = weak.lock();
                if (!error && self) self->close();
            });
        }
        asio::async_write(
            socket_, asio::buffer(waiting_.front().first), [self = shared_from_this()](error_code error, std::size_t) {
                if (error) return self->close();
                if (self->has_asked_ || self->is_ending_) self->timer_.cancel();
                {
                    const std::lock_guard lock{self->mutex_};
                    self->unsent_ -= self->waiting_.front().second;
                    self->taken_.notify_all();
                }
                self->waiting_.pop_front();
                self->send();
            });
    }

    void close() {
        leave();
        if (std::exchange(is_closed_, true)) return;
        timer_.cancel();
        error_code ignored;
        (void)socket_.shutdown(Stream::socket::shutdown_both, ignored);
        (void)socket_.close(ignored);
    }

    Inside& inside_;
    Stream::socket socket_;
    asio::steady_timer timer_;
    Operator by_;
    RequestReader reader_;
    std::array<char, 16384> bytes_{};
    /// What is to be sent, and how much of it the act waits for.
    std::deque<std::pair<std::string, std::size_t>> waiting_;
    bool has_asked_ = false;
    bool is_sending_ = false;
    bool is_ending_ = false;
    bool is_closed_ = false;

    mutable std::mutex mutex_;
    std::condition_variable taken_;
    std::size_t unsent_ = 0;
    bool has_gone_ = false;
};

Socket::Inside::Inside(Parts given) : parts{std::move(given)} {
    if (!parts.peer) parts.peer = peer_of;
    for (const auto& command : parts.long_commands) long_acts.try_emplace(command, 1);
    hello = frame_of({.version = parts.version, .folder = identity_of(parts.folder)});
    acceptor.assign(Stream{}, listening_socket(parts.folder));
    accept();
    thread = std::thread{[this] { context.run(); }};
}

void Socket::Inside::accept() {
    acceptor.async_accept([this](error_code error, Stream::socket socket) {
        if (is_closing) return;
        if (!error) {
            greet(std::move(socket));
            return accept();
        }
        // Out of files: the callers wait a little.
        later.expires_after(pause);
        later.async_wait([this](error_code) {
            if (!is_closing) accept();
        });
    });
}

asio::thread_pool& Socket::Inside::acts_like(const Request& request) {
    const auto found = request.arguments.empty() ? long_acts.end() : long_acts.find(request.arguments.front());
    return found == long_acts.end() ? acts : found->second;
}

void Socket::Inside::greet(Stream::socket socket) {
    const auto uid = parts.peer(socket.native_handle());
    const auto caller = std::make_shared<Caller>(*this, std::move(socket), operator_of(uid, {}));
    {
        const std::lock_guard lock{mutex};
        std::erase_if(known, [](const std::weak_ptr<Caller>& each) { return each.expired(); });
        known.push_back(caller);
    }
    if (uid != 0 && uid != ::geteuid()) {
        parts.log.warning("operator_refused", {{"uid", uid}});
        return caller->end("Only the server's own user and root may ask it. Try it with sudo.", 2);
    }
    if (callers > callers_max) return caller->end("Too many commands at once. Try it again in a moment.", 2);
    caller->start();
}

Socket::Socket(Parts parts) : inside_{std::make_unique<Inside>(std::move(parts))} {}

Socket::~Socket() {
    inside_->is_closing = true;
    {
        const std::lock_guard lock{inside_->mutex};
        for (const auto& weak : inside_->known) {
            if (const auto caller = weak.lock()) caller->leave();
        }
    }
    // Acts that wait see that nobody wants them.
    inside_->acts.join();
    for (auto& [command, acts] : inside_->long_acts) acts.join();
    asio::post(inside_->context, [inside = inside_.get()] {
        error_code ignored;
        (void)inside->acceptor.close(ignored);
        inside->later.cancel();
        inside->context.stop();
    });
    inside_->thread.join();
    const Place place{inside_->parts.folder};
    if (place.is_open()) ::unlinkat(place.folder(), std::string{socket_name}.c_str(), 0);
}

}  // namespace etakahvila::admin
