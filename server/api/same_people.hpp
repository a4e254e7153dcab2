#pragma once

// Who is one person, and who is two.

#include "api/access_notes.hpp"
#include "api/rooms.hpp"
#include "protocol/api/same_people.hpp"

namespace etakahvila::api {

class SamePeople {
public:
    using Routes = protocol::SamePeopleRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        const AccessNotes& notes;
        const AfterRoom& after_room;
    };
    explicit SamePeople(Parts parts) : parts_{parts} {}

    void handle(Call<routes::ListSamePeople>& call);
    void handle(Call<routes::AnswerSamePeople>& call);

private:
    /// In the records, and in these sessions.
    void make_one(const Call<routes::AnswerSamePeople>& call, const std::vector<protocol::SessionId>& unvisited);

    Parts parts_;
};

}  // namespace etakahvila::api
