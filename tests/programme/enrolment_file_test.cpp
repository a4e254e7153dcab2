// Lists of a season: as three systems export them, with what people write wrong, and with the questions that they
// raise.

#include "programme/enrolment_file.hpp"

#include <set>
#include <sstream>

#include "people/helpers.hpp"
#include "programme/season_records.hpp"
#include "support/files.hpp"

using namespace etakahvila;
using namespace etakahvila::programme;
using etakahvila::testing::test_file;
using protocol::EligibilityChoice;

namespace {

struct List {
    EnrolmentAnswers answers{};
    FormTerms terms{};
    PackageId package{};
    UtcTime now{};
};

EnrolmentOutcome enrol_text(Autumn& season, std::string_view file, List list = {}) {
    const auto rows = people::preview_registrations(
        file, people::decision_kinds(season.database), people::ListKind::of_season);
    const EnrolmentList all{.period = season.autumn,
        .package = list.package == PackageId{} ? season.thursdays : list.package,
        .rows = rows,
        .answers = std::move(list.answers),
        .terms = std::move(list.terms),
        .by = "Koordinaattori 2"};
    const auto now = list.now == UtcTime{} ? season.start : list.now;
    // A look tells what would become of it.
    const auto look = look_at_enrolments(season.database, all, now).value();
    auto done = enrol(season.database, all, now).value();
    CHECK(look.new_people == done.new_people);
    CHECK(look.changed == done.changed);
    CHECK(look.unchanged == done.unchanged);
    CHECK(look.faults == done.faults);
    CHECK(look.not_eligible == done.not_eligible);
    CHECK(look.moves == done.moves);
    CHECK_FALSE(look.is_stored);
    CHECK(done.is_stored == done.may_be_stored());
    return done;
}

Days lines_of(const std::vector<people::RowFault>& faults) {
    Days lines;
    for (const auto& fault : faults)
        lines.push_back(std::to_string(fault.line) + ' ' + std::string{base::name_of(fault.reason)});
    return lines;
}

std::array<std::int64_t, 3> figures(const EnrolmentOutcome& done) {
    return {done.new_people, done.changed, done.unchanged};
}

/// Without these lines, from 1.
std::string without(const std::string& file, const std::set<std::int64_t>& lines) {
    std::istringstream text{file};
    std::string kept, line;
    for (std::int64_t number = 1; std::getline(text, line); ++number) {
        if (!lines.contains(number)) kept += line + '\n';
    }
    return kept;
}

/// What stands in each twentieth planted row, with the lines of a file whose first person is on this line.
Days planted(std::int64_t first_line, const std::string& last) {
    const std::vector<std::string> reasons{"name_missing", "decision_type_missing", "decision_type_unclear",
        "phone_unclear", "phone_zero_missing", "email_unclear", "email_not_ascii", "duplicate_of_line",
        "cells_too_many", "too_long", "too_long", "phone_unclear", "phone_unclear", "email_unclear",
        "decision_type_unclear", "email_unclear", "duplicate_of_line", "decision_type_unclear", "phone_unclear", last};
    Days lines;
    for (std::size_t place = 0; place < reasons.size(); ++place)
        lines.push_back(std::to_string(first_line + 7 + 15 * static_cast<std::int64_t>(place)) + ' ' + reasons[place]);
    return lines;
}

}  // namespace

TEST_CASE("Three systems' lists of 300 people: each of twenty faults is told by its line, then the good ones are in") {
    const auto name = GENERATE(
        as<std::string>{}, "season-excel-fi.csv", "season-libreoffice.csv", "season-fixed-order.csv");
    CAPTURE(name);
    Autumn season;
    season.database.write("UPDATE series SET is_for_all = 1");
    const bool has_headings = name != "season-fixed-order.csv";
    const auto file = test_file("data/registrations/" + name);
    const auto faulty = enrol_text(season, file);
    CHECK(lines_of(faulty.faults) ==
          planted(has_headings ? 2 : 1, has_headings ? "package_unclear" : "decision_type_unclear"));
    CHECK(faulty.same.empty());
    CHECK(season.count("people") == 0);

    std::set<std::int64_t> lines;
    for (const auto& fault : faulty.faults) lines.insert(fault.line);
    const auto mended = without(file, lines);
    const auto good = enrol_text(season, mended);
    CHECK(lines_of(good.faults).empty());
    CHECK(figures(good) == std::array<std::int64_t, 3>{280, 0, 0});
    CHECK(good.people.size() == 280);
    CHECK(season.count("people") == 280);
    CHECK(season.count("registrations") == 280 * 6);

    CHECK(figures(enrol_text(season, mended)) == std::array<std::int64_t, 3>{0, 0, 280});
    CHECK(season.count("people") == 280);
    CHECK(season.count("enrolments") == 280);
}

TEST_CASE("A list without headings is read in its fixed order, and only where nothing else can be meant") {
    const auto kinds = people::usual_kinds();
    const auto columns = [&](std::string_view file, people::ListKind list = people::ListKind::of_season) {
        Days fields;
        const auto preview = people::preview_registrations(file, kinds, list);
        for (const auto& column : preview.columns)
            fields.push_back(column.heading + ":" + (column.field ? std::string{base::name_of(*column.field)} : "-"));
        return fields;
    };
    const std::string row = "Kanerva Mustikka;Kuntouttava työtoiminta;Työnjohtaja 1;040 000 0001;k@posti.example\n";
    const Days fixed{":name", ":decision_type", ":supervisor", ":phone", ":email"};
    CHECK(columns(row) == fixed);
    CHECK(columns("Kanerva Mustikka;-\nKielo Lakka;kutyö;;\n") == fixed);
    const auto first = people::preview_registrations(row, kinds, people::ListKind::of_season);
    CHECK(first.rows.at(0).line == 1);
    CHECK(first.rows.at(0).person.supervisor == "Työnjohtaja 1");
    CHECK(first.columns.at(3).example == "040 000 0001");
    // A list of one session always has headings.
    CHECK(columns(row, people::ListKind::of_session) != fixed);
    // A phone where the supervisor is, another order, commas, and one heading that is known.
    CHECK(columns("Kanerva Mustikka;Kuntouttava työtoiminta;040 000 0001;Työnjohtaja 1;\n") != fixed);
    CHECK(columns("Kuntouttava työtoiminta;Kanerva Mustikka;Työnjohtaja 1;040 000 0001;\n") != fixed);
    CHECK(columns("Kanerva Mustikka,Kuntouttava työtoiminta,Työnjohtaja 1,040 000 0001,k@posti.example\n") != fixed);
    CHECK(columns("Nimi;x;y;z;v\n" + row) != fixed);
    // The first row may be headings in words that nobody knows: then it is told.
    const auto odd = people::preview_registrations(
        "Kuka;Mikä;Kenen;Mihin;Minne\n" + row + "Kielo Lakka;kutyö;;;\n", kinds, people::ListKind::of_season);
    CHECK(lines_of(odd.faults).at(0) == "1 decision_type_unclear");
}

TEST_CASE("A list of one session knows no packages, and takes the best time along") {
    Autumn season;
    const std::string file = "Nimi;Paras aika;Paketti\nKanerva Mustikka;aamulla;Torstaipaketti\n";
    const auto preview = people::preview_registrations(file, people::decision_kinds(season.database));
    CHECK_FALSE(preview.columns.at(2).field);
    REQUIRE(people::import_registrations(season.database, season.cafe_1, preview));
    CHECK(people::person_details(season.database, PersonId{1})->best_time == "aamulla");
}

TEST_CASE("A list changes what it tells, and nothing else") {
    Autumn season;
    const auto figures_of = [&](const std::string& file, UtcTime now = {}) {
        const auto done = enrol_text(season, "Nimi;Päätös;Työnjohtaja;Puhelin\n" + file, {.now = now});
        CHECK(lines_of(done.faults).empty());
        return figures(done);
    };
    using Figures = std::array<std::int64_t, 3>;
    CHECK(figures_of("Kanerva Mustikka;kutyö;Työnjohtaja 1;040 000 0001\n") == Figures{1, 0, 0});
    CHECK(figures_of("Mustikka Kanerva;kutyö;Työnjohtaja 1;+358400000001\n") == Figures{0, 0, 1});
    CHECK(figures_of("Kanerva Mustikka;kutyö;Työnjohtaja 2;040 000 0001\nKielo Lakka;kutyö;;040 000 0002\n") ==
          Figures{1, 1, 0});
    CHECK(season.count("people") == 2);
    const auto kanerva = enrolments_of(season.database, season.autumn, PersonId{1});
    CHECK(kanerva.at(0).supervisor == "Työnjohtaja 2");
    CHECK(kanerva.at(0).first_day == "2026-11-19");
    CHECK(kanerva.at(0).last_day == "2026-12-31");
    // Whoever comes later comes from then on.
    CHECK(figures_of("Vanamo Haapa;kutyö;;040 000 0003\n", nine_on("2026-12-04")) == Figures{1, 0, 0});
    CHECK(season.days_of(PersonId{3}) == Days{"2026-12-10", "2026-12-17", "2026-12-31"});
}

TEST_CASE("Who may not attend a series is asked about, and each answer is kept") {
    Autumn season;
    const std::string file =
        "Nimi;Päätös;Puhelin\nRaita Haapa;soku;040 000 0001\nTyrni Leppä;soku;040 000 0002\n"
        "Siili Sammal;soku;040 000 0003\nKanerva Mustikka;kutyö;040 000 0004\n";
    const auto asked = enrol_text(season, file);
    CHECK(figures(asked) == std::array<std::int64_t, 3>{1, 0, 0});
    REQUIRE(asked.not_eligible.size() == 3);
    CHECK(asked.not_eligible[0] ==
          protocol::EligibilityQuestion{
              .line = 2, .name = "Raita Haapa", .kind = "social_rehabilitation", .series = season.training});
    CHECK(season.count("people") == 0);

    List list;
    list.answers.choices = {{{2, season.training}, {EligibilityChoice::instead, {}}},
        {{3, season.training}, {EligibilityChoice::allow, " "}},
        {{4, season.training}, {EligibilityChoice::leave_out, {}}}};
    // Without a reason nothing is allowed.
    CHECK(enrol_text(season, file, list).not_eligible.size() == 1);
    list.answers.choices[{3, season.training}].reason = std::string(201, 'x');
    CHECK(lines_of(enrol_text(season, file, list).faults) == Days{"3 too_long"});
    list.answers.choices[{3, season.training}].reason = "kokeilee avotyötä";
    CHECK(figures(enrol_text(season, file, list)) == std::array<std::int64_t, 3>{4, 0, 0});
    const auto choice_of = [&](std::int64_t person) {
        return enrolments_of(season.database, season.autumn, PersonId{person}).at(0).choices.at(season.training);
    };
    CHECK(choice_of(1).choice == EligibilityChoice::instead);
    CHECK(choice_of(2).reason == "kokeilee avotyötä");
    CHECK(choice_of(2).by == "Koordinaattori 2");
    CHECK(choice_of(2).at == season.start);
    CHECK(choice_of(3).choice == EligibilityChoice::leave_out);
    CHECK(season.days_of(PersonId{1}).size() == 4);
    CHECK(season.days_of(PersonId{2}).size() == 6);
    CHECK(season.days_of(PersonId{3}).size() == 4);

    // What was answered is not asked again, and another answer takes its place.
    CHECK(figures(enrol_text(season, file)) == std::array<std::int64_t, 3>{0, 0, 4});
    list.answers.choices[{4, season.training}] = {EligibilityChoice::allow, "pyysi"};
    CHECK(figures(enrol_text(season, file, list)) == std::array<std::int64_t, 3>{0, 1, 3});
    CHECK(season.days_of(PersonId{3}).size() == 6);
    // A package that says what comes instead raises no question.
    const std::vector<Autumn::Part> parts{{season.cafe}, {.series = season.training, .instead = true}};
    const auto with_phone = season.package(season.autumn, "Torstaipaketti ja etäpajapäivä", parts);
    CHECK(enrol_text(season, "Nimi;Päätös\nLumme Lakka;soku\n", {.package = with_phone}).is_stored);
}

TEST_CASE("Who is in another package is asked about, and moves or stays") {
    Autumn season;
    const auto cafe_only = season.package(season.autumn, "Pelkkä Etäkahvila", {{season.cafe}});
    const std::string head = "Nimi;Päätös;Puhelin;Paketti\nSiili Sammal;kutyö;040 000 0001;";
    const auto now = nine_on("2026-11-27");
    CHECK(enrol_text(season, head + "pelkkä  etäkahvila\n").is_stored);
    CHECK(season.days_of(PersonId{1}) == Days{"2026-11-19", "2026-12-10"});
    const auto asked = enrol_text(season, head + "Torstaipaketti\n", {.now = now});
    REQUIRE(asked.moves.size() == 1);
    CHECK(asked.moves[0] ==
          protocol::PackageQuestion{.line = 2, .name = "Siili Sammal", .now = cafe_only, .told = season.thursdays});
    CHECK(figures(asked) == std::array<std::int64_t, 3>{0, 0, 0});

    const List stays{.answers = {.moves = {{2, false}}}, .now = now};
    CHECK(figures(enrol_text(season, head + "Torstaipaketti\n", stays)) == std::array<std::int64_t, 3>{0, 0, 1});
    const List moves{.answers = {.moves = {{2, true}}}, .now = now};
    CHECK(figures(enrol_text(season, head + "Torstaipaketti\n", moves)) == std::array<std::int64_t, 3>{0, 1, 0});
    CHECK(season.days_of(PersonId{1}) == Days{"2026-11-19", "2026-12-03", "2026-12-10", "2026-12-17", "2026-12-31"});
    CHECK(figures(enrol_text(season, head + "Torstaipaketti\n", {.now = now})) == std::array<std::int64_t, 3>{0, 0, 1});
}

TEST_CASE("Whether a row is somebody known is asked, and nobody is made twice") {
    Autumn season;
    const auto kanerva = season.person("Kanerva Mustikka", "work_activity", "Työnjohtaja 1");
    season.database.write("UPDATE people SET phone = '040 000 0001' WHERE id = ?", kanerva);
    const std::string file =
        "Nimi;Päätös;Työnjohtaja;Puhelin\n"
        "Kanerva Mustikka;kutyö;Työnjohtaja 1;050 000 0009\n";
    const auto asked = enrol_text(season, file);
    REQUIRE(asked.same.size() == 1);
    CHECK(asked.same[0].people.at(0).id == kanerva);
    List list;
    list.answers.people[2] = kanerva;
    const auto done = enrol_text(season, file, list);
    CHECK(done.people == std::vector{kanerva});
    CHECK(season.count("people") == 1);
    CHECK(people::person_details(season.database, kanerva)->phone == "050 000 0009");
}

TEST_CASE("A kind of decision that a list changes holds from today on") {
    Autumn season;
    const std::string head = "Nimi;Puhelin;Päätös\nKanerva Mustikka;040 000 0001;";
    CHECK(enrol_text(season, head + "kutyö\n").is_stored);
    const List later{.answers = {.choices = {{{2, season.training}, {EligibilityChoice::leave_out, {}}}}},
        .now = nine_on("2026-12-04")};
    CHECK(figures(enrol_text(season, head + "soku\n", later)) == std::array<std::int64_t, 3>{0, 1, 0});
    CHECK(season.days_of(PersonId{1}) == Days{"2026-11-19", "2026-11-26", "2026-12-03", "2026-12-10", "2026-12-17"});
    CHECK(enrolments_of(season.database, season.autumn, PersonId{1}).size() == 2);
}

TEST_CASE("By hand somebody has their own days, within the period") {
    Autumn season;
    const std::string file = "Nimi;Puhelin\nKanerva Mustikka;040 000 0001\n";
    const auto reason = [&](FormTerms terms) {
        const auto done = enrol_text(season, file, {.terms = std::move(terms)});
        return done.faults.empty() ? "" : std::string{base::name_of(done.faults.front().reason)};
    };
    season.database.write("UPDATE series SET is_for_all = 1");
    CHECK(reason({.first_day = "31.2.2026"}) == "date_unclear");
    CHECK(reason({.last_day = "7.1.2027"}) == "day_outside_period");
    CHECK(reason({.first_day = "10.12.2026", .last_day = "1.12.2026"}) == "day_outside_period");
    CHECK(reason({.first_day = "26.11.2026", .last_day = "10.12.2026", .sms_allowed = true}).empty());
    CHECK(season.days_of(PersonId{1}) == Days{"2026-11-26", "2026-12-03", "2026-12-10"});
    CHECK(season.database.has("SELECT 1 FROM people WHERE sms_allowed = 1 AND needs_shown = 0"));
    // The decision ends earlier, as it turns out.
    CHECK(reason({.last_day = "3.12.2026"}).empty());
    CHECK(season.days_of(PersonId{1}) == Days{"2026-11-26", "2026-12-03"});
    const people::RegistrationPreview nobody;
    CHECK_FALSE(
        enrol(season.database, {.period = PeriodId{99}, .package = season.thursdays, .rows = nobody}, season.start));
    CHECK_FALSE(
        enrol(season.database, {.period = season.autumn, .package = PackageId{99}, .rows = nobody}, season.start));
}
