// Links and codes that are right, whatever their time: what they are told, and help before the room.

#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using protocol::Role;

namespace {

constexpr protocol::SessionId session{1};
const std::string days_ahead =
    R"({"theme":"Uni","series":"Syksy","date":"2026-12-15","start":"09:00","end":"13:00","help_phone":"040 123"})";

struct Doorway {
    explicit Doorway(const std::string& help_phone = {}) {
        house.settings.help_phone = help_phone;
        house.open_anew();
        house.plan_session();
        key = "Authorization: Bearer " + house.coordinator_key();
    }
    Reply look(const std::string& secret) { return ask(house, "POST", "/api/look", "{\"secret\":\"" + secret + "\"}"); }
    Reply look_by_code(const std::string& code) {
        return ask(house, "POST", "/api/look", "{\"code\":\"" + code + "\"}");
    }
    Reply calendar(const std::string& bearer) {
        return ask(house, "GET", "/api/invitation.ics", {}, {"Authorization: Bearer " + bearer});
    }
    Reply help(const std::string& bearer, std::string_view body = R"({"kind":"something_else"})") {
        return ask(house, "POST", "/api/door/help", body, {"Authorization: Bearer " + bearer});
    }
    Reply change(const std::string& form) { return ask(house, "POST", "/api/sessions/1", form, {key}); }

    TestHouse house;
    std::string key;
};

std::string secret_body(const Invited& invited) {
    return "{\"secret\":\"" + invited.secret + "\",\"name\":\"Mustikka\",\"netiquette\":true}";
}

}  // namespace

TEST_CASE("A session that moves leaves the links that worked: they are early, say when, and let nobody in") {
    Doorway door;
    const auto mustikka = door.house.invite(session, Role::participant, "Maija Mustikka");
    const auto mari = door.house.invite(session, Role::moderator, "Mari");
    CHECK(has(door.look(mustikka.secret), R"("standing":"open")"));
    REQUIRE(door.change(days_ahead).status == 200);
    for (const auto& invited : {mustikka, mari}) {
        for (const auto& looked : {door.look(invited.secret), door.look_by_code(invited.code),
                 door.look_by_code("Koodi: " + invited.code + ".")}) {
            CHECK(looked.status == 200);
            CHECK(has(looked, R"("standing":"early")"));
            CHECK(has(looked, R"("theme":"Uni")"));
            CHECK(has(looked, R"("phase":"planned")"));
            CHECK(has(looked, R"("opens_at":)"));
            CHECK(has(looked, R"("now":1796281200000)"));
            // A participant's own name is not the door's to tell.
            CHECK_FALSE(has(looked, "Maija"));
        }
        const auto refused = ask(door.house, "POST", "/api/enter", secret_body(invited));
        CHECK(refused.status == 409);
        CHECK(has(refused, R"("word":"too_early")"));
        CHECK(has(door.calendar(invited.secret), "DTSTART"));
        CHECK(has(door.calendar(invited.code), "DTSTART"));
        const auto messages = ask(
            door.house, "GET", "/api/messages?before=1", {}, {"Authorization: Bearer " + invited.secret});
        CHECK(messages.status == 409);
        CHECK(has(messages, "too_early"));
    }
    CHECK(has(door.help(mustikka.secret), "too_early"));
    // Back where it was: the same link opens.
    REQUIRE(
        door.change(R"({"theme":"Uni","series":"Syksy","date":"2026-12-03","start":"10:00","end":"13:00"})").status ==
        200);
    CHECK(has(door.look(mustikka.secret), R"("standing":"open")"));
}

TEST_CASE("A link that is over and one that was revoked say so, and nothing else") {
    Doorway door{"09 310 1000"};
    const auto first = door.house.invite(session, Role::participant, "Maija Mustikka");
    const auto other = door.house.invite(session, Role::participant, "Pentti Puolukka");
    const auto revoke = "/api/sessions/1/people/" + std::to_string(first.person.value) + "/revoke";
    REQUIRE(ask(door.house, "POST", revoke, "{}", {door.key}).status == 200);
    for (const auto& looked : {door.look(first.secret), door.look_by_code(first.code)}) {
        CHECK(looked.status == 200);
        CHECK(has(looked, R"({"role":"participant","standing":"revoked","now":)"));
        CHECK_FALSE(has(looked, "Uni"));
        CHECK_FALSE(has(looked, "Maija"));
    }
    CHECK(has(ask(door.house, "POST", "/api/enter", secret_body(first)), R"("word":"revoked")"));
    CHECK(has(door.calendar(first.secret), R"("word":"revoked")"));
    CHECK(has(door.help(first.secret), R"("word":"revoked")"));

    door.house.clock.pass(10h);
    CHECK(has(door.look(other.secret), R"("standing":"over")"));
    CHECK(has(door.look(other.secret), R"("phase":"closed")"));
    CHECK(has(ask(door.house, "POST", "/api/enter", secret_body(other)), R"("word":"over")"));
    CHECK(has(door.calendar(other.secret), R"("word":"over")"));
    // Whoever was revoked stays so.
    CHECK(has(door.look(first.secret), R"("standing":"revoked")"));
}

TEST_CASE("A wrong secret and a wrong code learn nothing, and the guesses are counted as before") {
    Doorway door;
    door.house.invite(session, Role::participant, "Maija Mustikka");
    const auto wrong = door.look("AAAAAAAAAAAAAAAAAAAAAA");
    CHECK(wrong.status == 404);
    CHECK(wrong.body == R"({"refusal":{"word":"not_found"}})");
    CHECK(door.look_by_code("2222 2222").body == wrong.body);
    CHECK(door.look_by_code("koodi on hukassa").body == wrong.body);
    bool was_slowed = false;
    for (int guess = 0; guess < 200 && !was_slowed; ++guess) was_slowed = door.look_by_code("2222 2222").status == 429;
    CHECK(was_slowed);
}

TEST_CASE("The site's number costs no secret, and stands where a session has none of its own") {
    Doorway door{"09 310 1000"};
    CHECK(has(ask(door.house, "GET", "/api/site"), R"({"help_phone":"09 310 1000","now":1796281200000})"));
    const auto mustikka = door.house.invite(session, Role::participant, "Maija Mustikka");
    CHECK(has(door.look(mustikka.secret), R"("help_phone":"040 123")"));
    REQUIRE(
        door.change(R"({"theme":"Uni","series":"Syksy","date":"2026-12-03","start":"09:00","end":"13:00"})").status ==
        200);
    CHECK(has(door.look(mustikka.secret), R"("help_phone":"09 310 1000")"));
    RoomClient room{door.house};
    room.come_in(enter(door.house, mustikka, "Mustikka"));
    const auto batch = room.expect<protocol::Batch>();
    CHECK(base::json::to_text(batch).find(R"("help_phone":"09 310 1000")") != std::string::npos);
    Doorway without;
    CHECK_FALSE(has(ask(without.house, "GET", "/api/site"), "help_phone"));
}

TEST_CASE("Who stands at an open door can call those inside, once, and is solved by coming in") {
    Doorway door;
    const auto mari = door.house.invite(session, Role::moderator, "Mari");
    const auto mustikka = door.house.invite(session, Role::participant, "Maija Mustikka");
    const auto other = door.house.invite(session, Role::participant, "Pentti Puolukka");
    RoomClient moderator{door.house};
    moderator.come_in(enter(door.house, mari));
    CHECK(has(door.help(mustikka.secret), R"("word":"not_now")"));
    REQUIRE_FALSE(moderator.outcome_of("d1", protocol::OpenDoors{}).refusal);

    CHECK(has(
        door.help(mustikka.secret, R"({"kind":"something_else","words":"Nimi ei kelpaa","call_back":"040 123 4567"})"),
        R"({"help":"open"})"));
    CHECK(has(door.help(mustikka.code), R"({"help":"open"})"));
    CHECK(has(door.look(mustikka.secret), R"("help":"open")"));
    CHECK_FALSE(has(door.look(other.secret), R"("help":)"));
    std::optional<protocol::HelpRequest> called;
    while (!called) {
        for (const auto& change : moderator.expect<protocol::Batch>().changes) {
            if (const auto* help = std::get_if<protocol::HelpRequest>(&change)) called = *help;
        }
    }
    CHECK(called->person == mustikka.person);
    CHECK(called->at_door == true);
    CHECK(called->words == "Nimi ei kelpaa");
    CHECK(called->has_call_back);
    CHECK_FALSE(called->call_back);
    // By name, from the list in which every look is noted.
    CHECK(has(ask(door.house, "GET", "/api/sessions/1/expected", {}, {"Authorization: Bearer " + mari.secret}),
        "Maija Mustikka"));
    CHECK(door.house.log().find("Maija") == std::string::npos);

    REQUIRE_FALSE(moderator.outcome_of("c1", protocol::ClaimHelp{called->id}).refusal);
    CHECK(has(door.look(mustikka.secret), R"("help":"claimed")"));
    RoomClient room{door.house};
    room.come_in(enter(door.house, mustikka, "Mustikka"));
    CHECK(moderator.outcome_of("s1", protocol::SolveHelp{called->id}).refusal->word ==
          protocol::RefusalWord::already_handled);
    CHECK_FALSE(has(door.look(mustikka.secret), R"("help":)"));
}

TEST_CASE("Who calls from the door is called back by the one who takes the call, who alone is told the numbers") {
    Doorway door;
    const auto mari = door.house.invite(session, Role::moderator, "Mari");
    const auto olli = door.house.invite(session, Role::facilitator, "Olli");
    const auto mustikka = door.house.invite(session, Role::participant, "Maija Mustikka");
    RoomClient moderator{door.house};
    moderator.come_in(enter(door.house, mari));
    REQUIRE_FALSE(moderator.outcome_of("d1", protocol::OpenDoors{}).refusal);
    REQUIRE(door.help(mustikka.secret, R"({"kind":"something_else","words":"Soita äidille 09 123 4567",)"
                                       R"("call_back":"040 123 4567 / 050 7654321"})")
                .status == 200);
    const auto next_call = [](RoomClient& client) {
        while (true) {
            for (const auto& change : client.expect<protocol::Batch>().changes) {
                if (const auto* help = std::get_if<protocol::HelpRequest>(&change)) return *help;
            }
        }
    };
    const auto called = next_call(moderator);
    CHECK(called.words == "Soita äidille …\n/ …");
    CHECK(called.has_call_back);
    CHECK_FALSE(called.call_back);
    moderator.command("c1", protocol::ClaimHelp{called.id});
    const auto claimed = next_call(moderator);
    CHECK(claimed.call_back == "040 123 4567");
    CHECK(claimed.words == "Soita äidille 09 123 4567\n/ 050 7654321");
    REQUIRE_FALSE(moderator.outcome_of("c1").refusal);
    RoomClient facilitator{door.house};
    facilitator.come_in(enter(door.house, olli));
    const auto seen = next_call(facilitator);
    CHECK(seen.state == protocol::HelpState::claimed);
    CHECK(seen.words == "Soita äidille …\n/ …");
    CHECK_FALSE(seen.call_back);
    // Called, and in the end solved by the one who called.
    REQUIRE_FALSE(moderator.outcome_of("s1", protocol::SolveHelp{called.id}).refusal);
    CHECK_FALSE(has(door.look(mustikka.secret), R"("help":)"));
    CHECK(door.house.log().find("7654321") == std::string::npos);
}

TEST_CASE("Bad words at the door get a clear no, and nothing of staff's is asked there") {
    Doorway door;
    const auto mari = door.house.invite(session, Role::moderator, "Mari");
    const auto mustikka = door.house.invite(session, Role::participant, "Maija Mustikka");
    for (const auto* body :
        {"", "[]", "{}", R"({"kind":"fire"})", R"({"kind":1})", R"({"kind":"something_else","person":7})"}) {
        CAPTURE(body);
        CHECK(door.help(mustikka.secret, body).status == 400);
    }
    CHECK(door.help(mari.secret).status == 403);
    CHECK(door.help("AAAAAAAAAAAAAAAAAAAAAA").status == 401);
}

TEST_CASE("A link whose sign was encoded on its way leads to where it led") {
    Doorway door;
    const auto mustikka = door.house.invite(session, Role::participant, "Maija Mustikka");
    const auto moved = ask(door.house, "GET", "/%23" + mustikka.secret + "?utm_source=sms");
    CHECK(moved.status == 302);
    CHECK(moved.field("Location") == "/#" + mustikka.secret);
    CHECK(ask(door.house, "GET", "/staff%23" + mustikka.secret + ".").field("Location") ==
          "/staff#" + mustikka.secret + ".");
    CHECK(door.house.log().find(mustikka.secret) == std::string::npos);
    for (const auto* path :
        {"/%23", "/%23short", "/%23//evil.example/AAAAAAAAAAAAAAAAAAAAAA", "/assets/%23AAAAAAAAAAAAAAAAAAAAAA",
            "//evil.example/%23AAAAAAAAAAAAAAAAAAAAAA", "/%23AAAAAAAAAAAAAAAAAAAAAA%0d%0aSet-Cookie:a"}) {
        CAPTURE(path);
        CHECK(ask(door.house, "GET", path).field("Location").find("evil") == std::string::npos);
        CHECK(ask(door.house, "GET", path).field("Set-Cookie").empty());
    }
}
