#include "people/own_page.hpp"

#include <algorithm>

#include "people/absences.hpp"
#include "people/cancelling.hpp"

namespace etakahvila::people {
namespace {

using protocol::AbsenceReason;

std::vector<PersonDay> all_days(const records::Database& database, const Invitation& invitation) {
    if (!invitation.person) return {};
    if (invitation.period) return days_of(database, *invitation.period, *invitation.person);
    if (!invitation.session) return {};
    auto day = day_of(database, *invitation.session, *invitation.person);
    return day ? std::vector{*std::move(day)} : std::vector<PersonDay>{};
}

/// Today's days and those to come.
std::vector<PersonDay> days_shown(const records::Database& database, const Invitation& invitation, UtcTime now) {
    auto days = all_days(database, invitation);
    std::erase_if(days, [&](const PersonDay& day) { return now >= day.closes_at(); });
    return days;
}

}  // namespace

protocol::OwnPageAnswer own_page(const records::Database& database, const Invitation& invitation, UtcTime now) {
    protocol::OwnPageAnswer page{.name = {}, .now = now, .days = {}, .help_phone = {}, .asks = {}, .supervisor = {}};
    if (!invitation.person) return page;
    const auto person = as_known_now(database, *invitation.person);
    if (auto details = person_details(database, person)) {
        page.name = std::move(details->name);
        page.supervisor = std::move(details->supervisor);
        page.asks = reasons_asked(database, details->decision_type);
    }
    for (auto& day : days_shown(database, invitation, now)) {
        const bool is_open = !day.cancelled && still_opens(database, invitation.id, day.session, now);
        if (!page.help_phone) page.help_phone = day.help_phone;
        page.days.push_back({.session = day.session,
            .theme = std::move(day.theme),
            .series = std::move(day.series),
            .starts_at = day.starts_at,
            .ends_at = day.ends_at,
            .is_today = day.is_on(now),
            .is_door_open = is_open,
            .cancelled = std::move(day.cancelled),
            .cannot_come = day.cannot_come,
            .reason = day.own_reason});
    }
    return page;
}

std::vector<PersonDay> cancelled_unseen(const records::Database& database, const Invitation& invitation, UtcTime now) {
    auto days = days_shown(database, invitation, now);
    std::erase_if(days, [&](const PersonDay& day) {
        return !day.cancelled || !is_cancelling_unseen(database, day.session, day.person);
    });
    return days;
}

std::optional<RefusalWord> tell_absence(
    records::Database& database, const Invitation& invitation, const protocol::OwnAbsenceBody& told, UtcTime now) {
    const auto days = all_days(database, invitation);
    const auto day = std::find_if(
        days.begin(), days.end(), [&](const auto& each) { return each.session == told.session; });
    if (day == days.end()) return RefusalWord::not_found;
    if (now >= day->ends_at || day->cancelled) return RefusalWord::not_now;
    if (!told.cannot_come) return set_absence(database, day->session, day->person, {});
    const auto details = person_details(database, as_known_now(database, *invitation.person));
    const auto asked = reasons_asked(database, details ? details->decision_type : std::nullopt);
    const bool is_right = told.reason ? std::find(asked.begin(), asked.end(), *told.reason) != asked.end()
                                      : asked.empty();
    if (!is_right) return RefusalWord::invalid;
    return set_absence(
        database, day->session, day->person, AbsenceNotice{.told_at = now, .note = {}, .reason = told.reason});
}

}  // namespace etakahvila::people
