#pragma once

// A day that is cancelled, and how its people are told.

#include "api/access_notes.hpp"
#include "api/step_rows.hpp"
#include "api/mailer.hpp"
#include "api/rooms.hpp"
#include "protocol/api/cancelling.hpp"
#include "reports/invitation_letter.hpp"

namespace etakahvila::api {

class Cancelling {
public:
    using Routes = protocol::CancellingRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        const AccessNotes& notes;
        const AfterRoom& after_room;
        StepRows& rows;
        Mailer& mailer;
        reports::LetterHead head;
    };
    explicit Cancelling(Parts parts) : parts_{std::move(parts)} {}

    void handle(Call<routes::ShowCancelling>& call);
    void handle(Call<routes::CancelSession>& call);
    void handle(Call<routes::NoteCall>& call);

private:
    protocol::CancellingShown shown(const records::Database& reader, protocol::SessionId session) const;
    /// Asks the room. What the records say is written with its step, or not at all.
    void cancel(const std::shared_ptr<runtime::RoomHost>& room, journal::Records::Write rows,
        const ReplyWith<protocol::CancellingShown>& reply);

    Parts parts_;
};

}  // namespace etakahvila::api
