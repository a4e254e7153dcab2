#include "journal/reserve.hpp"

#include "journal/vfs_file.hpp"

namespace etakahvila::journal {

Reserve::Reserve(sqlite3_vfs& vfs, std::string file) : vfs_{vfs}, file_{std::move(file)} {
    VfsFile there{vfs_, file_, false};
    is_held_ = there.is_open() && there.size() >= reserve_bytes;
}

bool Reserve::make() {
    if (is_held_) return true;
    {
        VfsFile file{vfs_, file_, true};
        if (file.is_open()) {
            // By chunks: the size is then given its blocks at once, and not when it is written.
            int chunk = static_cast<int>(reserve_margin_bytes);
            sqlite3_int64 size = reserve_bytes + reserve_margin_bytes;
            is_held_ = file.control(SQLITE_FCNTL_CHUNK_SIZE, &chunk) && file.control(SQLITE_FCNTL_SIZE_HINT, &size) &&
                       file.size() >= size && file.truncate(reserve_bytes);
        }
    }
    if (!is_held_) release();
    return is_held_;
}

void Reserve::release() {
    is_held_ = false;
    vfs_.xDelete(&vfs_, file_.c_str(), 0);
}

}  // namespace etakahvila::journal
