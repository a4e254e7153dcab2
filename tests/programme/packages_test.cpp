#include "programme/packages.hpp"

#include "programme/helpers.hpp"

using namespace etakahvila;
using namespace etakahvila::programme;
using protocol::PackageWay;

TEST_CASE("Packages are put, listed with their people by now, and removed while nobody is in them") {
    Season season;
    const auto id = season.put(season.autumn());
    const auto thursday = std::get<PackageId>(put_package(season.database, id,
        {.id = {},
            .name = "Torstaipaketti",
            .parts = {{.series = season.series[0]}, {.series = season.series[2]},
                {.series = season.series[1], .way = PackageWay::room, .instead = true}}}));
    const auto phone = std::get<PackageId>(put_package(season.database, id,
        {.id = {}, .name = "Etäpaja", .parts = {{.series = season.series[0], .way = PackageWay::phone_day}}}));
    const auto aino = season.add_client("Aino");
    const auto eino = season.add_client("Eino");
    season.enrol(aino, id, thursday.value, "2020-12-17");
    season.enrol(eino, id, thursday.value, "2020-09-30");
    season.enrol(eino, id, phone.value, "2020-12-17");
    season.enrol(season.add_client("Irma"), id, phone.value, "2020-12-17", "withdrawn");
    const auto all = packages(season.database, id);
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "Etäpaja");
    CHECK(all[0].people == 1);
    CHECK(all[0].parts[0].way == PackageWay::phone_day);
    CHECK(all[1].people == 1);
    REQUIRE(all[1].parts.size() == 3);
    CHECK(all[1].parts[1].series == season.series[1]);
    CHECK(all[1].parts[1].instead);
    CHECK(remove_package(season.database, id, phone) == RefusalWord::not_now);
    const auto spare = std::get<PackageId>(
        put_package(season.database, id, {.id = {}, .name = "Vara", .parts = {{.series = season.series[0]}}}));
    CHECK(std::get<PackageId>(put_package(season.database, id,
              {.id = spare, .name = "Varalla", .parts = {{.series = season.series[1]}}})) == spare);
    CHECK(packages(season.database, id)[2].name == "Varalla");
    CHECK_FALSE(remove_package(season.database, id, spare));
    CHECK(remove_package(season.database, id, spare) == RefusalWord::not_found);
}

TEST_CASE("All that is wrong with a package is told, and one of another period is not there") {
    Season season;
    const auto id = season.put(season.autumn());
    auto other_form = season.autumn();
    other_form.name = "Toinen";
    const auto other = season.put(other_form);
    const auto known = std::get<PackageId>(
        put_package(season.database, id, {.id = {}, .name = "Kaikki", .parts = {{.series = season.series[0]}}}));
    const auto faults = [&](const protocol::PackageBody& form) {
        return told(std::get<std::vector<Fault>>(put_package(season.database, id, form)));
    };
    CHECK(faults({.id = {}, .name = "", .parts = {}}) == TextLines{"name_missing", "series_missing"});
    CHECK(faults({.id = {}, .name = "KAIKKI", .parts = {{.series = SeriesId{99}}}}) ==
          TextLines{"name_taken KAIKKI", "not_allowed series"});
    CHECK(
        faults({.id = {}, .name = "Kahdesti", .parts = {{.series = season.series[0]}, {.series = season.series[0]}}}) ==
        TextLines{"not_allowed series"});
    const protocol::PackageBody elsewhere{.id = known, .name = "Kaikki", .parts = {{.series = season.series[0]}}};
    CHECK(std::get<RefusalWord>(put_package(season.database, other, elsewhere)) == RefusalWord::not_found);
    CHECK(std::get<RefusalWord>(put_package(season.database, PeriodId{99}, elsewhere)) == RefusalWord::not_found);
    CHECK(remove_package(season.database, other, known) == RefusalWord::not_found);
    // The name is taken in its own period only.
    CHECK(std::holds_alternative<PackageId>(
        put_package(season.database, other, {.id = {}, .name = "Kaikki", .parts = {{.series = season.series[0]}}})));
}
