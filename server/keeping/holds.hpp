#pragma once

// Holds: nothing of a person, or of a session, is erased until a day. A complaint is handled, or a court asks.
//
// A hold keeps what it names with all that lies together with it: of a held person the days in which they are, with
// what others said there; of a held day all who were in it.

#include <set>
#include <variant>

#include "people/local_time.hpp"
#include "people/season_days.hpp"
#include "protocol/api/keeping.hpp"
#include "records/database.hpp"

namespace etakahvila::keeping {

using base::UtcTime;
using people::LocalDate;
using protocol::HoldId;
using protocol::PeriodId;
using protocol::PersonId;
using protocol::RefusalWord;
using protocol::SessionId;

inline constexpr std::size_t hold_reason_code_points_max = 200;

/// What the holds of a day keep.
struct Held {
    /// Under whichever id.
    std::set<PersonId> people;
    /// Those that are named, and those of held people.
    std::set<SessionId> sessions;
    std::set<PeriodId> periods;

    bool has(std::optional<SessionId> session, std::optional<PersonId> person) const {
        return (session && sessions.contains(*session)) || (person && people.contains(*person));
    }
};
Held held_on(const records::Database& database, LocalDate today);

/// Whether a hold or an account that was made of them since, under whichever id, keeps them now.
bool is_kept_since(const records::Database& database, PersonId person, UtcTime since, LocalDate today);

/// Is another when a hold was made or ended since.
struct HoldsSeen {
    std::int64_t last{};
    std::int64_t ended{};
    bool operator==(const HoldsSeen&) const = default;
};
HoldsSeen holds_seen(const records::Database& database);

/// Refused: invalid (neither a person nor a session, or both; a day that is none, or is over), not_found, and the words
/// of the reason's fault.
std::variant<HoldId, RefusalWord> make_hold(
    records::Database& database, const protocol::HoldBody& body, std::string_view by, UtcTime now);
/// Refused: not_found, also when it has ended.
std::optional<RefusalWord> end_hold(records::Database& database, HoldId hold, UtcTime now);

/// Those that hold, the newest first.
std::vector<protocol::HoldShown> holds_shown(const records::Database& database, LocalDate today);

/// Of a hold that is there, the person it keeps.
std::optional<PersonId> held_person(const records::Database& database, HoldId hold);

}  // namespace etakahvila::keeping
