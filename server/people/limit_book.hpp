#pragma once

// What the limits have held back lately, for the coordinator to see. In memory, and no more than
// it can show: a stranger must not be able to make the disk work, or the records grow; what is
// going on shows again soon after a restart, and what is over stands in the log.

#include <array>
#include <set>
#include <map>
#include <vector>

#include "people/staff.hpp"

namespace etakahvila::people {

using protocol::GuessKind;

/// Since the start, by kind: for whoever watches the server.
struct GuessCounts {
    /// Wrong passwords, and wrong codes of a second step.
    std::int64_t sign_ins_refused{};
    /// Guesses that were held back.
    std::array<std::int64_t, names_of(GuessKind{}).size()> limited{};
};

/// One thread.
class LimitBook {
public:
    static constexpr std::size_t entries_max = 60;
    static constexpr std::size_t networks_max = 1'000;
    /// What begins again so long after its last time is another entry.
    static constexpr std::int64_t pause_ms = 60LL * 60 * 1000;

    struct Entry {
        GuessKind kind{};
        /// Whose password it was, where there is such an account.
        std::optional<AccountId> account;
        UtcTime began_at;
        UtcTime last_at;
        std::int64_t times{};
        /// From so many networks, of networks_max that are kept apart.
        std::set<std::string> networks;
    };

    /// One guess was held back. How often this network has been for this kind of guess, when that
    /// is worth a line in the log: at the first time, and whenever it has doubled.
    std::optional<std::int64_t> note(
        GuessKind kind, std::optional<AccountId> account, const std::string& network, UtcTime now);

    /// The newest first.
    std::vector<Entry> entries() const;

private:
    struct Count {
        std::int64_t times{};
        UtcTime last_at;
    };
    std::vector<Entry> entries_;
    std::map<std::pair<GuessKind, std::string>, Count> networks_;
};

}  // namespace etakahvila::people
