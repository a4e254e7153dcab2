#pragma once

// The feedback of a day as rows. That somebody has answered is a row of the one table, what was said are rows of
// others; nothing leads from the one to the others. Rows of answers have random ids, no person, no time and no order;
// words have ids of their own, and nothing leads to the faces beside which they were written. They are written some at
// a time (feedback_pool.hpp), in the order of their ids, and so are the people: the pages of the file are the same
// whoever said what. When it is closed it is forgotten who has answered, and in which batch anything came.

#include <variant>
#include <vector>

#include "people/feedback_pool.hpp"
#include "protocol/api/feedback.hpp"

namespace etakahvila::people {

using base::UtcTime;
using protocol::RefusalWord;
using protocol::SessionId;

inline constexpr std::size_t feedback_code_points_max = 500;

/// Makes the tables. Called by migrate.
void migrate_feedback(records::Database& database);

/// As it may be kept. Refused: text_empty (nothing is answered), text_too_long, text_not_allowed.
std::variant<FeedbackAnswer, RefusalWord> feedback_answer_of(const protocol::FeedbackBody& given);

// ---- how it stands

struct FeedbackStanding {
    SessionId session;
    UtcTime closes_at;
    bool is_closed{};
};
std::optional<FeedbackStanding> feedback_of(const records::Database& database, SessionId session);
/// Past their time and not closed.
std::vector<SessionId> feedbacks_to_close(const records::Database& database, UtcTime now);
/// Closed, of which the room has not been told yet.
std::vector<SessionId> feedbacks_to_tell(const records::Database& database);

void note_feedback_opened(records::Database& database, SessionId session, UtcTime closes_at);
void note_feedback_told(records::Database& database, SessionId session);

// ---- the answers

bool has_given_feedback(const records::Database& database, SessionId session, PersonId person);
/// Who has answered and what was said, in one transaction.
void write_feedback(
    records::Database& database, SessionId session, const FeedbackBatch& batch, const RandomBytes& random);
/// No more is written; who has answered is forgotten. What was there is in the file no longer when the store has
/// written its log over (Records::note_erased).
void close_feedback(records::Database& database, SessionId session);
std::int64_t feedback_answers(const records::Database& database, SessionId session);

// ---- what is shown

/// Without what the room knows of it. Figures and words after the close and from five answers on, and of a question
/// that five have answered; what is about the staff for the coordinator alone.
protocol::FeedbackResultsAnswer feedback_results(
    const records::Database& database, SessionId session, bool is_for_coordinator, UtcTime now);
/// Takes these words out of the text, wherever they stand in it. Refused: not_found, text_empty. What was there is in
/// the file no longer when the store has written its log over.
std::optional<RefusalWord> strike_feedback(records::Database& database, SessionId session, std::string_view words,
    std::string_view piece, bool is_for_coordinator);
/// All words of a session's feedback go, at their time (server/keeping); the figures stay. As strike_feedback.
void erase_feedback_words(records::Database& database, SessionId session);
/// The latest first.
std::vector<protocol::FeedbackDay> feedback_days(
    const records::Database& database, bool is_for_coordinator, UtcTime now);

}  // namespace etakahvila::people
