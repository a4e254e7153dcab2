#pragma once

// One link and one code for a person and a period.

#include "api/access_notes.hpp"
#include "api/mailer.hpp"
#include "base/log.hpp"
#include "protocol/api/season_links.hpp"
#include "reports/invitation_letter.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::api {

class SeasonLinks {
public:
    using Routes = protocol::SeasonLinksRoutes;
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
    explicit SeasonLinks(Parts parts) : parts_{std::move(parts)} {}

    void handle(Call<routes::MakeLinks>& call);
    void handle(Call<routes::MakeLinksSheet>& call);
    void handle(Call<routes::ShowLinksMail>& call);
    void handle(Call<routes::MailLinks>& call);
    void handle(Call<routes::RevokeLink>& call);
    void handle(Call<routes::NoteLinkTold>& call);

private:
    Parts parts_;
};

}  // namespace etakahvila::api
