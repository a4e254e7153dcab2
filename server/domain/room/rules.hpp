#pragma once

// The rules of the room: the folder of each, and its place. This is the one list: the room, its
// events, its snapshots and its timers are made from it, in this order.

#include <boost/mp11/algorithm.hpp>

#include "domain/session/session.hpp"
#include "domain/agenda/agenda.hpp"
#include "domain/presence/presence.hpp"
#include "domain/floor/floor.hpp"
#include "domain/chat/chat.hpp"
#include "domain/help/help.hpp"
#include "domain/work/work.hpp"
#include "domain/contact/contact.hpp"
#include "domain/attendance/attendance.hpp"
#include "domain/poll/poll.hpp"
#include "domain/feedback/feedback.hpp"
#include "domain/turn_text/turn_text.hpp"
#include "domain/keeping/keeping.hpp"

namespace etakahvila::domain {

// clang-format off
using Rules = boost::mp11::mp_list<
    SessionRule,
    AgendaRule,
    PresenceRule,
    FloorRule,
    ChatRule,
    HelpRule,
    WorkRule,
    ContactRule,
    AttendanceRule,
    PollRule,
    FeedbackRule,
    TurnTextRule,
    KeepingRule>;
// clang-format on

template <class... EachRule>
constexpr bool are_rules(boost::mp11::mp_list<EachRule...>) {
    return (IsRule<EachRule> && ...);
}
static_assert(are_rules(Rules{}));

/// Calls `what` with each rule.
template <class What>
void for_each_rule(const What& what) {
    boost::mp11::mp_for_each<Rules>(what);
}

template <class... EachRule>
struct StatesOf : EachRule::State... {};
/// The state of each rule, as members of one struct.
using RuleStates = boost::mp11::mp_rename<Rules, StatesOf>;

template <class EachRule>
using EventsOf = typename EachRule::Events;
template <class EachRule>
using InputsOf = typename EachRule::Inputs;
/// What all rules name, in one list.
template <template <class> class NamedBy>
using OfAllRules = boost::mp11::mp_apply<boost::mp11::mp_append, boost::mp11::mp_transform<NamedBy, Rules>>;

}  // namespace etakahvila::domain
