#pragma once

// A copy of a store while it is at work. It is made through a connection that only reads (a second one that brought the
// log into the database could corrupt it), within one read transaction: it is what was committed when it began, all of
// it. Rows are copied, not pages: what was erased, and the ballots, do not come along.

#include <filesystem>
#include <functional>
#include <string>

namespace etakahvila::journal {

/// `into`: an empty file of the caller's own, which gets all tables and their rows but those of the ballots. It is not
/// synced at the end. `goes_on` is asked every few milliseconds; when it says no the copy ends with an Error. Others
/// write meanwhile: no commit of theirs waits for it, and it brings to the disk what it has written a few MiB at a
/// time, so that their own syncs do not wait behind it. Any thread. Throws records::Error.
void copy_database(const std::filesystem::path& from, const std::string& vfs, const std::filesystem::path& into,
    const std::function<bool()>& goes_on);

}  // namespace etakahvila::journal
