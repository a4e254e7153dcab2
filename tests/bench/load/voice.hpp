#pragma once

// Voice in rooms: one speaks in each, all others listen, each over a line of its own.

#include <limits>
#include <memory>

#include "guests.hpp"

namespace etakahvila::bench {

class Voice {
public:
    struct Options {
        /// Of the server.
        std::vector<pid_t> processes;
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
        /// Of each ten seconds; else all the time.
        std::chrono::milliseconds spoken_of_ten_seconds{10'000};
    };

    /// The guests are in their rooms, when these are Etäkahvila's.
    Voice(const Way& way, const std::vector<std::unique_ptr<Guest>>& guests, Options options);
    ~Voice();

    /// All listen. False when they do not within a minute.
    bool open();
    /// From now on they speak, each room at moments of its own.
    void begin();
    /// Listens again: the line of voice ended with that of the room.
    void open_again(std::size_t number);
    /// What this span costs the server's processes, and how late the frames are.
    void measure(std::chrono::milliseconds span, Report& report);

    /// The same in parts, beside other work: counts from now on; tells how late the frames were.
    void count();
    void tell_lateness(Report& report);

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
    Instant began_;
    std::int64_t resident_kib_{};
    /// When each frame was due, by its number: who speaks late makes it late.
    std::vector<Instant> sent_;
    /// Counted are the frames from the first up to this.
    std::size_t first_{};
    std::size_t last_ = std::numeric_limits<std::size_t>::max();
    std::size_t deliveries_{};
    std::size_t messages_{};
    std::size_t late_{};
    Times latency_;
};

}  // namespace etakahvila::bench
