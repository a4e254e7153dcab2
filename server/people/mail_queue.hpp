#pragma once

// Invitations that go by e-mail: what waits, what went, and what did not and why.

#include "people/invitations.hpp"
#include "protocol/api/invitations.hpp"

namespace etakahvila::people {

using MailId = base::Id<struct MailIdTag>;

/// failed: the server said never, or it was tried mail_tries_max times.
using protocol::MailState;

inline constexpr std::array<std::int64_t, 5> mail_waits_minutes{1, 5, 30, 120, 360};
inline constexpr std::int64_t mail_tries_max = static_cast<std::int64_t>(mail_waits_minutes.size()) + 1;
inline constexpr std::size_t mail_trouble_bytes_max = 300;

struct Mail {
    MailId id;
    /// What the invitation is to: one of the two.
    std::optional<SessionId> session;
    std::optional<PeriodId> period;
    PersonId person;
    MailState state = MailState::waiting;
    std::int64_t tries{};
    UtcTime next_try_at;
    std::optional<UtcTime> sent_at;
    /// What the last try met, in the mail server's words. Personal: it may name the address.
    std::optional<std::string> trouble;
    /// Random, and the same at each try: no other letter in the world has it.
    std::string token;
    /// That a day is cancelled; else an invitation.
    bool is_cancelling{};
};

/// An invitation to a session, or the link of a season. An earlier one of the same person and session, or period, that
/// still waits is given up.
MailId queue_mail(records::Database& database, SessionId session, PersonId person, UtcTime now);
MailId queue_mail(records::Database& database, PeriodId period, PersonId person, UtcTime now);

/// A letter that says that the day is cancelled.
MailId queue_cancelled_mail(records::Database& database, SessionId session, PersonId person, UtcTime now);

/// The one that has waited longest and is due.
std::optional<Mail> mail_due(const records::Database& database, UtcTime now);
/// When the next one will be due.
std::optional<UtcTime> next_mail_at(const records::Database& database);

/// How the queue is. `stuck`: letters that were tried again and have not gone out, and those of the last day that were
/// given up after so many tries. Those that no server would take are not among them.
struct MailStanding {
    std::int64_t waiting{};
    std::int64_t stuck{};
};
MailStanding mail_standing(const records::Database& database, UtcTime now);

void mail_was_sent(records::Database& database, MailId id, UtcTime now);
/// `is_final`: another try would meet the same.
void mail_has_failed(records::Database& database, MailId id, std::string_view trouble, bool is_final, UtcTime now);

/// The newest invitation of each person to the session, or the period.
std::vector<Mail> mails_of(const records::Database& database, SessionId session);
std::vector<Mail> mails_of(const records::Database& database, PeriodId period);

}  // namespace etakahvila::people
