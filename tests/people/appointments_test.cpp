#include "people/appointments.hpp"

#include "people/calendar_feed.hpp"
#include "people/cancelling.hpp"
#include "people/helpers.hpp"
#include "people/own_page.hpp"
#include "people/staff.hpp"

using namespace etakahvila;
using namespace etakahvila::people;
using protocol::Phase;

namespace {

UtcTime at(LocalDate day, int hour, int minute = 0) {
    return std::get<UtcTime>(utc_of(day, {.hour = hour, .minute = minute}));
}
/// A Wednesday.
constexpr LocalDate today{.year = 2026, .month = 12, .day = 9};
UtcTime at(int hour, int minute = 0) { return at(today, hour, minute); }

protocol::PlanAppointmentBody plan_of(PersonId person, const std::string& start, std::int64_t minutes = 60) {
    return {.person = person,
        .kind = AppointmentKind::face_to_face,
        .date = "ke 9.12.2026",
        .start = start,
        .minutes = minutes,
        .place = " Asema,  huone 2 "};
}
protocol::HoldAppointmentBody hold_of(PersonId person, std::int64_t minutes = 30) {
    return {.person = person,
        .kind = AppointmentKind::phone,
        .minutes = minutes,
        .mark = protocol::Mark::present,
        .note = "Puhelin oli rikki"};
}

struct Desk : Records {
    Desk() {
        worker = std::get<PersonId>(add_staff(database, plan(), Role::moderator, "Tiina Työ"));
        kanerva = client("Kanerva Mustikka");
        kapy = client("Käpy Lakka");
    }
    PersonId client(const std::string& name) {
        return std::get<PersonId>(add_person(database, {.name = name,
                                                           .decision_type = "work_activity",
                                                           .supervisor = "Tiina Työ",
                                                           .phone = {},
                                                           .email = {},
                                                           .needs = {}}));
    }
    AppointmentDraft agreed(const protocol::PlanAppointmentBody& told, UtcTime now = at(8)) {
        return std::get<AppointmentDraft>(agreed_in(told, now));
    }
    AppointmentDraft held(
        const protocol::HoldAppointmentBody& told, UtcTime now, const std::optional<Appointment>& planned = {}) {
        return std::get<AppointmentDraft>(held_in(told, planned, now));
    }
    SessionId agree(const AppointmentDraft& draft) {
        return std::get<SessionId>(agree_appointment(database, draft, worker, at(8)));
    }
    Holding begin(const AppointmentDraft& draft, std::optional<SessionId> session = {}) {
        return std::get<Holding>(begin_holding(database, draft, session, worker, at(12)));
    }
    /// As the step of the room does.
    void save_held(SessionId session, const AppointmentDraft& draft) {
        keep_held(database, session, draft);
        note_appointment_phase(database, session, Phase::closed);
    }
    void save_off(SessionId session) {
        take_off(database, session, "Tiina Työ", at(12));
        note_appointment_phase(database, session, Phase::cancelled);
    }
    std::vector<std::string> faults_of(const auto& read) { return told(std::get<std::vector<Fault>>(read)); }

    PersonId worker;
    PersonId kanerva;
    PersonId kapy;
};

}  // namespace

TEST_CASE("Appointments: an agreed one is a session of its own with its person and its worker") {
    Desk desk;
    const auto session = desk.agree(desk.agreed(plan_of(desk.kanerva, "klo 10")));
    const auto record = session_record(desk.database, session);
    REQUIRE(record);
    CHECK(record->series == "Tapaamiset");
    CHECK(record->theme == "Tapaaminen kasvokkain");
    CHECK(record->way == SessionWay::appointment);
    CHECK(record->appointment == AppointmentKind::face_to_face);
    CHECK(record->starts_at == at(10));
    CHECK(record->ends_at == at(11));
    CHECK(record->agenda.empty());
    REQUIRE(record->roster.size() == 2);
    CHECK(record->roster[0].person == desk.worker);
    CHECK(record->roster[0].role == Role::moderator);
    CHECK(record->roster[1].person == desk.kanerva);
    CHECK(record->roster[1].duty == protocol::Duty::obligatory);
    CHECK(holds_appointment(desk.database, session, desk.worker));
    CHECK_FALSE(holds_appointment(desk.database, session, desk.kanerva));

    const auto own = appointments_of(desk.database, desk.worker);
    REQUIRE(own.size() == 1);
    CHECK(own[0].name == "Kanerva Mustikka");
    CHECK(own[0].place == "Asema, huone 2");
    CHECK(own[0].phase == Phase::planned);
    CHECK(own[0].minutes() == 60);
}

TEST_CASE("Appointments: the kind of decision is that of the enrolment that holds on the day") {
    Desk desk;
    desk.database.script(R"(
        INSERT INTO periods (name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes, skip_moves_turn)
          VALUES ('Syksy', 'syksy', '2026-11-01', '2026-12-31', 4, '09:00', '13:00', 30, 0);
        INSERT INTO packages (period, name, name_key) VALUES (1, 'Kaikki', 'kaikki');)");
    const auto enrol = [&](const char* first, const char* last, const char* kind, const char* state) {
        desk.database.write(
            "INSERT INTO enrolments (person, period, package, first_day, last_day, kind, state, made_at) VALUES (?, 1, "
            "1, ?, ?, ?, ?, 0)",
            desk.kanerva, first, last, kind, state);
    };
    enrol("2026-11-01", "2026-12-08", "work_activity", "ended");
    enrol("2026-12-09", "2026-12-31", "social_rehabilitation", "accepted");
    enrol("2026-12-09", "2026-12-31", "disability_work_activity", "withdrawn");
    const auto kind_at = [&](const protocol::HoldAppointmentBody& told) {
        const auto session = desk.begin(desk.held(told, at(12))).session;
        return session_record(desk.database, session)->roster.back().decision_type;
    };
    CHECK(kind_at(hold_of(desk.kanerva)) == "social_rehabilitation");
    auto before = hold_of(desk.kanerva);
    before.date = "8.12.2026";
    before.start = "10";
    CHECK(kind_at(before) == "work_activity");
}

TEST_CASE("Appointments: what is wrong with one is told, all of it") {
    Desk desk;
    auto plan = plan_of(desk.kanerva, "25.70", 4);
    plan.date = "8.12.2026";
    plan.place = std::string(121, 'a');
    CHECK(desk.faults_of(agreed_in(plan, at(8))) ==
          TextLines{"day_over 8.12.2026", "too_long place", "minutes_unclear 4", "start_unclear 25.70"});
    plan = plan_of(desk.kanerva, "10", 481);
    plan.date = "joskus";
    CHECK(desk.faults_of(agreed_in(plan, at(8))) == TextLines{"date_unclear joskus", "minutes_unclear 481"});

    auto hold = hold_of(desk.kanerva);
    hold.note = std::string(201, 'a');
    CHECK(desk.faults_of(held_in(hold, {}, at(12))) == TextLines{"too_long note"});
    std::string letters;
    for (int count = 0; count < 200; ++count) letters += "ä";
    hold.note = letters;
    CHECK(desk.held(hold, at(12)).note == letters);
    hold = hold_of(desk.kanerva);
    hold.mark = protocol::Mark::partial;
    hold.mark_minutes = 31;
    CHECK(desk.faults_of(held_in(hold, {}, at(12))) == TextLines{"minutes_unclear mark_minutes"});
    hold.mark_minutes = 30;
    CHECK(desk.held(hold, at(12)).ends_at == at(12));
}

TEST_CASE("Appointments: without a time one ends now, or began as it was agreed; at most 31 days back") {
    Desk desk;
    auto hold = hold_of(desk.kanerva, 45);
    CHECK(desk.held(hold, UtcTime{at(9, 20).ms + 59'000}).starts_at == at(8, 35));
    // Over midnight too.
    CHECK(desk.held(hold, at(0, 15)).starts_at == at({.year = 2026, .month = 12, .day = 8}, 23, 30));

    const auto session = desk.agree(desk.agreed(plan_of(desk.kanerva, "10")));
    const auto planned = appointment(desk.database, session);
    CHECK(desk.held(hold, at(10, 50), planned).starts_at == at(10));
    // Held earlier than agreed.
    CHECK(desk.held(hold, at(9), planned).starts_at == at(8, 15));
    const LocalDate next_day{.year = 2026, .month = 12, .day = 10};
    CHECK(desk.held(hold, at(next_day, 9), planned).starts_at == at(10));
    hold.date = "to 10.12.2026";
    CHECK(desk.held(hold, at(next_day, 9), planned).starts_at == at(next_day, 8, 15));

    hold.date = "8.12.2026";
    CHECK(desk.faults_of(held_in(hold, {}, at(12))) == TextLines{"start_unclear"});
    hold.start = "klo 9.30";
    CHECK(desk.held(hold, at(12)).starts_at == at({.year = 2026, .month = 12, .day = 8}, 9, 30));
    hold.date = "8.11.2026";
    CHECK(desk.held(hold, at(12)).starts_at == at({.year = 2026, .month = 11, .day = 8}, 9, 30));
    hold.date = "7.11.2026";
    CHECK(desk.faults_of(held_in(hold, {}, at(12))) == TextLines{"day_over 2026-11-07"});
    hold.date = "9.12.2026";
    hold.start = "13";
    CHECK(std::get<RefusalWord>(held_in(hold, {}, at(12))) == RefusalWord::too_early);
}

TEST_CASE("Appointments: on days on which the clocks change, a time that is none or comes twice is named") {
    Desk desk;
    auto hold = hold_of(desk.kanerva);
    hold.date = "25.10.2026";
    hold.start = "3.30";
    const LocalDate autumn{.year = 2026, .month = 10, .day = 25};
    CHECK(desk.faults_of(held_in(hold, {}, at(autumn, 12))) == TextLines{"time_comes_twice 3.30"});
    hold.start = "2.30";
    hold.minutes = 120;
    // Two hours of the wall, whatever the clock shows.
    const auto draft = desk.held(hold, at(autumn, 12));
    CHECK(draft.ends_at.ms - draft.starts_at.ms == 120 * 60'000);
    CHECK(local_clock_text(draft.ends_at) == "03:30");
    hold.date = "28.3.2027";
    hold.start = "3.30";
    CHECK(desk.faults_of(held_in(hold, {}, at({.year = 2027, .month = 3, .day = 28}, 12))) ==
          TextLines{"time_does_not_exist 3.30"});
}

TEST_CASE("Appointments: the same saved twice is one, by its form or by what it tells") {
    Desk desk;
    auto told = hold_of(desk.kanerva);
    told.once = "lomake-1";
    const auto draft = desk.held(told, at(12));
    const auto first = desk.begin(draft);
    CHECK_FALSE(first.is_known);
    // The answer was lost before the room had it: the same session waits for it.
    CHECK(desk.begin(draft).session == first.session);
    CHECK_FALSE(desk.begin(draft).is_known);
    desk.save_held(first.session, draft);
    // An hour later, without a time of its own.
    const auto later = desk.begin(desk.held(told, at(13)));
    CHECK(later.session == first.session);
    CHECK(later.is_known);
    // From another page, the same minutes.
    told.once = "lomake-2";
    const auto again = desk.begin(desk.held(told, at(12, 10)));
    CHECK(again.session == first.session);
    CHECK(again.is_known);
    CHECK(desk.count("appointments") == 1);

    // Another one at that time is none; right after it is.
    told.minutes = 60;
    const auto other = begin_holding(desk.database, desk.held(told, at(12, 10)), {}, desk.worker, at(12, 10));
    CHECK(std::get<Fault>(other) == Fault{.reason = FaultReason::another_session_then, .value = "11:30"});
    told.minutes = 30;
    CHECK(desk.begin(desk.held(told, at(12, 30))).session != first.session);
    CHECK(desk.begin(desk.held(hold_of(desk.kapy), at(12, 10))).session != first.session);
    CHECK(desk.count("appointments") == 3);
}

TEST_CASE("Appointments: one that was agreed is the one that is held, also where that is not said") {
    Desk desk;
    const auto agreed = desk.agreed(plan_of(desk.kanerva, "10"));
    const auto session = desk.agree(agreed);
    CHECK(desk.agree(agreed) == session);
    auto told = hold_of(desk.kanerva, 45);
    const auto draft = desk.held(told, at(11));
    CHECK(desk.begin(draft).session == session);
    CHECK(std::get<RefusalWord>(begin_holding(desk.database, desk.held(hold_of(desk.kapy), at(11)), session,
              desk.worker, at(11))) == RefusalWord::not_found);
    CHECK(std::get<RefusalWord>(begin_holding(desk.database, draft, session, desk.kapy, at(11))) ==
          RefusalWord::not_found);
    desk.save_held(session, draft);

    const auto held = appointment(desk.database, session);
    CHECK(held->kind == AppointmentKind::phone);
    CHECK(held->starts_at == at(10, 15));
    CHECK(held->minutes() == 45);
    CHECK(held->note == "Puhelin oli rikki");
    CHECK(held->place == "Asema, huone 2");
    CHECK(held->phase == Phase::closed);
    CHECK(session_record(desk.database, session)->theme == "Tapaaminen puhelimessa");
    // It is not held again as another one.
    told.minutes = 60;
    CHECK(std::get<RefusalWord>(begin_holding(desk.database, desk.held(told, at(11)), session, desk.worker, at(11))) ==
          RefusalWord::not_now);
    CHECK(std::holds_alternative<Fault>(agree_appointment(desk.database, agreed, desk.worker, at(11))));
}

TEST_CASE("Appointments: one that is taken off tells the person; one saved by mistake is planned again") {
    Desk desk;
    const auto session = desk.agree(desk.agreed(plan_of(desk.kanerva, "10")));
    const auto draft = desk.held(hold_of(desk.kanerva), at(9));
    desk.save_held(desk.begin(draft, session).session, draft);
    desk.save_off(session);
    const auto own = appointments_of(desk.database, desk.worker);
    REQUIRE(own.size() == 1);
    CHECK(own[0].session != session);
    CHECK(own[0].phase == Phase::planned);
    CHECK(own[0].starts_at == at(10));
    CHECK(own[0].minutes() == 60);
    CHECK_FALSE(words_of_cancelled(desk.database, session));
    CHECK_FALSE(appointment(desk.database, session));

    desk.save_off(own[0].session);
    CHECK(appointments_of(desk.database, desk.worker).empty());
    CHECK(words_of_cancelled(desk.database, own[0].session) == "Tapaaminen on peruttu.");
    CHECK(desk.count("mails") == 0);

    // What was never agreed leaves nothing.
    const auto unplanned = desk.held(hold_of(desk.kapy), at(12));
    const auto other = desk.begin(unplanned).session;
    desk.save_held(other, unplanned);
    desk.save_off(other);
    CHECK_FALSE(appointment(desk.database, other));
    CHECK_FALSE(words_of_cancelled(desk.database, other));
    CHECK(desk.begin(unplanned).session != other);
}

TEST_CASE("Appointments: the own page and the calendar have those that are agreed, and no others") {
    Desk desk;
    desk.database.script(R"(
        INSERT INTO periods (name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes, skip_moves_turn)
          VALUES ('Syksy', 'syksy', '2026-12-01', '2026-12-31', 4, '09:00', '13:00', 30, 0);)");
    const auto session = desk.agree(desk.agreed(plan_of(desk.kanerva, "10")));
    desk.agree(desk.agreed(plan_of(desk.kapy, "10")));
    const auto unplanned = desk.held(hold_of(desk.kanerva), at(9));
    desk.save_held(desk.begin(unplanned).session, unplanned);

    const Invitation link{
        .id = {}, .session = {}, .person = desk.kanerva, .times = {}, .period = protocol::PeriodId{1}};
    const auto page = own_page(desk.database, link, at(8));
    REQUIRE(page.days.size() == 1);
    CHECK(page.days[0].session == session);
    CHECK(page.days[0].appointment == AppointmentKind::face_to_face);
    CHECK(page.days[0].place == "Asema, huone 2");
    CHECK(page.days[0].way == SessionWay::appointment);
    CHECK_FALSE(page.days[0].is_door_open);
    CHECK(own_page(desk.database, link, at({.year = 2026, .month = 12, .day = 10}, 8)).days.empty());

    CountedBytes bytes;
    const auto token = make_calendar_feed(desk.database, protocol::PeriodId{1}, desk.kanerva, at(8), bytes.bytes());
    const auto feed = calendar_feed(desk.database, token.to_link(), at(8));
    REQUIRE(feed);
    REQUIRE(feed->days.size() == 1);
    CHECK(feed->days[0].session == session);
    const auto revision = feed->days[0].revision;
    desk.save_off(session);
    CHECK(own_page(desk.database, link, at(8)).days.at(0).cancelled == "Tapaaminen on peruttu.");
    CHECK(calendar_feed(desk.database, token.to_link(), at(8))->days.at(0).revision == revision + 1);
}

TEST_CASE("Appointments: whom one may meet stands in Finnish order, each once") {
    Desk desk;
    const auto twin = desk.client("Kanerva Mustikka-Aho");
    REQUIRE(make_one(desk.database, desk.kanerva, twin, {}));
    const auto all = clients(desk.database, [](const PersonDetails&) { return true; });
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "Kanerva Mustikka");
    CHECK(all[1].name == "Käpy Lakka");
    CHECK(clients(desk.database, [](const PersonDetails& one) { return one.supervisor == "Olli"; }).empty());
}
