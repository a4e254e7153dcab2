#pragma once

// A small file beside the database, through the same file operations as SQLite's own.

#include <memory>
#include <string>

#include <sqlite3.h>

namespace etakahvila::journal {

class VfsFile {
public:
    /// Opens the file, or makes it when `creates`; is_open() tells.
    VfsFile(sqlite3_vfs& vfs, const std::string& file, bool creates)
        // A main database's name has room for SQLite's own parameters behind it: two more zeros.
        : name_{file + std::string(2, '\0')}, memory_{new std::byte[static_cast<std::size_t>(vfs.szOsFile)]{}} {
        const int flags = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE | (creates ? SQLITE_OPEN_CREATE : 0);
        is_open_ = vfs.xOpen(&vfs, name_.c_str(), get(), flags, nullptr) == SQLITE_OK;
    }
    ~VfsFile() {
        if (get()->pMethods != nullptr) get()->pMethods->xClose(get());
    }
    VfsFile(const VfsFile&) = delete;
    VfsFile& operator=(const VfsFile&) = delete;

    bool is_open() const { return is_open_; }

    std::int64_t size() {
        sqlite3_int64 bytes = 0;
        return get()->pMethods->xFileSize(get(), &bytes) == SQLITE_OK ? bytes : -1;
    }
    bool read(void* into, std::size_t bytes, std::int64_t offset) {
        return get()->pMethods->xRead(get(), into, static_cast<int>(bytes), offset) == SQLITE_OK;
    }
    bool write(const void* from, std::size_t bytes, std::int64_t offset) {
        return get()->pMethods->xWrite(get(), from, static_cast<int>(bytes), offset) == SQLITE_OK;
    }
    bool sync() { return get()->pMethods->xSync(get(), SQLITE_SYNC_NORMAL) == SQLITE_OK; }
    bool truncate(std::int64_t bytes) { return get()->pMethods->xTruncate(get(), bytes) == SQLITE_OK; }
    bool control(int what, void* argument) { return get()->pMethods->xFileControl(get(), what, argument) == SQLITE_OK; }

private:
    sqlite3_file* get() { return reinterpret_cast<sqlite3_file*>(memory_.get()); }

    std::string name_;
    std::unique_ptr<std::byte[]> memory_;
    bool is_open_ = false;
};

}  // namespace etakahvila::journal
