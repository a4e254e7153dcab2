#pragma once

// What the server has acknowledged, written down outside of it, and held against its journal.

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "protocol/connection.hpp"

namespace etakahvila::faults {

struct Findings {
    std::size_t acknowledged{};
    /// Acknowledged and not in the journal, or there under another number.
    std::size_t lost{};
    /// In the journal more than once.
    std::size_t doubled{};
    /// A person's later command stands before an earlier one.
    std::size_t reordered{};
    /// The first step that could not be read back.
    std::optional<std::int64_t> damaged_at;

    bool is_good() const { return lost == 0 && doubled == 0 && reordered == 0 && !damaged_at; }
};

class Ledger {
public:
    /// Refusals that are about the moment are no acknowledgements, and are passed over: false.
    bool note(protocol::PersonId person, const protocol::Outcome& outcome);

    std::size_t size() const { return acknowledged_.size(); }
    std::int64_t newest() const { return newest_; }
    /// Reads the journal of a server that does not run.
    Findings hold_against(const std::filesystem::path& data_file, protocol::SessionId session) const;

private:
    using Key = std::pair<protocol::PersonId, std::string>;
    std::map<Key, std::int64_t> acknowledged_;
    std::map<protocol::PersonId, std::int64_t> last_of_;
    std::int64_t newest_{};
    std::size_t reordered_{};
    std::size_t contradicted_{};
};

}  // namespace etakahvila::faults
