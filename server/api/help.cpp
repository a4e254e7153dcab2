#include "api/help.hpp"

#include "api/rooms.hpp"
#include "domain/room/room.hpp"

namespace etakahvila::api {
namespace {

std::int64_t whole_seconds(base::Milliseconds span) {
    return std::chrono::duration_cast<std::chrono::seconds>(span).count();
}

}  // namespace

void Help::handle(Call<routes::HelpFigures>& call) {
    const auto room = room_of(directory_, call.session, call.reply);
    if (!room) return;
    room->show([room, reply = call.reply](const domain::Room& state) -> base::Task {
        protocol::HelpFiguresAnswer told{.theme = state.session.plan.theme, .lines = {}};
        for (const auto& each : domain::help_figures(state, room->clock().room)) {
            told.lines.push_back({.kind = each.kind,
                .count = each.count,
                .median_seconds = whole_seconds(each.median_wait),
                .longest_seconds = whole_seconds(each.longest_wait)});
        }
        return [reply, told = std::move(told)] { reply.give(told); };
    });
}

}  // namespace etakahvila::api
