// Where an enrolment takes its person, and what stays when it changes.

#include "programme/enrolments.hpp"

#include <tuple>

#include "programme/one_person.hpp"
#include "programme/season_records.hpp"
#include "programme/person_page.hpp"

using namespace etakahvila;
using namespace etakahvila::programme;
using protocol::EligibilityChoice;
using protocol::EnrolmentState;
using protocol::SeriesPlace;

namespace {

EnrolmentId put(Autumn& season, PersonId person, Enrolment enrolment = {}) {
    enrolment.person = person;
    if (enrolment.package == PackageId{}) enrolment.package = season.thursdays;
    if (enrolment.first_day.empty()) enrolment.first_day = "2026-11-19";
    if (enrolment.last_day.empty()) enrolment.last_day = "2026-12-31";
    if (!enrolment.kind) enrolment.kind = people::person_details(season.database, person)->decision_type;
    const auto id = add_enrolment(season.database, season.autumn, enrolment, season.start);
    bring_registrations_in_line(season.database, season.autumn, season.start);
    return id;
}

/// "2026-11-19 2026-12-31 accepted work_activity"
Days told(const std::vector<Enrolment>& enrolments) {
    Days lines;
    for (const auto& one : enrolments)
        lines.push_back(one.first_day + ' ' + one.last_day + ' ' + std::string{base::name_of(one.state)} + ' ' +
                        one.kind.value_or("-"));
    return lines;
}

}  // namespace

TEST_CASE("Where a day takes somebody, by package, series, kind, day and choice") {
    constexpr SeriesId open{1}, narrow{2}, other{3};
    constexpr PackageId plain{1}, with_phone{2}, by_phone{3}, unknown{4};
    const PeriodRules rules{.first_day = "2026-08-01",
        .last_day = "2026-12-31",
        .rotation = {open, narrow, other},
        .series = {{open, {}}, {narrow, {.is_for_all = false, .kinds = {"work", "old"}}}, {other, {}}},
        .packages = {{plain, {"A", {{open, {}}, {narrow, {}}}}}, {with_phone, {"B", {{narrow, {.instead = true}}}}},
            {by_phone, {"C", {{open, {.way = PackageWay::phone_day}}}}}},
        .kinds = {{"work", {}}, {"social", {}}, {"old", {{}, "2026-10-31"}}, {"new", {"2026-11-01", {}}}}};
    const Kind none, work{"work"}, social{"social"}, old{"old"}, coming{"new"}, gone{"gone"};
    using enum SeriesPlace;
    using enum EligibilityChoice;
    using Choice = std::optional<EligibilityChoice>;
    const std::vector<std::tuple<PackageId, SeriesId, Kind, const char*, Choice, SeriesPlace>> table{
        {plain, open, none, "2026-09-01", {}, room},
        {plain, open, work, "2026-09-01", {}, room},
        {plain, narrow, work, "2026-09-01", {}, room},
        {plain, narrow, none, "2026-09-01", {}, not_eligible},
        {plain, narrow, social, "2026-09-01", {}, not_eligible},
        {plain, narrow, social, "2026-09-01", instead, phone_day},
        {plain, narrow, social, "2026-09-01", allow, room},
        {plain, narrow, social, "2026-09-01", leave_out, not_eligible},
        {plain, narrow, work, "2026-09-01", instead, room},
        {plain, narrow, old, "2026-10-31", {}, room},
        {plain, narrow, old, "2026-11-01", {}, not_eligible},
        {plain, open, old, "2026-11-01", {}, not_eligible},
        {plain, narrow, old, "2026-11-01", allow, room},
        {plain, open, coming, "2026-10-31", {}, not_eligible},
        {plain, open, coming, "2026-11-01", {}, room},
        {plain, open, gone, "2026-09-01", {}, not_eligible},
        {plain, other, work, "2026-09-01", {}, not_in_package},
        {plain, other, work, "2026-09-01", allow, not_in_package},
        {with_phone, narrow, social, "2026-09-01", {}, phone_day},
        {with_phone, narrow, social, "2026-09-01", leave_out, not_eligible},
        {with_phone, narrow, social, "2026-09-01", allow, room},
        {with_phone, narrow, work, "2026-09-01", {}, room},
        {by_phone, open, work, "2026-09-01", {}, phone_day},
        {by_phone, open, work, "2026-09-01", allow, phone_day},
        {unknown, open, work, "2026-09-01", {}, not_in_package},
    };
    for (const auto& [package, series, kind, day, choice, wanted] : table) {
        CAPTURE(package.value, series.value, kind.value_or("-"), day, choice ? base::name_of(*choice) : "-");
        CHECK(base::name_of(place_of(rules, package, series, kind, day, choice)) == base::name_of(wanted));
    }
}

TEST_CASE("An enrolment makes the registrations of its days, and takes back its own alone") {
    Autumn season;
    const auto kanerva = season.person("Kanerva Mustikka");
    const auto kielo = season.person("Kielo Puolukka", "social_rehabilitation");
    put(season, kanerva);
    const auto kielos = put(season, kielo, {.first_day = "2026-11-26", .last_day = "2026-12-20"});
    CHECK(season.days_of(kanerva) ==
          Days{"2026-11-19", "2026-11-26", "2026-12-03", "2026-12-10", "2026-12-17", "2026-12-31"});
    // Training is not for her.
    CHECK(season.days_of(kielo) == Days{"2026-11-26", "2026-12-10", "2026-12-17"});
    CHECK(bring_registrations_in_line(season.database, season.autumn, season.start).empty());

    REQUIRE_FALSE(people::register_person(season.database, season.training_2, kielo));
    season.database.write("UPDATE enrolments SET state = 'withdrawn' WHERE id = ?", kielos);
    const auto changed = bring_registrations_in_line(season.database, season.autumn, season.start, kielo);
    CHECK(changed == std::vector{season.sports_1, season.cafe_2, season.sports_2});
    CHECK(season.days_of(kielo) == Days{"2026-12-31"});
    CHECK(season.days_of(kanerva).size() == 6);
}

TEST_CASE("Who has only applied, and a day that is cancelled or over, bring nobody in") {
    Autumn season;
    const auto kanerva = season.person("Kanerva Mustikka");
    const auto id = put(season, kanerva, {.state = EnrolmentState::applied});
    CHECK(season.days_of(kanerva).empty());
    season.database.write("UPDATE enrolments SET state = 'accepted' WHERE id = ?", id);
    season.database.write(
        "INSERT INTO cancelled_sessions (session, why, words, by_name, at) VALUES (?, 'other', '', 'Koordinaattori', "
        "0)",
        season.cafe_2);
    bring_registrations_in_line(season.database, season.autumn, nine_on("2026-11-27"));
    CHECK(season.days_of(kanerva) == Days{"2026-12-03", "2026-12-17", "2026-12-31"});
    // A day that has begun is not taken back.
    end_enrolments(season.database, season.autumn, kanerva, "2026-12-02", "2026-12-03");
    bring_registrations_in_line(season.database, season.autumn, nine_on("2026-12-03"));
    CHECK(season.days_of(kanerva) == Days{"2026-12-03"});
}

TEST_CASE("A kind that changes on a day moves the days from it on, and the past stays as it was") {
    Autumn season;
    const auto kanerva = season.person("Kanerva Mustikka");
    put(season, kanerva, {.choices = {{season.sports, {EligibilityChoice::allow, "syy", "Koordinaattori", {5}}}}});
    const auto now = nine_on("2026-11-27");
    change_kind(season.database, kanerva, "social_rehabilitation", "2026-12-10", now);
    CHECK(told(enrolments_of(season.database, season.autumn, kanerva)) ==
          Days{"2026-11-19 2026-12-09 ended work_activity", "2026-12-10 2026-12-31 accepted social_rehabilitation"});
    CHECK(bring_registrations_in_line(season.database, season.autumn, now) ==
          std::vector{season.cafe_2, season.sports_2, season.training_2});
    // The day of training before it stays, the one after it is gone.
    CHECK(season.days_of(kanerva) == Days{"2026-11-19", "2026-11-26", "2026-12-03", "2026-12-10", "2026-12-17"});
    CHECK(enrolments_of(season.database, season.autumn, kanerva)[1].choices.at(season.sports).reason == "syy");
    change_kind(season.database, kanerva, "social_rehabilitation", "2026-12-10", now);
    CHECK(season.count("enrolments") == 2);
    // What has not begun has the new kind in its place.
    change_kind(season.database, kanerva, "disability_work_activity", "2026-12-10", now);
    CHECK(told(enrolments_of(season.database, season.autumn, kanerva))[1] ==
          "2026-12-10 2026-12-31 accepted disability_work_activity");
}

TEST_CASE("Whatever changes somebody's kind, their enrolments follow from today on") {
    Autumn season;
    const auto kanerva = season.person("Kanerva Mustikka");
    put(season, kanerva);
    const auto now = nine_on("2026-11-27");
    const auto rename = [&](const std::string& name, const std::string& kind) {
        return follow_kinds(season.database, now, [&] {
            auto details = *people::person_details(season.database, kanerva);
            details.name = name;
            details.decision_type = kind;
            people::update_person(season.database, kanerva, details);
        });
    };
    CHECK(rename("Kanerva Lakka", "work_activity").empty());
    CHECK(rename("Kanerva Lakka", "social_rehabilitation").size() == 4);
    CHECK(told(enrolments_of(season.database, season.autumn, kanerva)) ==
          Days{"2026-11-19 2026-11-26 ended work_activity", "2026-11-27 2026-12-31 accepted social_rehabilitation"});
    CHECK(season.days_of(kanerva) == Days{"2026-11-19", "2026-11-26", "2026-12-10", "2026-12-17"});
}

TEST_CASE("Another package from a day on, an end and a withdrawal") {
    Autumn season;
    const auto cafe_only = season.package(season.autumn, "Pelkkä Etäkahvila", {{season.cafe}});
    const auto kanerva = season.person("Kanerva Mustikka");
    put(season, kanerva);
    const auto now = nine_on("2026-11-27");
    const auto change = [&](protocol::EnrolmentBody body) {
        return change_enrolment(season.database, season.autumn, kanerva, body, "Koordinaattori", now);
    };
    const auto is_refused = [&](protocol::EnrolmentBody body, people::RefusalWord word) {
        const auto done = change(std::move(body));
        return std::holds_alternative<people::RefusalWord>(done) && std::get<people::RefusalWord>(done) == word;
    };
    const auto fault_of = [&](protocol::EnrolmentBody body) {
        const auto done = std::get<Changed>(change(std::move(body)));
        return done.faults.empty() ? "" : std::string{base::name_of(done.faults.front().reason)};
    };
    CHECK(fault_of({.package = cafe_only, .day = "31.2."}) == "date_unclear");
    CHECK(fault_of({.package = cafe_only, .day = "1.2.2027"}) == "day_outside_period");
    CHECK(is_refused({.package = PackageId{99}, .day = "10.12.2026"}, people::RefusalWord::not_found));
    CHECK(is_refused({.day = "10.12.2026", .choices = {{.series = SeriesId{99}}}}, people::RefusalWord::not_found));
    CHECK(season.count("enrolments") == 1);

    CHECK(fault_of({.package = cafe_only, .day = "to 10.12.2026"}).empty());
    CHECK(season.days_of(kanerva) == Days{"2026-11-19", "2026-11-26", "2026-12-03", "2026-12-10"});
    CHECK(fault_of({.package = cafe_only, .day = "2026-12-10"}).empty());
    CHECK(season.count("enrolments") == 2);
    CHECK(fault_of({.day = "2026-12-09"}).empty());
    CHECK(told(enrolments_of(season.database, season.autumn, kanerva)) ==
          Days{"2026-11-19 2026-12-09 accepted work_activity", "2026-12-10 2026-12-31 withdrawn work_activity"});
    CHECK(season.days_of(kanerva) == Days{"2026-11-19", "2026-11-26", "2026-12-03"});
    // What was cut before is cut again.
    CHECK(fault_of({.day = "1.12.2026"}).empty());
    CHECK(season.days_of(kanerva) == Days{"2026-11-19", "2026-11-26"});
    CHECK(is_refused({.day = "2026-12-10"}, people::RefusalWord::not_now));

    const auto vanamo = season.person("Vanamo Lakka");
    put(season, vanamo);
    const auto withdrawn = change_enrolment(
        season.database, season.autumn, vanamo, {.day = "27.11.2026", .is_withdrawn = true}, "Koordinaattori", now);
    CHECK(std::get<Changed>(withdrawn).sessions.size() == 4);
    CHECK(season.days_of(vanamo) == Days{"2026-11-19", "2026-11-26"});
}

TEST_CASE("A series that is not for somebody is allowed with its reason, and taken back") {
    Autumn season;
    const auto kielo = season.person("Kielo Puolukka", "social_rehabilitation");
    put(season, kielo);
    const auto allow = [&](SeriesId series, std::optional<std::string> reason) {
        return allow_series(
            season.database, season.autumn, kielo, series, reason, "Koordinaattori 2", nine_on("2026-11-20"));
    };
    const auto word = [](const auto& done) {
        const auto* refused = std::get_if<people::RefusalWord>(&done);
        return refused == nullptr ? "" : std::string{base::name_of(*refused)};
    };
    CHECK(word(allow(season.training, " ")) == "text_empty");
    CHECK(word(allow(season.training, std::string(201, 'x'))) == "text_too_long");
    CHECK(word(allow(SeriesId{99}, "syy")) == "not_found");
    CHECK(std::get<Changed>(allow(season.training, "  kokeilee avotyötä ")).sessions ==
          std::vector{season.training_1, season.training_2});
    const auto kept = enrolments_of(season.database, season.autumn, kielo)[0].choices.at(season.training);
    CHECK(kept.reason == "kokeilee avotyötä");
    CHECK(kept.by == "Koordinaattori 2");
    CHECK(kept.at == nine_on("2026-11-20"));
    CHECK(season.days_of(kielo).size() == 6);
    CHECK(std::get<Changed>(allow(season.training, {})).sessions.size() == 2);
    CHECK(season.days_of(kielo).size() == 4);
    CHECK(season.count("enrolment_choices") == 0);
}

TEST_CASE("Two sessions on one day are both theirs") {
    Autumn season;
    const auto second = season.day(season.autumn, season.sports, "2026-12-10");
    const auto kanerva = season.person("Kanerva Mustikka");
    put(season, kanerva);
    CHECK(season.days_of(kanerva) ==
          Days{"2026-11-19", "2026-11-26", "2026-12-03", "2026-12-10", "2026-12-10", "2026-12-17", "2026-12-31"});
    CHECK(season.database.has("SELECT 1 FROM registrations WHERE session = ? AND person = ?", second, kanerva));
}

TEST_CASE("A kind that ends in mid-period takes nobody to the days after its last one") {
    Autumn season;
    const auto kanerva = season.person("Kanerva Mustikka");
    put(season, kanerva);
    season.database.write("UPDATE decision_kinds SET last_day = '2026-12-09' WHERE key = 'work_activity'");
    CHECK(bring_registrations_in_line(season.database, season.autumn, season.start) ==
          std::vector{season.cafe_2, season.sports_2, season.training_2});
    CHECK(season.days_of(kanerva) == Days{"2026-11-19", "2026-11-26", "2026-12-03"});
}

TEST_CASE("Of two packages that have days on one day each takes its people to its own") {
    Autumn season;
    const auto evening = season.day(season.autumn, season.sports, "2026-12-10");
    const auto cafe_only = season.package(season.autumn, "Pelkkä Etäkahvila", {{season.cafe}});
    const auto sports_only = season.package(season.autumn, "Pelkkä liikunta", {{season.sports}});
    const auto kanerva = season.person("Kanerva Mustikka");
    const auto vanamo = season.person("Vanamo Lakka");
    put(season, kanerva, {.package = cafe_only});
    put(season, vanamo, {.package = sports_only});
    CHECK(season.days_of(kanerva) == Days{"2026-11-19", "2026-12-10"});
    CHECK(season.days_of(vanamo) == Days{"2026-11-26", "2026-12-10", "2026-12-17"});
    CHECK_FALSE(season.database.has("SELECT 1 FROM registrations WHERE session = ? AND person = ?", evening, kanerva));
    // Another package from that very day on is the one of that day.
    move_to_package(season.database, season.autumn, kanerva, sports_only, "2026-12-10", season.start);
    bring_registrations_in_line(season.database, season.autumn, season.start);
    CHECK(season.days_of(kanerva) == Days{"2026-11-19", "2026-12-10", "2026-12-17"});
    CHECK(season.database.has("SELECT 1 FROM registrations WHERE session = ? AND person = ?", evening, kanerva));
}

TEST_CASE("Who was taken out of a day by hand stays out of it, until they are put back by hand") {
    Autumn season;
    const auto kanerva = season.person("Kanerva Mustikka");
    put(season, kanerva);
    CHECK(
        people::take_out(season.database, season.cafe_2, PersonId{99}, season.start) == people::RefusalWord::not_found);
    REQUIRE_FALSE(people::take_out(season.database, season.cafe_2, kanerva, season.start));
    const Days others{"2026-11-19", "2026-11-26", "2026-12-03", "2026-12-17", "2026-12-31"};
    CHECK(bring_registrations_in_line(season.database, season.autumn, season.start).empty());
    CHECK(bring_registrations_in_line(season.database, season.autumn, season.start, kanerva).empty());
    CHECK(season.days_of(kanerva) == others);
    // It is of the person, whichever package they are in, and whoever they are found to be.
    const auto all = season.package(season.autumn, "Kaikki", {{season.cafe}, {season.sports}, {season.training}});
    move_to_package(season.database, season.autumn, kanerva, all, "2026-11-19", season.start);
    bring_registrations_in_line(season.database, season.autumn, season.start);
    CHECK(season.days_of(kanerva) == others);
    const auto twin = season.person("Kanerva Mustika");
    const auto to_come = people::sessions_to_come(season.database, kanerva, season.start);
    REQUIRE(make_one(season.database, twin, kanerva, to_come, season.start));
    bring_registrations_in_line(season.database, season.autumn, season.start);
    CHECK(season.days_of(twin) == others);

    REQUIRE_FALSE(people::register_person(season.database, season.cafe_2, twin));
    CHECK(season.days_of(twin).size() == 6);
    CHECK(season.count("taken_out") == 0);
    // Of no enrolment there is nothing to be kept from.
    const auto guest = season.person("Vanamo Lakka");
    REQUIRE_FALSE(people::register_person(season.database, season.cafe_2, guest));
    REQUIRE_FALSE(people::take_out(season.database, season.cafe_2, guest, season.start));
    CHECK(season.count("taken_out") == 0);
    put(season, guest);
    CHECK(season.days_of(guest).size() == 6);
}

TEST_CASE("Enrolments of who is found to be another move along") {
    Autumn season;
    const auto kanerva = season.person("Kanerva Mustikka");
    const auto twin = season.person("Kanerva Mustika");
    put(season, twin);
    const auto now = nine_on("2026-11-27");
    // Where the other has been, they stay who they were.
    const std::vector to_come{season.training_1, season.cafe_2, season.sports_2, season.training_2};
    CHECK(make_one(season.database, kanerva, twin, to_come, now) == std::vector<SessionId>{});
    CHECK(season.days_of(twin) == Days{"2026-11-19", "2026-11-26"});
    CHECK(season.days_of(kanerva) == Days{"2026-12-03", "2026-12-10", "2026-12-17", "2026-12-31"});
    CHECK(enrolments_of(season.database, season.autumn, twin).empty());
    CHECK(person_page(season.database, season.autumn, kanerva, now)->days.size() == 6);

    // With a place of their own in the period it is theirs that counts.
    const auto third = season.person("Kanerva Mustikkka");
    const auto cafe_only = season.package(season.autumn, "Pelkkä Etäkahvila", {{season.cafe}});
    put(season, third, {.package = cafe_only});
    REQUIRE(make_one(season.database, third, kanerva, to_come, now));
    CHECK_FALSE(make_one(season.database, third, kanerva, to_come, now));
    CHECK(season.days_of(third) == Days{"2026-11-19", "2026-12-10"});
    CHECK(told(enrolments_of(season.database, season.autumn, third)) ==
          Days{"2026-11-19 2026-12-31 withdrawn work_activity", "2026-11-19 2026-12-31 accepted work_activity"});
}

TEST_CASE("Of two who are one, nobody is in a period twice on one day") {
    Autumn season;
    const auto cafe_only = season.package(season.autumn, "Pelkkä Etäkahvila", {{season.cafe}});
    const auto stays = season.person("Kanerva Mustikka");
    const auto other = season.person("Kanerva Mustika");
    const auto enrol = [&](PersonId person, PackageId package, const char* first, const char* last,
                           EnrolmentState state = EnrolmentState::accepted) {
        return put(season, person, {.package = package, .first_day = first, .last_day = last, .state = state});
    };
    const auto made_one = [&] {
        REQUIRE(make_one(season.database, stays, other, people::sessions_to_come(season.database, other, season.start),
            season.start));
        CHECK(enrolments_of(season.database, season.autumn, other).empty());
        return told(enrolments_of(season.database, season.autumn, stays));
    };

    SECTION("the other's holds on the days that are left, also before and after") {
        enrol(stays, cafe_only, "2026-12-01", "2026-12-12");
        put(season, other, {.choices = {{season.training, {EligibilityChoice::allow, "syy", "Koordinaattori", {5}}}}});
        CHECK(made_one() == Days{"2026-11-19 2026-11-30 ended work_activity",
                                "2026-12-01 2026-12-12 accepted "
                                "work_activity",
                                "2026-12-13 2026-12-31 accepted work_activity"});
        // Training of the 3rd is in the other's package alone, and so is not theirs on that day.
        CHECK(season.days_of(stays) == Days{"2026-11-19", "2026-11-26", "2026-12-10", "2026-12-17", "2026-12-31"});
        CHECK(enrolments_of(season.database, season.autumn, stays)[2].choices.at(season.training).reason == "syy");
    }
    SECTION("a part that has ended holds no second time") {
        enrol(other, season.thursdays, "2026-11-19", "2026-12-31");
        change_kind(season.database, other, "social_rehabilitation", "2026-12-10", season.start);
        enrol(stays, season.thursdays, "2026-11-19", "2026-12-31");
        CHECK(made_one() == Days{"2026-11-19 2026-12-09 withdrawn work_activity",
                                "2026-11-19 2026-12-31 accepted work_activity",
                                "2026-12-10 2026-12-31 withdrawn social_rehabilitation"});
        CHECK(season.days_of(stays).size() == 6);
    }
    SECTION("what waits to be accepted gives way to what holds") {
        enrol(stays, cafe_only, "2026-11-19", "2026-12-31", EnrolmentState::applied);
        enrol(other, season.thursdays, "2026-12-01", "2026-12-31");
        CHECK(made_one() ==
              Days{"2026-11-19 2026-11-30 applied work_activity", "2026-12-01 2026-12-31 accepted work_activity"});
        CHECK(season.days_of(stays) == Days{"2026-12-03", "2026-12-10", "2026-12-17", "2026-12-31"});
    }
}

TEST_CASE("A day that goes on under the id of who was found to be them is theirs once") {
    Autumn season;
    const auto kanerva = season.person("Kanerva Mustikka");
    const auto twin = season.person("Kanerva Mustika");
    put(season, twin);
    const UtcTime noon{nine_on("2026-12-03").ms + 3 * 3'600'000};
    REQUIRE(make_one(season.database, kanerva, twin, std::vector{season.cafe_2}, nine_on("2026-12-03")));
    CHECK(bring_registrations_in_line(season.database, season.autumn, noon).empty());
    CHECK(season.days_of(kanerva) == Days{"2026-12-10"});
    CHECK(day_before("2026-03-01") == "2026-02-28");
    CHECK(day_after("2026-12-31") == "2027-01-01");
}
