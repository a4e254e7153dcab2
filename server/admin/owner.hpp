#pragma once

// Whose the data is. What root does by hand leaves no file of root's behind, which the server could not write later.

#include <filesystem>

#include <sys/types.h>

#include "admin/desk.hpp"

namespace etakahvila::admin {

/// Called as root, this process becomes the owner of the data folder, for good and in all of its threads. Nothing for
/// others, for a folder of root's own, and for one that is not there. Throws std::runtime_error with a sentence for the
/// operator.
void become_owner(const std::filesystem::path& data);

/// Whether whoever become_owner makes of this process may do so with `path`: R_OK, W_OK, X_OK of access(2). Tried by a
/// process of its own; this one stays who it is. Throws std::runtime_error with a sentence for the operator.
bool owner_may(const std::filesystem::path& data, const std::filesystem::path& path, int how);

/// Throws std::runtime_error with a sentence when this is root and the folder is somebody else's: a server of root's
/// would leave files there that the owner's cannot write.
void refuse_to_serve_as_root(const std::filesystem::path& data);

/// Whether a server, or another subcommand, works with the data.
bool is_in_use(const std::filesystem::path& data);

/// Throws std::runtime_error with a sentence when a server runs on the data.
void refuse_beside_server(const std::filesystem::path& data);

/// The login name, or "uid 1000".
std::string name_of(uid_t uid);

/// Who types, behind sudo too. To be asked before become_owner.
Operator whoever_types();

/// As they are named who came with this uid, and say that they are `login` behind sudo.
Operator operator_of(uid_t uid, const std::string& login);

/// Where a folder is, however its path is written: the same as long as it is the same folder.
std::string identity_of(const std::filesystem::path& folder);

}  // namespace etakahvila::admin
