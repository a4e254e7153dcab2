#include "net/server.hpp"

#include <csignal>
#include <future>
#include <stdexcept>

#include "base/service_unit.hpp"
#include "net/listener.hpp"
#include "net/port_owner.hpp"

namespace etakahvila::net {

void run_on(Worker& worker, const base::Task& task) {
    const auto done = std::make_shared<std::promise<void>>();
    worker.post([&task, done] {
        task();
        done->set_value();
    });
    done->get_future().wait();
}

Workers::Workers(std::size_t count, const Worker::Parts& parts) {
    auto each = parts;
    each.newcomers.all_max = std::max<std::size_t>(1, parts.newcomers.all_max / count);
    each.newcomers.per_address_max = std::max<std::size_t>(1, parts.newcomers.per_address_max / count);
    for (std::size_t index = 0; index < count; ++index) workers_.push_back(std::make_unique<Worker>(each));
}

void Workers::start() {
    // A client that is gone is an error of the write, not the end of the program.
    std::signal(SIGPIPE, SIG_IGN);
    for (const auto& worker : workers_) worker->start();
}

void Workers::stop() {
    for (const auto& worker : workers_) worker->stop();
}

std::vector<base::Loop*> Workers::loops() const {
    std::vector<base::Loop*> loops;
    loops.reserve(workers_.size());
    for (const auto& worker : workers_) loops.push_back(worker.get());
    return loops;
}

namespace {

std::string why_not(const error_code& refused, std::uint16_t port) {
    if (refused == asio::error::address_in_use) {
        const auto owner = port_owner(port);
        return "port " + std::to_string(port) + " is taken by " + (owner ? to_text(*owner) : "another program") +
               ". Stop that one, or name another port.";
    }
    if (refused == asio::error::access_denied) return std::string{base::low_ports_need_a_right};
    return refused.message();
}

}  // namespace

Server::~Server() = default;

Address Server::bind(const Address& address, const std::shared_ptr<const TlsContext>& tls) {
    error_code error;
    const auto host = asio::ip::make_address(address.host, error);
    if (error) throw std::runtime_error{"Not an address to listen on: " + address.host};
    asio::ip::tcp::endpoint endpoint{host, address.port};
    auto place = Listener::Place::alone;
    for (const auto& worker : workers_.all()) {
        try {
            const auto listener = std::make_shared<Listener>(*worker, endpoint, tls, place);
            place = Listener::Place::shared;
            endpoint = listener->endpoint();
            listeners_.push_back(listener);
        } catch (const boost::system::system_error& refused) {
            throw std::runtime_error{"Cannot listen on " + address.host + " port " + std::to_string(address.port) +
                                     ": " + why_not(refused.code(), address.port)};
        }
    }
    return {address.host, endpoint.port()};
}

void Server::open(const Services& services) {
    for (const auto& listener : listeners_)
        listener->worker().post([listener, &services] { listener->start(services); });
}

void Server::use_certificate(const std::shared_ptr<const TlsContext>& tls) {
    for (const auto& listener : listeners_) listener->use_certificate(tls);
}

void Server::stop_accepting() {
    for (const auto& listener : listeners_) {
        run_on(listener->worker(), [&] { listener->stop(); });
    }
    listeners_.clear();
}

void Server::drain(milliseconds at_most) {
    for (const auto& worker : workers_.all()) {
        run_on(*worker, [&] {
            for (const auto& visited : worker->wheel().all()) visited->stop();
        });
    }
    const auto until = std::chrono::steady_clock::now() + at_most;
    while (metrics_.connections_open != 0 && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(milliseconds{10});
}

}  // namespace etakahvila::net
