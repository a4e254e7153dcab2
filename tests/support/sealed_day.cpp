#include "support/sealed_day.hpp"

#include "base/check.hpp"

namespace etakahvila::testing {
namespace {

/// Whom random_day.cpp has as a moderator, and as a facilitator.
constexpr PersonId moderator{10};
constexpr PersonId facilitator{8};

void decide_on_all(RoomDriver& room) {
    room.ask(moderator, MarkAllClear{});
    std::vector<std::pair<PersonId, std::int64_t>> undecided;
    for (const auto& [person, row] : room.room().attendance.rows) {
        if (row.needs_decision()) undecided.emplace_back(person, row.version);
    }
    for (const auto& [person, version] : undecided)
        room.ask(moderator, MarkAttendance{.person = person,
                                .version = version,
                                .mark = Mark::present,
                                .minutes = {},
                                .reason = "Soitti ja kertoi",
                                .source = MarkSource::phone});
    room.ask(moderator, SealAttendance{.version = room.room().attendance.version});
}

/// What brings the day nearer to its seal.
void go_on(RoomDriver& room) {
    const auto& session = room.room().session;
    if (session.phase == Phase::closed) return decide_on_all(room);
    if (has_no_room(session.plan)) {
        room.submit(CloseOutside{.by = moderator});
    } else if (session.phase == Phase::planned) {
        room.ask(facilitator, OpenDoors{});
    } else if (session.phase == Phase::rehearsal) {
        room.ask(facilitator, EndRehearsal{});
    } else if (session.phase == Phase::doors_open) {
        room.ask(facilitator, GoLive{});
        room.pass(1h);
    } else {
        room.ask(facilitator, CloseSession{});
    }
}

void send_home(RoomDriver& room) {
    std::vector<PersonId> up;
    for (const auto& [person, member] : room.room().presence.members)
        up.insert(up.end(), member.open_stays.size(), person);
    for (const auto person : up) room.leave(person);
    // Away becomes gone, silences end, and answers that were sent have left.
    room.pass(6h);
}

}  // namespace

std::optional<RandomDay> sealed_day(std::uint64_t seed, int inputs) {
    std::optional<RandomDay> day{std::in_place, seed};
    for (int input = 0; input < inputs; ++input) day->go_on();
    auto& room = day->room;
    room.knock(moderator, "Moderaattori", Role::moderator);
    room.knock(facilitator, "Ohjaaja", Role::facilitator);
    for (int tries = 0; tries < 20 && room.room().session.phase != Phase::sealed; ++tries) {
        if (room.room().session.phase == Phase::cancelled) return std::nullopt;
        go_on(room);
    }
    ETAKAHVILA_CHECK(room.room().session.phase == Phase::sealed);
    for (int input = 0; input < inputs / 10; ++input) day->go_on();
    send_home(room);
    return day;
}

}  // namespace etakahvila::testing
