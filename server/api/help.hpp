#pragma once

// How help went in a session: for the coordinator, by kind of trouble. Nothing of any person.

#include "api/call.hpp"
#include "protocol/api/help.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::api {

class Help {
public:
    using Routes = protocol::HelpRoutes;
    explicit Help(runtime::RoomDirectory& directory) : directory_{directory} {}

    void handle(Call<routes::HelpFigures>& call);

private:
    runtime::RoomDirectory& directory_;
};

}  // namespace etakahvila::api
