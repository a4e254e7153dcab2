#pragma once

#include <memory>
#include <utility>

#include "base/loop.hpp"

namespace etakahvila::runtime {

/// The thread of one room, for all that belongs to the room: a note that is left here keeps the room until it has been
/// looked at, and what is to be done after some time is done if the room is still there. Held by a shared_ptr.
class RoomLoop : public std::enable_shared_from_this<RoomLoop> {
public:
    explicit RoomLoop(base::Loop& loop) : loop_{loop} {}

    /// Of the worker to whom the room belongs.
    const base::Loop& loop() const { return loop_; }

    /// After what is under way on the room's thread. From any thread.
    template <class Note>
    void post(Note note) {
        loop_.post([self = shared_from_this(), note = std::move(note)]() mutable { note(); });
    }

    /// On the room's thread.
    template <class Note>
    void after(std::chrono::milliseconds delay, Note note) {
        loop_.after(delay, [weak = weak_from_this(), note = std::move(note)] {
            if (const auto self = weak.lock()) note();
        });
    }

private:
    base::Loop& loop_;
};

}  // namespace etakahvila::runtime
