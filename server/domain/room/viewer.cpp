#include "domain/room/viewer.hpp"

#include <algorithm>
#include <set>

#include "domain/room/room.hpp"

namespace etakahvila::domain {

std::optional<Change> see(const Room& room, ThingRef thing, const Viewer& viewer) {
    switch (thing.kind) {
        case ChangeKind::room: return see_room(room, viewer);
        case ChangeKind::agenda: return see_agenda(room, viewer);
        case ChangeKind::parked_question: return see(room, ParkedId{thing.id}, viewer);
        case ChangeKind::person: return see(room, PersonId{thing.id}, viewer);
        case ChangeKind::floor: return see_floor(room, viewer);
        case ChangeKind::floor_request: return see(room, RequestId{thing.id}, viewer);
        case ChangeKind::turn: return see_turn(room, viewer);
        case ChangeKind::round: return see_round(room, viewer);
        case ChangeKind::contribution: return see_contribution(room, PersonId{thing.id}, viewer);
        case ChangeKind::chat: return see_chat(room, viewer);
        case ChangeKind::message: return see(room, MessageId{thing.id}, viewer);
        case ChangeKind::review_item: return see_review_item(room, MessageId{thing.id}, viewer);
        case ChangeKind::help_request: return see(room, HelpId{thing.id}, viewer);
        case ChangeKind::help_line: return see(room, HelpLineId{thing.id}, viewer);
        case ChangeKind::attendance_line: return see_attendance_line(room, PersonId{thing.id}, viewer);
        case ChangeKind::checkpoint: return see_checkpoint(room, viewer);
        case ChangeKind::turn_text: return see(room, TurnId{thing.id}, viewer);
        case ChangeKind::attendance_day: return see_attendance_day(room, viewer);
    }
    return std::nullopt;
}

void add_personal_viewers(const Room& room, ThingRef thing, std::vector<PersonId>& out) {
    switch (thing.kind) {
        case ChangeKind::person: add_personal_viewers(room, PersonId{thing.id}, out); return;
        case ChangeKind::floor_request: add_personal_viewers(room, RequestId{thing.id}, out); return;
        case ChangeKind::message: add_personal_viewers(room, MessageId{thing.id}, out); return;
        case ChangeKind::help_request: add_personal_viewers(room, HelpId{thing.id}, out); return;
        case ChangeKind::help_line: add_personal_viewers(room, HelpLineId{thing.id}, out); return;
        case ChangeKind::checkpoint: add_checkpoint_personal_viewers(room, out); return;
        default: return;
    }
}

std::vector<Change> snapshot(const Room& room, const Viewer& viewer) {
    std::vector<ThingRef> things{{ChangeKind::room, 0}, {ChangeKind::agenda, 0}};
    for (const auto& [id, parked] : room.agenda.parked) things.push_back({ChangeKind::parked_question, id.value});
    for (const auto& [id, member] : room.presence.members) things.push_back({ChangeKind::person, id.value});
    add_floor_things(room, things);
    add_chat_things(room, viewer, things);
    add_help_things(room, things);
    add_attendance_things(room, things);
    add_turn_text_things(room, things);
    std::vector<Change> seen;
    seen.reserve(things.size());
    for (const auto thing : things) {
        auto change = see(room, thing, viewer);
        if (change && !std::holds_alternative<Dropped>(*change)) seen.push_back(std::move(*change));
    }
    return seen;
}

namespace {

/// Of the messages that were made after `since` a newcomer would not be shown the older ones any
/// more, and neither is who comes back: who was away for hours is shown the newest, and can turn back.
void leave_out_old_messages(const Room& room, Seq since, const Viewer& viewer, std::vector<ThingRef>& things) {
    const auto is_new_message = [&](const ThingRef& thing) {
        return thing.kind == ChangeKind::message && thing.id > since;
    };
    if (std::count_if(things.begin(), things.end(), is_new_message) <= static_cast<std::ptrdiff_t>(messages_shown_max))
        return;
    std::vector<ThingRef> shown;
    add_chat_things(room, viewer, shown);
    const std::set<ThingRef> is_shown{shown.begin(), shown.end()};
    std::erase_if(things, [&](const ThingRef& thing) { return is_new_message(thing) && !is_shown.contains(thing); });
}

}  // namespace

std::vector<Change> changes_since(const Room& room, Seq since, const Viewer& viewer) {
    std::vector<Change> seen;
    auto things = room.changes.since(since, viewer.audience);
    leave_out_old_messages(room, since, viewer, things);
    for (const auto thing : things) {
        if (auto change = see(room, thing, viewer)) seen.push_back(std::move(*change));
    }
    return seen;
}

}  // namespace etakahvila::domain
