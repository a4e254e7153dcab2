#include "domain/room/room.hpp"

#include <algorithm>

#include "domain/room/permission.hpp"

namespace etakahvila::domain {
namespace {

Decision decide_input(const Room& room, const Context& context, const MemberCommand& sent) {
    const auto* member = room.member(sent.actor.person);
    if (member == nullptr || member->presence == PresenceState::removed) return RefusalWord::removed;
    if (const auto word = why_not(sent.actor.role, sent.command, room.session.phase)) return *word;
    return std::visit([&](const auto& command) { return decide(room, context, command); }, sent.command);
}

Decision decide_input(const Room& room, const Context& context, const TimePasses&) {
    std::vector<Event> due;
    for_each_rule([&](const auto& rule) { rule.add_due(room, context.stamp, due); });
    return due;
}

template <class RuleInput>
Decision decide_input(const Room& room, const Context& context, const RuleInput& input) {
    return decide(room, context, input);
}

Actor actor_of(const Input& input) {
    if (const auto* sent = std::get_if<MemberCommand>(&input)) return sent->actor;
    return {};
}

Context context_of(const Step& step, const Room& room) {
    Context context{.actor = {}, .stamp = step.stamp, .seq = step.seq, .command_id = {}};
    if (step.member) {
        context.actor.person = *step.member;
        if (const auto* member = room.member(*step.member)) context.actor.role = member->role;
    }
    return context;
}

}  // namespace

const Outcome* earlier_outcome(const Room& room, PersonId person, const std::string& command_id) {
    const auto member = room.outcomes.find(person);
    if (member == room.outcomes.end()) return nullptr;
    const auto outcome = member->second.find(command_id);
    return outcome == member->second.end() ? nullptr : &outcome->second;
}

Step decide(const Room& room, const Input& input, const Stamp& stamp) {
    Step step{.seq = room.seq + 1, .stamp = stamp, .member = {}, .command = {}, .refusal = {}, .events = {}};
    // The room's clock never goes back, whoever hands in the time.
    step.stamp.at = std::max(stamp.at, room.now.at);
    if (const auto* sent = std::get_if<MemberCommand>(&input)) {
        step.member = sent->actor.person;
        step.command = sent->command_id;
    }
    const Context context{.actor = actor_of(input), .stamp = step.stamp, .seq = step.seq, .command_id = step.command};
    const auto decision = std::visit([&](const auto& chosen) { return decide_input(room, context, chosen); }, input);
    step.refusal = decision.refusal();
    if (!step.refusal) {
        step.events = decision.events();
        for_each_rule([&](const auto& rule) { rule.add_follows(room, context, step.events); });
    }
    return step;
}

void apply(Room& room, const Step& step) {
    room.seq = step.seq;
    room.now = step.stamp;
    const auto context = context_of(step, room);
    for (const auto& event : step.events)
        std::visit([&](const auto& happened) { apply(room, context, happened); }, event.any());
    if (step.member && !step.command.empty())
        room.outcomes[*step.member].try_emplace(step.command, Outcome{step.seq, step.refusal});
}

std::optional<RoomTime> next_due(const Room& room) {
    std::optional<RoomTime> next;
    for_each_rule([&](const auto& rule) {
        const auto due = rule.next_due(room);
        if (due && (!next || *due < *next)) next = due;
    });
    return next;
}

}  // namespace etakahvila::domain
