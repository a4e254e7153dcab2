#pragma once

// The rows of a room's steps. Each has a digest that covers the one before it: a record that was changed, lost or moved
// shows. The first covers the room's number and its epoch: steps that were copied under another session, or from
// another life of the room, show too.

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "journal/journal.hpp"
#include "records/database.hpp"

namespace etakahvila::journal {

using Digest = std::array<unsigned char, 16>;

/// A step as it is kept.
struct Record {
    domain::Seq seq{};
    std::string text;
};

/// A room's row. `chained_with`: the epoch that its digests begin with; nothing: they begin with zeros, as those of
/// rooms that were made before format level 2.
struct RoomRow {
    protocol::SessionId session;
    std::string epoch;
    std::optional<std::string> chained_with;
};

/// Of a database of any level.
std::vector<RoomRow> room_rows(const records::Database& database);
/// Of one at this level.
std::optional<RoomRow> room_row(const records::Database& database, protocol::SessionId session);

/// What a room's first digest covers in place of one before it.
Digest seed_of(protocol::SessionId session, const std::optional<std::string>& chained_with);
/// The digest of a record behind another.
Digest chained(const Digest& before, domain::Seq seq, std::string_view record);

/// How far a room's records are as they were written.
struct ChainEnd {
    domain::Seq steps{};
    Digest digest{};
    /// The first that is not.
    std::optional<domain::Seq> damaged_at{};
};

/// Each record that is as it was written, in order, until `take` answers false, which counts as damage. Does not know
/// what the records say.
ChainEnd walk_chain(const records::Database& database, const RoomRow& room,
    const std::function<bool(domain::Seq, std::string_view)>& take = {});

/// Makes the room's row. Digests of steps that are there already begin with zeros.
void add_room(records::Database& database, protocol::SessionId session, const std::string& epoch);

/// Behind those that are there. Throws std::logic_error when they do not follow.
void insert_records(records::Database& database, protocol::SessionId session, std::span<const Record> records);

/// The room, of which no step is there any more, gets another epoch, and its digests begin with it.
void begin_room_anew(records::Database& database, protocol::SessionId session, const std::string& epoch);

/// The room's steps as they are, under another epoch, with digests that begin with it. When they are not as they were
/// written, the room gets the epoch alone: damage stays to be seen. Answers the first step that is not.
std::optional<domain::Seq> chain_anew(
    records::Database& database, protocol::SessionId session, const std::string& epoch);

/// Where a room's steps end for this program.
struct RoomFault {
    protocol::SessionId session;
    domain::Seq step{};
    /// The record is whole: a newer program wrote it.
    bool is_newer{};
};

/// Every room whose steps do not all verify, or are not all known. Reads all of them.
std::vector<RoomFault> room_faults(const records::Database& database);

/// The steps up to the first that is not as it was written, or that this program does not know.
void read_steps(const records::Database& database, const RoomRow& row, StoredRoom& into);

}  // namespace etakahvila::journal
