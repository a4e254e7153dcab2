#pragma once

// The rules of keeping, as data: each kind of data with how long it is kept, from when that counts, and what happens
// then. Which table and column each takes is in registry.hpp.
//
// A rule that says 30 days keeps what ends today until the end of the thirtieth day after it. Days are Helsinki's.

#include <span>

#include "people/local_time.hpp"
#include "protocol/api/keeping.hpp"
#include "records/database.hpp"

namespace etakahvila::keeping {

using base::UtcTime;
using people::LocalDate;
using protocol::KeepingFrom;
using protocol::KeepingRule;
using protocol::KeepingThen;
using protocol::KeepingUnit;
using protocol::RefusalWord;

struct Rule {
    KeepingRule rule{};
    std::int64_t usual{};
    std::int64_t least{};
    std::int64_t most{};
    KeepingUnit unit{};
    KeepingFrom from{};
    KeepingThen then{};
    /// What went is written into the file of tombstones. Without: the job finds it again by its age alone.
    bool has_tombstones = true;
};

/// All of them, in the order of the enum.
std::span<const Rule> rules();
const Rule& rule_of(KeepingRule rule);

/// The site's time of a rule, in its unit. Of the day record the time of this kind of decision.
std::int64_t time_of(const records::Database& database, KeepingRule rule, std::string_view kind = {});

/// The site's own time from now on. Refused: invalid (not within what the rule allows, or a kind of another rule than
/// the day record's), not_found (no such kind).
std::optional<RefusalWord> put_time(records::Database& database, KeepingRule rule, std::string_view kind,
    std::int64_t time, std::string_view by, UtcTime now);

/// What was over before it is due: the day, and its first moment.
struct Cutoff {
    std::string day;
    UtcTime at;
};
Cutoff cutoff_of(LocalDate today, std::int64_t time, KeepingUnit unit);

}  // namespace etakahvila::keeping
