#pragma once

// The feedback of a day (RULES.md): opened by the staff, closed by the house's clock. The answers are the records'
// (people/feedback.hpp), and nothing here or in the journal tells who has given one.
//
// What the rules leave open, decided here:
// - It is opened from the closing item of the agenda on, or from the last one where none closes; in the debrief, and
//   after the close. Once in a day: what was closed is not opened again.
// - Somebody was there who had a line, or a call with the staff, while the session was on. Whoever came when it was
//   over was not.
// - Staff note the feedback of who was on the phone, and of nobody else.
// - The room is told of the close when the house has counted, which may be when the room is opened next. Nobody
//   answers after closes_at, whatever the room knows.

#include "domain/feedback/events.hpp"
#include "domain/room/rule.hpp"

namespace etakahvila::domain {

class Decision;

/// Where fewer have answered, nothing is kept, and nothing shown.
inline constexpr std::int64_t feedback_answers_min = 5;

struct OpenedFeedback {
    UtcTime closes_at;
    /// How many answers are kept, when it is closed.
    std::optional<std::int64_t> count;
};

// ---- what the server brings in

/// It is past the time, and so many answers are kept.
struct EndFeedback {
    std::int64_t count{};
};

Decision decide(const Room&, const Context&, const OpenFeedback&);
Decision decide(const Room&, const Context&, const EndFeedback&);

// ---- what is asked of the room, and leaves no trace in it

/// Why the person may not answer now; nothing when they may. Whether they have answered the room does not know.
std::optional<RefusalWord> why_no_feedback(const Room&, PersonId, UtcTime now);
/// The same of staff who answer for somebody on the phone.
std::optional<RefusalWord> why_no_feedback_noted(const Room&, PersonId, UtcTime now);
/// How many were there, and may answer.
std::int64_t feedback_may_come_from(const Room&);

class FeedbackRule final : public Rule {
public:
    struct State {
        std::optional<OpenedFeedback> feedback;
    };
    using Events = FeedbackEvents;
    using Inputs = boost::mp11::mp_list<EndFeedback>;
    static constexpr std::array shows{ChangeKind::feedback};

    /// Nothing of it is ever in a rehearsal.
    void clear(Room&, const Context&) const override;
    void add_kept(const Room&, RoomCompacted& out) const override;
    void note_kept(Room&, const Context&, const RoomCompacted&) const override;

    void add_things(const Room&, const Viewer&, std::vector<ThingRef>& out) const override;
    std::optional<Change> see(const Room&, ThingRef, const Viewer&) const override;
};

}  // namespace etakahvila::domain
