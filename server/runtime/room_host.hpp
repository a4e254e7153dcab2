#pragma once

// One room on its worker's thread: takes what is asked, lets the room decide, writes it down,
// then says it. The rules are in domain; here is only the order in which things happen.

#include <functional>
#include <map>
#include <memory>
#include <span>

#include "base/clock.hpp"
#include "base/loop.hpp"
#include "base/token_bucket.hpp"
#include "domain/room.hpp"
#include "journal/journal.hpp"
#include "runtime/hub.hpp"
#include "runtime/outbox.hpp"
#include "runtime/ticket_office.hpp"

namespace etakahvila::runtime {

inline constexpr double commands_per_second = 20;
inline constexpr double commands_burst = 40;
inline constexpr std::size_t undurable_steps_max = 4096;
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
        DayKeeper keep_day{};
    };

    /// A host of a room whose journal has been loaded. On any thread; everything after it happens
    /// on the loop's.
    static std::shared_ptr<RoomHost> open(Parts parts, const journal::StoredRoom& stored);

    SessionId session() const { return session_; }

    /// The same instant on the room's clock and on the wall. From any thread.
    protocol::Clock clock() const;

    // ---- notes left by visitors, from any thread

    /// What was planned; becomes a step only when it differs from what the room knows.
    void plan(domain::SessionPlan plan);

    /// Lets a person in by their invitation. The answer comes when it is durable: nothing, or a refusal.
    void admit(domain::Admit admit, std::function<void(std::optional<protocol::Refusal>)> answer);

    /// Takes a connection in. `taken` gets its id on the host's thread before anything is sent; the
    /// welcome comes by its hub. A refused one is closed.
    void arrive(Arrival arrival, std::function<void(ConnectionId)> taken);

    void command(ConnectionId connection, std::string command_id, protocol::Command command);

    /// The line broke, or was silent since `silence` ago.
    void lost(ConnectionId connection, std::optional<base::Milliseconds> silence);
    void left(ConnectionId connection);

    /// Runs `look` on the room as it is, on the host's thread.
    void look(std::function<void(const domain::Room&)> look);

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

    void restore(const journal::StoredRoom& stored);
    base::Stamp stamp() const;

    /// Decides, applies and queues for the journal. An empty step is not kept.
    domain::Step step(const domain::Input& input);
    void after(const domain::Step& step);
    void answer(ConnectionId connection, const std::string& command_id, const domain::Outcome& outcome);
    void hang_up(ConnectionId connection, CloseCode code, std::int64_t retry_after_ms = 0);
    void forget(std::map<ConnectionId, Present>::const_iterator present);

    /// When the loop brings nothing more for a few turns, and no commit is under way.
    void schedule_flush();
    void flush_when_calm(int turns_left, int calm_turns = 0);
    void flush();
    void written(domain::Seq through, bool durable);
    void stop_saving();
    void set_timer();

    protocol::Batch batch_for(const domain::Viewer& viewer, const std::vector<domain::ThingRef>& things, domain::Seq from) const;
    std::vector<Frame> greeting_of(const Greeting& greeting) const;
    using Deliveries = std::map<std::shared_ptr<Hub>, std::shared_ptr<Delivery>>;
    Deliveries gather();

    const SessionId session_;
    base::Loop& loop_;
    const base::Clock& clock_;
    journal::Journal& journal_;
    TicketOffice& tickets_;
    DayKeeper keep_day_;

    domain::Room room_;
    std::string epoch_;
    /// Room time = monotonic time + this. Set when the room is opened.
    base::Milliseconds room_time_offset_{};

    std::map<ConnectionId, Present> present_;
    /// Of those present: how many each serves.
    std::map<std::shared_ptr<Hub>, std::size_t> hubs_;
    std::map<PersonId, base::TokenBucket> buckets_;
    std::int64_t last_connection_{};

    /// What has been decided since the last flush, and what is to be said of it.
    std::vector<domain::Step> unwritten_;
    std::vector<Greeting> arriving_;
    std::vector<std::pair<ConnectionId, Frame>> directs_;
    std::vector<Delivery::Closing> closing_;
    std::vector<base::Task> when_told_;
    std::map<ConnectionId, std::shared_ptr<Hub>> gone_;

    /// The step up to which all have been told, and that at which each audience's last batch ended.
    domain::Seq told_{};
    std::array<domain::Seq, domain::all_audiences.size()> last_batch_{};

    Outbox outbox_;
    /// The day is to be kept with the next batch.
    bool day_has_changed_ = false;
    bool flush_is_due_ = false;
    bool is_writing_ = false;
    bool is_saving_ = true;
    bool is_shut_ = false;
    std::optional<base::RoomTime> timer_at_;
};

}  // namespace etakahvila::runtime
