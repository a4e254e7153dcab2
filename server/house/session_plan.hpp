#pragma once

#include <optional>

#include "domain/session/session.hpp"
#include "people/sessions.hpp"

namespace etakahvila::house {

/// What the room is told of a session, out of the coordinator's records and the site's word list.
domain::SessionPlan plan_of(const people::SessionRecord& record, const std::vector<std::string>& site_word_list);

std::optional<domain::SessionPlan> plan_of(
    const records::Database& reader, protocol::SessionId session, const std::vector<std::string>& site_word_list);

}  // namespace etakahvila::house
