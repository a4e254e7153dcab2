#include <array>

#include "people/local_time.hpp"
#include "reports/invitation_sheet.hpp"
#include "support/catch.hpp"

using namespace etakahvila;
using namespace etakahvila::reports;

namespace {

base::UtcTime at(const char* date, const char* clock) {
    return std::get<base::UtcTime>(people::utc_of(*people::date_in(date), *people::clock_in(clock)));
}

LetterDay day(const char* date, const std::string& theme = "Uni; lepo, ja \\ rauha") {
    return {.session = protocol::SessionId{3},
        .theme = theme,
        .series = "Keskustelukahvila",
        .starts_at = at(date, "09:00"),
        .ends_at = at(date, "13:00"),
        .revision = 7};
}

InvitationLetter letter(std::vector<LetterDay> days) {
    return {.person = protocol::PersonId{12},
        .days = std::move(days),
        .help_phone = "09 000 0000",
        .site = "https://kahvila.esimerkki.fi",
        .link = "https://kahvila.esimerkki.fi/#4rXtK7pMzQ9wB2nVd8sLhA",
        .code = "K7PM 4RXT"};
}

std::string calendar(const InvitationLetter& letter) {
    return calendar_of(calendar_entries(letter, at("2026-12-01", "12:00")));
}

std::string unfolded(std::string text) {
    for (auto fold = text.find("\r\n "); fold != text.npos; fold = text.find("\r\n ")) text.erase(fold, 3);
    return text;
}

}  // namespace

TEST_CASE("A calendar is folded at 75 octets between characters, with CRLF, and has the rules of Helsinki's clock") {
    const auto made = calendar(letter({day("2026-12-03")}));
    for (std::size_t begin = 0; begin < made.size();) {
        const auto end = made.find("\r\n", begin);
        REQUIRE(end != made.npos);
        CHECK(end - begin <= 75);
        // No line begins within a character.
        CHECK((static_cast<unsigned char>(made[begin]) & 0xc0U) != 0x80U);
        CHECK(made.substr(begin, end - begin).find('\n') == std::string::npos);
        begin = end + 2;
    }
    const auto text = unfolded(made);
    CHECK(
        text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tapaaminen verkossa//FI\r\nMETHOD:PUBLISH\r\n"));
    CHECK(text.find("BEGIN:VTIMEZONE\r\nTZID:Europe/Helsinki\r\nBEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0200\r\n"
                    "TZOFFSETTO:+0300\r\nTZNAME:EEST\r\nDTSTART:19960331T030000\r\n"
                    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n") != text.npos);
    CHECK(text.find("UID:etakahvila-3-12@kahvila.esimerkki.fi\r\nDTSTAMP:20261201T100000Z\r\nSEQUENCE:7\r\n"
                    "DTSTART;TZID=Europe/Helsinki:20261203T090000\r\nDTEND;TZID=Europe/Helsinki:20261203T130000\r\n") !=
          text.npos);
    CHECK(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
}

TEST_CASE("An entry is taken back under its name, by the next number, and by whoever sent it") {
    auto entry = calendar_entries(letter({day("2026-12-03")}), at("2026-12-01", "12:00")).front();
    ++entry.sequence;
    entry.is_cancelled = true;
    const auto text = unfolded(calendar_of(std::array{entry}, CalendarMethod::cancel, "kahvila@esimerkki.fi"));
    CHECK(text.find("METHOD:CANCEL\r\nBEGIN:VTIMEZONE\r\n") != text.npos);
    CHECK(text.find("UID:etakahvila-3-12@kahvila.esimerkki.fi\r\n") != text.npos);
    CHECK(text.find("SEQUENCE:8\r\nORGANIZER:mailto:kahvila@esimerkki.fi\r\n") != text.npos);
    CHECK(text.find("STATUS:CANCELLED\r\n") != text.npos);
}

TEST_CASE("A calendar says neither what the meeting is about nor how one comes in") {
    const auto text = unfolded(calendar(letter({day("2026-12-03"), day("2026-12-10")})));
    for (const auto* secret : {"Uni", "Keskustelukahvila", "4rXtK7pMzQ9wB2nVd8sLhA", "K7PM", "#"}) {
        INFO(secret);
        CHECK(text.find(secret) == text.npos);
    }
    CHECK(text.find("SUMMARY:Tapaaminen verkossa\r\n") != text.npos);
    CHECK(text.find("URL:https://kahvila.esimerkki.fi\r\n") != text.npos);
    CHECK(text.find("Soita 09 000 0000.\r\n") != text.npos);
    CHECK(text.find("20261203T090000") < text.find("20261210T090000"));
}

TEST_CASE("On the days on which the clocks change, nine o'clock is nine o'clock") {
    for (const std::string date : {"2026-10-24", "2026-10-25", "2027-03-27", "2027-03-28"}) {
        const auto text = calendar(letter({day(date.c_str())}));
        auto plain = date;
        std::erase(plain, '-');
        CHECK(text.find("DTSTART;TZID=Europe/Helsinki:" + plain + "T090000\r\n") != text.npos);
    }
}

TEST_CASE("A letter says when, by which link, by which code, by what rules and whom to call, in three languages") {
    auto written = letter({day("2026-12-03", "Uni")});
    written.words = {{.series = "Keskustelukahvila", .letter = "Ota kahvia.", .instructions = "Avaa linkki."}};
    const auto text = letter_text(written);
    for (const auto* part : {"Uni, 3.12.2026 kello 9.00–13.00", "klockan 9.00", "Welcome: Keskustelukahvila.",
             "/#4rXtK7pMzQ9wB2nVd8sLhA", "K7PM 4RXT", "https://kahvila.esimerkki.fi/netiquette", "09 000 0000",
             "Keskustelukahvila\n\nOta kahvia.\n\nKäyttöohje / Bruksanvisning / Instructions\nAvaa linkki.\n"}) {
        INFO(part);
        CHECK(text.find(part) != text.npos);
    }
    CHECK(text.find("Etäkahvila") == text.npos);
    CHECK(letter_subject(written) == "Keskustelukahvila 3.12.2026: Uni");
}

TEST_CASE("A letter of a season says its name and its days, and a season whose days are not known says so") {
    auto written = letter({day("2026-12-03", "Uni"), day("2026-12-10", "Raha")});
    written.period = "Syksy 2026";
    const auto text = letter_text(written);
    for (const auto* part : {"Tervetuloa mukaan: Syksy 2026.", "3.12.2026 kello 9.00–13.00, Keskustelukahvila: Uni\n",
             "10.12.2026 klockan 9.00–13.00, Keskustelukahvila: Raha\n", "Sama linkki käy joka päivä."}) {
        INFO(part);
        CHECK(text.find(part) != text.npos);
    }
    CHECK(letter_subject(written) == "Syksy 2026, alkaa 3.12.2026");
    CHECK(letter_sender(written) == "Keskustelukahvila");
    written.days[1].series = "Osallisuus ja liikunta";
    CHECK(letter_sender(written) == "kahvila.esimerkki.fi");
    written.days.clear();
    CHECK(letter_subject(written) == "Syksy 2026");
    CHECK(letter_sender(written) == "kahvila.esimerkki.fi");
    CHECK(letter_text(written).find("Saat päivät tietoosi myöhemmin.\n") != std::string::npos);
    CHECK(calendar(written).find("VEVENT") == std::string::npos);
    const auto sheet = invitation_sheet(
        {{.letter = written, .name = "Maija", .phone = {}, .email = {}}}, SheetFormat::csv, at("2026-12-01", "12:00"));
    CHECK(sheet.find("Maija;;;Syksy 2026;;;;;https://") != std::string::npos);
}

TEST_CASE("A QR code is a picture that any program opens") {
    const auto png = qr_png("https://kahvila.esimerkki.fi/#4rXtK7pMzQ9wB2nVd8sLhA");
    CHECK(png.starts_with("\x89PNG\r\n"));
    CHECK_THROWS_AS(qr_png(std::string(5000, 'a')), std::runtime_error);
}
