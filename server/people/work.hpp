#pragma once

// The day's work as rows: assignments, what people wrote, and the answers. The row is the truth; the room has a
// projection of how it stands, which is written in the same commit (house/work_rows.hpp). What is decided of how it
// stands is the room's (domain/work); what is decided here is about the words.
//
// - Two writers: the second is refused, and both texts stay.
// - The staff read words only through `opened_work`, and none of a draft.

#include <map>
#include <variant>
#include <vector>

#include "people/person.hpp"
#include "people/storage.hpp"
#include "protocol/api/work.hpp"

namespace etakahvila::people {

using base::UtcTime;
using protocol::AssignmentId;
using protocol::RefusalWord;
using protocol::SessionId;
using protocol::SubmissionId;

inline constexpr std::size_t work_code_points_max = 4000;
inline constexpr std::size_t answer_code_points_max = 2000;
inline constexpr std::size_t thanks_code_points_max = 500;
inline constexpr std::size_t worry_done_code_points_max = 300;
inline constexpr std::size_t openings_max = 20;
inline constexpr std::size_t opening_code_points_max = 500;
inline constexpr std::size_t assignments_max = 10;
/// Beside what is kept, so many other texts of one submission; the newest takes the place of the last.
inline constexpr std::int64_t other_words_max = 20;
/// So long after its due an assignment takes what is late.
inline constexpr std::int64_t late_taken_for_ms = std::int64_t{7} * 24 * 60 * 60'000;

/// Makes the tables. Called by migrate.
void migrate_work(records::Database& database);

// ---- assignments

struct AssignmentRecord {
    AssignmentId id;
    SessionId session;
    std::optional<protocol::AgendaItemId> item;
    std::int64_t version{};
    std::int64_t minutes{};
    std::string title;
    std::string text;
    std::vector<std::string> questions;
    std::optional<std::string> hint;
    std::vector<protocol::WorkWay> ways;
    bool is_choice{};
    bool second_look{};
    std::optional<UtcTime> opened_at;
    std::optional<UtcTime> due;
    std::optional<UtcTime> closed_at;

    protocol::AssignmentState state(UtcTime now) const;
};

/// In the order in which they were made, in their newest words.
std::vector<AssignmentRecord> assignments_of(const records::Database& database, SessionId session);
/// One of the session's, in these words; the newest where none are named, or none such are there.
std::optional<AssignmentRecord> assignment_of(const records::Database& database, SessionId session,
    AssignmentId assignment, std::optional<std::int64_t> version = {});

/// Makes one, or writes another's words anew, as a new version. Refused: not_found, version_conflict, limit_reached,
/// not_now (another item or other times of one that has been opened), invalid (an item that is not there), and the
/// words of a text's fault.
std::variant<AssignmentId, RefusalWord> put_assignment(
    records::Database& database, SessionId session, const protocol::AssignmentBody& body);
/// Refused: not_found, not_now (it has been opened).
std::optional<RefusalWord> drop_assignment(records::Database& database, SessionId session, AssignmentId assignment);

/// The assignments of one session for another, as nobody has opened them. An item that the other does not have opens
/// none.
void copy_assignments(records::Database& database, SessionId from, SessionId to);

void note_assignment_opened(records::Database& database, AssignmentId assignment, UtcTime opened_at, UtcTime due);
void note_assignment_closed(records::Database& database, AssignmentId assignment, UtcTime closed_at);
/// Nothing of a rehearsal stays.
void forget_work(records::Database& database, SessionId session);

// ---- how it stands

/// As the room notes it. `left_at`: of the last answer that has left.
struct WorkStanding {
    protocol::Submission noted;
    std::optional<UtcTime> left_at;
};

/// Writes how it stands, unless the row knows a later version; and with it the answer that is sent, or is no longer.
void put_standing(records::Database& database, const WorkStanding& standing, UtcTime now);
/// Of which something has been noted.
std::vector<WorkStanding> standings_of(const records::Database& database, SessionId session);

// ---- the author's words

struct SavedWork {
    SubmissionId work;
    std::int64_t version{};
};

/// Keeps a draft; a row is made when there is none. The same words again change nothing. Refused: not_found, not_now
/// (it is not open), invalid (more fields than questions), text_too_long; and with the words kept beside those that
/// stand: version_conflict, already_handled (it has been returned).
std::variant<SavedWork, RefusalWord> save_draft(
    records::Database& database, SessionId session, PersonId person, const protocol::DraftBody& draft, UtcTime now);
/// Keeps the words with which it will be returned. Refused too: text_empty, text_not_allowed.
std::variant<SavedWork, RefusalWord> save_to_return(
    records::Database& database, SessionId session, PersonId person, const protocol::ReturnBody& given, UtcTime now);
/// What staff write down. What the person has written stays theirs, beside it. already_handled: it has been returned.
std::variant<SavedWork, RefusalWord> write_down(
    records::Database& database, SessionId session, const protocol::WriteDownBody& given, UtcTime now);
/// A row without words, for a wish.
std::variant<SubmissionId, RefusalWord> begin_work(
    records::Database& database, SessionId session, AssignmentId assignment, PersonId person, UtcTime now);

std::optional<SubmissionId> work_of(
    const records::Database& database, SessionId session, AssignmentId assignment, PersonId person);

void set_call_back(records::Database& database, SubmissionId work, const std::optional<std::string>& number);
/// Refused: already_handled (it has been read aloud).
std::optional<RefusalWord> set_sharing(records::Database& database, SubmissionId work, protocol::Sharing sharing);
/// Refused: not_permitted (its author does not wish it), already_handled.
std::optional<RefusalWord> note_shared(records::Database& database, SubmissionId work, UtcTime now);
/// Refused: not_now (there is no answer), already_handled (others were given), and the words of a text's fault.
std::optional<RefusalWord> give_thanks(
    records::Database& database, SubmissionId work, std::string_view words, UtcTime now);
/// Refused: the words of a text's fault.
std::optional<RefusalWord> note_worry_done(records::Database& database, SubmissionId work, std::string_view words);

/// All of the author's own, for the author alone. Names are those of the records, for the staff who answer.
protocol::OwnWorkAnswer own_work(const records::Database& database, SessionId session, PersonId person, UtcTime now);

// ---- the answer

/// Keeps the answer as far as it is written. May be kept: see domain/work. Refused: not_found, text_too_long,
/// text_not_allowed, already_handled (it is leaving); version_conflict, with the words kept beside those that stand.
std::variant<std::int64_t, RefusalWord> save_answer(records::Database& database, SubmissionId work, PersonId by,
    std::int64_t version, std::string_view words, bool settles, UtcTime now);
/// Refused: version_conflict, not_permitted (one's own).
std::optional<RefusalWord> note_looked_at(
    records::Database& database, SubmissionId work, PersonId by, std::int64_t version);
/// Why the answer cannot be sent as it stands: text_empty, add_your_own_words, needs_second_look.
std::optional<RefusalWord> why_not_send(const records::Database& database, SubmissionId work);
/// What was sent last is the answer as it stands.
bool is_sent_as_it_stands(const records::Database& database, SubmissionId work);

/// Who answered each person of the session last time, before it.
std::map<PersonId, PersonId> answered_before(const records::Database& database, SessionId session);

/// Not refused: at most openings_max.
std::optional<RefusalWord> set_openings(
    records::Database& database, SessionId session, const std::vector<std::string>& openings);
std::vector<std::string> openings_of(const records::Database& database, SessionId session);

// ---- the staff's view

/// A row for each participant of the session and each of its assignments that has been opened, or has work.
std::vector<protocol::DeskRow> desk_rows(const records::Database& database, SessionId session, UtcTime now);
std::optional<protocol::DeskRow> desk_row(
    const records::Database& database, SessionId session, AssignmentId assignment, PersonId person, UtcTime now);
std::optional<protocol::AnswerWords> answer_words(const records::Database& database, SubmissionId work);

/// The words, and the person's earlier ones in the sessions of `also`. Whoever shows this notes it first.
std::optional<protocol::OpenedWork> opened_work(const records::Database& database, SessionId session,
    AssignmentId assignment, PersonId person, const std::vector<SessionId>& also, UtcTime now);

protocol::AssignmentShown shown(const AssignmentRecord& assignment, UtcTime now, bool to_staff);

}  // namespace etakahvila::people
