#pragma once

// What those are told who were to come to a day that is cancelled: in a letter, in their calendar, in a text message.

#include "reports/invitation_letter.hpp"

namespace etakahvila::reports {

/// Not to be printed: it has no stream operator.
struct CancelledLetter {
    protocol::SessionId session;
    std::string theme;
    std::string series;
    base::UtcTime starts_at;
    base::UtcTime ends_at;
    /// Of the session, for its entry in calendars.
    std::int64_t revision{};
    std::string words;
    std::optional<base::UtcTime> next_starts_at;
    std::optional<std::string> help_phone;
    std::string site;
};

/// Nothing when the day is held, or there is no such session.
std::optional<CancelledLetter> cancelled_letter(
    const records::Database& database, protocol::SessionId session, const LetterHead& head);

std::string cancelled_subject(const CancelledLetter& letter);
/// In Finnish, then Swedish, then English, each with the words as they were written.
std::string cancelled_text(const CancelledLetter& letter);
/// Takes back what the person's calendar has.
CalendarEntry cancelled_entry(const CancelledLetter& letter, protocol::PersonId person, base::UtcTime now);

/// For a telephone, on which others may read it: no theme, and no link. Words that have a link are left out.
std::string cancelled_message(const CancelledLetter& letter);

}  // namespace etakahvila::reports
