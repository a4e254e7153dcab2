#include "journal/store_lock.hpp"

#include <stdexcept>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace etakahvila::journal {

StoreLock::StoreLock(const std::filesystem::path& database)
    : file_{::open((database.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)} {
    if (file_ < 0) throw std::runtime_error("The data folder cannot be written: " + database.parent_path().string());
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        ::close(file_);
        throw std::runtime_error("Another server is using this data: " + database.string());
    }
}

StoreLock::~StoreLock() { ::close(file_); }

std::filesystem::path restore_mark(const std::filesystem::path& database) { return database.string() + ".restoring"; }

}  // namespace etakahvila::journal
