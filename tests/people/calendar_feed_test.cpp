// One's own calendar of a period: by an address that works until another is made, and until long after the period.

#include "people/calendar_feed.hpp"

#include "people/cancelling.hpp"
#include "people/helpers.hpp"
#include "people/local_time.hpp"
#include "people/matching.hpp"

using namespace etakahvila::people;

namespace {

UtcTime at(const std::string& date, const std::string& clock) {
    return std::get<UtcTime>(utc_of(*date_in(date), *clock_in(clock)));
}

/// A period from 26.11. to 17.12.2026, with a day each week until 10.12.; Aino is in all of them.
struct Season {
    Records records;
    etakahvila::records::SqliteDatabase& database = records.database;
    CountedBytes random;
    PeriodId period = database.add<PeriodId>(
        "INSERT INTO periods (name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes, "
        "skip_moves_turn) VALUES ('Syksy 2026', 'syksy 2026', '2026-11-26', '2026-12-17', 4, '09:00', '13:00', 30, 1) "
        "RETURNING id");
    UtcTime now = at("2026-12-01", "12:00");
    SessionId first = day("2026-11-26");
    SessionId second = day("2026-12-03");
    SessionId third = day("2026-12-10");
    PersonId aino = records.add("Aino Aalto", first);

    Season() {
        for (const auto session : {second, third}) REQUIRE_FALSE(register_person(database, session, aino));
    }

    SessionId day(const std::string& date) {
        const auto session = records.plan(date);
        database.write("UPDATE sessions SET period = ? WHERE id = ?", period, session);
        return session;
    }
    std::string address_for(PersonId person) {
        return make_calendar_feed(database, period, person, now, random.bytes()).to_link();
    }
    /// Nothing where there is none.
    std::optional<std::vector<SessionId>> sessions_at(const std::string& address, UtcTime when) const {
        const auto feed = calendar_feed(database, address, when);
        if (!feed) return std::nullopt;
        std::vector<SessionId> sessions;
        for (const auto& each : feed->days) sessions.push_back(each.session);
        return sessions;
    }
};

using Sessions = std::optional<std::vector<SessionId>>;

}  // namespace

TEST_CASE("A calendar's address has all of the person's days of the period, past ones too, and nobody else's") {
    Season season;
    const auto alone = season.day("2026-12-17");
    const auto eino = season.records.add("Eino Eskola", alone);
    // Not of the period.
    const auto elsewhere = season.records.plan("2026-12-11");
    REQUIRE_FALSE(register_person(season.database, elsewhere, season.aino));

    const auto address = season.address_for(season.aino);
    CHECK(season.sessions_at(address, season.now) == Sessions{{season.first, season.second, season.third}});
    CHECK(calendar_feed(season.database, address, season.now)->person == season.aino);
    CHECK(season.sessions_at(season.address_for(eino), season.now) == Sessions{{alone}});
    CHECK(season.sessions_at(address, season.now) == Sessions{{season.first, season.second, season.third}});

    // Who is taken out of a day, or works in it, has it no more in their calendar.
    REQUIRE_FALSE(unregister(season.database, season.second, season.aino));
    season.database.write("UPDATE registrations SET role = 'facilitator' WHERE session = ?", season.third);
    CHECK(season.sessions_at(address, season.now) == Sessions{{season.first}});
}

TEST_CASE("A day that is moved or cancelled stays in the calendar, and its entry is newer") {
    Season season;
    const auto address = season.address_for(season.aino);
    const auto days = [&] { return calendar_feed(season.database, address, season.now).value().days; };
    const auto before = days();
    REQUIRE(before.size() == 3);
    CHECK(before[1].starts_at == at("2026-12-03", "09:00"));
    CHECK(before[1].ends_at == at("2026-12-03", "13:00"));
    for (const auto& each : before) CHECK_FALSE(each.cancelled);

    auto draft = std::get<SessionDraft>(draft_of({.series = "Etäkahvila",
        .theme = "Uni",
        .date = "2026-12-04",
        .start = "10:00",
        .end = "12:00",
        .question = {},
        .help_phone = {},
        .settings = {}}));
    REQUIRE(change_session(season.database, season.second, draft));
    cancel_session(season.database, season.third,
        {.why = CancelReason::staff_ill, .words = "Ohjaaja on sairas.", .by_name = "Kaisa"}, season.now);
    const auto after = days();
    REQUIRE(after.size() == 3);
    CHECK(after[0].revision == before[0].revision);
    CHECK(after[1].starts_at == at("2026-12-04", "10:00"));
    CHECK(after[1].ends_at == at("2026-12-04", "12:00"));
    CHECK(after[1].revision > before[1].revision);
    CHECK_FALSE(after[1].cancelled);
    CHECK(after[2].session == season.third);
    CHECK(after[2].cancelled);
    CHECK(after[2].revision > before[2].revision);
}

TEST_CASE("A calendar's address ends when another is made, and no other address is one") {
    Season season;
    const auto first = season.address_for(season.aino);
    const auto second = season.address_for(season.aino);
    CHECK(first != second);
    CHECK_FALSE(calendar_feed(season.database, first, season.now));
    CHECK(calendar_feed(season.database, second, season.now));
    for (const auto& odd : {std::string{}, std::string{"AAAAAAAAAAAAAAAAAAAAAA"}, second + "A", second.substr(1)}) {
        INFO(odd.size());
        CHECK_FALSE(calendar_feed(season.database, odd, season.now));
    }
    // Kept as its hash alone.
    CHECK(season.database.one<int>("SELECT count(*) FROM calendar_feeds WHERE length(token_hash) = 32") == 1);
}

TEST_CASE("A calendar's address works for thirty days after the last day of its period") {
    Season season;
    const auto address = season.address_for(season.aino);
    const Sessions all{{season.first, season.second, season.third}};
    CHECK(season.sessions_at(address, at("2026-12-17", "23:59")) == all);
    CHECK(season.sessions_at(address, at("2027-01-16", "23:59")) == all);
    CHECK_FALSE(season.sessions_at(address, at("2027-01-17", "00:00")));
    // A period that is made longer has its calendars back.
    season.database.write("UPDATE periods SET last_day = '2026-12-18'");
    CHECK(season.sessions_at(address, at("2027-01-17", "00:00")) == all);
}

TEST_CASE("Who was found to be another has the days of both at the address of either, until one is made anew") {
    Season season;
    const auto more = season.day("2026-12-17");
    const auto other = season.records.add("Aino Alto", more);
    const auto of_other = season.address_for(other);
    const auto of_aino = season.address_for(season.aino);
    REQUIRE(make_one(season.database, season.aino, other, sessions_to_come(season.database, other, season.now)));
    const Sessions all{{season.first, season.second, season.third, more}};
    CHECK(season.sessions_at(of_other, season.now) == all);
    CHECK(season.sessions_at(of_aino, season.now) == all);

    const auto anew = season.address_for(other);
    CHECK(season.sessions_at(anew, season.now) == all);
    CHECK_FALSE(calendar_feed(season.database, of_other, season.now));
    CHECK_FALSE(calendar_feed(season.database, of_aino, season.now));
}
