// What is bounded by person and by address, at its bound: who goes over it is told how long to wait, and loses nothing.

#include "support/catch.hpp"
#include "support/test_house.hpp"
#include "runtime/room_host.hpp"
#include "runtime/ticket_office.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using protocol::Role;

namespace {

struct Bound {
    TestHouse house;
    protocol::SessionId session{house.plan_session()};
    Invited mustikka{house.invite(session, Role::participant, "Maija Mustikka")};
    Invited kanerva{house.invite(session, Role::participant, "Kaisa Kanerva")};
    std::string ticket(const Invited& whose) {
        return enter(house, whose, whose.secret == mustikka.secret ? "Mustikka" : "Kanerva");
    }
    Reply knock(const Invited& whose) {
        return ask(house, "POST", "/api/enter",
            "{\"secret\":\"" + whose.secret + "\",\"name\":\"Mustikka\",\"netiquette\":true}");
    }
};

}  // namespace

TEST_CASE(
    "Who asks for tickets too often gets 429 with the time to wait, in the head and in the body, and is let in after "
    "it") {
    Bound bound;
    for (int times = 0; times < runtime::entries_burst; ++times) REQUIRE(bound.knock(bound.mustikka).status == 200);
    const auto refused = bound.knock(bound.mustikka);
    CHECK(refused.status == 429);
    CHECK(has(refused, R"({"refusal":{"word":"too_fast","wait_seconds":3}})"));
    CHECK(refused.field("Retry-After") == "3");
    CHECK_FALSE(bound.ticket(bound.kanerva).empty());
    bound.house.clock.pass(3s);
    CHECK(bound.knock(bound.mustikka).status == 200);
    CHECK(bound.knock(bound.mustikka).status == 429);
}

TEST_CASE("Who guesses codes too fast gets 429 with the time to wait, and the right one works after it") {
    Bound bound;
    const auto look = [&](const std::string& code) {
        return ask(bound.house, "POST", "/api/look", "{\"code\":\"" + code + "\"}");
    };
    Reply refused;
    for (int guess = 0; guess < 200 && refused.status != 429; ++guess) refused = look("2222 2222");
    REQUIRE(refused.status == 429);
    const auto wait = std::stoi(refused.field("Retry-After"));
    CHECK(wait > 0);
    CHECK(has(refused, "\"wait_seconds\":" + std::to_string(wait) + "}"));
    bound.house.clock.pass(std::chrono::seconds{wait});
    CHECK(look(bound.mustikka.code).status == 200);
}

TEST_CASE("Who comes and goes too often is closed with 4429 and the time to wait, and the ticket stays good") {
    Bound bound;
    auto ticket = bound.ticket(bound.mustikka);
    for (int times = 0; times < runtime::comings_burst; ++times) {
        RoomClient client{bound.house};
        ticket = client.come_in(ticket).next_ticket;
        client.send(protocol::Leave{});
        REQUIRE(client.close_code() == 4506);
    }
    RoomClient refused{bound.house};
    refused.hello(ticket);
    CHECK(refused.close_code() == 4429);
    REQUIRE(refused.goodbye);
    CHECK(refused.goodbye->code == 4429);
    const auto wait = refused.goodbye->retry_after_ms.value_or(0);
    CHECK(wait > 0);
    CHECK(wait <= 1'001);
    RoomClient other{bound.house};
    other.come_in(bound.ticket(bound.kanerva));
    bound.house.clock.pass(std::chrono::milliseconds{wait});
    RoomClient again{bound.house};
    again.come_in(ticket);
}

TEST_CASE(
    "A flood of frames that can be read as far as their id is closed with 4429, before hello and after it, and nobody "
    "else feels it") {
    Bound bound;
    RoomClient other{bound.house};
    other.come_in(bound.ticket(bound.kanerva));
    RoomClient client{bound.house};
    const auto next = client.come_in(bound.ticket(bound.mustikka)).next_ticket;
    const std::string bad = R"({"type":"command","id":"a1","command":{"type":"no_such","text":"x"}})";
    for (int times = 0; times <= 10 * runtime::commands_burst; ++times) client.send_text(bad);
    CHECK(client.close_code() == 4429);
    CHECK_FALSE(other
            .outcome_of(
                "c1", protocol::AskForHelp{.kind = protocol::HelpKind::cannot_hear, .words = {}, .call_back = {}})
            .refusal);
    // Within the bound each has an answer, and the line stays.
    RoomClient again{bound.house};
    again.come_in(next);
    again.send_text(bad);
    CHECK(again.outcome_of("a1").refusal);
    bound.house.clock.pass(1s);
    CHECK_FALSE(again
            .outcome_of(
                "c1", protocol::AskForHelp{.kind = protocol::HelpKind::cannot_hear, .words = {}, .call_back = {}})
            .refusal);
    RoomClient stranger{bound.house};
    stranger.send_text(bad);
    CHECK(stranger.close_code() == 4401);
}

TEST_CASE("A ninth line of one person is closed with 4508, and there is room again when one has gone") {
    Bound bound;
    std::vector<std::unique_ptr<RoomClient>> lines;
    std::string ticket;
    for (int count = 0; count < runtime::connections_per_person_max; ++count) {
        lines.push_back(std::make_unique<RoomClient>(bound.house));
        ticket = lines.back()->come_in(bound.ticket(bound.mustikka)).next_ticket;
    }
    RoomClient ninth{bound.house};
    ninth.hello(ticket);
    CHECK(ninth.close_code() == 4508);
    CHECK(ninth.goodbye->code == 4508);
    RoomClient other{bound.house};
    other.come_in(bound.ticket(bound.kanerva));
    lines.front()->send(protocol::Leave{});
    REQUIRE(lines.front()->close_code() == 4506);
    RoomClient again{bound.house};
    again.come_in(bound.ticket(bound.mustikka));
}

TEST_CASE("Who knocks for help at the door again and again is in the queue once, and may still come in") {
    Bound bound;
    const auto mari = bound.house.invite(bound.session, Role::moderator, "Mari");
    RoomClient moderator{bound.house};
    moderator.come_in(enter(bound.house, mari));
    REQUIRE_FALSE(moderator.outcome_of("d1", protocol::OpenDoors{}).refusal);
    for (int times = 0; times < 100; ++times) {
        REQUIRE(ask(bound.house, "POST", "/api/door/help", R"({"kind":"something_else","call_back":"040 123 4567"})",
                    {bearer(bound.mustikka.secret)})
                    .status == 200);
    }
    CHECK(bound.knock(bound.mustikka).status == 200);
    int calls = 0;
    RoomClient newcomer{bound.house};
    newcomer.come_in(enter(bound.house, mari));
    for (const auto& change : newcomer.expect<protocol::Batch>().changes)
        calls += std::holds_alternative<protocol::HelpRequest>(change) ? 1 : 0;
    CHECK(calls == 1);
}
