#pragma once

#include <map>
#include <mutex>

#include "journal/journal.hpp"

namespace etakahvila::journal {

/// A journal that forgets everything with the process. Acknowledges at once, on the caller's
/// thread; steps go through the codec as everywhere. For tests.
class MemoryJournal final : public Journal {
public:
    void append(protocol::SessionId session, std::vector<domain::Step> steps, Done done) override;
    StoredRoom load(protocol::SessionId session) override;

    /// The next append and all after it are not acknowledged.
    void fail() { has_failed_ = true; }

private:
    struct Kept {
        std::string epoch;
        std::vector<std::string> records;
    };
    std::mutex mutex_;
    std::map<protocol::SessionId, Kept> rooms_;
    bool has_failed_ = false;
};

}  // namespace etakahvila::journal
