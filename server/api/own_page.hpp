#pragma once

// A participant's own page: what is to come, telling that one cannot, and one's own calendar.

#include "api/call.hpp"
#include "api/rooms.hpp"
#include "protocol/api/own_page.hpp"
#include "reports/invitation_letter.hpp"

namespace etakahvila::api {

class OwnPage {
public:
    using Routes = protocol::OwnPageRoutes;
    struct Parts {
        const base::Clock& clock;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        reports::LetterHead letter_head;
    };
    explicit OwnPage(Parts parts) : parts_{std::move(parts)} {}

    void handle(Call<routes::OwnPage>& call);
    void handle(Call<routes::TellAbsence>& call);
    void handle(Call<routes::MakeCalendar>& call);
    void handle(Call<routes::CalendarFeed>& call);

private:
    /// As the records have it now.
    protocol::OwnPageAnswer page_of(const AnyCall& call) const;

    Parts parts_;
};

}  // namespace etakahvila::api
