#pragma once

// A day without a room: how far a worker is with each of its people, and how the day ends (RULES.md). The room has no
// doors then, and its plan says which way the day is held. The words (task, note, what was agreed) are the records'.
//
//     to_call → called → doing → checked          excused: an absence was told, and nobody has answered
//          ↘ not_reached
//
// What is decided where the rules leave room:
// - Three calls without an answer, each a quarter of an hour or more after the one before, are `not_reached`, whatever
//   was agreed before. A second press within that time is the same call. Who answers later is `called` again, or at
//   their task when they have one (a worker gives it anew).
// - A call that is not answered after the task was checked changes nothing: what was checked stands.
// - A task may be given, and checked, without a noted call: that they were spoken to follows from it.
// - What was checked may be noted anew: other minutes. Another task on the same day comes after that was taken back.
// - What was done last is taken back, one act after the other, down to the first.
// - It is noted until the seal. After the close it makes another proposal; after the seal there are corrections.
// - Who comes to such a room as staff decides on its attendance, facilitators too: no moderator need be there.

#include <map>
#include <variant>

#include "domain/contact/events.hpp"
#include "domain/room/rule.hpp"
#include "domain/session/session.hpp"

namespace etakahvila::domain {

class Decision;

/// So long after a call without an answer the next one is another try.
inline constexpr Milliseconds next_try_after{15 * 60'000};
inline constexpr std::size_t tries_until_not_reached = 3;
/// Nobody is at a task for longer.
inline constexpr std::int64_t contact_seconds_max = 24 * 3'600;

struct Contacts {
    /// How it stands with each, and how it stood before each act that may still be taken back: the first, oldest.
    struct History {
        ContactNoted now;
        std::vector<ContactNoted> before;
    };
    std::map<PersonId, History> of;
};

// ---- what the server brings in

struct CallAnswered {};
struct CallUnanswered {};
struct TaskGiven {};
/// Not ready yet: they are asked again.
struct TaskNotReady {};
struct TaskChecked {
    std::int64_t seconds{};
    MarkSource source = MarkSource::phone;
};
/// What was done last.
struct ContactTakenBack {};
using ContactAct = std::variant<CallAnswered, CallUnanswered, TaskGiven, TaskNotReady, TaskChecked, ContactTakenBack>;

/// By a worker, who has read the row in this version; 0: nothing was noted.
struct NoteContact {
    PersonId by;
    PersonId person;
    std::int64_t version{};
    ContactAct act;
};
/// No more calls: each one's day is proposed.
struct CloseOutside {
    PersonId by;
};
/// An appointment was held, or the person did not come: what was noted, the close and the mark in one step.
struct HoldAppointment {
    PersonId person;
    /// Nothing: they did not come.
    std::int64_t seconds{};
    Mark mark{};
    /// With partial only.
    std::optional<std::int64_t> minutes;
    std::string reason;
    MarkSource source = MarkSource::phone;
    PersonId by;
};
/// It is not held, or was saved by mistake: until the seal.
struct TakeBackAppointment {
    PersonId by;
};
/// As seal_attendance by that person, who need not have a line. Without a version the day is signed as it stands.
struct SealOutside {
    PersonId by;
    std::optional<std::int64_t> version;
};

Decision decide(const Room&, const Context&, const NoteContact&);
Decision decide(const Room&, const Context&, const CloseOutside&);
Decision decide(const Room&, const Context&, const HoldAppointment&);
Decision decide(const Room&, const Context&, const TakeBackAppointment&);
Decision decide(const Room&, const Context&, const SealOutside&);

/// How it stands with somebody of the day. `instead`: had this been noted. Version 0: nothing was.
ContactNoted contact_of(const Room&, const RosterPerson&, const ContactNoted* instead = nullptr);

class ContactRule final : public Rule {
public:
    struct State {
        Contacts contacts;
    };
    using Events = ContactEvents;
    using Inputs = boost::mp11::mp_list<NoteContact, CloseOutside, HoldAppointment, TakeBackAppointment, SealOutside>;
    /// What is noted is asked for over HTTP; in the room its proposals are seen.
    static constexpr std::array<ChangeKind, 0> shows{};

    void clear(Room&, const Context&) const override;
    /// How it stands with each. Nothing can be taken back after the seal.
    void add_kept(const Room&, RoomCompacted& out) const override;
    void note_kept(Room&, const Context&, const RoomCompacted&) const override;
};

}  // namespace etakahvila::domain
