// A closed group over HTTP and WebSocket: a partner's leader sees their own group and nothing else, and nobody else's
// link opens its days.

#include <set>

#include "api/api.hpp"
#include "house/house.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using people::StaffRole;
using protocol::Role;

namespace {

std::string value_of(const std::string& body, const std::string& field) {
    const auto begin = body.find("\"" + field + "\":\"") + field.size() + 4;
    return body.substr(begin, body.find('"', begin) - begin);
}

std::string number_of(const std::string& body, const std::string& field) {
    const auto begin = body.find("\"" + field + "\":") + field.size() + 3;
    return body.substr(begin, body.find_first_of(",}]", begin) - begin);
}

/// An open session of today, 1, and a group of its series with three days: 2 is today's. Its leader is Pia, of a
/// partner, moderator.
struct Partner {
    Partner() : key{bearer(house.coordinator_key())} {
        const auto open = house.plan_session();
        outsider = house.invite(open, Role::participant, "Outo Vieras");
        const auto saved = post("/api/groups", form);
        REQUIRE(saved.status == 200);
        group = number_of(saved.body, "id");
        REQUIRE(has(post("/api/periods/" + group + "/make", "{}"), R"("created":[2,3,4])"));
        const auto led = post(leaders(), R"({"leaders":[{"name":"Pia Partneri","role":"moderator"}]})");
        REQUIRE(has(led, R"("is_partner":true,"has_password":false,"has_ended":false)"));
        account = number_of(led.body, "account");
        const auto link = value_of(led.body, "link");
        const auto secret = link.substr(link.find("#password=") + 10);
        REQUIRE(ask(house, "POST", "/api/password",
                    "{\"secret\":\"" + secret + R"(","password":")" + std::string{TestHouse::password} + "\"}",
                    {"Origin: " + house.origin()})
                    .status == 200);
        pia = sign_in(house, "Pia Partneri").fields(house);
        member = enrol("Maija Mustikka");
    }

    Reply get(const std::string& path) { return ask(house, "GET", path, {}, {key}); }
    Reply post(const std::string& path, std::string_view body) { return ask(house, "POST", path, body, {key}); }
    Reply by_pia(const std::string& path) { return ask(house, "GET", path, {}, pia); }
    Reply sent_by_pia(const std::string& path, std::string_view body) { return ask(house, "POST", path, body, pia); }
    std::string leaders() const { return "/api/groups/" + group + "/leaders"; }
    std::string people() const { return "/api/periods/" + group + "/people"; }

    Reply enrolled(const std::string& name) {
        const auto package = number_of(get("/api/groups").body, "package");
        return post(people(),
            R"({"name":")" + name + R"(","decision_type":"work_activity","package":)" + package + R"(,"choices":[]})");
    }
    std::string enrol(const std::string& name) {
        const auto done = enrolled(name);
        REQUIRE(has(done, R"({"person":)"));
        return number_of(done.body, "person");
    }

    static constexpr std::string_view form =
        R"({"name":"Partnerin ryhmä","first_day":"3.12.2026","last_day":"17.12.2026","weekday":4,)"
        R"("start":"9","end":"13",)"
        R"("doors_minutes":0,"series":[1],"skipped":[],"skip_moves_turn":true})";

    TestHouse house;
    std::string key;
    Invited outsider;
    std::string group;
    std::string account;
    std::vector<std::string> pia;
    std::string member;
};

/// A path with these numbers for what it names.
std::string path_of(std::string_view form, const std::string& session, const std::string& period) {
    std::string path{form};
    const std::pair<std::string_view, std::string> words[]{
        {"ID", session}, {"PERSON", "1"}, {"ACCOUNT", "1"}, {"SERIES", "1"}, {"PERIOD", period}};
    for (const auto& [word, number] : words) {
        for (auto at = path.find(word); at != path.npos; at = path.find(word)) path.replace(at, word.size(), number);
    }
    return path;
}

/// Without a name of anything in the path, each answers to a leader by their own days alone, or by nobody's.
const std::set<std::string> of_nobody{"GET /api/kinds", "GET /api/site", "POST /api/look", "POST /api/enter",
    "GET /api/messages", "POST /api/sign-in", "POST /api/password/look", "POST /api/password", "GET /api/me",
    "POST /api/sign-out", "GET /api/sessions", "GET /api/invitation.ics", "GET /api/feedback/days",
    "GET /api/phone-days", "POST /api/sign-in/step", "POST /api/sign-in/step/new", "POST /api/sign-in/step/confirm",
    "POST /api/prove", "GET /api/account", "POST /api/account/password", "POST /api/account/step/new",
    "POST /api/account/step/confirm", "POST /api/account/step/spare", "POST /api/account/step/drop",
    "POST /api/account/sign-ins/end", "POST /api/sign-in/provider/code"};

}  // namespace

TEST_CASE("Group: a partner's leader asks every route of what is not theirs, and learns nothing") {
    Partner partner;
    for (const auto& route : api::Api::routes()) {
        const bool is_post = route.method == protocol::Route::Method::post;
        const auto path = path_of(route.path, "1", partner.group);
        const auto reply = is_post ? partner.sent_by_pia(path, "[]") : partner.by_pia(path);
        const auto asked = (is_post ? "POST " : "GET ") + std::string{route.path};
        INFO(asked);
        const bool is_closed = reply.status == 403 || reply.status == 404;
        CHECK(is_closed != of_nobody.contains(asked));
        // What is there and not theirs looks as what is not there.
        if (route.path.find("/ID") == route.path.npos) continue;
        const auto none = path_of(route.path, "99", partner.group);
        const auto unknown = is_post ? partner.sent_by_pia(none, "[]") : partner.by_pia(none);
        CHECK(reply.status == 404);
        CHECK(reply.body == unknown.body);
        partner.house.pass(1s);
    }
}

TEST_CASE("Group: a partner's leader sees its days and its people, marks its attendance, and enters no other room") {
    Partner partner;
    const auto days = partner.by_pia("/api/sessions");
    CHECK(has(days, R"("id":2)"));
    CHECK(has(days, R"("id":4)"));
    CHECK_FALSE(has(days, R"("id":1)"));
    CHECK_FALSE(has(days, "supervisor"));
    CHECK(has(partner.by_pia("/api/me"), R"("roles":[{"role":"moderator","group":"Partnerin ryhmä"}])"));
    CHECK(has(partner.by_pia("/api/sessions/2/expected"), "Maija Mustikka"));
    CHECK(has(partner.by_pia("/api/sessions/2/attendance"), "Maija Mustikka"));
    CHECK_FALSE(has(partner.by_pia("/api/sessions/2/attendance"), "Outo Vieras"));
    for (const auto* path : {"/api/reports", "/api/absences", "/api/groups", "/api/accounts", "/api/periods"})
        CHECK(partner.by_pia(path).status == 403);
    // An illness is of the supervisor and the coordinator.
    const auto absence = "/api/sessions/2/people/" + partner.member + "/absence";
    CHECK(partner.post(absence, R"({"told":true,"reason":"own_illness"})").status == 200);
    const auto seen = partner.by_pia("/api/sessions/2/attendance");
    CHECK(has(seen, R"("absence_told":true)"));
    CHECK_FALSE(has(seen, "own_illness"));
    CHECK(partner.sent_by_pia(absence, R"({"told":true})").status == 200);
    CHECK(partner
              .sent_by_pia("/api/sessions/2/people/" + std::to_string(partner.outsider.person.value) + "/absence",
                  R"({"told":true})")
              .status == 404);

    const auto entered = partner.sent_by_pia("/api/sessions/2/enter", "{}");
    REQUIRE(entered.status == 200);
    RoomClient room{partner.house};
    CHECK(room.come_in(value_of(entered.body, "ticket")).role == Role::moderator);
    for (const auto* path : {"/api/sessions/1/enter", "/api/sessions/99/enter"})
        CHECK(partner.sent_by_pia(path, "{}").status == 404);
}

TEST_CASE("Group: what belongs to the whole series is not a partner's leader's") {
    Partner partner;
    REQUIRE(partner.post("/api/sessions/1/openings", R"({"openings":["Kiitos kun kirjoitit."]})").status == 200);
    REQUIRE(partner.post("/api/sessions/1/improvements", R"({"text":"Tauko on pidempi","days":[],"state":"draft"})")
                .status == 200);
    for (const auto* path : {"/api/sessions/2/openings", "/api/sessions/2/improvements"}) {
        const auto seen = partner.by_pia(path);
        CHECK(seen.status == 200);
        CHECK_FALSE(has(seen, "Kiitos"));
        CHECK_FALSE(has(seen, "Tauko"));
    }
    CHECK(partner.sent_by_pia("/api/sessions/2/openings", R"({"openings":["Oma"]})").status == 403);
    CHECK(partner.sent_by_pia("/api/sessions/2/improvements", R"({"text":"Oma","days":[],"state":"shown"})").status ==
          403);
    CHECK(has(partner.get("/api/sessions/1/openings"), "Kiitos kun kirjoitit."));
}

TEST_CASE("Group: no other link opens its day, and nobody is registered there by hand") {
    Partner partner;
    const auto refused = partner.post("/api/sessions/2/people", R"({"name":"Outo Vieras","is_another":true})");
    CHECK(refused.status == 400);
    CHECK(has(refused, R"({"reason":"not_a_member","value":"Outo Vieras"})"));
    // The link of a session, and one of another season.
    CHECK(ask(partner.house, "POST", "/api/look", secret_body(partner.outsider.secret + ".2"))
              .body.find("\"session\":{\"id\":2") == std::string::npos);
    const auto season = partner.post("/api/periods",
        R"({"name":"Syksy","first_day":"3.12.2026","last_day":"17.12.2026","weekday":4,"start":"14","end":"15",)"
        R"("doors_minutes":0,"series":[1],"skipped":[],"skip_moves_turn":true})");
    const auto period = number_of(season.body, "id");
    REQUIRE(partner.post("/api/periods/" + period + "/make", "{}").status == 200);
    const auto packed = partner.post("/api/periods/" + period + "/packages",
        R"({"name":"Kaikki","parts":[{"series":1,"way":"room","instead":false}]})");
    const auto kielo = partner.post("/api/periods/" + period + "/people",
        R"({"name":"Kielo Lakka","package":)" + number_of(packed.body, "id") + R"(,"choices":[]})");
    const auto made = partner.post(
        "/api/periods/" + period + "/links", R"({"people":[)" + number_of(kielo.body, "person") + "]}");
    const auto address = value_of(made.body, "link");
    const auto secret = address.substr(address.find('#') + 1);
    CHECK(has(ask(partner.house, "POST", "/api/look", secret_body(secret)), R"("session":{"id":5)"));
    CHECK(standing_of(ask(partner.house, "POST", "/api/look", secret_body(secret + ".2"))).empty());
    CHECK(ask(partner.house, "POST", "/api/enter", "{\"secret\":\"" + secret + R"(.2","netiquette":true})").status !=
          200);
    CHECK_FALSE(has(ask(partner.house, "GET", "/api/own", {}, {bearer(secret)}), R"("session":2)"));
    // A member's own link does.
    const auto own = partner.post("/api/periods/" + partner.group + "/links", R"({"people":[)" + partner.member + "]}");
    const auto of_member = value_of(own.body, "link");
    CHECK(has(ask(partner.house, "POST", "/api/look", secret_body(of_member.substr(of_member.find('#') + 1))),
        R"("session":{"id":2)"));
}

TEST_CASE("Group: the thirteenth is refused, and a leader who is taken out is out at once") {
    Partner partner;
    for (const auto* name : {"Aino Haapa", "Bertta Koivu", "Cecilia Mänty", "Daavid Kuusi", "Eero Leppä",
             "Fanni Pihlaja", "Gunnar Tammi", "Helmi Vaahtera", "Iida Saarni", "Jaakko Jalava", "Kerttu Paju"})
        partner.enrol(name);
    const auto full = partner.enrolled("Lauri Raita");
    CHECK(full.status == 400);
    CHECK(has(full, R"({"reason":"group_full","value":"Lauri Raita"})"));

    const auto entered = partner.sent_by_pia("/api/sessions/2/enter", "{}");
    RoomClient room{partner.house};
    room.come_in(value_of(entered.body, "ticket"));
    REQUIRE(partner.post(partner.leaders(), R"({"leaders":[]})").status == 200);
    CHECK(room.close_code() == 4501);
    CHECK(partner.by_pia("/api/sessions/2/attendance").status == 404);
    CHECK(partner.sent_by_pia("/api/sessions/2/enter", "{}").status == 404);
    CHECK(partner.by_pia("/api/sessions").status == 403);
    CHECK(has(partner.by_pia("/api/me"), R"("roles":[])"));
    CHECK(partner.house.log().find("Pia") == std::string::npos);
}

TEST_CASE(
    "Group: thirty days after its last day a partner's account has nothing any more, and the coordinator sees it") {
    Partner partner;
    CHECK(has(partner.get("/api/groups"), R"("has_ended":false)"));
    // As if the days had been so long ago.
    partner.house.store().write_and_wait([&](records::Database& database) {
        database.script(R"(
            UPDATE periods SET first_day = '2026-10-01', last_day = '2026-10-15';
            UPDATE sessions SET starts_at = starts_at - 5443200000, ends_at = ends_at - 5443200000
              WHERE period IS NOT NULL;)");
    });
    CHECK(partner.by_pia("/api/sessions").status == 403);
    CHECK(partner.by_pia("/api/sessions/2/attendance").status == 404);
    CHECK(partner.sent_by_pia("/api/sessions/2/enter", "{}").status == 404);
    CHECK(has(partner.by_pia("/api/me"), R"("roles":[])"));
    CHECK(has(partner.get("/api/groups"), R"("has_ended":true)"));
}
