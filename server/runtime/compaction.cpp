#include "runtime/compaction.hpp"

#include <future>

#include "domain/room/room.hpp"

namespace etakahvila::runtime {

Compaction compact_stored(journal::Journal& journal, protocol::SessionId session) {
    const auto stored = journal.load(session);
    if (stored.damaged_at) return Compaction::damaged;
    domain::Room room;
    for (const auto& step : stored.steps) apply(room, step);
    if (is_compacted(room) && room.seq == 1) return Compaction::was_done;
    if (!may_compact(room)) return Compaction::not_sealed;
    std::promise<bool> is_kept;
    journal.compact(session, room.seq, compacted_step(room), [&is_kept](bool durable) { is_kept.set_value(durable); });
    return is_kept.get_future().get() ? Compaction::done : Compaction::not_saved;
}

}  // namespace etakahvila::runtime
