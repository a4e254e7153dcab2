// What is told beside the room's steps, and never kept.

#include "runtime/room_of_parts.hpp"

namespace etakahvila::runtime {
namespace {

using namespace std::chrono_literals;
using namespace protocol;

struct Fleeting : RoomOfParts {
    Guest of_staff = come(moderaattori);
    Guest of_mustikka = come(mustikka);

    std::vector<std::string> speeches() const {
        std::vector<std::string> texts;
        for (const auto& speech : of_staff.line->all<Speech>()) texts.push_back(speech.text);
        return texts;
    }
    std::size_t figures_told() const { return of_staff.line->all<LineFigures>().size(); }
};

/// Mustikka has the floor.
struct Written : Fleeting {
    TurnId turn;

    Written() {
        command(ohjaaja, OpenDoors{});
        command(ohjaaja, GoLive{});
        command(ohjaaja, GrantFloorTo{.person = mustikka, .expected_turn = {}});
        turn = TurnId{driver.seq()};
    }
    void write(const Guest& guest, const std::string& text) {
        ephemeral.write_speech(guest.connection, {.turn = turn, .text = text});
        time.pass(0ms);
    }
};

TEST_CASE("ephemeral: what is written is told at once, and then the latest of each quarter of a second") {
    Written room;
    const auto decided = room.driver.seq();
    room.write(room.of_mustikka, "N");
    CHECK(room.speeches() == std::vector<std::string>{"N"});
    room.write(room.of_mustikka, "Nu");
    room.time.pass(100ms);
    room.write(room.of_mustikka, "  Nuk  ");
    room.time.pass(100ms);
    CHECK(room.speeches() == std::vector<std::string>{"N"});
    room.time.pass(50ms);
    CHECK(room.speeches() == std::vector<std::string>{"N", "Nuk"});
    CHECK(room.ephemeral.speech().shown(room.turn));
    CHECK(room.driver.seq() == decided);
}

TEST_CASE("ephemeral: who has no turn writes nothing, and who is not here neither") {
    Written room;
    room.write(room.come(room.kanerva), "Minäkin");
    room.connections.left(room.of_mustikka.connection);
    room.write(room.of_mustikka, "Vielä");
    CHECK(room.speeches().empty());
}

TEST_CASE("ephemeral: what is written by somebody who is silenced, or in a turn that is taken away, is wiped") {
    Written room;
    room.write(room.of_mustikka, "Haukun naapuria");
    const bool is_silenced = GENERATE(true, false);
    domain::Beyond beyond;
    if (is_silenced)
        beyond.silenced = {room.mustikka};
    else
        beyond.texts_taken_away = {room.turn};
    room.ephemeral.follow(beyond);
    room.writer.flush_soon();
    room.time.run();
    CHECK(room.speeches() == std::vector<std::string>{"Haukun naapuria", ""});
    CHECK_FALSE(room.ephemeral.speech().shown(room.turn));
}

const AskForHelp hears_nothing{.kind = HelpKind::cannot_hear, .words = {}, .call_back = {}};

TEST_CASE(
    "ephemeral: the staff are told of the lines of those who wait for help, no more often than every two seconds") {
    Fleeting room;
    room.command(room.moderaattori, OpenDoors{});
    room.ephemeral.note_line(room.of_mustikka.connection, {.median = 80ms, .worst = 90ms});
    room.time.run();
    CHECK_FALSE(room.ephemeral.is_watching());
    CHECK(room.figures_told() == 0);

    room.command(room.mustikka, hears_nothing);
    CHECK(room.ephemeral.is_watching());
    room.time.pass(line_figures_every);
    const auto before = room.figures_told();
    for (int number = 1; number <= 20; ++number) {
        room.ephemeral.note_line(
            room.of_mustikka.connection, {.median = 80ms, .worst = std::chrono::milliseconds{100 * number}});
        room.time.run();
    }
    CHECK(room.figures_told() == before + 1);
    room.time.pass(line_figures_every);
    REQUIRE(room.figures_told() == before + 2);
    CHECK(room.of_staff.line->all<LineFigures>().back().lines.front().rtt_worst_ms == 2000);
    room.time.pass(line_figures_every);
    CHECK(room.figures_told() == before + 2);

    room.connections.lost(room.of_mustikka.connection, {});
    room.time.run();
    REQUIRE(room.figures_told() == before + 3);
    CHECK(room.of_staff.line->all<LineFigures>().back().lines.empty());
    CHECK(room.of_mustikka.line->all<LineFigures>().empty());
}

TEST_CASE("ephemeral: whose lines matter follows a room that has gone back") {
    Fleeting room;
    room.command(room.moderaattori, OpenDoors{});
    REQUIRE(room.driver.ask(room.mustikka, hears_nothing).is_done());
    CHECK_FALSE(room.ephemeral.is_watching());
    room.ephemeral.go_back();
    CHECK(room.ephemeral.is_watching());
}

}  // namespace
}  // namespace etakahvila::runtime
