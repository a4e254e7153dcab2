#include "domain/room/permission.hpp"

#include <array>

#include <boost/mp11/algorithm.hpp>

namespace etakahvila::domain {
namespace {

constexpr std::string_view everyone = "pgfmc";
constexpr std::string_view staff = "fmc";
constexpr std::string_view facilitator = "f";
constexpr std::string_view moderator = "m";
constexpr std::string_view leaders = "fm";
constexpr std::string_view markers = "mc";  // decide on attendance

constexpr std::string_view running = "RLB";     // the session is on
constexpr std::string_view people_in = "RDLB";  // participants are in the room
constexpr std::string_view staff_in = "RDLBA";  // staff work in the room

constexpr bool vital = true;  // saved from the reserve too
constexpr bool without_room = true;

constexpr std::array table{
    Permission{"start_rehearsal", staff, "P"},
    Permission{"end_rehearsal", staff, "R"},
    Permission{"open_doors", staff, "P"},
    Permission{"go_live", leaders, "D"},
    Permission{"start_break", leaders, "L"},
    Permission{"end_break", leaders, "B"},
    Permission{"start_debrief", leaders, "LB"},
    Permission{"close_session", staff, "LBA"},
    Permission{"reopen_session", staff, "C"},
    Permission{"set_where_we_are", staff, people_in},

    Permission{"set_current_item", leaders, people_in},
    Permission{"extend_item", leaders, running},
    Permission{"park_question", staff, staff_in},
    Permission{"resolve_parked", staff, "RDLBAC"},
    Permission{"show_parked", staff, staff_in},

    Permission{"change_name", everyone, people_in},
    Permission{"say_im_back", everyone, running, vital},
    Permission{"silence_person", moderator, staff_in},
    Permission{"end_silence", moderator, staff_in},
    Permission{"remove_person", leaders, staff_in},
    Permission{"readmit_person", leaders, staff_in},
    Permission{"set_on_phone", leaders, people_in},

    Permission{"request_floor", "pgfm", running},
    Permission{"cancel_floor_request", "pgfm", running},
    Permission{"approve_floor_request", facilitator, running},
    Permission{"deny_floor_request", facilitator, running},
    Permission{"restore_floor_request", facilitator, running},
    Permission{"grant_floor", facilitator, running},
    Permission{"grant_floor_to", facilitator, running},
    Permission{"release_turn", "pgfm", running},
    Permission{"revoke_turn", facilitator, running},
    Permission{"pause_turn", facilitator, running},
    Permission{"continue_turn", facilitator, running},
    Permission{"nudge_speaker", facilitator, running},
    Permission{"set_floor_policy", facilitator, people_in},
    Permission{"set_turn_limit", facilitator, people_in},
    Permission{"reorder_line_up", facilitator, running},
    Permission{"order_least_heard_first", facilitator, running},
    Permission{"start_round", facilitator, running},
    Permission{"end_round", facilitator, running},
    Permission{"pass_round", "pgfm", running},
    Permission{"take_round_later", "pgfm", running},
    Permission{"set_on_stage", facilitator, people_in},

    Permission{"send_message", everyone, staff_in},
    Permission{"claim_review", leaders, staff_in},
    Permission{"release_review", leaders, staff_in},
    Permission{"publish_message", leaders, staff_in},
    Permission{"reject_message", leaders, staff_in},
    Permission{"undo_rejection", leaders, staff_in},
    Permission{"retract_message", everyone, staff_in},
    Permission{"flag_message", "pgfm", people_in},
    Permission{"react_to_message", everyone, people_in},
    Permission{"request_floor_from_message", leaders, running},
    Permission{"ask_help_from_message", leaders, staff_in},
    Permission{"set_chat_mode", leaders, staff_in},
    Permission{"set_slow_mode", leaders, staff_in},
    Permission{"pin_announcement", leaders, staff_in},

    Permission{"ask_for_help", everyone, "PRDLBA", vital},
    Permission{"raise_help_for", staff, staff_in, vital},
    Permission{"add_help_line", everyone, "PRDLBA", vital},
    Permission{"cancel_help", everyone, "PRDLBA", vital},
    Permission{"claim_help", leaders, "PRDLBA", vital},
    Permission{"release_help", leaders, "PRDLBA", vital},
    Permission{"solve_help", leaders, "PRDLBA", vital},
    Permission{"hand_over_help", leaders, "PRDLBA", vital},

    Permission{"send_checkpoint", leaders, running},
    Permission{"answer_checkpoint", everyone, running, vital},
    Permission{"mark_attendance", markers, "C", !vital, without_room},
    Permission{"mark_all_clear", markers, "C", !vital, without_room},
    Permission{"take_back_marks", markers, "C", !vital, without_room},
    Permission{"correct_window", markers, "C"},
    Permission{"seal_attendance", markers, "C", !vital, without_room},
    Permission{"correct_attendance", markers, "S", !vital, without_room},
    Permission{"dismiss_late_join", markers, "S", !vital, without_room},

    Permission{"make_poll", staff, "PRDLBA"},
    Permission{"change_poll", staff, "PRDLBA"},
    Permission{"open_poll", staff, people_in},
    Permission{"answer_poll", "p", people_in},
    Permission{"answer_poll_for", staff, people_in},
    Permission{"close_poll", staff, people_in},
    Permission{"show_poll", staff, staff_in},
    Permission{"withdraw_poll", staff, "PRDLBA"},

    Permission{"open_feedback", staff, "LBACS"},

    Permission{"keep_turn_text", everyone, "RLBA"},

    Permission{"open_assignment", staff, "RDLBAC"},
    Permission{"close_assignment", staff, "RDLBACS"},
};

/// Not a command: whoever gives commands is in.
constexpr std::array at_door{Permission{"ask_at_door", "pg", "RDLBA"}};

using Commands = boost::mp11::mp_rename<Command::variant, boost::mp11::mp_list>;

consteval std::size_t row_of(std::string_view command) {
    std::size_t found = table.size();
    for (std::size_t index = 0; index < table.size(); ++index) {
        if (table[index].command != command) continue;
        if (found != table.size()) throw "a command stands twice in the table";
        found = index;
    }
    if (found == table.size()) throw "a command is missing from the table";
    return found;
}

template <class... Ts>
consteval auto rows_of(boost::mp11::mp_list<Ts...>) {
    return std::array{row_of(Ts::wire_name)...};
}

/// The row of each alternative of Command. Does not compile unless each has exactly one.
constexpr auto rows = rows_of(Commands{});
static_assert(rows.size() == table.size(), "the table names a command that does not exist");

constexpr std::string_view role_letters = "pgfmc";
/// Of each phase. X is a day that is cancelled, in which nobody does anything.
constexpr std::string_view phase_letters = "PRDLBACSX";
static_assert(phase_letters.size() == names_of(Phase{}).size());

}  // namespace

std::span<const Permission> permission_table() { return table; }

namespace {

std::optional<RefusalWord> why_not_by(const Permission& row, Role role, Phase phase) {
    if (row.roles.find(role_letters[static_cast<std::size_t>(role)]) == std::string_view::npos)
        return RefusalWord::not_permitted;
    if (row.phases.find(phase_letters[static_cast<std::size_t>(phase)]) == std::string_view::npos)
        return RefusalWord::not_now;
    return std::nullopt;
}

}  // namespace

std::span<const Permission> door_permissions() { return at_door; }

std::optional<RefusalWord> why_not_ask_at_door(Role role, Phase phase) {
    return why_not_by(at_door.front(), role, phase);
}

std::optional<RefusalWord> why_not(Role role, const Command& command, Phase phase) {
    return why_not_by(table[rows[command.index()]], role, phase);
}

std::optional<RefusalWord> why_not_without_room(Role role, const Command& command, Phase phase) {
    auto row = table[rows[command.index()]];
    if (!row.is_without_room) return why_not_by(row, role, phase).value_or(RefusalWord::not_now);
    row.roles = staff;
    return why_not_by(row, role, phase);
}

bool is_vital(const Command& command) { return table[rows[command.index()]].is_vital; }

}  // namespace etakahvila::domain
