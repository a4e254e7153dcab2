#include "runtime/room_figures.hpp"

#include <algorithm>
#include <memory>
#include <mutex>

#include "runtime/room_directory.hpp"

namespace etakahvila::runtime {

RoomFigures& RoomFigures::operator+=(const RoomFigures& other) {
    rooms += other.rooms;
    damaged += other.damaged;
    for (std::size_t role = 0; role < people.size(); ++role) people[role] += other.people[role];
    help_waiting += other.help_waiting;
    help_oldest_wait = std::max(help_oldest_wait, other.help_oldest_wait);
    review_held += other.review_held;
    review_oldest_wait = std::max(review_oldest_wait, other.review_oldest_wait);
    return *this;
}

void count_rooms(RoomDirectory& directory, std::function<void(const RoomFigures&)> done) {
    const auto rooms = directory.open_rooms();
    if (rooms.empty()) return done({});
    struct Gathered {
        std::mutex mutex;
        RoomFigures sum;
        std::size_t waits_for;
        std::function<void(const RoomFigures&)> done;
    };
    const auto gathered = std::make_shared<Gathered>();
    gathered->waits_for = rooms.size();
    gathered->done = std::move(done);
    for (const auto& room : rooms) {
        room->count([gathered](const RoomFigures& figures) {
            {
                const std::lock_guard lock{gathered->mutex};
                gathered->sum += figures;
                if (--gathered->waits_for != 0) return;
            }
            gathered->done(gathered->sum);
        });
    }
}

}  // namespace etakahvila::runtime
