#pragma once

// The workers, and the sockets on which they listen. Each worker has a socket of its own for every address;
// the system spreads the clients over them (SO_REUSEPORT).

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "net/services.hpp"
#include "net/tls.hpp"
#include "net/worker.hpp"

namespace etakahvila::net {

/// The threads. Made before whatever runs on them, and gone after it.
class Workers {
public:
    Workers(std::size_t count, const Worker::Parts& parts);
    ~Workers() { stop(); }

    void start();
    /// Ends the threads; what is posted later is not run. Once.
    void stop();

    std::vector<base::Loop*> loops() const;
    const std::vector<std::unique_ptr<Worker>>& all() const { return workers_; }

private:
    std::vector<std::unique_ptr<Worker>> workers_;
};

struct Address {
    std::string host;
    std::uint16_t port{};
};

class Listener;

class Server {
public:
    Server(Workers& workers, const Metrics& metrics) : workers_{workers}, metrics_{metrics} {}
    ~Server();

    /// Binds; port 0 takes one that is free. TLS when there is a context. Returns what it will
    /// listen on. Throws std::runtime_error with a sentence for the operator.
    Address bind(const Address& address, const std::shared_ptr<const TlsContext>& tls);

    /// Lets clients in on all that is bound. The services outlive the workers' threads.
    void open(const Services& services);

    /// For the connections accepted from now on. Nothing for listeners without TLS. From any thread.
    void use_certificate(const std::shared_ptr<const TlsContext>& tls);

    /// Takes no more connections. From any thread but the workers'.
    void stop_accepting();

    /// Asks what is still open to end, and waits for it, so long at most.
    void drain(milliseconds at_most);

private:
    Workers& workers_;
    const Metrics& metrics_;
    std::vector<std::shared_ptr<Listener>> listeners_;
};

/// Runs the task on the worker and waits for it. Not from the worker itself.
void run_on(Worker& worker, const base::Task& task);

}  // namespace etakahvila::net
