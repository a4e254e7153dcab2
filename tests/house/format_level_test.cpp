// What is on the disk has a level (journal/format.hpp), by which an older program knows that it cannot read it. Whoever
// changes a table, an event or what a digest covers is told here.

#include <algorithm>
#include <filesystem>

#include "house/house.hpp"
#include "journal/digest_chain.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

/// FNV-1a, of 64 bits: it is to notice a change, and to be the same on every machine.
class Shape {
public:
    void add(std::string_view text) {
        for (const char byte : text) {
            hash_ ^= static_cast<unsigned char>(byte);
            hash_ *= 0x100000001b3;
        }
    }
    std::string text() const {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string text;
        for (int shift = 60; shift >= 0; shift -= 4) text += digits[(hash_ >> shift) & 15];
        return text;
    }

private:
    std::uint64_t hash_ = 0xcbf29ce484222325;
};

std::string shape_of_data() {
    Shape shape;
    const TestHouse house;
    const auto reader = house.store().open_reader();
    auto rows = reader->read("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name");
    while (rows.next()) shape.add(rows.view(0));
    std::vector<std::filesystem::path> schemas;
    for (const auto& entry : std::filesystem::directory_iterator{ETAKAHVILA_TESTS "/../server/domain/schema"})
        schemas.push_back(entry.path());
    std::sort(schemas.begin(), schemas.end());
    REQUIRE_FALSE(schemas.empty());
    for (const auto& schema : schemas) shape.add(test_file("../server/domain/schema/" + schema.filename().string()));
    // A digest covers what it did.
    const auto digest = journal::chained(
        journal::seed_of(protocol::SessionId{7}, "an epoch"), 1, R"({"v":1,"events":[]})");
    shape.add({reinterpret_cast<const char*>(digest.data()), digest.size()});
    return shape.text();
}

}  // namespace

TEST_CASE("The level of what is on the disk is raised when its shape changes") {
    const auto levels = lines_of(test_file("data/format-levels.txt"));
    REQUIRE_FALSE(levels.empty());
    INFO("Tables, events or digests have changed. When level "
         << journal::format_level
         << " has been released, raise journal::format_level, and "
            "add a line to tests/data/format-levels.txt; else "
            "write this in place of its last line.");
    CHECK(levels.back() == std::to_string(journal::format_level) + " " + shape_of_data());
}
