#pragma once

// The real server as a child process over TLS, and a crowd at work in one of its rooms.

#include <filesystem>
#include <optional>

#include "player/performance.hpp"
#include "program/crowd.hpp"
#include "support/child_server.hpp"

namespace etakahvila::faults {

struct StageSettings {
    std::size_t participants = 8;
    std::uint64_t seed = 1;
    /// Where the data is kept; empty: where the system keeps what is temporary.
    std::filesystem::path data_parent{};
};

class Stage {
public:
    explicit Stage(const StageSettings& settings);

    /// Gathers the crowd, has it at work, and runs the loop until `end`.
    void run(std::function<void()> begin);
    /// The crowd comes to rest, the attendance is read, and the loop ends.
    void end();
    /// The server goes, by `how`, with every line.
    void strike(const std::function<void()>& how);

    /// Starts the server; false when it did not come so far. Blocks, as a restart does.
    bool start(const std::vector<std::string>& under = {});

    transport::ClientLoop loop;
    testing::ChildServer server;
    Crowd& crowd() { return *crowd_; }
    std::minstd_rand dice;

    /// How long the server took to listen, and everyone to be in again after it did.
    std::vector<double> start_ms;
    std::vector<double> back_ms;
    /// Calls `then` when everyone is in again.
    void when_all_back(std::function<void()> then);

    /// Ends the server, holds its journal against the ledger, and says it all as the fields of a JSON object.
    struct Verdict {
        std::string json;
        bool is_good{};
    };
    Verdict verdict(const std::string& name, const std::string& more);

private:
    void watch_over(std::size_t seen, int seconds_still);

    bool is_stuck_ = false;
    std::int64_t seconds_missing_most_{};
    StageSettings settings_;
    protocol::SessionId session_;
    std::optional<transport::Client> client_;
    std::optional<player::Coordinator> coordinator_;
    std::optional<Crowd> crowd_;
};

std::string json_of(const char* name, const player::Spread& spread);

}  // namespace etakahvila::faults
