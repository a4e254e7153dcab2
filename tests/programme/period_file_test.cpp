#include "programme/period_file.hpp"

#include <algorithm>

#include "programme/helpers.hpp"

using namespace etakahvila;
using namespace etakahvila::programme;
using testing::test_file;

namespace {

const std::string heading = "date;start;end;series;theme;guests\n";

PeriodFile look(Season& season, PeriodId period, std::string_view bytes) {
    return look_at_period_file(season.database, period, bytes).value();
}

std::int64_t changed_in(const PeriodFile& file) {
    return std::count_if(file.days.begin(), file.days.end(), [](const FileDay& day) { return day.changes; });
}

std::int64_t take(Season& season, PeriodId period, std::string_view bytes) {
    const auto file = look(season, period, bytes);
    REQUIRE(told(file.faults).empty());
    store_period_file(season.database, file);
    return changed_in(file);
}

}  // namespace

TEST_CASE("The programme of autumn 2020 goes in by its days, comes out as it was, and changes nothing twice") {
    Season season;
    const auto id = season.put(season.autumn());
    season.make(id);
    const auto real = test_file("data/programme-autumn-2020.csv");
    const auto file = look(season, id, real);
    CHECK(file.rows_read == 19);
    CHECK(changed_in(file) == 19);
    // A look stores nothing.
    CHECK(look(season, id, real).days.front().changes);
    CHECK(take(season, id, real) == 19);
    CHECK(period_file(season.database, id) == real);
    CHECK(take(season, id, real) == 0);
    CHECK(season.count("sessions") == 19);
}

TEST_CASE("A row without its day, or with other times, is told by its line, and nothing is stored") {
    Season season;
    const auto id = season.put(season.autumn());
    season.make(id);
    const auto before = period_file(season.database, id);
    const auto file = look(season, id,
        heading + "6.8.2020;9;13;Etäkahvila;Väärä sarja;\n" + "13.8.2020;9;13;Etätyövalmennus;Väliviikko;\n" +
            "20.8.2020;10;14;Etäkahvila;Väärä aika;\n" + "27.8.2020;9;13;Osallisuus ja liikunta;;\n" +
            "3.9.2020;9;13;etätyövalmennus;Oikea;\n");
    CHECK(told(file.faults) == TextLines{"2 no_such_day 2020-08-06 Etäkahvila",
                                   "3 no_such_day 2020-08-13 Etätyövalmennus", "4 times_differ 09:00–13:00",
                                   "5 theme_missing"});
    CHECK(file.days.size() == 1);
    CHECK(period_file(season.database, id) == before);
    CHECK_FALSE(look_at_period_file(season.database, PeriodId{99}, heading));
}

TEST_CASE("What a row tells replaces what was planned, and what it leaves empty stays") {
    Season season;
    const auto id = season.put(season.autumn());
    const auto first = season.make(id).created[0];
    const std::string with_question = "pvm;alkaa;loppuu;sarja;aihe;vieraat;kysymys;apunumero\n";
    CHECK(take(season, id,
              with_question + "6.8.2020;9;13;Osallisuus ja liikunta;Kuvat;Anna, Pekka;Missä kävit?;040 1\n") == 1);
    auto record = people::session_record(season.database, first).value();
    CHECK(record.theme == "Kuvat");
    CHECK(record.question == "Missä kävit?");
    CHECK(record.help_phone == "040 1");
    // The usual agenda asks it.
    CHECK(record.agenda[1].question == "Missä kävit?");
    CHECK(take(season, id, heading + "6.8.2020;9;13;Osallisuus ja liikunta;Lomakuvat;\n") == 1);
    record = people::session_record(season.database, first).value();
    CHECK(record.theme == "Lomakuvat");
    CHECK(record.question == "Missä kävit?");
    CHECK(period_file(season.database, id).find("Lomakuvat;Anna, Pekka\n") != std::string::npos);
}

TEST_CASE("A guest whom the file tells no more goes, unless they have a link") {
    Season season;
    const auto id = season.put(season.autumn());
    const auto first = season.make(id).created[0];
    const std::string row = heading + "6.8.2020;9;13;Osallisuus ja liikunta;Kuvat;";
    take(season, id, row + "vierailija, Pekka\n");
    people::CountedBytes random;
    for (const auto& one : people::people_of(season.database, first, season.now)) {
        if (one.details.name == "Pekka")
            people::invite(
                season.database, first, one.person, {season.now, {season.now.ms + 1}}, season.now, random.bytes());
    }
    CHECK(take(season, id, row + "Anna\n") == 1);
    CHECK(period_file(season.database, id).find(";Kuvat;Pekka, Anna\n") != std::string::npos);
    CHECK(take(season, id, row + "ANNA\n") == 0);
}

TEST_CASE("Themes with separators, quotes and formulas go out and come back as they are") {
    Season season;
    const auto id = season.put(season.autumn());
    season.make(id);
    take(season, id,
        heading + "6.8.2020;9;13;Osallisuus ja liikunta;\"Uni; lepo ja \"\"rauha\"\"\";\n" +
            "20.8.2020;9;13;Etäkahvila;=1+1;\n");
    const auto out = period_file(season.database, id);
    CHECK(out.find(";\"Uni; lepo ja \"\"rauha\"\"\";") != std::string::npos);
    CHECK(out.find(";'=1+1;") != std::string::npos);
    CHECK(take(season, id, out) == 0);
}

TEST_CASE("A cancelled day is not in the file, and takes no row") {
    Season season;
    const auto id = season.put(season.autumn());
    const auto first = season.make(id).created[0];
    season.database.write(
        "INSERT INTO cancelled_sessions (session, why, words, by_name, at) VALUES (?, 'other', '', 'Kaisa', 0)", first);
    CHECK(period_file(season.database, id).find("2020-08-06") == std::string::npos);
    CHECK(told(look(season, id, heading + "6.8.2020;9;13;Osallisuus ja liikunta;Kuvat;\n").faults) ==
          TextLines{"2 no_such_day 2020-08-06 Osallisuus ja liikunta"});
}

TEST_CASE("The programme as a file has no guests of an experience-story day, and goes in again without taking them") {
    Season season;
    const auto id = season.put(season.autumn());
    const auto first = season.make(id).created[0];
    CHECK(take(season, id, heading + "6.8.2020;9;13;Osallisuus ja liikunta;Tarinat;Anna, Pekka\n") == 1);
    season.database.write("UPDATE sessions SET anonymous_among_participants = 1 WHERE id = ?", first);
    const auto file = period_file(season.database, id);
    CHECK(file.find("Tarinat;\n") != std::string::npos);
    CHECK(file.find("Anna") == std::string::npos);
    CHECK(take(season, id, file) == 0);
    const auto record = people::session_record(season.database, first);
    REQUIRE(record);
    CHECK(std::count_if(record->roster.begin(), record->roster.end(),
              [](const people::RosterEntry& one) { return one.role == protocol::Role::guest; }) == 2);
}
