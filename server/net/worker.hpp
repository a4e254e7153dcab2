#pragma once

// A thread with its loop, its connections and its share of the rooms.

#include <memory>
#include <queue>
#include <tuple>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/loop.hpp"
#include "runtime/hub.hpp"
#include "runtime/voice_hub.hpp"
#include "net/newcomers.hpp"
#include "net/metrics.hpp"
#include "net/wheel.hpp"

namespace etakahvila::runtime {
class RoomDirectory;
class RoomHost;
}  // namespace etakahvila::runtime

namespace etakahvila::net {

class WebsocketPeer;

class Worker final : public base::Loop {
public:
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        Metrics& metrics;
        Newcomers::Limits newcomers{};
        /// How often deadlines are looked at. The wheel's tick is the finest that matters.
        milliseconds sweep_every = Wheel::tick;
    };

    explicit Worker(Parts parts);
    ~Worker() override;

    void post(base::Task task) override;
    void after(milliseconds delay, base::Task task) override;

    /// Starts the thread.
    void start();
    /// Ends the loop, with whatever is open, and waits for the thread. From another thread.
    void stop();

    // ---- on the worker's own thread

    boost::asio::io_context& context() { return context_; }
    const std::shared_ptr<runtime::Hub>& hub() const { return hub_; }
    const std::shared_ptr<runtime::VoiceHub>& voice_hub() const { return voice_hub_; }
    const base::Clock& clock() const { return parts_.clock; }
    base::Log& log() const { return parts_.log; }
    Metrics& metrics() const { return parts_.metrics; }
    Wheel& wheel() { return wheel_; }
    Newcomers& newcomers() { return newcomers_; }

    /// The time by which clients are judged: monotonic, less the times in which this process was
    /// stopped and could not have heard anyone. Whoever looks first after a pause sees that there was
    /// one: a frame may be read before the sweep, and nothing may be dated into the hours to come.
    milliseconds now();

    /// Those whose output gathers during this turn of the loop (WebsocketPeer::flush_soon).
    std::vector<std::shared_ptr<WebsocketPeer>>& to_flush() { return to_flush_; }

    /// The room's heartbeat of this moment: encoded once for all whose beat it is.
    runtime::Frame heartbeat_of(const runtime::RoomHost& room);

private:
    struct Later {
        milliseconds at;
        std::uint64_t order;
        base::Task task;
        bool operator<(const Later& other) const { return std::tie(at, order) > std::tie(other.at, other.order); }
    };
    struct Beat {
        milliseconds at{-1};
        runtime::Frame frame;
    };
    /// A pause of the process longer than this is not held against anyone.
    static constexpr milliseconds pause_noticed{2000};

    void run();
    void sweep();
    void set_sweep();
    void run_due();
    void set_alarm();

    Parts parts_;
    // Connections that end with the context still give back their places.
    Wheel wheel_;
    Newcomers newcomers_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    boost::asio::steady_timer sweep_timer_;
    boost::asio::steady_timer alarm_;
    /// When the clock was looked at last.
    milliseconds looked_at_;
    milliseconds paused_{};
    std::shared_ptr<runtime::Hub> hub_;
    std::shared_ptr<runtime::VoiceHub> voice_hub_;
    std::priority_queue<Later> later_;
    std::uint64_t last_later_{};
    std::vector<std::shared_ptr<WebsocketPeer>> to_flush_;
    std::unordered_map<protocol::SessionId, Beat> beats_;
    std::thread thread_;
};

}  // namespace etakahvila::net
