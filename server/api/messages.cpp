// Older messages than the room shows by itself.

#include <charconv>

#include "protocol/api/messages.hpp"
#include "api/api.hpp"

namespace etakahvila::api {
namespace {

using protocol::RefusalWord;

}  // namespace

void Api::messages(Call& call) {
    const auto before_text = call.request.field("before").value_or(std::string_view{});
    std::int64_t before{};
    const auto [end, error] = std::from_chars(before_text.data(), before_text.data() + before_text.size(), before);
    if (error != std::errc{} || end != before_text.data() + before_text.size() || before < 0)
        return refuse(call.answer, RefusalWord::invalid);

    const auto person = call.caller.person();
    if (!person || !call.session) return refuse(call.answer, RefusalWord::invalid);
    const auto room = room_of(call, call.session);
    if (!room) return;
    room->show([this, before, person = *person, answer = call.answer](const domain::Room& state) -> base::Task {
        const auto* member = state.member(person);
        // Whoever was removed is told nothing more, whether or not their link still works.
        const bool is_out = member == nullptr || member->is_banned() ||
                            member->presence == protocol::PresenceState::removed;
        if (is_out) return [this, answer] { refuse(answer, RefusalWord::not_permitted); };
        const domain::Viewer viewer{.audience = domain::audience_of(member->role), .person = person};
        protocol::MessagesAnswer told;
        for (auto& change : domain::messages_before(state, viewer, before, domain::messages_shown_max))
            told.messages.push_back(std::get<protocol::Message>(std::move(change)));
        return [answer, told = std::move(told)] { give(answer, told); };
    });
}

}  // namespace etakahvila::api
