#include "api/roster.hpp"

#include "domain/attendance/attendance.hpp"
#include "people/sessions.hpp"

namespace etakahvila::api {

using protocol::PersonId;

Roster::Roster(const records::Database& reader, protocol::SessionId session, base::UtcTime now, const Caller& caller) {
    const bool is_anonymous = people::is_anonymous(reader, session);
    for (auto& one : people::people_of(reader, session, now)) {
        if (is_anonymous && !domain::is_staff(one.role) && !caller.knows_name_of(one.details)) one.details.name.clear();
        if (one.absence && !caller.knows_reasons_of(one.details))
            one.absence = people::AbsenceNotice{.told_at = one.absence->told_at, .note = {}, .reason = {}};
        people_.emplace(one.person, std::move(one));
    }
}

const people::SessionPerson* Roster::find(PersonId person) const {
    const auto found = people_.find(person);
    return found == people_.end() ? nullptr : &found->second;
}

std::string Roster::name(PersonId person) const {
    const auto* known = find(person);
    return known == nullptr ? std::string{} : known->details.name;
}

const std::optional<std::string>& Roster::supervisor(PersonId person) const {
    static const std::optional<std::string> none;
    const auto* known = find(person);
    return known == nullptr ? none : known->details.supervisor;
}

std::vector<PersonId> Roster::participants() const {
    std::vector<PersonId> ids;
    for (const auto& [person, one] : people_) {
        if (one.role == protocol::Role::participant) ids.push_back(person);
    }
    return ids;
}

void Roster::add_to(reports::ReportedPeople& people) const {
    for (const auto& [person, one] : people_)
        people.insert_or_assign(
            person, reports::ReportedPerson{.name = one.details.name, .supervisor = one.details.supervisor});
}

void Roster::keep_own(
    reports::DayRecord& record, CallerRoles roles, const std::vector<std::string>& supervisor_keys) const {
    if (roles.has_any(who_see_all)) return;
    reports::keep_rows(record, [&](const reports::RecordedRow& row) {
        const auto* known = find(row.person);
        return record.sealed_at && known != nullptr && people::is_supervised_by(known->details, supervisor_keys);
    });
}

void Roster::hide_decisions(reports::DayRecord& record, const Caller& caller) const {
    for (auto& row : record.lines) {
        const auto* known = find(row.person);
        if (caller.knows_decision_of(known == nullptr ? people::PersonDetails{} : known->details)) continue;
        row.decision_type.reset();
        row.decision_name.reset();
        row.why = domain::without_decision(std::move(row.why));
    }
}

}  // namespace etakahvila::api
