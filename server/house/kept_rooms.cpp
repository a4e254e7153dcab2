#include "house/kept_rooms.hpp"

#include <algorithm>
#include <future>

#include "runtime/compaction.hpp"
#include "runtime/room_figures.hpp"

namespace etakahvila::house {
namespace {

keeping::Rooms::Outcome outcome_of(runtime::Compaction compaction) {
    using Outcome = keeping::Rooms::Outcome;
    switch (compaction) {
        case runtime::Compaction::done: return Outcome::done;
        case runtime::Compaction::was_done: return Outcome::was_done;
        case runtime::Compaction::not_sealed: return Outcome::not_sealed;
        case runtime::Compaction::damaged:
        case runtime::Compaction::not_saved: return Outcome::not_now;
    }
    return Outcome::not_now;
}

}  // namespace

keeping::Rooms::Outcome StoredRooms::compact(protocol::SessionId session) {
    return outcome_of(runtime::compact_stored(store_, session));
}

std::vector<domain::Step> StoredRooms::steps_of(protocol::SessionId session) { return store_.load(session).steps; }

keeping::Rooms::Outcome DirectoryRooms::compact(protocol::SessionId session) {
    return outcome_of(directory_.compact(session));
}

bool DirectoryRooms::write_pages_anew() {
    std::promise<bool> is_anybody_there;
    runtime::count_rooms(directory_, [&is_anybody_there](const runtime::RoomFigures& rooms) {
        is_anybody_there.set_value(
            std::any_of(rooms.people.begin(), rooms.people.end(), [](auto count) { return count > 0; }));
    });
    if (is_anybody_there.get_future().get()) return false;
    const bool is_done = StoredRooms::write_pages_anew();
    if (!is_done) log_.error("keeping_pages_failed");
    return is_done;
}

}  // namespace etakahvila::house
