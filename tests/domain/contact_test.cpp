// What holds on days without a room, whatever is noted in whichever order.

#include <algorithm>

#include "support/catch.hpp"
#include "support/chance.hpp"
#include "support/room_driver.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

constexpr PersonId worker{1}, other_worker{2};
constexpr std::int64_t people = 4;

SessionPlan phone_plan() {
    auto plan = usual_plan();
    plan.way = SessionWay::phone_day;
    for (std::int64_t person = 1; person <= people; ++person)
        plan.roster.push_back({.person = PersonId{10 + person},
            .role = Role::participant,
            .decision_type = "work_activity",
            .duty = person == people ? Duty::own_will : Duty::obligatory,
            .excused = person == 1});
    return plan;
}

std::int64_t version_of(const Room& room, PersonId person) {
    const auto found = room.contacts.of.find(person);
    return found == room.contacts.of.end() ? 0 : found->second.now.version;
}

/// Without what tells one noting from another.
ContactNoted standing(const Room& room, PersonId person) {
    const auto found = room.contacts.of.find(person);
    auto now = found == room.contacts.of.end() ? ContactNoted{} : found->second.now;
    now.person = person;
    now.version = 0;
    now.by = {};
    now.takes_back.reset();
    return now;
}

ContactAct any_act(Chance& chance) {
    switch (chance.number(0, 4)) {
        case 0: return CallAnswered{};
        case 1: return CallUnanswered{};
        case 2: return TaskGiven{};
        case 3: return TaskNotReady{};
        default: return TaskChecked{.seconds = 60 * chance.number(1, 120)};
    }
}

}  // namespace

TEST_CASE("law: what is noted and taken back stands as before, down to the first") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        INFO("seed " << seed);
        Chance chance{seed};
        RoomDriver room{phone_plan()};
        const PersonId person{11};
        std::vector<ContactNoted> stood{standing(room.room(), person)};
        for (int act = 0; act < 40; ++act) {
            room.pass(std::chrono::minutes{chance.number(0, 19)});
            const auto answer = room.submit(NoteContact{
                .by = worker, .person = person, .version = version_of(room.room(), person), .act = any_act(chance)});
            if (answer.find<ContactNoted>() != nullptr) stood.push_back(standing(room.room(), person));
        }
        while (stood.size() > 1) {
            stood.pop_back();
            REQUIRE(
                room.submit(NoteContact{.by = other_worker,
                                .person = person,
                                .version = version_of(room.room(), person),
                                .act = ContactTakenBack{}})
                    .is_done());
            REQUIRE(standing(room.room(), person) == stood.back());
        }
        CHECK(room.submit(NoteContact{.by = worker,
                              .person = person,
                              .version = version_of(room.room(), person),
                              .act = ContactTakenBack{}})
                  .refusal == RefusalWord::not_now);
    }
}

TEST_CASE("law: tries are a quarter of an hour apart, nobody is proposed as absent, and a row that was read stands") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        INFO("seed " << seed);
        Chance chance{seed};
        RoomDriver room{phone_plan()};
        for (int act = 0; act < 80; ++act) {
            room.pass(std::chrono::minutes{chance.number(0, 11)});
            const PersonId person{chance.number(11, 10 + people)};
            const auto version = version_of(room.room(), person);
            const auto is_read_late = version > 0 && chance.once_in(6);
            const auto answer = room.submit(NoteContact{.by = worker,
                .person = person,
                .version = is_read_late ? version - 1 : version,
                .act = any_act(chance)});
            if (is_read_late) {
                REQUIRE(answer.refusal == RefusalWord::version_conflict);
                REQUIRE(version_of(room.room(), person) == version);
            }
            for (const auto& [someone, history] : room.room().contacts.of) {
                const auto& tries = history.now.tries;
                for (std::size_t next = 1; next < tries.size(); ++next)
                    REQUIRE(tries[next].ms - tries[next - 1].ms >= next_try_after.count());
                if (history.now.state == ContactState::not_reached) REQUIRE(tries.size() >= tries_until_not_reached);
            }
            if (act == 40) REQUIRE(room.submit(CloseOutside{worker}).is_done());
        }
        for (const auto& row : attendance_of(room.room(), room.now().at)) {
            const auto state = standing(room.room(), row.person).state;
            CHECK((row.proposal == Proposal::present) == (state == ContactState::checked));
            const bool is_spoken_to = state == ContactState::called || state == ContactState::doing;
            CHECK((row.proposal == Proposal::check) == is_spoken_to);
            CHECK(row.window == Milliseconds{});
            // What stands in the day is what was noted last.
            CHECK(room.room().attendance.rows.at(row.person).proposed.contact_seconds == row.contact_seconds);
        }
    }
}

TEST_CASE("nobody but staff comes into a day without a room, and whoever is not of it is not noted") {
    RoomDriver room{phone_plan()};
    CHECK(room.submit(Admit{.person = PersonId{11},
                          .role = Role::participant,
                          .decision_type = {},
                          .name = "Mustikka",
                          .accepts_netiquette = true})
              .refusal == RefusalWord::not_now);
    CHECK(room.submit(Admit{.person = PersonId{50},
                          .role = Role::guest,
                          .decision_type = {},
                          .name = "Vieras",
                          .accepts_netiquette = true})
              .refusal == RefusalWord::not_now);
    CHECK(room.submit(Admit{.person = worker, .role = Role::facilitator, .decision_type = {}, .name = "Ohjaaja"})
            .is_done());
    CHECK(room.submit(NoteContact{.by = worker, .person = PersonId{99}, .version = 0, .act = CallAnswered{}}).refusal ==
          RefusalWord::not_found);
    CHECK(room.submit(NoteContact{.by = worker, .person = PersonId{12}, .version = 0, .act = TaskChecked{.seconds = 0}})
              .refusal == RefusalWord::invalid);
}

TEST_CASE("in a room nothing is noted, and a room is not closed as a day without one") {
    RoomDriver room;
    CHECK(room.submit(NoteContact{.by = worker, .person = PersonId{11}, .version = 0, .act = CallAnswered{}}).refusal ==
          RefusalWord::not_now);
    CHECK(room.submit(CloseOutside{worker}).refusal == RefusalWord::not_now);
    CHECK(room.submit(SealOutside{.by = worker, .version = {}}).refusal == RefusalWord::not_now);
    CHECK(room.submit(TakeBackAppointment{worker}).refusal == RefusalWord::not_now);
}
