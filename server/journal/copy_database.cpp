#include "journal/copy_database.hpp"

#include <exception>
#include <vector>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "records/sqlite_database.hpp"

namespace etakahvila::journal {
namespace {

constexpr std::int64_t synced_at_once_bytes = std::int64_t{4} * 1024 * 1024;
/// Steps of SQLite's machine between two looks: some dozen rows.
constexpr int steps_between_looks = 200;

std::string address_of_live(const std::filesystem::path& file, const std::string& vfs) {
    const auto name = std::filesystem::absolute(file).string();
    return vfs.empty() ? records::address_of(name, {"mode=ro"}) : records::address_of(name, {"mode=ro", "vfs=" + vfs});
}

/// Looks now and then, while a statement runs, whether it is to go on, and brings what is written to the disk.
class Pace {
public:
    Pace(sqlite3* handle, const std::filesystem::path& file, const std::function<bool()>& goes_on)
        : handle_{handle}, goes_on_{goes_on}, file_{::open(file.c_str(), O_RDWR | O_CLOEXEC)} {
        sqlite3_progress_handler(
            handle_, steps_between_looks, [](void* pace) { return static_cast<Pace*>(pace)->look() ? 0 : 1; }, this);
    }
    ~Pace() {
        sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
        if (file_ >= 0) ::close(file_);
    }
    Pace(const Pace&) = delete;
    Pace& operator=(const Pace&) = delete;

    /// What goes_on threw.
    std::exception_ptr thrown() const { return thrown_; }

private:
    bool look() {
        struct stat found{};
        if (file_ >= 0 && ::fstat(file_, &found) == 0 && found.st_size - synced_ >= synced_at_once_bytes) {
            synced_ = found.st_size;
            // One that fails is told by the sync at the end.
            (void)::fdatasync(file_);
        }
        try {
            return !goes_on_ || goes_on_();
        } catch (...) {
            thrown_ = std::current_exception();
            return false;
        }
    }

    sqlite3* handle_;
    const std::function<bool()>& goes_on_;
    int file_;
    std::int64_t synced_ = 0;
    std::exception_ptr thrown_;
};

struct Table {
    std::string name;
    std::string sql;
};

std::vector<Table> tables_of(const records::Database& database) {
    std::vector<Table> tables;
    auto rows = database.read(
        "SELECT name, sql FROM live.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        " ORDER BY rowid");
    while (rows.next()) tables.push_back({.name = rows.text(0), .sql = rows.text(1)});
    return tables;
}

/// What is made from the rows that are there.
std::vector<std::string> indexes_of(const records::Database& database) {
    std::vector<std::string> all;
    auto rows = database.read(
        "SELECT sql FROM live.sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL ORDER BY rowid");
    while (rows.next()) all.push_back(rows.text(0));
    return all;
}

void copy_all(records::Database& copy) {
    // Where it begins, the read transaction begins too.
    records::Transaction transaction{copy};
    const auto tables = tables_of(copy);
    for (const auto& table : tables) copy.script(table.sql);
    for (const auto& table : tables) {
        if (table.name == "ballots") continue;
        copy.script("INSERT INTO main.\"" + table.name + "\" SELECT * FROM live.\"" + table.name + '"');
    }
    // Numbers that were given once are not given again.
    if (copy.has("SELECT 1 FROM live.sqlite_schema WHERE name = 'sqlite_sequence'"))
        copy.script(
            "DELETE FROM main.sqlite_sequence; INSERT INTO main.sqlite_sequence SELECT * FROM live.sqlite_sequence");
    for (const auto& sql : indexes_of(copy)) copy.script(sql);
    transaction.commit();
}

}  // namespace

void copy_database(const std::filesystem::path& from, const std::string& vfs, const std::filesystem::path& into,
    const std::function<bool()>& goes_on) {
    records::SqliteDatabase copy{into.string(), records::SqliteDatabase::Access::write_beside_others};
    // Nobody else has it, and what is not finished is thrown away: there is nothing to go back to. What is sorted for
    // an index is people's too, and lies in no folder of everybody's.
    copy.script(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY;"
        "PRAGMA cache_size = -2000");
    copy.write("ATTACH ? AS live", address_of_live(from, vfs));
    Pace pace{copy.handle(), into, goes_on};
    try {
        copy_all(copy);
    } catch (const records::Error&) {
        if (pace.thrown()) std::rethrow_exception(pace.thrown());
        throw;
    }
}

}  // namespace etakahvila::journal
