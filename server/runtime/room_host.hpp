#pragma once

// One room on its worker's thread: takes what is asked, lets the room decide, applies it, and appends it to the
// journal; what is said of it waits until it is there. The rules are in domain. Who is here, what they are told, how
// it is with saving, what is being written and spoken are beside this, each in a file of its own.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/loop.hpp"
#include "domain/room/beyond.hpp"
#include "journal/journal.hpp"
#include "runtime/arrival.hpp"
#include "runtime/line_board.hpp"
#include "runtime/gate.hpp"
#include "runtime/present.hpp"
#include "runtime/room_clock.hpp"
#include "runtime/room_saving.hpp"
#include "runtime/room_voice.hpp"
#include "runtime/speech_board.hpp"
#include "runtime/telling.hpp"
#include "runtime/ticket_office.hpp"

namespace etakahvila::runtime {

/// At so many steps that are not yet handed to the journal, commands are refused as busy; and so much that was asked
/// waits while the room is read back: what comes then has no answer, and is sent again.
inline constexpr std::size_t undurable_steps_max = 4096;
/// Turns of the loop that a batch may gather for; a room that always has something more still speaks.
inline constexpr int turns_gathered_max = 64;
/// So many turns without anything more are calm: to read on in what a client has sent takes two.
inline constexpr int turns_calm = 4;

/// Keeps the day as it is now, for the reports. Called on the room's thread, each time the day was
/// proposed, sealed or corrected: after what did it was handed to the journal, so that what is
/// kept in the same store cannot be there without it.
using DayKeeper = std::function<void(const domain::Room&)>;

class RoomHost : public std::enable_shared_from_this<RoomHost> {
public:
    struct Parts {
        SessionId session;
        base::Loop& loop;
        const base::Clock& clock;
        journal::Journal& journal;
        TicketOffice& tickets;
        /// For the voice of this house; another office, so that no ticket opens the other's door.
        TicketOffice& voice_tickets;
        voice::Figures& voice_figures;
        DayKeeper keep_day{};
    };

    /// A host of a room whose journal has been loaded. On any thread; everything after it happens
    /// on the loop's. A damaged room is served as far as it is whole, and saves nothing. Whoever opens
    /// it passes on what the journal tells (journal_changed).
    static std::shared_ptr<RoomHost> open(Parts parts, const journal::StoredRoom& stored);

    SessionId session() const { return parts_.session; }
    /// Of the worker to whom the room belongs.
    const base::Loop& loop() const { return parts_.loop; }

    /// The same instant on the room's clock and on the wall. From any thread.
    protocol::Clock clock() const { return clock_.told(); }

    // ---- notes left by visitors, from any thread (room_visitors.cpp)

    /// What was planned; becomes a step only when it differs from what the room knows.
    void plan(domain::SessionPlan plan);

    /// Lets a person in by their invitation. The answer comes when it is durable: nothing, or a refusal.
    using OutsideAnswer = std::function<void(std::optional<protocol::Refusal>)>;
    void admit(domain::Admit admit, OutsideAnswer answer) { take_from_outside(std::move(admit), std::move(answer)); }

    /// A person outside asks for help. The answer comes when it is durable, as that of admit does.
    void ask_at_door(domain::AskAtDoor asks, OutsideAnswer answer) {
        take_from_outside(std::move(asks), std::move(answer));
    }

    /// Takes a connection in. `taken` gets its id on the host's thread before anything is sent; the
    /// welcome comes by its hub. A refused one is closed.
    void arrive(Arrival arrival, std::function<void(ConnectionId)> taken);

    /// Without a command: one whose id alone could be read. It is answered `invalid` in its turn, counts
    /// as any command does, and is not kept.
    void command(ConnectionId connection, std::string command_id, std::optional<protocol::Command> command);

    /// Answers the connection with a ticket for voice, or that there is none.
    void ask_voice_ticket(ConnectionId connection);

    /// Gives a socket of voice its place beside its connection of the room, or closes it.
    void arrive_voice(VoiceArrival arrival);
    void voice_lost(voice::VoiceId voice);
    /// Passed on when the floor lets it be.
    void speak(voice::VoiceId voice, SpokenFrame frame);

    /// What is being said in the turn, as it is written. What the rules do not allow is passed over.
    void write_speech(ConnectionId connection, protocol::Caption line);

    /// The line broke, or was silent since `silence` ago.
    void lost(ConnectionId connection, std::optional<base::Milliseconds> silence);
    void left(ConnectionId connection);
    /// Whoever they were let in as, they are no longer: all their lines are closed, as bad_ticket.
    void shut_out(PersonId person);

    /// Whether anyone waits for help, so that round-trip times are of use. From any thread; as it
    /// was a moment ago.
    bool wants_line_times() const { return lines_.is_watching(); }

    /// How the connection's line is. Told to the staff when its person waits for help; never kept.
    void line_times(ConnectionId connection, RoundTrips trips);

    /// Runs `look` on the room as it is, on the host's thread. What it sees may not be saved yet: it is for
    /// deciding what is to be asked, and none of it is told to anyone.
    void look(std::function<void(const domain::Room&)> look);

    /// For what somebody outside is told: `look` sees the room as it is, and what it returns is run when all that it
    /// saw is durable. Where that could not be saved, `look` is run again on the room as it then is.
    using Look = std::function<base::Task(const domain::Room&)>;
    void show(Look look);

    /// What the journal can save may have changed.
    void journal_changed();

    /// Says goodbye to all connections and takes no more; `done` when all is durable and sent.
    void shut_down(std::int64_t retry_after_ms, base::Task done);

    // ---- to be put away, on the host's thread

    /// Whether nobody is in the room, all of it is saved, and nothing of it is missed until somebody asks for it.
    bool may_rest() const;
    /// Nothing is done here any more: the room will be opened anew.
    void rest() { is_shut_ = true; }

private:
    RoomHost(Parts parts, const journal::StoredRoom& stored, domain::Room room);

    /// Runs the note with this host, on its thread: after what is under way there, or after some time and if the
    /// host is still there.
    template <class Note>
    void post(Note note) {
        parts_.loop.post([self = shared_from_this(), note = std::move(note)]() mutable { note(*self); });
    }
    template <class Note>
    void after(base::Milliseconds delay, Note note) {
        parts_.loop.after(delay, [weak = weak_from_this(), note = std::move(note)] {
            if (const auto self = weak.lock()) note(*self);
        });
    }

    // ---- ask, decide, apply, append

    void take_from_outside(domain::Input input, OutsideAnswer answer);
    void take_command(ConnectionId connection, std::string command_id, std::optional<protocol::Command> command);
    /// Decides, applies and queues for the journal. An empty step is not kept.
    domain::Step step(const domain::Input& input);
    void act_beyond(const domain::Beyond& beyond);
    void answer(ConnectionId connection, const std::string& command_id, const domain::Outcome& outcome);

    /// When the loop brings nothing more for a few turns, and no commit is under way.
    void schedule_flush();
    void flush_when_calm(int turns_left, int calm_turns = 0);
    void flush();
    void written(domain::Seq through, bool durable);

    void set_timer();
    void set_timer_soon();

    // ---- those who are here

    static CloseCode close_code_of(const protocol::Refusal& refusal) {
        return refusal.word == protocol::RefusalWord::removed ? CloseCode::removed : CloseCode::bad_ticket;
    }
    /// Opens the connection in the room; or the reason to close it.
    std::optional<CloseCode> take_in(const Arrival& arrival, ConnectionId connection);
    void hang_up(ConnectionId connection, CloseCode code, std::int64_t retry_after_ms = 0);
    /// The same, and the room is told how it ended, and when: at once, or when it can be saved.
    void hang_up_and_tell(ConnectionId connection, CloseCode code, const domain::Input& ended, base::RoomTime at);
    /// The turn whose speech line is shown.
    std::optional<protocol::TurnId> turn_on() const;
    void watch_lines();
    void tell_line_figures();

    // ---- when saving fails

    /// What could not be saved never happened: the room is read back as it is on stable storage.
    void start_over();
    void read_back();
    void go_on(ReadBack& back);
    /// What can be saved is not what it was: everybody is told, and what had to wait is done.
    void saves_anew();
    void catch_up();

    const Parts parts_;
    domain::Room room_;
    const RoomClock clock_;

    Gate gate_;
    Present present_;
    LineBoard lines_;
    SpeechBoard speech_;
    RoomVoice voice_;
    RoomSaving saving_;
    Telling telling_;

    /// What has been decided since the last flush.
    struct Unwritten {
        std::vector<domain::Step> steps;
        journal::Need need = journal::Need::vital;
        bool makes_report{};
        bool changes_help{};
    };
    Unwritten unwritten_;
    bool flush_is_due_ = false;
    bool is_writing_ = false;

    /// What is planned, and may not be saved yet.
    std::optional<domain::SessionPlan> plan_;
    /// When the room is next told that time passes, as it is set; and whether that is to be looked at again.
    std::optional<base::RoomTime> timer_at_;
    bool timer_is_old_ = false;
    bool is_shut_ = false;
};

}  // namespace etakahvila::runtime
