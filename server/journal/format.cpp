#include "journal/format.hpp"

#include "base/build.hpp"

namespace etakahvila::journal {
namespace {

bool has_table(const records::Database& database, std::string_view name) {
    return database.has("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", name);
}

std::string sentence_of(const Format& found) {
    auto sentence = "This data was written by a newer version of the program: etakahvila " + found.program +
                    " (format " + std::to_string(found.level) + "). This one is " + std::string{base::build_version()} +
                    " (format " + std::to_string(format_level) + "), and leaves it as it is. Install " + found.program +
                    " again";
    if (!found.before_upgrade.empty())
        sentence += ", or go back to what was before the upgrade: etakahvila restore --replace " + found.before_upgrade;
    return sentence + ".";
}

}  // namespace

int journal_version(const records::Database& database) {
    if (!has_table(database, "schema_version")) return 0;
    return database.one<int>("SELECT version FROM schema_version WHERE part = 'journal'").value_or(0);
}

std::optional<Format> format_of(const records::Database& database) {
    if (has_table(database, "data_format")) {
        auto row = database.read("SELECT level, program, before_upgrade FROM data_format");
        if (row.next()) return Format{.level = row.get<int>(0), .program = row.text(1), .before_upgrade = row.text(2)};
    }
    if (journal_version(database) == 0) return std::nullopt;
    return Format{};
}

void make_format_table(records::Database& database) {
    database.script(
        "CREATE TABLE data_format (id INTEGER PRIMARY KEY CHECK (id = 1), level INTEGER NOT NULL,"
        " program TEXT NOT NULL, before_upgrade TEXT NOT NULL) STRICT");
}

void keep_format(records::Database& database, const std::optional<std::string>& before_upgrade) {
    const std::string_view program = base::build_version();
    // Said once by each program: opening the same again writes nothing.
    if (!database.has("SELECT 1 FROM data_format WHERE level = ? AND program = ?", format_level, program))
        database.write(
            "INSERT INTO data_format VALUES (1, ?, ?, '') ON CONFLICT (id) DO UPDATE SET level = excluded.level, "
            "program = excluded.program",
            format_level, program);
    if (before_upgrade) database.write("UPDATE data_format SET before_upgrade = ?", *before_upgrade);
}

NewerData::NewerData(const Format& found) : std::runtime_error{sentence_of(found)} {}

void refuse_newer(const std::optional<Format>& found) {
    if (found && found->level > format_level) throw NewerData{*found};
}

}  // namespace etakahvila::journal
