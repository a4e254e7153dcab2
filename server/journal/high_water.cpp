#include "journal/high_water.hpp"

#include <array>
#include <cstddef>

#include <sodium.h>

namespace etakahvila::journal {
namespace {

/// As it is in the file. Slots are of a size that no sector's edge goes through.
struct Slot {
    std::int64_t session{};
    /// The step, and above it the chain, which is 0 in a room that was never compacted.
    std::int64_t place{};
    std::array<unsigned char, 16> check{};
};
static_assert(sizeof(Slot) == 32);

/// No room has as many steps.
constexpr std::int64_t steps_max = std::int64_t{1} << 40;

std::int64_t place_of(const HighWater::Mark& mark) { return mark.chain * steps_max + mark.seq; }
HighWater::Mark mark_at(std::int64_t place) { return {.chain = place / steps_max, .seq = place % steps_max}; }

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
        entries_[protocol::SessionId{slot.session}] = {.mark = mark_at(slot.place), .slot = at};
    }
}

HighWater::Mark HighWater::of(protocol::SessionId session) const {
    const std::lock_guard lock{mutex_};
    const auto found = entries_.find(session);
    return found == entries_.end() ? Mark{} : found->second.mark;
}

std::map<protocol::SessionId, HighWater::Mark> HighWater::all() const {
    const std::lock_guard lock{mutex_};
    std::map<protocol::SessionId, Mark> marks;
    for (const auto& [session, entry] : entries_) marks.emplace(session, entry.mark);
    return marks;
}

void HighWater::put(protocol::SessionId session, domain::Seq seq) {
    write(session, [&](Mark& mark) { mark.seq = seq; });
}

void HighWater::begin_chain(protocol::SessionId session, std::int64_t chain) {
    write(session, [&](Mark& mark) { mark = {.chain = chain, .seq = 1}; });
}

void HighWater::write(protocol::SessionId session, const std::function<void(Mark&)>& change) {
    const std::lock_guard lock{mutex_};
    if (!file_.is_open()) return;
    const auto [found, is_new] = entries_.try_emplace(session, Entry{.mark = {}, .slot = slots_});
    if (is_new) ++slots_;
    change(found->second.mark);
    Slot slot{.session = session.value, .place = place_of(found->second.mark), .check = {}};
    set_check(slot);
    file_.write(&slot, sizeof slot, found->second.slot * static_cast<std::int64_t>(sizeof slot));
}

}  // namespace etakahvila::journal
