// The speech line, beside the room: how often it is told, and what becomes of it.

#include "runtime/speech_board.hpp"
#include "support/catch.hpp"

namespace etakahvila::runtime {
namespace {

using namespace std::chrono_literals;
using protocol::PersonId;
using protocol::Speech;
using protocol::TurnId;

constexpr TurnId turn{3};
constexpr PersonId mustikka{1};
constexpr PersonId kanerva{2};

Speech says(std::string text) { return {.turn = turn, .text = std::move(text), .by = mustikka}; }

TEST_CASE("speech board: the first is told at once, then the latest of each quarter of a second") {
    SpeechBoard board;
    CHECK(board.write(says("N"), 0ms) == 0ms);
    CHECK(board.tell(turn, 0ms) == says("N"));
    CHECK(board.write(says("Nu"), 10ms) == 240ms);
    CHECK_FALSE(board.write(says("Nuk"), 20ms));
    CHECK(board.tell(turn, 250ms) == says("Nuk"));
    CHECK(board.write(says("Nuku"), 10'000ms) == 0ms);
}

TEST_CASE("speech board: what was written in a turn is not told in another, or in none") {
    SpeechBoard board;
    board.write(says("N"), 0ms);
    CHECK_FALSE(board.tell(TurnId{4}, 0ms));
    CHECK_FALSE(board.shown(TurnId{4}));
    board.write(says("Nu"), 250ms);
    CHECK_FALSE(board.tell(std::nullopt, 250ms));
    CHECK_FALSE(board.shown(std::nullopt));
    CHECK(board.shown(turn) == says("Nu"));
}

TEST_CASE("speech board: whoever is silenced, and what is taken away, is wiped once") {
    SpeechBoard board;
    CHECK_FALSE(board.silence(mustikka));
    CHECK_FALSE(board.take_away(turn));
    board.write(says("N"), 0ms);
    CHECK_FALSE(board.silence(kanerva));
    CHECK_FALSE(board.take_away(TurnId{4}));
    CHECK(board.silence(mustikka) == says(""));
    CHECK_FALSE(board.silence(mustikka));
    CHECK_FALSE(board.shown(turn));
    board.write(says("Nu"), 250ms);
    CHECK(board.take_away(turn) == says(""));
}

}  // namespace
}  // namespace etakahvila::runtime
