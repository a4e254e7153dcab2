#pragma once

// Older messages than the room shows by itself.

#include "api/call.hpp"
#include "protocol/api/messages.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::api {

class Messages {
public:
    using Routes = protocol::MessagesRoutes;
    explicit Messages(runtime::RoomDirectory& directory) : directory_{directory} {}

    void handle(Call<routes::OwnMessages>& call);
    void handle(Call<routes::Messages>& call);

private:
    runtime::RoomDirectory& directory_;
};

}  // namespace etakahvila::api
