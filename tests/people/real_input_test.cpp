// What people, spreadsheets, phones' contact lists and mail programs really write, and what it becomes.
// Above the line what is odd and innocent, which is taken; below it what is hostile or cannot be told, which
// gets a word of its own.

#include <algorithm>

#include "people/helpers.hpp"
#include "people/local_time.hpp"
#include "people/names.hpp"
#include "people/programme_file.hpp"

using namespace etakahvila::people;
using namespace std::string_literals;

namespace {

struct Becomes {
    std::string written;
    std::string becomes;
};
using Table = std::vector<Becomes>;

std::string word_of(FaultReason reason) { return "! " + std::string{etakahvila::base::name_of(reason)}; }

std::string as_phone(const std::string& text) {
    const auto tidied = tidy_phone(text);
    const auto* good = std::get_if<std::string>(&tidied);
    return good == nullptr ? word_of(std::get<FaultReason>(tidied)) : *good;
}

std::string as_email(const std::string& text) {
    const auto tidied = tidy_email(text);
    const auto* good = std::get_if<std::string>(&tidied);
    return good == nullptr ? word_of(std::get<FaultReason>(tidied)) : *ascii_email(*good);
}

std::string as_date(const std::string& text) {
    const auto read = read_date(text);
    if (const auto* trouble = std::get_if<DateTrouble>(&read)) {
        return std::array{"! unclear", "! order_unclear", "! weekday_differs"}.at(static_cast<std::size_t>(*trouble));
    }
    const auto& day = std::get<LocalDate>(read);
    return std::to_string(day.year) + '-' + std::to_string(day.month) + '-' + std::to_string(day.day);
}

std::string as_time(const std::string& text) {
    const auto clock = [](ClockTime time) { return std::to_string(time.hour) + ':' + std::to_string(time.minute); };
    if (const auto one = clock_in(text)) return clock(*one);
    if (const auto two = clock_span_in(text)) return clock(two->first) + " to " + clock(two->second);
    return "!";
}

/// At least forty of each: those that are taken, and those that are not, whose words begin with "!".
void check_all(const Table& table, std::string (*become)(const std::string&)) {
    const auto taken = std::count_if(
        table.begin(), table.end(), [](const auto& row) { return !row.becomes.starts_with('!'); });
    CHECK(taken >= 40);
    CHECK(static_cast<std::ptrdiff_t>(table.size()) - taken >= 40);
    for (const auto& [written, becomes] : table) {
        CAPTURE(written);
        CHECK(become(written) == becomes);
    }
}

/// One person of a file of one row, or its faults.
std::string as_row(const std::string& file) {
    const auto preview = read_registrations(file);
    std::string text;
    for (const auto& fault : told(preview.faults)) text += (text.empty() ? "! " : ", ") + fault;
    if (!text.empty() || preview.rows.empty()) return text;
    const auto& person = preview.rows.front().person;
    text = person.name;
    if (person.decision_type) text += " / " + *person.decision_type;
    for (const auto& field : {person.supervisor, person.phone, person.email, person.needs}) {
        if (field) text += " / " + *field;
    }
    return text;
}

std::string as_session(const std::string& file) {
    const auto preview = preview_programme(file);
    std::string text;
    for (const auto& fault : told(preview.faults)) text += (text.empty() ? "! " : ", ") + fault;
    if (!text.empty() || preview.rows.empty()) return text;
    const auto& session = preview.rows.front().session;
    return session.theme + ' ' + local_date_text(session.starts_at) + ' ' + local_clock_text(session.starts_at) + ' ' +
           local_clock_text(session.ends_at);
}

}  // namespace

TEST_CASE("Telephone numbers as they are really written") {
    check_all(
        {
            {"040 123 4567", "040 123 4567"},
            {"0401234567", "0401234567"},
            {"+358401234567", "+358401234567"},
            {"+358 40 123 4567", "+358 40 123 4567"},
            {"+358 (0)40 1234567", "+358 (0)40 1234567"},
            {"00358401234567", "00358401234567"},
            {"(040) 123 4567", "(040) 123 4567"},
            {"040-1234567", "040-1234567"},
            {"040.123.4567", "040.123.4567"},
            {"040/1234567", "040/1234567"},
            {"  040 1234567 ", "040 1234567"},
            {"040\u00a0123\u00a04567", "040 123 4567"},
            {"040\u202f123\u202f4567", "040 123 4567"},
            {"040\u20131234567", "040-1234567"},
            {"040\u20111234567", "040-1234567"},
            {"040\u22121234567", "040-1234567"},
            {"040\u20141234567", "040-1234567"},
            {"\u202a+358401234567\u202c", "+358401234567"},
            {"\u200e040 1234567\u200e", "040 1234567"},
            {"\ufeff0401234567", "0401234567"},
            {"040\u200b1234567", "0401234567"},
            {"040\u00ad1234567", "0401234567"},
            {"\uff10\uff14\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17", "0401234567"},
            {"\uff0b358401234567", "+358401234567"},
            {"\u0660\u0664\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667", "0401234567"},
            {"\u06f0\u06f4\u06f01234567", "0401234567"},
            {"tel:+358401234567", "+358401234567"},
            {"Tel. 040 1234567", "040 1234567"},
            {"puh. 040 1234567", "040 1234567"},
            {"PUH 040 1234567", "040 1234567"},
            {"p. 040 1234567", "040 1234567"},
            {"gsm 040 1234567", "040 1234567"},
            {"401234567", "0401234567"},
            {"40 123 4567", "040 123 4567"},
            {"501234567", "0501234567"},
            {"401234567.0", "0401234567"},
            {"401234567,0", "0401234567"},
            {"358401234567", "+358401234567"},
            {"358 40 1234567", "+358 40 1234567"},
            {"358401234567.0", "+358401234567"},
            {"+46 70 123 45 67", "+46 70 123 45 67"},
            {"0046701234567", "0046701234567"},
            {"09 123 456", "09 123 456"},
            {"12345", "12345"},
            {"1234567", "1234567"},
            {"040·1234567", "040.1234567"},
            // ----
            {"", "! phone_unclear"},
            {"-", "! phone_unclear"},
            {"+", "! phone_unclear"},
            {"1234", "! phone_unclear"},
            {"040", "! phone_unclear"},
            {"soita kotiin", "! phone_unclear"},
            {"040 1234567 (äiti)", "! phone_unclear"},
            {"äidin 040 1234567", "! phone_unclear"},
            {"040 1234567, 050 1234567", "! phone_unclear"},
            {"040 1234567 / 050 1234567", "! phone_unclear"},
            {"0401234/0501234", "! phone_unclear"},
            {"040 1234567 tai 050 1234567", "! phone_unclear"},
            {"040 1234567; 050 1234567", "! phone_unclear"},
            {"040 1234567\n050 1234567", "! phone_unclear"},
            {"3,58401E+11", "! phone_unclear"},
            {"3.58401E+11", "! phone_unclear"},
            {"4,01E+08", "! phone_unclear"},
            {"#NUM!", "! phone_unclear"},
            {"#########", "! phone_unclear"},
            {"91234567", "! phone_zero_missing"},
            {"312345678", "! phone_zero_missing"},
            {"46701234567", "! phone_zero_missing"},
            {"123456789", "! phone_zero_missing"},
            {"4012345678901", "! phone_zero_missing"},
            {"1234567890123456", "! phone_unclear"},
            {"+3584012345678901", "! phone_unclear"},
            {"++358401234567", "! phone_unclear"},
            {"+358+401234567", "! phone_unclear"},
            {"-358401234567", "! phone_unclear"},
            {"=0401234567", "! phone_unclear"},
            {"@0401234567", "! phone_unclear"},
            {"=1+1", "! phone_unclear"},
            {"=HYPERLINK(\"http://x\")", "! phone_unclear"},
            {"040 1234567 p. 2", "! phone_unclear"},
            {"040 123 4567 ext 3", "! phone_unclear"},
            {"040*1234567", "! phone_unclear"},
            {"040#1234567", "! phone_unclear"},
            {"0401234567x", "! phone_unclear"},
            {"O40 1234567", "! phone_unclear"},
            {"04O 1234567", "! phone_unclear"},
            {"040 123\x01"
             "4567",
                "040 1234567"},
            {"/040 1234567", "! phone_unclear"},
            {".040 1234567", "! phone_unclear"},
            {")040 1234567", "! phone_unclear"},
            {"aino@posti.example", "! phone_unclear"},
            {"\u2460\u2461\u2462", "! phone_unclear"},
        },
        as_phone);
}

TEST_CASE("One telephone number in all its ways of writing, and others that are not it") {
    for (const auto* same : {"040 1234567", "+358401234567", "+358 (0)40 123 4567", "00358 40 1234567", "358401234567",
             "401234567", "(040) 1234567", "040-123 4567", "+358-40-1234567", "0035840 1234567"}) {
        CAPTURE(same);
        CHECK(phone_key(same) == "+358401234567");
    }
    for (const auto* other : {"+46 40 1234567", "0046 40 1234567", "46401234567", "040 1234568", "+372 40 1234567",
             "140 1234567", "+1 358 401 2345"}) {
        CAPTURE(other);
        CHECK(phone_key(other) != "+358401234567");
    }
    CHECK(phone_key("+46 70 1234567") == phone_key("0046701234567"));
    CHECK(phone_key("+46701234567") == phone_key("46701234567"));
    CHECK(phone_key("+46 1234567") != phone_key("046 1234567"));
    CHECK(dialled("+358 (0)40 123") == "+358040123");
    CHECK(dialled("040-123 4567") == "0401234567");
    CHECK_FALSE(dialled("=1+1"));
}

TEST_CASE("E-mail addresses as they are really written") {
    check_all(
        {
            {"aino@posti.example", "aino@posti.example"},
            {"Aino.Aalto@Posti.Example", "Aino.Aalto@posti.example"},
            {" aino@posti.example ", "aino@posti.example"},
            {"aino@posti.example.", "aino@posti.example"},
            {"aino@posti.example;", "aino@posti.example"},
            {"aino@posti.example,", "aino@posti.example"},
            {"mailto:aino@posti.example", "aino@posti.example"},
            {"MAILTO:aino@posti.example", "aino@posti.example"},
            {"<aino@posti.example>", "aino@posti.example"},
            {"Aino Aalto <aino@posti.example>", "aino@posti.example"},
            {"\"Aalto, Aino\" <aino@posti.example>", "aino@posti.example"},
            {"Äiti <aino@posti.example>", "aino@posti.example"},
            {"\u200eaino@posti.example", "aino@posti.example"},
            {"\ufeffaino@posti.example", "aino@posti.example"},
            {"aino\u200b@posti.example", "aino@posti.example"},
            {"aino@posti\u00ad.example", "aino@posti.example"},
            {"\u00a0aino@posti.example\u00a0", "aino@posti.example"},
            {"\u202aaino@posti.example\u202c", "aino@posti.example"},
            {"aino@posti.example\n", "aino@posti.example"},
            {"a.b-c_d@posti.example", "a.b-c_d@posti.example"},
            {"aino+kahvila@posti.example", "aino+kahvila@posti.example"},
            {"aino'@posti.example", "aino'@posti.example"},
            {"o'neill@posti.example", "o'neill@posti.example"},
            {"#aino@posti.example", "#aino@posti.example"},
            {"aino%kahvila@posti.example", "aino%kahvila@posti.example"},
            {"a@b.fi", "a@b.fi"},
            {"1@2.fi", "1@2.fi"},
            {"aino@sub.sub.posti.example", "aino@sub.sub.posti.example"},
            {"aino@posti-1.example", "aino@posti-1.example"},
            {"matti@sähköposti.fi", "matti@xn--shkposti-0za6p.fi"},
            {"matti@SÄHKÖPOSTI.FI", "matti@xn--shkposti-0za6p.fi"},
            {"matti@sa\u0308hko\u0308posti.fi", "matti@xn--shkposti-0za6p.fi"},
            {"matti@xn--shkposti-0za6p.fi", "matti@xn--shkposti-0za6p.fi"},
            {"siv@öhman.example", "siv@xn--hman-4qa.example"},
            {"siv@post.åland.example", "siv@post.xn--land-poa.example"},
            {"a@straße.example", "a@xn--strae-oqa.example"},
            {"a@\u0645\u062b\u0627\u0644.example", "a@xn--mgbh0fb.example"},
            {"a@\u4f8b\u3048.example", "a@xn--r8jz45g.example"},
            {"a@posti\u3002example", "! email_unclear"},
            {"aino@posti.museum", "aino@posti.museum"},
            {"very.long.name.of.somebody.at.a.house@very.long.name.of.a.house.example",
                "very.long.name.of.somebody.at.a.house@very.long.name.of.a.house.example"},
            // ----
            {"", "! email_unclear"},
            {"a", "! email_unclear"},
            {"@", "! email_unclear"},
            {"@b.fi", "! email_unclear"},
            {"a@", "! email_unclear"},
            {"a@b", "! email_unclear"},
            {"a@b.", "! email_unclear"},
            {"a@.fi", "! email_unclear"},
            {"a@@b.fi", "! email_unclear"},
            {"a@b@c.fi", "! email_unclear"},
            {"a b@c.fi", "! email_unclear"},
            {"a@b c.fi", "! email_unclear"},
            {"a@b..fi", "! email_unclear"},
            {"a..b@c.fi", "! email_unclear"},
            {".a@b.fi", "! email_unclear"},
            {"a.@b.fi", "! email_unclear"},
            {"a@b.fi, c@d.fi", "! email_unclear"},
            {"a@b.fi; c@d.fi", "! email_unclear"},
            {"a@b.fi c@d.fi", "! email_unclear"},
            {"a@b.fi / c@d.fi", "! email_unclear"},
            {"<a@b.fi> <c@d.fi>", "! email_unclear"},
            {"a(at)b.fi", "! email_unclear"},
            {"a at b.fi", "! email_unclear"},
            {"a@b,fi", "! email_unclear"},
            {"ei sähköpostia", "! email_unclear"},
            {"www.posti.example", "! email_unclear"},
            {"https://posti.example/aino", "! email_unclear"},
            {"\"a b\"@c.fi", "! email_unclear"},
            {"a@[127.0.0.1]", "! email_unclear"},
            {"a@b.fi>\r\nRCPT TO:<c@d.fi", "! email_unclear"},
            {"a@b.fi\r\nBcc: c@d.fi", "! email_unclear"},
            {"a\x01@b.fi", "a@b.fi"},
            {"a@b_c.fi", "! email_unclear"},
            {"a@-b.fi", "! email_unclear"},
            {"a@b-.fi", "! email_unclear"},
            {"a@xn--a.fi", "! email_unclear"},
            {"a@\u202eif.b", "! email_unclear"},
            {"a@\U0001f600.fi\x7f", "a@xn--e28h.fi"},
            {std::string(65, 'a') + "@b.fi", "! email_unclear"},
            {"a@" + std::string(64, 'b') + ".fi", "! email_unclear"},
            {"päivi@posti.example", "! email_not_ascii"},
            {"åsa@sähköposti.fi", "! email_not_ascii"},
            {"\u0430ino@posti.example", "! email_not_ascii"},
        },
        as_email);
    CHECK(email_key("MATTI@Sähköposti.fi") == email_key("matti@xn--shkposti-0za6p.fi"));
    CHECK(email_key("a@b.fi") != email_key("a@c.fi"));
    CHECK_FALSE(ascii_email("åsa@posti.example"));
    CHECK_FALSE(ascii_email("no address"));
}

TEST_CASE("Dates as they are really written") {
    check_all(
        {
            {"3.12.2026", "2026-12-3"},
            {"03.12.2026", "2026-12-3"},
            {"3.12.26", "2026-12-3"},
            {"3. 12. 2026", "2026-12-3"},
            {"3 .12 .2026", "2026-12-3"},
            {" 3.12.2026 ", "2026-12-3"},
            {"3.12.2026.", "2026-12-3"},
            {"\u00a03.12.2026", "2026-12-3"},
            {"to 3.12.2026", "2026-12-3"},
            {"To 3.12.2026", "2026-12-3"},
            {"TO 3.12.26", "2026-12-3"},
            {"to, 3.12.2026", "2026-12-3"},
            {"to. 3.12.2026", "2026-12-3"},
            {"torstai 3.12.2026", "2026-12-3"},
            {"torstaina 3.12.2026", "2026-12-3"},
            {"3.12.2026 to", "2026-12-3"},
            {"3.12.2026 (to)", "2026-12-3"},
            {"(to) 3.12.2026", "2026-12-3"},
            {"tors 3.12.2026", "2026-12-3"},
            {"torsdag 3.12.2026", "2026-12-3"},
            {"Thu 3.12.2026", "2026-12-3"},
            {"lördag 5.12.2026", "2026-12-5"},
            {"LÖRDAG 5.12.2026", "2026-12-5"},
            {"su 6.12.2026", "2026-12-6"},
            {"2026-12-03", "2026-12-3"},
            {"2026-12-3", "2026-12-3"},
            {"2026/12/03", "2026-12-3"},
            {"2026.12.03", "2026-12-3"},
            {"20261203", "2026-12-3"},
            {"2026-12-03 00:00:00", "2026-12-3"},
            {"2026-12-03T00:00:00", "2026-12-3"},
            {"2026-12-03T09:00", "2026-12-3"},
            {"2026-12-03 09:00:00.000", "2026-12-3"},
            {"2026-12-02T22:00:00Z", "2026-12-3"},
            {"2026-12-02T22:00:00.000Z", "2026-12-3"},
            {"2026-12-03T00:00:00+02:00", "2026-12-3"},
            {"2026-12-03T00:00:00+0200", "2026-12-3"},
            {"3. joulukuuta 2026", "2026-12-3"},
            {"torstaina 3. joulukuuta 2026", "2026-12-3"},
            {"3 december 2026", "2026-12-3"},
            {"3 dec 26", "2026-12-3"},
            {"December 3, 2026", "2026-12-3"},
            {"Thursday, December 3, 2026", "2026-12-3"},
            {"den 3 maj 2026", "! unclear"},
            {"13/12/2026", "2026-12-13"},
            {"12/12/2026", "2026-12-12"},
            {"ma 7/12/2026", "2026-12-7"},
            {"su 7/12/2026", "2026-7-12"},
            {"to 3/12/2026", "! order_unclear"},
            {"to 12/3/2026", "! order_unclear"},
            {"13-12-2026", "2026-12-13"},
            {"29.2.2028", "2028-2-29"},
            // ----
            {"12/3/2026", "! order_unclear"},
            {"3/12/2026", "! order_unclear"},
            {"03/12/2026", "! order_unclear"},
            {"3/12/26", "! order_unclear"},
            {"12/31/2026", "! order_unclear"},
            {"12-03-2026", "! order_unclear"},
            {"ke 3.12.2026", "! weekday_differs"},
            {"onsdag 3.12.2026", "! weekday_differs"},
            {"3.12.2026 (ke)", "! weekday_differs"},
            {"Wednesday, December 3, 2026", "! weekday_differs"},
            {"ke 2026-12-03", "! weekday_differs"},
            {"", "! unclear"},
            {" ", "! unclear"},
            {".", "! unclear"},
            {"to", "! unclear"},
            {"3.12.", "! unclear"},
            {"to 3.12.", "! unclear"},
            {"3", "! unclear"},
            {"46359", "! unclear"},
            {"46359,0", "! unclear"},
            {"26-12-03", "! unclear"},
            {"03-12-26", "! unclear"},
            {"31.4.2026", "! unclear"},
            {"29.2.2026", "! unclear"},
            {"0.12.2026", "! unclear"},
            {"3.13.2026", "! unclear"},
            {"3.0.2026", "! unclear"},
            {"3.12.1926", "! unclear"},
            {"3.12.2226", "! unclear"},
            {"3.12.026", "! unclear"},
            {"3.12.20266", "! unclear"},
            {"-3.12.2026", "! unclear"},
            {"3,12,2026", "! unclear"},
            {"3.12/2026", "! unclear"},
            {"3..12.2026", "! unclear"},
            {"3.12.2026 ja 10.12.2026", "! unclear"},
            {"3.-4.12.2026", "! unclear"},
            {"2026-12-03T", "! unclear"},
            {"2026-12-03T25:00", "! unclear"},
            {"2026-12-03T09:00+1", "! unclear"},
            {"2026-12-03T09:00:00Zx", "! unclear"},
            {"2026-W49-4", "! unclear"},
            {"20261303", "! unclear"},
            {"vko 49", "! unclear"},
            {"huomenna", "! unclear"},
            {"tomorrow", "! unclear"},
            {"#########", "! unclear"},
            {"=TODAY()", "! unclear"},
            {"3.12.2026<script>", "! unclear"},
            {"99999999999999999999.1.1", "! unclear"},
            {"3.12.99999999999999999999", "! unclear"},
            {std::string(5000, '1'), "! unclear"},
            {"3\0.12.2026"s, "! unclear"},
        },
        as_date);
}

TEST_CASE("Times as they are really written, also two in one cell") {
    check_all(
        {
            {"9", "9:0"},
            {"09", "9:0"},
            {"9.00", "9:0"},
            {"09:00", "9:0"},
            {"9:30", "9:30"},
            {"09:00:00", "9:0"},
            {"09:00:00.000", "9:0"},
            {"1899-12-30 09:00:00", "9:0"},
            {"klo 9", "9:0"},
            {"klo9", "9:0"},
            {"Klo 9.30", "9:30"},
            {"KLO 9.30", "9:30"},
            {"klo. 9.30", "9:30"},
            {"kello 9.30", "9:30"},
            {"kl. 9.30", "9:30"},
            {" 9.00 ", "9:0"},
            {"9. 00", "9:0"},
            {"\u00a09.00", "9:0"},
            {"0.00", "0:0"},
            {"23:59", "23:59"},
            {"9-13", "9:0 to 13:0"},
            {"9\u201313", "9:0 to 13:0"},
            {"9 - 13", "9:0 to 13:0"},
            {"9.00-13.00", "9:0 to 13:0"},
            {"09:00\u201413:00", "9:0 to 13:0"},
            {"klo 9-13", "9:0 to 13:0"},
            {"klo 9.00 \u2013 13.00", "9:0 to 13:0"},
            {"klo 9 - klo 13", "9:0 to 13:0"},
            {"09.00", "9:0"},
            {"9:05", "9:5"},
            {"00:00", "0:0"},
            {"KELLO 9", "9:0"},
            {"9 : 00", "9:0"},
            {"klo  9", "9:0"},
            {"1899-12-30T09:00:00", "9:0"},
            {"23.59", "23:59"},
            {"9.00-13", "9:0 to 13:0"},
            {"9-13.30", "9:0 to 13:30"},
            {"9\u221213", "9:0 to 13:0"},
            {"kl 9-13", "9:0 to 13:0"},
            {"kl. 9.00\u201313.00", "9:0 to 13:0"},
            {"kello 9.00 - 13.00", "9:0 to 13:0"},
            {"09:00:00-13:00:00", "9:0 to 13:0"},
            {"9\u202f-\u202f13", "9:0 to 13:0"},
            {"9\t-\t13", "9:0 to 13:0"},
            {"klo 9.00-klo 13.00", "9:0 to 13:0"},
            // ----
            {"", "!"},
            {"24:00", "!"},
            {"9:60", "!"},
            {"9:", "!"},
            {":30", "!"},
            {"9-", "!"},
            {"-13", "!"},
            {"9-13-15", "!"},
            {"9--13", "!"},
            {"9.00.01", "!"},
            {"aamu", "!"},
            {"nine", "!"},
            {"9 am", "!"},
            {"0,375", "!"},
            {"9:00:00:00", "!"},
            {"99999999999999999999", "!"},
            {"9;13", "!"},
            {"klo", "!"},
            {"25", "!"},
            {"-1", "!"},
            {"9-25", "!"},
            {"9-13:60", "!"},
            {"9:00:30", "!"},
            {"09:00:00.500", "!"},
            {"9 tuntia", "!"},
            {"yhdeksän", "!"},
            {"9am", "!"},
            {"9h", "!"},
            {"9h00", "!"},
            {"9,00", "!"},
            {"9/13", "!"},
            {"9..00", "!"},
            {"9::00", "!"},
            {"9 13", "!"},
            {"klo klo 9", "!"},
            {"9-13 ja 14-16", "!"},
            {"9-13,", "!"},
            {"<b>9</b>", "!"},
            {"=9", "!"},
            {"=NOW()", "!"},
            {"#####", "!"},
            {"\u202e9", "!"},
            {"\u0669", "!"},
            {"9~13", "!"},
            {"9 to 13", "!"},
            {"0.375", "!"},
            {"46359.375", "!"},
            {"999:99", "!"},
            {"9e1", "!"},
            {"0x9", "!"},
            {"+9", "!"},
            {"vuorokausi", "!"},
        },
        as_time);
}

TEST_CASE("Files of registrations as systems and people really make them") {
    check_all(
        {
            {"Nimi\nAino\n", "Aino"},
            {"\xef\xbb\xbfNimi;Puh\nAino;0401234567\n", "Aino / 0401234567"},
            {"Nimi,Puh\r\nAino,0401234567\r\n", "Aino / 0401234567"},
            {"Nimi\tPuh\rAino\t0401234567\r", "Aino / 0401234567"},
            {"sep=;\r\nNimi;Puh\r\nAino;0401234567\r\n", "Aino / 0401234567"},
            {"Osallistujat syksy\n\nNimi;Puh\nAino;0401234567\n", "Aino / 0401234567"},
            {"\"Nimi\";\"Puh\"\n\"Aino\";\"0401234567\"\n", "Aino / 0401234567"},
            {"Nimi;Puh\nAino;'+358401234567\n", "Aino / +358401234567"},
            {"Nimi;Puh\nAino;\"=\"\"0401234567\"\"\"\n", "Aino / 0401234567"},
            {"Nimi;Puh\nAino;401234567\n", "Aino / 0401234567"},
            {"Nimi;Puh\nAino;358401234567\n", "Aino / +358401234567"},
            {"Nimi;Puh\nAino;-\n", "Aino"},
            {"Nimi;Puh\nAino;ei ole\n", "Aino"},
            {"Nimi;Puh;\nAino;0401234567;\n", "Aino / 0401234567"},
            {"Nimi;Puh;;;\nAino;0401234567;;;\n;;;;\n", "Aino / 0401234567"},
            {"NIMI;PUH.\nAino;0401234567\n", "Aino / 0401234567"},
            {"Nimi *;Puh (gsm)\nAino;0401234567\n", "Aino / 0401234567"},
            {"Etunimi;Sukunimi\nAino;Aalto\n", "Aino Aalto"},
            {"Sukunimi;Etunimi\nAalto;Aino\n", "Aino Aalto"},
            {"Sukunimi;Etunimet\nAalto;Aino Maria\n", "Aino Maria Aalto"},
            {"Nimi;Yhteystieto\nAino;aino@posti.example\n", "Aino / aino@posti.example"},
            {"Nimi;Yhteystieto\nAino;040 1234567\n", "Aino / 040 1234567"},
            {"Nimi;Laji\nAino;soku\n", "Aino / social_rehabilitation"},
            {"Nimi;Päätöksen laji\nAino;KUNTOUTTAVA TYÖTOIMINTA\n", "Aino / work_activity"},
            {"Nimi;Paatoksen laji;Tyonjohtaja;Sahkoposti\nAino;soku;Olli;a@b.fi\n",
                "Aino / social_rehabilitation / Olli / a@b.fi"},
            {"Namn;Typ av beslut\nÅsa;arbetsverksamhet i rehabiliteringssyfte\n", "Åsa / work_activity"},
            {"Name;Kind of decision\nZoë;social rehabilitation\n", "Zoë / social_rehabilitation"},
            {"N\xcc\x81imi;Nimi\nx;Aino\n", "Aino"},
            {"Nimi;Muuta\nAino;kahvia\n", "Aino"},
            {"Nimi;Nro;Postinumero\nAino;12;00100\n", "Aino"},
            {"Nimi;Syntynyt\nAino;3.12.1976\n", "Aino"},
            {"Nimi;Puhelin;Puhelin 2\nAino;0401234567;0501234567\n", "Aino / 0401234567"},
            {"Nimi;Sähköposti\nAino;Aino Aalto <aino@posti.example>\n", "Aino / aino@posti.example"},
            {"Nimi;Sähköposti\nMatti;matti@sähköposti.fi\n", "Matti / matti@sähköposti.fi"},
            {"Nimi\nمریم احمدی\n", "مریم احمدی"},
            {"Nimi\nNguyễn Thị Ánh\n", "Nguyễn Thị Ánh"},
            {"Nimi\nÁile Heaŋgga\n", "Áile Heaŋgga"},
            {"Nimi\n\"O'Neill-Šukelo, Žanna\"\n", "O'Neill-Šukelo, Žanna"},
            {"Nimi\nAi\xc2\xadno\n", "Aino"},
            {"Nimi\n\"Aalto,\nAino\"\n", "Aalto, Aino"},
            {"Nimi;Tarpeet\nAino;\"iso teksti; hidas tahti\"\n", "Aino / iso teksti; hidas tahti"},
            {"Nimi\nP\xc3\x83\xc2\xa4ivi\n", "Päivi"},
            {"Nimi\nP\xe4ivi\n", "Päivi"},
            {"Nimi;Työ\xe4njohtaja\n\xc3\xa4;x\n", "! 1 encoding_unclear"},
            // ----
            {"", "! 1 file_empty"},
            {"\n\n", "! 1 file_empty"},
            {"Nimi\n", "! 1 file_empty"},
            {"Aino\nEino\n", "! 1 heading_missing name"},
            {"\xff\xfe", "! 1 file_empty"},
            {"PK\x03\x04", "! 1 spreadsheet"},
            {"\xd0\xcf\x11\xe0", "! 1 spreadsheet"},
            {"Nimi\nA\0ino\n"s, "! 1 not_text"},
            {"<html><body>Nimi</body></html>", "! 1 heading_missing name"},
            {"{\"nimi\":\"Aino\"}", "! 1 heading_missing name"},
            {"Nimi;Puh\n\"Aino;0401234567\n", "! 2 quote_unclosed"},
            {"Nimi;Nimi\nAino;Eino\n", "! 1 heading_twice Nimi"},
            {"Nimi;Puh;Gsm\nAino;0401234567;0501234567\n", "! 1 heading_twice Gsm"},
            {"Nimi;Puh\nAino;0401234567;x\n", "! 2 cells_too_many"},
            {"Nimi;Puh\n;0401234567\n", "! 2 name_missing"},
            {"Nimi;Puh\nAino;1234\n", "! 2 phone_unclear 1234"},
            {"Nimi;Puh\nAino;3,58401E+11\n", "! 2 phone_unclear 3,58401E+11"},
            {"Nimi;Puh\nAino;91234567\n", "! 2 phone_zero_missing 91234567"},
            {"Nimi;Sähköposti\nAino;aino(at)posti.example\n", "! 2 email_unclear aino(at)posti.example"},
            {"Nimi;Sähköposti\nAino;päivi@posti.example\n", "! 2 email_not_ascii päivi@posti.example"},
            {"Nimi;Laji\nAino;\n", "! 2 decision_type_missing"},
            {"Nimi;Laji\nAino;kuntoutus\n", "! 2 decision_type_unclear kuntoutus"},
            {"Nimi;P??t?ksen laji\nAino;x\n", "! 1 heading_unclear P??t?ksen laji"},
            {"Nimi;Päätoksenlajii\nAino;soku\n", "! 1 heading_unclear Päätoksenlajii"},
            {"Nimi;P\xef\xbf\xbd\xef\xbf\xbdt\xef\xbf\xbdksen laji\nAino;soku\n", "! 1 heading_unclear ptksenlaji"},
            {"Nimi;Tyonjohtija\nAino;Olli\n", "! 1 heading_unclear Tyonjohtija"},
            {"Nimi;Ty?njohtaja\nAino;Olli\n", "! 1 heading_unclear Ty?njohtaja"},
            {"Nimi;S?hk?posti\nAino;a@b.fi\n", "! 1 heading_unclear S?hk?posti"},
            {"Nimi;Puheln\nAino;0401234567\n", "! 1 heading_unclear Puheln"},
            {"Nimi;Mitä saa\nAino;Kuntouttava työtoiminta\n", "! 1 heading_unclear Mitä saa"},
            {"Nimi;Numero\nAino;0401234567\n", "! 1 heading_unclear Numero"},
            {"Nimi;Osoite\nAino;aino@posti.example\n", "! 1 heading_unclear Osoite"},
            {"Nimi\nA\x01ino\n", "Aino"},
            {"Nimi\n" + std::string(81, 'a') + "\n", "! 2 too_long name"},
            {"Nimi;Puh\nAino;0401234567\nAino;+358401234567\n", "! 3 duplicate_of_line 2"},
            {"Nimi;Puh\nAalto Aino;0401234567\nAino Aalto;0401234567\n", "! 3 duplicate_of_line 2"},
            {"Nimi;Puh\nAino;=1+1\n", "! 2 phone_unclear =1+1"},
            {"Nimi;Puh\nAino;@SUM(1)\n", "! 2 phone_unclear @SUM(1)"},
            {"P\x8aivi\n\x8a\x8a\n", "! 1 encoding_unclear"},
            {"\xff\xff\xff\xff", "! 1 heading_missing name"},
            {std::string(file_bytes_max + 1, 'a'), "! 1 file_too_large"},
        },
        as_row);
}

TEST_CASE("Files of a programme as people really make them") {
    const auto with = [](const std::string& date, const std::string& times) {
        return "Päivä;Klo;Sarja;Teema\n" + date + ';' + times + ";Syksy;Uni\n";
    };
    check_all(
        {
            {with("3.12.2026", "9-13"), "Uni 2026-12-03 09:00 13:00"},
            {with("to 3.12.2026", "klo 9.00\u201313.00"), "Uni 2026-12-03 09:00 13:00"},
            {with("3.12.26", "09:00-13:00"), "Uni 2026-12-03 09:00 13:00"},
            {with("2026-12-03 00:00:00", "9 - 13"), "Uni 2026-12-03 09:00 13:00"},
            {"Pvm;Alkaa;Päättyy;Sarja;Teema\n3. 12. 2026;klo 9;klo 13;Syksy;Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {"Datum;Tid;Serie;Tema\ntorsdag 3.12.2026;9-13;Höst;Sömn\n", "Sömn 2026-12-03 09:00 13:00"},
            {"Pvm;Aika;Loppuu;Sarja;Teema\n3.12.2026;9-13;13;Syksy;Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {"\ufeffPäivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {"Päivä,Klo,Sarja,Teema\n3.12.2026,9-13,Syksy,Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {"Päivä\tKlo\tSarja\tTeema\n3.12.2026\t9-13\tSyksy\tUni\n", "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema\r\n3.12.2026;9-13;Syksy;Uni\r\n", "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema\r3.12.2026;9-13;Syksy;Uni\r", "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni", "Uni 2026-12-03 09:00 13:00"},
            {"sep=;\r\nPäivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {"\n\nPäivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n\n\n", "Uni 2026-12-03 09:00 13:00"},
            {"Syksyn ohjelma\n\nPäivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n;;;\n", "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema;;\n3.12.2026;9-13;Syksy;Uni;;\n", "Uni 2026-12-03 09:00 13:00"},
            {"\"Päivä\";\"Klo\";\"Sarja\";\"Teema\"\n\"3.12.2026\";\"9-13\";\"Syksy\";\"Uni\"\n",
                "Uni 2026-12-03 09:00 13:00"},
            {"PÄIVÄ;KLO;SARJA;TEEMA\n3.12.2026;9-13;Syksy;Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {" Päivä ; Klo ; Sarja ; Teema \n 3.12.2026 ; 9-13 ; Syksy ; Uni \n", "Uni 2026-12-03 09:00 13:00"},
            {"Paiva;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {"Päivä:;Klo:;Sarja:;Teema:\n3.12.2026;9-13;Syksy;Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {"Päivämäärä (pp.kk.vvvv);Kellonaika;Ryhmä;Aihe\n3.12.2026;9-13;Syksy;Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {"Teema;Sarja;Klo;Päivä\nUni;Syksy;9-13;3.12.2026\n", "Uni 2026-12-03 09:00 13:00"},
            {"Date;Start;End;Series;Theme\n2026-12-03;09:00;13:00;Syksy;Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {"Date,Start,End,Group,Topic\n2026-12-03,09:00:00,13:00:00,Syksy,Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {"Dag;Börjar;Slutar;Grupp;Ämne\n3.12.2026;9.00;13.00;Syksy;Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {"Datum;Klockan;Serie;Rubrik\n3 december 2026;kl. 9-13;Syksy;Uni\n", "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema;Vieraat\n3.12.2026;9-13;Syksy;Uni;Unihoitaja, Fysioterapeutti\n",
                "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema;Vieras\n3.12.2026;9-13;Syksy;Uni;-\n", "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema;Kysymys\n3.12.2026;9-13;Syksy;Uni;\"Mikä auttaa; ja mikä ei?\"\n",
                "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema;Kysymys\n3.12.2026;9-13;Syksy;Uni;\"Mikä\nauttaa?\"\n",
                "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema;Apupuhelin\n3.12.2026;9-13;Syksy;Uni;09 310 1000\n", "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema;Huomioita\n3.12.2026;9-13;Syksy;Uni;Muista kahvi\n", "Uni 2026-12-03 09:00 13:00"},
            {with("torstai 3.12.2026", "9-13"), "Uni 2026-12-03 09:00 13:00"},
            {with("3.12.2026 (to)", "9-13"), "Uni 2026-12-03 09:00 13:00"},
            {with("torstaina 3. joulukuuta 2026", "9-13"), "Uni 2026-12-03 09:00 13:00"},
            {with("20261203", "9-13"), "Uni 2026-12-03 09:00 13:00"},
            {with("2026-12-03T00:00:00", "9-13"), "Uni 2026-12-03 09:00 13:00"},
            {with("\u00a03.12.2026\u00a0", "9\u00a0–\u00a013"), "Uni 2026-12-03 09:00 13:00"},
            {"Pvm;Alkaa;Päättyy;Sarja;Teema\n3.12.2026;1899-12-30 09:00:00;1899-12-30 13:00:00;Syksy;Uni\n",
                "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n10.12.2026;9-13;Syksy;Raha\n",
                "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n3.12.2026;14-16;Syksy;Raha\n",
                "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n3.12.2026;9-13;Kevät;Uni\n",
                "Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;\"Uni \"\"ja\"\" lepo\"\n",
                "Uni \"ja\" lepo 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;خواب\n", "خواب 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;නින්ද 😴\n", "නින්ද 😴 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\u00adtutkimus\n", "Unitutkimus 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;'=Uni\n", "=Uni 2026-12-03 09:00 13:00"},
            {"Päivä;Klo;Sarja;Teema;Apupuhelin\n3.12.2026;9-13;Syksy;Uni;soita äidille\n",
                "Uni 2026-12-03 09:00 13:00"},
            // ----
            {"Pvm;Aika;Loppuu;Sarja;Teema\n3.12.2026;9-13;14;Syksy;Uni\n", "! 2 end_unclear 14"},
            {with("12/3/2026", "9-13"), "! 2 date_order_unclear 12/3/2026"},
            {with("ke 3.12.2026", "9-13"), "! 2 weekday_differs ke 3.12.2026"},
            {with("3.12.", "9-13"), "! 2 date_unclear 3.12."},
            {with("3.12.2026", "13-9"), "! 2 end_before_start "},
            {with("3.12.2026", "9"), "! 1 heading_missing end"},
            {"P?iv?;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n", "! 1 heading_missing date"},
            {"", "! 1 file_empty"},
            {" ", "! 1 file_empty"},
            {"\n", "! 1 file_empty"},
            {"\0"s, "! 1 not_text"},
            {"Päivä;Klo;Sarja;Teema\n", "! 1 heading_missing end"},
            {"Teema\nUni\n",
                "! 1 heading_missing date, 1 heading_missing start, 1 heading_missing end, 1 heading_missing series"},
            {"a;b;c\n1;2;3\n",
                "! 1 heading_missing date, 1 heading_missing start, 1 heading_missing end, 1 heading_missing series, 1 "
                "heading_missing theme"},
            {"<html>",
                "! 1 heading_missing date, 1 heading_missing start, 1 heading_missing end, 1 heading_missing series, 1 "
                "heading_missing theme"},
            {"{\"a\":1}",
                "! 1 heading_missing date, 1 heading_missing start, 1 heading_missing end, 1 heading_missing series, 1 "
                "heading_missing theme"},
            {"PK\003\004", "! 1 spreadsheet"},
            {"\"", "! 1 quote_unclosed"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n\"", "! 3 quote_unclosed"},
            {"Päivä;Klo;Sarja;Teema\n\"3.12.2026;9-13;Syksy;Uni\n", "! 2 quote_unclosed"},
            {with("", "9-13"), "! 2 date_unclear "},
            {with("3.12.2026", ""), "! 1 heading_missing end"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;;Uni\n", "! 2 series_missing"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;\n", "! 2 theme_missing"},
            {";;;", "! 1 file_empty"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy\n", "! 2 theme_missing"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni;liikaa\n", "! 2 cells_too_many"},
            {"Päivä;Päivä;Klo;Sarja;Teema\n3.12.2026;4.12.2026;9-13;Syksy;Uni\n", "! 1 heading_twice Päivä"},
            {"Pävä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n", "! 1 heading_unclear Pävä, 1 heading_missing date"},
            {with("huomenna", "9-13"), "! 2 date_unclear huomenna"},
            {with("31.2.2026", "9-13"), "! 2 date_unclear 31.2.2026"},
            {with("29.2.2027", "9-13"), "! 2 date_unclear 29.2.2027"},
            {with("0.0.0000", "9-13"), "! 2 date_unclear 0.0.0000"},
            {with("3.12.1026", "9-13"), "! 2 date_unclear 3.12.1026"},
            {with("3/12/2026", "9-13"), "! 2 date_order_unclear 3/12/2026"},
            {with("=TODAY()", "9-13"), "! 2 date_unclear =TODAY()"},
            {with("46359", "9-13"), "! 2 date_unclear 46359"},
            {with("3.-4.12.2026", "9-13"), "! 2 date_unclear 3.-4.12.2026"},
            {with("3.12.2026", "13-13"), "! 2 end_before_start "},
            {with("3.12.2026", "9-25"), "! 1 heading_missing end"},
            {with("3.12.2026", "0-23"), "! 2 session_too_long "},
            {with("28.3.2027", "3.30-5"), "! 2 time_does_not_exist 3.30-5"},
            {with("25.10.2026", "3.30-5"), "! 2 time_comes_twice 3.30-5"},
            {"Pvm;Alkaa;Päättyy;Sarja;Teema\n3.12.2026;13;9;Syksy;Uni\n", "! 2 end_before_start 9"},
            {"Pvm;Alkaa;Päättyy;Sarja;Teema\n3.12.2026;9;;Syksy;Uni\n", "! 2 end_unclear "},
            {"Pvm;Alkaa;Päättyy;Sarja;Teema\n3.12.2026;;13;Syksy;Uni\n", "! 2 start_unclear "},
            {"Pvm;Alkaa;Päättyy;Sarja;Teema\n3.12.2026;aamu;ilta;Syksy;Uni\n",
                "! 2 start_unclear aamu, 2 end_unclear ilta"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n3.12.2026;9-13;syksy;Raha\n", "! 3 duplicate_of_line 2"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n3.12.2026;9-13;Syksy;Uni\n", "! 3 duplicate_of_line 2"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;" + std::string(5000, 'a') + "\n", "! 2 too_long theme"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;" + std::string(500, 'a') + ";Uni\n", "! 2 too_long series"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\u202eabc\n", "! 2 not_allowed Teema"},
            {"Päivä;Klo;Sarja;Teema;Vieraat\n3.12.2026;9-13;Syksy;Uni;" + std::string(200, 'a') + "\n",
                "! 2 too_long guests"},
            {"Päivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\nhuomenna;9-13;Syksy;Raha\n",
                "! 3 date_unclear huomenna"},
            {"\u202ePäivä;Klo;Sarja;Teema\n3.12.2026;9-13;Syksy;Uni\n",
                "! 1 heading_unclear päivä, 1 heading_missing date"},
            {std::string(200, ';') + "Päivä\n", "! 1 cells_too_many"},
        },
        as_session);
}

TEST_CASE("Å, Ä and Ö are the last letters, in every list") {
    std::vector<std::string> names{"Öman", "Zeta", "Äijälä", "aalto", "Åberg", "Virtanen", "Wirtanen", "Aalto-Åberg",
        "Ahonen", "Ääri", "Éloïse", "Ünal"};
    sort_in_finnish_order(names, [](const std::string& name) -> const std::string& { return name; });
    CHECK(names == std::vector<std::string>{"aalto", "Aalto-Åberg", "Ahonen", "Éloïse", "Virtanen", "Wirtanen", "Ünal",
                       "Zeta", "Åberg", "Äijälä", "Ääri", "Öman"});
    Records records;
    const auto session = records.plan();
    for (const auto* name : {"Äijälä", "Åberg", "Öman", "Zeta"}) records.add(name, session);
    TextLines listed;
    for (const auto& one : people_of(records.database, session, UtcTime{})) listed.push_back(one.details.name);
    CHECK(listed == TextLines{"Zeta", "Åberg", "Äijälä", "Öman"});
}
