#pragma once

#include <memory>
#include <mutex>

#include "net/services.hpp"
#include "net/server.hpp"
#include "net/stream.hpp"
#include "net/worker.hpp"

namespace etakahvila::net {

/// One worker's listening socket.
class Listener : public std::enable_shared_from_this<Listener> {
public:
    /// `alone`: refused when anybody listens there, whatever they share. `shared`: beside our own first one.
    enum class Place : std::uint8_t { alone, shared };

    /// Bound and listening; nobody is let in yet.
    Listener(
        Worker& worker, const asio::ip::tcp::endpoint& endpoint, std::shared_ptr<const TlsContext> tls, Place place);

    asio::ip::tcp::endpoint endpoint() const {
        boost::system::error_code none;
        return acceptor_.local_endpoint(none);
    }
    Worker& worker() { return worker_; }

    /// On the worker's thread.
    void start(const Services& services);
    void stop();

    /// From any thread.
    void use_certificate(std::shared_ptr<const TlsContext> tls);

private:
    using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type>;

    /// Connections taken in one turn of the loop: the others have their turn too.
    static constexpr int accepted_at_once = 32;
    static constexpr milliseconds pause{100};

    void await();
    void accept();
    void pause_accepting();

    Worker& worker_;
    const Services* services_ = nullptr;
    Acceptor acceptor_;
    std::mutex mutex_;
    std::shared_ptr<const TlsContext> tls_;
    bool is_stopped_ = false;
};

}  // namespace etakahvila::net
