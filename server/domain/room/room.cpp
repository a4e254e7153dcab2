#include "domain/room/room.hpp"

#include <algorithm>

#include <boost/mp11/algorithm.hpp>

#include "domain/room/permission.hpp"

namespace etakahvila::domain {
namespace {

Decision decide_input(const Room& room, const Context& context, const MemberCommand& sent) {
    const auto* member = room.member(sent.actor.person);
    if (member == nullptr || member->presence == PresenceState::removed) return RefusalWord::removed;
    const auto word = has_no_room(room.session.plan)
                          ? why_not_without_room(sent.actor.role, sent.command, room.session.phase)
                          : why_not(sent.actor.role, sent.command, room.session.phase);
    if (word) return *word == RefusalWord::not_now && is_compacted(room) ? RefusalWord::over : *word;
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

constexpr auto kinds = names_of(ChangeKind{}).size();

/// By which rule each kind is seen. Does not compile unless that is one.
template <class... EachRule>
consteval auto rule_of_each_kind(boost::mp11::mp_list<EachRule...>) {
    constexpr auto of_none = sizeof...(EachRule);
    std::array<std::size_t, kinds> rule_of{};
    rule_of.fill(of_none);
    std::size_t index = 0;
    const auto take = [&](auto shows) {
        for (const ChangeKind kind : shows) {
            auto& place = rule_of[static_cast<std::size_t>(kind)];
            if (place != of_none) throw "two rules show things of one kind";
            place = index;
        }
        ++index;
    };
    (take(EachRule::shows), ...);
    for (const auto rule : rule_of) {
        if (rule == of_none) throw "no rule shows things of one of the kinds";
    }
    return rule_of;
}

constexpr auto rule_of = rule_of_each_kind(Rules{});

template <class What>
auto with_rule_of(ChangeKind kind, const What& what) {
    return boost::mp11::mp_with_index<boost::mp11::mp_size<Rules>::value>(rule_of[static_cast<std::size_t>(kind)],
        [&](auto index) { return what(boost::mp11::mp_at<Rules, decltype(index)>{}); });
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
        step.ballot = decision.ballot();
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
    if (step.ballot) put_in_box(room, *step.ballot);
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

// ----------------------------------------------------------------------------------- what is seen

std::optional<Change> see(const Room& room, ThingRef thing, const Viewer& viewer) {
    return with_rule_of(thing.kind, [&](const auto& rule) { return rule.see(room, thing, viewer); });
}

void add_personal_viewers(const Room& room, ThingRef thing, std::vector<PersonId>& out) {
    with_rule_of(thing.kind, [&](const auto& rule) { rule.add_personal_viewers(room, thing, out); });
}

std::vector<Change> snapshot(const Room& room, const Viewer& viewer) {
    std::vector<ThingRef> things;
    for_each_rule([&](const auto& rule) { rule.add_things(room, viewer, things); });
    std::vector<Change> seen;
    seen.reserve(things.size());
    for (const auto thing : things) {
        auto change = see(room, thing, viewer);
        if (change && !std::holds_alternative<Dropped>(*change)) seen.push_back(std::move(*change));
    }
    return seen;
}

std::vector<Change> changes_since(const Room& room, Seq since, const Viewer& viewer) {
    std::vector<Change> seen;
    auto things = room.changes.since(since, viewer.audience);
    for_each_rule([&](const auto& rule) { rule.leave_out_old(room, since, viewer, things); });
    for (const auto thing : things) {
        if (auto change = see(room, thing, viewer)) seen.push_back(std::move(*change));
    }
    return seen;
}

}  // namespace etakahvila::domain
