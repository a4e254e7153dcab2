#pragma once

// Who is in a period, in which package, and where that takes them.

#include "api/access_notes.hpp"
#include "api/rooms.hpp"
#include "programme/person_page.hpp"
#include "protocol/api/season.hpp"

namespace etakahvila::api {

class Season {
public:
    using Routes = protocol::SeasonRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        const AccessNotes& notes;
    };
    explicit Season(Parts parts) : parts_{parts} {}

    void handle(Call<routes::ListSeason>& call);
    void handle(Call<routes::EnrolFile>& call);
    void handle(Call<routes::EnrolPerson>& call);
    void handle(Call<routes::ShowPerson>& call);
    void handle(Call<routes::ChangeDetails>& call);
    void handle(Call<routes::ChangeEnrolment>& call);
    void handle(Call<routes::AllowSeries>& call);

private:
    /// The rooms are told whose people have changed; tickets of these people to rooms in which they are no more are
    /// void.
    void tell_rooms(const records::Database& reader, const std::vector<protocol::SessionId>& sessions,
        const std::vector<protocol::PersonId>& people);
    /// After a change: what is wrong with it, or the person's season as it is now.
    template <class Route>
    void answer_change(Call<Route>& call,
        const std::function<std::variant<programme::Changed, protocol::RefusalWord>(records::Database&)>& change);
    /// With the phases of rooms that are open.
    void give(const AnyCall& call, const ReplyWith<protocol::PersonShown>& reply, protocol::PersonShown page);

    Parts parts_;
};

}  // namespace etakahvila::api
