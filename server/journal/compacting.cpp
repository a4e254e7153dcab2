#include "journal/compacting.hpp"

#include <array>
#include <stdexcept>

#include <sodium.h>

#include "journal/ballot_box.hpp"
#include "journal/digest_chain.hpp"
#include "journal/step_codec.hpp"

namespace etakahvila::journal {
namespace {

std::string in_hex(const Digest& digest) {
    std::array<char, 2 * Digest{}.size() + 1> text{};
    sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
    return text.data();
}

}  // namespace

domain::Step with_earlier(domain::Step step, domain::EarlierChain earlier) {
    for (auto& event : step.events) {
        const auto* compacted = std::get_if<domain::RoomCompacted>(&event.any());
        if (compacted == nullptr) continue;
        auto whole = *compacted;
        whole.earlier = earlier;
        event = std::move(whole);
    }
    return step;
}

std::int64_t chain_of(const records::Database& database, protocol::SessionId session) {
    return database.one<std::int64_t>("SELECT compactions FROM rooms WHERE session = ?", session).value_or(0);
}

std::int64_t compact_room(records::Database& database, protocol::SessionId session, domain::Seq through,
    domain::Step step, const std::string& epoch) {
    const auto room = room_row(database, session);
    if (!room) throw std::logic_error("there is no such room to be compacted");
    const auto end = walk_chain(database, *room);
    if (end.damaged_at || end.steps != through)
        throw std::logic_error("a room that is compacted is not the one that is kept");
    // Each time with all of its poll: their pages are emptied as a whole.
    for (const auto& ballot : ballots_of(database, session)) empty_box(database, session, ballot.poll);
    database.write("DELETE FROM steps WHERE session = ?", session);
    begin_room_anew(database, session, epoch);
    database.write("UPDATE rooms SET compactions = compactions + 1 WHERE session = ?", session);
    const auto first = with_earlier(std::move(step), {.steps = end.steps, .digest = in_hex(end.digest)});
    const std::array records{Record{.seq = first.seq, .text = encode_step(first)}};
    insert_records(database, session, records);
    return chain_of(database, session);
}

}  // namespace etakahvila::journal
