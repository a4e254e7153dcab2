#pragma once

// One room on its worker's thread: takes what is asked, lets the room decide, writes it down,
// then says it. The rules are in domain; here is only the order in which things happen.

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <span>

#include "base/clock.hpp"
#include "base/loop.hpp"
#include "base/token_bucket.hpp"
#include "domain/room/room.hpp"
#include "journal/journal.hpp"
#include "runtime/hub.hpp"
#include "runtime/line_board.hpp"
#include "runtime/outbox.hpp"
#include "runtime/room_voice.hpp"
#include "runtime/ticket_office.hpp"

namespace etakahvila::runtime {

inline constexpr double commands_per_second = 20;
inline constexpr double commands_burst = 40;
inline constexpr std::size_t undurable_steps_max = 4096;
/// How long after a room could not be read back it is tried again.
inline constexpr base::Milliseconds read_back_again{1'000};
/// A room whose steps are refused twice within this, by a journal that saves everything else, has
/// a trouble of its own, and saves nothing until the server starts anew.
inline constexpr base::Milliseconds troubled_within{10'000};
/// The staff are told of the lines of those who wait for help no more often than this.
inline constexpr base::Milliseconds line_figures_every{2'000};
/// Of what is written on the speech line within this everyone gets the latest.
inline constexpr base::Milliseconds speech_every{250};
/// Lines of one person at a time: their devices, and those that are lost and not yet counted so.
inline constexpr int connections_per_person_max = 8;
/// Sockets of voice beside one line, counted likewise.
inline constexpr int voices_per_connection_max = 4;
/// Turns of the loop that a batch may gather for; a room that always has something more still speaks.
inline constexpr int turns_gathered_max = 64;
/// So many turns without anything more are calm: to read on in what a client has sent takes two.
inline constexpr int turns_calm = 4;

/// Keeps the day as it is now, for the reports. Called on the room's thread, each time the day was
/// proposed, sealed or corrected: after what did it was handed to the journal, so that what is
/// kept in the same store cannot be there without it.
using DayKeeper = std::function<void(const domain::Room&)>;

/// What hello asked for.
struct Arrival {
    Pass pass;
    std::shared_ptr<Line> line;
    /// The worker that serves the line.
    std::shared_ptr<Hub> hub;
    std::optional<std::string> device;
    std::optional<protocol::ResumePoint> resume;
};

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
    /// on the loop's. A damaged room is served as far as it is whole, and saves nothing.
    static std::shared_ptr<RoomHost> open(Parts parts, const journal::StoredRoom& stored);

    SessionId session() const { return session_; }

    /// The same instant on the room's clock and on the wall. From any thread.
    protocol::Clock clock() const;

    // ---- notes left by visitors, from any thread

    /// What was planned; becomes a step only when it differs from what the room knows.
    void plan(domain::SessionPlan plan);

    /// Lets a person in by their invitation. The answer comes when it is durable: nothing, or a refusal.
    void admit(domain::Admit admit, std::function<void(std::optional<protocol::Refusal>)> answer);

    /// A person outside asks for help. The answer comes when it is durable, as that of admit does.
    void ask_at_door(domain::AskAtDoor asks, std::function<void(std::optional<protocol::Refusal>)> answer);

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
    void write_speech(ConnectionId connection, protocol::SpeechLine line);

    /// The line broke, or was silent since `silence` ago.
    void lost(ConnectionId connection, std::optional<base::Milliseconds> silence);
    void left(ConnectionId connection);
    /// Whoever they were let in as, they are no longer: all their lines are closed, as bad_ticket.
    void shut_out(PersonId person);

    /// Whether anyone waits for help, so that round-trip times are of use. From any thread; as it
    /// was a moment ago.
    bool wants_line_times() const { return wants_line_times_.load(std::memory_order_relaxed); }

    /// How the connection's line is. Told to the staff when its person waits for help; never kept.
    void line_times(ConnectionId connection, RoundTrips trips);

    /// Runs `look` on the room as it is, on the host's thread. What it sees may not be saved yet: it is for
    /// deciding what is to be asked, and none of it is told to anyone.
    void look(std::function<void(const domain::Room&)> look);

    /// For what somebody outside is told: `look` sees the room as it is, and what it returns is run when all that it
    /// saw is durable. Where that could not be saved, `look` is run again on the room as it then is.
    using Look = std::function<base::Task(const domain::Room&)>;
    void show(Look look);

    /// Says goodbye to all connections and takes no more; `done` when all is durable and sent.
    void shut_down(std::int64_t retry_after_ms, base::Task done);

private:
    struct Present {
        PersonId person;
        protocol::Role role{};
        std::shared_ptr<Hub> hub;
    };
    struct Greeting {
        ConnectionId connection;
        Arrival arrival;
    };

    RoomHost(Parts parts, const journal::StoredRoom& stored);

    /// On the loop: takes what is asked outside, and answers when it is durable.
    using OutsideAnswer = std::function<void(std::optional<protocol::Refusal>)>;
    void take_from_outside(const domain::Input& input, const OutsideAnswer& answer);

    base::Stamp stamp() const;

    /// Decides, applies and queues for the journal. An empty step is not kept.
    domain::Step step(const domain::Input& input);
    bool has_voice() const;
    /// The floor may let others be heard than before.
    void set_voice_floor();
    void tell_speech();
    void hush(const domain::Event& event);
    /// What a newcomer sees of the speech line.
    std::optional<protocol::Speech> present_speech() const;
    void after(const domain::Step& step);
    base::TokenBucket& bucket_of(PersonId person);
    void answer(ConnectionId connection, const std::string& command_id, const domain::Outcome& outcome);
    void hang_up(ConnectionId connection, CloseCode code, std::int64_t retry_after_ms = 0);
    /// In the order in which they came: what a room does is the same in every run.
    using Hubs = std::vector<std::pair<std::shared_ptr<Hub>, std::size_t>>;
    Hubs::iterator find_hub(const std::shared_ptr<Hub>& hub);
    void forget(std::map<ConnectionId, Present>::const_iterator present);

    /// When the loop brings nothing more for a few turns, and no commit is under way.
    void schedule_flush();
    void flush_when_calm(int turns_left, int calm_turns = 0);
    void flush();
    base::Task undo_of(const std::vector<Greeting>& arriving, const std::vector<Delivery::Closing>& closing);
    void written(domain::Seq through, bool durable);

    /// Whether such a step can be taken now.
    bool saves(journal::Need need) const;
    /// What could not be saved never happened: the room is read back as it is on stable storage.
    void start_over();
    void read_back();
    struct ReadBack {
        domain::Room room;
        bool is_whole{};
    };
    void go_on(std::shared_ptr<ReadBack> back);
    void saves_changed();
    /// Those who are connected, and those of whom the room knows, become the same again.
    void agree_with_connections();
    void catch_up();
    void keep_day_again();
    void tell_saving();
    Frame saving_for(protocol::Role role) const;
    void set_timer();
    void set_timer_soon();

    /// Those who wait for help, or should perhaps be helped, are those whose lines matter.
    void watch_lines();
    void tell_line_figures();

    protocol::Batch batch_for(
        const domain::Viewer& viewer, const std::vector<domain::ThingRef>& things, domain::Seq from) const;
    std::vector<Frame> greeting_of(const Greeting& greeting) const;
    using Deliveries = std::vector<std::pair<std::shared_ptr<Hub>, std::shared_ptr<Delivery>>>;
    Deliveries gather();

    const SessionId session_;
    base::Loop& loop_;
    const base::Clock& clock_;
    journal::Journal& journal_;
    TicketOffice& tickets_;
    TicketOffice& voice_tickets_;
    DayKeeper keep_day_;

    domain::Room room_;
    std::string epoch_;
    /// Room time = monotonic time + this. Set when the room is opened.
    base::Milliseconds room_time_offset_{};

    std::map<ConnectionId, Present> present_;
    /// Of those present: how many each serves.
    Hubs hubs_;
    std::map<PersonId, base::TokenBucket> buckets_;
    std::int64_t last_connection_{};

    /// What has been decided since the last flush, and what is to be said of it.
    std::vector<domain::Step> unwritten_;
    journal::Need unwritten_need_ = journal::Need::vital;
    std::vector<Greeting> arriving_;
    std::vector<std::pair<ConnectionId, Frame>> directs_;
    std::vector<Delivery::Closing> closing_;
    struct Told {
        base::Task saved;
        base::Task dropped;
    };
    std::vector<Told> when_told_;
    std::map<ConnectionId, std::shared_ptr<Hub>> gone_;

    /// The step up to which all have been told, and that at which each audience's last batch ended.
    domain::Seq told_{};
    using BatchEnds = std::array<domain::Seq, domain::all_audiences.size()>;
    BatchEnds last_batch_{};
    /// The same, of what has left the outbox.
    BatchEnds last_batch_told_{};

    Outbox outbox_;
    /// The day is to be kept with the next batch.
    bool day_has_changed_ = false;
    bool flush_is_due_ = false;
    bool is_writing_ = false;

    journal::Saves saves_ = journal::Saves::everything;
    bool is_damaged_ = false;
    bool is_reading_back_ = false;
    std::optional<base::Milliseconds> troubled_at_;
    std::vector<base::Task> undo_;
    /// What was asked while the room was read back.
    std::vector<base::Task> postponed_;
    /// What is planned, and when a connection ended, that could not be saved yet.
    std::optional<domain::SessionPlan> plan_;
    std::map<ConnectionId, base::RoomTime> ended_;
    bool is_shut_ = false;
    std::optional<base::RoomTime> timer_at_;
    bool timer_is_old_ = false;

    LineBoard board_;
    std::atomic<bool> wants_line_times_{false};
    bool is_telling_lines_ = false;
    RoomVoice voice_;
    std::optional<protocol::Speech> speech_;
    bool is_speech_due_ = false;
    base::Milliseconds speech_told_at_{-speech_every};
    std::vector<Frame> spoken_;
};

}  // namespace etakahvila::runtime
