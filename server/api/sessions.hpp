#pragma once

// Sessions and series: planned from a form or a file, changed, copied, listed.

#include "api/call.hpp"
#include "api/rooms.hpp"
#include "protocol/api/sessions.hpp"

namespace etakahvila::api {

class Sessions {
public:
    using Routes = protocol::SessionsRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        const AfterRoom& after_room;
    };
    explicit Sessions(Parts parts) : parts_{parts} {}

    void handle(Call<routes::ListSessions>& call);
    void handle(Call<routes::PlanSession>& call);
    void handle(Call<routes::ImportProgramme>& call);
    void handle(Call<routes::ChangeSession>& call);
    void handle(Call<routes::CopySession>& call);
    void handle(Call<routes::AddStaff>& call);

private:
    Parts parts_;
};

}  // namespace etakahvila::api
