#include "reports/invitation_letter.hpp"

#include <algorithm>

#include "domain/room/context.hpp"
#include "people/local_time.hpp"

namespace etakahvila::reports {
namespace {

/// 3.12.2026, from 2026-12-03.
std::string day_of(base::UtcTime at) {
    const auto iso = people::local_date_text(at);
    return std::to_string(std::stoi(iso.substr(8, 2))) + "." + std::to_string(std::stoi(iso.substr(5, 2))) + "." +
           iso.substr(0, 4);
}

/// 9.00, from 09:00.
std::string clock_of(base::UtcTime at) {
    const auto clock = people::local_clock_text(at);
    return std::to_string(std::stoi(clock.substr(0, 2))) + "." + clock.substr(3);
}

std::string host_of(std::string_view site) {
    const auto host_at = site.find("://");
    return std::string{host_at == site.npos ? site : site.substr(host_at + 3)};
}

std::string span_of(const LetterDay& day) { return clock_of(day.starts_at) + "–" + clock_of(day.ends_at); }

struct LetterTexts {
    std::string_view welcome, at, days_later, come, come_each_day, no_link, code, rules, help, by_phone;
};

constexpr LetterTexts letter_in_finnish{"Tervetuloa mukaan: ", " kello ", "Saat päivät tietoosi myöhemmin.",
    "Tule mukaan tästä linkistä. Linkki on vain sinun:",
    "Tule mukaan tästä linkistä. Sama linkki käy joka päivä. Linkki on vain sinun:",
    "Jos linkki ei aukea, mene osoitteeseen ", " ja kirjoita koodi ",
    "Keskustelun säännöt: ", "Tarvitsetko apua? Soita ", "Sinulle soitetaan."};
constexpr LetterTexts letter_in_swedish{"Välkommen med: ", " klockan ", "Du får veta dagarna senare.",
    "Kom med via den här länken. Länken är bara din:",
    "Kom med via den här länken. Samma länk gäller varje dag. Länken är bara din:",
    // A line of its own, as its letters are more than one byte.
    "Om länken inte öppnas, gå till ", " och skriv koden ", "Regler för samtalet: ", "Behöver du hjälp? Ring ",
    "Vi ringer dig."};
constexpr LetterTexts letter_in_english{"Welcome: ", " at ", "You will be told the days later.",
    "Come in by this link. It is yours only:",
    "Come in by this link. The same link works on each day. It is yours only:", "If the link does not open, go to ",
    " and type the code ", "Rules of the conversation: ", "Do you need help? Call ", "We call you."};

/// What the entry of a calendar says beside its title, in everybody's sight.
constexpr std::string_view meeting_text =
    "Tule mukaan omasta linkistäsi. Jos linkki ei ole käsillä, avaa tämä osoite ja kirjoita koodisi: ";

std::string when(const LetterTexts& words, const LetterDay& day) {
    return day_of(day.starts_at) + std::string{words.at} + span_of(day);
}

std::string line_of(const LetterTexts& words, const LetterDay& day) {
    return when(words, day) + ", " + day.series + ": " + day.theme +
           (day.way == protocol::SessionWay::phone_day ? ". " + std::string{words.by_phone} : "");
}

std::string in(const LetterTexts& words, const InvitationLetter& letter) {
    std::string text{words.welcome};
    if (letter.period) {
        text += *letter.period + ".\n\n";
        for (const auto& day : letter.days) text += line_of(words, day) + "\n";
        text += letter.days.empty() ? std::string{words.days_later} + "\n\n" : "\n";
        text += words.come_each_day;
    } else {
        const auto& day = letter.days.at(0);
        text += day.series + ".\n\n" + day.theme + ", " + when(words, day) + "\n\n";
        text += words.come;
    }
    text += "\n" + letter.link + "\n\n";
    if (!letter.code.empty())
        text += std::string{words.no_link} + letter.site + std::string{words.code} + letter.code + ".\n";
    text += std::string{words.rules} + netiquette_address(letter.site) + "\n";
    if (letter.help_phone) text += std::string{words.help} + *letter.help_phone + ".\n";
    return text;
}

std::vector<std::string> series_of(const std::vector<LetterDay>& days) {
    std::vector<std::string> names;
    names.reserve(days.size());
    for (const auto& day : days) names.push_back(day.series);
    return names;
}

}  // namespace

std::string letter_day(base::UtcTime at) { return day_of(at); }
std::string letter_clock(base::UtcTime at) { return clock_of(at); }

std::string calendar_uid(protocol::SessionId session, protocol::PersonId person, std::string_view site) {
    return "etakahvila-" + std::to_string(session.value) + "-" + std::to_string(person.value) + "@" + host_of(site);
}

std::string_view page_of(people::Role role) { return domain::is_staff(role) ? "/staff#" : "/#"; }

std::optional<std::string> help_phone_of(const people::SessionRecord& session, const std::string& site_phone) {
    if (session.help_phone || site_phone.empty()) return session.help_phone;
    return site_phone;
}

InvitationLetter letter_to(const records::Database& database, const people::SessionRecord& session,
    people::PersonId person, const LetterHead& head, LetterKey key) {
    return {.person = person,
        .days = {{.session = session.id,
            .theme = session.theme,
            .series = session.series,
            .starts_at = session.starts_at,
            .ends_at = session.ends_at,
            .revision = session.revision}},
        .words = people::words_of_series(database, {session.series}),
        .help_phone = help_phone_of(session, head.help_phone),
        .site = head.site,
        .link = std::move(key.link),
        .code = std::move(key.code)};
}

InvitationLetter season_letter_to(const records::Database& database, people::PeriodId period, people::PersonId person,
    const LetterHead& head, LetterKey key, base::UtcTime now) {
    InvitationLetter letter{.person = person,
        .days = {},
        .help_phone = head.help_phone.empty() ? std::nullopt : std::optional{head.help_phone},
        .site = head.site,
        .link = std::move(key.link),
        .code = std::move(key.code)};
    if (auto facts = people::period_facts(database, period)) letter.period = std::move(facts->name);
    for (auto& day : people::all_days_of(database, period, person)) {
        if (day.cancelled || now >= day.ends_at) continue;
        // The site's number is for all days; where there is none, that of the first day.
        if (!letter.help_phone) letter.help_phone = std::move(day.help_phone);
        letter.days.push_back({.session = day.session,
            .theme = std::move(day.theme),
            .series = std::move(day.series),
            .starts_at = day.starts_at,
            .ends_at = day.ends_at,
            .revision = day.revision,
            .way = day.way});
    }
    letter.words = people::words_of_series(database, series_of(letter.days));
    return letter;
}

std::string netiquette_address(std::string_view site) { return std::string{site} + "/netiquette"; }

std::string day_line(const LetterDay& day) { return line_of(letter_in_finnish, day); }

std::string letter_sender(const InvitationLetter& letter) {
    const auto names = series_of(letter.days);
    const bool is_of_one = !names.empty() && std::all_of(names.begin(), names.end(),
                                                 [&](const std::string& name) { return name == names.front(); });
    return is_of_one ? names.front() : host_of(letter.site);
}

std::string letter_subject(const InvitationLetter& letter) {
    if (letter.period)
        return *letter.period + (letter.days.empty() ? "" : ", alkaa " + day_of(letter.days.front().starts_at));
    const auto& day = letter.days.at(0);
    return day.series + " " + day_of(day.starts_at) + ": " + day.theme;
}

std::string letter_text(const InvitationLetter& letter) {
    constexpr std::string_view line = "\n* * *\n\n";
    std::string text = in(letter_in_finnish, letter);
    text.append(line).append(in(letter_in_swedish, letter)).append(line).append(in(letter_in_english, letter));
    for (const auto& words : letter.words) {
        text.append(line).append(words.series).append("\n");
        if (words.letter) text.append("\n").append(*words.letter).append("\n");
        if (words.instructions)
            text.append("\nKäyttöohje / Bruksanvisning / Instructions\n").append(*words.instructions).append("\n");
    }
    return text;
}

std::vector<CalendarEntry> calendar_entries(const InvitationLetter& letter, base::UtcTime now) {
    std::string text = std::string{meeting_text} + letter.site;
    if (letter.help_phone) text += "\n" + std::string{letter_in_finnish.help} + *letter.help_phone + ".";
    std::vector<CalendarEntry> entries;
    entries.reserve(letter.days.size());
    for (const auto& day : letter.days) {
        const bool is_in_room = day.way == protocol::SessionWay::room;
        entries.push_back({.uid = calendar_uid(day.session, letter.person, letter.site),
            .sequence = day.revision,
            .made_at = now,
            .starts_at = day.starts_at,
            .ends_at = day.ends_at,
            .title = std::string{is_in_room ? meeting_title : appointment_title},
            .description = is_in_room ? text : std::string{},
            .address = letter.site});
    }
    return entries;
}

}  // namespace etakahvila::reports
