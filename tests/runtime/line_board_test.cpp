// How the lines of those who wait for help are.

#include "runtime/line_board.hpp"
#include "support/catch.hpp"

namespace etakahvila::runtime {
namespace {

using namespace std::chrono_literals;
using protocol::ConnectionId;
using protocol::LineFigure;
using protocol::PersonId;

constexpr PersonId mustikka{1};
constexpr PersonId hauki{2};

TEST_CASE("only the lines of those who are watched are known") {
    LineBoard board;
    board.note(ConnectionId{1}, mustikka, {.median = 80ms, .worst = 200ms});
    CHECK_FALSE(board.has_news());
    CHECK_FALSE(board.is_watching());
    board.watch({mustikka});
    CHECK(board.is_watching());
    board.note(ConnectionId{1}, mustikka, {.median = 80ms, .worst = 200ms});
    board.note(ConnectionId{2}, hauki, {.median = 10ms, .worst = 10ms});
    CHECK(board.has_news());
    CHECK(board.tell().lines == std::vector{LineFigure{.person = mustikka, .rtt_median_ms = 80, .rtt_worst_ms = 200}});
    CHECK_FALSE(board.has_news());
}

TEST_CASE("of someone with two lines the worse one is told, until it is gone") {
    LineBoard board;
    board.watch({mustikka});
    board.note(ConnectionId{1}, mustikka, {.median = 80ms, .worst = 2000ms});
    board.note(ConnectionId{2}, mustikka, {.median = 640ms, .worst = 900ms});
    CHECK(board.tell().lines.front().rtt_median_ms == 640);
    board.forget(ConnectionId{2});
    CHECK(board.has_news());
    CHECK(board.tell().lines.front().rtt_median_ms == 80);
    board.forget(ConnectionId{2});
    CHECK_FALSE(board.has_news());
}

TEST_CASE("who is no longer watched is forgotten, and that is news") {
    LineBoard board;
    board.watch({mustikka, hauki});
    board.note(ConnectionId{1}, mustikka, {.median = 80ms, .worst = 200ms});
    board.note(ConnectionId{2}, hauki, {.median = 10ms, .worst = 10ms});
    CHECK(board.tell().lines.size() == 2);
    board.watch({mustikka, hauki});
    CHECK_FALSE(board.has_news());
    board.watch({hauki});
    CHECK(board.has_news());
    CHECK(board.tell().lines.size() == 1);
    board.watch({});
    CHECK(board.tell().lines.empty());
    CHECK_FALSE(board.is_watching());
}

}  // namespace
}  // namespace etakahvila::runtime
