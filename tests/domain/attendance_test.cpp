#include "base/json.hpp"
#include "support/catch.hpp"
#include "support/room_driver.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

/// A session with a facilitator, live from the first moment on.
struct Day {
    RoomDriver room;
    PersonId ohjaaja;

    explicit Day(SessionPlan plan = usual_plan())
        : room{std::move(plan)}, ohjaaja{room.admit("Ohjaaja", Role::facilitator)} {}

    AttendanceFacts facts(PersonId person) const { return facts(person, room.now().at); }
    AttendanceFacts facts(PersonId person, RoomTime until) const {
        for (const auto& each : attendance_of(room.room(), until)) {
            if (each.person == person) return each;
        }
        FAIL("no row");
        return {};
    }
    const AttendanceRow* row(PersonId person) const { return row(person, ohjaaja); }
    const AttendanceRow* row(PersonId person, PersonId viewer) const {
        static ClientView view;
        view = room.view(viewer);
        return view.attendance(person);
    }
    void close() { REQUIRE(room.ask(ohjaaja, CloseSession{}).is_done()); }
};

SessionPlan plan_with_roster(std::vector<RosterPerson> roster) {
    auto plan = usual_plan();
    plan.roster = std::move(roster);
    return plan;
}

}  // namespace

TEST_CASE("attendance: two overlapping devices count once: 240 minutes, not 300") {
    Day day;
    const auto mustikka = day.room.admit("Mustikka");
    day.room.go_live(day.ohjaaja);
    day.room.pass(1h);
    const auto laptop = day.room.connect(mustikka);
    day.room.pass(1h);
    day.room.leave(mustikka, laptop);
    day.room.pass(2h);
    day.close();
    CHECK(day.row(mustikka)->connected_seconds == 240 * 60);
    CHECK(day.row(mustikka)->window_seconds == 240 * 60);
    CHECK(day.row(mustikka)->gaps == 0);
}

TEST_CASE("attendance: a hand-over from phone to laptop leaves no gap") {
    Day day;
    const auto mustikka = day.room.admit("Mustikka");
    day.room.go_live(day.ohjaaja);
    day.room.pass(1h);
    const auto phone = day.room.member(mustikka).stays.front().connection;
    day.room.connect(mustikka);
    day.room.leave(mustikka, phone);
    day.room.pass(3h);
    day.close();
    CHECK(day.facts(mustikka).intervals.size() == 1);
    CHECK(day.row(mustikka)->connected_seconds == 4 * 3600);
}

TEST_CASE("attendance: only the counted window counts, and the break is in it") {
    Day day;
    const auto mustikka = day.room.admit("Mustikka");
    REQUIRE(day.room.ask(day.ohjaaja, StartRehearsal{}).is_done());
    day.room.pass(20min);
    REQUIRE(day.room.ask(mustikka, SayImBack{}).is_done());
    REQUIRE(day.room.ask(day.ohjaaja, EndRehearsal{}).is_done());
    REQUIRE(day.room.ask(day.ohjaaja, OpenDoors{}).is_done());
    day.room.pass(30min);
    REQUIRE(day.room.ask(day.ohjaaja, GoLive{}).is_done());
    const auto live_from = day.room.now().at;
    day.room.pass(100min);
    REQUIRE(day.room.ask(day.ohjaaja, StartBreak{.minutes = 15}).is_done());
    day.room.pass(15min);
    REQUIRE(day.room.ask(day.ohjaaja, EndBreak{}).is_done());
    day.room.pass(125min);
    REQUIRE(day.room.ask(day.ohjaaja, StartDebrief{}).is_done());
    day.room.pass(30min);
    day.close();
    CHECK(day.facts(mustikka).window == 4h);
    CHECK(day.facts(mustikka).connected == 4h);
    CHECK(day.row(mustikka)->arrived == live_from);
    CHECK(day.row(mustikka)->left == live_from + 4h);
    CHECK_FALSE(day.row(mustikka)->took_part);
}

TEST_CASE("attendance: exactly at the threshold is present, one second under is check, and a millisecond too") {
    for (const auto short_by : {0ms, 1ms, 1000ms}) {
        Day day;
        day.room.go_live(day.ohjaaja);
        day.room.pass(48min + short_by);
        const auto mustikka = day.room.admit("Mustikka");
        day.room.pass(192min - short_by);
        day.close();
        CHECK(day.row(mustikka)->proposal == (short_by == 0ms ? Proposal::present : Proposal::check));
    }
}

TEST_CASE("attendance: the session may set another share, or minutes") {
    for (const auto& [percent, minutes, proposal] : {std::tuple{50, std::optional<std::int64_t>{}, Proposal::present},
             std::tuple{51, std::optional<std::int64_t>{}, Proposal::check},
             std::tuple{100, std::optional<std::int64_t>{120}, Proposal::present},
             std::tuple{0, std::optional<std::int64_t>{121}, Proposal::check}}) {
        auto plan = usual_plan();
        plan.present_percent = percent;
        plan.present_minutes = minutes;
        Day day{plan};
        const auto mustikka = day.room.admit("Mustikka");
        day.room.go_live(day.ohjaaja);
        day.room.pass(2h);
        day.room.leave(mustikka);
        day.room.pass(2h);
        day.close();
        CHECK(day.row(mustikka)->proposal == proposal);
    }
}

TEST_CASE("attendance: an end that was inferred is marked, unless the window ended first") {
    Day day;
    const auto mustikka = day.room.admit("Mustikka");
    const auto kanerva = day.room.admit("Kanerva");
    day.room.go_live(day.ohjaaja);
    day.room.pass(10min);
    day.room.lose(mustikka, {}, 12s);
    day.room.lose(kanerva);
    day.room.pass(10min);
    const auto lost = day.facts(mustikka);
    CHECK(lost.connected == 10min - 12s);
    CHECK(lost.intervals.back().is_end_inferred);
    CHECK_FALSE(day.facts(kanerva).intervals.back().is_end_inferred);
    CHECK_FALSE(day.facts(mustikka, lost.intervals.back().to - 1s).intervals.back().is_end_inferred);
}

TEST_CASE("attendance: an outage is held against no one who was there before and after it") {
    Day day;
    const auto mustikka = day.room.admit("Mustikka");
    const auto kanerva = day.room.admit("Kanerva");
    const auto halla = day.room.admit("Halla");
    day.room.go_live(day.ohjaaja);
    day.room.pass(2h);
    day.room.leave(halla);
    day.room.pass(1min);
    day.room.restart(4min);
    day.room.pass(1min + 59s);
    CHECK(day.facts(mustikka).connected == day.facts(mustikka).window);
    day.room.connect(mustikka);
    day.room.pass(1s + 1ms);
    day.room.connect(kanerva);
    day.room.connect(day.ohjaaja);
    day.room.connect(halla);
    day.room.pass(10min);
    day.close();
    const auto window = day.facts(mustikka).window;
    CHECK(day.facts(mustikka).connected == window);
    CHECK(day.facts(mustikka).intervals.size() == 1);
    CHECK(day.facts(mustikka).over_outages == 5min + 59s);
    CHECK(day.row(mustikka)->gaps == 0);
    // Later than two minutes after the restart, or gone before the outage: it is a gap of theirs.
    CHECK(day.facts(kanerva).connected == window - (6min + 1ms));
    CHECK(day.facts(kanerva).over_outages == 0ms);
    CHECK(day.row(kanerva)->gaps == 1);
    CHECK(day.facts(halla).connected == window - (7min + 1ms));
}

TEST_CASE("attendance: kill -9 at 11:00 and back at 11:04: marked, and held against nobody") {
    Day day;
    std::vector<PersonId> people;
    for (int number = 0; number < 20; ++number) people.push_back(day.room.admit("Marja " + std::to_string(number)));
    day.room.go_live(day.ohjaaja);
    const auto live_from = day.room.now().at;
    day.room.pass(2h);
    day.room.restart(4min);
    for (const auto person : people) day.room.connect(person);
    day.room.connect(day.ohjaaja);
    day.room.pass(2h - 4min);
    day.close();
    CHECK(day.room.room().session.outages == std::vector{Span{.from = live_from + 2h, .to = live_from + 2h + 4min}});
    for (const auto person : people) {
        CHECK(day.row(person)->connected_seconds == 4 * 3600);
        CHECK(day.row(person)->gaps == 0);
        CHECK(day.facts(person).over_outages == 4min);
        CHECK(day.row(person)->why == std::vector{ProposalReason::time_enough, ProposalReason::outage_not_held});
    }
}

TEST_CASE("attendance: a server that goes down again gives the time to come back anew") {
    Day day;
    const auto mustikka = day.room.admit("Mustikka");
    day.room.go_live(day.ohjaaja);
    day.room.pass(1h);
    for (int crash = 0; crash < 5; ++crash) {
        day.room.restart(30s);
        day.room.pass(90s);
    }
    day.room.connect(mustikka);
    day.room.pass(1h);
    CHECK(day.facts(mustikka).connected == 2h + 10min);
    CHECK(day.room.room().session.outages.size() == 5);
}

TEST_CASE("attendance: a window that ends soon after the restart counts to its end for those who were there") {
    Day day;
    const auto mustikka = day.room.admit("Mustikka");
    day.room.go_live(day.ohjaaja);
    day.room.pass(239min);
    day.room.restart(30s);
    day.room.connect(day.ohjaaja);
    day.room.pass(30s);
    day.close();
    CHECK(day.row(mustikka)->connected_seconds == 4 * 3600);
    CHECK(day.row(mustikka)->left == day.room.now().at);
}

TEST_CASE(
    "attendance: wall clock back one hour, forward one hour, the DST nights, the change of the year: nothing added or "
    "lost") {
    // The day begins at 08:30 of 3.12.2020 in Helsinki; 25.10.2020 and 28.3.2021 begin and end winter time at 01:00
    // UTC.
    const auto to_2021_new_year = Milliseconds{1'609'451'100'000 - first_stamp.utc.ms};
    const auto to_night_of_october = Milliseconds{1'603'584'900'000 - first_stamp.utc.ms};
    const auto to_night_of_march = Milliseconds{1'616'889'300'000 - first_stamp.utc.ms};
    for (const auto& [begins, step] : {std::pair{Milliseconds{}, -1h}, {Milliseconds{}, 0h}, {Milliseconds{}, 1h},
             {to_2021_new_year, 0h}, {to_night_of_october, 0h}, {to_night_of_march, 0h}}) {
        Day day;
        day.room.set_wall_clock_by(begins);
        const auto mustikka = day.room.admit("Mustikka");
        day.room.go_live(day.ohjaaja);
        day.room.pass(2h);
        day.room.set_wall_clock_by(step);
        day.room.pass(2h);
        day.close();
        CHECK(day.row(mustikka)->connected_seconds == 4 * 3600);
    }
}

TEST_CASE("attendance: closed by mistake and reopened is the same day, and the proposals are made anew") {
    Day day;
    const auto mustikka = day.room.admit("Mustikka");
    const auto kanerva = day.room.admit("Kanerva");
    day.room.go_live(day.ohjaaja);
    day.room.pass(1h);
    day.room.leave(kanerva);
    day.close();
    CHECK(day.row(kanerva)->version == 1);
    CHECK(day.row(kanerva)->proposal == Proposal::present);
    day.room.pass(10min);
    REQUIRE(day.room.ask(day.ohjaaja, ReopenSession{}).is_done());
    day.room.pass(3h);
    day.close();
    CHECK(day.row(mustikka)->connected_seconds == 4 * 3600);
    CHECK(day.row(mustikka)->window_seconds == 4 * 3600);
    CHECK(day.row(mustikka)->gaps == 0);
    CHECK(day.row(kanerva)->version == 2);
    CHECK(day.row(kanerva)->proposal == Proposal::check);
}

TEST_CASE("attendance: what is proposed for those who were not seen goes by the kind of decision") {
    const PersonId works{11}, excused{12}, comes_freely{13}, freely_excused{14}, agreed{15}, guest{16}, moderator{17};
    Day day{plan_with_roster({{works, Role::participant, "work_activity", {}, false},
        {excused, Role::participant, "work_activity", {}, true},
        {comes_freely, Role::participant, "social_rehabilitation", {}, false},
        {freely_excused, Role::participant, "social_rehabilitation", {}, true},
        {agreed, Role::participant, "disability_work_activity", {}, false}, {guest, Role::guest, {}, {}, false},
        {moderator, Role::moderator, {}, {}, false}})};
    const auto ahead = day.room.knock(PersonId{15}, "Halla", Role::participant, "disability_work_activity");
    CHECK(ahead.is_done());
    day.room.go_live(day.ohjaaja);
    day.room.pass(4h);
    day.close();
    CHECK(day.row(works)->proposal == Proposal::not_seen);
    CHECK(day.row(excused)->proposal == Proposal::excused);
    CHECK(day.row(agreed)->proposal == Proposal::not_seen);
    CHECK(day.row(works)->connected_seconds == 0);
    CHECK_FALSE(day.row(works)->arrived);
    // Of their own will and not seen: nothing is proposed, nothing is to be decided.
    REQUIRE(day.row(comes_freely) != nullptr);
    CHECK_FALSE(day.row(comes_freely)->proposal);
    CHECK_FALSE(day.row(freely_excused)->proposal);
    // Guests and staff have no row at all.
    CHECK(day.row(guest) == nullptr);
    CHECK(day.row(moderator) == nullptr);
    CHECK(day.row(day.ohjaaja) == nullptr);
    CHECK(attendance_of(day.room.room(), day.room.now().at).size() == 8);
}

TEST_CASE("attendance: absence told beforehand and then present is present; part of the day is to be checked") {
    const PersonId mustikka{11}, kanerva{12};
    Day day{plan_with_roster({{mustikka, Role::participant, "work_activity", {}, true},
        {kanerva, Role::participant, "social_rehabilitation", {}, true}})};
    REQUIRE(day.room.knock(mustikka, "Mustikka").is_done());
    REQUIRE(day.room.knock(kanerva, "Kanerva", Role::participant, "social_rehabilitation").is_done());
    day.room.go_live(day.ohjaaja);
    day.room.connect(mustikka);
    day.room.pass(3h);
    day.room.connect(kanerva);
    day.room.pass(1h);
    day.close();
    CHECK(day.row(mustikka)->proposal == Proposal::present);
    CHECK(day.facts(mustikka).absence_told);
    CHECK(day.row(kanerva)->proposal == Proposal::check);
}

TEST_CASE("attendance: any sign while the session is live is taking part") {
    Day day;
    const auto mustikka = day.room.admit("Mustikka");
    const auto kanerva = day.room.admit("Kanerva");
    day.room.go_live(day.ohjaaja);
    day.room.pass(10min);
    REQUIRE(day.room.ask(mustikka, SayImBack{}).is_done());
    day.room.pass(10min);
    CHECK(day.facts(mustikka).took_part);
    CHECK_FALSE(day.facts(kanerva).took_part);
}

TEST_CASE("checkpoint: answered by any sign; during a drop it is not asked, never without an answer") {
    Day day;
    const auto presses = day.room.admit("Mustikka");
    const auto signs = day.room.admit("Kanerva");
    const auto silent = day.room.admit("Halla");
    const auto away = day.room.admit("Vuokko");
    const auto drops = day.room.admit("Pihla");
    day.room.go_live(day.ohjaaja);
    day.room.lose(away);
    day.room.pass(1min);
    const auto sent = day.room.ask(day.ohjaaja, SendCheckpoint{});
    const auto checkpoint = sent.id<CheckpointId>();
    CHECK_FALSE(day.room.view(presses).checkpoint()->answered);
    REQUIRE(day.room.ask(presses, AnswerCheckpoint{checkpoint}).is_done());
    CHECK(day.room.view(presses).checkpoint()->answered);
    CHECK_FALSE(day.room.view(silent).checkpoint()->answered);
    REQUIRE(day.room.ask(signs, SayImBack{}).is_done());
    CHECK(day.room.view(signs).checkpoint()->answered);
    day.room.lose(drops);
    day.room.pass(1min);
    day.room.connect(drops);
    day.room.connect(away);
    day.room.pass(9min);
    CHECK(day.room.view(silent).checkpoint() == nullptr);
    using enum CheckpointReply;
    CHECK(day.facts(presses).checkpoints == std::vector{answered});
    CHECK(day.facts(signs).checkpoints == std::vector{answered});
    CHECK(day.facts(silent).checkpoints == std::vector{no_answer});
    CHECK(day.facts(away).checkpoints == std::vector{not_asked});
    CHECK(day.facts(drops).checkpoints == std::vector{not_asked});
    // Late is an answer too.
    REQUIRE(day.room.ask(silent, AnswerCheckpoint{checkpoint}).is_done());
    CHECK(day.facts(silent).checkpoints == std::vector{answered});
    CHECK(day.room.ask(silent, AnswerCheckpoint{CheckpointId{999}}).refusal == RefusalWord::not_found);
}

TEST_CASE("checkpoint: a new one takes the place of the last, and closing ends it") {
    Day day;
    const auto mustikka = day.room.admit("Mustikka");
    day.room.go_live(day.ohjaaja);
    const auto first = day.room.ask(day.ohjaaja, SendCheckpoint{});
    day.room.pass(1min);
    const auto second = day.room.ask(day.ohjaaja, SendCheckpoint{});
    CHECK(second.find<CheckpointEnded>()->checkpoint == first.id<CheckpointId>());
    CHECK(day.room.view(mustikka).checkpoint()->id == second.id<CheckpointId>());
    day.close();
    CHECK(day.room.view(mustikka).checkpoint() == nullptr);
    CHECK(day.facts(mustikka).checkpoints.size() == 2);
}

TEST_CASE("attendance: odd is to be checked: two names by one link, no sign at all though asked") {
    Day day;
    const auto two_names = day.room.admit("Mustikka");
    const auto no_sign = day.room.admit("Kanerva");
    const auto follows = day.room.admit("Halla");
    day.room.go_live(day.ohjaaja);
    REQUIRE(day.room.knock(two_names, "Pihla").is_done());
    REQUIRE(day.room.ask(day.ohjaaja, SendCheckpoint{}).is_done());
    REQUIRE(day.room.ask(two_names, SayImBack{}).is_done());
    REQUIRE(day.room.ask(follows, SayImBack{}).is_done());
    day.room.pass(4h);
    day.close();
    CHECK(day.row(two_names)->proposal == Proposal::check);
    CHECK(day.row(no_sign)->proposal == Proposal::check);
    CHECK(day.row(follows)->proposal == Proposal::present);
}

TEST_CASE("attendance: unknown is not zero: who was never connected has neither arrived nor left") {
    const PersonId works{11};
    Day day{plan_with_roster({{works, Role::participant, "work_activity", {}, false}})};
    day.room.go_live(day.ohjaaja);
    REQUIRE(day.room.ask(day.ohjaaja, SendCheckpoint{}).is_done());
    day.room.pass(4h);
    day.close();
    CHECK_FALSE(day.row(works)->arrived);
    CHECK_FALSE(day.row(works)->left);
    CHECK(day.row(works)->why == std::vector{ProposalReason::never_connected});
    CHECK(day.facts(works).checkpoints == std::vector{CheckpointReply::not_asked});
    CHECK_FALSE(day.row(works)->mark);
}

TEST_CASE("attendance: a rehearsal leaves nothing") {
    Day day;
    const auto moderaattori = day.room.admit("Moderaattori", Role::moderator);
    const auto mustikka = day.room.admit("Mustikka");
    REQUIRE(day.room.ask(day.ohjaaja, StartRehearsal{}).is_done());
    REQUIRE(day.room.ask(day.ohjaaja, SendCheckpoint{}).is_done());
    REQUIRE(day.room.ask(mustikka, SayImBack{}).is_done());
    day.room.pass(1h);
    day.room.leave(mustikka);
    CHECK(day.room.ask(moderaattori, MarkAllClear{}).refusal == RefusalWord::not_now);
    REQUIRE(day.room.ask(day.ohjaaja, EndRehearsal{}).is_done());
    CHECK(day.room.room().attendance.signs.empty());
    CHECK(day.room.room().attendance.checkpoints.empty());
    CHECK(day.room.view(moderaattori).all<AttendanceDay>().empty());
    day.room.go_live(day.ohjaaja);
    day.room.pass(4h);
    day.close();
    CHECK(day.row(mustikka)->connected_seconds == 0);
    CHECK(day.row(mustikka)->proposal == Proposal::not_seen);
    CHECK_FALSE(day.row(mustikka)->took_part);
}

TEST_CASE("attendance: rows are for the staff alone") {
    Day day;
    const auto mustikka = day.room.admit("Mustikka");
    const auto guest = day.room.admit("Vieras", Role::guest);
    day.room.go_live(day.ohjaaja);
    day.room.pass(1h);
    day.close();
    CHECK(day.room.view(mustikka).all<AttendanceRow>().empty());
    CHECK(day.room.view(guest).all<AttendanceRow>().empty());
    CHECK(day.room.view(Audience::participants).all<AttendanceRow>().empty());
    CHECK(day.room.view(Audience::staff).all<AttendanceRow>().size() == 1);
}

TEST_CASE("attendance: ninety people gone and back within ten seconds lose what they were gone") {
    Day day;
    std::vector<PersonId> people;
    for (int number = 0; number < 90; ++number) people.push_back(day.room.admit("Marja " + std::to_string(number)));
    day.room.go_live(day.ohjaaja);
    day.room.pass(2h);
    for (const auto person : people) day.room.lose(person);
    day.room.pass(10s);
    for (const auto person : people) day.room.connect(person);
    day.room.pass(2h - 10s);
    day.close();
    for (const auto person : people) {
        const auto* row = day.row(person);
        CHECK(row->connected_seconds == 4 * 3600 - 10);
        CHECK(row->gaps == 1);
        CHECK(row->proposal == Proposal::present);
    }
}

TEST_CASE("attendance: what is proposed goes by what a decision makes of taking part, whatever its kind is called") {
    const PersonId bound{11}, agreed{12}, freely{13}, renamed{14};
    Day day{plan_with_roster({{bound, Role::participant, "tyopajatoiminta", Duty::obligatory, false},
        {agreed, Role::participant, "paihdekuntoutus", Duty::agreed, true},
        {freely, Role::participant, "perhekuntoutus", Duty::own_will, false},
        // A site has made an obligation of it.
        {renamed, Role::participant, "social_rehabilitation", Duty::obligatory, false}})};
    day.room.go_live(day.ohjaaja);
    day.room.pass(4h);
    day.close();
    CHECK(day.row(bound)->proposal == Proposal::not_seen);
    CHECK(day.row(agreed)->proposal == Proposal::excused);
    CHECK_FALSE(day.row(freely)->proposal);
    CHECK(day.row(renamed)->proposal == Proposal::not_seen);
    const auto moderator = day.room.admit("Moderaattori", Role::moderator);
    CHECK(day.row(agreed, moderator)->duty == Duty::agreed);
    CHECK(day.row(freely, moderator)->duty == Duty::own_will);
}

TEST_CASE("attendance: by which decision somebody comes is seen by who may mark, and by nobody else") {
    const PersonId freely{11}, told{12};
    Day day{plan_with_roster({{freely, Role::participant, "social_rehabilitation", Duty::own_will, false},
        {told, Role::participant, "social_rehabilitation", Duty::own_will, true}})};
    const auto moderator = day.room.admit("Moderaattori", Role::moderator);
    day.room.go_live(day.ohjaaja);
    day.room.pass(4h);
    const auto before = day.room.seq();
    day.close();
    using Reasons = std::vector<ProposalReason>;
    CHECK(day.row(freely, moderator)->decision_type == "social_rehabilitation");
    CHECK(day.row(freely, moderator)->duty == Duty::own_will);
    CHECK(day.row(freely, moderator)->why == Reasons{ProposalReason::own_will});
    CHECK(day.row(told, moderator)->why == Reasons{ProposalReason::own_will, ProposalReason::absence_told});
    CHECK_FALSE(day.row(freely)->decision_type);
    CHECK_FALSE(day.row(freely)->duty);
    CHECK(day.row(freely)->why == Reasons{ProposalReason::never_connected});
    CHECK(day.row(told)->why == Reasons{ProposalReason::absence_told});
    // Nor by the batch that all of the staff are sent.
    const auto of_all = changes_since(day.room.room(), before, Viewer{.audience = Audience::staff, .person = {}});
    const auto text = base::json::to_text(of_all);
    CHECK(text.find("attendance_line") != text.npos);
    CHECK(text.find("social_rehabilitation") == text.npos);
    CHECK(text.find("own_will") == text.npos);
}

TEST_CASE("attendance: of a day that is over, what a decision made of taking part stays as it was") {
    const PersonId mustikka{11}, kanerva{12};
    const auto planned = [&](Duty duty, std::string kind = "tyopajatoiminta") {
        return plan_with_roster({{mustikka, Role::participant, "tyopajatoiminta", duty, false},
            {kanerva, Role::participant, std::move(kind), duty, false}});
    };
    Day day{planned(Duty::obligatory)};
    const auto taken = [&](SessionPlan plan) {
        keep_duties_of_day(day.room.room(), plan);
        return plan;
    };
    // Ahead of it and while it lasts, a change is taken.
    CHECK(taken(planned(Duty::own_will)) == planned(Duty::own_will));
    day.room.go_live(day.ohjaaja);
    CHECK(taken(planned(Duty::own_will)) == planned(Duty::own_will));
    day.room.pass(4h);
    day.close();
    CHECK(taken(planned(Duty::own_will)) == planned(Duty::obligatory));
    // Another kind is another decision.
    const auto other = taken(planned(Duty::own_will, "paihdekuntoutus"));
    CHECK(other.roster[0].duty == Duty::obligatory);
    CHECK(other.roster[1].duty == Duty::own_will);
}

TEST_CASE("attendance: an absence does not stand when it turns out that somebody comes of their own will") {
    const PersonId mustikka{11};
    const auto planned = [&](Duty duty) {
        return plan_with_roster({{mustikka, Role::participant, "tyopajatoiminta", duty, false}});
    };
    Day day{planned(Duty::obligatory)};
    const auto moderaattori = day.room.admit("Moderaattori", Role::moderator);
    REQUIRE(day.room.knock(mustikka, "Mustikka", Role::participant, std::nullopt).is_done());
    day.room.go_live(day.ohjaaja);
    day.room.connect(mustikka);
    day.room.pass(1h);
    day.room.leave(mustikka);
    day.room.pass(3h);
    day.close();
    REQUIRE(day.room
            .ask(moderaattori,
                MarkAttendance{
                    .person = mustikka, .version = 1, .mark = Mark::absent, .minutes = {}, .reason = {}, .source = {}})
            .is_done());
    day.room.submit(PlanSession{planned(Duty::own_will)});
    CHECK(day.row(mustikka)->proposal == Proposal::check);
    CHECK_FALSE(day.row(mustikka)->mark);
}
