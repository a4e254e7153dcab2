#pragma once

// One person's work on one assignment, as a state machine: what becomes of it when somebody does something with it. It
// knows no words. `WorkNoted` is how it stands: the room has it as its projection, the records have it as a row.
//
//     draft → returned → assigned → answered → sent → read
//
// What is decided where the rules leave room:
// - Somebody of the staff *has* it until `claimed_until`. What was dealt is had without an end, until it is opened. A
//   claim that has lapsed is none, whether anybody was there to see it lapse; its answer's words stay.
// - An answer leaves 30 s after it was sent. Until then it can be taken back, and its author's page tells nothing of
//   it. `left_at` is the `sent_at` of the last one that has left.
// - A correction is sent by whoever sent the answer.
// - What has been answered cannot be taken back by its author, whoever has it.

#include <variant>

#include "domain/work/events.hpp"

namespace etakahvila::domain {

inline constexpr Milliseconds claim_lease{10 * 60'000};
/// A claim with so little left is made longer when its answer is saved; so that not each save is a step.
inline constexpr Milliseconds claim_renewed_below{5 * 60'000};
inline constexpr Milliseconds answer_leaves_after{30'000};
/// So long after its due an assignment takes what is late.
inline constexpr Milliseconds late_taken_for{7 * 24 * 60 * 60'000};

// ---- what is done with it

/// By its author, or written down by staff for them.
struct ReturnWork {
    WorkSource source = WorkSource::own;
    /// The wish goes with it. Not there: as it is.
    std::optional<bool> wants_call{};
};
struct TakeBackWork {};
struct ClaimWork {};
struct ReleaseWork {};
struct TakeOverWork {
    /// For the staff channel. May be empty where nobody has it.
    std::string reason;
};
/// Words of the answer have been saved.
struct BeginAnswer {};
struct SendAnswer {};
struct TakeBackAnswer {};
/// The author has been shown the answer; or staff have read it to them, or sent it.
struct ReadAnswer {};
struct WishForCall {
    std::optional<bool> wants_call;
    std::optional<bool> answers_by_phone;
};
using WorkAct = std::variant<ReturnWork, TakeBackWork, ClaimWork, ReleaseWork, TakeOverWork, BeginAnswer, SendAnswer,
    TakeBackAnswer, ReadAnswer, WishForCall>;

/// Under which circumstances: who does it, the wall's time, until when the day lasts.
struct WorkMoment {
    PersonId by;
    UtcTime now;
    /// Of the assignment: what is returned from then on is late.
    UtcTime due;
    bool is_open{};
};

/// How it stands then; how it stood where nothing is to be done; or why not.
using WorkOutcome = std::variant<WorkNoted, Refusal>;
WorkOutcome after(const WorkNoted& before, const WorkAct& act, const WorkMoment& moment);

/// Who has it, and may answer it.
std::optional<PersonId> holder(const WorkNoted& work, UtcTime now);
/// Whether somebody may be given it.
bool is_free(const WorkNoted& work, UtcTime now);
/// Whether the last answer that was sent has left by its own event.
inline bool has_left(const WorkNoted& work) { return work.sent_at && work.left_at == work.sent_at; }
/// It counts for the day's attendance.
inline bool is_returned_in_time(const WorkNoted& work) {
    return work.state != WorkState::draft && work.returned_at && !work.late;
}

// ---- dealing

struct AnsweredBefore {
    PersonId person;
    PersonId by;
};
struct Dealt {
    SubmissionId work;
    PersonId to;
    bool operator==(const Dealt&) const = default;
};

/// What of all this is free, among these: first those who wish a call, then in order of return; each to whoever
/// answered that person last time, else to who has fewest.
std::vector<Dealt> deal(const std::vector<WorkNoted>& all, const std::vector<PersonId>& among,
    const std::vector<AnsweredBefore>& answered_before, UtcTime now);

}  // namespace etakahvila::domain
