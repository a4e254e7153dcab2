// Figures, never a test: what the day of a full room costs, and the reports of a year.
//   build/bin/etakahvila-bench-attendance
//
// The day: 300 people whose lines break now and then, as the workbench reads it. The year: 50
// sessions of 90 people, read from the store and made into one file.

#include <chrono>
#include <iostream>

#include "people/storage.hpp"
#include "records/sqlite_database.hpp"
#include "reports/attendance_report.hpp"
#include "reports/day_store.hpp"
#include "support/room_driver.hpp"
#include "support/temporary_folder.hpp"
#include "reports/day_recorder.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

constexpr std::int64_t people_of_full_room = 300;
constexpr std::int64_t people_of_session = 90;
constexpr std::int64_t sessions_of_year = 50;

template <class Work>
auto timed(std::string_view what, Work work) {
    const auto begun = std::chrono::steady_clock::now();
    auto result = work();
    const auto took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
    std::cout << what << ": " << took << " ms, " << result.size() << " bytes\n";
    return result;
}

/// A day of four hours in which everyone's line breaks `breaks` times.
RoomDriver day_of(std::int64_t people, int breaks) {
    RoomDriver room;
    const auto facilitator = room.admit("Ohjaaja", Role::facilitator);
    std::vector<PersonId> all;
    for (std::int64_t number = 1; all.size() + 1 < static_cast<std::size_t>(people); ++number)
        all.push_back(room.admit("Marja " + std::to_string(number)));
    room.go_live(facilitator);
    for (int round = 0; round < breaks; ++round) {
        room.pass(std::chrono::minutes{240 / (breaks + 1)});
        for (const auto person : all) room.lose(person);
        room.pass(std::chrono::seconds{30});
        for (const auto person : all) room.connect(person);
    }
    room.pass(std::chrono::minutes{240 / (breaks + 1)});
    room.ask(facilitator, CloseSession{});
    return room;
}

}  // namespace

int main() {
    const auto full = day_of(people_of_full_room, 5);
    timed("the day of 300 people, from the room to JSON",
        [&] { return reports::to_text(reports::record_of(full.room())); });

    const TemporaryFolder folder;
    records::SqliteDatabase store{(folder.path() / "year.sqlite").string()};
    people::migrate(store);
    reports::migrate(store);
    auto record = reports::record_of(day_of(people_of_session, 3).room());
    reports::ReportedPeople people;
    for (const auto& row : record.lines)
        people[row.person] = {.name = "Osallistuja " + std::to_string(row.person.value), .supervisor = "Työnjohtaja 3"};
    {
        records::Transaction transaction{store};
        for (std::int64_t number = 1; number <= sessions_of_year; ++number) {
            record.session = SessionId{number};
            reports::keep_day(store, record, {});
        }
        transaction.commit();
    }
    const auto days = [&] {
        std::vector<reports::ReportedDay> year;
        for (std::int64_t number = 1; number <= sessions_of_year; ++number)
            year.push_back(
                {.theme = "Uni", .starts_at = first_stamp.utc, .record = *reports::day_of(store, SessionId{number})});
        return year;
    };
    timed("a year of 50 sessions of 90, from the store to CSV",
        [&] { return reports::csv_of(reports::attendance_table(days(), people, {}, reports::Language::fi)); });
    timed("the same to a workbook with totals", [&] {
        const auto year = days();
        return reports::xlsx_of({reports::attendance_table(year, people, {}, reports::Language::fi),
            reports::totals_table(year, people, {}, reports::Language::fi)});
    });
}
