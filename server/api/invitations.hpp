#pragma once

// Invitations: links and codes, the sheet and the calendar that carry them, and the mail.

#include "api/access_notes.hpp"
#include "api/mailer.hpp"
#include "base/log.hpp"
#include "protocol/api/invitations.hpp"
#include "reports/invitation_letter.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::api {

class Invitations {
public:
    using Routes = protocol::InvitationsRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        const AccessNotes& notes;
        Mailer& mailer;
        /// What links begin with, and whom people call.
        reports::LetterHead letter_head;
    };
    explicit Invitations(Parts parts) : parts_{std::move(parts)} {}

    void handle(Call<routes::MakeInvitations>& call);
    void handle(Call<routes::RevokeInvitation>& call);
    void handle(Call<routes::MakeInvitationSheet>& call);
    void handle(Call<routes::ShowMail>& call);
    void handle(Call<routes::SendMail>& call);
    void handle(Call<routes::OwnCalendar>& call);

private:
    Parts parts_;
};

}  // namespace etakahvila::api
