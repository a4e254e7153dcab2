#include <random>

#include "people/csv.hpp"
#include "people/local_time.hpp"
#include "people/registration_file.hpp"
#include "reports/attendance_csv.hpp"
#include "reports/csv_writer.hpp"
#include "support/catch.hpp"

using namespace etakahvila::reports;
using etakahvila::base::UtcTime;
using etakahvila::people::decode_text;
using etakahvila::people::DecodedText;
using etakahvila::people::Encoding;
using etakahvila::people::read_csv;
using etakahvila::protocol::DecisionType;
using etakahvila::protocol::Mark;
using etakahvila::protocol::PersonId;
using etakahvila::protocol::Proposal;

namespace {

constexpr UtcTime nine{1'796'281'200'000};  // 2026-12-03 09:00 in Helsinki
constexpr std::int64_t minute = 60'000;

UtcTime after(std::int64_t minutes) { return UtcTime{nine.ms + minutes * minute}; }

AttendanceRow row(std::string name) {
    return {.person = PersonId{7}, .name = std::move(name), .decision_type = DecisionType::work_activity, .arrived = after(2), .left = after(240), .connected_seconds = 14'279, .gaps = 1,
            .proposal = Proposal::present, .mark = Mark::present, .remark = {}};
}

AttendanceReport report(std::vector<AttendanceRow> rows) { return {.session = "Uni", .starts_at = nine, .rows = std::move(rows)}; }

/// The file as our own reader reads it.
std::vector<std::vector<std::string>> read_back(const std::string& file) {
    const auto decoded = decode_text(file);
    REQUIRE(std::get<DecodedText>(decoded).encoding == Encoding::utf8_with_bom);
    std::vector<std::vector<std::string>> cells;
    const auto table = read_csv(std::get<DecodedText>(decoded).text);
    for (const auto& line : table.rows) cells.push_back(line.cells);
    return cells;
}

std::string name_in(const std::string& file) { return read_back(file).at(1).at(2); }

}  // namespace

TEST_CASE("The file, byte by byte") {
    auto absent = row("Eino Öhman");
    absent.person = PersonId{12};
    absent.decision_type.reset();
    absent.arrived.reset();
    absent.left.reset();
    absent.connected_seconds = 0;
    absent.gaps = 0;
    absent.proposal = Proposal::not_seen;
    absent.mark.reset();
    absent.remark = "soitti; \"myöhässä\"";
    CHECK(attendance_csv(report({row("Aino Mäki"), absent})) ==
          "\xef\xbb\xbfTeemakerta;Päivä;Nimi;Tunnus;Päätöksen laji;Saapui;Lähti;Minuutit;Katkot;Ehdotus;Merkintä;Huomautus\r\n"
          "Uni;2026-12-03;Aino Mäki;7;Kuntouttava työtoiminta;09:02;13:00;237;1;Läsnä;Läsnä;\r\n"
          "Uni;2026-12-03;Eino Öhman;12;;;;0;0;Ei nähty;;\"soitti; \"\"myöhässä\"\"\"\r\n");
    CHECK(attendance_csv(report({row("Aino Mäki")}), Language::en) ==
          "\xef\xbb\xbfSession;Date;Name;Id;Kind of decision;Arrived;Left;Minutes;Gaps;Proposal;Mark;Remark\r\n"
          "Uni;2026-12-03;Aino Mäki;7;Rehabilitative work activity;09:02;13:00;237;1;Present;Present;\r\n");
    CHECK(attendance_csv(report({})).ends_with("Huomautus\r\n"));
}

TEST_CASE("Difficult names stay what they are") {
    for (const std::string name : {"Äijö Öhman", "Matti \"Masa\" Virtanen", "Mäki; Maija", "Rivi\nToinen", "Rivi\r\nToinen", "O'Neill", "Ålund, Åsa", "  välit  ", "𝒜ino", "\""}) {
        CAPTURE(name);
        CHECK(name_in(attendance_csv(report({row(name)}))) == name);
    }
}

TEST_CASE("No cell is a formula") {
    for (const std::string name : {"=1+1", "+358", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", "=HYPERLINK(\"http://x\";\"y\")"}) {
        CAPTURE(name);
        const auto file = attendance_csv(report({row(name)}));
        CHECK(name_in(file) == "'" + name);
        for (const auto& line : read_back(file)) {
            for (const auto& cell : line) CHECK((cell.empty() || std::string_view{"=+-@\t\r\n"}.find(cell.front()) == std::string_view::npos));
        }
    }
    auto remarked = row("A");
    remarked.remark = "=2+2";
    CHECK(read_back(attendance_csv(report({remarked})))[1][11] == "'=2+2");
    CHECK(neutralised("a=1") == "a=1");
    CHECK(neutralised("") == "");
}

TEST_CASE("What the writer writes the reader reads") {
    std::mt19937 dice{2020};
    const std::vector<std::string> parts{"a", "ä", "Ö", ";", ",", "\t", "\"", "\r\n", "\n", "\r", "=", "+", "-", "@", "'", " ", "0", "€"};
    for (int round = 0; round < 2000; ++round) {
        std::vector<std::vector<std::string>> written;
        CsvWriter csv;
        for (auto rows = 1 + dice() % 4; rows > 0; --rows) {
            auto& cells = written.emplace_back();
            // A first cell, so that no row is blank.
            csv.text("x");
            cells.emplace_back("x");
            for (int column = 0; column < 4; ++column) {
                std::string cell;
                for (auto left = dice() % 6; left > 0; --left) cell += parts[dice() % parts.size()];
                csv.text(cell);
                cells.push_back(neutralised(cell));
            }
            csv.end_row();
        }
        REQUIRE(read_back(std::move(csv).take()) == written);
    }
}

TEST_CASE("Our own files can be read in again, numbers that begin with + too") {
    CsvWriter csv;
    csv.text("Nimi").text("Puh.");
    csv.end_row();
    csv.text("Aino").text("+358 40 123 4567");
    csv.end_row();
    const auto preview = etakahvila::people::preview_registrations(std::move(csv).take());
    CHECK(preview.faults.empty());
    REQUIRE(preview.rows.size() == 1);
    CHECK(preview.rows[0].person.phone == "+358 40 123 4567");
}

TEST_CASE("Minutes are counted, not read off the clock: nights of the clocks and long totals") {
    using etakahvila::people::utc_of;
    const auto begin = std::get<UtcTime>(utc_of({2026, 10, 25}, {1, 0}));
    auto night = row("Aino");
    night.arrived = begin;
    night.left = std::get<UtcTime>(utc_of({2026, 10, 25}, {5, 0}));
    night.connected_seconds = 5 * 3600;
    const auto cells = read_back(attendance_csv({.session = "Yö", .starts_at = begin, .rows = {night}})).at(1);
    CHECK(cells[1] == "2026-10-25");
    CHECK(cells[5] == "01:00");
    CHECK(cells[6] == "05:00");
    CHECK(cells[7] == "300");
    night.connected_seconds = 26 * 3600 + 59;
    CHECK(read_back(attendance_csv(report({night})))[1][7] == "1560");
}

TEST_CASE("The day is Helsinki's, also when UTC has another one") {
    const auto late = std::get<UtcTime>(etakahvila::people::utc_of({2027, 1, 1}, {0, 30}));
    CHECK(read_back(attendance_csv({.session = "Uusi vuosi", .starts_at = late, .rows = {row("A")}}))[1][1] == "2027-01-01");
}
