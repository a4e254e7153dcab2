#pragma once

// A worker's meetings with one person that are in no room. A supervisor has them with their own people, a coordinator
// of all with every client; each sees and changes those alone that are their own.

#include "api/access_notes.hpp"
#include "api/rooms.hpp"
#include "api/step_rows.hpp"
#include "people/appointments.hpp"
#include "protocol/api/appointments.hpp"

namespace etakahvila::api {

class Appointments {
public:
    using Routes = protocol::AppointmentsRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        const AccessNotes& notes;
        const AfterRoom& after_room;
        StepRows& rows;
    };
    explicit Appointments(Parts parts) : parts_{parts} {}

    void handle(Call<routes::ListAppointments>& call);
    void handle(Call<routes::ListMyPeople>& call);
    void handle(Call<routes::PlanAppointment>& call);
    void handle(Call<routes::HoldAppointment>& call);
    void handle(Call<routes::DropAppointment>& call);
    void handle(Call<routes::SealAppointments>& call);

private:
    using AppointmentsReply = ReplyWith<protocol::AppointmentsAnswer>;

    /// The caller's own, of people whom they see now: what is to come, what waits for the seal, and today's.
    std::vector<people::Appointment> listed(const records::Database& reader, const Caller& caller) const;
    /// With their marks, which are the rooms'.
    void give(const std::vector<people::Appointment>& listed, const AppointmentsReply& reply);
    /// As they are when the rooms have answered.
    void give_later(const Caller& caller, const AppointmentsReply& reply);
    /// The caller's own, of somebody whom they see now; nothing, and refused as not_found, otherwise.
    std::optional<people::Appointment> own(const AnyCall& call, protocol::SessionId session, const Reply& reply) const;
    /// What follows a step that was asked of a room: its rows wait no more, and the caller's own are given.
    runtime::RoomHost::OutsideAnswer then(
        const Caller& caller, protocol::SessionId session, protocol::PersonId person, const AppointmentsReply& reply);
    void note(AnyCall& call, protocol::SessionId session, protocol::PersonId person) const;

    Parts parts_;
};

}  // namespace etakahvila::api
