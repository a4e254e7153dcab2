#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "runtime/room_directory.hpp"
#include "journal/reader_pool.hpp"

namespace etakahvila::net {

/// Rooms by session, without making a worker wait. Opening one reads its journal, and that happens on the
/// pool.
class RoomFinder {
public:
    using Found = std::function<void(std::shared_ptr<runtime::RoomHost>)>;

    RoomFinder(runtime::RoomDirectory& directory, journal::Pool& pool) : directory_{directory}, pool_{pool} {}

    /// Calls `found` with the room, or null: at once when the room is open, else on a thread of the pool. From any
    /// thread.
    void find(protocol::SessionId session, const Found& found) {
        if (auto open = directory_.open_room(session)) return found(std::move(open));
        const bool is_taken = pool_.run([this, session, found](records::Database&) {
            std::shared_ptr<runtime::RoomHost> room;
            try {
                room = directory_.room(session);
            } catch (const std::exception&) {
                // The store cannot be read: to the client it is as if there were no room.
                room = nullptr;
            }
            found(std::move(room));
        });
        if (!is_taken) found(nullptr);
    }

private:
    runtime::RoomDirectory& directory_;
    journal::Pool& pool_;
};

}  // namespace etakahvila::net
