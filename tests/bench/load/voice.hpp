#pragma once

// Voice in rooms: one speaks in each, all others listen, each over a line of its own.

#include <memory>

#include "guests.hpp"

namespace etakahvila::bench {

class Voice {
public:
    struct Options {
        /// Etäkahvila's /voice; else a server that passes all on.
        bool is_room{};
        std::size_t rooms{};
        std::size_t people{};
        std::chrono::milliseconds frame{20};
        /// Of one packet: 60 are 24 kbit/s at 20 ms.
        std::size_t bytes = 60;
        /// Listeners of the first room who do not read, from when it begins.
        std::size_t frozen{};
        bool is_silent{};
    };

    /// The guests are in their rooms, when these are Etäkahvila's.
    Voice(const Way& way, const std::vector<std::unique_ptr<Guest>>& guests, Options options);
    ~Voice();

    /// All listen. False when they do not within a minute.
    bool open();
    /// From now on they speak, each room at moments of its own.
    void begin();
    /// What this span costs the server's processes, and how late the frames are.
    void measure(const std::vector<pid_t>& processes, std::chrono::milliseconds span, Report& report);

private:
    class Socket;

    void speak(std::size_t room);
    void heard(std::string_view message, Instant at);

    const Way& way_;
    const std::vector<std::unique_ptr<Guest>>& guests_;
    Options options_;
    std::vector<std::unique_ptr<Socket>> sockets_;
    std::size_t open_{};
    std::size_t lost_{};
    std::vector<Instant> next_;
    std::vector<Instant> sent_;
    std::size_t first_{};
    std::size_t deliveries_{};
    std::size_t messages_{};
    std::size_t late_{};
    Times latency_;
};

}  // namespace etakahvila::bench
