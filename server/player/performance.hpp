#pragma once

// One meeting played into one room: its people by their own connections, a facilitator who gives
// the floor, two moderators who claim and publish what is held.
//
// Time runs at `rate`. What has to be in order for a comparison waits for what went before it;
// everything else is sent without waiting. When the room cannot follow, the play's own clock
// stands still until it has, and every expected attendance is longer by that.

#include <memory>

#include "player/coordinator.hpp"
#include "player/script.hpp"
#include "protocol/chat.hpp"

namespace etakahvila::player {

struct PlaySettings {
    double rate = 60;
    /// Each person of the meeting comes so many times, as different people.
    std::size_t copies = 1;
    protocol::ChatMode mode = protocol::ChatMode::open;
    std::uint64_t seed = 1;
    /// A session that is planned already, with a facilitator and two moderators. 0: it is to be planned.
    protocol::SessionId session{};
};

/// In milliseconds.
struct Spread {
    std::size_t count{};
    double p50{};
    double p99{};
    double most{};
};
Spread spread_of(std::vector<double> values);

struct PlayReport {
    std::string name;
    std::size_t copies{};
    double rate{};
    /// Of the meeting, with their copies; the staff are not counted.
    std::size_t people{};
    std::size_t connections{};
    /// Lines cut on purpose and taken up again.
    std::size_t redials{};
    std::size_t most_at_once{};

    std::size_t messages_sent{};
    /// Waited for a moderator.
    std::size_t messages_held{};
    std::size_t messages_published{};
    /// Claims that the other moderator had made first, and claims that ran out before the message was published.
    std::size_t claims_met{};
    std::size_t claims_run_out{};
    std::size_t deliveries_expected{};
    std::size_t messages_delivered{};
    std::size_t lost{};
    std::size_t doubled{};
    std::size_t reordered{};
    std::size_t gaps{};
    /// A snapshot came where what was missed was due.
    std::size_t fresh_snapshots{};
    /// Commands sent again after a lost line, and held back by the room for a moment.
    std::size_t resent{};
    std::size_t held_back{};

    std::size_t queue_answers{};
    std::size_t queue_matched{};
    std::size_t queue_explained{};
    std::size_t queue_unmatched{};
    std::map<std::string, std::size_t> explained_by;

    double attendance_error_max_seconds{};
    std::size_t attendance_people{};
    double window_seconds{};
    double stalled_seconds{};
    double took_seconds{};

    Spread ack_ms;
    Spread last_receiver_ms;
    /// From the moment a moderator was told of a held message, and from that of the claim, to its durable publication.
    Spread held_ms;
    Spread claimed_ms;

    /// What went wrong, each sentence once, with how often.
    std::map<std::string, std::size_t> faults;

    bool is_good() const;
};

/// A line for a person, and the same as JSON.
std::string to_line(const PlayReport& report);
std::string to_json(const PlayReport& report);

class Performance {
public:
    struct Parts {
        client::ClientLoop& loop;
        client::Client& client;
        Coordinator& coordinator;
        /// Called when the connections of this room have become more or fewer.
        std::function<void(std::ptrdiff_t difference)> connections_changed;
    };

    Performance(Parts parts, Script script, PlaySettings settings);
    ~Performance();

    /// Once. `done` on the loop's thread.
    void play(std::function<void(PlayReport)> done);

private:
    class Play;
    std::shared_ptr<Play> play_;
};

}  // namespace etakahvila::player
