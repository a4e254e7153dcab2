#pragma once

// The feedback of a day over HTTP. Whether somebody may answer is asked of the room, and leaves no trace there; what
// they say goes to the keeper. Nobody's access to it is noted and nothing of it is logged: each would say who was
// there, and when.

#include "api/feedback_keeper.hpp"
#include "api/rooms.hpp"
#include "api/call.hpp"
#include "journal/records.hpp"

namespace etakahvila::api {

class Feedback {
public:
    using Routes = protocol::FeedbackRoutes;
    struct Parts {
        const base::Clock& clock;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        FeedbackKeeper& keeper;
        const AfterRoom& after_room;
    };
    explicit Feedback(Parts parts) : parts_{parts} {}

    void handle(Call<routes::OwnFeedback>& call);
    void handle(Call<routes::GiveFeedback>& call);
    void handle(Call<routes::NoteFeedback>& call);
    void handle(Call<routes::FeedbackResults>& call);
    void handle(Call<routes::StrikeName>& call);
    void handle(Call<routes::FeedbackDays>& call);
    void handle(Call<routes::ListImprovements>& call);
    void handle(Call<routes::SaveImprovement>& call);

private:
    using WhyNot = std::optional<protocol::RefusalWord> (*)(const domain::Room&, protocol::PersonId, base::UtcTime);
    using May = std::function<void(const records::Database&, std::optional<protocol::RefusalWord>)>;

    /// Asks the room whether the person may answer, and goes on with what it says.
    void ask_room(const AnyCall& call, const Reply& reply, protocol::PersonId person, WhyNot why_not, May then);
    void give_own(const AnyCall& call, const ReplyWith<protocol::OwnFeedbackAnswer>& reply, protocol::PersonId person);
    void give_results(const AnyCall& call, const ReplyWith<protocol::FeedbackResultsAnswer>& reply);
    void give_improvements(const AnyCall& call, const ReplyWith<protocol::ImprovementsAnswer>& reply,
        std::optional<std::int64_t> saved) const;

    Parts parts_;
};

}  // namespace etakahvila::api
