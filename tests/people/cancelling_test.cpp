#include "people/cancelling.hpp"

#include <map>

#include "people/helpers.hpp"
#include "people/mail_queue.hpp"
#include "people/registrations.hpp"
#include "people/work.hpp"

using namespace etakahvila;
using namespace etakahvila::people;

namespace {

/// 2026-12-03 at this time in Helsinki.
UtcTime at(int hour, int minute = 0) {
    return std::get<UtcTime>(utc_of({.year = 2026, .month = 12, .day = 3}, {.hour = hour, .minute = minute}));
}

SessionDraft draft(const std::string& date) {
    return std::get<SessionDraft>(draft_of({.series = "Etäkahvila",
        .theme = "Uni",
        .date = date,
        .start = "09:00",
        .end = "13:00",
        .question = {},
        .help_phone = {},
        .settings = {}}));
}

struct Day : Records {
    SessionId session = plan();

    PersonId with(const std::string& name, std::optional<std::string> phone, std::optional<std::string> email,
        bool allows_texts = false, std::optional<std::string> supervisor = {}) {
        const auto person = add(name, session);
        database.write("UPDATE people SET phone = ?, email = ?, sms_allowed = ?, supervisor = ? WHERE id = ?", phone,
            email, static_cast<std::int64_t>(allows_texts), supervisor, person);
        return person;
    }
    void cancel(std::optional<SessionDraft> moves_to = {}, bool has_mail = true) {
        cancel_session(database, session,
            {.why = CancelReason::staff_ill,
                .words = "Ohjaaja on sairas.",
                .by_name = "Kaisa",
                .moves_to = std::move(moves_to),
                .has_mail = has_mail},
            at(8));
    }
    Way way(PersonId person, bool has_mail = true) {
        for (const auto& one : to_be_told(database, session, has_mail)) {
            if (one.person == person) return one.way;
        }
        FAIL("nobody");
        return Way::call;
    }
    ToBeTold told(PersonId person) {
        for (auto& one : to_be_told(database, session, true)) {
            if (one.person == person) return one;
        }
        FAIL("nobody");
        return {};
    }
};

}  // namespace

TEST_CASE("Everybody is told in one way: by letter, by text message where they allow it, else by a call") {
    Day day;
    const auto letter = day.with("Aino", "040 123 4501", "aino@esimerkki.fi", true, "Tiina Työ");
    const auto text = day.with("Bertta", "040 123 4502", {}, true, "työ, tiina");
    const auto call = day.with("Cecilia", "040 123 4503", {}, false, "Olli Oma");
    const auto nothing = day.with("Daavid", {}, {}, true);
    const auto unsendable = day.with("Eetu", "040 123 4505", "äiti@esimerkki.fi", true);
    REQUIRE(std::holds_alternative<PersonId>(add_staff(day.database, day.session, Role::guest, "Vieras")));

    CHECK(day.way(letter) == Way::mail);
    CHECK(day.way(text) == Way::text);
    CHECK(day.way(call) == Way::call);
    CHECK(day.way(nothing) == Way::call);
    CHECK(day.way(unsendable) == Way::call);
    // A site that sends no letters calls.
    CHECK(day.way(letter, false) == Way::call);
    const auto people = to_be_told(day.database, day.session, true);
    CHECK(people.size() == 5);
    CHECK(people.front().name == "Aino");
    // One supervisor, whichever way the name is written.
    CHECK(supervisors_of(people) == 2);
}

TEST_CASE("With the day its letters are queued, and what waited to be sent is not; whom it misses is called") {
    Day day;
    const auto aino = day.with("Aino", {}, "aino@esimerkki.fi");
    const auto bertta = day.with("Bertta", "040 123 4502", {});
    queue_mail(day.database, day.session, aino, at(7));
    CHECK_FALSE(cancelled_session(day.database, day.session));
    day.cancel();

    const auto kept = cancelled_session(day.database, day.session);
    REQUIRE(kept);
    CHECK(kept->why == CancelReason::staff_ill);
    CHECK(kept->words == "Ohjaaja on sairas.");
    CHECK(kept->by_name == "Kaisa");
    CHECK(kept->at == at(8));
    CHECK_FALSE(kept->moved_to);
    CHECK(day.count("mails") == 1);
    const auto due = mail_due(day.database, at(8));
    REQUIRE(due);
    CHECK(due->person == aino);
    CHECK(due->is_cancelling);
    CHECK(mails_of(day.database, day.session).empty());
    CHECK(day.database.one<std::int64_t>("SELECT revision FROM sessions WHERE id = ?", day.session) == 1);

    mail_has_failed(day.database, due->id, "550 no such user", true, at(8));
    CHECK(day.way(aino) == Way::call);
    CHECK(day.way(bertta) == Way::call);
}

TEST_CASE("A call is ticked once, tried three times and no more, and only of a day that is cancelled") {
    Day day;
    const auto aino = day.with("Aino", "040 123 4501", {});
    const auto bertta = day.with("Bertta", "040 123 4502", {});
    CHECK(note_call(day.database, day.session, aino, true, "Kaisa", at(8)) == RefusalWord::not_now);
    day.cancel();
    CHECK(note_call(day.database, day.session, PersonId{987}, true, "Kaisa", at(8)) == RefusalWord::not_found);

    CHECK_FALSE(note_call(day.database, day.session, aino, false, "Kaisa", at(8, 1)));
    CHECK_FALSE(note_call(day.database, day.session, aino, true, "Kaisa", at(8, 2)));
    CHECK_FALSE(note_call(day.database, day.session, aino, true, "Kalle", at(8, 3)));
    CHECK_FALSE(note_call(day.database, day.session, aino, false, "Kalle", at(8, 4)));
    const auto told = day.told(aino);
    CHECK(told.told_at == at(8, 2));
    CHECK(told.told_by == "Kaisa");
    CHECK(told.tries == 1);
    CHECK(told.tried_at == at(8, 1));

    for (int minute = 1; minute <= 5; ++minute)
        CHECK_FALSE(note_call(day.database, day.session, bertta, false, "Kaisa", at(9, minute)));
    CHECK(day.told(bertta).tries == 3);
    CHECK(day.told(bertta).tried_at == at(9, 3));
    CHECK_FALSE(day.told(bertta).told_at);
    // Whoever calls back is told all the same.
    CHECK_FALSE(note_call(day.database, day.session, bertta, true, "Kaisa", at(9, 30)));
    CHECK(day.told(bertta).told_at == at(9, 30));
}

TEST_CASE("Who has read it on their page is known, once, and of participants of the day alone") {
    Day day;
    const auto aino = day.with("Aino", {}, {});
    note_cancelling_seen(day.database, day.session, aino, at(8));
    CHECK(day.count("cancel_calls") == 0);
    day.cancel();
    CHECK(is_cancelling_unseen(day.database, day.session, aino));
    note_cancelling_seen(day.database, day.session, aino, at(8, 5));
    note_cancelling_seen(day.database, day.session, aino, at(8, 6));
    note_cancelling_seen(day.database, day.session, PersonId{987}, at(8, 7));
    CHECK_FALSE(is_cancelling_unseen(day.database, day.session, aino));
    CHECK(day.told(aino).seen_at == at(8, 5));
    CHECK(day.count("cancel_calls") == 1);
}

TEST_CASE("Moving takes the people along with their enrolments, and no absence; the next day is that one") {
    Day day;
    const auto aino = day.with("Aino", {}, {});
    REQUIRE_FALSE(set_absence(day.database, day.session, aino, AbsenceNotice{.told_at = at(7), .note = {}}));
    REQUIRE(std::holds_alternative<PersonId>(add_staff(day.database, day.session, Role::guest, "Vieras")));
    REQUIRE(std::holds_alternative<PersonId>(add_staff(day.database, day.session, Role::facilitator, "Ohjaaja")));
    const auto period = day.database.add<std::int64_t>(
        "INSERT INTO periods (name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes, "
        "skip_moves_turn) VALUES ('Syksy', 'syksy', '2026-09-01', '2026-12-31', 4, '09:00', '13:00', 30, 0) RETURNING "
        "id");
    day.database.write("UPDATE sessions SET period = ? WHERE id = ?", period, day.session);
    const auto package = day.database.add<std::int64_t>(
        "INSERT INTO packages (period, name, name_key) VALUES (?, 'Kaikki', 'kaikki') RETURNING id", period);
    const auto enrolment = day.database.add<std::int64_t>(
        "INSERT INTO enrolments (person, period, package, first_day, last_day, state, made_at) VALUES (?, ?, ?, "
        "'2026-09-01', '2026-12-31', 'accepted', 0) RETURNING id",
        aino, period, package);
    day.database.write("UPDATE registrations SET enrolment = ? WHERE person = ?", enrolment, aino);
    day.plan("2026-12-10");

    auto moved = draft("2026-12-17");
    moved.settings.doors_minutes = 45;
    day.cancel(moved);
    const auto made = cancelled_session(day.database, day.session)->moved_to;
    REQUIRE(made);
    const auto record = session_record(day.database, *made);
    REQUIRE(record);
    CHECK(record->roster.size() == 3);
    CHECK(record->settings.doors_minutes == 45);
    CHECK(std::none_of(
        record->roster.begin(), record->roster.end(), [](const RosterEntry& entry) { return entry.is_excused; }));
    CHECK(day.database.one<std::int64_t>(
              "SELECT enrolment FROM registrations WHERE session = ? AND person = ?", *made, aino) == enrolment);
    CHECK(day.database.one<std::int64_t>("SELECT period FROM sessions WHERE id = ?", *made) == period);
    CHECK(next_day(day.database, day.session) == record->starts_at);
}

TEST_CASE("A day that is moved takes along its assignments, its polls, and who was registered or taken out by hand") {
    Day day;
    const auto aino = day.with("Aino", {}, {});
    REQUIRE(std::holds_alternative<PersonId>(add_staff(day.database, day.session, Role::guest, "Vieras")));
    REQUIRE(std::holds_alternative<PersonId>(add_staff(day.database, day.session, Role::moderator, "Moderaattori")));
    const auto bertta = day.with("Bertta", {}, {});
    day.database.write("INSERT INTO taken_out (session, person, at) VALUES (?, ?, 0)", day.session, bertta);
    REQUIRE_FALSE(unregister(day.database, day.session, bertta));
    const auto item = session_record(day.database, day.session)->agenda.at(1).id;
    REQUIRE(std::holds_alternative<protocol::AssignmentId>(put_assignment(day.database, day.session,
        {.title = "Unipäiväkirja",
            .text = "Kirjoita.",
            .questions = {"Milloin?", "Miten?"},
            .hint = "Lyhyesti.",
            .item = item,
            .minutes = 30,
            .ways = std::vector{protocol::WorkWay::phone},
            .is_choice = true,
            .second_look = true})));
    const auto made = assignments_of(day.database, day.session).front();
    note_assignment_opened(day.database, made.id, at(8), at(20));
    const std::vector<protocol::MakePoll> polls{
        {.question = "Tauko?", .options = {"Kyllä", "Ei"}, .choices_max = 1}, {.question = "Montako?",
                                                                                  .options = {"5", "7"},
                                                                                  .right = std::vector<std::int64_t>{1},
                                                                                  .why = "Keho palautuu."}};
    cancel_session(day.database, day.session,
        {.words = "Siirtyy.", .by_name = "Kaisa", .moves_to = draft("2026-12-17"), .polls = polls}, at(8));

    const auto moved = cancelled_session(day.database, day.session)->moved_to.value();
    CHECK(moved_polls(day.database, moved) == polls);
    CHECK(moved_polls(day.database, day.session).empty());
    const auto taken = assignments_of(day.database, moved);
    REQUIRE(taken.size() == 1);
    CHECK(taken[0].id != made.id);
    CHECK(taken[0].title == "Unipäiväkirja");
    CHECK(taken[0].text == "Kirjoita.");
    CHECK(taken[0].questions == std::vector<std::string>{"Milloin?", "Miten?"});
    CHECK(taken[0].hint == "Lyhyesti.");
    CHECK(taken[0].item == item);
    CHECK(taken[0].minutes == 30);
    CHECK(taken[0].ways == std::vector{protocol::WorkWay::phone});
    CHECK(taken[0].is_choice);
    CHECK(taken[0].second_look);
    CHECK_FALSE(taken[0].opened_at);
    CHECK(assignments_of(day.database, day.session).size() == 1);
    std::map<PersonId, Role> there;
    const auto record = session_record(day.database, moved);
    REQUIRE(record);
    for (const auto& entry : record->roster) there.emplace(entry.person, entry.role);
    CHECK(there.size() == 3);
    CHECK(there.at(aino) == Role::participant);
    CHECK_FALSE(there.contains(bertta));
    CHECK(day.database.has("SELECT 1 FROM taken_out WHERE session = ? AND person = ?", moved, bertta));
    // A day of another length may have no such item: the assignment is opened by hand there.
    auto without_item = draft("2026-12-18");
    without_item.agenda = std::vector<protocol::AgendaItem>{
        {.id = protocol::AgendaItemId{1}, .title = "Keskustelu", .minutes = 240}};
    cancel_session(day.database, moved, {.words = "Taas.", .by_name = "Kaisa", .moves_to = without_item}, at(9));
    const auto again = cancelled_session(day.database, moved)->moved_to.value();
    CHECK_FALSE(assignments_of(day.database, again).front().item);
}

TEST_CASE("The next day is of the same period, else of the same series, and none that is cancelled") {
    Day day;
    CHECK_FALSE(next_day(day.database, day.session));
    const auto of_series = day.plan("2026-12-10");
    const auto later = day.plan("2026-12-17");
    const auto start = [&](SessionId session) { return session_record(day.database, session)->starts_at; };
    CHECK(next_day(day.database, day.session) == start(of_series));
    cancel_session(day.database, of_series, {.words = "Ei pidetä."}, at(8));
    CHECK(next_day(day.database, day.session) == start(later));
    const auto period = day.database.add<std::int64_t>(
        "INSERT INTO periods (name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes, "
        "skip_moves_turn) VALUES ('Syksy', 'syksy', '2026-09-01', '2026-12-31', 4, '09:00', '13:00', 30, 0) RETURNING "
        "id");
    const auto of_period = day.plan("2026-12-20");
    for (const auto session : {day.session, of_period})
        day.database.write("UPDATE sessions SET period = ? WHERE id = ?", period, session);
    CHECK(next_day(day.database, day.session) == start(of_period));
}

TEST_CASE("Text messages wait for the morning from eight in the evening on") {
    CHECK_FALSE(texts_wait_until(at(8)));
    CHECK_FALSE(texts_wait_until(at(19, 59)));
    CHECK(texts_wait_until(at(7, 59)) == at(8));
    CHECK(texts_wait_until(at(20)) == UtcTime{at(8).ms + 24 * 60 * 60'000});
    CHECK(texts_wait_until(at(0, 30)) == at(8));
}

TEST_CASE("Doors are due until the day is over, and not of a day whose doors are opened by hand or that is cancelled") {
    Day day;
    CHECK(doors_due(day.database, at(8, 30), at(8, 31)).empty());
    day.database.write("UPDATE sessions SET doors_minutes = 30 WHERE id = ?", day.session);
    CHECK(doors_due(day.database, at(8, 28), at(8, 29)).empty());
    CHECK(doors_due(day.database, at(8, 29), at(8, 30)) == std::vector{day.session});
    CHECK(doors_due(day.database, at(12, 59), at(13)) == std::vector{day.session});
    CHECK(doors_due(day.database, at(13), at(13, 1)).empty());
    day.cancel();
    CHECK(doors_due(day.database, at(8, 29), at(8, 30)).empty());
}
