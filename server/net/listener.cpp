#include "net/listener.hpp"

#include <boost/asio/ip/v6_only.hpp>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "net/http_connection.hpp"

namespace etakahvila::net {
namespace {

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

/// What the system keeps for one client, twice over. More waits in our own queue, where it is counted.
constexpr int send_buffer_bytes = 64 * 1024;
/// What was sent and never acknowledged ends a connection as silence does.
constexpr int unacknowledged_ms_max = 15'000;
constexpr int backlog = 4096;

void set_up(int socket) {
    constexpr int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &send_buffer_bytes, sizeof send_buffer_bytes);
    ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &unacknowledged_ms_max, sizeof unacknowledged_ms_max);
}

}  // namespace

Listener::Listener(
    Worker& worker, const asio::ip::tcp::endpoint& endpoint, std::shared_ptr<const TlsContext> tls, Place place)
    : worker_{worker}, acceptor_{worker.context()}, tls_{std::move(tls)} {
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(asio::socket_base::reuse_address{true});
    if (place == Place::shared) acceptor_.set_option(ReusePort{true});
    if (endpoint.protocol() == asio::ip::tcp::v6()) acceptor_.set_option(asio::ip::v6_only{true});
    acceptor_.bind(endpoint);
    acceptor_.listen(backlog);
    // Only now, when the system has seen that nobody else listens there: our other workers' may come beside it. Another
    // program's is refused still, as its first one asks for the place alone.
    if (place == Place::alone) acceptor_.set_option(ReusePort{true});
    acceptor_.non_blocking(true);
}

void Listener::start(const Services& services) {
    services_ = &services;
    await();
}

void Listener::stop() {
    is_stopped_ = true;
    error_code ignored;
    (void)acceptor_.close(ignored);
}

void Listener::use_certificate(std::shared_ptr<const TlsContext> tls) {
    const std::lock_guard lock{mutex_};
    if (tls_) tls_ = std::move(tls);
}

void Listener::await() {
    acceptor_.async_wait(Acceptor::wait_read, [self = shared_from_this()](error_code error) {
        if (!error && !self->is_stopped_) self->accept();
    });
}

void Listener::accept() {
    for (int count = 0; count < accepted_at_once; ++count) {
        if (!worker_.newcomers().has_room(worker_.now())) return pause_accepting();
        Socket socket{worker_.context()};
        asio::ip::tcp::endpoint client;
        error_code error;
        (void)acceptor_.accept(socket, client, error);
        if (error == asio::error::would_block || error == asio::error::try_again) break;
        if (error == boost::system::errc::too_many_files_open ||
            error == boost::system::errc::too_many_files_open_in_system ||
            error == boost::system::errc::not_enough_memory || error == boost::system::errc::no_buffer_space) {
            worker_.log().warning("cannot_accept", {{"error", std::error_code{error}}});
            return pause_accepting();
        }
        if (error) continue;
        set_up(socket.native_handle());
        std::shared_ptr<const TlsContext> tls;
        {
            const std::lock_guard lock{mutex_};
            tls = tls_;
        }
        HttpConnection::serve(worker_, *services_, std::move(socket), client.address(), std::move(tls));
    }
    await();
}

/// Newcomers wait in the system's queue meanwhile.
void Listener::pause_accepting() {
    ++worker_.metrics().accept_pauses;
    worker_.after(pause, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (self && !self->is_stopped_) self->accept();
    });
}

}  // namespace etakahvila::net
