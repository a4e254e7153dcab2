#include "api/messages.hpp"

#include "api/rooms.hpp"
#include "domain/room/room.hpp"

namespace etakahvila::api {
namespace {

using protocol::MessagesAnswer;
using protocol::RefusalWord;

void tell(runtime::RoomDirectory& directory, const AnyCall& call, std::int64_t before,
    const ReplyWith<MessagesAnswer>& reply) {
    const auto person = call.caller.person();
    if (!person || !call.session) return reply.refuse(RefusalWord::invalid);
    const auto room = room_of(directory, call.session, reply);
    if (!room) return;
    room->show([before, person = *person, reply](const domain::Room& state) -> base::Task {
        const auto* member = state.member(person);
        // Whoever was removed is told nothing more, whether or not their link still works.
        const bool is_out = member == nullptr || member->is_banned() ||
                            member->presence == protocol::PresenceState::removed;
        if (is_out) return [reply] { reply.refuse(RefusalWord::not_permitted); };
        const domain::Viewer viewer{.audience = domain::audience_of(member->role), .person = person};
        MessagesAnswer told;
        for (auto& change : domain::messages_before(state, viewer, before, domain::messages_shown_max))
            told.messages.push_back(std::get<protocol::Message>(std::move(change)));
        return [reply, told = std::move(told)] { reply.give(told); };
    });
}

}  // namespace

void Messages::handle(Call<routes::OwnMessages>& call) { tell(directory_, call, call.query.before, call.reply); }

void Messages::handle(Call<routes::Messages>& call) { tell(directory_, call, call.query.before, call.reply); }

}  // namespace etakahvila::api
