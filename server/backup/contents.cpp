#include "backup/contents.hpp"

#include <sodium.h>

#include "journal/digest_chain.hpp"
#include "records/sqlite_damage.hpp"
#include "records/sqlite_database.hpp"

namespace etakahvila::backup {
namespace {

std::string digits_of(const journal::Digest& digest) {
    std::array<char, 2 * journal::Digest{}.size() + 1> digits{};
    sodium_bin2hex(digits.data(), digits.size(), digest.data(), digest.size());
    return digits.data();
}

}  // namespace

std::unique_ptr<records::Database> open_copy(const std::filesystem::path& file) {
    auto database = std::make_unique<records::SqliteDatabase>(
        file.string(), records::SqliteDatabase::Access::read_still);
    database->script("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
    return database;
}

std::vector<std::string> damage_of(const records::Database& database) try {
    auto found = records::damage_in(database, records::DamageLook::whole);
    // A backup may have been in foreign hands: nothing of it is run when it is opened.
    auto rows = database.read("SELECT type FROM sqlite_schema WHERE type NOT IN ('table', 'index')");
    while (rows.next()) found.push_back("it has a " + rows.text(0) + ", which this program never makes");
    return found;
} catch (const records::Error& thrown) {
    return {thrown.what()};
}

std::vector<PartVersion> parts_of(const records::Database& database) {
    std::vector<PartVersion> parts;
    auto rows = database.read("SELECT part, version FROM schema_version ORDER BY part");
    while (rows.next()) parts.push_back({.part = rows.text(0), .version = rows.number(1)});
    return parts;
}

std::vector<RoomEnd> room_ends(const records::Database& database) {
    std::vector<RoomEnd> ends;
    for (const auto& room : journal::room_rows(database)) {
        const auto end = journal::walk_chain(database, room);
        ends.push_back({.session = room.session,
            .steps = end.steps,
            .digest = digits_of(end.digest),
            .damaged_from = end.damaged_at});
    }
    return ends;
}

}  // namespace etakahvila::backup
