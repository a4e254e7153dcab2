#pragma once

// Kinds of decision: data that a site may change.

#include "api/call.hpp"
#include "api/rooms.hpp"
#include "protocol/api/kinds.hpp"

namespace etakahvila::api {

class Kinds {
public:
    using Routes = protocol::KindsRoutes;
    struct Parts {
        journal::Records& store;
        runtime::RoomDirectory& directory;
    };
    explicit Kinds(Parts parts) : parts_{parts} {}

    void handle(Call<routes::ListKinds>& call);
    void handle(Call<routes::PutKind>& call);
    void handle(Call<routes::RemoveKind>& call);

private:
    Parts parts_;
};

}  // namespace etakahvila::api
