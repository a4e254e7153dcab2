#include "programme/groups.hpp"

#include "programme/enrolment_file.hpp"
#include "programme/helpers.hpp"
#include "programme/packages.hpp"
#include "programme/period_page.hpp"
#include "programme/person_page.hpp"
#include "support/catch.hpp"

using namespace etakahvila;
using namespace etakahvila::programme;
using protocol::AccountId;
using protocol::LeaderBody;
using protocol::StaffRole;

namespace {

void no_chance(std::span<std::byte> bytes) {
    static unsigned char last = 0;
    for (auto& byte : bytes) byte = std::byte{++last};
}

/// A group of the last series on Mondays of August and September 2020, made.
struct OfMondays : Season {
    OfMondays() {
        group = std::get<PeriodId>(put_group(database, form(), {}));
        days = make(group).created;
    }

    protocol::PeriodBody form() const {
        return {.name = "Maanantairyhmä",
            .first_day = "3.8.2020",
            .last_day = "28.9.2020",
            .weekday = 1,
            .start = "12",
            .end = "14",
            .doors_minutes = 15,
            .series = {series[2]},
            .skipped = std::vector<SkippedDay>{},
            .skip_moves_turn = true};
    }

    PackageId package() const { return groups(database).front().package; }

    EnrolmentOutcome enrol_names(
        const std::vector<std::string>& names, FormTerms terms = {}, std::optional<UtcTime> when = {}) {
        people::RegistrationPreview rows;
        for (const auto& name : names) {
            people::PersonDetails details;
            details.name = name;
            rows.rows.push_back({.line = static_cast<std::int64_t>(rows.rows.size()) + 2, .person = details});
        }
        return programme::enrol(database,
            {.period = group,
                .package = package(),
                .rows = rows,
                .answers = {},
                .terms = std::move(terms),
                .by = "Kaisa"},
            when.value_or(now))
            .value();
    }

    LeadersChanged lead(const std::vector<LeaderBody>& leaders) {
        return std::get<LeadersChanged>(put_leaders(database, group, leaders, now, no_chance));
    }

    std::int64_t people_on(SessionId session, const std::string& role = "participant") const {
        return database
            .one<std::int64_t>("SELECT count(*) FROM registrations WHERE session = ? AND role = ?", session, role)
            .value();
    }

    PeriodId group;
    std::vector<SessionId> days;
};

std::vector<std::string> people_named(int from, int to) {
    // Names that nobody takes for one another.
    const std::vector<std::string> names{"Aino Haapa", "Bertta Koivu", "Cecilia Mänty", "Daavid Kuusi", "Eero Leppä",
        "Fanni Pihlaja", "Gunnar Tammi", "Helmi Vaahtera", "Iida Saarni", "Jaakko Jalava", "Kerttu Paju", "Lauri Raita",
        "Martta Lehmus"};
    return {names.begin() + from, names.begin() + to};
}

}  // namespace

TEST_CASE("A group is a closed period of one series: in a list of its own, with one package that nobody changes") {
    OfMondays records;
    CHECK(records.days.size() == 9);
    CHECK(periods(records.database).empty());
    const auto listed = groups(records.database);
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].period.name == "Maanantairyhmä");
    CHECK(listed[0].period.sessions == 9);
    CHECK(listed[0].series == records.series[2]);
    CHECK(listed[0].weekday == 1);
    CHECK(listed[0].start == "12:00");
    const auto all = packages(records.database, records.group);
    REQUIRE(all.size() == 1);
    REQUIRE(all[0].parts.size() == 1);
    CHECK(all[0].parts[0].way == protocol::PackageWay::room);
    CHECK(std::get<RefusalWord>(put_package(records.database, records.group,
              {.id = {}, .name = "Toinen", .parts = {{.series = records.series[2]}}})) == RefusalWord::not_now);
    CHECK(remove_package(records.database, records.group, all[0].id) == RefusalWord::not_now);
    // Neither is taken for the other.
    CHECK(
        std::get<RefusalWord>(put_period(records.database, records.autumn(), records.group)) == RefusalWord::not_found);
    const auto season = records.put(records.autumn());
    CHECK(std::get<RefusalWord>(put_group(records.database, records.form(), season)) == RefusalWord::not_found);
    auto two = records.form();
    two.name = "Kahden sarjan ryhmä";
    two.series = records.series;
    CHECK(told(std::get<std::vector<Fault>>(put_group(records.database, two, {}))) == TextLines{"not_allowed series"});
    CHECK(period_page(records.database, records.group, records.now)->shown.is_closed == true);
    CHECK_FALSE(period_page(records.database, season, records.now)->shown.is_closed);
}

TEST_CASE("The thirteenth member is refused by name, and of a file nobody is taken in") {
    OfMondays records;
    const auto eleven = records.enrol_names(people_named(0, 11));
    REQUIRE(eleven.is_stored);
    const auto two_more = records.enrol_names(people_named(11, 13));
    REQUIRE(two_more.faults.size() == 1);
    CHECK(two_more.faults[0].reason == FaultReason::group_full);
    CHECK(two_more.faults[0].line == 3);
    CHECK(two_more.faults[0].value == "Martta Lehmus");
    CHECK_FALSE(two_more.is_stored);
    CHECK(records.people_on(records.days[0]) == 11);
    REQUIRE(records.enrol_names(people_named(11, 12)).is_stored);
    // Whoever is in it is there once, however often a list has them.
    CHECK(records.enrol_names(people_named(0, 12)).unchanged == 12);
    CHECK(records.enrol_names(people_named(12, 13)).faults.size() == 1);
    CHECK(records.people_on(records.days[0]) == 12);
}

TEST_CASE("A place that somebody leaves is another's from the next day on, and not before") {
    OfMondays records;
    const auto members = records.enrol_names(people_named(0, 12)).people;
    const auto left = change_enrolment(records.database, records.group, members[0],
        {.package = {}, .day = "30.8.2020", .choices = {}}, "Kaisa", records.now);
    REQUIRE(std::get<Changed>(left).faults.empty());
    CHECK(records.enrol_names(people_named(12, 13), {.first_day = "30.8.2020"}).faults.size() == 1);
    REQUIRE(records.enrol_names(people_named(12, 13), {.first_day = "31.8.2020"}).is_stored);
    // The 24th of August has the first, the 31st the other.
    for (const auto day : records.days) CHECK(records.people_on(day) == 12);
    // Nor does the first come back to the days that are taken.
    CHECK(records.enrol_names(people_named(0, 1), {.last_day = "28.9.2020"}).faults.size() == 1);
}

TEST_CASE("By hand nobody comes into a group's day who is no member on that day") {
    OfMondays records;
    const auto member = records.enrol_names({"Aino Haapa"}, {.last_day = "15.8.2020"}).people.front();
    const auto by_hand = [&](SessionId session, const std::string& name) {
        people::PersonDetails details;
        details.name = name;
        return std::get<people::HandRegistration>(
            people::register_by_hand(records.database, session, details, {}, people::HandAnswer{}));
    };
    const auto stranger = by_hand(records.days[0], "Outo Vieras");
    REQUIRE(stranger.faults.size() == 1);
    CHECK(stranger.faults[0].reason == FaultReason::not_a_member);
    CHECK(stranger.faults[0].value == "Outo Vieras");
    CHECK(records.people_on(records.days[0]) == 1);
    CHECK(people::is_closed_to(records.database, records.days[2], member));
    CHECK_FALSE(people::is_closed_to(records.database, records.days[0], member));
    // Whoever was taken out of a day by hand comes back to it.
    people::unregister(records.database, records.days[0], member);
    people::PersonDetails aino;
    aino.name = "Aino Haapa";
    const auto back = std::get<people::HandRegistration>(
        people::register_by_hand(records.database, records.days[0], aino, {}, people::HandAnswer{member}));
    CHECK(back.faults.empty());
    CHECK(back.person == member);
    // A day of no group is open as before.
    const auto season = records.make(records.put(records.autumn()));
    CHECK(by_hand(season.created.front(), "Outo Vieras").faults.empty());
}

TEST_CASE("Leaders have a place on the days to come and a role in their group alone") {
    OfMondays records;
    const auto olli = records.add_staff("Olli Ohjaaja", StaffRole::facilitator, "Etäkahvila");
    const auto account = people::account_named(records.database, "Olli Ohjaaja")->id;
    const auto changed = records.lead({{.account = account, .name = {}, .role = StaffRole::facilitator},
        {.account = {}, .name = "Pia Partneri", .role = StaffRole::moderator}});
    REQUIRE(changed.links.size() == 1);
    CHECK(changed.sessions == records.days);
    const auto leaders = leaders_of(records.database, records.group);
    REQUIRE(leaders.size() == 2);
    CHECK_FALSE(leaders[0].is_partner);
    CHECK(leaders[1].name == "Pia Partneri");
    CHECK(leaders[1].is_partner);
    const auto pia = people::account(records.database, changed.links[0].first);
    CHECK(pia->roles ==
          std::vector<people::GivenRole>{{.role = StaffRole::moderator, .series = {}, .group = "Maanantairyhmä"}});
    CHECK(people::role_in(records.database, records.days[0], pia->person) == Role::moderator);
    CHECK(people::role_in(records.database, records.days[8], olli) == Role::facilitator);

    // In no other period may a place be theirs.
    const auto season = records.put(records.autumn());
    for (const auto& one : staff_of(records.database, season)) CHECK(one.name != "Pia Partneri");
    CHECK(std::get<RefusalWord>(put_substitute(records.database, season,
              {.person = pia->person, .role = Role::moderator}, records.now)) == RefusalWord::not_found);
    const auto made = records.make(season);
    CHECK(std::get<RefusalWord>(put_substitute(records.database, season,
              {.person = pia->person, .role = Role::moderator}, records.now)) == RefusalWord::not_permitted);
    CHECK_FALSE(people::role_in(records.database, made.created[0], pia->person));

    // The form of accounts neither takes the role nor gives one.
    CHECK_FALSE(people::change_account(records.database, pia->id,
        {.name = "Pia Partneri", .roles = {{.role = StaffRole::moderator, .series = {}, .group = "Muu ryhmä"}}}));
    CHECK(people::account(records.database, pia->id)->roles == pia->roles);

    // Days that are made later have them too.
    auto longer = records.form();
    longer.last_day = "5.10.2020";
    REQUIRE(std::get<PeriodId>(put_group(records.database, longer, records.group)) == records.group);
    const auto more = records.make(records.group).created;
    REQUIRE(more.size() == 1);
    CHECK(people::role_in(records.database, more[0], pia->person) == Role::moderator);

    // Who leads it no more is out of the days to come.
    const auto without = records.lead({{.account = account, .name = {}, .role = StaffRole::facilitator}});
    CHECK(without.out == std::vector<PersonId>{pia->person});
    CHECK_FALSE(people::role_in(records.database, records.days[0], pia->person));
    CHECK(people::account(records.database, pia->id)->roles.empty());
    CHECK(people::role_in(records.database, records.days[0], olli) == Role::facilitator);
}

TEST_CASE("Two lead a group at most, nobody twice, and a name that another has is told") {
    OfMondays records;
    records.add_staff("Olli Ohjaaja", StaffRole::facilitator);
    const auto account = people::account_named(records.database, "Olli Ohjaaja")->id;
    const auto put = [&](const std::vector<LeaderBody>& leaders) {
        return put_leaders(records.database, records.group, leaders, records.now, no_chance);
    };
    const LeaderBody olli{.account = account, .name = {}, .role = StaffRole::facilitator};
    const auto partner = [](const std::string& name) {
        return LeaderBody{.account = {}, .name = name, .role = StaffRole::moderator};
    };
    CHECK(std::get<RefusalWord>(put({olli, olli})) == RefusalWord::invalid);
    CHECK(std::get<RefusalWord>(put({olli, partner("Pia"), partner("Paavo")})) == RefusalWord::invalid);
    CHECK(std::get<RefusalWord>(put({{.account = account, .name = {}, .role = StaffRole::coordinator}})) ==
          RefusalWord::invalid);
    CHECK(std::get<RefusalWord>(put({{.account = AccountId{99}, .name = {}, .role = StaffRole::moderator}})) ==
          RefusalWord::not_found);
    CHECK(std::get<RefusalWord>(put({partner(" ")})) == RefusalWord::name_empty);
    CHECK(told(std::get<std::vector<Fault>>(put({partner("olli ohjaaja")}))) == TextLines{"name_taken olli ohjaaja"});
    CHECK(std::get<RefusalWord>(put_leaders(records.database, records.put(records.autumn()), {olli}, records.now,
              no_chance)) == RefusalWord::not_found);
    CHECK(leaders_of(records.database, records.group).empty());
    // Of what was refused no account is left.
    CHECK(people::accounts(records.database).size() == 1);
}

TEST_CASE("A draft of a group is removed with the roles of its leaders") {
    OfMondays records;
    auto form = records.form();
    form.name = "Luonnos";
    const auto draft = std::get<PeriodId>(put_group(records.database, form, {}));
    REQUIRE(std::holds_alternative<LeadersChanged>(put_leaders(records.database, draft,
        {{.account = {}, .name = "Pia Partneri", .role = StaffRole::moderator}}, records.now, no_chance)));
    CHECK(remove_period(records.database, records.group) == RefusalWord::not_now);
    CHECK_FALSE(remove_period(records.database, draft));
    CHECK(people::account_named(records.database, "Pia Partneri")->roles.empty());
}
