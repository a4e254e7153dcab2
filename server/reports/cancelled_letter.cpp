#include "reports/cancelled_letter.hpp"

#include "people/cancelling.hpp"

namespace etakahvila::reports {
namespace {

struct CancelledTexts {
    std::string_view cancelled, at, next, help;
};

constexpr CancelledTexts cancelled_in_finnish{
    "Tapaaminen on peruttu.", " kello ", "Seuraava tapaaminen on ", "Tarvitsetko apua? Soita "};
constexpr CancelledTexts cancelled_in_swedish{
    "Träffen är inställd.", " klockan ", "Nästa träff är ", "Behöver du hjälp? Ring "};
constexpr CancelledTexts cancelled_in_english{
    "The meeting is cancelled.", " at ", "The next meeting is ", "Do you need help? Call "};

std::string moment(const CancelledTexts& words, base::UtcTime at) {
    return letter_day(at) + std::string{words.at} + letter_clock(at);
}

std::string in(const CancelledTexts& words, const CancelledLetter& letter) {
    std::string text{words.cancelled};
    text += "\n\n" + letter.theme + ", " + moment(words, letter.starts_at) + "–" + letter_clock(letter.ends_at) +
            "\n\n" + letter.words + "\n\n";
    if (letter.next_starts_at) text += std::string{words.next} + moment(words, *letter.next_starts_at) + ".\n";
    if (letter.help_phone) text += std::string{words.help} + *letter.help_phone + ".\n";
    return text;
}

bool has_link(std::string_view words) { return words.find("://") != words.npos || words.find("www.") != words.npos; }

}  // namespace

std::optional<CancelledLetter> cancelled_letter(
    const records::Database& database, protocol::SessionId session, const LetterHead& head) {
    const auto record = people::session_record(database, session);
    auto words = people::words_of_cancelled(database, session);
    if (!record || !words) return std::nullopt;
    return CancelledLetter{.session = session,
        .theme = record->theme,
        .series = record->series,
        .starts_at = record->starts_at,
        .ends_at = record->ends_at,
        .revision = database.one<std::int64_t>("SELECT revision FROM sessions WHERE id = ?", session).value_or(0),
        .words = std::move(*words),
        .next_starts_at = people::next_day(database, session),
        .help_phone = help_phone_of(*record, head.help_phone),
        .site = head.site};
}

std::string cancelled_subject(const CancelledLetter& letter) {
    return "Peruttu / Inställd: " + letter.series + " " + letter_day(letter.starts_at);
}

std::string cancelled_text(const CancelledLetter& letter) {
    return in(cancelled_in_finnish, letter) + "\n* * *\n\n" + in(cancelled_in_swedish, letter) + "\n* * *\n\n" +
           in(cancelled_in_english, letter);
}

CalendarEntry cancelled_entry(const CancelledLetter& letter, protocol::PersonId person, base::UtcTime now) {
    return {.uid = calendar_uid(letter.session, person, letter.site),
        .sequence = letter.revision,
        .made_at = now,
        .starts_at = letter.starts_at,
        .ends_at = letter.ends_at,
        .title = std::string{meeting_title},
        .description = std::string{cancelled_in_finnish.cancelled},
        .address = letter.site,
        .is_cancelled = true};
}

std::string cancelled_message(const CancelledLetter& letter) {
    auto text = std::string{meeting_title} + " " + moment(cancelled_in_finnish, letter.starts_at) + " on peruttu.";
    if (!has_link(letter.words)) text += " " + letter.words;
    if (letter.next_starts_at)
        text += " " + std::string{cancelled_in_finnish.next} + moment(cancelled_in_finnish, *letter.next_starts_at) +
                ".";
    return text + " " + std::string{cancelled_in_swedish.cancelled};
}

}  // namespace etakahvila::reports
