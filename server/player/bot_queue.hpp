#pragma once

// The queue that the meeting's bot kept, beside the room's. They may differ by a rule of the room's alone.
// Then that rule, applied to the bot's queue, must give the room's: the bot's entry is crossed out at the
// moment at which the rule takes effect, and never otherwise.

#include <map>
#include <string>
#include <vector>

#include "player/script.hpp"

namespace etakahvila::player {

/// Rules of RULES.md that the bot did not have.
enum class QueueRule : std::uint8_t {
    /// Whoever waits and asks again is refused: the bot gave them a second place.
    one_open_request_per_person,
    /// Whoever gets the floor waits no more: the bot kept their other place.
    a_turn_ends_the_waiting,
    /// Whoever takes their request back waits no more: the bot kept their other place.
    taking_back_ends_the_waiting,
    /// Whoever says goodbye gives up their place: the bot knew nothing of it.
    leaving_gives_up_the_place,
};
constexpr std::array<std::string_view, 4> names_of(QueueRule) {
    return {"one_open_request_per_person", "a_turn_ends_the_waiting", "taking_back_ends_the_waiting",
        "leaving_gives_up_the_place"};
}

class BotQueue {
public:
    /// Whether the person waits in the room's queue, by the rules.
    bool waits_in_room(PersonNumber person) const;

    void asked(PersonNumber person);
    void took_back(PersonNumber person);
    void granted(PersonNumber person);
    /// By the last of their connections.
    void left(PersonNumber person);

    struct Verdict {
        enum class Kind : std::uint8_t { matched, explained, unmatched };
        Kind kind{};
        /// What explains it: each rule once.
        std::vector<QueueRule> rules;
    };

    /// The bot's answer against the room's queue at the same point.
    Verdict judge(const std::vector<PersonNumber>& answer, const std::vector<PersonNumber>& rooms) const;

private:
    struct Entry {
        PersonNumber person;
        std::optional<QueueRule> crossed_out_by;
    };

    void take_first(PersonNumber person, QueueRule rule);

    std::vector<Entry> entries_;
};

/// Each person's first place.
std::vector<PersonNumber> first_places(const std::vector<PersonNumber>& queue);

}  // namespace etakahvila::player
