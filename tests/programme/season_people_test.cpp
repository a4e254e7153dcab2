// The list of a period, and one person's season.

#include "programme/season_people.hpp"

#include "programme/season_records.hpp"
#include "programme/person_page.hpp"

using namespace etakahvila;
using namespace etakahvila::programme;
using protocol::EligibilityChoice;
using protocol::LinkStanding;
using protocol::SeriesPlace;

namespace {

void put(Autumn& season, PersonId person, Enrolment enrolment = {}) {
    enrolment.person = person;
    enrolment.package = season.thursdays;
    if (enrolment.first_day.empty()) enrolment.first_day = "2026-11-19";
    if (enrolment.last_day.empty()) enrolment.last_day = "2026-12-31";
    enrolment.kind = people::person_details(season.database, person)->decision_type;
    add_enrolment(season.database, season.autumn, enrolment, season.start);
    bring_registrations_in_line(season.database, season.autumn, season.start);
}

Days places(const std::vector<PlaceInSeries>& all) {
    Days names;
    for (const auto& one : all)
        names.push_back(std::string{base::name_of(one.place)} +
                        (one.allowed_because ? " " + *one.allowed_because + " " + *one.allowed_by : ""));
    return names;
}

}  // namespace

TEST_CASE("The people of a period are listed by name, with their places and how their link reached them") {
    Autumn season;
    const auto now = nine_on("2026-11-27");
    const auto kielo = season.person("Kielo Puolukka", "social_rehabilitation", "Työnjohtaja 1");
    const auto aimo = season.person("Äimä Haapa", {});
    const auto kanerva = season.person("Kanerva Mustikka");
    put(season, kielo,
        {.choices = {{season.training, {EligibilityChoice::allow, "kokeilee", "Koordinaattori 2", season.start}}}});
    put(season, aimo, {.choices = {{season.training, {EligibilityChoice::instead, {}, "Koordinaattori 2", {}}}}});
    put(season, kanerva, {.first_day = "2026-12-01"});
    season.database.write("UPDATE people SET email = 'k@posti.example', phone = '040 000 0001' WHERE id = ?", kanerva);
    change_kind(season.database, kanerva, "social_rehabilitation", "2026-12-10", now);

    const auto list = season_people(season.database, season.autumn, now).value();
    REQUIRE(list.size() == 3);
    CHECK(list[0].name == "Kanerva Mustikka");
    CHECK(list[1].name == "Kielo Puolukka");
    CHECK(list[2].name == "Äimä Haapa");
    // Of two enrolments the one that comes next, until it holds.
    CHECK(list[0].first_day == "2026-12-01");
    CHECK(list[0].last_day == "2026-12-31");
    CHECK(list[0].state == protocol::EnrolmentState::accepted);
    CHECK(list[0].kind == "work_activity");
    CHECK(places(list[0].places) == Days{"room", "room", "room"});
    CHECK(list[0].has_email);
    CHECK(list[0].has_phone);
    CHECK_FALSE(list[1].has_phone);
    CHECK(list[1].supervisor == "Työnjohtaja 1");
    CHECK(list[1].package == season.thursdays);
    CHECK(places(list[1].places) == Days{"room", "room", "room kokeilee Koordinaattori 2"});
    CHECK(places(list[2].places) == Days{"room", "room", "phone_day"});
    CHECK_FALSE(list[2].kind);
    CHECK(season_people(season.database, season.autumn, nine_on("2026-12-11"))->at(0).kind == "social_rehabilitation");
    CHECK_FALSE(season_people(season.database, PeriodId{99}, now));
}

TEST_CASE("A link of the season is none, made, mailed, failed or told") {
    Autumn season;
    const auto now = nine_on("2026-11-27");
    const auto kanerva = season.person("Kanerva Mustikka");
    put(season, kanerva);
    std::int64_t number = 0;
    const auto link = [&](std::int64_t made_at, std::optional<std::int64_t> told_at, std::int64_t expires) {
        season.database.write("DELETE FROM invitations");
        season.database.write(
            "INSERT INTO invitations (period, person, secret_hash, made_at, not_before, expires, told_at) VALUES (?, "
            "?, "
            "?, ?, 0, ?, ?)",
            season.autumn, kanerva, std::array<unsigned char, 1>{static_cast<unsigned char>(++number)}, made_at,
            now.ms + expires, told_at);
    };
    const auto letter = [&](const std::string& state, std::int64_t made_at, std::optional<std::int64_t> sent_at,
                            const std::string& what = "invitation") {
        season.database.write(
            "INSERT INTO mails (period, person, made_at, state, tries, next_try_at, sent_at, token, what) VALUES (?, "
            "?, "
            "?, ?, 0, 0, ?, '', ?)",
            season.autumn, kanerva, made_at, state, sent_at, what);
    };
    const auto standing = [&](LinkStanding wanted, std::optional<std::int64_t> at) {
        const auto one = season_people(season.database, season.autumn, now)->at(0);
        CHECK(base::name_of(one.link) == base::name_of(wanted));
        CHECK((one.link_at ? std::optional{one.link_at->ms} : std::nullopt) == at);
        CHECK(person_page(season.database, season.autumn, kanerva, now)->link == wanted);
    };
    standing(LinkStanding::none, {});
    letter("waiting", 5, {});
    standing(LinkStanding::none, {});
    link(10, {}, 1);
    standing(LinkStanding::made, 10);
    letter("sent", 8, 12);
    standing(LinkStanding::mailed, 12);
    letter("sent", 20, 30, "cancelled");
    standing(LinkStanding::mailed, 12);
    // A newer one is in no letter.
    link(40, {}, 1);
    standing(LinkStanding::made, 40);
    letter("failed", 50, {});
    standing(LinkStanding::failed, 50);
    link(40, 60, 1);
    standing(LinkStanding::told, 60);
    CHECK(person_page(season.database, season.autumn, kanerva, now)->link_until == UtcTime{now.ms + 1});
    season.database.write("DELETE FROM mails");
    link(40, 60, 0);
    standing(LinkStanding::none, {});
}

TEST_CASE("One person's season has their days with their places and absences") {
    Autumn season;
    const auto now = nine_on("2026-11-27");
    const auto kielo = season.person("Kielo Puolukka", "social_rehabilitation");
    put(season, kielo,
        {.last_day = "2026-12-20",
            .choices = {{season.training, {EligibilityChoice::instead, {}, "Koordinaattori", {}}}}});
    season.database.write(
        "UPDATE registrations SET absence_told_at = 7, absence_reason = 'own_illness', absence_told_by = 'Työnjohtaja "
        "1' "
        "WHERE session = ?",
        season.cafe_2);
    season.database.write(
        "INSERT INTO cancelled_sessions (session, why, words, by_name, at) VALUES (?, 'other', '', 'Koordinaattori', "
        "0)",
        season.sports_2);
    const auto page = person_page(season.database, season.autumn, kielo, now).value();
    Days days;
    for (const auto& day : page.days)
        days.push_back(people::local_date_text(day.starts_at) + ' ' + std::string{base::name_of(day.place)} + ' ' +
                       std::string{base::name_of(day.phase)});
    CHECK(days == Days{"2026-11-19 room planned", "2026-11-26 room planned", "2026-12-03 phone_day planned",
                      "2026-12-10 room planned", "2026-12-17 room cancelled"});
    REQUIRE(page.days[3].absence);
    CHECK(page.days[3].absence->reason == protocol::AbsenceReason::own_illness);
    CHECK(page.days[3].absence->told_by == "Työnjohtaja 1");
    CHECK_FALSE(page.days[0].absence);
    CHECK(page.enrolments.size() == 1);
    CHECK_FALSE(person_page(season.database, season.autumn, season.person("Muu Marja"), now));
    CHECK_FALSE(person_page(season.database, PeriodId{99}, kielo, now));
}

TEST_CASE("Details hold in all sessions, and a kind of decision from its day on") {
    Autumn season;
    const auto now = nine_on("2026-11-27");
    const auto kanerva = season.person("Kanerva Mustikka");
    put(season, kanerva);
    const auto change = [&](people::PersonDetails details, std::optional<std::string> from = {}) {
        return change_details(season.database, season.autumn, kanerva,
            {.details = std::move(details), .sms_allowed = true, .needs_shown = true, .decision_from = std::move(from)},
            now);
    };
    auto details = *people::person_details(season.database, kanerva);
    details.decision_type = "eläke";
    using enum people::FaultReason;
    CHECK(std::get<Changed>(change(details, "31.2.2027")).faults ==
          std::vector<people::Fault>{{decision_type_unclear, "eläke"}, {date_unclear, "31.2.2027"}});
    details.decision_type = "disability_work_activity";
    details.supervisor = "Työnjohtaja 2";
    details.best_time = " kello 8.30–9 ";
    CHECK(std::get<Changed>(change(details, "10.12.2026")).sessions.size() == 3);
    CHECK(season.days_of(kanerva) == Days{"2026-11-19", "2026-11-26", "2026-12-03", "2026-12-10", "2026-12-17"});
    const auto page = person_page(season.database, season.autumn, kanerva, now).value();
    CHECK(page.best_time == "kello 8.30–9");
    CHECK(page.sms_allowed);
    CHECK(page.needs_shown);
    CHECK(page.decision_type == "disability_work_activity");
    REQUIRE(page.enrolments.size() == 2);
    CHECK(page.enrolments[0].last_day == "2026-12-09");
    CHECK(season.database.has("SELECT 1 FROM enrolments WHERE supervisor = 'Työnjohtaja 2'"));
    CHECK(std::get<people::RefusalWord>(change_details(season.database, season.autumn, season.person("Muu Marja"),
              {.details = details}, now)) == people::RefusalWord::not_found);
    // A form of a session does not know when they are reached best, and leaves it.
    CHECK(std::get<0>(people::change_person(season.database, season.cafe_2, kanerva, details)).empty());
    CHECK(person_page(season.database, season.autumn, kanerva, now)->best_time == "kello 8.30–9");
}
