#pragma once

// What a subcommand works with, whether it runs by itself or within the running server.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>

#include "base/clock.hpp"
#include "config/settings.hpp"
#include "journal/sqlite_store.hpp"
#include "people/operator_acts.hpp"

namespace etakahvila::house {
class House;
}

namespace etakahvila::admin {

/// Who asked, as this machine knows them.
struct Operator {
    std::uint32_t uid{};
    /// Their login name; "root (aino)" behind sudo.
    std::string name;
};

struct Desk {
    /// Its tables are up to date.
    journal::SqliteStore& store;
    /// Of the server, when one runs; else those of the command line.
    const config::Settings& settings;
    /// What links begin with.
    const std::string& site;
    const base::Clock& clock;
    const Operator& by;
    /// The act, as it is noted.
    people::OperatorActId act;
    /// Where the caller stands.
    const std::filesystem::path& folder;
    std::istream& in;
    /// Reach the caller alone, and no log. Writing throws std::ios_base::failure once the caller has gone, and may wait
    /// for a slow one: never within a write of the store.
    std::ostream& out;
    std::ostream& err;
    /// Of the running server; null when the command runs by itself.
    house::House* house;
    /// False once the caller has gone. From any thread.
    std::function<bool()> is_wanted;

    /// What the caller means by a path.
    std::filesystem::path path(const std::filesystem::path& given) const { return folder / given; }
};

}  // namespace etakahvila::admin
