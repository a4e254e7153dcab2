// A day in a room: the bytes of the input are the dice by which people of all roles come, drop,
// leave and command anything, time passes and the server restarts. After each step the room is one
// that there can be, nobody is shown what is not theirs, and whoever was told of the changes sees
// what a newcomer sees. At the end the journal makes the same room.

#include <algorithm>
#include <vector>

#include "fuzz/target.hpp"
#include "support/random_day.hpp"
#include "support/room_promises.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

constexpr int inputs_max = 400;
/// A snapshot costs more than a step does.
constexpr int compared_every = 16;

struct Watcher {
    Viewer viewer;
    Role role{};
    Seq seq{};
    ClientView view;

    void catch_up(const Room& room) {
        const auto changes = changes_since(room, seq, viewer);
        for (const auto& change : changes) HOLDS(!shown_wrongly(viewer.person.value_or(PersonId{}), role, change));
        view.take(changes);
        seq = room.seq;
    }
    void compare(const Room& room) {
        catch_up(room);
        HOLDS(view == ClientView{snapshot(room, viewer)});
    }
};

class Watch {
public:
    void look(const Room& room, int turn) {
        HOLDS(!broken_promise(room));
        for (const auto& viewer : all_viewers(room)) {
            const bool is_known = std::any_of(watchers_.begin(), watchers_.end(), [&](const auto& each) {
                return each.viewer.person == viewer.person && each.viewer.audience == viewer.audience;
            });
            if (is_known) continue;
            const auto role = viewer.person       ? room.member(*viewer.person)->role
                              : viewer.is_staff() ? Role::moderator
                                                  : Role::participant;
            watchers_.push_back({viewer, role, room.seq, ClientView{snapshot(room, viewer)}});
        }
        for (std::size_t index = 0; index < watchers_.size(); ++index) {
            if ((static_cast<int>(index) + turn) % compared_every == 0)
                watchers_[index].compare(room);
            else if ((static_cast<int>(index) + turn) % 3 == 0)
                watchers_[index].catch_up(room);
        }
    }
    void look_at_all(const Room& room) {
        for (auto& watcher : watchers_) watcher.compare(room);
    }

private:
    std::vector<Watcher> watchers_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    RandomDay day{Chance::of_bytes({reinterpret_cast<const char*>(data), size})};
    Watch watch;
    for (int turn = 0; turn < inputs_max && !day.is_out_of_dice(); ++turn) {
        const auto before = day.room.seq();
        day.go_on();
        if (day.room.seq() != before) watch.look(day.room.room(), turn);
    }
    watch.look_at_all(day.room.room());

    const auto& steps = day.room.steps();
    for (std::size_t index = 0; index < steps.size(); ++index) {
        HOLDS(steps[index].seq == static_cast<Seq>(index) + 1);
        HOLDS(!steps[index].refusal || steps[index].events.empty());
        HOLDS(index == 0 || steps[index].stamp.at >= steps[index - 1].stamp.at);
    }
    const auto again = replayed(steps);
    HOLDS(next_due(again) == next_due(day.room.room()));
    for (const auto& viewer : all_viewers(again))
        HOLDS(ClientView{snapshot(again, viewer)} == ClientView{snapshot(day.room.room(), viewer)});
    return 0;
}
