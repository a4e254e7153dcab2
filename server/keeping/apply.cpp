#include "keeping/apply.hpp"

#include <algorithm>

#include "keeping/erasing.hpp"
#include "keeping/storage.hpp"

namespace etakahvila::keeping {
namespace {

std::int64_t known_by(const records::Database& database) { return fact(database, Fact::tombstone).value_or(0); }

}  // namespace

std::map<PersonId, InRooms> in_rooms_of_erased(
    const records::Database& reader, std::span<const Tombstone> tombstones, Rooms& rooms, UtcTime now) {
    std::map<PersonId, InRooms> found;
    for (const auto& tombstone : tombstones) {
        const PersonId person{tombstone.id};
        if (tombstone.rule || tombstone.number <= known_by(reader) || found.contains(person)) continue;
        found.emplace(person, in_rooms(reader, rooms, person, now));
    }
    return found;
}

Applied apply(records::Database& database, std::span<const Tombstone> tombstones,
    const std::map<PersonId, InRooms>& theirs, UtcTime now) {
    Applied applied;
    records::Unit unit{database};
    const auto known = known_by(database);
    const auto today = people::local_day(now);
    auto last = known;
    for (const auto& tombstone : tombstones) {
        if (tombstone.number <= known) continue;
        ++applied.tombstones;
        last = std::max(last, tombstone.number);
        if (!tombstone.rule) {
            const PersonId person{tombstone.id};
            if (is_kept_since(database, person, tombstone.at, today))
                applied.passed_over.push_back(person);
            else if (database.has("SELECT 1 FROM people WHERE id = ?", person))
                erase_person(database, person, theirs.at(person), now);
            continue;
        }
        ++applied.rows[*tombstone.rule];
        if (*tombstone.rule == protocol::KeepingRule::room_words)
            applied.rooms.emplace_back(tombstone.id);
        else
            erase(database, *tombstone.rule, {tombstone.id, tombstone.other});
    }
    if (last > known) put_fact(database, Fact::tombstone, last);
    unit.keep();
    return applied;
}

}  // namespace etakahvila::keeping
