#pragma once

// One person's season: what is known of them, their enrolments, and each day and meeting with what became of it.
// Reasons of absence are health data: only for who may see the person (api/season.cpp).

#include "programme/season_people.hpp"

namespace etakahvila::programme {

/// Details that hold in all sessions, with the day from which a kind of decision holds.
struct DetailsChange {
    people::PersonDetails details;
    bool sms_allowed{};
    bool needs_shown{};
    /// As written; not there: today.
    std::optional<std::string> decision_from{};
};

/// Of who is, or was, in the period; nothing otherwise. The days have no phase but planned or cancelled, and no mark:
/// the rooms and the kept days know them.
std::optional<protocol::PersonShown> person_page(
    const records::Database& database, PeriodId period, PersonId person, UtcTime now);

/// Whether somebody has, or had, an enrolment in the period.
bool is_in_period(const records::Database& database, PeriodId period, PersonId person);

/// What a change of somebody's season has done.
struct Changed {
    /// Not empty: nothing was stored.
    std::vector<people::Fault> faults{};
    /// Whose people have changed: their rooms are to be told.
    std::vector<SessionId> sessions{};
};

/// In all their sessions and periods. Refused: not_found, who is not in the period.
std::variant<Changed, people::RefusalWord> change_details(
    records::Database& database, PeriodId period, PersonId person, DetailsChange change, UtcTime now);

/// Another package from a day on, or an end. Refused: not_found, also of a package or series; not_now, when nothing is
/// left on that day.
std::variant<Changed, people::RefusalWord> change_enrolment(records::Database& database, PeriodId period,
    PersonId person, const protocol::EnrolmentBody& body, std::string_view by, UtcTime now);

/// A series that is not for them all the same; without a reason it is taken back. Refused: not_found, who is not in the
/// period or has the series in no package; the word of the reason's fault.
std::variant<Changed, people::RefusalWord> allow_series(records::Database& database, PeriodId period, PersonId person,
    SeriesId series, const std::optional<std::string>& reason, std::string_view by, UtcTime now);

inline constexpr std::size_t reason_code_points_max = 200;

/// The reason of what is allowed, tidied; why it is none, otherwise: text_empty, text_too_long, text_not_allowed.
std::variant<std::string, people::RefusalWord> tidy_reason(std::string_view reason);

/// A day as people write it, in the shape in which days are kept; nothing when it is none.
std::optional<std::string> day_in(std::string_view written);

}  // namespace etakahvila::programme
