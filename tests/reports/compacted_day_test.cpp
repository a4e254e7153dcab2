// The record of a day, and what statistics count of it, are the same when its room has been compacted.

#include "bench/busy_day.hpp"
#include "reports/day_recorder.hpp"
#include "support/catch.hpp"
#include "support/sealed_day.hpp"

namespace etakahvila::reports {
namespace {

using namespace testing;

TEST_CASE("the record of a day that was compacted is the record that it was, and rises with a correction") {
    int tried = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        INFO("seed " << seed);
        auto day = sealed_day(seed, 1'200);
        if (!day) continue;
        ++tried;
        auto& room = day->room;
        const auto before = record_of(room.room());
        room.compact();
        CHECK(to_text(record_of(room.room())) == to_text(before));

        const PersonId moderator{10};
        std::vector<std::pair<PersonId, std::int64_t>> rows;
        for (const auto& [person, row] : room.room().attendance.rows) rows.emplace_back(person, row.version);
        for (const auto& [person, version] : rows)
            room.ask(moderator, CorrectAttendance{.person = person,
                                    .version = version,
                                    .mark = Mark::partial,
                                    .minutes = 1,
                                    .reason = "Kuului puhelimesta",
                                    .source = MarkSource::phone});
        const auto corrected = record_of(room.room());
        CHECK(corrected.statistics.help == before.statistics.help);
        CHECK(corrected.statistics.turns == before.statistics.turns);
        CHECK(corrected.lines.size() == before.lines.size());
        if (corrected.acts.size() > before.acts.size()) CHECK(corrected.version > before.version);
    }
    CHECK(tried > 10);
}

TEST_CASE("the record of a full day of four hours is to the byte the same when its room has been compacted") {
    auto room = sealed_busy_day();
    const auto before = record_of(room.room());
    REQUIRE(before.phase == Phase::sealed);
    REQUIRE(before.lines.size() == 89);
    CHECK(before.statistics.peak > 80);
    CHECK(before.statistics.messages > 2'000);
    CHECK(before.statistics.turns > 500);
    const auto figures = figures_of(room.room());
    room.compact();
    CHECK(room.room().seq == 1);
    const auto after = record_of(room.room());
    CHECK(to_text(after) == to_text(before));
    CHECK(after.statistics == before.statistics);
    CHECK(figures_of(room.room()) == figures);
}

}  // namespace
}  // namespace etakahvila::reports
