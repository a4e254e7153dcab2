#include "programme/places.hpp"

#include "programme/helpers.hpp"

using namespace etakahvila;
using namespace etakahvila::programme;
using protocol::StaffRole;

namespace {

struct Staffed : Season {
    Staffed() {
        period = put(autumn());
        days = make(period).created;
    }

    std::variant<PlacesChanged, RefusalWord> put_place(protocol::SubstituteBody form) {
        return put_substitute(database, period, form, now);
    }
    std::size_t changed(const protocol::SubstituteBody& form) {
        return std::get<PlacesChanged>(put_place(form)).sessions.size();
    }
    std::optional<Role> role_on(std::size_t day, PersonId person) {
        return people::role_in(database, days[day], person);
    }

    PersonId olli = add_staff("Olli", StaffRole::facilitator);
    PersonId liisa = add_staff("Liisa", StaffRole::facilitator, "Etäkahvila");
    PersonId mari = add_staff("Mari", StaffRole::moderator);
    PeriodId period;
    std::vector<protocol::SessionId> days;
};

}  // namespace

TEST_CASE("Who could take a place is told by their accounts, each role once") {
    Staffed season;
    season.add_staff("Kaisa", StaffRole::coordinator);
    people::lock_account(
        season.database, people::account_named(season.database, "Mari")->id, std::optional{season.now});
    const auto staff = staff_of(season.database, season.period);
    REQUIRE(staff.size() == 2);
    CHECK(staff[0].name == "Liisa");
    CHECK(staff[1].person == season.olli);
    CHECK(staff[1].role == Role::facilitator);
}

TEST_CASE("A place is taken on one day, or on all to come that are in the role's series") {
    Staffed season;
    CHECK(season.changed({.person = season.olli, .role = Role::facilitator, .session = season.days[3]}) == 1);
    CHECK(season.role_on(3, season.olli) == Role::facilitator);
    CHECK_FALSE(season.role_on(4, season.olli));
    // Six days of the café.
    CHECK(season.changed({.person = season.liisa, .role = Role::facilitator}) == 6);
    CHECK(season.role_on(1, season.liisa) == Role::facilitator);
    CHECK_FALSE(season.role_on(0, season.liisa));
    CHECK(season.changed({.person = season.mari, .role = Role::moderator}) == 19);
    // Twice is once.
    CHECK(season.changed({.person = season.mari, .role = Role::moderator}) == 19);
    CHECK(people::people_of(season.database, season.days[1], season.now).size() == 2);
}

TEST_CASE("A substitute comes in place of somebody, on the days that those have, and somebody leaves") {
    Staffed season;
    season.changed({.person = season.liisa, .role = Role::facilitator});
    const auto put = std::get<PlacesChanged>(season.put_place(
        {.person = season.olli, .role = Role::facilitator, .session = season.days[1], .in_place_of = season.liisa}));
    CHECK(put.sessions == std::vector{season.days[1]});
    CHECK(put.left == std::vector{std::pair{season.liisa, season.days[1]}});
    CHECK(season.role_on(1, season.olli) == Role::facilitator);
    CHECK_FALSE(season.role_on(1, season.liisa));
    // On the five that she still has.
    CHECK(season.changed({.person = season.olli, .role = Role::facilitator, .in_place_of = season.liisa}) == 5);
    CHECK(season.changed({.person = season.olli, .role = Role::facilitator, .is_away = true}) == 6);
    CHECK(std::get<RefusalWord>(season.put_place(
              {.person = season.olli, .role = Role::facilitator, .is_away = true})) == RefusalWord::not_found);
}

TEST_CASE("Days that are over or cancelled keep their staff") {
    Staffed season;
    season.changed({.person = season.olli, .role = Role::facilitator});
    season.database.write(
        "INSERT INTO cancelled_sessions (session, why, words, by_name, at) VALUES (?, 'other', '', 'Kaisa', 0)",
        season.days[2]);
    // On the 12th of August.
    season.now = {1'597'212'000'000};
    CHECK(season.changed({.person = season.olli, .role = Role::facilitator, .is_away = true}) == 17);
    CHECK(season.role_on(0, season.olli) == Role::facilitator);
    CHECK(season.role_on(2, season.olli) == Role::facilitator);
    for (const auto day : {season.days[0], season.days[2]})
        CHECK(std::get<RefusalWord>(season.put_place(
                  {.person = season.olli, .role = Role::facilitator, .session = day})) == RefusalWord::not_now);
}

TEST_CASE("Who takes a place has an account and the role in the series") {
    Staffed season;
    const auto refusal = [&](const protocol::SubstituteBody& form) {
        return std::get<RefusalWord>(season.put_place(form));
    };
    CHECK(refusal({.person = season.olli, .role = Role::participant}) == RefusalWord::invalid);
    CHECK(refusal({.person = season.olli, .role = Role::facilitator, .in_place_of = season.olli}) ==
          RefusalWord::invalid);
    CHECK(refusal({.person = season.add_client("Aino"), .role = Role::facilitator}) == RefusalWord::not_found);
    CHECK(refusal({.person = season.mari, .role = Role::facilitator}) == RefusalWord::not_permitted);
    CHECK(refusal({.person = season.liisa, .role = Role::facilitator, .session = season.days[0]}) ==
          RefusalWord::not_permitted);
    CHECK(refusal({.person = season.olli, .role = Role::facilitator, .in_place_of = season.liisa}) ==
          RefusalWord::not_found);
    CHECK(refusal({.person = season.olli, .role = Role::facilitator, .session = season.plan()}) ==
          RefusalWord::not_found);
    people::lock_account(
        season.database, people::account_named(season.database, "Olli")->id, std::optional{season.now});
    CHECK(refusal({.person = season.olli, .role = Role::facilitator}) == RefusalWord::not_found);
}
