#pragma once

// Polls and the questions of a quiz (RULES.md): draft → open → closed → shown | withdrawn.
//
// What somebody chose is in no event. It is a ballot that goes beside its step (room/ballot.hpp), and lies in the box
// until the poll is closed: then it is counted, and nothing of it stays, here or in the store.
//
// What the rules leave open, decided here:
// - Five must have answered before anything is counted. Staff who noted answers of people on the phone know those;
//   so of those who answered by themselves there are five too, or none. What is not counted at the close never is.
// - A poll that was closed is not opened again: the difference of two results would tell of who came in between.
// - A day that is moved takes along the polls that were planned for it, as nobody's.
// - With the session an open poll is closed. The polls are after a rehearsal as they were before it.
// - Some who have answered may be known to have chosen nothing, as in a store from a backup, which has no ballots.
//   Then everyone is asked again.

#include <map>
#include <variant>

#include "domain/poll/events.hpp"
#include "domain/room/ballot.hpp"
#include "domain/room/rule.hpp"

namespace etakahvila::domain {

class Decision;
struct Step;

inline constexpr std::size_t poll_question_code_points_max = 200;
inline constexpr std::size_t poll_option_code_points_max = 80;
inline constexpr std::size_t poll_why_code_points_max = 300;
inline constexpr std::size_t poll_options_min = 2;
inline constexpr std::size_t poll_options_max = 6;
/// How many polls there may be in a day; the next is limit_reached.
inline constexpr std::size_t polls_max = 60;
/// Where fewer have answered, nothing is counted.
inline constexpr std::size_t answers_counted_min = 5;

// The states of a poll.
struct PollDraft {};
struct PollOpen {
    RoomTime at;
    std::int64_t answered{};
};
/// Nothing in it where it was not counted.
struct PollCount {
    std::int64_t answered{};
    std::vector<std::int64_t> of_option;
};
struct PollEnd {
    RoomTime opened_at;
    RoomTime at;
    std::optional<PollCount> count;
    /// When it was shown to everyone.
    std::optional<RoomTime> shown_at;
};
struct PollGone {};
using PollStanding = std::variant<PollDraft, PollOpen, PollEnd, PollGone>;

struct PollItem {
    PollId id;
    std::string question;
    std::vector<std::string> options;
    std::int64_t choices_max = 1;
    /// Of a quiz: which options are right, and why.
    std::vector<std::int64_t> right;
    std::string why;
    std::int64_t version = 1;
    PollStanding standing;
    /// Everyone has seen it: who may no longer is told to drop it.
    bool was_for_all{};

    bool is_open() const { return std::holds_alternative<PollOpen>(standing); }
    bool is_draft() const { return std::holds_alternative<PollDraft>(standing); }
    const PollEnd* end() const { return std::get_if<PollEnd>(&standing); }
};

/// What is known of somebody who has answered: never what.
struct PollVoter {
    /// The last poll that they answered.
    std::optional<PollId> poll;
    /// Their answer to it, as it is now, was noted by staff.
    bool is_noted{};
    /// The last poll for which staff noted an answer of theirs, who therefore see it.
    std::optional<PollId> noted;
    bool was_noted{};
};

struct Polls {
    std::map<PollId, PollItem> all;
    std::map<PersonId, PollVoter> voters;
    /// What each chose in the poll that is open.
    std::map<PersonId, std::vector<std::int64_t>> box;
    /// How many it has taken of the day in whose place it is held.
    std::int64_t taken{};
    /// In a rehearsal: the polls as they were before it.
    std::map<PollId, PollItem> before_rehearsal;
};

/// The poll that is open; null when none is.
const PollItem* open_poll(const Room&);

// ---- what is kept beside the steps

/// Of somebody who has answered the poll that is open; any other is passed over.
void put_in_box(Room&, const Ballot&);
/// The polls whose ballots go with this step: they end with it, or begin anew. Some of them never had any.
std::vector<PollId> emptied_by(const Step&);

/// The polls that were made and never opened, as they are made: what a day that is moved takes along.
std::vector<MakePoll> planned_polls(const Room&);

// ---- what the server brings in

/// A poll of the day in whose place this one is held; `place`: the how-manieth, from 1. They come in their order, and
/// again whenever the room is opened: what it has taken it does not take twice.
struct TakePoll {
    std::int64_t place{};
    MakePoll poll;
};

// ---- decisions

Decision decide(const Room&, const Context&, const TakePoll&);
Decision decide(const Room&, const Context&, const MakePoll&);
Decision decide(const Room&, const Context&, const ChangePoll&);
Decision decide(const Room&, const Context&, const OpenPoll&);
Decision decide(const Room&, const Context&, const AnswerPoll&);
Decision decide(const Room&, const Context&, const AnswerPollFor&);
Decision decide(const Room&, const Context&, const ClosePoll&);
Decision decide(const Room&, const Context&, const ShowPoll&);
Decision decide(const Room&, const Context&, const WithdrawPoll&);

class PollRule final : public Rule {
public:
    struct State {
        Polls polls;
    };
    using Events = PollEvents;
    using Inputs = boost::mp11::mp_list<TakePoll>;
    static constexpr std::array shows{ChangeKind::poll, ChangeKind::poll_answer};

    /// The people leave: what is open is closed, or with a rehearsal withdrawn.
    void add_phase_ends(const Room&, const Context&, Phase next, std::vector<Event>& out) const override;
    void note_phase_begins(Room&, const Context&) const override;
    /// An answer without a ballot: everyone is asked again. So it is only in a room that has just been loaded.
    void add_follows(const Room&, const Context&, std::vector<Event>& events) const override;
    /// As it was before the rehearsal.
    void clear(Room&, const Context&) const override;
    /// Only which polls it has taken of another day, so that it takes none of them again.
    void add_kept(const Room&, RoomCompacted& out) const override;
    void note_kept(Room&, const Context&, const RoomCompacted&) const override;

    void add_things(const Room&, const Viewer&, std::vector<ThingRef>& out) const override;
    std::optional<Change> see(const Room&, ThingRef, const Viewer&) const override;
    /// Who has answered.
    void add_personal_viewers(const Room&, ThingRef, std::vector<PersonId>& out) const override;
};

}  // namespace etakahvila::domain
