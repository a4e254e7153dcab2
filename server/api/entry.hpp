#pragma once

// Links and codes: what one is for, and coming in by it.

#include "api/links.hpp"
#include "api/ticket_desk.hpp"
#include "journal/records.hpp"
#include "protocol/api/entry.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::api {

class Entry {
public:
    using Routes = protocol::EntryRoutes;
    struct Parts {
        const base::Clock& clock;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        Links& links;
        TicketDesk& tickets;
        /// Whom people call who cannot get in; empty: nobody.
        std::string help_phone;
        /// What the city's own sign-in of the staff is called; empty: there is none.
        std::string provider;
    };
    explicit Entry(Parts parts) : parts_{std::move(parts)} {}

    void handle(Call<routes::SiteFacts>& call);
    void handle(Call<routes::Look>& call);
    void handle(Call<routes::Enter>& call);
    void handle(Call<routes::AskAtDoor>& call);

private:
    Parts parts_;
};

}  // namespace etakahvila::api
