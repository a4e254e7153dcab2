#include "people/calendar_feed.hpp"

#include <chrono>
#include <iterator>

#include "people/local_time.hpp"
#include "people/matching.hpp"

namespace etakahvila::people {
namespace {

constexpr std::chrono::days kept_after_period{30};

/// Helsinki's day so long ago, as the records write days.
std::string day_before(UtcTime now, std::chrono::milliseconds span) {
    return local_date_text(UtcTime{now.ms - span.count()});
}

}  // namespace

Secret make_calendar_feed(
    records::Database& database, PeriodId period, PersonId person, UtcTime now, const RandomBytes& random) {
    const auto token = Secret::make(random);
    records::Unit unit{database};
    const auto known = as_known_now(database, person);
    // Under whichever id of theirs it was made.
    database.write(
        std::string{they_sql} + "DELETE FROM calendar_feeds WHERE person IN (SELECT id FROM they) AND period = ?",
        known, period);
    database.write("INSERT INTO calendar_feeds (person, period, token_hash, made_at) VALUES (?, ?, ?, ?)", known,
        period, token.hash(), now);
    unit.keep();
    return token;
}

std::optional<CalendarFeed> calendar_feed(const records::Database& database, std::string_view token, UtcTime now) {
    const auto secret = Secret::from_link(token);
    if (!secret) return std::nullopt;
    auto found = database.read(
        "SELECT f.person, f.period, p.first_day FROM calendar_feeds f JOIN periods p ON p.id = f.period"
        " WHERE f.token_hash = ? AND p.last_day >= ?",
        secret->hash(), day_before(now, kept_after_period));
    if (!found.next()) return std::nullopt;
    const auto person = found.get<PersonId>(0);
    CalendarFeed feed{.person = person, .days = all_days_of(database, found.get<PeriodId>(1), person)};
    auto meetings = agreed_appointments(database, person, found.view(2));
    std::move(meetings.begin(), meetings.end(), std::back_inserter(feed.days));
    return feed;
}

}  // namespace etakahvila::people
