#pragma once

// Who is registered and has not come in: for staff who have one of them on the phone, or hear that one does not come.
// No more of them than it takes to find the right one.

#include "api/access_notes.hpp"
#include "protocol/api/expected.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::api {

class Expected {
public:
    using Routes = protocol::ExpectedRoutes;
    struct Parts {
        const base::Clock& clock;
        runtime::RoomDirectory& directory;
        const AccessNotes& notes;
    };
    explicit Expected(Parts parts) : parts_{parts} {}

    void handle(Call<routes::Expected>& call);

private:
    Parts parts_;
};

}  // namespace etakahvila::api
