#pragma once

// Series: groups that come again and again, and what is usual in them.

#include "api/call.hpp"
#include "api/rooms.hpp"
#include "protocol/api/series.hpp"

namespace etakahvila::api {

class Series {
public:
    using Routes = protocol::SeriesRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
    };
    explicit Series(Parts parts) : parts_{parts} {}

    void handle(Call<routes::ListSeries>& call);
    void handle(Call<routes::AddSeries>& call);
    void handle(Call<routes::ChangeSeries>& call);

private:
    /// A new one, or `known` as the body says.
    void put(const ReplyWith<protocol::SeriesListAnswer>& reply, const protocol::SeriesBody& body,
        std::optional<protocol::SeriesId> known);

    Parts parts_;
};

}  // namespace etakahvila::api
