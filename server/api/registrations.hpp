#pragma once

// Who comes to a session: from a file, by hand, and who has told that they do not come.

#include "api/access_notes.hpp"
#include "api/rooms.hpp"
#include "protocol/api/registrations.hpp"

namespace etakahvila::api {

class Registrations {
public:
    using Routes = protocol::RegistrationsRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        const AccessNotes& notes;
        const AfterRoom& after_room;
    };
    explicit Registrations(Parts parts) : parts_{parts} {}

    void handle(Call<routes::ShowSession>& call);
    void handle(Call<routes::ImportRegistrations>& call);
    void handle(Call<routes::AddPerson>& call);
    void handle(Call<routes::ChangePerson>& call);
    void handle(Call<routes::RemovePerson>& call);
    void handle(Call<routes::NoteAbsence>& call);

private:
    /// Who has not been in the room.
    void remove(const Call<routes::RemovePerson>& call);

    Parts parts_;
};

}  // namespace etakahvila::api
