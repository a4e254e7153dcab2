#pragma once

// A live room with two moderators, for the tests of the chat and of help.

#include "support/catch.hpp"
#include "support/room_driver.hpp"

namespace etakahvila::testing {

struct ChatRoom : RoomDriver {
    explicit ChatRoom(SessionPlan plan = usual_plan()) : RoomDriver{std::move(plan)} { go_live(ohjaaja); }

    PersonId ohjaaja = admit("Ohjaaja", Role::facilitator);
    PersonId moderaattori = admit("Moderaattori", Role::moderator);
    PersonId toinen = admit("Toinen moderaattori", Role::moderator);
    PersonId mustikka = admit("Mustikka");
    PersonId hauki = admit("Hauki");

    Answer write(
        PersonId person, std::string text, std::optional<MessageId> reply_to = {}, Channel channel = Channel::room) {
        return ask(person, SendMessage{.channel = channel, .text = std::move(text), .reply_to = reply_to});
    }
    /// A message that has gone through; its id.
    MessageId sent(PersonId person, std::string text, Channel channel = Channel::room) {
        const auto answer = write(person, std::move(text), {}, channel);
        REQUIRE(answer.is_done());
        return answer.id<MessageId>();
    }
    /// A message that waits, whatever the mode.
    MessageId held(PersonId person, std::string text) {
        const auto mode = room().chat.mode;
        ask(moderaattori, SetChatMode{ChatMode::all_held});
        const auto id = sent(person, std::move(text));
        ask(moderaattori, SetChatMode{mode});
        return id;
    }
    Answer publish(PersonId staff, MessageId id) {
        return ask(staff, PublishMessage{.message = id, .version = version(id)});
    }
    Answer reject(PersonId staff, MessageId id, std::string reason = "Viesti kertoo toisesta ihmisestä.") {
        return ask(staff, RejectMessage{.message = id, .version = version(id), .reason = std::move(reason)});
    }
    Answer retract(PersonId person, MessageId id, std::optional<std::string> reason = {}) {
        return ask(person, RetractMessage{.message = id, .reason = std::move(reason), .version = {}});
    }
    Answer flag(PersonId person, MessageId id) { return ask(person, FlagMessage{id}); }
    Answer claim(PersonId staff, MessageId id) { return ask(staff, ClaimReview{id}); }

    /// The version that the moderators see; 1 when they see none.
    std::int64_t version(MessageId id) const {
        const auto shown = view(moderaattori);
        const auto* item = shown.review_item(id);
        return item == nullptr ? 1 : item->version;
    }
    /// The state in which the person sees the message; nothing when they do not see it.
    std::optional<MessageState> state(PersonId person, MessageId id) const {
        const auto shown = view(person);
        const auto* message = shown.message(id);
        return message == nullptr ? std::nullopt : std::optional{message->state};
    }
    Message message(PersonId person, MessageId id) const {
        const auto shown = view(person);
        const auto* found = shown.message(id);
        REQUIRE(found != nullptr);
        return *found;
    }
    std::optional<ReviewItem> item(MessageId id) const {
        const auto shown = view(moderaattori);
        const auto* found = shown.review_item(id);
        return found == nullptr ? std::nullopt : std::optional{*found};
    }
    std::vector<HoldReason> reasons(MessageId id) const {
        const auto found = item(id);
        return found ? found->reasons : std::vector<HoldReason>{};
    }
};

}  // namespace etakahvila::testing
