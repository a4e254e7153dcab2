#pragma once

// The night's job of keeping (keeping/keeper.hpp), on a thread of its own: doors open and feedback closes meanwhile.

#include <atomic>

#include "house/timekeeper.hpp"
#include "keeping/keeper.hpp"

namespace etakahvila::house {

class NightKeeper {
public:
    NightKeeper(keeping::Keeper& keeper, journal::Records& store, base::Log& log);
    ~NightKeeper() { close(); }
    NightKeeper(const NightKeeper&) = delete;
    NightKeeper& operator=(const NightKeeper&) = delete;

    void open() { clock_.open(); }
    /// The transaction that is under way is the last.
    void close();
    /// The clock may have been moved.
    void wake() { clock_.wake(); }

private:
    void look(const records::Database& reader);

    keeping::Keeper& keeper_;
    base::Log& log_;
    std::atomic<bool> is_closing_{false};
    Timekeeper clock_;
};

}  // namespace etakahvila::house
