#include "people/own_page.hpp"

#include <algorithm>
#include <iterator>

#include "people/absences.hpp"
#include "people/cancelling.hpp"
#include "people/work.hpp"

namespace etakahvila::people {
namespace {

using protocol::AbsenceReason;

/// By a link of the season also the meetings with their worker.
std::vector<PersonDay> all_days(const records::Database& database, const Invitation& invitation, UtcTime now) {
    if (!invitation.person) return {};
    if (invitation.period) {
        auto days = all_days_of(database, *invitation.period, *invitation.person);
        auto meetings = agreed_appointments(database, *invitation.person, local_date_text(now));
        std::move(meetings.begin(), meetings.end(), std::back_inserter(days));
        std::stable_sort(days.begin(), days.end(),
            [](const PersonDay& one, const PersonDay& other) { return one.starts_at < other.starts_at; });
        return days;
    }
    if (!invitation.session) return {};
    auto day = day_of(database, *invitation.session, *invitation.person);
    return day ? std::vector{*std::move(day)} : std::vector<PersonDay>{};
}

/// Today's days and those to come.
std::vector<PersonDay> days_shown(const records::Database& database, const Invitation& invitation, UtcTime now) {
    auto days = all_days(database, invitation, now);
    std::erase_if(days, [&](const PersonDay& day) { return now >= day.closes_at(); });
    return days;
}

/// Days that were and whose assignment is kept, but for the one that the link is of.
std::vector<protocol::PastDay> past_days(const records::Database& database, const Invitation& invitation, UtcTime now) {
    std::vector<protocol::PastDay> past;
    if (!invitation.period) return past;
    for (auto& day : all_days(database, invitation, now)) {
        if (now < day.ends_at || day.session == invitation.session) continue;
        const auto own = own_work(database, day.session, day.person, now);
        if (own.work.empty()) continue;
        protocol::PastDay shown{.session = day.session, .theme = std::move(day.theme), .starts_at = day.starts_at};
        for (const auto& each : own.work) {
            if (!each.submission || each.submission->answers.empty()) continue;
            shown.is_answered = true;
            if (each.submission->state == protocol::WorkState::sent) shown.is_unread = true;
        }
        past.push_back(std::move(shown));
    }
    std::reverse(past.begin(), past.end());
    return past;
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
        const bool is_room = day.way == protocol::SessionWay::room;
        const bool is_open = is_room && !day.cancelled && still_opens(database, invitation.id, day.session, now);
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
            .reason = day.own_reason,
            .way = is_room ? std::nullopt : std::optional{day.way},
            .appointment = day.appointment,
            .place = std::move(day.place)});
    }
    if (auto past = past_days(database, invitation, now); !past.empty()) page.past = std::move(past);
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
    const auto days = all_days(database, invitation, now);
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
