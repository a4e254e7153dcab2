#pragma once

// The connections of which nobody knows yet whose they are: those that have not been greeted in
// the room. There is room for so many; who stands there longest makes way.

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "net/peer.hpp"

namespace etakahvila::net {

class Newcomers {
public:
    struct Limits {
        std::size_t all_max = 512;
        /// Loose: a whole day centre may share one address.
        std::size_t per_address_max = 256;
    };
    /// At the limit, who is newer than this is not sent away; newcomers wait in the backlog.
    static constexpr std::chrono::milliseconds time_to_speak{2000};

    /// A place among the newcomers, given back at its end.
    class Place {
    public:
        Place() = default;
        Place(Newcomers& newcomers, std::uint64_t number) : newcomers_{&newcomers}, number_{number} {}
        Place(Place&& other) noexcept : newcomers_{std::exchange(other.newcomers_, nullptr)}, number_{other.number_} {}
        Place& operator=(Place&& other) noexcept {
            leave();
            newcomers_ = std::exchange(other.newcomers_, nullptr);
            number_ = other.number_;
            return *this;
        }
        ~Place() { leave(); }

        void leave() {
            if (auto* newcomers = std::exchange(newcomers_, nullptr)) newcomers->leave(number_);
        }
        /// Another has taken the connection over, and closes it from now on.
        void hand_over(std::function<void()> send_away) {
            if (newcomers_ == nullptr) return;
            if (const auto found = newcomers_->standing_.find(number_); found != newcomers_->standing_.end())
                found->second.send_away = std::move(send_away);
        }

    private:
        Newcomers* newcomers_ = nullptr;
        std::uint64_t number_{};
    };

    explicit Newcomers(Limits limits) : limits_{limits} {}

    /// Whether one more may come, with the oldest sent away if need be.
    bool has_room(std::chrono::milliseconds now) const {
        return standing_.size() < limits_.all_max || standing_.begin()->second.since + time_to_speak <= now;
    }

    /// `peer`: nothing for a proxy, behind which everybody stands; of those only the whole is limited. `send_away`
    /// closes the connection; it may be called at any later time but not from here.
    Place enter(const std::optional<PeerKey>& peer, std::chrono::milliseconds now, std::function<void()> send_away) {
        if (standing_.size() >= limits_.all_max) send_away_first([](const Standing&) { return true; });
        if (peer) {
            if (by_address_[*peer] >= limits_.per_address_max)
                send_away_first([&](const Standing& one) { return one.peer == peer; });
            ++by_address_[*peer];
        }
        standing_.emplace(++last_, Standing{peer, now, std::move(send_away)});
        return {*this, last_};
    }

    std::size_t size() const { return standing_.size(); }

private:
    struct Standing {
        std::optional<PeerKey> peer;
        std::chrono::milliseconds since;
        std::function<void()> send_away;
    };

    template <class Chosen>
    void send_away_first(Chosen chosen) {
        for (const auto& [number, one] : standing_) {
            if (!chosen(one)) continue;
            const auto send_away = one.send_away;
            leave(number);
            return send_away();
        }
    }

    void leave(std::uint64_t number) {
        const auto found = standing_.find(number);
        if (found == standing_.end()) return;
        if (const auto& peer = found->second.peer) {
            const auto count = by_address_.find(*peer);
            if (--count->second == 0) by_address_.erase(count);
        }
        standing_.erase(found);
    }

    Limits limits_;
    std::map<std::uint64_t, Standing> standing_;
    std::map<PeerKey, std::size_t> by_address_;
    std::uint64_t last_{};
};

}  // namespace etakahvila::net
