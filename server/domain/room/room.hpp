#pragma once

// The room: a value. It is told what is asked and when, decides, and changes only by events.
// No clock, no dice, no I/O, no threads in here or below.

#include <map>
#include <unordered_map>

#include "domain/room/change_log.hpp"
#include "domain/room/decision.hpp"

namespace etakahvila::domain {

/// A command of a member.
struct MemberCommand {
    Actor actor;
    /// The client's id for the command; not empty.
    std::string command_id;
    Command command;
};
/// Time has passed: what is due by the stamp is done.
struct TimePasses {};
/// These two, and what the rules take from the server.
using Input = boost::mp11::mp_rename<
    boost::mp11::mp_append<boost::mp11::mp_list<MemberCommand, TimePasses>, OfAllRules<InputsOf>>, std::variant>;

/// What became of a command, kept for the whole session and told again for a repeat.
struct Outcome {
    Seq seq{};
    std::optional<Refusal> refusal;
};

/// The state of each rule (rules.hpp), and what is of no rule.
struct Room : RuleStates {
    Seq seq{};
    Stamp now;
    ChangeLog changes;
    std::map<PersonId, std::unordered_map<std::string, Outcome>> outcomes;

    /// Called by the rules' apply: the thing looks different after this step.
    void touch(const Context& context, ChangeKind kind, std::int64_t id = 0) { changes.touch(context.seq, {kind, id}); }
    template <class Tag>
    void touch(const Context& context, ChangeKind kind, base::Id<Tag> id) {
        touch(context, kind, id.value);
    }
    /// To the staff alone.
    template <class Tag>
    void touch_for_staff(const Context& context, ChangeKind kind, base::Id<Tag> id) {
        changes.touch(context.seq, {kind, id.value}, Audience::staff);
    }

    const Member* member(PersonId person) const { return presence.find(person); }
};

/// Nothing of the rule's state stays; all that was shown of it is told anew.
template <class EachRule>
void clear_all(Room& room, const Context& context, const EachRule& rule) {
    std::vector<ThingRef> things;
    rule.add_things(room, Viewer{.audience = Audience::staff, .person = {}}, things);
    static_cast<typename EachRule::State&>(room) = {};
    for (const auto thing : things) room.touch(context, thing.kind, thing.id);
}

/// The outcome of an earlier command with the same id of the same member.
const Outcome* earlier_outcome(const Room&, PersonId, const std::string& command_id);

/// Decides without changing anything. The step has seq room.seq + 1. It has no events and no
/// refusal when there is nothing to be done (a timer that is not due), and is then not kept.
Step decide(const Room&, const Input&, const Stamp&);

/// Takes a step that was decided on this very state, or read back from the journal. Never fails.
void apply(Room&, const Step&);

/// When TimePasses will next have something to do.
std::optional<RoomTime> next_due(const Room&);

/// Whether a step changes nothing and answers nobody.
inline bool is_empty(const Step& step) { return step.events.empty() && !step.refusal && !step.member; }

// ---- what is seen

/// How the thing looks to the viewer now; Dropped when it is no longer there for them, or no
/// longer there at all; nothing when they neither see it nor ever did.
std::optional<Change> see(const Room& room, ThingRef thing, const Viewer& viewer);

/// Those to whom the thing looks otherwise than to the rest of their audience: the author of a
/// held message, the person who asked for help. Added to `out`.
void add_personal_viewers(const Room& room, ThingRef thing, std::vector<PersonId>& out);

/// All that a newcomer is shown, as they may see it; of the messages the newest
/// `messages_shown_max`.
std::vector<Change> snapshot(const Room& room, const Viewer& viewer);

/// What changed after step `since`, as the viewer may see it now. snapshot(s) and then
/// changes_since(s) shows what snapshot now shows. Of the messages made meanwhile, those that a
/// newcomer is shown.
std::vector<Change> changes_since(const Room& room, Seq since, const Viewer& viewer);

}  // namespace etakahvila::domain
