#pragma once

// Groups: closed periods of one series, with a few members and their leaders.

#include "api/call.hpp"
#include "api/rooms.hpp"
#include "protocol/api/groups.hpp"

namespace etakahvila::api {

class Groups {
public:
    using Routes = protocol::GroupsRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        std::string site;
    };
    explicit Groups(Parts parts) : parts_{std::move(parts)} {}

    void handle(Call<routes::ListGroups>& call);
    void handle(Call<routes::SaveGroup>& call);
    void handle(Call<routes::ChangeGroup>& call);
    void handle(Call<routes::PutLeaders>& call);

private:
    /// A new one, or `known` as the body says.
    void put(const ReplyWith<protocol::PeriodAnswer>& reply, const protocol::PeriodBody& body,
        std::optional<protocol::PeriodId> known);

    Parts parts_;
};

}  // namespace etakahvila::api
