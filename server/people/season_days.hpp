#pragma once

// A person's days of a period: which of them a link of the season opens, and what the letter and the own page tell.

#include <optional>
#include <string>
#include <vector>

#include "people/person.hpp"
#include "people/storage.hpp"
#include "protocol/api/appointments.hpp"
#include "protocol/api/kinds.hpp"
#include "protocol/api/periods.hpp"

namespace etakahvila::people {

using base::UtcTime;
using protocol::PeriodId;
using protocol::PersonId;
using protocol::SessionId;

/// So long after its end the door of a session opens by a link.
inline constexpr std::int64_t door_after_end_ms = std::int64_t{5} * 60 * 60'000;

/// A link of the season opens a session from the beginning of its day in Helsinki until just before door_closes_at.
UtcTime day_opens_at(UtcTime starts_at);
inline UtcTime door_closes_at(UtcTime ends_at) { return UtcTime{ends_at.ms + door_after_end_ms}; }

/// What a link needs of a period.
struct PeriodFacts {
    std::string name;
    /// The links of the season work until just before it: five hours after the last day.
    UtcTime links_end;
};
std::optional<PeriodFacts> period_facts(const records::Database& database, PeriodId period);

/// A session in which somebody is a participant.
struct PersonDay {
    SessionId session;
    /// The id under which they are registered: of somebody who was found to be another, a past day has the older one.
    PersonId person;
    std::string theme;
    std::string series;
    UtcTime starts_at;
    UtcTime ends_at;
    std::optional<std::string> help_phone;
    /// Grows when it is moved (RFC 5545, SEQUENCE).
    std::int64_t revision{};
    /// The words about it, where it is cancelled.
    std::optional<std::string> cancelled;
    bool is_banned{};
    bool cannot_come{};
    /// As the person has told it; what others have told is not for the own page.
    std::optional<protocol::AbsenceReason> own_reason;
    protocol::SessionWay way = protocol::SessionWay::room;
    /// Of a meeting with their worker: how it is held, and where.
    std::optional<protocol::AppointmentKind> appointment{};
    std::optional<std::string> place{};

    UtcTime opens_at() const { return day_opens_at(starts_at); }
    UtcTime closes_at() const { return door_closes_at(ends_at); }
    /// Whether the link of a season opens it, by the day alone.
    bool is_on(UtcTime now) const { return now >= opens_at() && now < closes_at(); }
};

/// Those in rooms, by their start; under whichever id the person is registered.
std::vector<PersonDay> days_of(const records::Database& database, PeriodId period, PersonId person);
/// Those in rooms and those by phone, by their start.
std::vector<PersonDay> all_days_of(const records::Database& database, PeriodId period, PersonId person);
/// The meetings that are agreed on with them from this day on, by their start: those that were cancelled too, and not
/// those that were told afterwards.
std::vector<PersonDay> agreed_appointments(
    const records::Database& database, PersonId person, std::string_view first_day);
/// One of them alone, of a period or of none.
std::optional<PersonDay> day_of(const records::Database& database, SessionId session, PersonId person);

/// Whether somebody is banned from the session under another id of theirs: who was found to be one person is banned as
/// one.
bool is_banned_as_another(const records::Database& database, SessionId session, PersonId person);

/// Who has an enrolment in the period that stands, each once, as they are known now.
std::vector<PersonId> enrolled_in(const records::Database& database, PeriodId period);

/// What a series says of its own in letters.
struct SeriesWords {
    std::string series;
    std::optional<std::string> letter;
    std::optional<std::string> instructions;
};
/// Of these series, those that say something, each once, in this order.
std::vector<SeriesWords> words_of_series(const records::Database& database, const std::vector<std::string>& series);

}  // namespace etakahvila::people
