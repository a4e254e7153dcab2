// Beside the room's steps: what is said in writing, and the way to what is said aloud.

#include "runtime/room_scene.hpp"
#include "support/word_table.hpp"

namespace etakahvila::runtime {
namespace {

struct Writing : Speaking {
    void write(const Guest& guest, std::string text) {
        host->write_speech(guest.connection, {.turn = turn, .text = std::move(text)});
        time.run();
    }
};

std::vector<std::string> speeches(const RoomScene::Guest& guest) {
    std::vector<std::string> texts;
    for (const auto& speech : guest.line->all<Speech>()) texts.push_back(speech.text);
    return texts;
}

TEST_CASE("what somebody writes who is then silenced, or what is taken away, stays on no screen") {
    Speaking hosted;
    auto moderaattori = hosted.come(9, Role::moderator, "Moderaattori");
    hosted.host->write_speech(hosted.mustikka.connection, {.turn = hosted.turn, .text = "Haukun naapuria"});
    hosted.time.pass(1s);
    REQUIRE(hosted.kanerva.line->all<Speech>().back().text == "Haukun naapuria");
    const bool is_taken_away = GENERATE(false, true);
    if (is_taken_away) {
        hosted.command(hosted.mustikka, KeepTurnText{.turn = hosted.turn, .text = "Haukun naapuria"});
        hosted.command(moderaattori, KeepTurnText{.turn = hosted.turn, .text = ""});
    } else {
        // Written just before, and not told yet.
        hosted.host->write_speech(hosted.mustikka.connection, {.turn = hosted.turn, .text = "Haukun naapuria vielä"});
        hosted.command(moderaattori,
            SilencePerson{.person = hosted.mustikka.person, .minutes = 5, .reason = "Rauhoitutaan hetki."});
    }
    hosted.time.pass(1s);
    CHECK(hosted.kanerva.line->all<Speech>().back().text.empty());
    CHECK(hosted.come(10, Role::participant, "Vanamo").line->all<Speech>().empty());
}

TEST_CASE("the speech line is told to all at once, and then the latest of each quarter of a second") {
    Writing hosted;
    const auto steps = hosted.host->clock();
    hosted.write(hosted.mustikka, "N");
    hosted.time.pass(0ms);
    CHECK(speeches(hosted.kanerva) == std::vector<std::string>{"N"});
    hosted.write(hosted.mustikka, "Nu");
    hosted.time.pass(100ms);
    hosted.write(hosted.mustikka, "Nuk");
    hosted.time.pass(100ms);
    hosted.write(hosted.mustikka, "  Nukun  ");
    CHECK(speeches(hosted.kanerva) == std::vector<std::string>{"N"});
    hosted.time.pass(50ms);
    CHECK(speeches(hosted.kanerva) == std::vector<std::string>{"N", "Nukun"});
    CHECK(speeches(hosted.ohjaaja) == speeches(hosted.kanerva));
    const auto told = hosted.kanerva.line->all<Speech>().back();
    CHECK(told.turn == hosted.turn);
    CHECK(told.by == hosted.mustikka.person);
    hosted.time.pass(10s);
    CHECK(speeches(hosted.kanerva).size() == 2);
    // Nothing of it is a step.
    CHECK(steps.room < hosted.host->clock().room);
    for (const auto& step : hosted.memory.load(session).steps) CHECK_FALSE(step.command.starts_with("speech"));
}

TEST_CASE("the speech line never stands still: whatever is written is made clean and shown") {
    Writing hosted;
    for (const auto& row : testing::word_table("words.txt").all()) {
        INFO(row.line);
        hosted.write(hosted.mustikka, "سلام");
        hosted.time.pass(1s);
        hosted.write(hosted.mustikka, row.input);
        hosted.time.pass(1s);
        if (row.result == "empty")
            CHECK(speeches(hosted.kanerva).back().empty());
        else if (row.result.starts_with("refused "))
            CHECK(speeches(hosted.kanerva).back() != "سلام");
        else
            CHECK(speeches(hosted.kanerva).back() == (row.result == "=" ? row.input : row.result));
    }
    hosted.write(hosted.mustikka, std::string(1200, 'x'));
    hosted.time.pass(1s);
    CHECK(speeches(hosted.kanerva).back() == std::string(1000, 'x'));
}

TEST_CASE("only the speaker of the turn that is on and the staff write the speech line") {
    Writing hosted;
    hosted.write(hosted.kanerva, "Minä myös");
    hosted.time.pass(1s);
    CHECK(speeches(hosted.ohjaaja).empty());
    hosted.write(hosted.ohjaaja, "Nukun paremmin");
    hosted.time.pass(1s);
    CHECK(speeches(hosted.kanerva) == std::vector<std::string>{"Nukun paremmin"});
    CHECK(hosted.kanerva.line->all<Speech>().back().by == hosted.ohjaaja.person);
    hosted.write(hosted.mustikka, " ");
    hosted.time.pass(1s);
    CHECK(speeches(hosted.kanerva).back().empty());
}

TEST_CASE("a newcomer sees the speech line of the turn that is on, and of no other") {
    Writing hosted;
    hosted.write(hosted.mustikka, "Nukun paremmin");
    hosted.time.pass(1s);
    CHECK(speeches(hosted.come(5, Role::participant, "Halla")) == std::vector<std::string>{"Nukun paremmin"});
    hosted.command(hosted.mustikka, ReleaseTurn{.turn = hosted.turn, .later = {}});
    CHECK(speeches(hosted.come(6, Role::participant, "Pihla")).empty());
    // What was written in the last moment of a turn is not told after it.
    hosted.command(hosted.ohjaaja, GrantFloorTo{.person = hosted.kanerva.person, .expected_turn = {}});
    const auto count = speeches(hosted.ohjaaja).size();
    hosted.write(hosted.mustikka, "ja vielä");
    hosted.time.pass(1s);
    CHECK(speeches(hosted.ohjaaja).size() == count);
}

TEST_CASE("a ticket for voice is bound to the connection, and is no ticket for the room") {
    Writing hosted;
    hosted.host->ask_voice_ticket(hosted.mustikka.connection);
    hosted.time.run();
    REQUIRE(hosted.mustikka.line->all<VoiceTicket>().size() == 1);
    const auto ticket = hosted.mustikka.line->all<VoiceTicket>().front().ticket;
    CHECK(hosted.kanerva.line->all<VoiceTicket>().empty());
    CHECK_FALSE(hosted.tickets.redeem(ticket, hosted.time.monotonic()).pass);
    const auto pass = hosted.voice_tickets.redeem(ticket, hosted.time.monotonic()).pass;
    REQUIRE(pass);
    CHECK(pass->session == session);
    CHECK(pass->person == hosted.mustikka.person);
    CHECK(pass->connection == hosted.mustikka.connection);
    CHECK_FALSE(hosted.voice_tickets.redeem(ticket, hosted.time.monotonic()).pass);

    hosted.host->ask_voice_ticket(hosted.mustikka.connection);
    hosted.time.run();
    CHECK_FALSE(hosted.voice_tickets
            .redeem(hosted.mustikka.line->all<VoiceTicket>().back().ticket, hosted.time.monotonic() + 61s)
            .pass);
}

TEST_CASE("where there is no voice, and when the session is over, no ticket for it is given") {
    Writing hosted;
    auto plan = hosted.plan;
    plan.voice = false;
    hosted.host->plan(plan);
    hosted.host->ask_voice_ticket(hosted.mustikka.connection);
    hosted.time.run();
    CHECK(hosted.mustikka.line->all<VoiceOff>().size() == 1);
    plan.voice = true;
    hosted.host->plan(plan);
    hosted.host->ask_voice_ticket(hosted.mustikka.connection);
    hosted.time.run();
    CHECK(hosted.mustikka.line->all<VoiceTicket>().size() == 1);
    hosted.command(hosted.ohjaaja, CloseSession{});
    hosted.host->ask_voice_ticket(hosted.ohjaaja.connection);
    hosted.time.run();
    CHECK(hosted.ohjaaja.line->all<VoiceOff>().size() == 1);
}

TEST_CASE("tickets for voice are asked for no faster than anything else") {
    Writing hosted;
    for (int index = 0; index < 100; ++index) hosted.host->ask_voice_ticket(hosted.kanerva.connection);
    hosted.time.run();
    CHECK(hosted.kanerva.line->all<VoiceTicket>().size() == 40);
}

}  // namespace
}  // namespace etakahvila::runtime
