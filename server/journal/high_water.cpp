#include "journal/high_water.hpp"

#include <array>
#include <cstddef>

#include <sodium.h>

namespace etakahvila::journal {
namespace {

/// As it is in the file. Slots are of a size that no sector's edge goes through.
struct Slot {
    std::int64_t session{};
    std::int64_t seq{};
    std::array<unsigned char, 16> check{};
};
static_assert(sizeof(Slot) == 32);

void set_check(Slot& slot) {
    crypto_generichash(slot.check.data(), slot.check.size(), reinterpret_cast<const unsigned char*>(&slot),
        offsetof(Slot, check), nullptr, 0);
}

}  // namespace

HighWater::HighWater(sqlite3_vfs& vfs, const std::string& file) : file_{vfs, file, true} {
    if (!file_.is_open()) return;
    slots_ = file_.size() / static_cast<std::int64_t>(sizeof(Slot));
    for (std::int64_t at = 0; at < slots_; ++at) {
        Slot slot;
        const bool is_read = file_.read(&slot, sizeof slot, at * static_cast<std::int64_t>(sizeof slot));
        auto whole = slot;
        set_check(whole);
        if (!is_read || whole.check != slot.check) {
            ++damaged_;
            continue;
        }
        entries_[protocol::SessionId{slot.session}] = {.seq = slot.seq, .slot = at};
    }
}

domain::Seq HighWater::of(protocol::SessionId session) const {
    const std::lock_guard lock{mutex_};
    const auto found = entries_.find(session);
    return found == entries_.end() ? 0 : found->second.seq;
}

void HighWater::put(protocol::SessionId session, domain::Seq seq) {
    const std::lock_guard lock{mutex_};
    if (!file_.is_open()) return;
    const auto [found, is_new] = entries_.try_emplace(session, Entry{.seq = seq, .slot = slots_});
    if (is_new) ++slots_;
    found->second.seq = seq;
    Slot slot{.session = session.value, .seq = seq, .check = {}};
    set_check(slot);
    file_.write(&slot, sizeof slot, found->second.slot * static_cast<std::int64_t>(sizeof slot));
}

}  // namespace etakahvila::journal
