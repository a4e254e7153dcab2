#include "house/session_plan.hpp"

#include "people/nicknames.hpp"
#include "people/work.hpp"

namespace etakahvila::house {

domain::SessionPlan plan_of(const people::SessionRecord& record, const std::vector<std::string>& site_word_list) {
    domain::SessionPlan plan{
        .session = record.id,
        .theme = record.theme,
        .series = record.series,
        .starts_at = record.starts_at,
        .ends_at = record.ends_at,
        .help_phone = record.help_phone,
        .agenda = record.agenda,
        .present_percent = record.settings.present_percent,
        .present_minutes = record.settings.present_minutes,
        .grace_seconds = record.settings.grace_seconds,
        .word_list = site_word_list,
        .staff_names = record.staff_names(),
        .roster = {},
        .voice = record.settings.voice,
        .many_listeners = record.settings.many_listeners,
        .feedback_closes_at = people::noon_of_next_day(record.starts_at),
    };
    if (record.way != protocol::SessionWay::room) {
        plan.way = record.way;
        plan.feedback_closes_at.reset();
    } else if (record.settings.doors_minutes > 0)
        plan.doors_minutes = record.settings.doors_minutes;
    if (record.settings.anonymous_among_participants) {
        plan.anonymous_among_participants = true;
        plan.nicknames = people::nicknames_for(record.roster);
    }
    plan.word_list.insert(plan.word_list.end(), record.settings.words.begin(), record.settings.words.end());
    for (const auto& entry : record.roster) {
        plan.roster.push_back({.person = entry.person,
            .role = entry.role,
            .decision_type = entry.decision_type,
            .duty = entry.duty,
            .excused = entry.is_excused});
    }
    return plan;
}

std::optional<domain::SessionPlan> plan_of(
    const records::Database& reader, protocol::SessionId session, const std::vector<std::string>& site_word_list) {
    const auto record = people::session_record(reader, session);
    if (!record) return std::nullopt;
    auto plan = plan_of(*record, site_word_list);
    for (const auto& each : people::assignments_of(reader, session)) {
        if (!plan.assignments) plan.assignments.emplace();
        plan.assignments->push_back(
            {.assignment = each.id, .item = each.item, .version = each.version, .minutes = each.minutes});
        plan.day_ends_at = people::end_of_day(plan.starts_at);
    }
    return plan;
}

}  // namespace etakahvila::house
