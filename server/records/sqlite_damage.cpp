#include "records/sqlite_damage.hpp"

#include <algorithm>

namespace etakahvila::records {
namespace {

bool is_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

/// SQLite 3.40.1 takes the columns of a table WITHOUT ROWID in another order than they lie there, where its key does
/// not stand first, and then calls a text "NULL value in table.column". So it is asked whether there is one.
bool is_mistaken(const Database& database, std::string_view told) {
    constexpr std::string_view beginning = "NULL value in ";
    if (!told.starts_with(beginning)) return false;
    told.remove_prefix(beginning.size());
    const auto dot = told.find('.');
    if (dot == told.npos || !is_name(told.substr(0, dot)) || !is_name(told.substr(dot + 1))) return false;
    const std::string table{told.substr(0, dot)};
    const std::string column{told.substr(dot + 1)};
    // Not IS NULL: of a column that is NOT NULL that is false without a look.
    return !database.has("SELECT 1 FROM " + table + " WHERE typeof(" + column + ") = 'null' LIMIT 1");
}

}  // namespace

std::vector<std::string> damage_in(const Database& database, DamageLook look) {
    // Enough that what is mistaken leaves place for what is not.
    constexpr const char* asked[] = {"PRAGMA quick_check(10000)", "PRAGMA integrity_check(10000)"};
    std::vector<std::string> found;
    {
        auto rows = database.read(asked[static_cast<std::size_t>(look)]);
        while (rows.next()) {
            const auto told = rows.text(0);
            if (told != "ok" && std::find(found.begin(), found.end(), told) == found.end()) found.push_back(told);
        }
    }
    std::erase_if(found, [&](const std::string& told) { return is_mistaken(database, told); });
    return found;
}

}  // namespace etakahvila::records
