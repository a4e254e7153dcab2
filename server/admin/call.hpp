#pragma once

// The caller's side of the admin socket.

#include <filesystem>
#include <iosfwd>
#include <optional>

#include <sys/types.h>

#include "admin/request.hpp"

namespace etakahvila::admin {

/// Has the server that runs on this data do what is asked, and passes its answer on as it comes: the exit code. Nothing
/// when no server listens there. Throws std::runtime_error with a sentence for the operator: the server is of another
/// version or of other data, this user may not ask it, or it ended within the answer.
std::optional<int> call(const std::filesystem::path& data, const Request& request, std::string_view version,
    std::ostream& out, std::ostream& err);

/// The process of the server that listens there; nothing when none does. Throws as `call` when this user may not ask.
std::optional<pid_t> server_of(const std::filesystem::path& data);

}  // namespace etakahvila::admin
