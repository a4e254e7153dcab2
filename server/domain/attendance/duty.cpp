// What a decision makes of taking part. Rules ask this, and never which kind of decision it is.

#include <algorithm>

#include "domain/room/room.hpp"

namespace etakahvila::domain {

std::optional<Duty> duty_of(const std::optional<std::string>& decision_type, std::optional<Duty> duty) {
    if (duty || !decision_type) return duty;
    return *decision_type == "social_rehabilitation" ? Duty::own_will : Duty::obligatory;
}

bool is_of_own_will(const ProposedRow& row) { return duty_of(row.decision_type, row.duty) == Duty::own_will; }

void keep_duties_of_day(const Room& room, SessionPlan& plan) {
    if (room.session.phase != Phase::closed && room.session.phase != Phase::sealed) return;
    const auto& roster = room.session.plan.roster;
    for (auto& person : plan.roster) {
        const auto before = std::find_if(
            roster.begin(), roster.end(), [&](const auto& each) { return each.person == person.person; });
        if (before != roster.end() && before->decision_type == person.decision_type) person.duty = before->duty;
    }
}

}  // namespace etakahvila::domain
