// How help went in a session: for the coordinator, by kind of trouble. Nothing of any person.

#include "domain/room/room.hpp"
#include "protocol/api/help.hpp"
#include "api/api.hpp"

namespace etakahvila::api {
namespace {

std::int64_t whole_seconds(base::Milliseconds span) {
    return std::chrono::duration_cast<std::chrono::seconds>(span).count();
}

}  // namespace

void Api::help(Call& call) {
    const auto room = room_of(call, call.session);
    if (!room) return;
    room->show([room, answer = call.answer](const domain::Room& state) -> base::Task {
        protocol::HelpFiguresAnswer told{.theme = state.session.plan.theme, .lines = {}};
        for (const auto& each : domain::help_figures(state, room->clock().room)) {
            told.lines.push_back({.kind = each.kind,
                .count = each.count,
                .median_seconds = whole_seconds(each.median_wait),
                .longest_seconds = whole_seconds(each.longest_wait)});
        }
        return [answer, told = std::move(told)] { give(answer, told); };
    });
}

}  // namespace etakahvila::api
