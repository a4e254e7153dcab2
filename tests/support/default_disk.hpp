#pragma once

#include <sqlite3.h>

#include "base/check.hpp"
#include "support/simulated_disk.hpp"

namespace etakahvila::testing {

/// While it lives, whoever opens a database without naming a disk opens it on this one: so a whole house lies on it.
class DefaultDisk : public SimulatedDisk {
public:
    DefaultDisk() : before_{sqlite3_vfs_find(nullptr)} {
        ETAKAHVILA_CHECK(sqlite3_vfs_register(sqlite3_vfs_find(vfs().c_str()), 1) == SQLITE_OK);
    }
    ~DefaultDisk() { sqlite3_vfs_register(before_, 1); }

private:
    sqlite3_vfs* before_;
};

}  // namespace etakahvila::testing
