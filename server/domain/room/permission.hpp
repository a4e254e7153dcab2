#pragma once

// One table says who may: role × command × phase. It is printed for a person to read by
// tests/domain/permission_table_test.cpp, and asked by room.cpp before any rule is.

#include <span>
#include <string_view>

#include "domain/room/context.hpp"

namespace etakahvila::domain {

struct Permission {
    std::string_view command;
    std::string_view roles;   // p g f m c: participant, guest, facilitator, moderator, coordinator
    std::string_view phases;  // P planned, R rehearsal, D doors_open, L live, B paused (break), A debrief (afterwards),
                              // C closed, S sealed, X cancelled
    bool is_vital = false;
    /// In a day without a room too, to all staff.
    bool is_without_room = false;
};

std::span<const Permission> permission_table();

/// What is asked without a line to the room, at the door: the same kind of rows.
std::span<const Permission> door_permissions();
std::optional<RefusalWord> why_not_ask_at_door(Role, Phase);

/// Nothing when the role may give the command in the phase; else not_permitted (never for this
/// role) or not_now (in another phase).
std::optional<RefusalWord> why_not(Role, const Command&, Phase);
/// The same of a day without a room: staff decide on its attendance, whichever of them are placed in it, and nothing
/// else is there to be done.
std::optional<RefusalWord> why_not_without_room(Role, const Command&, Phase);

/// Whether the command is still saved when the disk is full, from the reserve: calls for help and
/// their answers, and signs of being there. All others are then refused as not_saving.
bool is_vital(const Command&);

}  // namespace etakahvila::domain
