#pragma once

// Days by phone (protocol/schema/api/phone_days.json). Whoever is placed in the day, and whoever coordinates it, sees
// and calls all of its people; a supervisor their own. What is done with somebody is the room's step, and its words are
// written with it. None of them is ever logged.

#include "api/access_notes.hpp"
#include "api/rooms.hpp"
#include "api/step_rows.hpp"
#include "people/contacts.hpp"
#include "protocol/api/phone_days.hpp"

namespace etakahvila::api {

class PhoneDays {
public:
    using Routes = protocol::PhoneDaysRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        const AccessNotes& notes;
        const AfterRoom& after_room;
        StepRows& rows;
    };
    explicit PhoneDays(Parts parts) : parts_{parts} {}

    void handle(Call<routes::ListPhoneDays>& call);
    void handle(Call<routes::ShowPhoneDay>& call);
    void handle(Call<routes::NotePhoneCall>& call);
    void handle(Call<routes::GivePhoneTask>& call);
    void handle(Call<routes::CheckPhoneTask>& call);
    void handle(Call<routes::UndoPhoneAct>& call);
    void handle(Call<routes::EndPhoneDay>& call);

private:
    using ShownReply = ReplyWith<protocol::PhoneDayShown>;

    /// What is done with whom, in which version of their row.
    struct Meant {
        protocol::PersonId person;
        std::int64_t version{};
        domain::ContactAct act;
    };

    protocol::PhoneDayListed listed(const AnyCall& call, const people::PhoneDay& day, protocol::Phase phase) const;
    /// The caller's people of the day, and all about them but the phase.
    protocol::PhoneDayShown shown(
        const records::Database& reader, const Caller& caller, const people::PhoneDay& day) const;
    void give(const records::Database& reader, const Caller& caller, protocol::SessionId session,
        const ShownReply& reply) const;
    /// Nothing, and refused: no such day, or none that has come; nobody whose act it would be.
    std::optional<people::PhoneDay> day_of(const AnyCall& call, const Reply& reply) const;
    void act(const AnyCall& call, const ShownReply& reply, Meant meant, people::ContactWords words);

    Parts parts_;
};

}  // namespace etakahvila::api
