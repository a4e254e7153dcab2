#pragma once

// The records beside the rooms' steps: one store, one writer, the same commits. Whoever keeps both promises both
// (sqlite_store.hpp).

#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>

#include "journal/journal.hpp"
#include "records/database.hpp"

namespace etakahvila::journal {

/// The disk is full, or has failed: what was to be written is not kept.
class NotSaved : public std::runtime_error {
public:
    NotSaved() : std::runtime_error{"The data could not be saved."} {}
};

class Records {
public:
    using Write = std::function<void(records::Database&)>;
    /// What the records must say together with a step; nothing for most.
    using Companion = std::function<Write(protocol::SessionId, const domain::Step&)>;

    virtual ~Records() = default;

    /// Asked for each step that is appended: its write is in the step's own commit, so that one is
    /// on disk exactly when the other is. Called once, before anything is appended.
    virtual void accompany(Companion companion) = 0;

    /// Any other write, within the same commits. `write` runs on the journal's thread; what it
    /// throws undoes it alone, and done(false) is called. From any thread.
    virtual void write(Write write, Journal::Done done, Need need = Need::ordinary) = 0;

    /// As write, and waits for it. Throws what `write` threw, or NotSaved. Not from the journal's thread.
    virtual void write_and_wait(const Write& write, Need need = Need::ordinary) = 0;

    /// Within a write: what it took away, or wrote over, is to be in no file of the store any more. Soon after the
    /// commit the log, which has it as it was, is brought into the database and written over.
    virtual void note_erased() = 0;

    /// A connection that cannot write. For the calling thread's own use.
    virtual std::unique_ptr<records::Database> open_reader() const = 0;

    /// All that is committed when it begins, without the ballots, into an empty file of the caller's own, as a database
    /// of SQLite. Nobody who writes waits for it; `goes_on` is asked now and then. From any thread but the journal's.
    /// Throws records::Error, also when it was not to go on; std::runtime_error with a sentence for the operator when
    /// this store is not copied so, or cannot be believed any more.
    virtual void copy_to(const std::filesystem::path& into, const std::function<bool()>& goes_on) const = 0;

    /// From any thread.
    virtual Saves saves() const = 0;
};

}  // namespace etakahvila::journal
