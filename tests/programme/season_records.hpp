#pragma once

// A season as its tables have it: series, a period with its days, packages.

#include <string>
#include <vector>

#include "people/registrations.hpp"
#include "people/words.hpp"
#include "protocol/api/season.hpp"
#include "records/sqlite_database.hpp"
#include "support/catch.hpp"

namespace etakahvila::programme {

using base::UtcTime;
using protocol::PackageId;
using protocol::PackageWay;
using protocol::PeriodId;
using protocol::PersonId;
using protocol::SeriesId;
using protocol::SessionId;

/// A new database in memory.
class SeasonRecords {
public:
    struct Part {
        SeriesId series;
        PackageWay way = PackageWay::room;
        bool instead = false;
    };

    SeasonRecords() : database{":memory:"} {
        database.script("PRAGMA foreign_keys = ON");
        people::migrate(database);
    }

    /// Without kinds it is for all.
    SeriesId series(const std::string& name, const std::vector<std::string>& kinds = {}) {
        const auto id = database.add<SeriesId>(
            "INSERT INTO series (name, name_key, is_for_all) VALUES (?, ?, ?) RETURNING "
            "id",
            name, people::name_key(name), kinds.empty());
        for (const auto& kind : kinds)
            database.write("INSERT INTO series_kinds (series, kind) VALUES (?, ?)", id, kind);
        return id;
    }

    PeriodId period(const std::string& name, const std::string& first_day, const std::string& last_day,
        const std::vector<SeriesId>& rotation) {
        const auto id = database.add<PeriodId>(
            "INSERT INTO periods (name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes, "
            "skip_moves_turn) VALUES (?, ?, ?, ?, 4, '09:00', '13:00', 30, 0) RETURNING id",
            name, people::name_key(name), first_day, last_day);
        for (std::size_t place = 0; place < rotation.size(); ++place)
            database.write(
                "INSERT INTO period_series (period, place, series) VALUES (?, ?, ?)", id, place, rotation[place]);
        return id;
    }

    /// From nine to one.
    SessionId day(PeriodId period, SeriesId series, const std::string& date) {
        const auto draft = people::draft_of(
            {.series = database.one<std::string>("SELECT name FROM series WHERE id = ?", series).value(),
                .theme = "Teema " + date,
                .date = date,
                .start = "09:00",
                .end = "13:00",
                .question = {},
                .help_phone = {},
                .settings = {}});
        const auto session = people::plan_session(database, std::get<people::SessionDraft>(draft));
        database.write("UPDATE sessions SET period = ? WHERE id = ?", period, session);
        return session;
    }

    PackageId package(PeriodId period, const std::string& name, const std::vector<Part>& parts) {
        const auto id = database.add<PackageId>(
            "INSERT INTO packages (period, name, name_key) VALUES (?, ?, ?) RETURNING id", period, name,
            people::name_key(name));
        for (const auto& part : parts)
            database.write("INSERT INTO package_parts (package, series, way, instead) VALUES (?, ?, ?, ?)", id,
                part.series, part.way, part.instead);
        return id;
    }

    PersonId person(const std::string& name, std::optional<std::string> kind = "work_activity",
        std::optional<std::string> supervisor = {}) {
        people::PersonDetails details;
        details.name = name;
        details.decision_type = std::move(kind);
        details.supervisor = std::move(supervisor);
        return std::get<PersonId>(people::add_person(database, details));
    }

    /// The days on which somebody is registered to a room, under that id.
    std::vector<std::string> days_of(PersonId person) {
        return days_in(database.read(
            "SELECT s.starts_at FROM registrations r JOIN sessions s ON s.id = r.session WHERE r.person = ? AND s.id "
            "NOT IN (SELECT session FROM outside_days) ORDER BY 1",
            person));
    }
    /// The same of days by phone.
    std::vector<std::string> phone_days_of(PersonId person) {
        return days_in(database.read(
            "SELECT s.starts_at FROM registrations r JOIN sessions s ON s.id = r.session WHERE r.person = ? AND s.id "
            "IN (SELECT session FROM outside_days) ORDER BY 1",
            person));
    }
    static std::vector<std::string> days_in(records::Rows rows) {
        std::vector<std::string> days;
        while (rows.next()) days.push_back(people::local_date_text(rows.get<UtcTime>(0)));
        return days;
    }

    std::int64_t count(const std::string& table) {
        return database.one<std::int64_t>("SELECT count(*) FROM " + table).value();
    }

    records::SqliteDatabase database;
};

/// Nine in the morning of a day in Helsinki.
inline UtcTime nine_on(const std::string& date) {
    return std::get<UtcTime>(people::utc_of(people::date_in(date).value(), {.hour = 9, .minute = 0}));
}

/// Three series on Thursdays of late autumn, of which training is for work activity alone; and a package of all three.
struct Autumn : SeasonRecords {
    SeriesId cafe = series("Etäkahvila");
    SeriesId sports = series("Osallisuus ja liikunta");
    SeriesId training = series("Etätyövalmennus", {"work_activity"});
    PeriodId autumn = period("Syksy 2026", "2026-11-19", "2026-12-31", {cafe, sports, training});
    SessionId cafe_1 = day(autumn, cafe, "2026-11-19");
    SessionId sports_1 = day(autumn, sports, "2026-11-26");
    SessionId training_1 = day(autumn, training, "2026-12-03");
    SessionId cafe_2 = day(autumn, cafe, "2026-12-10");
    SessionId sports_2 = day(autumn, sports, "2026-12-17");
    SessionId training_2 = day(autumn, training, "2026-12-31");
    PackageId thursdays = package(autumn, "Torstaipaketti", {{cafe}, {sports}, {training}});
    /// Before its first day.
    UtcTime start = nine_on("2026-11-16");
};

using Days = std::vector<std::string>;

}  // namespace etakahvila::programme
