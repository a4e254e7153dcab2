#pragma once

// The keeper erases what is due: at night, by the command line, on a person's request, and after a restore. It works in
// small transactions of the one writer, so that no room waits for it.
//
// What goes is written into the file of tombstones first, then it goes, and the log of erasing counts it in the same
// commit. When the clock has gone back, or has jumped by more than time_jump_days since it was last believed, nothing
// goes until somebody says that the time is right: a wrong clock would take what is to be kept.

#include <atomic>
#include <functional>
#include <mutex>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "journal/records.hpp"
#include "keeping/erasing.hpp"
#include "keeping/rooms.hpp"
#include "keeping/tombstones.hpp"

namespace etakahvila::keeping {

using protocol::ErasureBy;
using protocol::KeepingCount;

inline constexpr std::int64_t time_jump_days = 40;
/// From this time of Helsinki's day on the night's job is due, once a day.
inline constexpr people::ClockTime night_job_at{.hour = 3, .minute = 10};

/// How it stands, for the coordinator's page and for the health of the server.
struct Standing {
    /// When a night's job last went through.
    std::optional<UtcTime> ran_at;
    /// The last one did not go through, and is tried again the next night.
    std::optional<UtcTime> failed_at;
    bool is_time_doubted{};
    std::optional<UtcTime> time_doubted_at;
};
Standing standing_of(const records::Database& reader);

/// Whether the clock went back, or jumped too far, since it was last believed.
bool is_time_doubted(const records::Database& reader, UtcTime now);

enum class Ran : std::uint8_t {
    whole,
    /// Somebody wanted it to end, or something could not be saved: the next goes on.
    cut_off,
    time_doubted,
    not_saving
};

struct RunReport {
    Ran ran{};
    /// Of the log; 0: nothing was begun.
    std::int64_t run{};
    /// All rules in their order; 0 too.
    std::vector<KeepingCount> counts;
};

/// What would go now, by rule.
std::vector<KeepingCount> try_run(const records::Database& reader, UtcTime now);

/// From any thread but the journal's and the rooms'. One run at a time: others wait, and a person's request is told to
/// come again.
class Keeper {
public:
    struct Parts {
        const base::Clock& clock;
        journal::Records& store;
        Rooms& rooms;
        /// Beside the database.
        std::filesystem::path tombstones;
        /// The list of them has grown: whoever keeps a copy of it takes the new lines. Does not throw.
        std::function<void()> list_grown{};
    };

    explicit Keeper(Parts parts) : parts_{std::move(parts)}, file_{parts_.tombstones} {}
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

    struct CaughtUp {
        std::int64_t tombstones{};
        /// Were not erased: a hold or an account keeps them that is newer than their tombstone (apply.hpp).
        std::vector<PersonId> passed_over;
    };
    /// Does again what was erased since the database was copied, and ends what a power cut has left half done. Before
    /// anybody is let in, from the reserve of a full disk too. Throws NotSaved, and then the next run does it first;
    /// std::runtime_error with a sentence for the operator.
    CaughtUp catch_up();

    /// After a restore: catches up, and begins a new life of the data (lives.hpp). As catch_up.
    CaughtUp begin_life();

    /// Whether the night's job is to be begun.
    bool is_night_job_due(const records::Database& reader) const;

    /// Takes all that is due. `goes_on` is asked between two transactions. Throws what a write threw, NotSaved too;
    /// what went until then is gone, and counted.
    RunReport run(ErasureBy by, const std::function<bool()>& goes_on);

    /// The clock is believed again.
    void confirm_time();

    /// On request: erasing.hpp, then the rooms whose days have ended; the others wait for that. Whether it may
    /// be is asked before (person_data.hpp).
    struct Erased {
        std::int64_t run{};
        std::int64_t rooms{};
        std::int64_t waiting_days{};
        /// Whose people have changed.
        std::vector<SessionId> sessions;
    };
    /// `begins` is called before anything goes. Refused: busy while another run is under way, however long that takes,
    /// and as why_not_erase, which is asked in the write itself.
    std::variant<Erased, RefusalWord> erase_person(PersonId person, const std::function<void()>& begins = {});

private:
    /// A batch of what a rule takes, as it was when the holds were seen.
    struct Batch {
        KeepingRule rule{};
        std::span<const Subject> subjects;
        HoldsSeen seen;
        std::int64_t run{};
        UtcTime now;
    };
    /// Which data this is; found out, or made, at first use.
    std::int64_t identity();
    CaughtUp catch_up_locked();
    /// The number of the next tombstone.
    std::int64_t next_number();
    void count(records::Database& database, std::int64_t run, KeepingRule rule, std::int64_t count);
    /// How many went: those that no hold keeps by now.
    std::int64_t take(const Batch& batch);
    bool take_room(SessionId session, std::int64_t run, UtcTime now);
    /// Notes that a room has been compacted. `tombstone`: the number of its line, where it has a new one.
    void note_room(SessionId session, Rooms::Outcome outcome, std::int64_t run, UtcTime now,
        std::optional<std::int64_t> tombstone = {});
    void tell_grown() const;
    /// Where something was erased since, no day is on, and nobody is in a room: else the next night does it.
    void write_pages_anew(UtcTime now);

    Parts parts_;
    std::mutex mutex_;
    TombstoneFile file_;
    std::optional<std::int64_t> identity_;
};

}  // namespace etakahvila::keeping
