#include "domain/room/viewer.hpp"

#include <boost/mp11/algorithm.hpp>

#include "domain/room/room.hpp"

namespace etakahvila::domain {

namespace {

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
