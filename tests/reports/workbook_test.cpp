// The workbook, read back by a program that is not ours (support/workbook.hpp).

#include "reports/attendance_report.hpp"
#include "support/catch.hpp"
#include "support/workbook.hpp"

using namespace etakahvila::reports;

namespace {

bool has(const std::string& said, const std::string& line) { return said.find(line + "\n") != std::string::npos; }

constexpr UtcTime nine{1'796'281'200'000};  // 2026-12-03 09:00 in Helsinki

}  // namespace

TEST_CASE("A workbook is read by another program: words stay words, dates are dates, long times are long") {
    const Table table{.name = "Läsnäolo",
        .headings = {"Nimi", "Päivä", "Kello", "Minuutit", "Aika", "Tyhjä"},
        .rows = {{std::string{"=1+1"}, DateCell{nine}, ClockCell{nine}, std::int64_t{237}, Duration{28 * 60 + 15}, {}},
            {std::string{"Äijö \"Ö\"; Mäki\nToinen rivi"}, DateCell{nine}, ClockCell{nine}, std::int64_t{0},
                Duration{0}, {}}}};
    const auto said = etakahvila::testing::read_by_another(
        xlsx_of({table, {.name = "Yhteysajat", .headings = {"Alkoi"}, .rows = {}}}));
    CHECK(has(said, "sheets Läsnäolo, Yhteysajat"));
    CHECK(has(said, "Läsnäolo A1 str General 'Nimi'"));
    CHECK(has(said, "Läsnäolo A2 str General '=1+1'"));
    CHECK(has(said, "Läsnäolo B2 datetime d.m.yyyy 2026-12-03"));
    CHECK(has(said, "Läsnäolo C2 time h:mm 09:00"));
    CHECK(has(said, "Läsnäolo D2 int General 237"));
    CHECK(has(said, "Läsnäolo E2 timedelta [h]:mm 28:15"));
    CHECK(has(said, "Läsnäolo A3 str General 'Äijö \"Ö\"; Mäki\\nToinen rivi'"));
    CHECK(said.find("Läsnäolo F2") == std::string::npos);
    CHECK(has(said, "Yhteysajat A1 str General 'Alkoi'"));
    CHECK(said.find("formula") == std::string::npos);
}

TEST_CASE("The day's workbook has a second sheet of intervals") {
    RecordedRow row{.person = PersonId{7},
        .connected_seconds = 3600,
        .window_seconds = 14'400,
        .arrived = nine,
        .left = UtcTime{nine.ms + 3'600'000}};
    row.intervals = {{nine, UtcTime{nine.ms + 3'600'000}}};
    const std::vector<ReportedDay> days{{.theme = "Uni", .starts_at = nine, .record = {.lines = {row}}}};
    const ReportedPeople people{{PersonId{7}, {.name = "Aino", .supervisor = {}}}};
    const auto said = etakahvila::testing::read_by_another(
        xlsx_of({attendance_table(days, people, {}, Language::fi), interval_table(days, people, Language::fi)}));
    CHECK(has(said, "sheets Läsnäolo, Yhteysajat"));
    CHECK(has(said, "Yhteysajat C2 str General 'Aino'"));
    CHECK(has(said, "Yhteysajat E2 time h:mm 09:00"));
    CHECK(has(said, "Yhteysajat F2 time h:mm 10:00"));
    CHECK(has(said, "Yhteysajat G2 int General 60"));
}
