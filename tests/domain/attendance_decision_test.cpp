// Decisions, the seal and what comes after it: who may decide what in which state of a row.

#include "support/catch.hpp"
#include "support/room_driver.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

const PersonId works{11}, excused{12}, comes_freely{13}, guest{14};

/// A day that has closed: Mustikka was there all the time, Kanerva for an hour of four; of the
/// roster nobody else came.
struct Evening {
    RoomDriver room;
    PersonId ohjaaja, moderaattori, mustikka, kanerva;

    Evening()
        : room{plan()},
          ohjaaja{room.admit("Ohjaaja", Role::facilitator)},
          moderaattori{room.admit("Moderaattori", Role::moderator)},
          mustikka{room.admit("Mustikka")},
          kanerva{room.admit("Kanerva")} {
        room.go_live(ohjaaja);
        room.pass(1h);
        room.leave(kanerva);
        room.pass(3h);
        REQUIRE(room.ask(ohjaaja, CloseSession{}).is_done());
    }

    static SessionPlan plan() {
        auto plan = usual_plan();
        plan.roster = {{works, Role::participant, "work_activity", {}, false},
            {excused, Role::participant, "disability_work_activity", {}, true},
            {comes_freely, Role::participant, "social_rehabilitation", {}, false}, {guest, Role::guest, {}, {}, false}};
        return plan;
    }

    AttendanceRow row(PersonId person) const { return *room.view(moderaattori).attendance(person); }
    AttendanceDay day() const { return *room.view(moderaattori).find<AttendanceDay>(ChangeKind::attendance_day); }

    MarkAttendance marking(PersonId person, Mark mark, std::optional<std::int64_t> minutes = {},
        std::optional<MarkSource> source = {}) const {
        return {.person = person,
            .version = row(person).version,
            .mark = mark,
            .minutes = minutes,
            .reason = {},
            .source = source};
    }
    CorrectAttendance correction(
        PersonId person, Mark mark, std::string reason, std::optional<MarkSource> source = {}) const {
        return {.person = person,
            .version = row(person).version,
            .mark = mark,
            .minutes = {},
            .reason = std::move(reason),
            .source = source};
    }
    void done(const Command& command) { REQUIRE(room.ask(moderaattori, command).is_done()); }
    void seal() {
        done(MarkAllClear{});
        done(marking(kanerva, Mark::partial, 60));
        done(marking(works, Mark::absent));
        done(SealAttendance{day().version});
    }
};

}  // namespace

TEST_CASE("decision: the clear ones are present and excused; nobody else is decided on by one press") {
    Evening evening;
    CHECK(evening.day().to_decide == 4);
    CHECK(evening.day().clear == 2);
    evening.done(MarkAllClear{});
    CHECK(evening.row(evening.mustikka).mark == Mark::present);
    CHECK(evening.row(excused).mark == Mark::excused);
    CHECK_FALSE(evening.row(evening.kanerva).mark);
    CHECK_FALSE(evening.row(works).mark);
    CHECK_FALSE(evening.row(comes_freely).mark);
    CHECK(evening.day().to_decide == 2);
    CHECK(evening.day().clear == 0);
}

TEST_CASE("decision: every mark by what the row says of the person") {
    const auto refused_by = [](PersonId person, Mark mark, std::optional<std::int64_t> minutes,
                                std::optional<MarkSource> source) {
        Evening evening;
        return evening.room.ask(evening.moderaattori, evening.marking(person, mark, minutes, source)).refusal;
    };
    using enum Mark;
    const PersonId kanerva{Evening{}.kanerva};
    // Partial has minutes, and nothing else has; not more than the window.
    CHECK(refused_by(kanerva, partial, {}, {}) == RefusalWord::invalid);
    CHECK(refused_by(kanerva, partial, 241, {}) == RefusalWord::invalid);
    CHECK_FALSE(refused_by(kanerva, partial, 240, {}));
    CHECK(refused_by(kanerva, present, 60, {}) == RefusalWord::invalid);
    CHECK_FALSE(refused_by(kanerva, present, {}, {}));
    CHECK_FALSE(refused_by(kanerva, absent, {}, {}));
    // Without any connection there must be a source.
    CHECK(refused_by(works, present, {}, {}) == RefusalWord::invalid);
    CHECK(refused_by(works, present, {}, MarkSource::connection) == RefusalWord::invalid);
    CHECK(refused_by(works, partial, 30, {}) == RefusalWord::invalid);
    CHECK_FALSE(refused_by(works, present, {}, MarkSource::phone));
    CHECK_FALSE(refused_by(works, partial, 30, MarkSource::shared_device));
    CHECK_FALSE(refused_by(works, absent, {}, {}));
    // Of their own will: never absent.
    CHECK(refused_by(comes_freely, absent, {}, {}) == RefusalWord::never_absent);
    CHECK(refused_by(comes_freely, excused, {}, {}) == RefusalWord::never_absent);
    CHECK_FALSE(refused_by(comes_freely, present, {}, MarkSource::phone));
}

TEST_CASE("decision: guests and staff have no row to decide on") {
    Evening evening;
    const auto mark = [&](PersonId person) {
        return evening.room
            .ask(evening.moderaattori,
                MarkAttendance{
                    .person = person, .version = 1, .mark = Mark::absent, .minutes = {}, .reason = {}, .source = {}})
            .refusal;
    };
    CHECK(mark(guest) == RefusalWord::not_found);
    CHECK(mark(evening.ohjaaja) == RefusalWord::not_found);
    CHECK(mark(PersonId{999}) == RefusalWord::not_found);
}

TEST_CASE("decision: two moderators on one row at once: the second is told by whom") {
    Evening evening;
    const auto other = evening.room.admit("Toinen", Role::moderator);
    const auto mine = evening.marking(evening.kanerva, Mark::present);
    const auto theirs = evening.marking(evening.kanerva, Mark::absent);
    REQUIRE(evening.room.ask(evening.moderaattori, mine).is_done());
    const auto answer = evening.room.ask(other, theirs);
    CHECK(answer.refusal == RefusalWord::version_conflict);
    CHECK(answer.details->by == evening.moderaattori);
    CHECK(evening.row(evening.kanerva).mark == Mark::present);
}

TEST_CASE("decision: what one press marked is taken back, but for what was changed since") {
    Evening evening;
    const auto all = evening.room.ask(evening.moderaattori, MarkAllClear{});
    CHECK(evening.row(evening.mustikka).marked_in == all.seq);
    evening.done(evening.marking(evening.mustikka, Mark::partial, 200));
    evening.done(TakeBackMarks{all.seq});
    CHECK(evening.row(evening.mustikka).mark == Mark::partial);
    CHECK_FALSE(evening.row(excused).mark);
    CHECK(evening.room.ask(evening.moderaattori, TakeBackMarks{all.seq}).refusal == RefusalWord::already_handled);
    // Taking the later one back uncovers the one before it.
    evening.done(TakeBackMarks{*evening.row(evening.mustikka).marked_in});
    CHECK(evening.row(evening.mustikka).mark == Mark::present);
    CHECK_FALSE(evening.row(evening.mustikka).minutes);
}

TEST_CASE("decision: a reason is a clean text of two hundred characters at most, and kept") {
    Evening evening;
    auto marking = evening.marking(evening.kanerva, Mark::present);
    marking.reason = std::string(201, 'x');
    CHECK(evening.room.ask(evening.moderaattori, marking).refusal == RefusalWord::text_too_long);
    marking.reason = "a\u202eb";
    CHECK(evening.room.ask(evening.moderaattori, marking).refusal == RefusalWord::text_not_allowed);
    marking.reason = "  Yhteys katkeili. ";
    REQUIRE(evening.room.ask(evening.moderaattori, marking).is_done());
    CHECK(evening.row(evening.kanerva).reason == "Yhteys katkeili.");
}

TEST_CASE("seal: the day is sealed as it was read, and only when nothing is undecided") {
    Evening evening;
    const auto before = evening.day().version;
    CHECK(evening.room.ask(evening.moderaattori, SealAttendance{before}).refusal == RefusalWord::marks_missing);
    evening.done(MarkAllClear{});
    evening.done(evening.marking(evening.kanerva, Mark::partial, 60));
    evening.done(evening.marking(works, Mark::absent));
    const auto stale = evening.room.ask(evening.moderaattori, SealAttendance{before});
    CHECK(stale.refusal == RefusalWord::version_conflict);
    CHECK(stale.details->by == evening.moderaattori);
    evening.done(SealAttendance{evening.day().version});
    CHECK(evening.room.room().session.phase == Phase::sealed);
    CHECK(evening.day().sealed_by == evening.moderaattori);
    CHECK(evening.day().sealed_at == evening.room.now().at);
    CHECK(
        evening.room.ask(evening.moderaattori, SealAttendance{evening.day().version}).refusal == RefusalWord::not_now);
}

TEST_CASE("seal: two corrections at once: one conflict, and by whom") {
    Evening evening;
    const auto other = evening.room.admit("Toinen", Role::moderator);
    evening.seal();
    const auto mine = evening.correction(works, Mark::excused, "Ilmoitti viikolla");
    const auto theirs = evening.correction(works, Mark::present, "Oli puhelimessa", MarkSource::phone);
    REQUIRE(evening.room.ask(evening.moderaattori, mine).is_done());
    const auto answer = evening.room.ask(other, theirs);
    CHECK(answer.refusal == RefusalWord::version_conflict);
    CHECK(answer.details->by == evening.moderaattori);
    const auto row = evening.row(works);
    CHECK(row.mark == Mark::excused);
    REQUIRE(row.corrections.has_value());
    REQUIRE(row.corrections->size() == 1);
    CHECK(row.corrections->front() == AttendanceCorrection{.was = Mark::absent,
                                          .was_minutes = {},
                                          .mark = Mark::excused,
                                          .minutes = {},
                                          .reason = "Ilmoitti viikolla",
                                          .by = evening.moderaattori,
                                          .at = evening.room.now().at});
}

TEST_CASE("seal: a correction says from what, and one of a day without a mark says so") {
    Evening evening;
    evening.seal();
    evening.done(evening.correction(evening.kanerva, Mark::present, "Laskuvirhe"));
    CHECK(evening.row(evening.kanerva).corrections->front().was == Mark::partial);
    CHECK(evening.row(evening.kanerva).corrections->front().was_minutes == 60);
    evening.done(evening.correction(comes_freely, Mark::present, "Oli puhelimessa", MarkSource::phone));
    CHECK_FALSE(evening.row(comes_freely).corrections->front().was);
    CHECK(evening.row(comes_freely).mark == Mark::present);
}

TEST_CASE("seal: someone who is registered after it has a row without a mark, and the signed ones stay") {
    Evening evening;
    evening.seal();
    auto plan = Evening::plan();
    plan.roster.erase(plan.roster.begin());
    plan.roster.push_back({PersonId{15}, Role::participant, "work_activity", {}, false});
    evening.room.submit(PlanSession{plan});
    CHECK(evening.row(works).mark == Mark::absent);
    CHECK_FALSE(evening.row(PersonId{15}).mark);
    evening.done(evening.correction(PersonId{15}, Mark::present, "Ilmoittautui puhelimessa", MarkSource::phone));
    CHECK(evening.row(PersonId{15}).mark == Mark::present);
}

TEST_CASE("seal: a late join is noted once, and by the person themselves") {
    Evening evening;
    evening.seal();
    REQUIRE(evening.room.knock(works, "Pihla").is_done());
    evening.room.connect(works);
    const auto came = evening.row(works).came_late_at;
    CHECK(came == evening.room.now().at);
    CHECK(evening.row(works).correction_proposed == true);
    CHECK(evening.row(works).mark == Mark::absent);
    evening.room.leave(works);
    evening.room.pass(1min);
    evening.room.connect(works);
    CHECK(evening.row(works).came_late_at == came);
    evening.done(evening.correction(works, Mark::excused, "Yritti koko päivän"));
    CHECK_FALSE(evening.row(works).correction_proposed);
    // Who was there and comes back is not late.
    evening.room.connect(evening.kanerva);
    CHECK_FALSE(evening.row(evening.kanerva).came_late_at);
}

TEST_CASE("window: corrected within what the room has lived through") {
    Evening evening;
    const auto correct = [&](std::int64_t from, std::int64_t to) {
        return evening.room.ask(evening.moderaattori, CorrectWindow{.from = RoomTime{from}, .to = RoomTime{to}})
            .refusal;
    };
    const auto now = evening.room.now().at.ms;
    CHECK(correct(100, 100) == RefusalWord::invalid);
    CHECK(correct(200, 100) == RefusalWord::invalid);
    CHECK(correct(0, now + 1) == RefusalWord::invalid);
    CHECK_FALSE(correct(0, now));
    CHECK(evening.day().window_corrected_by == evening.moderaattori);
    CHECK(evening.day().windows == std::vector{CountedSpan{RoomTime{0}, evening.room.now().at}});
}

TEST_CASE("window: the time between a close and a reopening stays out of a corrected one") {
    Evening evening;
    evening.room.pass(10min);
    REQUIRE(evening.room.ask(evening.ohjaaja, ReopenSession{}).is_done());
    evening.room.pass(50min);
    REQUIRE(evening.room.ask(evening.ohjaaja, CloseSession{}).is_done());
    const auto windows = evening.day().windows;
    REQUIRE(windows.size() == 2);
    evening.done(CorrectWindow{.from = windows.front().from + 1h, .to = windows.back().to - 20min});
    CHECK(evening.row(evening.mustikka).window_seconds == (3 * 60 + 30) * 60);
    CHECK(evening.day().windows.size() == 2);
    evening.done(CorrectWindow{.from = windows.front().from, .to = windows.front().to});
    CHECK(evening.day().windows == std::vector{windows.front()});
}

TEST_CASE("audit: who decided what, when, stays on record with what was taken back") {
    Evening evening;
    const auto all = evening.room.ask(evening.moderaattori, MarkAllClear{});
    evening.done(TakeBackMarks{all.seq});
    evening.seal();
    evening.done(evening.correction(works, Mark::excused, "Ilmoitti viikolla"));
    using enum AttendanceActKind;
    std::vector<AttendanceActKind> theirs;
    for (const auto& act : evening.room.room().attendance.acts) {
        CHECK(act.by == evening.moderaattori);
        CHECK(act.at == evening.room.now().utc);
        if (act.person == works) theirs.push_back(act.kind);
    }
    CHECK(theirs == std::vector{marked, corrected});
    CHECK(evening.room.room().attendance.acts.size() == 2 + 2 + 4 + 1 + 1);
}

TEST_CASE("decision: what the staff are shown of the day, the others are not") {
    Evening evening;
    evening.seal();
    CHECK(evening.room.view(evening.mustikka).find<AttendanceDay>(ChangeKind::attendance_day) == nullptr);
    CHECK(evening.room.view(evening.mustikka).all<AttendanceRow>().empty());
    CHECK(evening.room.view(evening.ohjaaja).find<AttendanceDay>(ChangeKind::attendance_day) != nullptr);
}
