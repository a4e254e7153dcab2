#pragma once

#include <map>

#include "domain/agenda/agenda.hpp"
#include "journal/records.hpp"
#include "people/carried_questions.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::house {

/// What the records must say of carried questions with a step: written in the step's own commit, so that no crash loses
/// one or keeps what was taken back. Nothing for most steps.
journal::Records::Write carried_rows(protocol::SessionId session, const domain::Step& step);

/// What comes up in a session by now, as its room is told.
domain::KnowCarried carried_to(const records::Database& reader, protocol::SessionId session, base::UtcTime now);

/// Tells open rooms what comes up in them when that has changed: what is carried or taken back elsewhere, a day that is
/// cancelled or moved. A room that is opened later learns it then. For one thread.
class CarriedLook {
public:
    CarriedLook(runtime::RoomDirectory& directory, const base::Clock& clock) : directory_{directory}, clock_{clock} {}

    void look(const records::Database& reader);

private:
    runtime::RoomDirectory& directory_;
    const base::Clock& clock_;
    /// What each of the open rooms was told.
    std::map<protocol::SessionId, domain::KnowCarried> told_;
};

}  // namespace etakahvila::house
