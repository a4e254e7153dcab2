#pragma once

// What the records are to say with the step by which a day is cancelled: why, in which words, whom letters go to. It is
// handed from who asks the room to who writes its steps (house/rows_of_step.hpp), so that one commit has both: no crash
// leaves a day that is cancelled and says nothing, or words about a day that is held.

#include <map>
#include <mutex>

#include "journal/records.hpp"

namespace etakahvila::api {

/// From any thread.
class CancelRows {
public:
    /// False when somebody is cancelling the same day.
    bool put(protocol::SessionId session, journal::Records::Write write) {
        const std::lock_guard lock{mutex_};
        return waiting_.try_emplace(session, std::move(write)).second;
    }
    /// The room has answered.
    void drop(protocol::SessionId session) {
        const std::lock_guard lock{mutex_};
        waiting_.erase(session);
    }
    journal::Records::Write of(protocol::SessionId session) const {
        const std::lock_guard lock{mutex_};
        const auto found = waiting_.find(session);
        return found == waiting_.end() ? journal::Records::Write{} : found->second;
    }

private:
    mutable std::mutex mutex_;
    std::map<protocol::SessionId, journal::Records::Write> waiting_;
};

}  // namespace etakahvila::api
