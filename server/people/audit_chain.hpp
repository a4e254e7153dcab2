#pragma once

// The rows that say who did what are chained: each has a digest of itself and of the one before, so that a row that was
// changed, put in or taken out of the middle is seen. Rows go from the oldest on when their time is over: the oldest
// that is left is taken as it is. It is no seal: whoever can write every row anew can make a chain of them.

#include <initializer_list>
#include <vector>

#include "people/secret.hpp"

namespace etakahvila::people {

template <class Tag>
std::optional<std::int64_t> number_of(const std::optional<base::Id<Tag>>& id) {
    return id ? std::optional{id->value} : std::nullopt;
}

/// A row's parts as its digest takes them: no two rows of parts are one text.
std::string chain_text(
    std::string_view table, std::string_view act, std::initializer_list<std::optional<std::int64_t>> numbers);

/// BLAKE2b of the row under the digest before it; before the first: zeros.
Hash chained(const std::optional<Hash>& before, std::string_view row);

/// The place where a chain does not hold.
struct ChainFault {
    std::string_view table;
    /// The number of the row whose digest is not that of the row and the one before it.
    std::int64_t row{};
    bool operator==(const ChainFault&) const = default;
};

/// The first fault of each table; none: what is there is whole. Reads all rows: not in a request.
std::vector<ChainFault> check_audit_chain(const records::Database& database);

}  // namespace etakahvila::people
