#pragma once

// Keeps the answers of the days' feedback until they may be written (people/feedback_pool.hpp), and closes each
// feedback at its time, whether its room is loaded or not. What is asked of it comes from any thread.

#include <map>
#include <mutex>

#include "api/feedback_keeper.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "domain/room/room.hpp"
#include "journal/records.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::house {

/// What the records must say with a step: that feedback is open, that the room knows of its close. Nothing for most.
journal::Records::Write feedback_rows(protocol::SessionId session, const domain::Step& step);

class FeedbackHouse final : public api::FeedbackKeeper {
public:
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        people::RandomBytes random;
    };

    explicit FeedbackHouse(Parts parts) : parts_{parts} {}
    ~FeedbackHouse() override;
    FeedbackHouse(const FeedbackHouse&) = delete;
    FeedbackHouse& operator=(const FeedbackHouse&) = delete;

    /// Writes what may be written, and takes no more; once, when nobody asks any more.
    void close();

    /// Closes what is past its time, and tells the rooms (timekeeper.hpp). Not while something cannot be saved.
    void look_at_clock(const records::Database& reader);

    std::optional<protocol::RefusalWord> take(const records::Database& reader, protocol::SessionId session,
        protocol::PersonId person, people::FeedbackAnswer answer, bool is_noted) override;
    bool has_taken(
        const records::Database& reader, protocol::SessionId session, protocol::PersonId person) const override;

private:
    void close(protocol::SessionId session);
    void tell(protocol::SessionId session, std::int64_t count);
    /// Writes a batch, if there is one; false when it could not be, and is still here.
    bool write(protocol::SessionId session, const std::optional<people::FeedbackBatch>& batch);

    Parts parts_;
    mutable std::mutex mutex_;
    std::map<protocol::SessionId, people::FeedbackPool> pools_;
    bool is_over_ = false;
};

}  // namespace etakahvila::house
