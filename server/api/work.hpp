#pragma once

// The day's work over HTTP: assignments as staff make them, what people write, and the answers.
//
// Words are rows, written first; then the room decides what becomes of the work, and how it stands is written in that
// step's commit (domain/work, house/work_rows). Should the server go down in between, the words are there as a draft,
// and the client asks once more. Whoever of the staff reads words has it noted before they are shown.

#include "api/access_notes.hpp"
#include "api/rooms.hpp"
#include "media/pictures.hpp"
#include "people/work.hpp"
#include "protocol/api/work.hpp"

namespace etakahvila::api {

class Work {
public:
    using Routes = protocol::WorkRoutes;
    struct Parts {
        const base::Clock& clock;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        const AccessNotes& notes;
        const AfterRoom& after_room;
        media::PictureMaker& pictures;
        /// For pictures, which keep a thread waiting for long.
        journal::Pool& picture_pool;
    };
    explicit Work(Parts parts) : parts_{parts} {}

    void handle(Call<routes::OwnWork>& call);
    void handle(Call<routes::SaveDraft>& call);
    void handle(Call<routes::ReturnWork>& call);
    void handle(Call<routes::TakeBackWork>& call);
    void handle(Call<routes::WishForCall>& call);
    void handle(Call<routes::ShareWork>& call);
    void handle(Call<routes::ReadAnswer>& call);
    void handle(Call<routes::ThankForAnswer>& call);

    void handle(Call<routes::AddPhoto>& call);
    void handle(Call<routes::DescribePhoto>& call);
    void handle(Call<routes::RemovePhoto>& call);
    void handle(Call<routes::OwnPhoto>& call);

    void handle(Call<routes::Desk>& call);
    void handle(Call<routes::OpenWork>& call);
    void handle(Call<routes::WorkPhoto>& call);
    void handle(Call<routes::ClaimWork>& call);
    void handle(Call<routes::ReleaseWork>& call);
    void handle(Call<routes::TakeOverWork>& call);
    void handle(Call<routes::DealWork>& call);
    void handle(Call<routes::SaveAnswer>& call);
    void handle(Call<routes::LookAtAnswer>& call);
    void handle(Call<routes::SendAnswer>& call);
    void handle(Call<routes::TakeAnswerBack>& call);
    void handle(Call<routes::SetWorry>& call);
    void handle(Call<routes::WriteWorkDown>& call);
    void handle(Call<routes::TellAnswerRead>& call);
    void handle(Call<routes::TellShared>& call);

    void handle(Call<routes::ListOpenings>& call);
    void handle(Call<routes::SetOpenings>& call);
    void handle(Call<routes::ListAssignments>& call);
    void handle(Call<routes::PlanAssignment>& call);
    void handle(Call<routes::DropAssignment>& call);

private:
    /// What of somebody's work is meant.
    struct Whose {
        protocol::SubmissionId work;
        protocol::AssignmentId assignment;
        protocol::PersonId person;
    };
    /// Answers, when what was done is durable.
    using Then = std::function<void(const records::Database&)>;

    void act(const AnyCall& call, const Reply& reply, const Whose& whose, domain::WorkAct act, Then then);

    Then give_own(const AnyCall& call, const ReplyWith<protocol::OwnWorkAnswer>& reply) const;
    Then give_row(const AnyCall& call, const Whose& whose, const ReplyWith<protocol::DeskRowAnswer>& reply) const;
    Then give_saved(const AnyCall& call, const Whose& whose, const ReplyWith<protocol::SavedAnswer>& reply) const;
    /// A row of the work, for staff: nothing, and refused, when there is none.
    std::optional<Whose> whose(
        const AnyCall& call, const Reply& reply, protocol::AssignmentId assignment, protocol::PersonId person) const;
    /// What staff do with a row of the work that is there.
    template <class Route>
    void act_on_row(Call<Route>& call, domain::WorkAct act);
    void give_assignments(const AnyCall& call, const ReplyWith<protocol::AssignmentsAnswer>& reply,
        std::optional<protocol::AssignmentId> changed) const;

    Parts parts_;
};

}  // namespace etakahvila::api
