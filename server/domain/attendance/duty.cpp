// What a decision makes of taking part. Rules ask this, and never which kind of decision it is.

#include <algorithm>

#include "domain/room/room.hpp"

namespace etakahvila::domain {

std::optional<Duty> duty_of(const std::optional<std::string>& decision_type, std::optional<Duty> duty) {
    if (duty || !decision_type) return duty;
    return *decision_type == "social_rehabilitation" ? Duty::own_will : Duty::obligatory;
}

bool is_of_own_will(const ProposedRow& row) { return duty_of(row.decision_type, row.duty) == Duty::own_will; }

std::vector<ProposalReason> without_decision(std::vector<ProposalReason> why) {
    const auto found = std::find(why.begin(), why.end(), ProposalReason::own_will);
    if (found == why.end()) return why;
    // Of an absence that was told nobody is told that there was no connection.
    if (std::find(why.begin(), why.end(), ProposalReason::absence_told) != why.end())
        why.erase(found);
    else
        *found = ProposalReason::never_connected;
    return why;
}

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
