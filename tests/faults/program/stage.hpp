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
    /// More people of the session, whom the scenario brings in itself.
    std::size_t spare = 0;
    /// Off: whoever lost their line comes back at once.
    bool waits_at_random = true;
    /// Beyond the longest time that somebody took to come back: what coming in for the first time may
    /// take, and one line that is cut and taken up again.
    std::int64_t seconds_missing_max = 3;
    std::string log_level = "warning";
    /// Further options of the server.
    std::vector<std::string> server_options{};
    /// A command that the server runs under.
    std::vector<std::string> under{};
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
    bool start() { return start(settings_.under); }
    bool start(const std::vector<std::string>& under);

    client::Client& client() { return *client_; }

    client::ClientLoop loop;
    testing::ChildServer server;
    Crowd& crowd() { return *crowd_; }
    const client::ServerAddress& address() const { return client_->server(); }
    const std::string& key() const { return key_; }
    protocol::SessionId session() const { return session_; }
    std::minstd_rand dice;

    /// How long the server took to listen, and everyone to be in again after it did.
    std::vector<double> start_ms;
    std::vector<double> back_ms;
    /// What the scenario has found beside what every one looks for, in words.
    void found(const std::string& what) { ++findings_[what]; }

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

    std::map<std::string, std::size_t> findings_;
    bool is_stuck_ = false;
    std::int64_t seconds_missing_most_{};
    StageSettings settings_;
    protocol::SessionId session_;
    std::string key_;
    std::optional<client::Client> client_;
    std::optional<player::Coordinator> coordinator_;
    std::optional<Crowd> crowd_;
};

/// Fields of a JSON object, each with its comma.
std::string count_of(const char* name, std::size_t count);
std::string json_of(const char* name, const player::Spread& spread);

}  // namespace etakahvila::faults
