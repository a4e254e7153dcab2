#include "reports/invitation_letter.hpp"

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

std::string span_of(const InvitationLetter& letter) {
    return clock_of(letter.starts_at) + "–" + clock_of(letter.ends_at);
}

struct LetterTexts {
    std::string_view welcome, at, come, no_link, code, rules, help;
};

constexpr LetterTexts letter_in_finnish{"Tervetuloa Etäkahvilaan.", " kello ",
    "Tule mukaan tästä linkistä. Linkki on vain sinun:", "Jos linkki ei aukea, mene osoitteeseen ",
    " ja kirjoita koodi ", "Keskustelun säännöt: ", "Tarvitsetko apua? Soita "};
constexpr LetterTexts letter_in_swedish{"Välkommen till Etäkahvila.", " klockan ",
    "Kom med via den här länken. Länken är bara din:", "Om länken inte öppnas, gå till ", " och skriv koden ",
    "Regler för samtalet: ", "Behöver du hjälp? Ring "};
constexpr LetterTexts letter_in_english{"Welcome to Etäkahvila.", " at ",
    "Come in by this link. It is yours only:", "If the link does not open, go to ", " and type the code ",
    "Rules of the conversation: ", "Do you need help? Call "};

std::string in(const LetterTexts& words, const InvitationLetter& letter) {
    std::string text{words.welcome};
    text += "\n\n" + letter.theme + ", " + day_of(letter.starts_at) + std::string{words.at} + span_of(letter) + "\n\n";
    text += std::string{words.come} + "\n" + letter.link + "\n\n";
    if (!letter.code.empty())
        text += std::string{words.no_link} + letter.site + std::string{words.code} + letter.code + ".\n";
    text += std::string{words.rules} + netiquette_address(letter.site) + "\n";
    if (letter.help_phone) text += std::string{words.help} + *letter.help_phone + ".\n";
    return text;
}

}  // namespace

std::string_view page_of(people::Role role) { return domain::is_staff(role) ? "/staff#" : "/#"; }

std::optional<std::string> help_phone_of(const people::SessionRecord& session, const std::string& site_phone) {
    if (session.help_phone || site_phone.empty()) return session.help_phone;
    return site_phone;
}

InvitationLetter letter_to(const people::SessionRecord& session, people::PersonId person, const LetterHead& head,
    std::string link, std::string code) {
    return {.session = session.id,
        .person = person,
        .theme = session.theme,
        .series = session.series,
        .starts_at = session.starts_at,
        .ends_at = session.ends_at,
        .help_phone = help_phone_of(session, head.help_phone),
        .site = head.site,
        .link = std::move(link),
        .code = std::move(code)};
}

std::string netiquette_address(std::string_view site) { return std::string{site} + "/netiquette"; }

std::string letter_subject(const InvitationLetter& letter) {
    return "Etäkahvila " + day_of(letter.starts_at) + ": " + letter.theme;
}

std::string letter_text(const InvitationLetter& letter) {
    return in(letter_in_finnish, letter) + "\n* * *\n\n" + in(letter_in_swedish, letter) + "\n* * *\n\n" +
           in(letter_in_english, letter);
}

CalendarEntry calendar_entry(const InvitationLetter& letter, std::int64_t sequence, base::UtcTime now) {
    const auto host_at = letter.site.find("://");
    const auto host = host_at == std::string::npos ? letter.site : letter.site.substr(host_at + 3);
    return {.uid = "etakahvila-" + std::to_string(letter.session.value) + "-" + std::to_string(letter.person.value) +
                   "@" + host,
        .sequence = sequence,
        .made_at = now,
        .starts_at = letter.starts_at,
        .ends_at = letter.ends_at,
        .title = "Etäkahvila: " + letter.theme,
        .description = in(letter_in_finnish, letter),
        .link = letter.link};
}

}  // namespace etakahvila::reports
