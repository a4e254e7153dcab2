#pragma once

// Kinds of decision by which people take part: data that a site may change. A kind that is in use is never taken out:
// it ends by its last day.

#include <span>
#include <variant>
#include <vector>

#include "people/fault.hpp"
#include "protocol/api/kinds.hpp"
#include "records/database.hpp"

namespace etakahvila::people {

using protocol::RefusalWord;
using DecisionKinds = std::vector<protocol::Kind>;

inline constexpr std::size_t kind_name_code_points_max = 80;

/// In their order, those that have ended too.
DecisionKinds decision_kinds(const records::Database& database);

/// The kind of this key; null when there is none.
const protocol::Kind* kind_of(std::span<const protocol::Kind> kinds, std::string_view key);

/// The kind that a word or a sentence means: by its own name in any language; or, for the three that every site began
/// with, as people write them. One that has ended is recognised too. Nothing when the text fits none, or more than one
/// ("kuntoutus").
std::optional<std::string> decision_type_in(std::string_view text, std::span<const protocol::Kind> kinds);

/// A new kind where the form has no key: its own is made of the Finnish name, and it comes last. Else another's words
/// and days. A name that is left empty is the Finnish one; days are taken as people write them. No two kinds share a
/// name in any language: a file says which is meant by its name alone. All that is wrong with the form, nothing when
/// it is kept; not_found: there is no such kind.
std::variant<std::vector<Fault>, RefusalWord> put_kind(records::Database& database, const protocol::KindBody& form);

/// not_now: it is in use. not_found: there is no such kind.
std::optional<RefusalWord> remove_kind(records::Database& database, std::string_view key);

}  // namespace etakahvila::people
