#pragma once

// Every worker keeps the connections that it serves, by room. A room gives each worker one
// delivery for each turn of its loop; the hub hands the same bytes to all that it seats.

#include <array>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/loop.hpp"
#include "domain/room/viewer.hpp"
#include "runtime/figures.hpp"
#include "runtime/line.hpp"

namespace etakahvila::runtime {

using protocol::ConnectionId;
using protocol::PersonId;
using protocol::SessionId;

/// One connection's place in a room.
struct Seat {
    ConnectionId connection;
    PersonId person;
    domain::Audience audience{};
    std::weak_ptr<Line> line;
    /// Sent first: welcome, and all that was missed.
    std::vector<Frame> greeting;
};

/// What leaves a room for one worker at one moment, in this order.
struct Delivery {
    /// By audience; null when nothing changed for it.
    std::array<Frame, domain::all_audiences.size()> shared;
    /// In place of the shared one for those to whom it looks otherwise.
    std::map<PersonId, Frame> personal;
    /// For all who have a seat; not a part of the room's steps.
    std::vector<Frame> spoken;
    /// Connections that take their place now; they have the shared ones in their greeting.
    std::vector<Seat> seated;
    /// For single connections: outcomes, with when they were asked for; and what else is theirs alone.
    struct Direct {
        ConnectionId connection;
        Frame frame;
        std::optional<base::Instant> asked_at{};
    };
    std::vector<Direct> direct;
    /// They get what is for them alone, and of the rest nothing more.
    struct Closing {
        ConnectionId connection;
        CloseCode code{};
        std::int64_t retry_after_ms{};
    };
    std::vector<Closing> closing;
};

class Hub : public std::enable_shared_from_this<Hub> {
public:
    /// How long answers took is counted in the figures; where there are none, nobody counts.
    explicit Hub(base::Loop& loop, Figures* figures = nullptr) : loop_{loop}, figures_{figures} {}

    base::Loop& loop() { return loop_; }

    /// From any thread.
    void deliver(SessionId session, std::shared_ptr<const Delivery> delivery);

    /// How many connections have a seat here. On the hub's own thread.
    std::size_t seat_count() const;

private:
    struct Taken {
        ConnectionId connection;
        PersonId person;
        domain::Audience audience{};
        std::weak_ptr<Line> line;
    };
    /// In the order of their connections: most of what is done is done to all of them.
    using Seats = std::vector<Taken>;

    static Seats::iterator find(Seats& seats, ConnectionId connection);
    void hand_out(SessionId session, const Delivery& delivery);

    base::Loop& loop_;
    Figures* const figures_;
    std::unordered_map<SessionId, Seats> rooms_;
};

}  // namespace etakahvila::runtime
