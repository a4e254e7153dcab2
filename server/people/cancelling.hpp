#pragma once

// A day that is cancelled: who is told of it and how, and how far that is. Why, and in which words, is kept here and
// nowhere in the room.

#include "people/sessions.hpp"
#include "protocol/api/cancelling.hpp"
#include "protocol/poll.hpp"

namespace etakahvila::people {

using protocol::CancelReason;
using protocol::RefusalWord;

inline constexpr std::size_t cancel_words_code_points_max = 500;
/// Whoever has not answered as often is not reached, and not called again.
inline constexpr std::int64_t call_tries_max = 3;

struct Cancelling {
    CancelReason why = CancelReason::other;
    /// Cleaned.
    std::string words;
    /// Who cancels it.
    std::string by_name;
    /// The day that is held in its place.
    std::optional<SessionDraft> moves_to{};
    /// That were planned in the room, for the day in its place.
    std::vector<protocol::MakePoll> polls{};
    /// Whether letters can be sent from this site.
    bool has_mail = true;
};

/// The row, the day in its place with its people, assignments and polls, and a letter to everybody who has an address.
/// In the commit of the room's step.
void cancel_session(records::Database& database, SessionId session, const Cancelling& cancelling, UtcTime now);

/// What the room of a day that is held in place of another takes over, in the order in which they were made.
std::vector<protocol::MakePoll> moved_polls(const records::Database& database, SessionId session);

struct CancelledSession {
    CancelReason why = CancelReason::other;
    std::string words;
    std::string by_name;
    UtcTime at;
    std::optional<SessionId> moved_to;
};
std::optional<CancelledSession> cancelled_session(const records::Database& database, SessionId session);
/// What whoever wanted to come reads.
std::optional<std::string> words_of_cancelled(const records::Database& database, SessionId session);

/// The same people's next day: the one in its place, else the next of its period, else of its series. Cancelled days
/// are passed over.
std::optional<UtcTime> next_day(const records::Database& database, SessionId session);

/// How somebody is told: by a letter where they have an address that mail can carry, by a text message where they allow
/// it, by a call otherwise. Whom the letter did not reach is called.
enum class Way : std::uint8_t { mail, text, call };

/// One participant. Not to be printed: it has no stream operator.
struct ToBeTold {
    PersonId person;
    std::string name;
    std::optional<std::string> phone;
    std::optional<std::string> supervisor;
    Way way = Way::call;
    std::optional<UtcTime> told_at;
    std::optional<std::string> told_by;
    std::int64_t tries{};
    std::optional<UtcTime> tried_at;
    /// On their own page.
    std::optional<UtcTime> seen_at;
};

/// In Finnish order. `has_mail`: whether letters can be sent from this site.
std::vector<ToBeTold> to_be_told(const records::Database& database, SessionId session, bool has_mail);

/// How many supervisors they have, by name.
std::int64_t supervisors_of(const std::vector<ToBeTold>& people);

/// Somebody was told by phone, or did not answer; what is ticked stays, and more than call_tries_max are not counted.
/// Refused: not_now (the day is held), not_found (no participant of it).
std::optional<RefusalWord> note_call(records::Database& database, SessionId session, PersonId person, bool answered,
    std::string_view by_name, UtcTime now);

/// The person has read that it is cancelled. True when that was not known.
bool is_cancelling_unseen(const records::Database& database, SessionId session, PersonId person);
void note_cancelling_seen(records::Database& database, SessionId session, PersonId person, UtcTime now);

/// Text messages disturb nobody at night: they are sent from 8 to 20 in Helsinki. Nothing when that is now; else when
/// it will be.
std::optional<UtcTime> texts_wait_until(UtcTime now);

}  // namespace etakahvila::people
