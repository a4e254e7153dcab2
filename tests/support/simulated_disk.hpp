#pragma once

// A disk of the test's own, under SQLite as a VFS: what was written and not synced is kept apart,
// and a power cut drops, tears and reorders it. Directory entries are kept apart too. It fills
// up, fails an fsync at the Nth, and stops a process at any effect.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "support/chance.hpp"

struct sqlite3_vfs;

namespace etakahvila::testing {

class SimulatedDisk {
public:
    SimulatedDisk();
    ~SimulatedDisk();
    SimulatedDisk(const SimulatedDisk&) = delete;
    SimulatedDisk& operator=(const SimulatedDisk&) = delete;

    /// By which name SQLite knows it.
    const std::string& vfs() const { return name_; }

    // ---- the end of a process

    /// What is open fails from now on, without an effect. Called by anyone, also from on_effect.
    void stop_process();
    /// kill -9: what was written stays, synced or not. A new process may open the files.
    void after_kill();
    /// The power is back: of what was not synced any sector may be there or not. `sector` is the
    /// size that is written whole: 512 or 4096.
    void after_power_cut(Chance& chance, std::size_t sector);

    // ---- faults

    /// How many bytes there is room for; writes beyond it fail as ENOSPC.
    void set_capacity(std::uint64_t bytes);
    std::uint64_t used() const;
    /// The Nth sync from now (1 is the next) fails, once; 0 is never. What it was to bring to the
    /// disk is then counted as clean, as a kernel does: a later sync does not bring it there.
    void fail_sync_at(std::uint64_t nth);
    /// Syncs say that they have synced, and do not.
    void lie_about_syncs() { lies_ = true; }

    /// Called before each write, truncation, sync and deletion.
    std::function<void()> on_effect;
    std::uint64_t effects() const { return effects_; }
    std::uint64_t syncs() const { return syncs_; }

    // ---- looking, and harm

    /// Whether anything that was written to this file is not on the disk.
    bool has_unsynced(const std::string& file) const;
    std::vector<std::string> files() const;
    const std::string& bytes(const std::string& file) const;
    /// Puts a file there, whole and synced.
    void put(const std::string& file, std::string bytes);
    void remove(const std::string& file);

private:
    struct File;
    struct Handle;
    struct Methods;
    friend struct Methods;
    struct Change {
        bool is_truncation{};
        std::uint64_t offset{};
        std::string bytes;
        /// A failed sync has given it up.
        bool is_orphan{};
    };

    std::shared_ptr<File> find(const std::string& name) const;
    bool begins_effect();
    void sync(File& file);

    std::string name_;
    std::unique_ptr<sqlite3_vfs> registered_;
    mutable std::recursive_mutex mutex_;
    /// As the running process sees the directory, and as it is on the disk.
    std::map<std::string, std::shared_ptr<File>> entries_;
    std::map<std::string, std::shared_ptr<File>> durable_entries_;
    std::uint64_t process_ = 1;
    bool is_stopped_ = false;
    bool lies_ = false;
    std::uint64_t capacity_ = UINT64_MAX;
    std::uint64_t failing_sync_ = 0;
    std::uint64_t effects_ = 0;
    std::uint64_t syncs_ = 0;
};

}  // namespace etakahvila::testing
