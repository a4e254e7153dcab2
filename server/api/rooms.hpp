#pragma once

// What a request needs of rooms: one of them, and a thread to go on when it has answered.

#include <functional>
#include <memory>

#include "api/reply.hpp"
#include "base/log.hpp"
#include "journal/reader_pool.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::api {

/// The session's room; null, and refused as not_found, when there is no such session.
inline std::shared_ptr<runtime::RoomHost> room_of(
    runtime::RoomDirectory& directory, protocol::SessionId session, const Reply& reply) {
    auto room = directory.room(session);
    if (!room) reply.refuse(protocol::RefusalWord::not_found);
    return room;
}

class AfterRoom {
public:
    AfterRoom(journal::Pool& pool, base::Log& log) : pool_{pool}, log_{log} {}

    /// Goes on with a request, once a room has answered, on a thread that may wait for the disk.
    void go_on(const Reply& reply, std::function<void()> work) const {
        read_on(reply, [work = std::move(work)](const records::Database&) { work(); });
    }
    /// The same, with what the records hold by then.
    void read_on(const Reply& reply, std::function<void(const records::Database&)> work) const;

private:
    journal::Pool& pool_;
    base::Log& log_;
};

}  // namespace etakahvila::api
