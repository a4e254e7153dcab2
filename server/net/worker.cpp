#include "net/worker.hpp"

#include <boost/asio/post.hpp>

#include "base/json.hpp"
#include "runtime/room_host.hpp"

namespace etakahvila::net {

namespace asio = boost::asio;

Worker::Worker(Parts parts)
    : parts_{parts},
      newcomers_{parts_.newcomers},
      work_{context_.get_executor()},
      sweep_timer_{context_},
      alarm_{context_},
      looked_at_{parts_.clock.monotonic()},
      hub_{std::make_shared<runtime::Hub>(*this, &parts_.metrics.rooms)},
      voice_hub_{std::make_shared<runtime::VoiceHub>(*this)} {
    wheel_.turn(now());
    set_sweep();
}

Worker::~Worker() { stop(); }

void Worker::post(base::Task task) { asio::post(context_, std::move(task)); }

void Worker::after(milliseconds delay, base::Task task) {
    later_.push({parts_.clock.monotonic() + delay, ++last_later_, std::move(task)});
    set_alarm();
}

void Worker::start() {
    thread_ = std::thread{[this] { run(); }};
}

void Worker::stop() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
}

void Worker::run() {
    while (!context_.stopped()) {
        try {
            context_.run();
        } catch (const std::exception&) {
            // Whoever threw has lost its turn; the others go on.
            ++parts_.metrics.handlers_thrown;
            parts_.log.error("handler_threw");
        }
    }
}

milliseconds Worker::now() {
    const auto monotonic = parts_.clock.monotonic();
    if (const auto gap = monotonic - looked_at_; gap > pause_noticed) {
        paused_ += gap;
        parts_.log.warning("process_paused", {{"ms", gap}});
    }
    looked_at_ = monotonic;
    return monotonic - paused_;
}

void Worker::set_sweep() {
    sweep_timer_.expires_after(parts_.sweep_every);
    sweep_timer_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        // It tells of all that waits on this loop, and costs no timer of its own.
        parts_.metrics.loop_lag_seconds.add(base::seconds_since(sweep_timer_.expiry()));
        set_sweep();
        sweep();
    });
}

void Worker::sweep() {
    run_due();
    wheel_.turn(now());
    ++parts_.metrics.sweeps;
}

void Worker::run_due() {
    const auto now = parts_.clock.monotonic();
    while (!later_.empty() && later_.top().at <= now) {
        const auto task = later_.top().task;
        later_.pop();
        task();
    }
}

void Worker::set_alarm() {
    if (later_.empty()) return;
    alarm_.expires_after(std::max(later_.top().at - parts_.clock.monotonic(), milliseconds{0}));
    alarm_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        run_due();
        set_alarm();
    });
}

runtime::Frame Worker::heartbeat_of(const runtime::RoomHost& room) {
    auto& beat = beats_[room.session()];
    if (const auto at = parts_.clock.monotonic(); beat.at != at) {
        beat = {at, std::make_shared<const std::string>(
                        base::json::to_text(protocol::ServerFrame{protocol::Heartbeat{room.clock()}}))};
    }
    return beat.frame;
}

}  // namespace etakahvila::net
