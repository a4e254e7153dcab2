#include "programme/person_page.hpp"

#include <algorithm>

#include "people/words.hpp"
#include "text/text.hpp"

namespace etakahvila::programme {
namespace {

using people::Fault;
using people::FaultReason;
using people::local_date_text;
using people::RefusalWord;

std::vector<protocol::EnrolmentShown> shown(const std::vector<Enrolment>& enrolments) {
    std::vector<protocol::EnrolmentShown> all;
    all.reserve(enrolments.size());
    for (const auto& one : enrolments)
        all.push_back({.id = one.id,
            .package = one.package,
            .state = one.state,
            .first_day = one.first_day,
            .last_day = one.last_day,
            .kind = one.kind});
    return all;
}

/// Where a day takes who is not registered for it; nothing where it is none of theirs.
std::optional<SeriesPlace> place_on(
    const PeriodRules& rules, const std::vector<Enrolment>& enrolments, SeriesId series, const std::string& day) {
    std::optional<SeriesPlace> best;
    for (const auto& one : enrolments) {
        if (!one.holds_on(day)) continue;
        const auto place = place_of(rules, one.package, series, one.kind, day, one.choice_in(series));
        // A day that is over, and to which they were taken in later, was not theirs.
        if (place == SeriesPlace::not_in_package || place == SeriesPlace::room) continue;
        if (!best || place == SeriesPlace::phone_day) best = place;
    }
    return best;
}

/// No change of clocks is at midnight in Helsinki.
UtcTime midnight_of(const std::string& day) {
    return std::get<UtcTime>(people::utc_of(people::date_in(day).value(), people::ClockTime{}));
}

/// The period's days that are theirs, and in its time their meetings with a worker.
std::vector<protocol::SeasonDay> days_of(const records::Database& database, PeriodId period, PersonId person,
    const PeriodRules& rules, const std::vector<Enrolment>& enrolments) {
    std::vector<protocol::SeasonDay> days;
    auto rows = database.read(
        std::string{people::they_sql} +
            "SELECT s.id, s.series, s.theme, s.starts_at, s.ends_at, c.session IS NOT NULL, "
            "r.person IS NOT NULL, r.absence_told_at, r.absence_reason, r.absence_note, "
            "r.absence_told_by, a.kind FROM sessions s LEFT JOIN cancelled_sessions c ON c.session = s.id "
            "LEFT JOIN registrations r ON r.session = s.id AND r.person IN (SELECT id FROM they) "
            "LEFT JOIN appointments a ON a.session = s.id "
            "WHERE s.period = ? OR (a.session IS NOT NULL AND r.person IS NOT NULL AND s.starts_at >= ? AND "
            "s.starts_at < ?) ORDER BY s.starts_at, s.id",
        person, period, midnight_of(rules.first_day), people::end_of_day(midnight_of(rules.last_day)));
    while (rows.next()) {
        const auto series = rows.get<SeriesId>(1);
        const auto starts_at = rows.get<UtcTime>(3);
        const auto place = rows.get<bool>(6) ? std::optional{SeriesPlace::room}
                                             : place_on(rules, enrolments, series, local_date_text(starts_at));
        if (!place) continue;
        protocol::SeasonDay day{.session = rows.get<SessionId>(0),
            .series = series,
            .theme = rows.text(2),
            .starts_at = starts_at,
            .ends_at = rows.get<UtcTime>(4),
            .phase = rows.get<bool>(5) ? protocol::Phase::cancelled : protocol::Phase::planned,
            .place = *place,
            .appointment = rows.get<std::optional<protocol::AppointmentKind>>(11)};
        if (const auto told_at = rows.get<std::optional<UtcTime>>(7))
            day.absence = protocol::AbsenceShown{.reason = rows.get<std::optional<protocol::AbsenceReason>>(8),
                .note = rows.text_or_none(9),
                .told_by = rows.text_or_none(10).value_or(""),
                .told_at = *told_at};
        // Under both of their ids they are there once.
        if (days.empty() || days.back().session != day.session) days.push_back(std::move(day));
    }
    return days;
}

/// A day by phone in place of the period's: its session, and what was told of it. Until it is made, the period's stands
/// for it.
void show_phone_days(
    const records::Database& database, PeriodId period, PersonId person, std::vector<protocol::SeasonDay>& days) {
    auto rows = database.read(
        std::string{people::they_sql} +
            "SELECT o.day, o.session, c.session IS NOT NULL, r.absence_told_at, r.absence_reason, r.absence_note, "
            "r.absence_told_by FROM outside_days o JOIN registrations r ON r.session = o.session LEFT JOIN "
            "cancelled_sessions c ON c.session = o.session WHERE r.person IN (SELECT id FROM they) AND o.period = ?",
        person, period);
    while (rows.next()) {
        const auto found = std::find_if(days.begin(), days.end(), [&](const protocol::SeasonDay& day) {
            return day.place == SeriesPlace::phone_day && local_date_text(day.starts_at) == rows.view(0);
        });
        if (found == days.end()) continue;
        found->session = rows.get<SessionId>(1);
        found->phase = rows.get<bool>(2) ? protocol::Phase::cancelled : protocol::Phase::planned;
        if (const auto told_at = rows.get<std::optional<UtcTime>>(3))
            found->absence = protocol::AbsenceShown{.reason = rows.get<std::optional<protocol::AbsenceReason>>(4),
                .note = rows.text_or_none(5),
                .told_by = rows.text_or_none(6).value_or(""),
                .told_at = *told_at};
    }
}

/// The day that is asked for, within the period; today where none is.
std::string day_asked(
    const PeriodRules& rules, const std::optional<std::string>& written, UtcTime now, std::vector<Fault>& faults) {
    const auto tidied = written ? people::tidy(*written).value_or("?") : "";
    if (tidied.empty()) return rules.day_within(local_date_text(now));
    const auto day = day_in(tidied);
    if (!day) faults.push_back({.reason = FaultReason::date_unclear, .value = written});
    return day.value_or("");
}

}  // namespace

std::optional<protocol::PersonShown> person_page(
    const records::Database& database, PeriodId period, PersonId person, UtcTime now) {
    const auto rules = rules_of(database, period);
    const auto details = people::person_details(database, person);
    if (!rules || !details || !is_in_period(database, period, person)) return std::nullopt;
    const auto enrolments = enrolments_of(database, period, person);
    std::vector<const Enrolment*> all;
    all.reserve(enrolments.size());
    for (const auto& one : enrolments) all.push_back(&one);
    const auto today = local_date_text(now);
    protocol::PersonShown page{.person = person,
        .name = details->name,
        .decision_type = details->decision_type,
        .supervisor = details->supervisor,
        .phone = details->phone,
        .email = details->email,
        .needs = details->needs,
        .best_time = details->best_time,
        .enrolments = shown(enrolments),
        .places = places_of(*rules, *enrolment_of_day(all, today), today),
        .days = days_of(database, period, person, *rules, enrolments)};
    show_phone_days(database, period, person, page.days);
    {
        auto row = database.read("SELECT sms_allowed, needs_shown FROM people WHERE id = ?", person);
        if (row.next()) {
            page.sms_allowed = row.get<bool>(0);
            page.needs_shown = row.get<bool>(1);
        }
    }
    const auto links = links_of(database, period, now, person);
    if (const auto link = links.find(person); link != links.end()) {
        page.link = link->second.standing;
        page.link_at = link->second.at;
        page.link_until = link->second.until;
    }
    return page;
}

bool is_in_period(const records::Database& database, PeriodId period, PersonId person) {
    return database.has("SELECT 1 FROM enrolments WHERE period = ? AND person = ?", period, person);
}

std::variant<Changed, RefusalWord> change_details(
    records::Database& database, PeriodId period, PersonId person, DetailsChange change, UtcTime now) {
    const auto rules = rules_of(database, period);
    const auto before = people::person_details(database, person);
    if (!rules || !before || !is_in_period(database, period, person)) return RefusalWord::not_found;
    Changed done{.faults = people::tidy_details(change.details)};
    const auto& kind = change.details.decision_type;
    if (kind && !rules->kinds.contains(*kind))
        done.faults.push_back({.reason = FaultReason::decision_type_unclear, .value = kind});
    const auto from = day_asked(*rules, change.decision_from, now, done.faults);
    if (!done.faults.empty()) return done;

    records::Unit unit{database};
    people::update_person(database, person, change.details);
    database.write("UPDATE people SET sms_allowed = ?, needs_shown = ? WHERE id = ?", change.sms_allowed,
        change.needs_shown, person);
    database.write("UPDATE enrolments SET supervisor = ? WHERE person = ? AND last_day >= ?", change.details.supervisor,
        person, local_date_text(now));
    if (kind != before->decision_type) change_kind(database, person, kind, from, now);
    done.sessions = bring_in_line_everywhere(database, person, now);
    unit.keep();
    return done;
}

std::variant<Changed, RefusalWord> change_enrolment(records::Database& database, PeriodId period, PersonId person,
    const protocol::EnrolmentBody& body, std::string_view by, UtcTime now) {
    const auto rules = rules_of(database, period);
    if (!rules || !is_in_period(database, period, person)) return RefusalWord::not_found;
    if (body.package && !rules->packages.contains(*body.package)) return RefusalWord::not_found;
    for (const auto& choice : body.choices) {
        if (!rules->series.contains(choice.series)) return RefusalWord::not_found;
    }
    Changed done;
    const auto asked = day_asked(*rules, body.day, now, done.faults);
    if (!done.faults.empty()) return done;
    if (body.package && (asked < rules->first_day || asked > rules->last_day)) {
        done.faults.push_back({.reason = FaultReason::day_outside_period, .value = body.day});
        return done;
    }
    const auto& day = asked;
    const auto enrolments = enrolments_of(database, period, person);
    const bool is_left = std::any_of(
        enrolments.begin(), enrolments.end(), [&](const auto& one) { return one.is_left_on(day); });
    if (!is_left) return RefusalWord::not_now;

    records::Unit unit{database};
    if (body.package)
        move_to_package(database, period, person, *body.package, day, now);
    else if (body.is_withdrawn.value_or(false))
        withdraw_enrolments(database, period, person, day);
    else
        end_enrolments(database, period, person, day, local_date_text(now));
    for (const auto& choice : body.choices) {
        std::optional<std::string> reason;
        if (choice.choice == EligibilityChoice::allow) {
            const auto tidied = tidy_reason(choice.reason.value_or(""));
            if (const auto* word = std::get_if<RefusalWord>(&tidied)) {
                done.faults.push_back(
                    {.reason = *word == RefusalWord::text_too_long ? FaultReason::too_long : FaultReason::not_allowed,
                        .value = "reason"});
                return done;
            }
            reason = std::get<std::string>(tidied);
        }
        keep_choice(database, period, person, choice.series, day,
            {.choice = choice.choice, .reason = reason, .by = std::string{by}, .at = now});
    }
    done.sessions = bring_registrations_in_line(database, period, now, person);
    unit.keep();
    return done;
}

std::variant<Changed, RefusalWord> allow_series(records::Database& database, PeriodId period, PersonId person,
    SeriesId series, const std::optional<std::string>& reason, std::string_view by, UtcTime now) {
    const auto rules = rules_of(database, period);
    if (!rules) return RefusalWord::not_found;
    const auto today = rules->day_within(local_date_text(now));
    const auto enrolments = enrolments_of(database, period, person);
    const bool has_series = std::any_of(enrolments.begin(), enrolments.end(), [&](const Enrolment& one) {
        const auto package = rules->packages.find(one.package);
        return one.is_left_on(today) && package != rules->packages.end() && package->second.parts.contains(series);
    });
    if (!has_series) return RefusalWord::not_found;
    records::Unit unit{database};
    if (reason) {
        const auto tidied = tidy_reason(*reason);
        if (const auto* word = std::get_if<RefusalWord>(&tidied)) return *word;
        keep_choice(database, period, person, series, today,
            {.choice = EligibilityChoice::allow,
                .reason = std::get<std::string>(tidied),
                .by = std::string{by},
                .at = now});
    } else {
        take_back_allowed(database, period, person, series, today);
    }
    Changed done{.sessions = bring_registrations_in_line(database, period, now, person)};
    unit.keep();
    return done;
}

std::variant<std::string, RefusalWord> tidy_reason(std::string_view reason) {
    auto clean = text::clean_one_line(reason, reason_code_points_max);
    if (clean.fault) return *clean.fault;
    return std::move(clean.value);
}

std::optional<std::string> day_in(std::string_view written) {
    const auto day = people::date_in(written);
    return day ? std::optional{people::day_text(*day)} : std::nullopt;
}

}  // namespace etakahvila::programme
