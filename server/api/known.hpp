#pragma once

// Somebody who is known, as a coordinator sees them who is asked whether it is the same person.

#include "people/registrations.hpp"
#include "people/words.hpp"
#include "api/api.hpp"

namespace etakahvila::api {

struct PersonAnswer {
    protocol::PersonId person;
};
BOOST_DESCRIBE_STRUCT(PersonAnswer, (), (person))

/// Somebody who is known, beside whom another may be the same.
struct KnownShown {
    protocol::PersonId person;
    std::string name;
    std::optional<protocol::DecisionType> decision_type;
    std::optional<std::string> supervisor;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    /// In which they take part.
    std::vector<std::string> series;
};
BOOST_DESCRIBE_STRUCT(KnownShown, (), (person, name, decision_type, supervisor, phone, email, series))

inline KnownShown known_shown(
    const SQLite::Database& reader, const people::KnownPerson& known, const people::Reach& reach) {
    KnownShown person{.person = known.id,
        .name = known.details.name,
        .decision_type = known.details.decision_type,
        .supervisor = known.details.supervisor,
        .phone = known.details.phone,
        .email = known.details.email,
        .series = {}};
    for (auto& name : people::series_of_client(reader, known.id)) {
        const bool is_in_reach = !reach.series || std::any_of(reach.series->begin(), reach.series->end(),
                                                      [&](const auto& own) { return people::is_one_name(own, name); });
        if (is_in_reach) person.series.push_back(std::move(name));
    }
    return person;
}

}  // namespace etakahvila::api
