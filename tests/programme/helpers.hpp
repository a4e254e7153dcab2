#pragma once

#include "people/helpers.hpp"
#include "people/registrations.hpp"
#include "people/staff.hpp"
#include "programme/periods.hpp"
#include "programme/series.hpp"

namespace etakahvila::programme {

using people::TextLines;
using people::told;
using protocol::PersonId;
using protocol::Role;
using protocol::SkippedDay;

/// A database in memory with the three series of autumn 2020, in the order of their turns.
class Season : public people::Records {
public:
    Season() {
        for (const auto* name : {"Osallisuus ja liikunta", "Etätyövalmennus", "Etäkahvila"})
            series.push_back(add_series(name));
    }

    SeriesId add_series(const std::string& name) {
        return std::get<SeriesId>(put_series(database, series_form(name), {}, now));
    }

    static protocol::SeriesBody series_form(const std::string& name) {
        return {.name = name, .is_for_all = true, .kinds = {}, .start = "9.00", .end = "13.00"};
    }

    /// As it was: the 13th of August is skipped, and takes its turn with it.
    protocol::PeriodBody autumn() const {
        return {.name = "Syksy 2020",
            .first_day = "6.8.2020",
            .last_day = "17.12.2020",
            .weekday = 4,
            .start = "klo 9",
            .end = "13",
            .doors_minutes = 30,
            .series = series,
            .skipped = std::vector<SkippedDay>{{.day = "13.8.2020", .why = "Väliviikko"}},
            .skip_moves_turn = false};
    }

    PeriodId put(const protocol::PeriodBody& form) { return std::get<PeriodId>(put_period(database, form, {})); }
    protocol::PeriodMade make(PeriodId period) { return std::get<protocol::PeriodMade>(make_period(database, period)); }

    /// Somebody with an account and one role.
    PersonId add_staff(
        const std::string& name, protocol::StaffRole role, const std::optional<std::string>& of_series = {}) {
        const people::AccountForm form{.name = name, .roles = {{.role = role, .series = of_series}}, .supervises = {}};
        const auto account = std::get<people::AccountId>(people::add_account(database, form, now));
        return people::account(database, account)->person;
    }

    PersonId add_client(const std::string& name) {
        people::PersonDetails details;
        details.name = name;
        return std::get<PersonId>(people::add_person(database, details));
    }

    void enrol(PersonId person, PeriodId period, std::int64_t package, const std::string& last_day,
        const std::string& state = "accepted") {
        database.write(
            "INSERT INTO enrolments (person, period, package, first_day, last_day, state, made_at) VALUES (?, ?, ?, "
            "'2020-08-06', ?, ?, 0)",
            person, period, package, last_day, state);
    }

    /// 2020-08-01 09:00 in Helsinki.
    UtcTime now{1'596'261'600'000};
    std::vector<SeriesId> series;
};

}  // namespace etakahvila::programme
