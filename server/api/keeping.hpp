#pragma once

// Keeping and erasing: the site's times, holds, and what a person asks for. For the coordinator of all alone: a
// supervisor works with a person's days and not with what they said among others.

#include "api/access_notes.hpp"
#include "api/rooms.hpp"
#include "keeping/keeper.hpp"
#include "protocol/api/keeping.hpp"

namespace etakahvila::api {

class Keeping {
public:
    using Routes = protocol::KeepingRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        const AccessNotes& notes;
        keeping::Keeper& keeper;
        /// What they have said is read there.
        keeping::Rooms& rooms;
    };
    explicit Keeping(Parts parts) : parts_{parts} {}

    void handle(Call<routes::ShowKeeping>& call);
    void handle(Call<routes::TryKeeping>& call);
    void handle(Call<routes::PutKeepingRule>& call);
    void handle(Call<routes::ConfirmTime>& call);
    void handle(Call<routes::MakeHold>& call);
    void handle(Call<routes::EndHold>& call);
    void handle(Call<routes::FindPeople>& call);
    void handle(Call<routes::ShowErasure>& call);
    void handle(Call<routes::ErasePerson>& call);
    void handle(Call<routes::ExportPerson>& call);

private:
    Parts parts_;
};

}  // namespace etakahvila::api
