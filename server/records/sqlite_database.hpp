#pragma once

// The records' port over SQLite. For those who open a store; all others know database.hpp alone.

#include <unordered_map>

#include <sqlite3.h>

#include "records/database.hpp"

namespace etakahvila::records {

/// How long a statement waits for another connection.
inline constexpr int busy_timeout_ms = 5000;

/// With SQLite's own number (sqlite.org/rescode.html).
class SqliteError final : public Error {
public:
    SqliteError(int code, std::string_view sql);
    /// SQLITE_FULL, SQLITE_IOERR…, without what is more exact about it.
    int code() const { return code_; }

private:
    int code_;
};

/// The file as SQLite's addresses name it (sqlite.org/uri.html): nothing of its name is taken for more than a name.
/// `ways`: "mode=ro", "vfs=…".
std::string address_of(const std::string& file, std::initializer_list<std::string> ways);

class SqliteDatabase final : public Database {
public:
    /// write_beside_others: as write, and others may be attached by address_of. read_still: of a file that nobody
    /// writes; it is not locked, and nothing is made beside it, whatever is in it.
    enum class Access : std::uint8_t { make, write, write_beside_others, read, read_still };

    /// `vfs`: other file operations than the system's, by SQLite's name for them.
    explicit SqliteDatabase(const std::string& file, Access access = Access::make, const std::string& vfs = {});
    ~SqliteDatabase() override;

    void script(const std::string& sql) override;
    void begin_transaction() override;
    bool is_in_transaction() const override;

    sqlite3* handle() const { return handle_.get(); }

private:
    class Prepared;
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };

    Statement& prepared(std::string_view sql) const override;

    std::unique_ptr<sqlite3, Close> handle_;
    /// By their text, which they hold themselves. Of one text there are several where it is used within itself.
    mutable std::unordered_multimap<std::string_view, std::unique_ptr<Prepared>> statements_;
};

}  // namespace etakahvila::records
