#pragma once

// A day in a full room, as it is played to measure what is kept of it.

#include "support/room_driver.hpp"

namespace etakahvila::testing {

/// 90 people; a message every 2 s, a floor change every 10 s, a line lost and found every 20 s.
class BusyDay {
public:
    BusyDay() : facilitator_{room.admit("Ohjaaja", Role::facilitator)} {
        room.go_live(facilitator_);
        for (int number = 0; number < 89; ++number) people_.push_back(room.admit("Vieras " + std::to_string(number)));
    }

    void go_on() {
        ++moment_;
        room.pass(2s);
        const auto person = people_[moment_ * 7 % people_.size()];
        room.ask(
            person, SendMessage{.channel = Channel::room,
                        .text = "Minua auttaa kirja, pari sivua, ja kahvia vasta aamulla kun olen herännyt kunnolla " +
                                std::to_string(moment_)});
        if (moment_ % 5 == 0) {
            room.ask(person, RequestFloor{.kind = FloorRequestKind::speak});
            const auto& turn = room.room().floor.turn;
            room.ask(facilitator_,
                GrantFloor{.request = {}, .expected_turn = turn ? std::optional{turn->id} : std::nullopt});
        }
        if (moment_ % 10 == 0) {
            room.lose(person);
            room.connect(person);
        }
    }

    RoomDriver room;

private:
    PersonId facilitator_;
    std::vector<PersonId> people_;
    std::size_t moment_{};
};

/// Four hours of it, closed, with a mark for everybody, and sealed.
inline RoomDriver sealed_busy_day() {
    BusyDay day;
    for (int moment = 0; moment < 4 * 3'600 / 2; ++moment) day.go_on();
    const PersonId facilitator{1};
    const auto moderator = day.room.admit("Moderaattori", Role::moderator);
    day.room.ask(facilitator, CloseSession{});
    day.room.ask(moderator, MarkAllClear{});
    std::vector<std::pair<PersonId, std::int64_t>> rows;
    for (const auto& [person, row] : day.room.room().attendance.rows) {
        if (row.needs_decision()) rows.emplace_back(person, row.version);
    }
    for (const auto& [person, version] : rows)
        day.room.ask(moderator, MarkAttendance{.person = person, .version = version, .mark = Mark::present});
    day.room.ask(moderator, SealAttendance{.version = day.room.room().attendance.version});
    return std::move(day.room);
}

}  // namespace etakahvila::testing
