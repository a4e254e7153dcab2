#pragma once

// The tables of keeping, and the few facts that stand alone in them.

#include <array>
#include <optional>
#include <string_view>

#include "base/time.hpp"
#include "protocol/common.hpp"
#include "records/database.hpp"

namespace etakahvila::keeping {

using base::UtcTime;
using protocol::PersonId;
using protocol::SessionId;

/// Brings the tables to this program's version, after people::migrate and reports::migrate.
void migrate(records::Database& database);

/// A number that stands alone.
enum class Fact : std::uint8_t {
    /// Which data this is, in the file of tombstones too: that of other data is never applied to it.
    identity,
    /// Up to which tombstone the database has been brought.
    tombstone,
    /// What the clock said when it was last believed: by a run, or by somebody's word.
    time_believed_at,
    /// When a night's job was last begun, and when one last went through.
    tried_at,
    ran_at,
    failed_at,
    time_doubted_at,
    /// Something was erased since the pages were written anew.
    pages_hold_erased
};
constexpr std::array<std::string_view, 8> names_of(Fact) {
    return {"identity", "tombstone", "time_believed_at", "tried_at", "ran_at", "failed_at", "time_doubted_at",
        "pages_hold_erased"};
}

std::optional<std::int64_t> fact(const records::Database& database, Fact which);
void put_fact(records::Database& database, Fact which, std::int64_t value);
void drop_fact(records::Database& database, Fact which);

/// Begins to believe the clock, where nothing was ever said of it. A new site's first job is that of its first night.
void note_first_start(records::Database& database, UtcTime now);

/// The room's words are gone, and nothing is owed of it any more.
void note_compacted(records::Database& database, SessionId session, UtcTime now);
bool is_compacted(const records::Database& database, SessionId session);

}  // namespace etakahvila::keeping
