#pragma once

// Who is here: the connections that have a place in the room, the hub that serves each, and how fast each person may
// ask. The room's rules have their own account of it (domain/presence), which is the journal's; the two are brought
// together again when something could not be saved.

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "base/token_bucket.hpp"
#include "domain/room/room.hpp"
#include "runtime/hub.hpp"

namespace etakahvila::runtime {

inline constexpr double commands_per_second = 20;
inline constexpr double commands_burst = 40;
/// Lines of one person at a time: their devices, and those that are lost and not yet counted so.
inline constexpr std::ptrdiff_t connections_per_person_max = 8;

/// On the room's thread.
class Present {
public:
    struct Here {
        PersonId person;
        protocol::Role role{};
        std::shared_ptr<Hub> hub;
    };
    /// In the order in which they came: what a room does is the same in every run.
    using All = std::map<ConnectionId, Here>;
    /// Each hub that serves somebody, and how many.
    using Hubs = std::vector<std::pair<std::shared_ptr<Hub>, std::size_t>>;

    /// Nobody yet; connections are counted on from those that the room knows.
    explicit Present(const domain::Room& room);

    /// Never given before in this room.
    ConnectionId new_connection() { return ConnectionId{++last_connection_}; }

    void add(ConnectionId connection, Here here);
    /// Of one that is here.
    void remove(ConnectionId connection);

    /// Null when it is not here.
    const Here* find(ConnectionId connection) const {
        const auto found = all_.find(connection);
        return found == all_.end() ? nullptr : &found->second;
    }
    bool has(ConnectionId connection) const { return all_.contains(connection); }
    bool is_empty() const { return all_.empty(); }
    const All& all() const { return all_; }
    const Hubs& hubs() const { return hubs_; }
    std::vector<ConnectionId> of(PersonId person) const;
    /// Whether the person may have one more.
    bool has_place_for(PersonId person) const;

    /// What the person asks is counted here, over all their connections and whether they are here or not.
    base::TokenBucket& pace_of(PersonId person) {
        return paces_.try_emplace(person, commands_per_second, commands_burst).first->second;
    }

    /// A connection has ended, and the room could not be told.
    void note_end(ConnectionId connection, base::RoomTime at) { ends_[connection] = at; }

    /// What the room is to be told so that it knows those who are here, and no others. The ends that were noted are
    /// told with it.
    struct Differences {
        std::vector<domain::LoseConnection> gone;
        std::vector<domain::OpenConnection> unknown;
    };
    Differences differences_from(const domain::Room& room);

private:
    Hubs::iterator find_hub(const std::shared_ptr<Hub>& hub);

    All all_;
    Hubs hubs_;
    std::map<PersonId, base::TokenBucket> paces_;
    std::map<ConnectionId, base::RoomTime> ends_;
    std::int64_t last_connection_{};
};

}  // namespace etakahvila::runtime
