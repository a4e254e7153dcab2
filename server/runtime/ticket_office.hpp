#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "protocol/common.hpp"

namespace etakahvila::runtime {

/// What a ticket lets its bearer do: take a place in one room as one person, or, beside a
/// connection that has one, hear and be heard there.
struct Pass {
    protocol::SessionId session;
    protocol::PersonId person;
    protocol::Role role{};
    /// Of a ticket for voice.
    protocol::ConnectionId connection{};
};

/// One-time tickets for the WebSocket's first message. Kept as hashes, in memory only: after a
/// restart everybody shows their invitation again. From any thread.
class TicketOffice {
public:
    static constexpr std::chrono::seconds first_ticket_life{60};
    static constexpr std::chrono::seconds voice_ticket_life{60};
    static constexpr std::chrono::hours next_ticket_life{12};
    static constexpr std::size_t tickets_max = 100'000;

    /// A ticket that works once until `life` has passed.
    std::string issue(const Pass& pass, std::chrono::milliseconds now, std::chrono::milliseconds life);

    /// The pass of the ticket, which is used up by this; nothing when it is unknown, used or old.
    std::optional<Pass> redeem(std::string_view ticket, std::chrono::milliseconds now);

    /// All tickets of the person, or those for one session, are void.
    void forget(protocol::PersonId person, std::optional<protocol::SessionId> session = {});

private:
    struct Issued {
        Pass pass;
        std::chrono::milliseconds until;
    };
    void forget_old(std::chrono::milliseconds now);

    std::mutex mutex_;
    std::unordered_map<std::string, Issued> issued_;
};

}  // namespace etakahvila::runtime
