// Beside the room's steps: what is said in writing, and the way to what is said aloud.

#include "runtime/room_house.hpp"
#include "support/word_table.hpp"

namespace etakahvila::runtime {
namespace {

struct Writing : Speaking {
    void write(const Guest& guest, std::string text) {
        host->write_speech(guest.connection, {.turn = turn, .text = std::move(text)});
        time.run();
    }
};

std::vector<std::string> speeches(const House::Guest& guest) {
    std::vector<std::string> texts;
    for (const auto& speech : guest.line->all<Speech>()) texts.push_back(speech.text);
    return texts;
}

TEST_CASE("what somebody writes who is then silenced, or what is taken away, stays on no screen") {
    Speaking house;
    auto moderaattori = house.come(9, Role::moderator, "Moderaattori");
    house.host->write_speech(house.mustikka.connection, {.turn = house.turn, .text = "Haukun naapuria"});
    house.time.pass(1s);
    REQUIRE(house.kanerva.line->all<Speech>().back().text == "Haukun naapuria");
    const bool is_taken_away = GENERATE(false, true);
    if (is_taken_away) {
        house.command(house.mustikka, KeepTurnText{.turn = house.turn, .text = "Haukun naapuria"});
        house.command(moderaattori, KeepTurnText{.turn = house.turn, .text = ""});
    } else {
        // Written just before, and not told yet.
        house.host->write_speech(house.mustikka.connection, {.turn = house.turn, .text = "Haukun naapuria vielä"});
        house.command(moderaattori,
            SilencePerson{.person = house.mustikka.person, .minutes = 5, .reason = "Rauhoitutaan hetki."});
    }
    house.time.pass(1s);
    CHECK(house.kanerva.line->all<Speech>().back().text.empty());
    CHECK(house.come(10, Role::participant, "Vanamo").line->all<Speech>().empty());
}

TEST_CASE("the speech line is told to all at once, and then the latest of each quarter of a second") {
    Writing house;
    const auto steps = house.host->clock();
    house.write(house.mustikka, "N");
    house.time.pass(0ms);
    CHECK(speeches(house.kanerva) == std::vector<std::string>{"N"});
    house.write(house.mustikka, "Nu");
    house.time.pass(100ms);
    house.write(house.mustikka, "Nuk");
    house.time.pass(100ms);
    house.write(house.mustikka, "  Nukun  ");
    CHECK(speeches(house.kanerva) == std::vector<std::string>{"N"});
    house.time.pass(50ms);
    CHECK(speeches(house.kanerva) == std::vector<std::string>{"N", "Nukun"});
    CHECK(speeches(house.ohjaaja) == speeches(house.kanerva));
    const auto told = house.kanerva.line->all<Speech>().back();
    CHECK(told.turn == house.turn);
    CHECK(told.by == house.mustikka.person);
    house.time.pass(10s);
    CHECK(speeches(house.kanerva).size() == 2);
    // Nothing of it is a step.
    CHECK(steps.room < house.host->clock().room);
    for (const auto& step : house.memory.load(session).steps) CHECK_FALSE(step.command.starts_with("speech"));
}

TEST_CASE("the speech line never stands still: whatever is written is made clean and shown") {
    Writing house;
    for (const auto& row : testing::word_table("words.txt").all()) {
        INFO(row.line);
        house.write(house.mustikka, "سلام");
        house.time.pass(1s);
        house.write(house.mustikka, row.input);
        house.time.pass(1s);
        if (row.result == "empty")
            CHECK(speeches(house.kanerva).back().empty());
        else if (row.result.starts_with("refused "))
            CHECK(speeches(house.kanerva).back() != "سلام");
        else
            CHECK(speeches(house.kanerva).back() == (row.result == "=" ? row.input : row.result));
    }
    house.write(house.mustikka, std::string(1200, 'x'));
    house.time.pass(1s);
    CHECK(speeches(house.kanerva).back() == std::string(1000, 'x'));
}

TEST_CASE("only the speaker of the turn that is on and the staff write the speech line") {
    Writing house;
    house.write(house.kanerva, "Minä myös");
    house.time.pass(1s);
    CHECK(speeches(house.ohjaaja).empty());
    house.write(house.ohjaaja, "Nukun paremmin");
    house.time.pass(1s);
    CHECK(speeches(house.kanerva) == std::vector<std::string>{"Nukun paremmin"});
    CHECK(house.kanerva.line->all<Speech>().back().by == house.ohjaaja.person);
    house.write(house.mustikka, " ");
    house.time.pass(1s);
    CHECK(speeches(house.kanerva).back().empty());
}

TEST_CASE("a newcomer sees the speech line of the turn that is on, and of no other") {
    Writing house;
    house.write(house.mustikka, "Nukun paremmin");
    house.time.pass(1s);
    CHECK(speeches(house.come(5, Role::participant, "Halla")) == std::vector<std::string>{"Nukun paremmin"});
    house.command(house.mustikka, ReleaseTurn{.turn = house.turn, .later = {}});
    CHECK(speeches(house.come(6, Role::participant, "Pihla")).empty());
    // What was written in the last moment of a turn is not told after it.
    house.command(house.ohjaaja, GrantFloorTo{.person = house.kanerva.person, .expected_turn = {}});
    const auto count = speeches(house.ohjaaja).size();
    house.write(house.mustikka, "ja vielä");
    house.time.pass(1s);
    CHECK(speeches(house.ohjaaja).size() == count);
}

TEST_CASE("a ticket for voice is bound to the connection, and is no ticket for the room") {
    Writing house;
    house.host->ask_voice_ticket(house.mustikka.connection);
    house.time.run();
    REQUIRE(house.mustikka.line->all<VoiceTicket>().size() == 1);
    const auto ticket = house.mustikka.line->all<VoiceTicket>().front().ticket;
    CHECK(house.kanerva.line->all<VoiceTicket>().empty());
    CHECK_FALSE(house.tickets.redeem(ticket, house.time.monotonic()).pass);
    const auto pass = house.voice_tickets.redeem(ticket, house.time.monotonic()).pass;
    REQUIRE(pass);
    CHECK(pass->session == session);
    CHECK(pass->person == house.mustikka.person);
    CHECK(pass->connection == house.mustikka.connection);
    CHECK_FALSE(house.voice_tickets.redeem(ticket, house.time.monotonic()).pass);

    house.host->ask_voice_ticket(house.mustikka.connection);
    house.time.run();
    CHECK_FALSE(
        house.voice_tickets.redeem(house.mustikka.line->all<VoiceTicket>().back().ticket, house.time.monotonic() + 61s)
            .pass);
}

TEST_CASE("where there is no voice, and when the session is over, no ticket for it is given") {
    Writing house;
    auto plan = house.plan;
    plan.voice = false;
    house.host->plan(plan);
    house.host->ask_voice_ticket(house.mustikka.connection);
    house.time.run();
    CHECK(house.mustikka.line->all<VoiceOff>().size() == 1);
    plan.voice = true;
    house.host->plan(plan);
    house.host->ask_voice_ticket(house.mustikka.connection);
    house.time.run();
    CHECK(house.mustikka.line->all<VoiceTicket>().size() == 1);
    house.command(house.ohjaaja, CloseSession{});
    house.host->ask_voice_ticket(house.ohjaaja.connection);
    house.time.run();
    CHECK(house.ohjaaja.line->all<VoiceOff>().size() == 1);
}

TEST_CASE("tickets for voice are asked for no faster than anything else") {
    Writing house;
    for (int index = 0; index < 100; ++index) house.host->ask_voice_ticket(house.kanerva.connection);
    house.time.run();
    CHECK(house.kanerva.line->all<VoiceTicket>().size() == 40);
}

}  // namespace
}  // namespace etakahvila::runtime
