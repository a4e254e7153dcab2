#include "journal/digest_chain.hpp"

#include <stdexcept>

#include <sodium.h>
#include <sqlite3.h>

#include "journal/format.hpp"
#include "journal/step_codec.hpp"
#include "records/sqlite_database.hpp"

namespace etakahvila::journal {
namespace {

class Hash {
public:
    Hash() { crypto_generichash_init(&state_, nullptr, 0, Digest{}.size()); }

    void add(std::string_view bytes) {
        crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    }
    void add(const Digest& digest) { crypto_generichash_update(&state_, digest.data(), digest.size()); }
    void add(std::int64_t number) {
        crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(&number), sizeof number);
    }

    Digest end() {
        Digest digest{};
        crypto_generichash_final(&state_, digest.data(), digest.size());
        return digest;
    }

private:
    crypto_generichash_state state_{};
};

Digest digest_in(const records::Rows& row, int column) {
    return row.get<std::optional<Digest>>(column).value_or(Digest{});
}

/// The number and the digest of the room's last record.
ChainEnd last_of(const records::Database& database, protocol::SessionId session) {
    {
        auto last = database.read("SELECT seq, digest FROM steps WHERE session = ? ORDER BY seq DESC LIMIT 1", session);
        if (last.next()) return {.steps = last.number(0), .digest = digest_in(last, 1)};
    }
    const auto room = room_row(database, session);
    return {.steps = 0, .digest = seed_of(session, room ? room->chained_with : std::nullopt)};
}

}  // namespace

std::vector<RoomRow> room_rows(const records::Database& database) {
    const bool has_seeds = journal_version(database) >= journal_version_with_level;
    std::vector<RoomRow> rooms;
    auto rows = database.read(has_seeds ? "SELECT session, epoch, chained_with FROM rooms ORDER BY session"
                                        : "SELECT session, epoch, NULL FROM rooms ORDER BY session");
    while (rows.next())
        rooms.push_back(
            {.session = rows.get<protocol::SessionId>(0), .epoch = rows.text(1), .chained_with = rows.text_or_none(2)});
    return rooms;
}

std::optional<RoomRow> room_row(const records::Database& database, protocol::SessionId session) {
    auto rows = database.read("SELECT epoch, chained_with FROM rooms WHERE session = ?", session);
    if (!rows.next()) return std::nullopt;
    return RoomRow{.session = session, .epoch = rows.text(0), .chained_with = rows.text_or_none(1)};
}

Digest seed_of(protocol::SessionId session, const std::optional<std::string>& chained_with) {
    if (!chained_with) return {};
    Hash hash;
    hash.add("etakahvila room");
    hash.add(session.value);
    hash.add(*chained_with);
    return hash.end();
}

Digest chained(const Digest& before, domain::Seq seq, std::string_view record) {
    Hash hash;
    hash.add(before);
    hash.add(seq);
    hash.add(record);
    return hash.end();
}

ChainEnd walk_chain(const records::Database& database, const RoomRow& room,
    const std::function<bool(domain::Seq, std::string_view)>& take) {
    ChainEnd end{.steps = 0, .digest = seed_of(room.session, room.chained_with)};
    try {
        auto rows = database.read("SELECT seq, record, digest FROM steps WHERE session = ? ORDER BY seq", room.session);
        while (rows.next()) {
            const auto seq = rows.number(0);
            const auto text = rows.view(1);
            const auto digest = chained(end.digest, seq, text);
            if (seq != end.steps + 1 || digest != digest_in(rows, 2) || (take && !take(seq, text))) {
                end.damaged_at = end.steps + 1;
                return end;
            }
            end.steps = seq;
            end.digest = digest;
        }
    } catch (const records::SqliteError& thrown) {
        if (thrown.code() != SQLITE_CORRUPT) throw;
        end.damaged_at = end.steps + 1;
    }
    return end;
}

void add_room(records::Database& database, protocol::SessionId session, const std::string& epoch) {
    const bool has_steps = database.has("SELECT 1 FROM steps WHERE session = ? LIMIT 1", session);
    database.write("INSERT INTO rooms (session, epoch, chained_with) VALUES (?, ?, ?)", session, epoch,
        has_steps ? std::nullopt : std::optional{epoch});
}

void insert_records(records::Database& database, protocol::SessionId session, std::span<const Record> records) {
    if (records.empty()) return;
    auto last = last_of(database, session);
    for (const auto& record : records) {
        if (record.seq != ++last.steps) throw std::logic_error("a step does not follow the one before it");
        last.digest = chained(last.digest, record.seq, record.text);
        database.write("INSERT INTO steps VALUES (?, ?, ?, ?)", session, record.seq, record.text, last.digest);
    }
}

void begin_room_anew(records::Database& database, protocol::SessionId session, const std::string& epoch) {
    database.write("UPDATE rooms SET epoch = ?, chained_with = ? WHERE session = ?", epoch, epoch, session);
}

std::optional<domain::Seq> chain_anew(
    records::Database& database, protocol::SessionId session, const std::string& epoch) {
    const auto room = room_row(database, session);
    if (!room) return std::nullopt;
    std::vector<Digest> digests;
    auto digest = seed_of(session, epoch);
    const auto end = walk_chain(database, *room, [&](domain::Seq seq, std::string_view text) {
        digest = chained(digest, seq, text);
        digests.push_back(digest);
        return true;
    });
    if (end.damaged_at) {
        database.write("UPDATE rooms SET epoch = ? WHERE session = ?", epoch, session);
        return end.damaged_at;
    }
    begin_room_anew(database, session, epoch);
    for (std::size_t index = 0; index < digests.size(); ++index)
        database.write("UPDATE steps SET digest = ? WHERE session = ? AND seq = ?", digests[index], session, index + 1);
    return std::nullopt;
}

std::vector<RoomFault> room_faults(const records::Database& database) {
    std::vector<RoomFault> faults;
    for (const auto& room : room_rows(database)) {
        bool is_newer = false;
        const auto end = walk_chain(database, room, [&](domain::Seq seq, std::string_view text) {
            is_newer = !decode_step(seq, text);
            return !is_newer;
        });
        if (end.damaged_at) faults.push_back({.session = room.session, .step = *end.damaged_at, .is_newer = is_newer});
    }
    return faults;
}

void read_steps(const records::Database& database, const RoomRow& row, StoredRoom& into) {
    const auto end = walk_chain(database, row, [&](domain::Seq seq, std::string_view text) {
        auto step = decode_step(seq, text);
        into.is_newer = !step;
        if (step) into.steps.push_back(std::move(*step));
        return step.has_value();
    });
    into.damaged_at = end.damaged_at;
}

}  // namespace etakahvila::journal
