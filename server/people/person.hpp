#pragma once

// A person as registered (RULES.md).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/fault.hpp"
#include "people/mail_address.hpp"
#include "people/phone.hpp"
#include "protocol/attendance.hpp"
#include "protocol/common.hpp"

namespace etakahvila::people {

using protocol::PersonId;
using protocol::Role;
using protocol::SessionId;

inline constexpr std::size_t name_code_points_max = 80;
inline constexpr std::size_t phone_code_points_max = 40;
inline constexpr std::size_t email_code_points_max = 254;
inline constexpr std::size_t needs_code_points_max = 500;
inline constexpr std::size_t best_time_code_points_max = 100;

/// Not to be printed: it has no stream operator, and stays out of logs and exceptions.
struct PersonDetails {
    std::string name;
    std::optional<std::string> decision_type;
    /// A work supervisor or own worker, by name.
    std::optional<std::string> supervisor;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    std::optional<std::string> needs;
    /// When they are reached best, in their words.
    std::optional<std::string> best_time{};
    bool operator==(const PersonDetails&) const = default;
};

/// Tidies every field, an empty one becoming none, and names all that is wrong. The same rules
/// for a row of a file and for a form.
std::vector<Fault> tidy_details(PersonDetails& details);

/// A word that says "there is none": "-", "ei ole", "saknas", "none".
bool says_none(std::string_view text);

/// Whether two registrations are of the same person. A name written another way round is the same name
/// (person_key), a phone the same by its digits and country, an e-mail by its address.
/// - same: the name is, and phone or e-mail is, and at most one of phone, e-mail and supervisor
///   differs, which has changed. Or the name and the supervisor are, and no phone or e-mail differs.
///   Or the name is, and nothing else is told by either.
/// - doubtful: the name is the same, and less than that speaks for it; or a phone or an e-mail is, under
///   a name that may be the same with a slip, another first name, or a new surname.
/// - other: the name tells them apart, or two of the three fields differ and none is the same.
enum class Sameness : std::uint8_t { same, doubtful, other };
Sameness sameness(const PersonDetails& one, const PersonDetails& other);

/// The same, and nothing that both tell differs: a row may add to what is known, and changes nothing.
bool is_same_person(const PersonDetails& one, const PersonDetails& other);

/// is_same_person, and no field of identity is told by one only.
bool is_exactly_same_person(const PersonDetails& one, const PersonDetails& other);

}  // namespace etakahvila::people
