#pragma once

// The records are of people who are clients of social services: on the machine they are read by the
// server's own user, and by nobody else.

#include <filesystem>
#include <string>
#include <vector>

namespace etakahvila::journal {

/// What this process makes from now on is its user's alone, whatever the shell or the unit says.
void make_private_from_now_on();

/// Takes from others what they may do with the database, with every file beside it that bears its
/// name (log, shared memory, marks, reserve, lock, and copies), and with its folder. A folder that
/// is everybody's (with the sticky bit, as /tmp) or another user's stays as it is.
void make_private(const std::filesystem::path& database);

/// What others may do something with: a line for each, "/path/etakahvila.sqlite (644)".
std::vector<std::string> open_to_others(const std::filesystem::path& database);

}  // namespace etakahvila::journal
