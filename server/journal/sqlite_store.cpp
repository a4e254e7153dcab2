#include "journal/sqlite_store.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <stdexcept>
#include <vector>

#include <fcntl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/check.hpp"
#include "base/secret.hpp"
#include "journal/ballot_box.hpp"
#include "journal/compacting.hpp"
#include "journal/copy_database.hpp"
#include "journal/step_codec.hpp"
#include "records/sqlite_damage.hpp"

namespace etakahvila::journal {
namespace {

constexpr int value_bytes_max = 1 << 20;
/// At so many pages the write-ahead log is brought into the database: 4 MiB.
constexpr int log_pages_max = 1000;
/// For space, and for the moment when nobody reads what has to be written over.
constexpr std::chrono::seconds look_again_every{1};

/// The names of the files that the store has made, on the disk: SQLite syncs the folder of a new
/// write-ahead log, and passes over it when that fails.
void sync_folder(const std::filesystem::path& file) {
    const auto folder = file.parent_path().empty() ? std::filesystem::path{"."} : file.parent_path();
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool is_synced = handle >= 0 && ::fsync(handle) == 0;
    if (handle >= 0) ::close(handle);
    if (!is_synced)
        throw std::runtime_error("The data cannot be opened: the disk failed on the folder " + folder.string() + ".");
}

void harden(sqlite3* handle) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, value_bytes_max);
}

sqlite3_vfs& vfs_named(const std::string& name) {
    auto* vfs = sqlite3_vfs_find(name.empty() ? nullptr : name.c_str());
    ETAKAHVILA_CHECK(vfs != nullptr);
    return *vfs;
}

int code_of(const std::exception& thrown) {
    const auto* error = dynamic_cast<const records::SqliteError*>(&thrown);
    return error == nullptr ? SQLITE_OK : error->code();
}

/// SQLite makes the second copy as a file without a name. It is people's data, and lies in no folder of everybody's.
void keep_temporary_files_in(records::Database& database, const std::filesystem::path& file) {
    std::string quoted;
    for (const char each : std::filesystem::absolute(file).parent_path().string())
        quoted += each == '\'' ? std::string{"''"} : std::string{each};
    database.script("PRAGMA temp_store_directory = '" + quoted + '\'');
}

/// After these SQLite has undone the whole transaction, or cannot go on with it.
bool ends_transaction(int code) {
    return code == SQLITE_FULL || code == SQLITE_IOERR || code == SQLITE_NOMEM || code == SQLITE_CORRUPT ||
           code == SQLITE_NOTADB || code == SQLITE_READONLY;
}

std::unique_ptr<StoreLock> take_lock(const std::filesystem::path& file, const std::string& vfs) {
    if (!vfs.empty()) return nullptr;
    auto lock = std::make_unique<StoreLock>(file);
    if (std::filesystem::exists(restore_mark(file)))
        throw std::runtime_error(
            "A restore of this data was not finished: neither the old data nor the new is in place. Run the same "
            "again, "
            "with --replace: etakahvila restore --replace BACKUP. What was here before lies beside it, in a folder "
            "before-restore-….");
    return lock;
}

std::string log_name(const std::filesystem::path& file) { return file.string() + "-wal"; }

/// Whether an earlier process has left something in the log.
bool has_log(sqlite3_vfs& vfs, const std::filesystem::path& file) {
    VfsFile log{vfs, log_name(file), false};
    return log.is_open() && log.size() > 0;
}

/// The log, as the connection has it open; null where there is none.
sqlite3_file* log_of(sqlite3* handle) {
    sqlite3_file* log = nullptr;
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&log));
    return log != nullptr && log->pMethods != nullptr ? log : nullptr;
}

/// Zeros over all of it, on the disk. Its head first: without it nobody reads what is behind it, whatever of that is
/// there after a power cut.
bool fill_with_zeros(sqlite3_file& log) {
    constexpr sqlite3_int64 head = 32;
    static constexpr std::array<char, 1 << 16> zeros{};
    sqlite3_int64 size = 0;
    if (log.pMethods->xFileSize(&log, &size) != SQLITE_OK) return false;
    const auto fill = [&](sqlite3_int64 from, sqlite3_int64 to) {
        for (auto at = from; at < to;) {
            const auto count = std::min<sqlite3_int64>(static_cast<sqlite3_int64>(zeros.size()), to - at);
            if (log.pMethods->xWrite(&log, zeros.data(), static_cast<int>(count), at) != SQLITE_OK) return false;
            at += count;
        }
        return log.pMethods->xSync(&log, SQLITE_SYNC_NORMAL) == SQLITE_OK;
    };
    return size == 0 || (fill(0, std::min(size, head)) && fill(std::min(size, head), size));
}

/// What an earlier process left in the write-ahead log is written again, where it is, and synced,
/// before anything is added to it. What a failed fsync gave up can still be read from the kernel's
/// cache, and is not on the disk: steps acknowledged behind it would be lost with it. The database
/// needs no such care: what was not brought into it safely is in the log still.
void write_log_again(sqlite3_vfs& vfs, const std::filesystem::path& file) {
    VfsFile log{vfs, log_name(file), false};
    if (!log.is_open()) return;
    std::vector<char> bytes(1 << 16);
    bool is_written = true;
    for (std::int64_t at = 0, size = log.size(); at < size && is_written;
        at += static_cast<std::int64_t>(bytes.size())) {
        const auto count = static_cast<std::size_t>(
            std::min<std::int64_t>(static_cast<std::int64_t>(bytes.size()), size - at));
        is_written = log.read(bytes.data(), count, at) && log.write(bytes.data(), count, at);
    }
    if (!is_written || !log.sync())
        throw std::runtime_error("The data cannot be opened: the disk failed on the log of " + file.string() + ".");
}

std::unique_ptr<records::SqliteDatabase> open_writer(const std::filesystem::path& file, const std::string& vfs) try {
    write_log_again(vfs_named(vfs), file);
    auto database = std::make_unique<records::SqliteDatabase>(
        file.string(), records::SqliteDatabase::Access::make, vfs);
    harden(database->handle());
    // EXTRA: the folder is synced when the rollback journal of the start is taken away. Else a power
    // cut can bring it back, and it would undo the database to nothing, and the log with it.
    database->script("PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON");
    const auto mode = database->one<std::string>("PRAGMA journal_mode = WAL");
    const auto synchronous = database->one<int>("PRAGMA synchronous");
    if (mode != "wal" || synchronous != 3)
        throw std::runtime_error(
            "SQLite does not keep its promise to sync here: journal_mode or synchronous was refused.");
    // The store brings the log into the database by itself: SQLite would keep to itself what went wrong there.
    sqlite3_wal_autocheckpoint(database->handle(), 0);
    return database;
} catch (const records::SqliteError& thrown) {
    if (thrown.code() == SQLITE_CORRUPT || thrown.code() == SQLITE_NOTADB)
        throw std::runtime_error("The data is damaged and cannot be opened: " + file.string() + ". Restore a backup.");
    throw std::runtime_error("The data cannot be opened: " + file.string() + " (" + thrown.what() + ").");
}

void migrate(records::Database& database, const std::optional<std::string>& before_upgrade) {
    records::Transaction transaction{database};
    database.script(
        "CREATE TABLE IF NOT EXISTS schema_version (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT");
    const auto current = journal_version(database);
    if (current > 3) throw std::runtime_error("This data was written by a newer version of the program.");
    if (current < 1) {
        database.script(
            "CREATE TABLE rooms (session INTEGER PRIMARY KEY, epoch TEXT NOT NULL) STRICT;"
            "CREATE TABLE steps (session INTEGER NOT NULL, seq INTEGER NOT NULL, record TEXT NOT NULL, digest BLOB NOT "
            "NULL,"
            " PRIMARY KEY (session, seq)) STRICT, WITHOUT ROWID;"
            "INSERT INTO schema_version VALUES ('journal', 1)");
    }
    if (current < 2) make_ballot_table(database);
    if (current < 3) {
        database.script("ALTER TABLE rooms ADD COLUMN chained_with TEXT");
        database.script("ALTER TABLE rooms ADD COLUMN compactions INTEGER NOT NULL DEFAULT 0");
        make_format_table(database);
        database.write("UPDATE schema_version SET version = 3 WHERE part = 'journal'");
    }
    keep_format(database, before_upgrade);
    transaction.commit();
}

/// Whether anybody would miss it: a site that has only been opened has nothing to go back to.
bool holds_anything(const records::Database& database) {
    for (const auto* table : {"rooms", "sessions", "staff_accounts", "people"}) {
        if (database.has("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", table) &&
            database.has("SELECT 1 FROM " + std::string{table} + " LIMIT 1"))
            return true;
    }
    return false;
}

/// What is kept beside the steps, and taken away again, in their order.
struct BallotWork {
    std::vector<protocol::PollId> emptied;
    std::optional<domain::Ballot> put;
};

}  // namespace

std::string sentence_of(const std::vector<BehindMark>& behind) {
    if (behind.empty()) return {};
    constexpr std::size_t named_max = 5;
    std::string rooms;
    for (std::size_t index = 0; index < std::min(behind.size(), named_max); ++index) {
        const auto& room = behind[index];
        rooms += (index == 0 ? "" : ", ") + std::string{"session "} + std::to_string(room.session.value) +
                 " ends at step " + std::to_string(room.kept) + " of " + std::to_string(room.acknowledged);
    }
    if (behind.size() > named_max) rooms += " and " + std::to_string(behind.size() - named_max) + " more";
    return "The data is older than what was acknowledged (" + rooms +
           "). An older database was put in place by hand, or the disk has lost the end of it. These rooms save "
           "nothing. "
           "Stop the server and put a backup back with: etakahvila restore --replace BACKUP. It moves this data aside.";
}

SqliteStore::SqliteStore(std::filesystem::path file, Options options)
    : file_{std::move(file)},
      options_{std::move(options)},
      lock_{take_lock(file_, options_.vfs)},
      log_holds_erased_{has_log(vfs_named(options_.vfs), file_)},
      writer_{open_writer(file_, options_.vfs)},
      marks_{vfs_named(options_.vfs), file_.string() + ".marks"},
      reserve_{vfs_named(options_.vfs), file_.string() + ".reserve"} {
    ETAKAHVILA_CHECK(sodium_init() >= 0);
    sqlite3_wal_hook(
        writer_->handle(),
        [](void* store, sqlite3*, const char*, int pages) {
            static_cast<SqliteStore*>(store)->log_pages_ = pages;
            return SQLITE_OK;
        },
        this);
    bring_forward();
    bring_marks_forward();
    if (options_.vfs.empty()) sync_folder(file_);
    // Without it the disk counts as full from the start: what is left is for what is vital.
    if (!reserve_.make()) saves_ = Saves::vital_only;
    if (options_.has_thread) thread_ = std::thread{[this] { run(); }};
}

void SqliteStore::bring_forward() {
    const auto found = format_of(*writer_);
    refuse_newer(found);
    std::optional<std::string> before_upgrade;
    if (found && found->level < format_level && options_.before_upgrade && holds_anything(*writer_))
        before_upgrade = options_.before_upgrade(
            *found, [this](const std::filesystem::path& into) { copy_database(file_, options_.vfs, into, {}); });
    migrate(*writer_, before_upgrade);
    options_.before_upgrade = {};
}

/// The end may have come between the commit that compacted a room and its mark.
void SqliteStore::bring_marks_forward() {
    auto rows = writer_->read("SELECT session, compactions FROM rooms WHERE compactions > 0");
    while (rows.next()) {
        const auto session = rows.get<protocol::SessionId>(0);
        if (const auto chain = rows.number(1); marks_.of(session).chain < chain) marks_.begin_chain(session, chain);
    }
}

SqliteStore::~SqliteStore() {
    {
        const std::lock_guard lock{mutex_};
        is_closing_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable())
        thread_.join();
    else
        commit_waiting();
}

void SqliteStore::append(protocol::SessionId session, std::vector<domain::Step> steps, Done done, Need need) {
    std::vector<Record> records;
    records.reserve(steps.size());
    std::vector<Write> companions;
    std::vector<BallotWork> ballots;
    for (auto& step : steps) {
        records.push_back({step.seq, encode_step(step)});
        auto emptied = emptied_by(step);
        if (!emptied.empty() || step.ballot)
            ballots.push_back({.emptied = std::move(emptied), .put = std::move(step.ballot)});
        if (!companion_) continue;
        if (auto write = companion_(session, step)) companions.push_back(std::move(write));
    }
    const auto count = steps.size();
    const auto through = steps.empty() ? 0 : steps.back().seq;
    put({.write =
             [this, session, records = std::move(records), companions = std::move(companions),
                 ballots = std::move(ballots)](records::Database& database) {
                 insert_records(database, session, records);
                 for (const auto& write : companions) write(database);
                 for (const auto& work : ballots) {
                     for (const auto poll : work.emptied) {
                         if (empty_box(database, session, poll)) log_holds_erased_ = true;
                     }
                     if (work.put) put_ballot(database, session, *work.put);
                 }
             },
        .done =
            [this, session, through, done = std::move(done)](bool durable) {
                if (durable && through > 0) marks_.put(session, through);
                done(durable);
            },
        .need = need,
        .steps = count});
}

void SqliteStore::compact(protocol::SessionId session, domain::Seq through, domain::Step step, Done done) {
    const auto chain = std::make_shared<std::int64_t>(0);
    put({.write =
             [this, session, through, step = std::move(step), chain](records::Database& database) {
                 *chain = compact_room(database, session, through, step, base::random_text(9));
                 note_erased();
             },
        .done =
            [this, session, chain, done = std::move(done)](bool durable) {
                if (durable) marks_.begin_chain(session, *chain);
                done(durable);
            }});
}

void SqliteStore::write(Write write, Done done, Need need) {
    put({.write = std::move(write), .done = std::move(done), .need = need});
}

void SqliteStore::put(Job job) {
    {
        const std::lock_guard lock{mutex_};
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
}

void SqliteStore::write_and_wait(const Write& write, Need need) {
    std::promise<bool> promise;
    std::exception_ptr thrown;
    this->write(
        [&](records::Database& database) {
            thrown = nullptr;
            try {
                write(database);
            } catch (const std::exception& fault) {
                // That of the disk is everybody's, whosever write came upon it.
                if (!ends_transaction(code_of(fault))) thrown = std::current_exception();
                throw;
            }
        },
        [&](bool durable) { promise.set_value(durable); }, need);
    if (!options_.has_thread) commit_waiting();
    const bool durable = promise.get_future().get();
    if (thrown) std::rethrow_exception(thrown);
    if (!durable) throw NotSaved{};
}

std::unique_ptr<records::Database> SqliteStore::open_reader() const {
    auto reader = std::make_unique<records::SqliteDatabase>(
        file_.string(), records::SqliteDatabase::Access::read, options_.vfs);
    harden(reader->handle());
    reader->script("PRAGMA query_only = ON");
    return reader;
}

std::optional<std::string> SqliteStore::damage() const {
    const auto found = records::damage_in(*open_reader(), records::DamageLook::quick);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

void SqliteStore::copy_to(const std::filesystem::path& into, const std::function<bool()>& goes_on) const {
    if (saves_ == Saves::nothing)
        throw std::runtime_error{
            "The disk has failed under the data: what is read of it cannot be believed. Start the server anew first."};
    copy_database(file_, options_.vfs, into, goes_on);
}

std::vector<BehindMark> SqliteStore::behind_marks() const {
    const auto reader = open_reader();
    std::vector<BehindMark> behind;
    for (const auto& [session, mark] : marks_.all()) {
        const auto kept = reader
                              ->one<domain::Seq>(
                                  "SELECT seq FROM steps WHERE session = ? ORDER BY seq DESC LIMIT 1", session)
                              .value_or(0);
        const auto chain = chain_of(*reader, session);
        if (!mark.is_ahead_of(chain, kept)) continue;
        // Of a room that had been compacted: more than all that is there.
        behind.push_back(
            {.session = session, .kept = kept, .acknowledged = mark.chain > chain ? kept + mark.seq : mark.seq});
    }
    return behind;
}

void SqliteStore::mark_all() {
    const auto reader = open_reader();
    auto rows = reader->read("SELECT session, max(seq) FROM steps GROUP BY session");
    while (rows.next()) marks_.put(rows.get<protocol::SessionId>(0), rows.number(1));
}

std::vector<RoomFault> SqliteStore::digest_faults() const { return room_faults(*open_reader()); }

std::size_t SqliteStore::waiting() const {
    const std::lock_guard lock{mutex_};
    return jobs_.size();
}

StoredRoom SqliteStore::load(protocol::SessionId session) {
    auto room = read(session);
    if (room.epoch.empty()) {
        room.epoch = base::random_text(9);
        write_and_wait([&](records::Database& database) { add_room(database, session, room.epoch); });
    }
    return room;
}

StoredRoom SqliteStore::read(protocol::SessionId session) const {
    // Before all else: what is read then is that, or newer.
    const auto mark = marks_.of(session);
    const auto reader = open_reader();
    // A room that is compacted meanwhile is the old one or the new one.
    reader->script("BEGIN");
    const auto row = room_row(*reader, session).value_or(RoomRow{.session = session, .epoch = {}, .chained_with = {}});
    StoredRoom room{.epoch = row.epoch, .steps = {}, .damaged_at = {}};
    read_steps(*reader, row, room);
    const auto kept = static_cast<domain::Seq>(room.steps.size());
    room.ballots = ballots_of(*reader, session);
    // Whether all is there that was ever acknowledged.
    if (!room.damaged_at && mark.is_ahead_of(chain_of(*reader, session), kept)) room.damaged_at = kept + 1;
    return room;
}

void SqliteStore::load_later(protocol::SessionId session, Loaded loaded) {
    put({.write = {}, .done = {}, .after = [this, session, loaded = std::move(loaded)] {
             std::optional<StoredRoom> room;
             try {
                 room = read(session);
                 if (room->epoch.empty()) room.reset();
             } catch (const std::exception&) {
                 // Whoever waits is told that there is nothing.
                 room.reset();
             }
             loaded(std::move(room));
         }});
}

bool SqliteStore::rewrite_and_wait() {
    std::promise<bool> promise;
    put({.write = {}, .done = {}, .after = [this, &promise] {
             bool is_done = false;
             try {
                 if (saves_ == Saves::everything) {
                     if (options_.vfs.empty()) keep_temporary_files_in(*writer_, file_);
                     writer_->script("VACUUM");
                     is_done = true;
                     // The log has the new pages, and the file the old ones.
                     log_holds_erased_ = true;
                 }
             } catch (const std::exception& thrown) {
                 const auto code = code_of(thrown);
                 if (code == SQLITE_IOERR || code == SQLITE_CORRUPT) set_saves(Saves::nothing);
             }
             promise.set_value(is_done);
         }});
    if (!options_.has_thread) commit_waiting();
    return promise.get_future().get();
}

void SqliteStore::run() {
    std::vector<Job> jobs;
    while (true) {
        {
            std::unique_lock lock{mutex_};
            const auto has_work = [&] { return is_closing_ || !jobs_.empty(); };
            const bool needs_space = saves_ == Saves::vital_only || saves_ == Saves::nothing_yet;
            const bool has_to_erase = log_holds_erased_ && saves_ != Saves::nothing;
            if (!needs_space && !has_to_erase)
                wake_.wait(lock, has_work);
            else
                wake_.wait_for(lock, look_again_every, has_work);
            if (jobs_.empty() && is_closing_) return;
            jobs.swap(jobs_);
        }
        commit(jobs);
        jobs.clear();
        look_for_space();
    }
}

void SqliteStore::commit_waiting() {
    std::vector<Job> jobs;
    {
        const std::lock_guard lock{mutex_};
        jobs.swap(jobs_);
    }
    commit(jobs);
    look_for_space();
}

void SqliteStore::commit(std::vector<Job>& jobs) {
    std::vector<bool> written(jobs.size(), false);
    auto result = Commit::full;
    if (saves_ == Saves::everything) result = try_commit(jobs, written, Need::ordinary);
    if (saves_ == Saves::everything && result == Commit::full) {
        reserve_.release();
        set_saves(Saves::vital_only);
    }
    if (saves_ == Saves::vital_only && result == Commit::full) {
        result = try_commit(jobs, written, Need::vital);
        if (result == Commit::full) set_saves(Saves::nothing_yet);
    }
    if (result == Commit::failed) set_saves(Saves::nothing);
    for (std::size_t index = 0; index < jobs.size(); ++index) {
        auto& job = jobs[index];
        if (job.done) job.done(written[index]);
        if (job.after) job.after();
    }
    checkpoint_when_due();
    write_log_over();
}

/// One transaction for all of the jobs that are as needed as `need`. `written` tells which are in it.
SqliteStore::Commit SqliteStore::try_commit(std::vector<Job>& jobs, std::vector<bool>& written, Need need) {
    const auto is_wanted = [&](const Job& job) {
        return job.write && (need == Need::ordinary || job.need == Need::vital);
    };
    if (std::none_of(jobs.begin(), jobs.end(), is_wanted)) return Commit::done;
    const CommitUnderWay under_way{figures_};
    std::size_t steps = 0;
    try {
        records::Transaction transaction{*writer_};
        for (std::size_t index = 0; index < jobs.size(); ++index) {
            if (!is_wanted(jobs[index])) continue;
            steps += jobs[index].steps;
            writer_->write("SAVEPOINT job");
            try {
                jobs[index].write(*writer_);
                written[index] = true;
            } catch (const std::exception& thrown) {
                if (ends_transaction(code_of(thrown))) throw;
                writer_->write("ROLLBACK TO job");
            }
            writer_->write("RELEASE job");
        }
        transaction.commit();
        under_way.is_done(steps);
        return Commit::done;
    } catch (const std::exception& thrown) {
        written.assign(jobs.size(), false);
        // Anything but a full disk: whether it is on the disk is not known, and opening anew tells.
        return code_of(thrown) == SQLITE_FULL ? Commit::full : Commit::failed;
    }
}

/// After those who wait have been told: it costs two fsyncs of its own.
void SqliteStore::checkpoint_when_due() {
    if (log_pages_ < log_pages_max || saves_ == Saves::nothing) return;
    const int result = sqlite3_wal_checkpoint_v2(
                           writer_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr) &
                       0xff;
    // A reader may be in the way, or the disk full: the log grows, and the next commit tries again.
    if (result != SQLITE_OK && result != SQLITE_BUSY && result != SQLITE_LOCKED && result != SQLITE_FULL)
        set_saves(Saves::nothing);
}

/// What was erased is in the log as it was: all of the log is brought into the database, and nothing of it stays. While
/// somebody reads what is older, or the disk is full, it has to wait; it is tried again.
void SqliteStore::write_log_over() {
    if (!log_holds_erased_ || saves_ == Saves::nothing) return;
    const auto checkpoint = [handle = writer_->handle()](int mode, int wait_ms) {
        sqlite3_busy_timeout(handle, wait_ms);
        const int result = sqlite3_wal_checkpoint_v2(handle, nullptr, mode, nullptr, nullptr) & 0xff;
        sqlite3_busy_timeout(handle, records::busy_timeout_ms);
        return result;
    };
    // All rooms wait for this thread: it waits for nobody.
    const auto brought_in = checkpoint(SQLITE_CHECKPOINT_RESTART, 0);
    if (brought_in == SQLITE_BUSY || brought_in == SQLITE_LOCKED || brought_in == SQLITE_FULL) return;
    // From here on everyone reads the database alone, and nothing may be written until the log is empty: what came
    // behind the zeros would not be read back.
    auto* log = log_of(writer_->handle());
    const bool is_empty = brought_in == SQLITE_OK && (log == nullptr || fill_with_zeros(*log)) &&
                          checkpoint(SQLITE_CHECKPOINT_TRUNCATE, records::busy_timeout_ms) == SQLITE_OK;
    if (!is_empty) return set_saves(Saves::nothing);
    log_holds_erased_ = false;
    log_pages_ = 0;
}

void SqliteStore::look_for_space() {
    if (saves_ != Saves::vital_only && saves_ != Saves::nothing_yet) return;
    if (reserve_.make()) set_saves(Saves::everything);
}

void SqliteStore::set_saves(Saves saves) {
    if (saves_.exchange(saves) != saves) watchers_.tell();
}

}  // namespace etakahvila::journal
