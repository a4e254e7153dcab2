#pragma once

// The rooms as the keeper knows them (keeping/rooms.hpp).

#include "base/log.hpp"
#include "journal/sqlite_store.hpp"
#include "keeping/rooms.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::house {

/// Where nobody holds a room: the command line, a restore.
class StoredRooms : public keeping::Rooms {
public:
    explicit StoredRooms(journal::SqliteStore& store) : store_{store} {}

    Outcome compact(protocol::SessionId session) override;
    std::vector<domain::Step> steps_of(protocol::SessionId session) override;
    bool write_pages_anew() override { return store_.rewrite_and_wait(); }

private:
    journal::SqliteStore& store_;
};

/// In a running server: whoever is in a room that is compacted comes again at once.
class DirectoryRooms final : public StoredRooms {
public:
    DirectoryRooms(journal::SqliteStore& store, runtime::RoomDirectory& directory, base::Log& log)
        : StoredRooms{store}, directory_{directory}, log_{log} {}

    Outcome compact(protocol::SessionId session) override;
    /// Doors open before the day, and days run over: whoever is connected is asked for, not the plan. One that failed
    /// is logged.
    bool write_pages_anew() override;

private:
    runtime::RoomDirectory& directory_;
    base::Log& log_;
};

}  // namespace etakahvila::house
