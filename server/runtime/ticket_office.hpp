#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/token_bucket.hpp"
#include "protocol/common.hpp"

namespace etakahvila::runtime {

/// What a ticket lets its bearer do. They take a place in one room as one person; or they hear and are
/// heard there, beside a connection that has a place.
struct Pass {
    protocol::SessionId session;
    protocol::PersonId person;
    protocol::Role role{};
    /// Of a ticket for voice.
    protocol::ConnectionId connection{};
    /// When the right behind it was given, as the office that issued it counts. Whoever hands the pass on,
    /// or issues a further ticket for it, keeps this number. So what was given before a right was taken
    /// away stays without it.
    std::uint64_t given{};
};

/// How often one person may show a ticket, on all their devices. A phone whose line flaps for a minute
/// stays under it. And how often they may ask for a first ticket.
inline constexpr double comings_per_second = 1;
inline constexpr double comings_burst = 60;
inline constexpr double entries_per_second = 0.5;
inline constexpr double entries_burst = 30;

/// One-time tickets for the WebSocket's first message. Kept as hashes, in memory only: after a
/// restart everybody shows their invitation again. From any thread.
///
/// Whoever comes and goes too often is told to wait here, before any room has work of it. Every
/// bound is a person's own: nobody's tickets make way for another's.
class TicketOffice {
public:
    static constexpr std::chrono::seconds first_ticket_life{60};
    static constexpr std::chrono::seconds voice_ticket_life{60};
    static constexpr std::chrono::hours next_ticket_life{12};
    /// Of one person; a further one makes their oldest void.
    static constexpr std::size_t tickets_per_person_max = 32;
    static constexpr std::size_t tickets_max = 100'000;

    /// A ticket that works once until `life` has passed. For a pass that is no longer good it works never.
    std::string issue(const Pass& pass, std::chrono::milliseconds now, std::chrono::milliseconds life);

    /// The pass of the ticket, which is used up by this. Nothing when the ticket is unknown, used or old.
    /// With `wait` there is none either: the person has come too often, and the ticket stays good.
    struct Redeemed {
        std::optional<Pass> pass;
        std::chrono::milliseconds wait{};
    };
    Redeemed redeem(std::string_view ticket, std::chrono::milliseconds now);

    /// The person asks for a first ticket: how long they are to wait before; 0 when they may have one.
    std::chrono::milliseconds ask_entry(protocol::PersonId person, std::chrono::milliseconds now);

    /// Whether the right behind the pass still stands. It may be taken away when the ticket is spent and
    /// its bearer is not yet in the room.
    bool is_good(const Pass& pass) const;

    /// All tickets of the person are void, or those for one session. So is what one of them has let in that
    /// has no place yet.
    void forget(protocol::PersonId person, std::optional<protocol::SessionId> session = {});

private:
    struct Issued {
        Pass pass;
        std::chrono::milliseconds until;
    };
    struct Comer {
        /// Hashes of their tickets, in the order of issue.
        std::deque<std::string> tickets;
        base::TokenBucket comings{comings_per_second, comings_burst};
        base::TokenBucket entries{entries_per_second, entries_burst};
    };

    Comer& comer(protocol::PersonId person, std::chrono::milliseconds now);
    void make_void(Comer& comer, std::size_t ticket);
    void make_room(std::chrono::milliseconds now);
    bool stands(const Pass& pass) const;

    mutable std::mutex mutex_;
    std::unordered_map<std::string, Issued> issued_;
    std::unordered_map<protocol::PersonId, Comer> comers_;
    /// Counts what is given and taken away.
    std::uint64_t count_{};
    /// When a person's rights were last taken away; session 0: all of them. They stay as long as the office does: staff
    /// take away few.
    std::map<std::pair<protocol::PersonId, protocol::SessionId>, std::uint64_t> taken_away_;
    /// At so many the idle are forgotten.
    std::size_t comers_swept_at_ = 1024;
};

}  // namespace etakahvila::runtime
