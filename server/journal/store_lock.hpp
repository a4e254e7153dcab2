#pragma once

#include <filesystem>

namespace etakahvila::journal {

/// One process at a time works with a store, by the lock on `<database>.lock`. Let go at its end, and by the kernel
/// when the process ends.
class StoreLock {
public:
    /// Throws std::runtime_error with a sentence for the operator when somebody else has it.
    explicit StoreLock(const std::filesystem::path& database);
    ~StoreLock();
    StoreLock(const StoreLock&) = delete;
    StoreLock& operator=(const StoreLock&) = delete;

private:
    int file_;
};

/// What `etakahvila restore` leaves beside a database while it puts another in its place. While it is there neither the
/// old data nor the new is whole.
std::filesystem::path restore_mark(const std::filesystem::path& database);

}  // namespace etakahvila::journal
