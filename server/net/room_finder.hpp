#pragma once

#include <functional>
#include <map>
#include <mutex>

#include "runtime/room_directory.hpp"
#include "journal/reader_pool.hpp"

namespace etakahvila::net {

/// Rooms by session, without making a worker wait. Opening one reads its journal, and that happens on the
/// pool.
class RoomFinder {
public:
    using Found = std::function<void(std::shared_ptr<runtime::RoomHost>)>;

    RoomFinder(runtime::RoomDirectory& directory, journal::Pool& pool) : directory_{directory}, pool_{pool} {}

    /// Calls `found` with the room, or null: at once when the room is known here, else on a thread
    /// of the pool. From any thread.
    void find(protocol::SessionId session, Found found) {
        if (auto known = known_room(session)) return found(std::move(known));
        const bool is_taken = pool_.run([this, session, found](SQLite::Database&) {
            std::shared_ptr<runtime::RoomHost> room;
            try {
                room = directory_.room(session);
            } catch (const std::exception&) {
                // The store cannot be read: to the client it is as if there were no room.
            }
            if (room) {
                const std::lock_guard lock{mutex_};
                known_.emplace(session, room);
            }
            found(std::move(room));
        });
        if (!is_taken) found(nullptr);
    }

    /// Rooms into which someone has come.
    std::size_t size() const {
        const std::lock_guard lock{mutex_};
        return known_.size();
    }

private:
    std::shared_ptr<runtime::RoomHost> known_room(protocol::SessionId session) {
        const std::lock_guard lock{mutex_};
        const auto known = known_.find(session);
        return known == known_.end() ? nullptr : known->second;
    }

    runtime::RoomDirectory& directory_;
    journal::Pool& pool_;
    mutable std::mutex mutex_;
    std::map<protocol::SessionId, std::shared_ptr<runtime::RoomHost>> known_;
};

}  // namespace etakahvila::net
