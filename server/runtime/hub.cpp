#include "runtime/hub.hpp"

#include <algorithm>

namespace etakahvila::runtime {

void Hub::deliver(SessionId session, std::shared_ptr<const Delivery> delivery) {
    loop_.post(
        [self = shared_from_this(), session, delivery = std::move(delivery)] { self->hand_out(session, *delivery); });
}

std::size_t Hub::seat_count() const {
    std::size_t count = 0;
    for (const auto& [session, seats] : rooms_) count += seats.size();
    return count;
}

Hub::Seats::iterator Hub::find(Seats& seats, ConnectionId connection) {
    return std::lower_bound(seats.begin(), seats.end(), connection,
        [](const Taken& taken, ConnectionId sought) { return taken.connection.value < sought.value; });
}

void Hub::hand_out(SessionId session, const Delivery& delivery) {
    auto& seats = rooms_[session];
    // Whoever goes gives up their seat first: what is shared is no longer made for their eyes, and
    // if it reached them they would go on from it when they come back.
    Seats going;
    for (const auto& closing : delivery.closing) {
        const auto taken = find(seats, closing.connection);
        if (taken == seats.end() || taken->connection != closing.connection) continue;
        going.push_back(std::move(*taken));
        seats.erase(taken);
    }
    const auto line_of = [&](ConnectionId connection) -> std::shared_ptr<Line> {
        const auto taken = find(seats, connection);
        if (taken != seats.end() && taken->connection == connection) return taken->line.lock();
        const auto gone = std::find_if(
            going.begin(), going.end(), [&](const Taken& each) { return each.connection == connection; });
        return gone == going.end() ? nullptr : gone->line.lock();
    };

    for (const auto& taken : seats) {
        const Frame* frame = &delivery.shared[static_cast<std::size_t>(taken.audience)];
        if (!delivery.personal.empty()) {
            if (const auto own = delivery.personal.find(taken.person); own != delivery.personal.end())
                frame = &own->second;
        }
        if (*frame == nullptr) continue;
        if (const auto line = taken.line.lock()) line->send(*frame);
    }
    for (const auto& frame : delivery.spoken) {
        for (const auto& taken : seats) {
            if (const auto line = taken.line.lock()) line->send(frame);
        }
    }
    for (const auto& seat : delivery.seated) {
        seats.insert(find(seats, seat.connection),
            {.connection = seat.connection, .person = seat.person, .audience = seat.audience, .line = seat.line});
        if (const auto line = seat.line.lock()) {
            for (const auto& frame : seat.greeting) line->greet(frame);
        }
    }
    for (const auto& [connection, frame, asked_at] : delivery.direct) {
        if (const auto line = line_of(connection)) line->send(frame);
        if (asked_at && figures_ != nullptr) figures_->command_answer_seconds.add(base::seconds_since(*asked_at));
    }
    for (const auto& closing : delivery.closing) {
        if (const auto line = line_of(closing.connection)) line->close(closing.code, closing.retry_after_ms);
    }
    if (seats.empty()) rooms_.erase(session);
}

}  // namespace etakahvila::runtime
