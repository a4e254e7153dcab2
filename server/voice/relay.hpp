#pragma once

// Whose voice is passed on in one room. Told the time and what the floor says; never asks.

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "protocol/common.hpp"
#include "voice/frame.hpp"

namespace etakahvila::voice {

using protocol::PersonId;
using std::chrono::milliseconds;

/// One socket of voice, in its room.
using VoiceId = std::int64_t;

inline constexpr std::size_t speakers_max = 4;
/// Who has been silent for so long makes way for somebody else.
inline constexpr milliseconds makes_way_after{1000};

/// Whom the floor lets be heard: the stage, and the holder of the turn.
struct Floor {
    /// Ascending.
    std::vector<PersonId> heard;
    std::optional<PersonId> holder;

    bool has(PersonId person) const;
    /// Those whom both let be heard.
    Floor both(const Floor& other) const;
    bool operator==(const Floor&) const = default;
};

class Relay {
public:
    struct Passed {
        std::uint16_t speaker{};
        /// Nobody has been told whose the id is.
        bool is_new{};
        /// To be added to the frame's own: what went before was another socket's, or not heard.
        std::uint8_t flags{};
    };

    /// From now on. Who is no longer let has lost everything that a grant gave.
    void set_floor(Floor floor);
    const Floor& floor() const { return floor_; }

    /// Whether the frame is passed on; nothing when it reaches nobody.
    std::optional<Passed> take(VoiceId from, PersonId person, std::uint8_t flags, milliseconds now);

    /// The socket has gone: another of the same person may be heard at once.
    void gone(VoiceId voice);

    /// The person's short id, the same for as long as the relay lives.
    std::uint16_t speaker_id(PersonId person);
    /// Those of whom frames have been passed on, with their ids.
    const std::map<PersonId, std::uint16_t>& known_speakers() const { return known_; }

private:
    /// One who is speaking.
    struct Speaking {
        PersonId person;
        milliseconds heard_at;
        /// Of several sockets of the person the one that began last; none while it is muted.
        std::optional<VoiceId> voice;
        std::set<VoiceId> begun;
    };

    Speaking* place_of(PersonId person);
    Speaking* make_place(PersonId person, milliseconds now);
    static bool is_heard(Speaking& speaking, VoiceId from);

    Floor floor_;
    /// In the order in which they began.
    std::vector<Speaking> speaking_;
    std::map<PersonId, std::uint16_t> ids_;
    std::map<PersonId, std::uint16_t> known_;
};

}  // namespace etakahvila::voice
