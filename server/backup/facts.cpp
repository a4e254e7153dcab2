#include "backup/facts.hpp"

#include <array>

#include "people/storage.hpp"

namespace etakahvila::backup {
namespace {

/// One step for each version; a step that has been released is never changed.
constexpr std::array steps{R"(
-- What happened last of its kind, when, and when the backup was begun that it is about.
CREATE TABLE backup_facts (kind TEXT PRIMARY KEY, at INTEGER NOT NULL, made_at INTEGER NOT NULL) STRICT;
)"};

void keep(records::Database& database, std::string_view kind, base::UtcTime at, base::UtcTime made_at) {
    database.write(
        "INSERT INTO backup_facts VALUES (?, ?, ?) ON CONFLICT (kind) DO UPDATE SET at = excluded.at, made_at = "
        "excluded.made_at",
        kind, at, made_at);
}

}  // namespace

void migrate(records::Database& database) { people::bring_forward(database, "backup", steps); }

std::optional<base::UtcTime> last_good_backup(const records::Database& reader) {
    const auto made_at = reader.one<std::int64_t>("SELECT made_at FROM backup_facts WHERE kind = 'good'");
    return made_at ? std::optional{base::UtcTime{*made_at}} : std::nullopt;
}

void keep_last_good(records::Database& database, base::UtcTime made_at) { keep(database, "good", made_at, made_at); }

std::optional<Restored> restored_from(const records::Database& reader) {
    auto row = reader.read("SELECT at, made_at FROM backup_facts WHERE kind = 'restored'");
    if (!row.next()) return std::nullopt;
    return Restored{.at = {row.number(0)}, .made_at = {row.number(1)}};
}

void keep_restored(records::Database& database, const Restored& restored) {
    keep(database, "restored", restored.at, restored.made_at);
    keep_last_good(database, restored.made_at);
}

}  // namespace etakahvila::backup
