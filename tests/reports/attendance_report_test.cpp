#include <random>

#include "people/csv.hpp"
#include "people/local_time.hpp"
#include "people/registration_file.hpp"
#include "reports/attendance_report.hpp"
#include "reports/csv_writer.hpp"
#include "support/catch.hpp"

using namespace etakahvila::reports;
using etakahvila::people::DecisionKinds;
using etakahvila::people::decode_text;
using etakahvila::people::DecodedText;
using etakahvila::people::Encoding;
using etakahvila::people::read_csv;

using etakahvila::protocol::Mark;
using etakahvila::protocol::MarkSource;
using etakahvila::protocol::Proposal;

namespace {

constexpr UtcTime nine{1'796'281'200'000};  // 2026-12-03 09:00 in Helsinki
constexpr std::int64_t minute = 60'000;
constexpr PersonId aino{7}, eino{12}, moderator{3};

UtcTime after(std::int64_t minutes) { return UtcTime{nine.ms + minutes * minute}; }

RecordedRow there(PersonId person) {
    RecordedRow row{.person = person,
        .decision_type = "work_activity",
        .connected_seconds = 14'279,
        .window_seconds = 14'400,
        .arrived = after(2),
        .left = after(240),
        .gaps = 1};
    row.intervals = {{after(2), after(100)}, {after(101), after(240)}};
    row.proposal = Proposal::present;
    row.mark = Mark::present;
    row.source = MarkSource::connection;
    row.marked_by = moderator;
    return row;
}

/// Never connected: nothing is known of times.
RecordedRow not_there(PersonId person) {
    return {
        .person = person, .decision_type = "work_activity", .window_seconds = 14'400, .proposal = Proposal::not_seen};
}

ReportedDay day(std::vector<RecordedRow> rows, std::optional<UtcTime> sealed_at = {}) {
    return {.theme = "Uni", .starts_at = nine, .record = {.lines = std::move(rows), .sealed_at = sealed_at}};
}

ReportedPeople people(std::string name = "Aino Mäki") {
    return {{aino, {.name = std::move(name), .supervisor = {}}},
        {eino, {.name = "Eino Öhman", .supervisor = "Päivi Virtanen"}},
        {moderator, {.name = "Moderaattori 1", .supervisor = {}}}};
}

DecisionKinds kinds() {
    return {{.key = "work_activity", .fi = "Kuntouttava työtoiminta", .sv = {}, .en = "Rehabilitative work activity"}};
}

std::string csv(
    std::vector<RecordedRow> rows, const ReportedPeople& known = people(), Language language = Language::fi) {
    return csv_of(attendance_table({day(std::move(rows))}, known, kinds(), language));
}

/// The file as our own reader reads it.
std::vector<std::vector<std::string>> read_back(const std::string& file) {
    const auto decoded = decode_text(file);
    REQUIRE(std::get<DecodedText>(decoded).encoding == Encoding::utf8_with_bom);
    std::vector<std::vector<std::string>> cells;
    const auto table = read_csv(std::get<DecodedText>(decoded).text);
    for (const auto& row : table.rows) cells.push_back(row.cells);
    return cells;
}

}  // namespace

TEST_CASE("The file, byte by byte; unknown is not zero") {
    auto phoned = not_there(eino);
    phoned.mark = Mark::partial;
    phoned.minutes = 60;
    phoned.source = MarkSource::phone;
    phoned.marked_by = moderator;
    phoned.reason = "soitti; \"myöhässä\"";
    CHECK(csv({there(aino), phoned}) ==
          "\xef\xbb\xbfTeemakerta;Päivä;Nimi;Tunnus;Päätöksen laji;Työnjohtaja tai "
          "omatyöntekijä;Saapui;Lähti;Minuutit;Katkot;Ehdotus;Merkintä;Merkityt "
          "minuutit;Tapa;Merkitsi;Huomautus;Vahvistettu\r\n"
          "Uni;2026-12-03;Aino Mäki;7;Kuntouttava työtoiminta;;09:02;13:00;237;1;Läsnä;Läsnä;;;Moderaattori 1;;\r\n"
          "Uni;2026-12-03;Eino Öhman;12;Kuntouttava työtoiminta;Päivi Virtanen;;;;;Ei nähty;Osan "
          "aikaa;60;Puhelimessa;Moderaattori 1;\"soitti; \"\"myöhässä\"\"\";\r\n");
    CHECK(csv({there(aino)}, people(), Language::en)
              .find("Uni;2026-12-03;Aino Mäki;7;Rehabilitative work "
                    "activity;;09:02;13:00;237;1;Present;Present;;;Moderaattori 1;;\r\n") != std::string::npos);
    CHECK(csv({}).ends_with("Vahvistettu\r\n"));
}

TEST_CASE("The hour of the assignment stands beside the line's; a line that was lost for a moment does not") {
    auto off_the_line = there(aino);
    off_the_line.connected_seconds = 180 * 60 + 30;
    off_the_line.work_seconds = 60 * 60 + 30;
    CHECK(csv({off_the_line}).find(";180 min + tehtävä 60 min;\r\n") != std::string::npos);
    off_the_line.work_seconds = 59;
    CHECK(csv({off_the_line}).find("tehtävä") == std::string::npos);
}

TEST_CASE("Of a day without a room the minutes are those that a worker has checked") {
    auto met = not_there(eino);
    met.mark = Mark::present;
    met.source = MarkSource::in_person;
    met.contact_seconds = 45 * 60;
    met.contact_source = MarkSource::in_person;
    CHECK(csv({met}).find(";Päivi Virtanen;;;45;;Ei nähty;Läsnä;;Kasvokkain;") != std::string::npos);
    CHECK(csv({met}, people(), Language::en).find(";Face to face;") != std::string::npos);
    CHECK(totals_of({day({met})}, people()).at(0).minutes == 45);
    // Marked for a part of it, that part counts.
    met.mark = Mark::partial;
    met.minutes = 20;
    CHECK(totals_of({day({met})}, people()).at(0).minutes == 20);
}

TEST_CASE("The rows of a day are in Finnish order of their names, whatever order they were registered in") {
    const std::vector<std::string> registered{"Äijälä A", "Åberg B", "Öman C", "Zeta D", "Virtanen E"};
    ReportedPeople known;
    std::vector<RecordedRow> rows;
    for (const auto& name : registered) {
        const PersonId person{static_cast<std::int64_t>(known.size()) + 20};
        known[person] = {.name = name, .supervisor = {}};
        rows.push_back(there(person));
    }
    const std::vector<std::string> expected{"Virtanen E", "Zeta D", "Åberg B", "Äijälä A", "Öman C"};
    const auto names = [](const Table& table) {
        std::vector<std::string> found;
        for (const auto& row : table.rows) {
            const auto& name = std::get<std::string>(row.at(2));
            if (found.empty() || found.back() != name) found.push_back(name);
        }
        return found;
    };
    CHECK(names(attendance_table({day(rows)}, known, kinds(), Language::fi)) == expected);
    CHECK(names(interval_table({day(rows)}, known, Language::fi)) == expected);
}

TEST_CASE("A day has the name that its kind of decision had then; an English file the English one") {
    auto renamed = there(aino);
    renamed.decision_name = "Kuntouttava työtoiminta (vanha laki)";
    auto removed = not_there(eino);
    removed.decision_type = "tyopajatoiminta";
    auto removed_and_kept = removed;
    removed_and_kept.decision_name = "Työpajatoiminta";
    const auto told = [&](const RecordedRow& row, Language language) {
        const std::vector<ReportedDay> days{day({row})};
        const auto kind = read_back(csv_of(attendance_table(days, people(), kinds(), language))).at(1)[4];
        CHECK(read_back(csv_of(totals_table(days, people(), kinds(), language))).at(1)[2] == kind);
        return kind;
    };
    CHECK(told(there(aino), Language::fi) == "Kuntouttava työtoiminta");
    CHECK(told(renamed, Language::fi) == "Kuntouttava työtoiminta (vanha laki)");
    CHECK(told(renamed, Language::en) == "Rehabilitative work activity");
    CHECK(told(removed_and_kept, Language::fi) == "Työpajatoiminta");
    CHECK(told(removed_and_kept, Language::en) == "Työpajatoiminta");
    CHECK(told(removed, Language::fi) == "tyopajatoiminta");
    auto none = there(aino);
    none.decision_type = {};
    CHECK(told(none, Language::fi).empty());
}

TEST_CASE("A sealed day says when, and a correction what it was") {
    auto corrected = not_there(eino);
    corrected.mark = Mark::present;
    corrected.absence_told = true;
    corrected.corrections = {{.was = Mark::absent,
        .was_minutes = {},
        .mark = Mark::present,
        .minutes = {},
        .reason = "Oli puhelimessa",
        .by = moderator,
        .at = after(300)}};
    const auto cells =
        read_back(csv_of(attendance_table({day({corrected}, after(260))}, people(), kinds(), Language::fi))).at(1);
    CHECK(cells[15] == "Korjattu, oli: Poissa. Oli puhelimessa. Poissaolo ilmoitettu");
    CHECK(cells[16] == "2026-12-03");
}

TEST_CASE("Who has been erased has no name") { CHECK(read_back(csv({there(PersonId{99})})).at(1)[2] == "(poistettu)"); }

TEST_CASE("Difficult names stay what they are") {
    for (const std::string name : {"Äijö Öhman", "Matti \"Masa\" Virtanen", "Mäki; Maija", "Rivi\nToinen",
             "Rivi\r\nToinen", "O'Neill", "Ålund, Åsa", "  välit  ", "𝒜ino", "\""}) {
        CAPTURE(name);
        CHECK(read_back(csv({there(aino)}, people(name))).at(1)[2] == name);
    }
}

TEST_CASE("No cell is a formula") {
    for (const std::string name :
        {"=1+1", "+358", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", "=HYPERLINK(\"http://x\";\"y\")"}) {
        CAPTURE(name);
        const auto file = csv({there(aino)}, people(name));
        CHECK(read_back(file).at(1)[2] == "'" + name);
        for (const auto& row : read_back(file)) {
            for (const auto& cell : row)
                CHECK((cell.empty() || std::string_view{"=+-@\t\r\n"}.find(cell.front()) == std::string_view::npos));
        }
    }
    auto remarked = there(aino);
    remarked.reason = "=2+2";
    CHECK(read_back(csv({remarked})).at(1)[15] == "'=2+2");
    CHECK(neutralised("a=1") == "a=1");
    CHECK(neutralised("") == "");
}

TEST_CASE("What the writer writes the reader reads") {
    std::mt19937 dice{2020};
    const std::vector<std::string> parts{
        "a", "ä", "Ö", ";", ",", "\t", "\"", "\r\n", "\n", "\r", "=", "+", "-", "@", "'", " ", "0", "€"};
    for (int round = 0; round < 2000; ++round) {
        std::vector<std::vector<std::string>> written;
        CsvWriter writer;
        for (auto rows = 1 + dice() % 4; rows > 0; --rows) {
            auto& cells = written.emplace_back();
            // A first cell, so that no row is blank.
            writer.text("x");
            cells.emplace_back("x");
            for (int column = 0; column < 4; ++column) {
                std::string cell;
                for (auto left = dice() % 6; left > 0; --left) cell += parts[dice() % parts.size()];
                writer.text(cell);
                cells.push_back(neutralised(cell));
            }
            writer.end_row();
        }
        const auto read = read_back(std::move(writer).take());
        REQUIRE(read == written);
    }
}

TEST_CASE("Our own files can be read in again, numbers that begin with + too") {
    CsvWriter writer;
    writer.text("Nimi").text("Puh.");
    writer.end_row();
    writer.text("Aino").text("+358 40 123 4567");
    writer.end_row();
    const auto preview = etakahvila::people::preview_registrations(std::move(writer).take(), {});
    CHECK(preview.faults.empty());
    REQUIRE(preview.rows.size() == 1);
    CHECK(preview.rows[0].person.phone == "+358 40 123 4567");
}

TEST_CASE("Minutes are counted, not read off the clock: the nights of the clocks, the change of the year") {
    using etakahvila::people::utc_of;
    const auto row_of = [](UtcTime from, UtcTime to, std::int64_t seconds) {
        auto night = there(aino);
        night.arrived = from;
        night.left = to;
        night.connected_seconds = seconds;
        return read_back(csv_of(attendance_table({{.theme = "Yö", .starts_at = from, .record = {.lines = {night}}}},
                             people(), kinds(), Language::fi)))
            .at(1);
    };
    const auto autumn = row_of(
        std::get<UtcTime>(utc_of({2026, 10, 25}, {1, 0})), std::get<UtcTime>(utc_of({2026, 10, 25}, {5, 0})), 5 * 3600);
    CHECK(autumn[1] == "2026-10-25");
    CHECK(autumn[6] == "01:00");
    CHECK(autumn[7] == "05:00");
    CHECK(autumn[8] == "300");
    const auto spring = row_of(
        std::get<UtcTime>(utc_of({2027, 3, 28}, {1, 0})), std::get<UtcTime>(utc_of({2027, 3, 28}, {6, 0})), 4 * 3600);
    CHECK(spring[8] == "240");
    const auto new_year = row_of(
        std::get<UtcTime>(utc_of({2026, 12, 31}, {22, 0})), std::get<UtcTime>(utc_of({2027, 1, 1}, {2, 0})), 4 * 3600);
    CHECK(new_year[1] == "2026-12-31");
    CHECK(new_year[7] == "02:00");
    CHECK(new_year[8] == "240");
}

TEST_CASE("Totals go over 24 hours, and count what was marked where a part was") {
    std::vector<ReportedDay> days;
    for (int number = 0; number < 7; ++number) days.push_back(day({there(aino), not_there(eino)}));
    auto part = there(aino);
    part.mark = Mark::partial;
    part.minutes = 30;
    days.push_back(day({part}));
    const auto totals = read_back(csv_of(totals_table(days, people(), kinds(), Language::fi)));
    REQUIRE(totals.size() == 3);
    CHECK(totals[1] == std::vector<std::string>{
                           "Aino Mäki", "7", "Kuntouttava työtoiminta", "", "8", "7", "1", "0", "0", "0", "28:15"});
    CHECK(totals[2] == std::vector<std::string>{"Eino Öhman", "12", "Kuntouttava työtoiminta", "Päivi Virtanen", "7",
                           "0", "0", "0", "0", "7", "0:00"});
    CHECK(hours_text({.minutes = 101 * 60 + 5}) == "101:05");
}

TEST_CASE("Of an experience-story day a file has counts, and people are in it by their other days alone") {
    auto partial = there(eino);
    partial.mark = Mark::partial;
    auto story = day({there(aino), partial, not_there(moderator)}, after(250));
    story.theme = "Tarinat";
    story.has_counts_only = true;
    const std::vector<ReportedDay> days{story, day({there(aino)})};
    const auto rows = read_back(csv_of(attendance_table(days, people(), kinds(), Language::fi)));
    REQUIRE(rows.size() == 5);
    const auto expected = [](const std::string& mark, const std::string& remark) {
        return std::vector<std::string>{
            "Tarinat", "2026-12-03", "", "", "", "", "", "", "", "", "", mark, "", "", "", remark, "2026-12-03"};
    };
    CHECK(rows[1] == expected("Läsnä", "Kokemustarinapäivä, vain määrä: 1"));
    CHECK(rows[2] == expected("Osan aikaa", "Kokemustarinapäivä, vain määrä: 1"));
    CHECK(rows[3] == expected("Ei merkintää", "Kokemustarinapäivä, vain määrä: 1"));
    CHECK(rows[4][2] == "Aino Mäki");
    CHECK(interval_table(days, people(), Language::fi).rows.size() == 2);
    const auto totals = read_back(csv_of(totals_table(days, people(), kinds(), Language::fi)));
    REQUIRE(totals.size() == 2);
    CHECK(totals[1][0] == "Aino Mäki");
    CHECK(totals[1][4] == "1");
    // A day to which nobody came says so, and is there.
    story.record.lines.clear();
    CHECK(csv_of(attendance_table({story}, people(), kinds(), Language::en))
              .find(";No mark;;;;\"Experience-story day, count only: 0\";") != std::string::npos);
}

TEST_CASE("A kept day is read as it was written") {
    DayRecord record{.session = SessionId{4},
        .version = 9,
        .phase = etakahvila::protocol::Phase::sealed,
        .windows = {{nine, after(240)}},
        .lines = {there(aino), not_there(eino)},
        .sealed_at = after(250),
        .sealed_by = moderator};
    record.acts = {{.what = "sealed", .person = {}, .by = moderator, .at = after(250), .mark = {}, .minutes = {}}};
    CHECK(day_record_in(to_text(record)) == record);
    CHECK_FALSE(day_record_in("{}"));
}

TEST_CASE("The most at once, and the average of the window") {
    auto early = there(aino);
    early.intervals = {{nine, after(60)}};
    auto late = there(eino);
    late.intervals = {{after(60), after(120)}, {after(180), after(240)}};
    const auto crowd = crowd_of({early, late}, {{nine, after(240)}});
    // One leaves in the moment in which the other comes.
    CHECK(crowd.peak == 1);
    CHECK(crowd.average_tenths == 8);
    early.intervals = {{nine, after(61)}};
    CHECK(crowd_of({early, late}, {{nine, after(240)}}).peak == 2);
    CHECK(crowd_of({}, {}).average_tenths == 0);
}

TEST_CASE("The day is Helsinki's, also when UTC has another one") {
    const auto late = std::get<UtcTime>(etakahvila::people::utc_of({2027, 1, 1}, {0, 30}));
    CHECK(read_back(
              csv_of(attendance_table({{.theme = "Uusi vuosi", .starts_at = late, .record = {.lines = {there(aino)}}}},
                  people(), kinds(), Language::fi)))
              .at(1)[1] == "2027-01-01");
}
