// Every table and column of a whole site has its fate: a rule that takes it, or a reason why it stays.

#include <map>
#include <set>
#include <sstream>

#include "journal/sqlite_store.hpp"
#include "keeping/registry.hpp"
#include "keeping/rules.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

using Columns = std::map<std::string, std::set<std::string>>;

Columns of_the_site() {
    const TestHouse house;
    const auto reader = house.store().open_reader();
    Columns columns;
    auto rows = reader->read(
        "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name "
        "NOT LIKE 'sqlite%' ORDER BY t.name, c.name");
    while (rows.next()) columns[rows.text(0)].insert(rows.text(1));
    return columns;
}

}  // namespace

TEST_CASE("Every column of every table is in the registry of keeping, once, and none that is not there") {
    Columns listed;
    for (const auto& line : keeping::registry()) {
        std::istringstream words{std::string{line.columns}};
        for (std::string column; words >> column;) {
            INFO("Twice in server/keeping/registry.cpp: " << line.table << "." << column);
            CHECK(listed[std::string{line.table}].insert(column).second);
        }
    }
    const auto there = of_the_site();
    for (const auto& [table, columns] : there) {
        for (const auto& column : columns) {
            INFO("Say in server/keeping/registry.cpp what becomes of " << table << "." << column);
            CHECK(listed[table].contains(column));
        }
    }
    for (const auto& [table, columns] : listed) {
        for (const auto& column : columns) {
            INFO("There is no such column any more: " << table << "." << column);
            const auto found = there.find(table);
            CHECK((found != there.end() && found->second.contains(column)));
        }
    }
}

TEST_CASE("Every rule of keeping takes something that the registry names") {
    for (const auto& rule : keeping::rules()) {
        INFO(base::name_of(rule.rule));
        const auto all = keeping::registry();
        CHECK(std::any_of(all.begin(), all.end(), [&](const keeping::Listed& line) {
            const auto* fate = std::get_if<protocol::KeepingRule>(&line.fate);
            return fate != nullptr && *fate == rule.rule;
        }));
    }
}
