#include "domain/presence/nicknames.hpp"

#include <algorithm>
#include <set>

#include "domain/room/room.hpp"

namespace etakahvila::domain {
namespace {

/// From the person's own place in the plan's list on, and round; without those that somebody has, and those that look
/// like a name of the staff.
std::vector<std::string> free_for(const Room& room, const SessionPlan& plan, PersonId person) {
    auto names = plan.nicknames.value_or(std::vector<std::string>{});
    if (names.empty()) return names;
    const auto place = static_cast<std::size_t>(person.value) * nicknames_offered % names.size();
    std::rotate(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(place), names.end());
    std::set<std::string> taken;
    for (const auto& [someone, member] : room.presence.members) taken.insert(member.name);
    const auto reserved = staff_names(room);
    std::erase_if(names,
        [&](const auto& name) { return taken.contains(name) || text::clean_name(name, reserved).fault.has_value(); });
    return names;
}

}  // namespace

bool has_nickname(const Room& room, Role role) { return is_anonymous(room.session.plan) && !is_staff(role); }

std::vector<std::string> offered_nicknames(const Room& room, PersonId person) {
    if (!is_anonymous(room.session.plan)) return {};
    auto names = free_for(room, room.session.plan, person);
    names.resize(std::min(names.size(), nicknames_offered));
    return names;
}

text::CleanText free_nickname(const Room& room, std::string_view wanted) {
    auto name = text::clean_name(wanted, {});
    if (name.fault == RefusalWord::name_empty) return name;
    const auto free = free_for(room, room.session.plan, PersonId{});
    const bool is_free = !name.fault && std::find(free.begin(), free.end(), name.value) != free.end();
    if (!is_free) name.fault = RefusalWord::name_not_offered;
    return name;
}

void add_nicknames(const Room& room, const SessionPlan& plan, std::vector<Event>& out) {
    if (!is_anonymous(plan) || is_anonymous(room.session.plan)) return;
    std::set<std::string> given;
    for (const auto& [person, member] : room.presence.members) {
        if (is_staff(member.role)) continue;
        const auto free = free_for(room, plan, person);
        const auto name = std::find_if(
            free.begin(), free.end(), [&](const auto& each) { return !given.contains(each); });
        if (name == free.end()) continue;
        given.insert(*name);
        out.emplace_back(NameChanged{.person = person, .name = *name});
    }
}

}  // namespace etakahvila::domain
