#pragma once

// Somebody who is known, as a coordinator sees them who is asked whether it is the same person.

#include "people/registrations.hpp"
#include "people/words.hpp"
#include "protocol/api/registrations.hpp"

namespace etakahvila::api {

inline protocol::KnownPerson known_shown(
    const records::Database& reader, const people::KnownPerson& known, const people::Reach& reach) {
    protocol::KnownPerson person{.person = known.id,
        .name = known.details.name,
        .decision_type = known.details.decision_type,
        .supervisor = known.details.supervisor,
        .phone = known.details.phone,
        .email = known.details.email,
        .series = {}};
    for (auto& name : people::series_of_person(reader, known.id)) {
        const bool is_in_reach = !reach.series || std::any_of(reach.series->begin(), reach.series->end(),
                                                      [&](const auto& own) { return people::is_one_name(own, name); });
        if (is_in_reach) person.series.push_back(std::move(name));
    }
    return person;
}

inline protocol::SameQuestion shown(
    const records::Database& reader, const people::SameQuestion& question, const people::Reach& reach) {
    const auto& told = question.told;
    protocol::SameQuestion asked{.line = question.line,
        .told = {told.name, told.decision_type, told.supervisor, told.phone, told.email},
        .people = {},
        .lines = question.lines};
    for (const auto& known : question.people) asked.people.push_back(known_shown(reader, known, reach));
    return asked;
}

}  // namespace etakahvila::api
