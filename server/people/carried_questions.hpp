#pragma once

// Parked questions that are carried to another session. A row is of the session in which the question was parked, and
// comes up in the next one of its series; there it may be carried again, as a row of its own that knows the earlier
// one.
//
// - The next is the first by its start that is not cancelled and not over. From live on it keeps what has come up in
//   it; until then a day that is cancelled or moved gives it on.
// - A row has the words, and nothing of who asked.

#include <optional>
#include <string>
#include <vector>

#include "people/storage.hpp"
#include "protocol/agenda.hpp"

namespace etakahvila::people {

using base::UtcTime;
using protocol::CarriedId;
using protocol::ParkedId;
using protocol::SeenBy;
using protocol::SessionId;

struct CarriedQuestion {
    CarriedId id;
    std::string text;
    SeenBy seen_by = SeenBy::staff;
    /// When the session began in which it was asked.
    UtcTime asked_at;
    bool operator==(const CarriedQuestion&) const = default;
};

struct CarriedWords {
    std::string text;
    SeenBy seen_by = SeenBy::staff;
    /// The row as which it came, where the words are still that one's: with it they are taken back.
    std::optional<CarriedId> earlier;
    /// Not there: in this session.
    std::optional<UtcTime> asked_at;
};

/// Carries a question of the session, or keeps it as it is now. What was taken back meanwhile is not carried.
void carry_question(records::Database& database, SessionId session, ParkedId parked, const CarriedWords& words);

/// The staff have written it anew, for everyone; nothing where it is not carried.
void show_carried(records::Database& database, SessionId session, ParkedId parked, const std::string& text);

/// It is carried no longer, unless it has come up already.
void end_carrying(records::Database& database, SessionId session, ParkedId parked);

/// Its message was taken back: it is forgotten wherever it has been carried, or is for the staff alone there.
void withdraw_carried(records::Database& database, SessionId session, ParkedId parked, bool for_staff);

/// The session is live: it keeps what comes up in it.
void keep_carried(records::Database& database, SessionId session, UtcTime now);
/// The session has answered it, or carried it again: it comes up in no other as this row.
void keep_carried(records::Database& database, SessionId session, CarriedId carried);

/// What comes up in the session by now, in the order in which it was carried.
std::vector<CarriedQuestion> carried_to(const records::Database& database, SessionId session, UtcTime now);

}  // namespace etakahvila::people
