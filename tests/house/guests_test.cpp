// Guests of a session over HTTP, as the coordinator's screen adds them: a name, a link at once, and out again.

#include "support/catch.hpp"
#include "support/smtp_sink.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using protocol::Role;

namespace {

struct Desk {
    explicit Desk(HouseOptions options = {}) : house{std::move(options)}, key{bearer(house.coordinator_key())} {
        house.plan_session();
    }
    Reply get(const std::string& path) const { return ask(house, "GET", path, {}, {key}); }
    Reply post(const std::string& path, std::string_view body) const { return ask(house, "POST", path, body, {key}); }
    Reply add(const std::string& guest) const {
        return post("/api/sessions/1/staff", R"({"role":"guest",)" + guest + "}");
    }
    /// The number that the guest is known by.
    std::string added(const std::string& name) const {
        const auto done = add("\"name\":\"" + name + "\"");
        REQUIRE(has(done, R"({"person":)"));
        return done.body.substr(10, done.body.size() - 11);
    }
    Reply invite(const std::string& person, bool renew = false) const {
        return post(
            "/api/sessions/1/invitations", R"({"people":[)" + person + "]" + (renew ? R"(,"renew":true})" : "}"));
    }

    TestHouse house;
    std::string key;
};

std::string secret_in(const Reply& invited) {
    const auto at = invited.body.find("/#") + 2;
    REQUIRE(at > 2);
    return invited.body.substr(at, 22);
}

}  // namespace

TEST_CASE("Guests: one is added and has a link and a code at once, which open the session") {
    const Desk desk;
    const auto guest = desk.added("Kirjailija Aino");
    const auto invited = desk.invite(guest);
    CHECK(has(invited, R"("name":"Kirjailija Aino","role":"guest")"));
    CHECK_FALSE(has(invited, R"("code":"")"));
    CHECK(standing_of(ask(desk.house, "POST", "/api/look", secret_body(secret_in(invited)))) == "open");
    CHECK(has(desk.get("/api/sessions/1"), R"("name":"Kirjailija Aino","role":"guest","invited":true)"));

    // The same name is the same guest; a link that works is not taken from them unasked.
    CHECK(desk.added(" kirjailija  AINO ") == guest);
    CHECK(desk.invite(guest).body == R"({"invitations":[]})");
    const auto anew = desk.invite(guest, true);
    CHECK(standing_of(ask(desk.house, "POST", "/api/look", secret_body(secret_in(invited)))) == "revoked");
    CHECK(standing_of(ask(desk.house, "POST", "/api/look", secret_body(secret_in(anew)))) == "open");
}

TEST_CASE("Guests: odd names are taken, and what is no name is refused by its word") {
    const Desk desk;
    for (const auto* name : {"O’Brien-Mäkelä", "李小龍", "X Æ A-12", "Jussi (näyttelijä)", "7"}) {
        INFO(name);
        CHECK(has(desk.invite(desk.added(name)), std::string{R"("name":")"} + name));
    }
    CHECK(has(desk.add(R"("name":" ")"), "name_empty"));
    CHECK(has(desk.add("\"name\":\"" + std::string(81, 'a') + "\""), "name_too_long"));
    CHECK(has(desk.add("\"name\":\"a\xE2\x80\xAE"
                       "b\""),
        "name_not_allowed"));
    const auto wrong = desk.add(R"("name":"Aino","email":"aino@")");
    CHECK(wrong.status == 400);
    CHECK(has(wrong, "email_unclear"));
    CHECK_FALSE(has(desk.get("/api/sessions/1"), "\"Aino\""));
    // Whoever writes that there is none has none.
    CHECK(has(desk.add(R"("name":"Aino","email":" - ")"), R"({"person":)"));
}

TEST_CASE("Guests: one is taken out, and the link opens nothing any more") {
    const Desk desk;
    const auto guest = desk.added("Kirjailija Aino");
    const auto secret = secret_in(desk.invite(guest));
    CHECK(desk.post("/api/sessions/1/people/" + guest + "/remove", "{}").status == 200);
    CHECK_FALSE(has(desk.get("/api/sessions/1"), "Kirjailija Aino"));
    CHECK(standing_of(ask(desk.house, "POST", "/api/look", secret_body(secret))) != "open");
    CHECK(desk.post("/api/sessions/1/people/" + guest + "/remove", "{}").status == 404);
}

TEST_CASE("Guests: a letter takes the link to whoever has an address") {
    const SmtpSink sink;
    const Desk desk{{.mail_server = sink.address()}};
    const auto added = desk.add(R"("name":"Kirjailija Aino","email":"Aino <aino@esimerkki.fi>")");
    const auto guest = added.body.substr(10, added.body.size() - 11);
    CHECK(has(desk.post("/api/sessions/1/mail", R"({"people":[)" + guest + "]}"), R"({"queued":1,)"));
    wait_until([&] { return has(desk.get("/api/sessions/1/mail"), R"("state":"sent")"); });
    REQUIRE(sink.letters().size() == 1);
    CHECK(sink.letters().front().find("To: <aino@esimerkki.fi>") != std::string::npos);
}

TEST_CASE("Guests: nobody adds one but the coordinator") {
    Desk desk;
    const auto body = R"({"role":"guest","name":"Aino"})";
    for (const auto role : {Role::facilitator, Role::moderator}) {
        const auto staff = desk.house.invite(protocol::SessionId{1}, role, "Henkilökunta");
        CHECK(ask(desk.house, "POST", "/api/sessions/1/staff", body, {bearer(staff.secret)}).status == 403);
        CHECK(ask(desk.house, "POST", "/api/sessions/1/invitations", "{}", {bearer(staff.secret)}).status == 403);
    }
    for (const auto role : {Role::participant, Role::guest}) {
        const auto other = desk.house.invite(protocol::SessionId{1}, role, "Joku");
        CHECK(ask(desk.house, "POST", "/api/sessions/1/staff", body, {bearer(other.secret)}).status == 404);
    }
    CHECK(ask(desk.house, "POST", "/api/sessions/1/staff", body).status == 401);
}
