#include "programme/season_people.hpp"

#include "people/mail_queue.hpp"
#include "people/names.hpp"

namespace etakahvila::programme {

std::vector<PlaceInSeries> places_of(const PeriodRules& rules, const Enrolment& enrolment, const std::string& day) {
    const auto& held = std::clamp(day, enrolment.first_day, std::max(enrolment.first_day, enrolment.last_day));
    std::vector<PlaceInSeries> places;
    for (const auto series : rules.rotation) {
        PlaceInSeries place{.series = series,
            .place = place_of(rules, enrolment.package, series, enrolment.kind, held, enrolment.choice_in(series))};
        const auto kept = enrolment.choices.find(series);
        const bool is_allowed = kept != enrolment.choices.end() && kept->second.choice == EligibilityChoice::allow &&
                                place.place == SeriesPlace::room && !may_attend(rules, series, enrolment.kind, held);
        if (is_allowed) {
            place.allowed_because = kept->second.reason.value_or("");
            place.allowed_by = kept->second.by;
            place.allowed_at = kept->second.at;
        }
        places.push_back(std::move(place));
    }
    return places;
}

const Enrolment* enrolment_of_day(const std::vector<const Enrolment*>& enrolments, const std::string& day) {
    const Enrolment* next = nullptr;
    const Enrolment* last = nullptr;
    const Enrolment* withdrawn = nullptr;
    for (const auto* one : enrolments) {
        if (one->state == EnrolmentState::withdrawn)
            withdrawn = one;
        else if (one->first_day <= day && one->last_day >= day)
            return one;
        else if (one->first_day > day && next == nullptr)
            next = one;
        else if (last == nullptr || last->last_day <= one->last_day)
            last = one;
    }
    return next != nullptr ? next : last != nullptr ? last : withdrawn;
}

std::map<PersonId, LinkOfSeason> links_of(
    const records::Database& database, PeriodId period, UtcTime now, std::optional<PersonId> person) {
    const auto ask = [&](std::string sql, const auto&... values) {
        sql += person ? " AND person = ? ORDER BY id" : " ORDER BY id";
        return person ? database.read(sql, values..., *person) : database.read(sql, values...);
    };
    struct Letter {
        std::optional<people::MailState> state;
        UtcTime queued_at;
        std::optional<UtcTime> sent_at;
    };
    std::map<PersonId, Letter> newest;
    {
        auto rows = ask(
            "SELECT person, state, made_at, sent_at FROM mails WHERE period = ? AND what = 'invitation'", period);
        while (rows.next())
            newest[rows.get<PersonId>(0)] = {rows.get<std::optional<people::MailState>>(1), rows.get<UtcTime>(2),
                rows.get<std::optional<UtcTime>>(3)};
    }
    std::map<PersonId, LinkOfSeason> links;
    for (const auto& [whose, letter] : newest) {
        if (letter.state == people::MailState::failed)
            links[whose] = {.standing = LinkStanding::failed, .at = letter.queued_at};
    }
    auto rows = ask(
        "SELECT person, made_at, told_at, expires FROM invitations WHERE period = ? AND revoked_at IS NULL AND expires "
        "> ?",
        period, now);
    while (rows.next()) {
        const auto whose = rows.get<PersonId>(0);
        const auto made_at = rows.get<UtcTime>(1);
        const auto told_at = rows.get<std::optional<UtcTime>>(2);
        const auto letter = newest.find(whose);
        auto& link = links[whose];
        link.until = rows.get<UtcTime>(3);
        if (told_at) {
            link.standing = LinkStanding::told;
            link.at = told_at;
        } else if (letter != newest.end() && letter->second.sent_at && *letter->second.sent_at >= made_at) {
            link.standing = LinkStanding::mailed;
            link.at = letter->second.sent_at;
        } else if (link.standing != LinkStanding::failed) {
            link.standing = LinkStanding::made;
            link.at = made_at;
        }
    }
    return links;
}

std::optional<std::vector<protocol::SeasonPerson>> season_people(
    const records::Database& database, PeriodId period, UtcTime now) {
    const auto rules = rules_of(database, period);
    if (!rules) return std::nullopt;
    const auto enrolments = enrolments_of(database, period);
    std::map<PersonId, std::vector<const Enrolment*>> theirs;
    for (const auto& one : enrolments) theirs[one.person].push_back(&one);
    const auto links = links_of(database, period, now);
    const auto today = people::local_date_text(now);

    std::vector<protocol::SeasonPerson> listed;
    listed.reserve(theirs.size());
    auto rows = database.read(
        "SELECT id, name, supervisor, email IS NOT NULL, phone IS NOT NULL FROM people WHERE id IN (SELECT person FROM "
        "enrolments WHERE period = ?)",
        period);
    while (rows.next()) {
        const auto whose = rows.get<PersonId>(0);
        const auto* enrolment = enrolment_of_day(theirs.at(whose), today);
        protocol::SeasonPerson person{.person = whose,
            .name = rows.text(1),
            .supervisor = rows.text_or_none(2),
            .kind = enrolment->kind,
            .package = enrolment->package,
            .state = enrolment->state,
            .first_day = enrolment->first_day,
            .last_day = enrolment->last_day,
            .places = places_of(*rules, *enrolment, today),
            .has_email = rows.get<bool>(3),
            .has_phone = rows.get<bool>(4)};
        // Whoever goes on, of another kind or in another package, has not ended.
        for (const auto* one : theirs.at(whose)) {
            if (!one->is_left_on(today)) continue;
            person.state = one->state;
            person.last_day = one->last_day;
        }
        if (const auto link = links.find(whose); link != links.end()) {
            person.link = link->second.standing;
            person.link_at = link->second.at;
        }
        listed.push_back(std::move(person));
    }
    people::sort_in_finnish_order(listed, [](const auto& one) -> const std::string& { return one.name; });
    return listed;
}

}  // namespace etakahvila::programme
