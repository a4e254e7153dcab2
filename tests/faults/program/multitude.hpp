#pragma once

// Many people who sit in rooms, on a thread of their own, so that what they cost the client does not
// delay those who are measured.

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include <simdjson.h>

#include "player/coordinator.hpp"
#include "player/member.hpp"
#include "client/client_loop.hpp"

namespace etakahvila::faults {

class Multitude final : public player::Watcher {
public:
    using Task = std::function<void()>;

    /// Each `done` is called on the loop `told`.
    Multitude(client::ClientLoop& told, const client::ServerAddress& server, std::string key);
    ~Multitude() override;
    Multitude(const Multitude&) = delete;
    Multitude& operator=(const Multitude&) = delete;

    /// Brings these people in, over so many lines each.
    void bring(const std::vector<player::Invited>& people, std::size_t lines_each, Task done);
    /// Plans one more room, and brings so many people in. One at a time.
    void fill_room(std::size_t people, Task done);
    /// Cuts every line at once; `done` when all are in again, with how long it took.
    void cut_all(std::function<void(double ms)> done);
    /// Nobody reads, writes or answers for so long, more than the server waits for a sign of life.
    /// `done` when every line has been given up by it and all are in again.
    void freeze(std::chrono::seconds span, Task done);

    std::size_t lines() const { return lines_; }
    /// Lines lost, other than by cut_all.
    std::size_t losses() const { return losses_; }
    /// Snapshots that came where what was missed was due, gaps, repeats, and what else went wrong.
    std::size_t stream_faults();

    // ---- Watcher
    void told(player::Device&, player::Instant) override {}
    void answered(player::Member&, const protocol::Command&, const protocol::Outcome&, player::Instant,
        player::Instant) override {}
    void went_wrong(std::string what) override;
    void moved() override {}

private:
    void seat(const player::Invited& invited, std::size_t lines);
    void when_all_in(Task done);
    void when_lost(std::vector<std::int64_t> before, Task done);

    client::ClientLoop& told_;
    client::ClientLoop loop_;
    client::Client client_;
    player::Coordinator coordinator_;
    simdjson::dom::parser parser_;
    std::vector<std::unique_ptr<player::Member>> members_;
    std::vector<std::shared_ptr<player::Device>> devices_;
    std::size_t rooms_{};
    std::size_t surprises_{};
    std::atomic<std::size_t> lines_{};
    std::atomic<std::size_t> losses_{};
    std::thread thread_;
};

}  // namespace etakahvila::faults
