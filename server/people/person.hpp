#pragma once

// A person as registered (2-rules.md, "People and invitations").

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/fault.hpp"
#include "protocol/attendance.hpp"
#include "protocol/common.hpp"

namespace etakahvila::people {

using protocol::DecisionType;
using protocol::PersonId;
using protocol::Role;
using protocol::SessionId;

inline constexpr std::size_t name_code_points_max = 80;
inline constexpr std::size_t phone_code_points_max = 40;
inline constexpr std::size_t email_code_points_max = 254;
inline constexpr std::size_t needs_code_points_max = 500;

/// Not to be printed: it has no stream operator, and stays out of logs and exceptions.
struct PersonDetails {
    std::string name;
    std::optional<DecisionType> decision_type;
    /// A work supervisor or own worker, by name.
    std::optional<std::string> supervisor;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    std::optional<std::string> needs;
    bool operator==(const PersonDetails&) const = default;
};

/// Tidies every field, an empty one becoming none, and names all that is wrong. The same rules
/// for a row of a file and for a form.
std::vector<Fault> tidy_details(PersonDetails& details);

/// The kind of decision that a word or a sentence of Finnish, Swedish or English means; nothing
/// when it fits none, or more than one ("kuntoutus").
std::optional<DecisionType> decision_type_in(std::string_view text);

/// A word that says "there is none": "-", "ei ole", "saknas", "none".
bool says_none(std::string_view text);

/// The digits that make a phone number: +358 40 123, 040 123 and 40 123 are the same.
std::string phone_key(std::string_view phone);

/// Whether two registrations are of the same person. The names are the same; nothing that both
/// tell of phone, e-mail and supervisor differs; and at least one of the three is told by both
/// and the same, or none of them is told by either. So two people of one name stay two as long
/// as anything tells them apart, and a row that adds a phone number finds the person it adds to.
bool is_same_person(const PersonDetails& one, const PersonDetails& other);

/// is_same_person, and no field of identity is told by one only.
bool is_exactly_same_person(const PersonDetails& one, const PersonDetails& other);

}  // namespace etakahvila::people
