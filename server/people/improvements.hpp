#pragma once

// "This changed because of you": what staff tell of what became of the feedback. Of a series, by the feedback of some
// of its days; draft, shown at the doors, archived.

#include <variant>
#include <vector>

#include "people/person.hpp"
#include "people/storage.hpp"
#include "protocol/api/entry.hpp"
#include "protocol/api/feedback.hpp"

namespace etakahvila::people {

using base::UtcTime;
using protocol::RefusalWord;
using protocol::SessionId;

inline constexpr std::size_t improvement_code_points_max = 300;
/// Of one series.
inline constexpr std::int64_t improvements_max = 200;
/// At the doors, the latest.
inline constexpr std::size_t improvements_shown_max = 3;

/// Makes the tables. Called by migrate.
void migrate_improvements(records::Database& database);

/// Of the session's series, the latest first.
std::vector<protocol::Improvement> improvements_of(const records::Database& database, SessionId session);

/// Makes one, or changes one: its number. Refused: not_found, version_conflict, already_handled (it would go back),
/// invalid (a day of another series), limit_reached, and the words of a text's fault.
std::variant<std::int64_t, RefusalWord> save_improvement(
    records::Database& database, SessionId session, const protocol::ImprovementBody& body, UtcTime now);

/// What is shown at the doors of the session.
std::vector<protocol::ShownImprovement> shown_improvements(const records::Database& database, SessionId session);

}  // namespace etakahvila::people
