#include "people/local_time.hpp"
#include "reports/invitation_sheet.hpp"
#include "support/catch.hpp"

using namespace etakahvila;
using namespace etakahvila::reports;

namespace {

base::UtcTime at(const char* date, const char* clock) {
    return std::get<base::UtcTime>(people::utc_of(*people::date_in(date), *people::clock_in(clock)));
}

InvitationLetter letter(const char* date, const std::string& theme = "Uni; lepo, ja \\ rauha") {
    return {.session = protocol::SessionId{3},
        .person = protocol::PersonId{12},
        .theme = theme,
        .series = "Etäkahvila",
        .starts_at = at(date, "09:00"),
        .ends_at = at(date, "13:00"),
        .help_phone = "09 000 0000",
        .site = "https://kahvila.esimerkki.fi",
        .link = "https://kahvila.esimerkki.fi/#4rXtK7pMzQ9wB2nVd8sLhA",
        .code = "K7PM 4RXT"};
}

std::string unfolded(std::string text) {
    for (auto fold = text.find("\r\n "); fold != text.npos; fold = text.find("\r\n ")) text.erase(fold, 3);
    return text;
}

}  // namespace

TEST_CASE("A calendar's entry is folded at 75 octets between characters, with CRLF, and says its times in UTC") {
    const auto calendar = calendar_of(calendar_entry(letter("2026-12-03"), 7, at("2026-12-01", "12:00")));
    for (std::size_t begin = 0; begin < calendar.size();) {
        const auto end = calendar.find("\r\n", begin);
        REQUIRE(end != calendar.npos);
        CHECK(end - begin <= 75);
        // No line begins within a character.
        CHECK((static_cast<unsigned char>(calendar[begin]) & 0xc0U) != 0x80U);
        CHECK(calendar.substr(begin, end - begin).find('\n') == std::string::npos);
        begin = end + 2;
    }
    const auto text = unfolded(calendar);
    CHECK(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    CHECK(text.find("UID:etakahvila-3-12@kahvila.esimerkki.fi\r\nDTSTAMP:20261201T100000Z\r\nSEQUENCE:7\r\nDTSTART:"
                    "20261203T070000Z\r\nDTEND:20261203T110000Z\r\n") != text.npos);
    CHECK(text.find("SUMMARY:Etäkahvila: Uni\\; lepo\\, ja \\\\ rauha\r\n") != text.npos);
    CHECK(text.find("URL:https://kahvila.esimerkki.fi/#4rXtK7pMzQ9wB2nVd8sLhA\r\n") != text.npos);
    CHECK(text.find("Tervetuloa Etäkahvilaan.\\n\\n") != text.npos);
    CHECK(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
}

TEST_CASE("On the days on which the clocks change, nine o'clock is nine o'clock") {
    const auto start_of = [](const char* date) {
        const auto text = calendar_of(calendar_entry(letter(date), 1, at("2026-10-01", "12:00")));
        return text.substr(text.find("DTSTART:") + 8, 16);
    };
    CHECK(start_of("2026-10-24") == "20261024T060000Z");
    CHECK(start_of("2026-10-25") == "20261025T070000Z");
    CHECK(start_of("2027-03-27") == "20270327T070000Z");
    CHECK(start_of("2027-03-28") == "20270328T060000Z");
}

TEST_CASE("A letter says when, by which link, by which code, by what rules and whom to call, in three languages") {
    const auto text = letter_text(letter("2026-12-03", "Uni"));
    for (const auto* part : {"Uni, 3.12.2026 kello 9.00–13.00", "klockan 9.00", "Welcome to Etäkahvila.",
             "/#4rXtK7pMzQ9wB2nVd8sLhA", "K7PM 4RXT", "https://kahvila.esimerkki.fi/netiquette", "09 000 0000"}) {
        INFO(part);
        CHECK(text.find(part) != text.npos);
    }
    CHECK(letter_subject(letter("2026-12-03", "Uni")) == "Etäkahvila 3.12.2026: Uni");
}

TEST_CASE("A QR code is a picture that any program opens") {
    const auto png = qr_png("https://kahvila.esimerkki.fi/#4rXtK7pMzQ9wB2nVd8sLhA");
    CHECK(png.starts_with("\x89PNG\r\n"));
    CHECK_THROWS_AS(qr_png(std::string(5000, 'a')), std::runtime_error);
}
