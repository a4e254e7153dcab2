// Each rule at its day: kept on the last day of its time, due on the next; what a hold keeps; which times a site may
// choose.

#include <functional>

#include "keeping/erasing.hpp"
#include "keeping/storage.hpp"
#include "people/access_log.hpp"
#include "people/feedback.hpp"
#include "people/outside_days.hpp"
#include "programme/enrolments.hpp"
#include "programme/season_records.hpp"
#include "reports/day_store.hpp"

using namespace etakahvila;
using namespace etakahvila::keeping;
using programme::nine_on;
using protocol::HoldBody;

namespace {

/// A season that ends on the last of December 2026, with something of each kind.
struct Kept : programme::Autumn {
    Kept() {
        reports::migrate(database);
        keeping::migrate(database);
        // As the journal makes them.
        database.script(
            "CREATE TABLE rooms (session INTEGER PRIMARY KEY, epoch TEXT NOT NULL) STRICT;"
            "CREATE TABLE steps (session INTEGER NOT NULL, seq INTEGER NOT NULL, record TEXT NOT NULL, digest BLOB NOT "
            "NULL, PRIMARY KEY (session, seq)) STRICT, WITHOUT ROWID");
        programme::add_enrolment(database, autumn,
            {.person = maija,
                .package = thursdays,
                .first_day = "2026-11-19",
                .last_day = "2026-12-31",
                .kind = "work_activity"},
            start);
        programme::bring_registrations_in_line(database, autumn, start);
        database.write(
            "UPDATE people SET phone = '040 123', needs = 'Kuulee huonosti', sms_allowed = 1 WHERE id = ?", maija);
    }

    void plant_work(std::optional<UtcTime> read_at) {
        const auto assignment = database.add<std::int64_t>(
            "INSERT INTO assignments (session, version, minutes, ways, is_choice, second_look) VALUES (?, 1, 60, "
            "'text', 0, 0) RETURNING id",
            cafe_1);
        work = database.add<std::int64_t>(
            "INSERT INTO submissions (assignment, person, state, version, source, late, read_at, words, words_version, "
            "saved_at, assignment_version, sharing, answer, answer_version) VALUES (?, ?, 'read', 1, 'own', 0, ?, "
            "'Herään yöllä', 1, 0, 1, 'no', 'Kiitos', 1) RETURNING id",
            assignment, maija, read_at);
        database.write(
            "INSERT INTO sent_answers (submission, sent_at, words, by_person) VALUES (?, 0, 'Kiitos', 1)", work);
    }

    void plant_day() {
        reports::DayRecord day{.session = cafe_1,
            .version = 2,
            .phase = protocol::Phase::sealed,
            .lines = {{.person = maija, .mark = protocol::Mark::present}, {.person = eino}},
            .sealed_at = nine_on("2026-12-03"),
            .acts = {{.what = "marked", .person = maija, .at = start}}};
        reports::keep_day(database, day, start);
        database.write("INSERT INTO rooms (session, epoch) VALUES (?, 'e')", cafe_1);
        database.write("INSERT INTO steps (session, seq, record, digest) VALUES (?, 1, '{}', ?)", cafe_1,
            std::array<unsigned char, 16>{});
    }

    std::size_t due_on(KeepingRule rule, const std::string& day) {
        return due(database, rule, Moment{database, nine_on(day)}).size();
    }
    void take_all(KeepingRule rule, const std::string& day) {
        for (const auto& subject : due(database, rule, Moment{database, nine_on(day)})) erase(database, rule, subject);
    }

    PersonId maija = person("Maija Mäki");
    PersonId eino = person("Eino Öhman");
    std::int64_t work{};
};

}  // namespace

TEST_CASE("Each rule keeps until the end of its last day, and takes on the next") {
    Kept kept;
    auto& database = kept.database;
    const auto check = [&](KeepingRule rule, const std::string& last_kept, const std::string& first_gone) {
        INFO(base::name_of(rule));
        CHECK(kept.due_on(rule, last_kept) == 0);
        CHECK(kept.due_on(rule, first_gone) == 1);
        if (rule == KeepingRule::room_words) return;
        kept.take_all(rule, first_gone);
        // What is gone is gone, and doing it again changes nothing.
        CHECK(kept.due_on(rule, "2099-01-01") == 0);
    };

    SECTION("the words of a room: 30 days after the seal") {
        kept.plant_day();
        check(KeepingRule::room_words, "2027-01-02", "2027-01-03");
        note_compacted(database, kept.cafe_1, nine_on("2027-01-03"));
        CHECK(kept.due_on(KeepingRule::room_words, "2099-01-01") == 0);
    }
    SECTION("the words of a room that somebody's erasure waits for: at once") {
        kept.plant_day();
        database.write("INSERT INTO rooms_to_compact (session, since) VALUES (?, 0)", kept.cafe_1);
        CHECK(kept.due_on(KeepingRule::room_words, "2026-12-04") == 1);
    }
    SECTION("a carried question: 30 days after the period") {
        database.write(
            "INSERT INTO carried_questions (session, parked, text, seen_by, asked_at) VALUES (?, 1, 'Miksi?', 'all', "
            "0)",
            kept.cafe_1);
        check(KeepingRule::carried_words, "2027-01-30", "2027-01-31");
        CHECK(kept.count("carried_questions") == 0);
    }
    SECTION("a carried question that has come up: with the room of that day") {
        database.write(
            "INSERT INTO carried_questions (session, parked, text, seen_by, asked_at, brought_up_in) VALUES (?, 1, "
            "'Miksi?', 'all', 0, ?)",
            kept.cafe_1, kept.cafe_2);
        CHECK(kept.due_on(KeepingRule::carried_words, "2099-01-01") == 0);
        note_compacted(database, kept.cafe_2, nine_on("2027-01-15"));
        kept.take_all(KeepingRule::carried_words, "2027-01-15");
        // The row stays: the room that it came up in has it.
        CHECK(database.one<std::string>("SELECT text FROM carried_questions") == "");
    }
    SECTION("work: 30 days after the answer was read") {
        kept.plant_work(nine_on("2026-11-20"));
        check(KeepingRule::work_words, "2026-12-20", "2026-12-21");
        CHECK(database.one<std::string>("SELECT words || answer FROM submissions") == "");
        CHECK(database.one<std::string>("SELECT state FROM submissions") == "read");
        CHECK(kept.count("sent_answers") == 0);
    }
    SECTION("work that nobody has read: 30 days after the period") {
        kept.plant_work({});
        check(KeepingRule::work_words, "2027-01-30", "2027-01-31");
    }
    SECTION("photos: the end of the period") {
        kept.plant_work({});
        database.write("INSERT INTO photos (submission, description, added_at, bytes) VALUES (?, 'Kissa', 0, ?)",
            kept.work, std::array<unsigned char, 4>{1, 2, 3, 4});
        check(KeepingRule::pictures, "2026-12-31", "2027-01-01");
    }
    SECTION("a day by phone: 30 days after its period") {
        const auto day = people::make_outside_day(
            database, {.way = protocol::SessionWay::phone_day,
                          .starts_at = nine_on("2026-12-03"),
                          .ends_at = UtcTime{nine_on("2026-12-03").ms + 3'600'000},
                          .period = kept.autumn});
        database.write(
            "INSERT INTO phone_contacts (session, person, version, before, state, tries, task, note, by_person, at) "
            "VALUES (?, ?, 1, 0, 'reached', '', 'Kävely', 'Soita aamulla', 1, 0)",
            day, kept.maija);
        check(KeepingRule::call_words, "2027-01-30", "2027-01-31");
        CHECK(kept.count("phone_contacts") == 1);
    }
    SECTION("the reason of an absence: 30 days after the period") {
        database.write(
            "UPDATE registrations SET absence_told_at = 1, absence_reason = 'own_illness', absence_note = 'Flunssa' "
            "WHERE session = ? AND person = ?",
            kept.cafe_1, kept.maija);
        check(KeepingRule::absence_words, "2027-01-30", "2027-01-31");
        CHECK(database.has("SELECT 1 FROM registrations WHERE absence_told_at = 1"));
    }
    SECTION("contacts: 30 days after the period") {
        check(KeepingRule::contacts, "2027-01-30", "2027-01-31");
        CHECK(database.has("SELECT 1 FROM people WHERE name = 'Maija Mäki' AND phone IS NULL AND needs IS NULL"));
    }
    SECTION("contacts of who is in a period that follows stay") {
        const auto spring = kept.period("Kevät 2027", "2027-01-14", "2027-05-27", {kept.cafe});
        const auto package = kept.package(spring, "Torstaipaketti", {{kept.cafe}});
        programme::add_enrolment(database, spring,
            {.person = kept.maija, .package = package, .first_day = "2027-01-14", .last_day = "2027-02-11"},
            nine_on("2027-01-10"));
        check(KeepingRule::contacts, "2027-06-26", "2027-06-27");
    }
    SECTION("links, codes and letters: 30 days after the period") {
        database.write(
            "INSERT INTO invitations (period, person, secret_hash, made_at, not_before, expires) VALUES (?, ?, ?, 0, "
            "0, 1)",
            kept.autumn, kept.maija, std::array<unsigned char, 4>{1, 2, 3, 4});
        database.write(
            "INSERT INTO mails (period, person, made_at, state, tries, next_try_at, token) VALUES (?, ?, 0, 'sent', 1, "
            "0, 't')",
            kept.autumn, kept.maija);
        check(KeepingRule::links, "2027-01-30", "2027-01-31");
        CHECK(kept.count("invitations") + kept.count("mails") == 0);
    }
    SECTION("the coordinator's key stays: who has looked at what is told by it") {
        database.write(
            "INSERT INTO invitations (secret_hash, made_at, not_before, expires, holder) VALUES (?, 0, 0, 1, 'Kaisa')",
            std::array<unsigned char, 4>{1, 2, 3, 4});
        CHECK(kept.due_on(KeepingRule::links, "2099-01-01") == 0);
    }
    SECTION("the words of feedback: a year after its close; the figures stay") {
        people::note_feedback_opened(database, kept.cafe_1, nine_on("2026-11-20"));
        database.write("UPDATE feedbacks SET is_closed = 1");
        database.write(
            "INSERT INTO feedback_words VALUES (?, ?, 0, 'Hyvä päivä')", kept.cafe_1, std::array<unsigned char, 16>{1});
        database.write("INSERT INTO feedback_answers VALUES (?, ?, 'good', NULL, NULL, 0)", kept.cafe_1,
            std::array<unsigned char, 16>{2});
        check(KeepingRule::feedback_words, "2027-11-20", "2027-11-21");
        CHECK(kept.count("feedback_answers") == 1);
    }
    SECTION("day records: ten years after the case, and the name with them") {
        kept.plant_day();
        check(KeepingRule::day_records, "2036-12-31", "2037-01-01");
        const auto day = reports::day_of(database, kept.cafe_1);
        REQUIRE(day);
        REQUIRE(day->lines.size() == 1);
        CHECK(day->lines.front().person == kept.eino);
        CHECK(day->acts.empty());
        CHECK(
            database.one<std::string>("SELECT name FROM people WHERE id = ?", kept.maija) == pseudonym_of(kept.maija));
        CHECK(kept.days_of(kept.maija).empty());
    }
    SECTION("day records: by kind of decision, as the site has chosen") {
        kept.plant_day();
        CHECK_FALSE(put_time(database, KeepingRule::day_records, "work_activity", 2, "Kaisa", kept.start));
        check(KeepingRule::day_records, "2028-12-31", "2029-01-01");
    }
    SECTION("who has looked at what: 12 years, and as long as what it tells of") {
        people::note_access(database, {.at = nine_on("2026-12-03")}, std::array{kept.maija});
        check(KeepingRule::access_log, "2038-12-03", "2038-12-04");
    }
    SECTION("a hold: a year after its last day") {
        REQUIRE(std::holds_alternative<protocol::HoldId>(
            make_hold(database, {.person = {}, .session = kept.cafe_1, .reason = "Kantelu", .last_day = "31.1.2027"},
                "Kaisa", kept.start)));
        check(KeepingRule::holds, "2028-01-31", "2028-02-01");
    }
}

TEST_CASE("Notes of who has looked go from the oldest on: what is behind one that is kept stays") {
    Kept kept;
    kept.plant_day();
    // Maija is in a day record, Eino is not.
    kept.database.write("DELETE FROM day_people WHERE person = ?", kept.eino);
    for (const auto person : {kept.eino, kept.maija, kept.eino})
        people::note_access(kept.database, {.at = nine_on("2026-12-03")}, std::array{person});
    CHECK(kept.due_on(KeepingRule::access_log, "2040-01-01") == 1);
}

TEST_CASE("A hold keeps what it names until its end") {
    Kept kept;
    auto& database = kept.database;
    kept.plant_day();
    kept.plant_work({});
    const auto late = "2027-03-01";
    CHECK(kept.due_on(KeepingRule::contacts, late) == 1);
    const auto hold = [&](std::optional<PersonId> person, std::optional<SessionId> session) {
        return std::get<protocol::HoldId>(make_hold(database,
            {.person = person, .session = session, .reason = "Kantelu", .last_day = "31.3.2027"}, "Kaisa", kept.start));
    };
    SECTION("a person, with the days that they were in") {
        const auto made = hold(kept.maija, {});
        for (const auto rule : {KeepingRule::room_words, KeepingRule::work_words, KeepingRule::contacts}) {
            CHECK(kept.due_on(rule, "2027-03-31") == 0);
            CHECK(kept.due_on(rule, "2027-04-01") == 1);
        }
        CHECK(holds_shown(database, people::local_day(kept.start)).front().name == "Maija Mäki");
        CHECK_FALSE(end_hold(database, made, nine_on(late)));
        CHECK(kept.due_on(KeepingRule::contacts, late) == 1);
        CHECK(end_hold(database, made, nine_on(late)) == RefusalWord::not_found);
    }
    SECTION("a session, with who was in it") {
        hold({}, kept.cafe_1);
        CHECK(kept.due_on(KeepingRule::room_words, late) == 0);
        CHECK(kept.due_on(KeepingRule::contacts, late) == 0);
    }
    SECTION("what cannot be held") {
        const auto word = [&](const HoldBody& body) {
            return std::get<RefusalWord>(make_hold(database, body, "Kaisa", nine_on("2026-12-03")));
        };
        CHECK(word({.person = {}, .session = {}, .reason = "x", .last_day = "2027-01-01"}) == RefusalWord::invalid);
        CHECK(word({.person = kept.maija, .session = kept.cafe_1, .reason = "x", .last_day = "2027-01-01"}) ==
              RefusalWord::invalid);
        CHECK(word({.person = kept.maija, .session = {}, .reason = "x", .last_day = "2.12.2026"}) ==
              RefusalWord::invalid);
        CHECK(word({.person = kept.maija, .session = {}, .reason = "x", .last_day = "joskus"}) == RefusalWord::invalid);
        CHECK(word({.person = kept.maija, .session = {}, .reason = " ", .last_day = "2027-01-01"}) ==
              RefusalWord::text_empty);
        CHECK(word({.person = PersonId{999}, .session = {}, .reason = "x", .last_day = "2027-01-01"}) ==
              RefusalWord::not_found);
    }
}

TEST_CASE("A site chooses its times within what a rule allows") {
    Kept kept;
    auto& database = kept.database;
    CHECK(time_of(database, KeepingRule::room_words) == 30);
    CHECK(put_time(database, KeepingRule::room_words, {}, 13, "Kaisa", kept.start) == RefusalWord::invalid);
    CHECK(put_time(database, KeepingRule::room_words, {}, 91, "Kaisa", kept.start) == RefusalWord::invalid);
    CHECK_FALSE(put_time(database, KeepingRule::room_words, {}, 14, "Kaisa", kept.start));
    CHECK_FALSE(put_time(database, KeepingRule::room_words, {}, 90, "Kaisa", kept.start));
    CHECK(time_of(database, KeepingRule::room_words) == 90);
    CHECK(put_time(database, KeepingRule::access_log, {}, 11, "Kaisa", kept.start) == RefusalWord::invalid);
    CHECK(put_time(database, KeepingRule::contacts, "work_activity", 30, "Kaisa", kept.start) == RefusalWord::invalid);
    CHECK(put_time(database, KeepingRule::day_records, "unheard_of", 5, "Kaisa", kept.start) == RefusalWord::not_found);
}

TEST_CASE("A person who was erased is a number: marks stay, words, contacts, links and days to come do not") {
    Kept kept;
    auto& database = kept.database;
    kept.plant_day();
    kept.plant_work({});
    database.write(
        "INSERT INTO invitations (period, person, secret_hash, made_at, not_before, expires) VALUES (?, ?, ?, 0, 0, 1)",
        kept.autumn, kept.maija, std::array<unsigned char, 4>{1, 2, 3, 4});
    REQUIRE(kept.days_of(kept.maija).size() == 6);
    const auto now = nine_on("2026-12-04");
    const auto changed = erase_person(database, kept.maija, {.rooms = {kept.cafe_1}}, now);
    CHECK(changed == std::vector{kept.cafe_2, kept.sports_2, kept.training_2});
    CHECK(kept.days_of(kept.maija) == programme::Days{"2026-11-19", "2026-11-26", "2026-12-03"});
    CHECK(programme::bring_registrations_in_line(database, kept.autumn, now).empty());
    CHECK(database.one<std::string>("SELECT name FROM people WHERE id = ?", kept.maija) == pseudonym_of(kept.maija));
    CHECK(kept.count("invitations") == 0);
    CHECK(database.one<std::string>("SELECT words || answer FROM submissions") == "");
    CHECK(database.has("SELECT 1 FROM rooms_to_compact WHERE session = ?", kept.cafe_1));
    const auto day = reports::day_of(database, kept.cafe_1);
    REQUIRE(day);
    CHECK(day->lines.front().mark == protocol::Mark::present);
    CHECK(kept.due_on(KeepingRule::contacts, "2099-01-01") == 0);
    // Once more: nothing is there to change.
    CHECK(erase_person(database, kept.maija, {}, now).empty());
}
