#pragma once

#include <map>
#include <mutex>

#include "journal/journal.hpp"
#include "journal/watchers.hpp"

namespace etakahvila::journal {

/// A journal that forgets everything with the process. Acknowledges at once, on the caller's
/// thread; steps go through the codec as everywhere. For tests.
class MemoryJournal final : public Journal {
public:
    void append(
        protocol::SessionId session, std::vector<domain::Step> steps, Done done, Need need = Need::ordinary) override;
    StoredRoom load(protocol::SessionId session) override;
    void load_later(protocol::SessionId session, Loaded loaded) override { loaded(load(session)); }
    void compact(protocol::SessionId session, domain::Seq through, domain::Step step, Done done) override;
    Saves saves() const override;
    void watch(std::function<bool()> changed) override { watchers_.add(std::move(changed)); }

    /// What can be saved from now on.
    void set_saves(Saves saves);

private:
    struct Kept {
        std::string epoch;
        std::vector<std::string> records;
        std::map<protocol::PersonId, domain::Ballot> ballots;
    };
    mutable std::mutex mutex_;
    std::map<protocol::SessionId, Kept> rooms_;
    Saves saves_ = Saves::everything;
    Watchers watchers_;
};

}  // namespace etakahvila::journal
