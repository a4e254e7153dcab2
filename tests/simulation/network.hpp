#pragma once

// One TCP connection: bytes come in order, late, or not at all. It is cut (both sides learn of it,
// or find out by the silence), freezes, and turns into a black hole in one direction or both.

#include <deque>
#include <memory>
#include <variant>

#include "time.hpp"
#include "runtime/line.hpp"

namespace etakahvila::simulation {

struct Ping {};
struct Closed {
    std::uint16_t code{};
};
/// What goes one way: a message, a ping or its answer, the end.
using Packet = std::variant<runtime::Frame, std::string, Ping, Closed>;

class Pipe : public std::enable_shared_from_this<Pipe> {
public:
    using Deliver = std::function<void(const Packet&)>;

    Pipe(Time& time, testing::Chance& chance, Microseconds latency) : time_{time}, chance_{chance}, latency_{latency} {}

    void on_delivery(Deliver deliver) { deliver_ = std::move(deliver); }

    void send(Packet packet, std::size_t bytes = 16) {
        if (is_ended_) return;
        waiting_ += bytes;
        auto at = std::max({last_, frozen_until_, time_.now() + latency_ / 2 + chance_.number(0, latency_)});
        last_ = at;
        packets_.push_back({at, bytes, std::move(packet)});
        if (packets_.size() == 1) set();
    }

    /// Nothing comes through before then; what is sent meanwhile waits.
    void freeze_until(Microseconds until) { frozen_until_ = std::max(frozen_until_, until); }
    /// Nothing comes through any more, and nobody is told.
    void swallow() { is_swallowing_ = true; }
    /// What was under way is gone, and the other side learns of it.
    void reset() {
        packets_.clear();
        waiting_ = 0;
        send(Closed{1006});
    }
    /// Nothing more is delivered.
    void end() {
        is_ended_ = true;
        packets_.clear();
        waiting_ = 0;
    }
    /// On their way, in bytes: in the socket's buffers and beyond.
    std::size_t waiting() const { return waiting_; }

private:
    struct Sent {
        Microseconds at;
        std::size_t bytes;
        Packet packet;
    };

    void set() {
        time_.at(std::max(packets_.front().at, frozen_until_), [self = shared_from_this()] { self->run(); });
    }
    void run() {
        if (is_ended_ || packets_.empty()) return;
        if (time_.now() < frozen_until_) return set();
        if (is_swallowing_) return;
        while (!is_ended_ && !packets_.empty() && packets_.front().at <= time_.now()) {
            const auto sent = std::move(packets_.front());
            packets_.pop_front();
            waiting_ -= sent.bytes;
            deliver_(sent.packet);
        }
        if (!is_ended_ && !packets_.empty()) set();
    }

    Time& time_;
    testing::Chance& chance_;
    Microseconds latency_;
    Microseconds last_ = 0;
    Microseconds frozen_until_ = 0;
    std::deque<Sent> packets_;
    std::size_t waiting_ = 0;
    bool is_swallowing_ = false;
    bool is_ended_ = false;
    Deliver deliver_;
};

struct Link {
    std::shared_ptr<Pipe> up;
    std::shared_ptr<Pipe> down;
};

}  // namespace etakahvila::simulation
