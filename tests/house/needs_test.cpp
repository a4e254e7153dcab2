// The help that people need, over HTTP: for a session's moderators, of those who let them see it, and never twice the
// same after it was taken back.

#include "journal/sqlite_store.hpp"
#include "people/access_log.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using protocol::Role;

namespace {

/// A session with everyone in it, of whom two let moderators see what they need.
struct Day {
    Day() {
        tell(mustikka, "Tarvitsee apua ääneen", true);
        tell(kanerva, "Suuri teksti", true);
        tell(siili, "Ei puhelimeen soittoja", false);
        tell(haapa, {}, true);
    }
    void tell(const Invited& who, const std::optional<std::string>& needs, bool shown) const {
        house.store().write_and_wait([&](records::Database& database) {
            database.write("UPDATE people SET needs = ?, needs_shown = ? WHERE id = ?", needs, shown, who.person);
        });
    }
    Reply needs(const Invited& by, std::string_view of = "1") const {
        return ask(house, "GET", "/api/sessions/" + std::string{of} + "/needs", {}, {bearer(by.secret)});
    }
    std::size_t looks_at(const Invited& who) const {
        std::size_t count = 0;
        house.store().write_and_wait([&](records::Database& database) {
            for (const auto& note : people::accesses_to(database, who.person))
                count += note.act == people::AccessAct::needs_viewed ? 1 : 0;
        });
        return count;
    }

    TestHouse house;
    protocol::SessionId session = house.plan_session();
    Invited mustikka = house.invite(session, Role::participant, "Maija Mustikka");
    Invited kanerva = house.invite(session, Role::participant, "Kaarina Kanerva");
    Invited siili = house.invite(session, Role::participant, "Seppo Siili");
    Invited haapa = house.invite(session, Role::participant, "Heikki Haapa");
    Invited mari = house.invite(session, Role::moderator, "Mari Moderaattori");
};

std::string listed(const Invited& who, const std::string& needs) {
    return R"({"person":)" + std::to_string(who.person.value) + R"(,"needs":")" + needs + "\"}";
}

}  // namespace

TEST_CASE("Needs: moderators of the session see what people let them see, and each look is noted") {
    const Day day;
    const auto seen = day.needs(day.mari);
    CHECK(seen.status == 200);
    CHECK(seen.body == R"({"people":[)" + listed(day.mustikka, "Tarvitsee apua ääneen") + "," +
                           listed(day.kanerva, "Suuri teksti") + "]}");
    CHECK(day.looks_at(day.mustikka) == 1);
    CHECK(day.looks_at(day.kanerva) == 1);
    // Whoever is not shown was not looked at.
    CHECK(day.looks_at(day.siili) == 0);
    CHECK(day.looks_at(day.haapa) == 0);
    CHECK(day.house.log().find("Tarvitsee") == std::string::npos);
}

TEST_CASE("Needs: whoever takes the permission back is in no later answer, and it may be given again") {
    const Day day;
    day.tell(day.mustikka, "Tarvitsee apua ääneen", false);
    CHECK(day.needs(day.mari).body == R"({"people":[)" + listed(day.kanerva, "Suuri teksti") + "]}");
    day.tell(day.kanerva, {}, true);
    CHECK(day.needs(day.mari).body == R"({"people":[]})");
    CHECK(day.looks_at(day.kanerva) == 1);
    day.tell(day.mustikka, "Kuuntelee paremmin hitaasti", true);
    CHECK(has(day.needs(day.mari), "Kuuntelee paremmin hitaasti"));
}

TEST_CASE("Needs: nobody else sees them, in this session or another") {
    Day day;
    const auto olli = day.house.invite(day.session, Role::facilitator, "Olli Ohjaaja");
    const auto guest = day.house.invite(day.session, Role::guest, "Vieras");
    const auto elsewhere = day.house.plan_session();
    const auto other = day.house.invite(elsewhere, Role::moderator, "Toinen Moderaattori");
    CHECK(day.needs(olli).status == 403);
    CHECK(day.needs(guest).status == 404);
    CHECK(day.needs(day.kanerva).status == 404);
    CHECK(day.needs(other).status == 404);
    CHECK(day.needs(day.mari, std::to_string(elsewhere.value)).status == 404);
    CHECK(day.needs(other, std::to_string(elsewhere.value)).body == R"({"people":[]})");
    CHECK(ask(day.house, "GET", "/api/sessions/1/needs", {}, {bearer(day.house.coordinator_key())}).status == 403);
    CHECK(ask(day.house, "GET", "/api/sessions/1/needs").status == 401);
    CHECK(day.looks_at(day.mustikka) == 0);
    // A moderator by an account sees them as one by a link does.
    day.house.add_account("Minna", {{people::StaffRole::moderator, {}}});
    const auto minna = sign_in(day.house, "Minna").fields(day.house);
    CHECK(has(ask(day.house, "GET", "/api/sessions/1/needs", {}, minna), "Suuri teksti"));
}
