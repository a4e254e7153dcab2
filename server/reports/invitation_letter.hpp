#pragma once

// What an invitation says, on paper that the person keeps: in a letter, and in their calendar.

#include <optional>

#include "protocol/common.hpp"
#include "people/sessions.hpp"
#include "reports/calendar.hpp"

namespace etakahvila::reports {

/// Not to be printed: it has no stream operator.
struct InvitationLetter {
    protocol::SessionId session;
    protocol::PersonId person;
    std::string theme;
    std::string series;
    base::UtcTime starts_at;
    base::UtcTime ends_at;
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
/// A letter to a person of the session.
InvitationLetter letter_to(const people::SessionRecord& session, people::PersonId person, const LetterHead& head,
    std::string link, std::string code);

/// The page on which a link of this role opens, to put its secret behind.
std::string_view page_of(people::Role role);

/// "https://cafe.example.fi/netiquette": the rules of the conversation, before anyone has come in.
std::string netiquette_address(std::string_view site);

std::string letter_subject(const InvitationLetter& letter);
/// In Finnish, then Swedish, then English, each short.
std::string letter_text(const InvitationLetter& letter);
/// `sequence` grows with each that is made for the person.
CalendarEntry calendar_entry(const InvitationLetter& letter, std::int64_t sequence, base::UtcTime now);

}  // namespace etakahvila::reports
