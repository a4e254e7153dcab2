#pragma once

// What the records are to say with a step that the room is asked for: why a day is cancelled and whom letters go to,
// which task somebody has, what was agreed. Such words never go into the journal. They are handed from who asks the
// room to who writes its steps (house/rows_of_step.hpp), so that one commit has both: no crash leaves a day that is
// cancelled and says nothing, or words about what never was.

#include <map>
#include <mutex>
#include <utility>

#include "journal/records.hpp"

namespace etakahvila::api {

/// From any thread.
class StepRows {
public:
    /// For the step by which the day is cancelled. False when somebody is cancelling the same day.
    bool put(protocol::SessionId session, journal::Records::Write write) {
        return put_of(session, {}, std::move(write));
    }
    /// For the step that notes something of this person. False when somebody is noting something of the same person.
    bool put_contact(protocol::SessionId session, protocol::PersonId person, journal::Records::Write write) {
        return put_of(session, person, std::move(write));
    }
    /// The room has answered.
    void drop(protocol::SessionId session, protocol::PersonId person = {}) {
        const std::lock_guard lock{mutex_};
        waiting_.erase({session, person});
    }
    /// Nothing where nobody asked. Without a person: of the day's cancelling.
    journal::Records::Write of(protocol::SessionId session, protocol::PersonId person = {}) const {
        const std::lock_guard lock{mutex_};
        const auto found = waiting_.find({session, person});
        return found == waiting_.end() ? journal::Records::Write{} : found->second;
    }

private:
    bool put_of(protocol::SessionId session, protocol::PersonId person, journal::Records::Write write) {
        const std::lock_guard lock{mutex_};
        return waiting_.try_emplace({session, person}, std::move(write)).second;
    }

    mutable std::mutex mutex_;
    std::map<std::pair<protocol::SessionId, protocol::PersonId>, journal::Records::Write> waiting_;
};

}  // namespace etakahvila::api
