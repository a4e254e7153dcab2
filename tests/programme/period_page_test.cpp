#include "programme/period_page.hpp"

#include "programme/helpers.hpp"
#include "programme/packages.hpp"
#include "programme/places.hpp"

using namespace etakahvila;
using namespace etakahvila::programme;
using protocol::Todo;
using protocol::TodoKind;

namespace {

struct Shown : Season {
    Shown() : period{put(autumn())} {}

    protocol::PeriodShown page() { return period_page(database, period, now)->shown; }
    std::optional<Todo> todo(TodoKind kind) {
        for (const auto& one : page().todo) {
            if (one.kind == kind) return one;
        }
        return std::nullopt;
    }
    std::int64_t add_package() {
        const auto put = put_package(database, period, {.id = {}, .name = "Kaikki", .parts = {{.series = series[0]}}});
        return std::get<PackageId>(put).value;
    }

    PeriodId period;
};

}  // namespace

TEST_CASE("A draft's page shows its days, and what is left to do before it begins") {
    Shown season;
    const auto page = season.page();
    CHECK(page.form.name == "Syksy 2020");
    REQUIRE(page.days.size() == 20);
    CHECK(page.days[1].why_skipped == "Väliviikko");
    CHECK_FALSE(page.days[1].series);
    CHECK_FALSE(page.days[0].session);
    CHECK_FALSE(page.next);
    CHECK(page.todo == std::vector<Todo>{{.kind = TodoKind::no_package, .session = {}, .count = 1, .names = {}},
                           {.kind = TodoKind::unmade, .session = {}, .count = 19, .names = {}}});
    CHECK_FALSE(period_page(season.database, PeriodId{99}, season.now));
    season.add_package();
    CHECK_FALSE(season.todo(TodoKind::no_package));
    CHECK(season.todo(TodoKind::no_people)->count == 1);
    // A season that is over needs neither.
    season.now = {1'609'459'200'000};
    CHECK_FALSE(season.todo(TodoKind::no_people));
}

TEST_CASE("Days show who is registered, who is away, and the staff who can come in") {
    Shown season;
    const auto days = season.make(season.period).created;
    const auto aino = season.add_client("Aino");
    people::register_person(season.database, days[0], aino);
    people::register_person(season.database, days[0], season.add_client("Eino"));
    people::set_absence(season.database, days[0], aino, people::AbsenceNotice{.told_at = season.now, .note = {}});
    // The usual staff is there by name, and nobody has a link yet.
    CHECK(season.page().days[0].registered == 2);
    CHECK(season.page().days[0].absences == 1);
    CHECK(season.page().days[0].facilitators == 0);
    people::CountedBytes random;
    for (const auto& one : people::people_of(season.database, days[0], season.now)) {
        if (one.role == Role::facilitator)
            people::invite(
                season.database, days[0], one.person, {season.now, {season.now.ms + 10}}, season.now, random.bytes());
    }
    CHECK(season.page().days[0].facilitators == 2);
    CHECK(season.page().days[0].moderators == 0);
    const auto olli = season.add_staff("Olli", protocol::StaffRole::facilitator);
    put_substitute(season.database, season.period, {.person = olli, .role = Role::facilitator}, season.now);
    CHECK(season.page().days[0].facilitators == 3);
    CHECK(season.page().staff.size() == 1);
    season.now.ms += 10;
    CHECK(season.page().days[0].facilitators == 1);
    people::lock_account(
        season.database, people::account_named(season.database, "Olli")->id, std::optional{season.now});
    CHECK(season.page().days[0].facilitators == 0);
    CHECK(season.page().days[0].theme == "Osallisuus ja liikunta");
    CHECK(season.page().next == days[0]);
    season.database.write(
        "INSERT INTO cancelled_sessions (session, why, words, by_name, at) VALUES (?, 'other', '', 'Kaisa', 0)",
        days[0]);
    CHECK(season.page().next == days[1]);
}

TEST_CASE("The first day without its staff is told, with how many there are") {
    Shown season;
    std::vector<PersonId> facilitators;
    std::vector<PersonId> moderators;
    for (const auto* name : {"Olli", "Liisa"})
        facilitators.push_back(season.add_staff(name, protocol::StaffRole::facilitator));
    for (const auto* name : {"Mari", "Otso"})
        moderators.push_back(season.add_staff(name, protocol::StaffRole::moderator));
    const auto days = season.make(season.period).created;
    CHECK(season.todo(TodoKind::staff_missing) ==
          Todo{.kind = TodoKind::staff_missing, .session = days[0], .count = 19, .names = {}});
    for (const auto person : facilitators)
        put_substitute(season.database, season.period, {.person = person, .role = Role::facilitator}, season.now);
    for (const auto person : moderators)
        put_substitute(season.database, season.period, {.person = person, .role = Role::moderator}, season.now);
    CHECK_FALSE(season.todo(TodoKind::staff_missing));
    put_substitute(season.database, season.period,
        {.person = moderators[1], .role = Role::moderator, .session = days[16], .is_away = true}, season.now);
    CHECK(season.todo(TodoKind::staff_missing) ==
          Todo{.kind = TodoKind::staff_missing, .session = days[16], .count = 1, .names = {}});
}

TEST_CASE("Links, letters, calls and decisions name those who need something, at most five") {
    Shown season;
    const auto days = season.make(season.period).created;
    const auto package = season.add_package();
    std::vector<PersonId> people;
    for (const auto* name : {"Ville", "Aino", "Eino", "Kielo", "Saukko", "Öykky", "Irma"}) {
        people.push_back(season.add_client(name));
        season.enrol(people.back(), season.period, package, "2020-12-17");
    }
    CHECK(season.page().people == 7);
    CHECK(season.todo(TodoKind::links_missing)->count == 7);
    CHECK(season.todo(TodoKind::links_missing)->names == TextLines{"Aino", "Eino", "Irma", "Kielo", "Saukko"});
    CHECK(period_page(season.database, season.period, season.now)->named.size() == 5);
    const auto link = [&](PersonId person, std::int64_t expires, std::optional<std::int64_t> revoked) {
        season.database.write(
            "INSERT INTO invitations (period, person, secret_hash, made_at, not_before, expires, revoked_at) VALUES "
            "(?, ?, randomblob(16), 0, 0, ?, ?)",
            season.period, person, expires, revoked);
    };
    for (std::size_t one = 0; one < 4; ++one) link(people[one], season.now.ms + 1000, {});
    link(people[4], season.now.ms, {});
    link(people[5], season.now.ms + 1000, 1);
    CHECK(season.todo(TodoKind::links_missing)->names == TextLines{"Irma", "Saukko", "Öykky"});

    const auto mail = [&](PersonId person, const std::string& state) {
        season.database.write(
            "INSERT INTO mails (period, person, made_at, state, tries, next_try_at, token) VALUES (?, ?, 0, ?, 1, 0, "
            "'')",
            season.period, person, state);
    };
    for (const auto* state : {"failed", "sent"}) mail(people[0], state);
    for (const auto* state : {"sent", "failed"}) mail(people[1], state);
    CHECK(season.todo(TodoKind::letters_failed)->names == TextLines{"Aino"});

    const auto cancelled = [&](protocol::SessionId session, std::vector<PersonId> of_it) {
        season.database.write(
            "INSERT INTO cancelled_sessions (session, why, words, by_name, at) VALUES (?, 'other', '', 'Kaisa', 0)",
            session);
        for (const auto person : of_it)
            season.database.write(
                "INSERT INTO registrations (session, person, role) VALUES (?, ?, 'participant') ON CONFLICT DO NOTHING",
                session, person);
    };
    const auto call = [&](protocol::SessionId session, PersonId person, const char* how) {
        season.database.write(
            "INSERT INTO cancel_calls (session, person, " + std::string{how} + ") VALUES (?, ?, 5)", session, person);
    };
    // Whom nobody has tried yet is to be called too.
    cancelled(days[3], {people[0], people[1], people[3]});
    call(days[3], people[0], "tried_at");
    call(days[3], people[1], "told_at");
    cancelled(days[1], {people[2], people[4]});
    call(days[1], people[4], "seen_at");
    cancelled(days[5], {people[5]});
    call(days[5], people[5], "told_at");
    const auto page = season.page();
    REQUIRE(page.todo.size() > 2);
    CHECK(page.todo[0] == Todo{.kind = TodoKind::calls_waiting, .session = days[1], .count = 1, .names = {"Eino"}});
    CHECK(page.todo[1] ==
          Todo{.kind = TodoKind::calls_waiting, .session = days[3], .count = 2, .names = {"Kielo", "Ville"}});
    CHECK(page.todo[2].kind != TodoKind::calls_waiting);

    // Until the 15th of August, two weeks from now.
    season.enrol(season.add_client("Pian"), season.period, package, "2020-08-15");
    season.enrol(season.add_client("Myöhemmin"), season.period, package, "2020-08-16");
    season.enrol(season.add_client("Ohi"), season.period, package, "2020-07-31");
    const auto moved = season.add_client("Jatkaa");
    season.enrol(moved, season.period, package, "2020-08-10");
    season.enrol(moved, season.period, package, "2020-12-17");
    CHECK(season.todo(TodoKind::decisions_end)->names == TextLines{"Pian"});
    // The period's own end is everybody's.
    season.now = {1'607'731'200'000};
    CHECK_FALSE(season.todo(TodoKind::decisions_end));
}
