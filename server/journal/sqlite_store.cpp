#include "journal/sqlite_store.hpp"

#include <array>
#include <cstring>
#include <future>
#include <stdexcept>

#include <fcntl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/check.hpp"
#include "base/secret.hpp"
#include "journal/step_codec.hpp"

namespace etakahvila::journal {
namespace {

using Digest = std::array<unsigned char, 16>;

constexpr int busy_timeout_ms = 5000;
constexpr int value_bytes_max = 1 << 20;

/// Each record's digest covers the one before it: a record that was changed, lost or moved shows.
Digest digest_of(const Digest& before, domain::Seq seq, std::string_view record) {
    Digest digest{};
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, digest.size());
    crypto_generichash_update(&state, before.data(), before.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&seq), sizeof seq);
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(record.data()), record.size());
    crypto_generichash_final(&state, digest.data(), digest.size());
    return digest;
}

Digest to_digest(const SQLite::Column& column) {
    Digest digest{};
    if (column.getBytes() == static_cast<int>(digest.size())) std::memcpy(digest.data(), column.getBlob(), digest.size());
    return digest;
}

int take_lock(const std::filesystem::path& file) {
    const auto path = file.string() + ".lock";
    const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) throw std::runtime_error("The data folder cannot be written: " + file.parent_path().string());
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock);
        throw std::runtime_error("Another server is using this data: " + file.string());
    }
    return lock;
}

void harden(SQLite::Database& database) {
    auto* handle = database.getHandle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, value_bytes_max);
}

SQLite::Database open_writer(const std::filesystem::path& file) {
    SQLite::Database database{file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busy_timeout_ms};
    harden(database);
    database.exec("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON");
    const std::string mode = database.execAndGet("PRAGMA journal_mode = WAL").getString();
    const int synchronous = database.execAndGet("PRAGMA synchronous").getInt();
    if (mode != "wal" || synchronous != 2) throw std::runtime_error("SQLite does not keep its promise to sync here: journal_mode or synchronous was refused.");
    return database;
}

void migrate(SQLite::Database& database) {
    SQLite::Transaction transaction{database};
    database.exec("CREATE TABLE IF NOT EXISTS schema_version (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT");
    SQLite::Statement version{database, "SELECT version FROM schema_version WHERE part = 'journal'"};
    const int current = version.executeStep() ? version.getColumn(0).getInt() : 0;
    version.reset();
    if (current > 1) throw std::runtime_error("This data was written by a newer version of the program.");
    if (current < 1) {
        database.exec(
            "CREATE TABLE rooms (session INTEGER PRIMARY KEY, epoch TEXT NOT NULL) STRICT;"
            "CREATE TABLE steps (session INTEGER NOT NULL, seq INTEGER NOT NULL, record TEXT NOT NULL, digest BLOB NOT NULL,"
            " PRIMARY KEY (session, seq)) STRICT, WITHOUT ROWID;"
            "INSERT INTO schema_version VALUES ('journal', 1)");
    }
    transaction.commit();
}

/// The digest of the room's last record, and its number.
std::pair<domain::Seq, Digest> last_of(Statements& statements, protocol::SessionId session) {
    const auto last = statements.use("SELECT seq, digest FROM steps WHERE session = ? ORDER BY seq DESC LIMIT 1");
    last->bind(1, session.value);
    if (!last->executeStep()) return {0, Digest{}};
    return {last->getColumn(0).getInt64(), to_digest(last->getColumn(1))};
}

struct Record {
    domain::Seq seq;
    std::string text;
};

void insert(Statements& statements, protocol::SessionId session, const std::vector<Record>& records) {
    auto [seq, digest] = last_of(statements, session);
    const auto add = statements.use("INSERT INTO steps VALUES (?, ?, ?, ?)");
    for (const auto& record : records) {
        if (record.seq != ++seq) throw std::logic_error("a step does not follow the one before it");
        digest = digest_of(digest, record.seq, record.text);
        add->bind(1, session.value);
        add->bind(2, record.seq);
        add->bindNoCopy(3, record.text);
        add->bindNoCopy(4, digest.data(), static_cast<int>(digest.size()));
        add->exec();
        add->reset();
    }
}

std::string epoch_of(SQLite::Database& database, protocol::SessionId session) {
    SQLite::Statement known{database, "SELECT epoch FROM rooms WHERE session = ?"};
    known.bind(1, session.value);
    return known.executeStep() ? known.getColumn(0).getString() : std::string{};
}

}  // namespace

SqliteStore::SqliteStore(std::filesystem::path file) : file_{std::move(file)}, lock_{take_lock(file_)}, writer_{open_writer(file_)} {
    ETAKAHVILA_CHECK(sodium_init() >= 0);
    migrate(writer_);
    thread_ = std::thread{[this] { run(); }};
}

SqliteStore::~SqliteStore() {
    {
        const std::lock_guard lock{mutex_};
        is_closing_ = true;
    }
    wake_.notify_one();
    thread_.join();
    ::close(lock_);
}

void SqliteStore::append(protocol::SessionId session, std::vector<domain::Step> steps, Done done) {
    auto records = std::make_shared<std::vector<Record>>();
    records->reserve(steps.size());
    for (const auto& step : steps) records->push_back({step.seq, encode_step(step)});
    write([this, session, records](SQLite::Database&) { insert(statements_, session, *records); }, std::move(done));
}

void SqliteStore::write(Write write, Done done) {
    {
        const std::lock_guard lock{mutex_};
        jobs_.push_back({std::move(write), std::move(done)});
    }
    wake_.notify_one();
}

void SqliteStore::write_and_wait(const Write& write) {
    std::promise<bool> promise;
    std::exception_ptr thrown;
    this->write(
        [&](SQLite::Database& database) {
            try {
                write(database);
            } catch (...) {
                thrown = std::current_exception();
                throw;
            }
        },
        [&](bool durable) { promise.set_value(durable); });
    const bool durable = promise.get_future().get();
    if (thrown) std::rethrow_exception(thrown);
    if (!durable) throw std::runtime_error("The data could not be saved.");
}

std::unique_ptr<SQLite::Database> SqliteStore::open_reader() const {
    auto reader = std::make_unique<SQLite::Database>(file_.string(), SQLite::OPEN_READONLY, busy_timeout_ms);
    harden(*reader);
    reader->exec("PRAGMA query_only = ON");
    return reader;
}

std::size_t SqliteStore::waiting() const {
    const std::lock_guard lock{mutex_};
    return jobs_.size();
}

StoredRoom SqliteStore::load(protocol::SessionId session) {
    const auto reader = open_reader();
    StoredRoom room{.epoch = epoch_of(*reader, session), .steps = {}, .damaged_at = {}};
    if (room.epoch.empty()) {
        room.epoch = base::random_text(9);
        write_and_wait([&](SQLite::Database& database) {
            SQLite::Statement add{database, "INSERT INTO rooms VALUES (?, ?)"};
            add.bind(1, session.value);
            add.bind(2, room.epoch);
            add.exec();
        });
    }
    Digest digest{};
    SQLite::Statement records{*reader, "SELECT seq, record, digest FROM steps WHERE session = ? ORDER BY seq"};
    records.bind(1, session.value);
    while (records.executeStep()) {
        const auto expected = static_cast<domain::Seq>(room.steps.size()) + 1;
        const auto seq = records.getColumn(0).getInt64();
        const auto column = records.getColumn(1);
        const std::string_view text{column.getText(), static_cast<std::size_t>(column.getBytes())};
        digest = digest_of(digest, seq, text);
        auto step = seq == expected && digest == to_digest(records.getColumn(2)) ? decode_step(seq, text) : std::nullopt;
        if (!step) {
            room.damaged_at = expected;
            break;
        }
        room.steps.push_back(std::move(*step));
    }
    return room;
}

void SqliteStore::run() {
    std::vector<Job> jobs;
    while (true) {
        {
            std::unique_lock lock{mutex_};
            wake_.wait(lock, [&] { return is_closing_ || !jobs_.empty(); });
            if (jobs_.empty()) return;
            jobs.swap(jobs_);
        }
        commit(jobs);
        jobs.clear();
    }
}

void SqliteStore::commit(std::vector<Job>& jobs) {
    std::vector<bool> written(jobs.size(), false);
    if (!has_failed_) {
        try {
            Transaction transaction{statements_};
            for (std::size_t index = 0; index < jobs.size(); ++index) {
                statements_.run("SAVEPOINT job");
                try {
                    jobs[index].write(writer_);
                    written[index] = true;
                } catch (const std::exception&) {
                    statements_.run("ROLLBACK TO job");
                }
                statements_.run("RELEASE job");
            }
            transaction.commit();
        } catch (const std::exception&) {
            // Whether it is on disk is not known. Nothing more is acknowledged; opening anew tells.
            has_failed_ = true;
        }
    }
    for (std::size_t index = 0; index < jobs.size(); ++index) {
        if (jobs[index].done) jobs[index].done(written[index] && !has_failed_);
    }
}

}  // namespace etakahvila::journal
