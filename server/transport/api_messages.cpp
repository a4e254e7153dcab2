// Older messages than the room shows by itself.

#include <charconv>

#include "transport/api.hpp"

namespace etakahvila::transport {
namespace {

using protocol::RefusalWord;

struct MessagesAnswer {
    std::vector<protocol::Change> messages;
};
BOOST_DESCRIBE_STRUCT(MessagesAnswer, (), (messages))

}  // namespace

void Api::messages(Call& call) {
    if (call.request.bearer.empty()) return refuse(call.answer, RefusalWord::not_permitted);
    const auto before_text = call.request.field("before").value_or(std::string_view{});
    std::int64_t before{};
    const auto [end, error] = std::from_chars(before_text.data(), before_text.data() + before_text.size(), before);
    if (error != std::errc{} || end != before_text.data() + before_text.size() || before < 0) return refuse(call.answer, RefusalWord::invalid);

    // A client has come in by its link or by its code, and shows the same here.
    const bool is_code = !people::Secret::from_link(call.request.bearer);
    const auto found = invitation_of(call, is_code ? std::optional<std::string>{} : call.request.bearer, is_code ? std::optional{call.request.bearer} : std::nullopt);
    if (const auto* refusal = std::get_if<protocol::Refusal>(&found)) return refuse(call.answer, *refusal);
    const auto& invitation = std::get<people::Invitation>(found);
    if (!invitation.session) return refuse(call.answer, RefusalWord::not_permitted);
    const auto room = room_of(call, *invitation.session);
    if (!room) return;
    room->look([this, before, person = *invitation.person, answer = call.answer](const domain::Room& state) {
        const auto* member = state.member(person);
        if (member == nullptr || member->is_banned) return refuse(answer, RefusalWord::not_permitted);
        const domain::Viewer viewer{.audience = domain::audience_of(member->role), .person = person};
        give(answer, MessagesAnswer{domain::messages_before(state, viewer, before, domain::messages_shown_max)});
    });
}

}  // namespace etakahvila::transport
