#include <csignal>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "client/client_core.hpp"

namespace etakahvila::client {

ClientLoop::ClientLoop() : core_{std::make_unique<Core>()} {}
ClientLoop::~ClientLoop() = default;

void ClientLoop::post(base::Task task) { boost::asio::post(core_->context, std::move(task)); }

void ClientLoop::after(std::chrono::milliseconds delay, base::Task task) {
    auto timer = std::make_unique<boost::asio::steady_timer>(core_->context, delay);
    auto& waits = *timer;
    waits.async_wait([timer = std::move(timer), task = std::move(task)](boost::system::error_code error) {
        if (!error) task();
    });
}

void ClientLoop::run() {
    const auto stays = boost::asio::make_work_guard(core_->context);
    core_->context.run();
}

void ClientLoop::stop() { core_->context.stop(); }

void ClientLoop::on_end_asked(base::Task task) {
    core_->signals.add(SIGINT);
    core_->signals.add(SIGTERM);
    core_->signals.async_wait([this, task = std::move(task)](boost::system::error_code error, int) {
        if (error) return;
        core_->signals.clear();
        task();
    });
}

}  // namespace etakahvila::client
