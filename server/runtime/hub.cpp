#include "runtime/hub.hpp"

namespace etakahvila::runtime {

void Hub::deliver(SessionId session, std::shared_ptr<const Delivery> delivery) {
    loop_.post([self = shared_from_this(), session, delivery = std::move(delivery)] { self->hand_out(session, *delivery); });
}

std::size_t Hub::seat_count() const {
    std::size_t count = 0;
    for (const auto& [session, seats] : rooms_) count += seats.size();
    return count;
}

void Hub::hand_out(SessionId session, const Delivery& delivery) {
    auto& seats = rooms_[session];
    const auto line_of = [&](ConnectionId connection) -> std::shared_ptr<Line> {
        const auto taken = seats.find(connection);
        return taken == seats.end() ? nullptr : taken->second.line.lock();
    };

    for (const auto& [connection, taken] : seats) {
        const Frame* frame = &delivery.shared[static_cast<std::size_t>(taken.audience)];
        if (!delivery.personal.empty()) {
            if (const auto own = delivery.personal.find(taken.person); own != delivery.personal.end()) frame = &own->second;
        }
        if (*frame == nullptr) continue;
        if (const auto line = taken.line.lock()) line->send(*frame);
    }
    for (const auto& frame : delivery.spoken) {
        for (const auto& [connection, taken] : seats) {
            if (const auto line = taken.line.lock()) line->send(frame);
        }
    }
    for (const auto& seat : delivery.seated) {
        seats[seat.connection] = {.person = seat.person, .audience = seat.audience, .line = seat.line};
        if (const auto line = seat.line.lock()) {
            for (const auto& frame : seat.greeting) line->send(frame);
        }
    }
    for (const auto& [connection, frame] : delivery.direct) {
        if (const auto line = line_of(connection)) line->send(frame);
    }
    for (const auto& closing : delivery.closing) {
        if (const auto line = line_of(closing.connection)) line->close(closing.code, closing.retry_after_ms);
        seats.erase(closing.connection);
    }
    if (seats.empty()) rooms_.erase(session);
}

}  // namespace etakahvila::runtime
