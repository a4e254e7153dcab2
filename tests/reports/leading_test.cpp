#include "reports/leading.hpp"

#include "people/local_time.hpp"
#include "people/sessions.hpp"
#include "records/sqlite_database.hpp"
#include "support/catch.hpp"

using namespace etakahvila;
using namespace etakahvila::reports;
using protocol::PeriodId;
using protocol::Phase;

namespace {

/// A group of two days, the 3rd and the 10th of December, in a period until the 12th.
struct Group {
    Group() {
        people::migrate(database);
        reports::migrate(database);
        database.write(
            "INSERT INTO periods (id, name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes, "
            "skip_moves_turn, is_closed) VALUES (1, 'Ryhmä', 'ryhmä', '2026-12-03', '2026-12-12', 4, '09:00', "
            "'13:00', 30, 1, 1)");
        first = day("2026-12-03");
        second = day("2026-12-10");
    }
    SessionId day(const std::string& date) {
        const auto draft = people::draft_of({.series = "Kahvila",
            .theme = "Uni",
            .date = date,
            .start = "09:00",
            .end = "13:00",
            .question = {},
            .help_phone = {},
            .settings = {}});
        const auto session = people::plan_session(database, std::get<people::SessionDraft>(draft));
        database.write("UPDATE sessions SET period = 1 WHERE id = ?", session);
        return session;
    }
    void keep(SessionId session, std::int64_t version, Phase phase) {
        keep_day(database, {.session = session, .version = version, .phase = phase}, UtcTime{version});
    }
    bool is_over_on(const std::string& date) const {
        return is_leading_over(database, PeriodId{1},
            std::get<UtcTime>(people::utc_of(people::date_in(date).value(), {.hour = 0, .minute = 0})));
    }

    records::SqliteDatabase database{":memory:"};
    SessionId first;
    SessionId second;
};

}  // namespace

TEST_CASE("Leaders have their group until its days are sealed, never before its last day is over") {
    Group group;
    group.keep(group.first, 1, Phase::sealed);
    group.keep(group.second, 1, Phase::sealed);
    CHECK_FALSE(group.is_over_on("2026-12-11"));
    CHECK_FALSE(group.is_over_on("2026-12-12"));
    CHECK(group.is_over_on("2026-12-13"));
}

TEST_CASE("A day that is not sealed keeps the leaders for thirty days and no longer") {
    Group group;
    group.keep(group.first, 1, Phase::sealed);
    CHECK_FALSE(group.is_over_on("2026-12-13"));
    group.keep(group.second, 1, Phase::closed);
    CHECK_FALSE(group.is_over_on("2027-01-11"));
    CHECK(group.is_over_on("2027-01-12"));
    group.keep(group.second, 2, Phase::sealed);
    CHECK(group.is_over_on("2026-12-13"));
}

TEST_CASE("A day that is cancelled has nothing to seal, and one that was moved behind the period is awaited") {
    Group group;
    group.keep(group.first, 1, Phase::sealed);
    group.database.write(
        "INSERT INTO cancelled_sessions (session, why, words, by_name, at) VALUES (?, 'other', 'Ei tänään.', "
        "'Kaisa', 0)",
        group.second);
    CHECK(group.is_over_on("2026-12-13"));
    const auto moved = group.day("2026-12-17");
    group.keep(moved, 1, Phase::sealed);
    CHECK_FALSE(group.is_over_on("2026-12-17"));
    CHECK(group.is_over_on("2026-12-18"));
}

TEST_CASE("A period that is no group has no leaders") {
    Group group;
    group.database.script("UPDATE periods SET is_closed = 0");
    CHECK(group.is_over_on("2026-12-01"));
}
