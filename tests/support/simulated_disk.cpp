#include "support/simulated_disk.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>

#include <sqlite3.h>

#include "base/check.hpp"

namespace etakahvila::testing {
namespace {

constexpr int shared_memory_locks = SQLITE_SHM_NLOCK;

void apply_write(std::string& bytes, std::uint64_t offset, const char* from, std::size_t size) {
    if (bytes.size() < offset + size) bytes.resize(offset + size, '\0');
    std::memcpy(bytes.data() + offset, from, size);
}

}  // namespace

struct SimulatedDisk::File {
    std::string now;
    std::string durable;
    /// Space that is taken and holds nothing.
    std::uint64_t hollow{};
    std::uint64_t size() const { return std::max<std::uint64_t>(now.size(), hollow); }
    std::vector<Change> pending;
    std::vector<Handle*> handles;
    std::vector<std::unique_ptr<char[]>> shared_memory;
    std::array<int, shared_memory_locks> readers{};
    std::array<Handle*, shared_memory_locks> writer{};

    /// What waits comes to the disk; what a failed sync gave up does not, unless it is written again. A cut that was
    /// given up is forgotten: none comes later and takes away what has been synced since.
    void settle() {
        std::vector<Change> orphans;
        for (auto& change : pending) {
            if (change.is_orphan) {
                if (!change.is_truncation) orphans.push_back(std::move(change));
                continue;
            }
            if (change.is_truncation)
                durable.resize(change.offset, '\0');
            else
                apply_write(durable, change.offset, change.bytes.data(), change.bytes.size());
            for (auto index = orphans.size(); index-- > 0;)
                take_over(orphans, index, change.offset,
                    change.is_truncation ? UINT64_MAX : change.offset + change.bytes.size());
        }
        pending = std::move(orphans);
    }

    /// The orphan loses what is written anew from `from` to `to`.
    static void take_over(std::vector<Change>& orphans, std::size_t index, std::uint64_t from, std::uint64_t to) {
        const auto orphan = orphans[index];
        const auto end = orphan.offset + orphan.bytes.size();
        if (orphan.is_truncation || to <= orphan.offset || end <= from) return;
        orphans.erase(orphans.begin() + static_cast<std::ptrdiff_t>(index));
        if (orphan.offset < from)
            orphans.push_back({.is_truncation = false,
                .offset = orphan.offset,
                .bytes = orphan.bytes.substr(0, from - orphan.offset),
                .is_orphan = true});
        if (to < end)
            orphans.push_back({.is_truncation = false,
                .offset = to,
                .bytes = orphan.bytes.substr(to - orphan.offset),
                .is_orphan = true});
    }
};

/// SQLite's own part comes first.
struct SimulatedDisk::Handle {
    sqlite3_file base;
    SimulatedDisk* disk;
    std::shared_ptr<File> file;
    std::uint64_t process;
    int lock;
    int flags;
    bool syncs_directory;
    std::uint64_t chunk;
    std::array<bool, shared_memory_locks> reads;
    bool maps;
};

struct SimulatedDisk::Methods {
    static Handle& of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
    static bool is_dead(const Handle& handle) {
        return handle.disk->is_stopped_ || handle.process != handle.disk->process_;
    }

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* into, int flags, int* flags_out) {
        auto& disk = *static_cast<SimulatedDisk*>(vfs->pAppData);
        const std::lock_guard lock{disk.mutex_};
        into->pMethods = nullptr;
        if (disk.is_stopped_) return SQLITE_CANTOPEN;
        const std::string key = name == nullptr ? "temporary" : name;
        auto file = disk.find(key);
        const bool is_new = !file;
        if (is_new && (flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
        if (is_new) {
            file = std::make_shared<File>();
            disk.entries_[key] = file;
        }
        auto* handle = new (into) Handle{};
        handle->base.pMethods = &io;
        handle->disk = &disk;
        handle->file = file;
        handle->process = disk.process_;
        handle->flags = flags;
        handle->syncs_directory = is_new && (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL |
                                                         SQLITE_OPEN_WAL)) != 0;
        file->handles.push_back(handle);
        if (flags_out != nullptr) *flags_out = flags;
        return SQLITE_OK;
    }

    static int close(sqlite3_file* file) {
        auto& handle = of(file);
        auto& disk = *handle.disk;
        const std::lock_guard lock{disk.mutex_};
        unmap_locked(handle);
        std::erase(handle.file->handles, &handle);
        handle.~Handle();
        return SQLITE_OK;
    }

    static int read(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
        auto& handle = of(file);
        const std::lock_guard lock{handle.disk->mutex_};
        if (is_dead(handle)) return SQLITE_IOERR_READ;
        const auto& bytes = handle.file->now;
        const auto at = static_cast<std::uint64_t>(offset);
        const auto there = at >= bytes.size()
                               ? 0
                               : std::min<std::uint64_t>(static_cast<std::uint64_t>(amount), bytes.size() - at);
        if (there > 0) std::memcpy(into, bytes.data() + at, there);
        if (there == static_cast<std::uint64_t>(amount)) return SQLITE_OK;
        std::memset(static_cast<char*>(into) + there, 0, static_cast<std::size_t>(amount) - there);
        return SQLITE_IOERR_SHORT_READ;
    }

    static int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
        auto& handle = of(file);
        auto& disk = *handle.disk;
        const std::lock_guard lock{disk.mutex_};
        if (is_dead(handle) || !disk.begins_effect()) return SQLITE_IOERR_WRITE;
        auto size = static_cast<std::uint64_t>(amount);
        const auto at = static_cast<std::uint64_t>(offset);
        const auto before = handle.file->size();
        bool is_full = false;
        if (at + size > before) {
            const auto used = disk.used();
            const auto room = used >= disk.capacity_ ? 0 : disk.capacity_ - used;
            // As a file system does: what there is room for is written.
            if (at + size - before > room) {
                is_full = true;
                size = before + room > at ? before + room - at : 0;
            }
        }
        if (size > 0) {
            apply_write(handle.file->now, at, static_cast<const char*>(from), size);
            handle.file->pending.push_back({.is_truncation = false,
                .offset = at,
                .bytes = std::string{static_cast<const char*>(from), size},
                .is_orphan = false});
        }
        return is_full ? SQLITE_FULL : SQLITE_OK;
    }

    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        auto& handle = of(file);
        auto& disk = *handle.disk;
        const std::lock_guard lock{disk.mutex_};
        if (is_dead(handle) || !disk.begins_effect()) return SQLITE_IOERR_TRUNCATE;
        auto length = static_cast<std::uint64_t>(size);
        if (handle.chunk > 0) length = (length + handle.chunk - 1) / handle.chunk * handle.chunk;
        handle.file->hollow = std::min(handle.file->hollow, length);
        if (length < handle.file->now.size() || handle.chunk == 0) handle.file->now.resize(length, '\0');
        handle.file->pending.push_back({.is_truncation = true, .offset = length, .bytes = {}, .is_orphan = false});
        return SQLITE_OK;
    }

    static int sync(sqlite3_file* file, int) {
        auto& handle = of(file);
        auto& disk = *handle.disk;
        const std::lock_guard lock{disk.mutex_};
        if (is_dead(handle) || !disk.begins_effect()) return SQLITE_IOERR_FSYNC;
        ++disk.syncs_;
        const bool fails = disk.failing_sync_ == 1;
        if (disk.failing_sync_ > 0) --disk.failing_sync_;
        if (fails) {
            for (auto& change : handle.file->pending) change.is_orphan = true;
            return SQLITE_IOERR_FSYNC;
        }
        if (disk.lies_) return SQLITE_OK;
        handle.file->settle();
        if (handle.syncs_directory) {
            disk.durable_entries_ = disk.entries_;
            handle.syncs_directory = false;
        }
        return SQLITE_OK;
    }

    static int file_size(sqlite3_file* file, sqlite3_int64* size) {
        auto& handle = of(file);
        const std::lock_guard lock{handle.disk->mutex_};
        if (is_dead(handle)) return SQLITE_IOERR_FSTAT;
        *size = static_cast<sqlite3_int64>(handle.file->size());
        return SQLITE_OK;
    }

    static int lock_file(sqlite3_file* file, int level) {
        auto& handle = of(file);
        const std::lock_guard lock{handle.disk->mutex_};
        if (is_dead(handle)) return SQLITE_IOERR_LOCK;
        if (level <= handle.lock) return SQLITE_OK;
        for (const auto* other : handle.file->handles) {
            if (other == &handle || other->process != handle.process) continue;
            if (level == SQLITE_LOCK_SHARED && other->lock >= SQLITE_LOCK_PENDING) return SQLITE_BUSY;
            if (level == SQLITE_LOCK_RESERVED && other->lock >= SQLITE_LOCK_RESERVED) return SQLITE_BUSY;
            if (level == SQLITE_LOCK_EXCLUSIVE && other->lock >= SQLITE_LOCK_SHARED) {
                if (other->lock < SQLITE_LOCK_RESERVED) handle.lock = SQLITE_LOCK_PENDING;
                return SQLITE_BUSY;
            }
        }
        handle.lock = level;
        return SQLITE_OK;
    }

    static int unlock_file(sqlite3_file* file, int level) {
        auto& handle = of(file);
        const std::lock_guard lock{handle.disk->mutex_};
        handle.lock = std::min(handle.lock, level);
        return SQLITE_OK;
    }

    static int is_reserved(sqlite3_file* file, int* result) {
        auto& handle = of(file);
        const std::lock_guard lock{handle.disk->mutex_};
        *result = std::any_of(handle.file->handles.begin(), handle.file->handles.end(),
            [&](const Handle* each) { return each->process == handle.process && each->lock >= SQLITE_LOCK_RESERVED; });
        return SQLITE_OK;
    }

    static int control(sqlite3_file* file, int what, void* argument) {
        auto& handle = of(file);
        auto& disk = *handle.disk;
        const std::lock_guard lock{disk.mutex_};
        if (what == SQLITE_FCNTL_CHUNK_SIZE) {
            handle.chunk = static_cast<std::uint64_t>(*static_cast<int*>(argument));
            return SQLITE_OK;
        }
        if (what == SQLITE_FCNTL_SIZE_HINT && handle.chunk > 0) {
            if (is_dead(handle) || !disk.begins_effect()) return SQLITE_IOERR_WRITE;
            const auto hint = static_cast<std::uint64_t>(*static_cast<sqlite3_int64*>(argument));
            const auto size = (hint + handle.chunk - 1) / handle.chunk * handle.chunk;
            const auto before = handle.file->size();
            if (size <= before) return SQLITE_OK;
            if (disk.used() + size - before > disk.capacity_) return SQLITE_IOERR_WRITE;
            handle.file->hollow = size;
            return SQLITE_OK;
        }
        return SQLITE_NOTFOUND;
    }

    static int sector_size(sqlite3_file*) { return 4096; }
    static int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

    static int map_memory(sqlite3_file* file, int region, int size, int extends, void volatile** into) {
        auto& handle = of(file);
        const std::lock_guard lock{handle.disk->mutex_};
        *into = nullptr;
        if (is_dead(handle)) return SQLITE_IOERR_SHMMAP;
        handle.maps = true;
        auto& regions = handle.file->shared_memory;
        if (static_cast<std::size_t>(region) >= regions.size() && extends == 0) return SQLITE_OK;
        while (regions.size() <= static_cast<std::size_t>(region))
            regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
        *into = regions[static_cast<std::size_t>(region)].get();
        return SQLITE_OK;
    }

    static int lock_memory(sqlite3_file* file, int first, int count, int flags) {
        auto& handle = of(file);
        auto& held = *handle.file;
        const std::lock_guard lock{handle.disk->mutex_};
        if (is_dead(handle) && (flags & SQLITE_SHM_LOCK) != 0) return SQLITE_IOERR_SHMLOCK;
        for (int slot = first; slot < first + count; ++slot) {
            const auto at = static_cast<std::size_t>(slot);
            if ((flags & SQLITE_SHM_LOCK) == 0) continue;
            if (held.writer[at] != nullptr && held.writer[at] != &handle) return SQLITE_BUSY;
            if ((flags & SQLITE_SHM_EXCLUSIVE) != 0 && held.readers[at] - (handle.reads[at] ? 1 : 0) > 0)
                return SQLITE_BUSY;
        }
        for (int slot = first; slot < first + count; ++slot) {
            const auto at = static_cast<std::size_t>(slot);
            if ((flags & SQLITE_SHM_LOCK) != 0) {
                if ((flags & SQLITE_SHM_EXCLUSIVE) != 0) {
                    held.writer[at] = &handle;
                } else if (!handle.reads[at]) {
                    handle.reads[at] = true;
                    ++held.readers[at];
                }
            } else {
                release(held, handle, at);
            }
        }
        return SQLITE_OK;
    }

    static void barrier(sqlite3_file*) { std::atomic_thread_fence(std::memory_order_seq_cst); }

    static int unmap_memory(sqlite3_file* file, int) {
        auto& handle = of(file);
        const std::lock_guard lock{handle.disk->mutex_};
        unmap_locked(handle);
        return SQLITE_OK;
    }

    static void release(File& held, Handle& handle, std::size_t at) {
        if (held.writer[at] == &handle) held.writer[at] = nullptr;
        if (handle.reads[at]) {
            handle.reads[at] = false;
            --held.readers[at];
        }
    }

    static void unmap_locked(Handle& handle) {
        for (std::size_t at = 0; at < shared_memory_locks; ++at) release(*handle.file, handle, at);
        handle.maps = false;
        // The next who opens it finds it alone and begins it anew.
        const auto& handles = handle.file->handles;
        if (std::none_of(handles.begin(), handles.end(), [](const Handle* each) { return each->maps; }))
            handle.file->shared_memory.clear();
    }

    static int remove(sqlite3_vfs* vfs, const char* name, int syncs_directory) {
        auto& disk = *static_cast<SimulatedDisk*>(vfs->pAppData);
        const std::lock_guard lock{disk.mutex_};
        if (disk.is_stopped_ || !disk.begins_effect()) return SQLITE_IOERR_DELETE;
        if (disk.entries_.erase(name) == 0) return SQLITE_IOERR_DELETE_NOENT;
        if (syncs_directory != 0 && !disk.lies_) disk.durable_entries_ = disk.entries_;
        return SQLITE_OK;
    }

    static int access(sqlite3_vfs* vfs, const char* name, int, int* result) {
        auto& disk = *static_cast<SimulatedDisk*>(vfs->pAppData);
        const std::lock_guard lock{disk.mutex_};
        if (disk.is_stopped_) return SQLITE_IOERR_ACCESS;
        const auto file = disk.find(name);
        *result = file && file->size() > 0;
        return SQLITE_OK;
    }

    static int full_path(sqlite3_vfs*, const char* name, int size, char* into) {
        std::strncpy(into, name, static_cast<std::size_t>(size));
        return SQLITE_OK;
    }
    static int randomness(sqlite3_vfs*, int size, char* into) {
        for (int index = 0; index < size; ++index) into[index] = static_cast<char>(index * 37 + 11);
        return size;
    }
    static int sleep(sqlite3_vfs*, int microseconds) { return microseconds; }
    static int current_time(sqlite3_vfs*, sqlite3_int64* time) {
        *time = 212'000'000'000'000;
        return SQLITE_OK;
    }
    static int last_error(sqlite3_vfs*, int, char*) { return 0; }

    static const sqlite3_io_methods io;
};

const sqlite3_io_methods SimulatedDisk::Methods::io = {.iVersion = 2,
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = is_reserved,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = map_memory,
    .xShmLock = lock_memory,
    .xShmBarrier = barrier,
    .xShmUnmap = unmap_memory,
    .xFetch = nullptr,
    .xUnfetch = nullptr};

SimulatedDisk::SimulatedDisk() : registered_{std::make_unique<sqlite3_vfs>()} {
    static std::atomic<std::uint64_t> count{0};
    name_ = "simulated-" + std::to_string(++count);
    auto& vfs = *registered_;
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(Handle);
    vfs.mxPathname = 200;
    vfs.zName = name_.c_str();
    vfs.pAppData = this;
    vfs.xOpen = Methods::open;
    vfs.xDelete = Methods::remove;
    vfs.xAccess = Methods::access;
    vfs.xFullPathname = Methods::full_path;
    vfs.xRandomness = Methods::randomness;
    vfs.xSleep = Methods::sleep;
    vfs.xGetLastError = Methods::last_error;
    vfs.xCurrentTimeInt64 = Methods::current_time;
    ETAKAHVILA_CHECK(sqlite3_vfs_register(registered_.get(), 0) == SQLITE_OK);
}

SimulatedDisk::~SimulatedDisk() { sqlite3_vfs_unregister(registered_.get()); }

std::shared_ptr<SimulatedDisk::File> SimulatedDisk::find(const std::string& name) const {
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : found->second;
}

bool SimulatedDisk::begins_effect() {
    ++effects_;
    if (on_effect) on_effect();
    return !is_stopped_;
}

void SimulatedDisk::stop_process() {
    const std::lock_guard lock{mutex_};
    is_stopped_ = true;
}

void SimulatedDisk::after_kill() {
    const std::lock_guard lock{mutex_};
    ++process_;
    is_stopped_ = false;
    for (const auto& [name, file] : entries_) {
        file->shared_memory.clear();
        file->readers.fill(0);
        file->writer.fill(nullptr);
    }
}

void SimulatedDisk::after_power_cut(Chance& chance, std::size_t sector) {
    const std::lock_guard lock{mutex_};
    // An entry that was made or taken away, and not synced: either way.
    auto entries = durable_entries_;
    for (const auto& [name, file] : entries_) {
        const auto durable = durable_entries_.find(name);
        if ((durable == durable_entries_.end() || durable->second != file) && chance.once_in(2)) entries[name] = file;
    }
    for (const auto& [name, file] : durable_entries_) {
        if (!entries_.contains(name) && chance.once_in(2)) entries.erase(name);
    }
    const auto kept_of_ten = chance.number(0, 10);
    const auto is_kept = [&] { return chance.number(1, 10) <= kept_of_ten; };
    for (const auto& [name, file] : entries) {
        auto bytes = file->durable;
        for (const auto& change : file->pending) {
            if (change.is_truncation) {
                if (is_kept()) bytes.resize(change.offset, '\0');
                continue;
            }
            for (std::uint64_t begin = 0; begin < change.bytes.size();) {
                const auto end = std::min<std::uint64_t>(
                    change.bytes.size(), ((change.offset + begin) / sector + 1) * sector - change.offset);
                if (is_kept()) apply_write(bytes, change.offset + begin, change.bytes.data() + begin, end - begin);
                begin = end;
            }
        }
        file->now = file->durable = std::move(bytes);
        file->pending.clear();
    }
    entries_ = durable_entries_ = std::move(entries);
    after_kill();
}

void SimulatedDisk::set_capacity(std::uint64_t bytes) {
    const std::lock_guard lock{mutex_};
    capacity_ = bytes;
}

std::uint64_t SimulatedDisk::used() const {
    const std::lock_guard lock{mutex_};
    std::uint64_t sum = 0;
    for (const auto& [name, file] : entries_) sum += file->size();
    return sum;
}

void SimulatedDisk::fail_sync_at(std::uint64_t nth) {
    const std::lock_guard lock{mutex_};
    failing_sync_ = nth;
}

bool SimulatedDisk::has_unsynced(const std::string& file) const {
    const std::lock_guard lock{mutex_};
    const auto found = find(file);
    if (!found) return false;
    // Where a cut was given up the file is too long on the disk: nothing that was written is missing.
    return std::any_of(found->pending.begin(), found->pending.end(),
        [](const Change& change) { return !(change.is_truncation && change.is_orphan); });
}

std::vector<std::string> SimulatedDisk::files() const {
    const std::lock_guard lock{mutex_};
    std::vector<std::string> names;
    for (const auto& [name, file] : entries_) names.push_back(name);
    return names;
}

const std::string& SimulatedDisk::bytes(const std::string& file) const {
    static const std::string none;
    const std::lock_guard lock{mutex_};
    const auto found = find(file);
    return found ? found->now : none;
}

void SimulatedDisk::put(const std::string& file, std::string bytes) {
    const std::lock_guard lock{mutex_};
    auto& put = entries_[file];
    put = std::make_shared<File>();
    put->now = put->durable = std::move(bytes);
    durable_entries_[file] = put;
}

void SimulatedDisk::remove(const std::string& file) {
    const std::lock_guard lock{mutex_};
    entries_.erase(file);
    durable_entries_.erase(file);
}

}  // namespace etakahvila::testing
