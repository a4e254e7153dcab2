#pragma once

// One SQLite file with one connection that writes and checkpoints, on a thread of its own; every
// other connection only reads (3-architecture.md: SQLite 3.40.1 corrupts a WAL that two
// connections reset). All that waits is written by one commit: an fsync costs the same for one
// step as for a hundred.

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include <SQLiteCpp/SQLiteCpp.h>

#include "journal/journal.hpp"
#include "journal/statements.hpp"

namespace etakahvila::journal {

class SqliteStore final : public Journal {
public:
    using Write = std::function<void(SQLite::Database&)>;

    /// Opens or makes the file, brings its tables up to date and takes an exclusive lock on
    /// `<file>.lock`. Throws std::runtime_error with a sentence for the operator.
    explicit SqliteStore(std::filesystem::path file);

    /// Writes what waits, then closes.
    ~SqliteStore() override;

    SqliteStore(const SqliteStore&) = delete;
    SqliteStore& operator=(const SqliteStore&) = delete;

    void append(protocol::SessionId session, std::vector<domain::Step> steps, Done done) override;
    StoredRoom load(protocol::SessionId session) override;

    /// Any other write, within the same commits. `write` runs on the journal's thread; what it
    /// throws undoes it alone, and done(false) is called. From any thread.
    void write(Write write, Done done);

    /// As write, and waits for it. Throws what `write` threw. Not from the journal's thread.
    void write_and_wait(const Write& write);

    /// A connection that cannot write. For the calling thread's own use.
    std::unique_ptr<SQLite::Database> open_reader() const;

    /// Since when the oldest of what waits for its commit has waited; for the metrics.
    std::size_t waiting() const;

private:
    struct Job {
        Write write;
        Done done;
    };

    void run();
    void commit(std::vector<Job>& jobs);

    std::filesystem::path file_;
    int lock_ = -1;
    SQLite::Database writer_;
    Statements statements_{writer_};
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Job> jobs_;
    bool is_closing_ = false;
    bool has_failed_ = false;
    std::thread thread_;
};

}  // namespace etakahvila::journal
