#pragma once

// Where visitors leave their notes for a room, from any thread. Each is looked at on the room's own thread, in the
// order in which they were left; what the room does with it is in hosted_room.hpp and its parts.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "runtime/hosted_room.hpp"

namespace etakahvila::runtime {

class RoomHost : public RoomLoop {
public:
    using Parts = RoomParts;
    using OutsideAnswer = HostedRoom::OutsideAnswer;
    using Look = HostedRoom::Look;

    /// A host of a room whose journal has been loaded. A damaged room is served as far as it is whole, and saves
    /// nothing. Whoever opens it passes on what the journal tells (journal_changed). The plan, where it is known, is
    /// there before anything of the room is due.
    static std::shared_ptr<RoomHost> open(
        Parts parts, const journal::StoredRoom& stored, std::optional<domain::SessionPlan> plan = {});

    SessionId session() const { return room_.session(); }
    /// The same instant on the room's clock and on the wall.
    protocol::Clock clock() const { return room_.clock().told(); }

    /// What was planned; becomes a step only when it differs from what the room knows.
    void plan(domain::SessionPlan plan);
    /// How work stands in the records, of a room that has just been opened. What it does not know becomes a step.
    void know_work(domain::KnowWork work);
    /// Which carried questions come up in the room by now.
    void know_carried(domain::KnowCarried carried);

    // ---- those who are not in the room

    /// Lets a person in by their invitation. The answer comes when it is durable: nothing, or a refusal.
    void admit(domain::Admit admit, OutsideAnswer answer) { take_from_outside(std::move(admit), std::move(answer)); }
    /// A person outside asks for help. The answer comes when it is durable, as that of admit does.
    void ask_at_door(domain::AskAtDoor asks, OutsideAnswer answer) {
        take_from_outside(std::move(asks), std::move(answer));
    }
    /// Somebody does something with the day's work, or deals it out, over HTTP. The answer comes when it is durable.
    void act_on_work(domain::ActOnWork act, OutsideAnswer answer) {
        take_from_outside(std::move(act), std::move(answer));
    }
    void deal_work(domain::DealWork deal, OutsideAnswer answer) {
        take_from_outside(std::move(deal), std::move(answer));
    }

    /// The house has closed the feedback of the day. The answer comes when it is durable.
    void end_feedback(domain::EndFeedback ended, OutsideAnswer answer) { take_from_outside(ended, std::move(answer)); }

    /// Of a day that is held in place of another. Where it cannot be saved, it is taken when the room is opened next.
    void take_poll(domain::TakePoll poll) {
        take_from_outside(std::move(poll), [](const auto&) {});
    }

    /// The day is not held. The answer comes when it is durable: nothing, or a refusal.
    void cancel(OutsideAnswer answer) { take_from_outside(domain::CancelSession{}, std::move(answer)); }

    // ---- a day without a room; each answer comes when it is durable
    void note_contact(domain::NoteContact noted, OutsideAnswer answer) {
        take_from_outside(std::move(noted), std::move(answer));
    }
    void close_outside(domain::CloseOutside close, OutsideAnswer answer) {
        take_from_outside(close, std::move(answer));
    }
    void hold_appointment(domain::HoldAppointment held, OutsideAnswer answer) {
        take_from_outside(std::move(held), std::move(answer));
    }
    void take_back_appointment(domain::TakeBackAppointment taken_back, OutsideAnswer answer) {
        take_from_outside(taken_back, std::move(answer));
    }
    void seal_outside(domain::SealOutside seal, OutsideAnswer answer) { take_from_outside(seal, std::move(answer)); }

    /// The room does what is due by the wall's clock, which may have been set.
    void look_at_clock();

    /// Runs `look` on the room as it is, on the room's thread. What it sees may not be saved yet: it is for
    /// deciding what is to be asked, and none of it is told to anyone.
    void look(std::function<void(const domain::Room&)> look);
    /// For what somebody outside is told: `look` sees the room as it is, and what it returns is run when all that it
    /// saw is durable. Where that could not be saved, `look` is run again on the room as it then is.
    void show(Look look);
    /// The room's figures as they are, on the room's thread.
    void count(std::function<void(const RoomFigures&)> counted);

    // ---- connections

    /// Takes a connection in. `taken` gets its id on the room's thread before anything is sent; the
    /// welcome comes by its hub. A refused one is closed.
    void arrive(Arrival arrival, std::function<void(ConnectionId)> taken);
    /// Without a command: one whose id alone could be read. It is answered `invalid` in its turn, counts
    /// as any command does, and is not kept.
    void command(ConnectionId connection, std::string command_id, std::optional<protocol::Command> command);

    /// The line broke, or was silent since `silence` ago.
    void lost(ConnectionId connection, std::optional<base::Milliseconds> silence);
    void left(ConnectionId connection);
    /// Whoever they were let in as, they are no longer: all their lines are closed, as bad_ticket.
    void shut_out(PersonId person);

    // ---- what is never kept

    /// Whether anyone waits for help, so that round-trip times are of use; as it was a moment ago.
    bool wants_line_times() const { return room_.ephemeral().is_watching(); }
    /// How the connection's line is. Told to the staff when its person waits for help.
    void line_times(ConnectionId connection, RoundTrips trips);
    /// What is being said in the turn, as it is written. What the rules do not allow is passed over.
    void write_speech(ConnectionId connection, protocol::Caption written);

    /// Answers the connection with a ticket for voice, or that there is none.
    void ask_voice_ticket(ConnectionId connection);
    /// Gives a socket of voice its place beside its connection of the room, or closes it.
    void arrive_voice(VoiceArrival arrival);
    void voice_lost(voice::VoiceId voice);
    /// Passed on when the floor lets it be.
    void speak(voice::VoiceId voice, SpokenFrame frame);

    // ---- the server

    /// What the journal can save may have changed.
    void journal_changed();
    /// Says goodbye to all connections and takes no more; `done` when all is durable and sent.
    void shut_down(std::int64_t retry_after_ms, base::Task done);

    /// To be put away, on the room's thread: whether nobody is in the room, all of it is saved, and nothing of it is
    /// missed until somebody asks for it. After `rest` nothing is done here: the room will be opened anew.
    bool may_rest() const { return room_.may_rest(); }
    void rest() { room_.rest(); }

private:
    RoomHost(Parts parts, const journal::StoredRoom& stored);

    void take_from_outside(domain::Input input, OutsideAnswer answer);

    HostedRoom room_;
};

}  // namespace etakahvila::runtime
