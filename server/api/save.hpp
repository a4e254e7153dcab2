#pragma once

// Writes of requests to the records, outside of any room.

#include <functional>
#include <optional>

#include "api/reply.hpp"
#include "journal/records.hpp"

namespace etakahvila::api {

/// Writes, and waits for it; false, and refused, when that cannot be saved or `write` itself refuses.
bool save(journal::Records& store, const Reply& reply,
    const std::function<std::optional<protocol::RefusalWord>(records::Database&)>& write);

}  // namespace etakahvila::api
