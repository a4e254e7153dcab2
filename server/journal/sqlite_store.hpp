#pragma once

// One SQLite file with one connection that writes and checkpoints, on a thread of its own; every
// other connection only reads (SQLite 3.40.1 corrupts a WAL that two
// connections reset). All that waits is written by one commit: an fsync costs the same for one
// step as for a hundred.

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "base/loop.hpp"
#include "journal/digest_chain.hpp"
#include "journal/format.hpp"
#include "journal/commit_figures.hpp"
#include "journal/high_water.hpp"
#include "journal/records.hpp"
#include "journal/reserve.hpp"
#include "journal/store_lock.hpp"
#include "journal/watchers.hpp"
#include "records/sqlite_database.hpp"

namespace etakahvila::journal {

/// A room that ends before what was acknowledged of it.
struct BehindMark {
    protocol::SessionId session;
    domain::Seq kept{};
    domain::Seq acknowledged{};
};

/// What that is, and what to do: for the operator. Empty when there is none.
std::string sentence_of(const std::vector<BehindMark>& behind);

class SqliteStore final : public Journal, public Records {
public:
    struct Options {
        /// For tests: other file operations than the system's, by SQLite's name for them; and no thread of the store's
        /// own: what it would do happens when commit_waiting is called.
        std::string vfs{};
        bool has_thread = true;
        /// Called when there is data of an older level, before anything of it is changed. Answers the place of the
        /// backup that it has made; what it throws leaves the data as it is. `copy` as Records::copy_to.
        using Copy = std::function<void(const std::filesystem::path& into)>;
        std::function<std::string(const Format& found, const Copy& copy)> before_upgrade{};
    };

    /// Opens or makes the file, brings its tables up to date and takes an exclusive lock on
    /// `<file>.lock`. Beside it: `<file>.marks` (high_water.hpp) and `<file>.reserve` (reserve.hpp).
    /// Throws std::runtime_error with a sentence for the operator; NewerData when a newer program wrote it.
    explicit SqliteStore(std::filesystem::path file) : SqliteStore{std::move(file), Options{}} {}
    SqliteStore(std::filesystem::path file, Options options);

    /// Writes what waits, then closes.
    ~SqliteStore() override;

    SqliteStore(const SqliteStore&) = delete;
    SqliteStore& operator=(const SqliteStore&) = delete;

    void accompany(Companion companion) override { companion_ = std::move(companion); }

    void append(
        protocol::SessionId session, std::vector<domain::Step> steps, Done done, Need need = Need::ordinary) override;
    StoredRoom load(protocol::SessionId session) override;
    void load_later(protocol::SessionId session, Loaded loaded) override;
    void compact(protocol::SessionId session, domain::Seq through, domain::Step step, Done done) override;
    Saves saves() const override { return saves_; }
    void watch(std::function<bool()> changed) override { watchers_.add(std::move(changed)); }

    void write(Write write, Done done, Need need = Need::ordinary) override;
    void write_and_wait(const Write& write, Need need = Need::ordinary) override;
    void note_erased() override { log_holds_erased_ = true; }
    std::unique_ptr<records::Database> open_reader() const override;
    void copy_to(const std::filesystem::path& into, const std::function<bool()>& goes_on) const override;

    const std::filesystem::path& file() const { return file_; }

    /// Writes the whole file anew: what SQLite has moved about is left in the unused parts of pages, where
    /// secure_delete does not reach it. All writes wait meanwhile, a second or so for each 100 MB. False, and nothing
    /// has changed, where it cannot be now: somebody reads, or the disk has no room for a second copy. Not from the
    /// journal's thread.
    bool rewrite_and_wait();

    /// How many writes wait for their commit; for the metrics.
    std::size_t waiting() const;

    const CommitFigures& figures() const { return figures_; }

    /// What of the file is damaged, in SQLite's words; nothing when it reads back whole. Reads all of it.
    std::optional<std::string> damage() const;

    /// Marks of acknowledged steps that could not be read at the start.
    std::size_t damaged_marks() const { return marks_.damaged(); }

    /// Rooms that end before what was acknowledged: as an older database does that is put beside newer marks.
    std::vector<BehindMark> behind_marks() const;

    /// What is there counts as acknowledged, up to each room's last step: of a database that nobody has used yet.
    void mark_all();

    /// Every room whose steps are not all as they were written, or are not all known. Reads all of them.
    std::vector<RoomFault> digest_faults() const;

    /// Without a thread of its own: commits all that waits, looks for space when there was none.
    void commit_waiting();

private:
    struct Job {
        Write write;
        Done done;
        Need need = Need::ordinary;
        /// Of a room; for the figures.
        std::size_t steps{};
        /// Run once the commit is over, outside of it.
        base::Task after{};
    };
    enum class Commit : std::uint8_t { done, full, failed };

    /// The room without making one; its epoch is empty when there is none.
    StoredRoom read(protocol::SessionId session) const;

    void bring_forward();
    void bring_marks_forward();
    void run();
    void put(Job job);
    void commit(std::vector<Job>& jobs);
    Commit try_commit(std::vector<Job>& jobs, std::vector<bool>& written, Need need);
    void checkpoint_when_due();
    void write_log_over();
    void look_for_space();
    void set_saves(Saves saves);

    std::filesystem::path file_;
    Options options_;
    Companion companion_;
    /// The lock is the system's own, and so is the file that it is for.
    std::unique_ptr<StoreLock> lock_;
    /// What was taken away for good may be in the log still, as it was.
    bool log_holds_erased_;
    std::unique_ptr<records::SqliteDatabase> writer_;
    HighWater marks_;
    Reserve reserve_;
    int log_pages_ = 0;
    std::atomic<Saves> saves_{Saves::everything};
    CommitFigures figures_;
    Watchers watchers_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Job> jobs_;
    bool is_closing_ = false;
    std::thread thread_;
};

}  // namespace etakahvila::journal
