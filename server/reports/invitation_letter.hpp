#pragma once

// What an invitation says, on paper that the person keeps: in a letter, and in their calendar. It is to one session, or
// to a season: the days of a period.

#include <optional>

#include "people/season_days.hpp"
#include "people/sessions.hpp"
#include "protocol/common.hpp"
#include "reports/calendar.hpp"

namespace etakahvila::reports {

struct LetterDay {
    protocol::SessionId session;
    std::string theme;
    std::string series;
    base::UtcTime starts_at;
    base::UtcTime ends_at;
    /// Of the session, for the calendar.
    std::int64_t revision{};
    protocol::SessionWay way = protocol::SessionWay::room;
};

/// Not to be printed: it has no stream operator.
struct InvitationLetter {
    protocol::PersonId person;
    /// The name of the period; none: to one session.
    std::optional<std::string> period{};
    /// By their start. Of one session it is the one; of a season none may be known yet.
    std::vector<LetterDay> days;
    /// What the series of these days say of their own.
    std::vector<people::SeriesWords> words{};
    std::optional<std::string> help_phone;
    /// The site's address, the person's own link, and the code; empty for whoever has none.
    std::string site;
    std::string link;
    std::string code;
};

/// Whom to call: the session's own number, or the site's; nothing when there is neither.
std::optional<std::string> help_phone_of(const people::SessionRecord& session, const std::string& site_phone);

/// What every letter of this house says.
struct LetterHead {
    std::string site;
    /// Empty: none.
    std::string help_phone;
};

/// A link and its code, as they can be shown once.
struct LetterKey {
    std::string link;
    std::string code;
};

/// A letter to a person of the session.
InvitationLetter letter_to(const records::Database& database, const people::SessionRecord& session,
    people::PersonId person, const LetterHead& head, LetterKey key);

/// A letter of the season: the days of the period that are to come for the person, in rooms and by phone, without those
/// that are cancelled.
InvitationLetter season_letter_to(const records::Database& database, people::PeriodId period, people::PersonId person,
    const LetterHead& head, LetterKey key, base::UtcTime now);

/// 3.12.2026, and 9.00: as letters write days and times.
std::string letter_day(base::UtcTime at);
std::string letter_clock(base::UtcTime at);

/// What a calendar, and a telephone that others read, says of a day.
inline constexpr std::string_view meeting_title = "Tapaaminen verkossa";
/// Of a day by phone, and of a meeting with a worker: nobody comes to them by the site, and how they are held is nobody
/// else's.
inline constexpr std::string_view appointment_title = "Tapaaminen";

/// Names the entry of this person and session in every calendar, whatever becomes of it.
std::string calendar_uid(protocol::SessionId session, protocol::PersonId person, std::string_view site);

/// The page on which a link of this role opens, to put its secret behind.
std::string_view page_of(people::Role role);

/// "https://cafe.example.fi/netiquette": the rules of the conversation, before anyone has come in.
std::string netiquette_address(std::string_view site);

/// "3.12.2026 kello 9.00–13.00, Keskustelukahvila: Uni"
std::string day_line(const LetterDay& day);

/// Whom a letter comes from, as its reader sees it: the series, and where it is of several or of none, the site by its
/// name in addresses.
std::string letter_sender(const InvitationLetter& letter);
/// Carries the name of the series, or of the period.
std::string letter_subject(const InvitationLetter& letter);
/// In Finnish, then Swedish, then English, each short; then what the series say.
std::string letter_text(const InvitationLetter& letter);
/// Of each of its days. Others may see a calendar: neither link nor code nor theme is in it.
std::vector<CalendarEntry> calendar_entries(const InvitationLetter& letter, base::UtcTime now);

}  // namespace etakahvila::reports
