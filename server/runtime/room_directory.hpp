#pragma once

#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "runtime/compaction.hpp"
#include "runtime/room_host.hpp"

namespace etakahvila::runtime {

/// A room that may rest is put away when nobody has asked for it for so long: a list of sessions asks for every day,
/// and to read them all anew each time would make it wait.
inline constexpr std::chrono::minutes put_away_after{60};
/// How often each worker looks which of its rooms that is true of.
inline constexpr std::chrono::minutes put_away_every{5};

/// Which rooms are open, and on which worker. From any thread.
///
/// A session has one host at most: two would write over each other. So a room is opened by whoever asks first, and
/// others who ask meanwhile wait for it; and it is put away only when nobody but the directory holds its host.
class RoomDirectory {
public:
    /// What was planned for a session; nothing when there is no such session.
    using PlanSource = std::function<std::optional<domain::SessionPlan>(SessionId)>;

    struct Parts {
        std::vector<base::Loop*> loops;
        const base::Clock& clock;
        journal::Journal& journal;
        TicketOffice& tickets;
        TicketOffice& voice_tickets;
        voice::Figures& voice_figures;
        PlanSource plan_of;
        /// Told of a room whose journal is not whole, from this step on.
        std::function<void(SessionId, domain::Seq)> damaged;
        /// Told in its place when the steps from this one on are whole, and of a newer program.
        std::function<void(SessionId, domain::Seq)> newer{};
        DayKeeper keep_day{};
        /// How work stands in the records.
        std::function<domain::KnowWork(SessionId)> work_of{};
        /// What was planned for the day in whose place it is held.
        std::function<std::vector<domain::TakePoll>(SessionId)> polls_of{};
        /// Which carried questions come up in it.
        std::function<domain::KnowCarried(SessionId)> carried_to{};
        /// Null: nobody counts.
        Figures* figures = nullptr;
    };

    explicit RoomDirectory(Parts parts);

    /// The session's room, opened from the journal when it is not open; null when there is no such session. Blocks
    /// while this room's journal is read. Throws std::runtime_error when it cannot be.
    std::shared_ptr<RoomHost> room(SessionId session);

    /// The session's room if it is open; null when it is not. Does not wait for the disk.
    std::shared_ptr<RoomHost> open_room(SessionId session);

    /// The coordinator has changed the plan: the open room is told. Blocks while the room is being opened.
    void plan_changed(SessionId session);

    /// A right was taken away: the person's tickets are void and their lines closed, in one session or in all. Whoever
    /// still has another right comes in again by it.
    void shut_out(PersonId person, std::optional<SessionId> session = {});

    /// The room's steps give way to one. Where the room is open, those who are in it are told to come again, which they
    /// do by themselves, and start over; whoever asks for it meanwhile waits. Blocks, and so is neither for a worker's
    /// loop nor for the journal's thread. Throws std::runtime_error when the journal cannot be read.
    Compaction compact(SessionId session);

    std::vector<std::shared_ptr<RoomHost>> open_rooms();
    /// How many rooms are open.
    std::size_t size();

    /// All rooms say goodbye; `done` on the thread of the last one, when all they did is durable.
    void shut_down(std::int64_t retry_after_ms, const base::Task& done);

private:
    using Opening = std::shared_future<std::shared_ptr<RoomHost>>;
    using Compacting = std::shared_future<void>;

    std::shared_ptr<RoomHost> open(SessionId session);
    /// The room, as far as it is open, is nobody's any more. False when its day is not one to be compacted.
    bool close_to_compact(SessionId session);

    /// What the journal's thread, and the loops, may look at when the directory is gone.
    struct Shared {
        std::mutex mutex;
        struct Open {
            std::shared_ptr<RoomHost> host;
            base::Milliseconds asked_at;
        };
        std::map<SessionId, Open> rooms;
        std::map<SessionId, Opening> opening;
        /// Whose steps are being replaced: until then the room is opened by nobody.
        std::map<SessionId, Compacting> compacting;

        /// Null when it is not open. Locked.
        std::shared_ptr<RoomHost> find(SessionId session, base::Milliseconds now);
        std::vector<std::shared_ptr<RoomHost>> all_open();
        /// Waits until nobody opens the room, nor compacts it. `lock` is held again afterwards.
        void wait_until_quiet(std::unique_lock<std::mutex>& lock, SessionId session);
        /// On the loop's thread: lets go of its rooms that nobody is in or asks for, that have nothing to do, and
        /// whose day is another.
        void put_away(const base::Loop& loop, base::Milliseconds now);
    };
    static void put_away_later(const std::weak_ptr<Shared>& weak, base::Loop& loop, const base::Clock& clock);

    Parts parts_;
    const std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

}  // namespace etakahvila::runtime
