// Who may ask what over HTTP: every route as every kind of caller, as the server answers them, beside
// the table that people have read, data/api-access-table.txt. What changes there changes who may do what.

#include <iomanip>
#include <iostream>
#include <sstream>

#include "people/access_log.hpp"
#include "programme/periods.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "house/house.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using people::StaffRole;
using protocol::Role;

namespace {

struct Someone {
    std::string_view name;
    std::vector<std::string> fields;
};

/// A house with a session of "Syksy" and one of "Talvi", and everyone who may ask about the first.
class Everyone {
public:
    Everyone() {
        const auto here = house.plan_session();
        house.store().write_and_wait([&](records::Database& database) {
            const auto draft = people::draft_of({.series = "Talvi",
                .theme = "Raha",
                .date = "2026-12-03",
                .start = "09:00",
                .end = "13:00",
                .question = {},
                .help_phone = {},
                .settings = {}});
            elsewhere_ = people::plan_session(database, std::get<people::SessionDraft>(draft));
            people::PersonDetails details;
            details.name = "Maija Mustikka";
            details.supervisor = "Päivi Virtanen";
            const auto maija = std::get<people::PersonId>(people::add_person(database, details));
            people::register_person(database, here, maija);
            programme::put_period(database,
                {.name = "Joulu",
                    .first_day = "2026-12-03",
                    .last_day = "2026-12-10",
                    .weekday = 4,
                    .start = "9",
                    .end = "13",
                    .doors_minutes = 0,
                    .series = {protocol::SeriesId{1}}},
                {});
        });
        by_link("nobody", {});
        by_link("unknown link", {bearer("AAAAAAAAAAAAAAAAAAAAAA")});
        by_link("participant", {bearer(house.invite(here, Role::participant, "Puolukka").secret)});
        by_link("guest", {bearer(house.invite(here, Role::guest, "Vieras").secret)});
        by_link("facilitator's link", {bearer(house.invite(here, Role::facilitator, "Olli").secret)});
        by_link("moderator's link", {bearer(house.invite(here, Role::moderator, "Mari").secret)});
        by_link("link to another", {bearer(house.invite(elsewhere_, Role::moderator, "Mari").secret)});
        by_link("coordinator's key", {bearer(house.coordinator_key())});
        sign_in("no role", {});
        sign_in("facilitator", {{.role = StaffRole::facilitator, .series = "Syksy"}});
        sign_in("moderator", {{.role = StaffRole::moderator, .series = "Syksy"}});
        sign_in("coordinator", {{.role = StaffRole::coordinator, .series = "Syksy"}});
        sign_in("coordinator of all", {{.role = StaffRole::coordinator, .series = {}}});
        sign_in("supervisor", {{.role = StaffRole::supervisor, .series = {}}}, {"päivi virtanen"});
        sign_in("supervisor of others", {{.role = StaffRole::supervisor, .series = {}}}, {"Veikko Vieras"});
        const auto has_been_in = [&](std::string_view name, std::vector<people::GivenRole> roles) {
            sign_in(name, std::move(roles));
            REQUIRE(ask(house, "POST", "/api/sessions/1/enter", "{}", all.back().fields).status == 200);
        };
        has_been_in("whose role was taken away", {{.role = StaffRole::facilitator, .series = "Syksy"}});
        change("whose role was taken away", {});
        has_been_in("who was sent to another series", {{.role = StaffRole::moderator, .series = "Syksy"}});
        change("who was sent to another series", {{.role = StaffRole::moderator, .series = "Talvi"}});
        has_been_in("who was locked",
            {{.role = StaffRole::facilitator, .series = "Syksy"}, {.role = StaffRole::coordinator, .series = {}}});
        house.store().write_and_wait([&](records::Database& database) {
            people::lock_account(database, people::account_named(database, "who was locked")->id, house.clock.utc());
        });
        sign_in("of another series",
            {{.role = StaffRole::facilitator, .series = "Talvi"}, {.role = StaffRole::moderator, .series = "Talvi"},
                {.role = StaffRole::coordinator, .series = "Talvi"}});
    }

    TestHouse house;
    std::vector<Someone> all;

private:
    void by_link(std::string_view name, std::vector<std::string> fields) {
        fields.push_back("Origin: " + house.origin());
        all.push_back({name, std::move(fields)});
    }
    void sign_in(
        std::string_view name, std::vector<people::GivenRole> roles, std::vector<std::string> supervises = {}) {
        house.add_account(std::string{name}, std::move(roles), std::move(supervises));
        all.push_back({name, testing::sign_in(house, name).fields(house)});
    }

    void change(std::string_view name, const std::vector<people::GivenRole>& roles) {
        house.store().write_and_wait([&](records::Database& database) {
            REQUIRE_FALSE(people::change_account(database, people::account_named(database, name)->id,
                {.name = std::string{name}, .roles = roles, .supervises = {}}));
        });
    }

    protocol::SessionId elsewhere_;
};

/// A path of the first session and the first account.
std::string path_of(std::string_view form) {
    std::string path{form};
    for (const std::string_view word : {"ID", "PERSON", "ACCOUNT", "SERIES", "PERIOD"}) {
        for (auto at = path.find(word); at != path.npos; at = path.find(word)) path.replace(at, word.size(), "1");
    }
    return path;
}

std::string printed() {
    Everyone everyone;
    std::ostringstream out;
    out << "Each route as each kind of caller. x may, otherwise the answer: 401 who are you, 403 not you, 404 nothing "
           "there.\n"
           "The roles are for the series of the session that is asked for, where nothing else is said.\n\n";
    for (std::size_t index = 0; index < everyone.all.size(); ++index)
        out << std::setw(2) << index + 1 << "  " << everyone.all[index].name << "\n";
    out << "\n" << std::left << std::setw(46) << "route" << std::right;
    for (std::size_t index = 0; index < everyone.all.size(); ++index) out << std::setw(5) << index + 1;
    out << "\n";
    for (const auto& route : api::Api::routes()) {
        const bool is_post = route.method == protocol::Route::Method::post;
        out << std::left << std::setw(46) << ((is_post ? "POST " : "GET ") + std::string{route.path}) << std::right;
        for (const auto& [name, fields] : everyone.all) {
            // No request takes this body: nothing is changed by looking who may.
            const auto reply = is_post ? ask(everyone.house, "POST", path_of(route.path), "[]", fields)
                                       : ask(everyone.house, "GET", path_of(route.path), {}, fields);
            const bool may = reply.status != 401 && reply.status != 403 && reply.status != 404;
            out << std::setw(5) << (may ? "x" : std::to_string(reply.status));
        }
        // Whoever has no right to be here guesses no faster than anyone may.
        everyone.house.pass(std::chrono::seconds{10});
        out << "\n";
    }
    return out.str();
}

}  // namespace

TEST_CASE("The table of who may ask what is the one that people have read") {
    const auto now = printed();
    const auto read = test_file("data/api-access-table.txt");
    if (now != read) std::cout << now;
    CHECK((now == read));
}

TEST_CASE("What is not there and what is not one's own look the same") {
    Everyone everyone;
    for (const auto& [name, fields] : everyone.all) {
        if (name != "supervisor of others" && name != "of another series" && name != "link to another" &&
            name != "participant" && !name.starts_with("who"))
            continue;
        if (name == "who was locked") continue;
        INFO(name);
        const auto other = ask(everyone.house, "GET", "/api/sessions/1", {}, fields);
        const auto none = ask(everyone.house, "GET", "/api/sessions/99", {}, fields);
        CHECK(other.status == 404);
        CHECK(other.body == none.body);
        CHECK(other.head == none.head);
    }
}

TEST_CASE("The list of sessions has one's own only") {
    Everyone everyone;
    for (const auto& [name, fields] : everyone.all) {
        const auto reply = ask(everyone.house, "GET", "/api/sessions", {}, fields);
        if (reply.status != 200) continue;
        INFO(name << reply.body);
        const bool has_first = reply.body.find("\"theme\":\"Uni\"") != std::string::npos;
        const bool has_second = reply.body.find("\"theme\":\"Raha\"") != std::string::npos;
        const bool of_all = name == "coordinator's key" || name == "coordinator of all";
        const bool of_other = name == "link to another" || name == "of another series" ||
                              name == "who was sent to another series";
        CHECK(has_second == (of_all || of_other));
        CHECK(has_first == (!of_other && name != "supervisor of others"));
    }
}

TEST_CASE("Every act is noted with who did it") {
    Everyone everyone;
    const auto fields_of = [&](std::string_view wanted) {
        return std::find_if(everyone.all.begin(), everyone.all.end(), [&](const auto& one) {
            return one.name == wanted;
        })->fields;
    };
    CHECK(ask(everyone.house, "GET", "/api/sessions/1", {}, fields_of("coordinator")).status == 200);
    CHECK(ask(everyone.house, "GET", "/api/sessions/1", {}, fields_of("coordinator's key")).status == 200);
    everyone.house.store().write_and_wait([&](records::Database& database) {
        const auto people = people::people_of(database, protocol::SessionId{1}, everyone.house.clock.utc());
        const auto notes = people::accesses_to(database, people.front().person);
        REQUIRE(notes.size() == 2);
        CHECK_FALSE(notes[0].by_account);
        CHECK(notes[0].by_invitation);
        const auto coordinator = *people::account_named(database, "coordinator");
        CHECK(notes[1].by_account == coordinator.id);
        CHECK(notes[1].by_person == coordinator.person);
        CHECK_FALSE(notes[1].by_invitation);
        CHECK(notes[1].session == protocol::SessionId{1});
    });
}

TEST_CASE("A role that was taken away ends with it, wherever its holder has been") {
    TestHouse house;
    const auto session = house.plan_session();
    house.invite(session, Role::participant, "Maija Mustikka");
    house.add_account("Kaisa", {{.role = StaffRole::coordinator, .series = {}}});
    const auto olli = house.add_account("Olli Ohjaaja", {{.role = StaffRole::facilitator, .series = "Syksy"}});
    const auto kaisa = testing::sign_in(house, "Kaisa").fields(house);
    const auto cookie = testing::sign_in(house, "Olli Ohjaaja").fields(house);
    const auto entered = ask(house, "POST", "/api/sessions/1/enter", "{}", cookie);
    REQUIRE(entered.status == 200);
    const auto another = ask(house, "POST", "/api/sessions/1/enter", "{}", cookie);
    RoomClient room{house};
    room.come_in(entered.body.substr(11, entered.body.size() - 13));
    // The link that was made for him, with the others'.
    const auto invited = ask(house, "POST", "/api/sessions/1/invitations", R"({"renew":true})", kaisa);
    const auto his = invited.body.find("/staff#") + 7;
    REQUIRE(his > 7);
    const auto link = invited.body.substr(his, 22);
    CHECK(ask(house, "POST", "/api/look", "{\"secret\":\"" + link + "\"}").status == 200);

    REQUIRE(ask(house, "POST", "/api/accounts/" + std::to_string(olli.value), R"({"name":"Olli Ohjaaja","roles":[]})",
                kaisa)
                .status == 200);
    for (const auto* path : {"/api/sessions/1/attendance", "/api/sessions/1/attendance.csv",
             "/api/sessions/1/attendance.xlsx", "/api/sessions/1/expected", "/api/sessions/1/messages?before=0",
             "/api/sessions/1", "/api/sessions/1/mail", "/api/sessions/1/help"}) {
        INFO(path);
        CHECK(ask(house, "GET", path, {}, cookie).status == 404);
    }
    for (const auto* path : {"/api/sessions/1/enter", "/api/sessions/1/people/1/absence"})
        CHECK(ask(house, "POST", path, "{}", cookie).status == 404);
    for (const auto* path : {"/api/sessions", "/api/reports", "/api/people/1/accesses"})
        CHECK(ask(house, "GET", path, {}, cookie).status == 403);
    CHECK(room.close_code() == 4501);
    RoomClient late{house};
    late.hello(another.body.substr(11, another.body.size() - 13));
    CHECK(late.close_code() == 4501);
    CHECK(ask(house, "POST", "/api/look", "{\"secret\":\"" + link + "\"}").body.find(R"("standing":"revoked")") !=
          std::string::npos);
    CHECK(ask(house, "POST", "/api/enter", "{\"secret\":\"" + link + R"(","netiquette":true})").status != 200);
    // He is signed in still, and nothing more.
    CHECK(ask(house, "GET", "/api/me", {}, cookie).status == 200);

    REQUIRE(ask(house, "POST", "/api/accounts/" + std::to_string(olli.value),
                R"({"name":"Olli Ohjaaja","roles":[{"role":"facilitator","series":"Syksy"}]})", kaisa)
                .status == 200);
    CHECK(ask(house, "GET", "/api/sessions/1/attendance", {}, cookie).status == 200);
}

TEST_CASE("Whoever looks by the coordinator's key is told by name") {
    TestHouse house;
    const auto session = house.plan_session();
    const auto maija = house.invite(session, Role::participant, "Maija Mustikka");
    const auto key = bearer(house.coordinator_key());
    CHECK(ask(house, "GET", "/api/sessions/1", {}, {key}).status == 200);
    const auto seen = ask(house, "GET", "/api/people/" + std::to_string(maija.person.value) + "/accesses", {}, {key});
    INFO(seen.body);
    CHECK(seen.body.find(R"("act":"people_listed","by":"Kaisa Koordinaattori")") != seen.body.npos);
}
