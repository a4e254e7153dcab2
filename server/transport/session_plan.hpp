#pragma once

#include <optional>

#include "domain/session.hpp"
#include "people/sessions.hpp"

namespace etakahvila::transport {

/// What the room is told of a session, out of the coordinator's records.
domain::SessionPlan plan_of(const people::SessionRecord& record);

std::optional<domain::SessionPlan> plan_of(const SQLite::Database& reader, protocol::SessionId session);

}  // namespace etakahvila::transport
