#include <algorithm>

#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

void write(
    Play& play, PersonId author, Channel channel, const std::string& text, std::optional<MessageId> reply_to = {}) {
    play.ask(author, SendMessage{.channel = channel, .text = text, .reply_to = reply_to});
    // By the words that everyone sees, which may not be all that was written.
    if (const auto* sent = play.last().find<MessageSent>()) play.messages[sent->text] = sent->message;
}

const ReviewItem& review(const Sight& sight, const std::string& text) {
    const auto* item = sight.view.review_item(sight.play.message(text));
    expect(item != nullptr, "the message does not wait for a moderator");
    return *item;
}

bool has_reason(const ReviewItem& item, HoldReason reason) {
    return std::find(item.reasons.begin(), item.reasons.end(), reason) != item.reasons.end();
}

std::int64_t reactions(const Message& message, Reaction reaction) {
    for (const auto& each : message.reactions.value_or(std::vector<ReactionCount>{})) {
        if (each.reaction == reaction) return each.count;
    }
    return 0;
}

}  // namespace

void add_chat_sentences(Sentences& says) {
    // ---- writing
    says.does("<person> writes: <quote>.",
        [](Play& play, const Blanks& blanks) { write(play, blanks.person(0), Channel::room, blanks.text(1)); });
    says.does("<person> writes to the staff: <quote>.",
        [](Play& play, const Blanks& blanks) { write(play, blanks.person(0), Channel::staff, blanks.text(1)); });
    says.does("<person> writes in answer to <quote>: <quote>.", [](Play& play, const Blanks& blanks) {
        write(play, blanks.person(0), Channel::room, blanks.text(2), play.message(blanks.text(1)));
    });
    says.does("<person> writes <number> messages.", [](Play& play, const Blanks& blanks) {
        for (std::int64_t number = 1; number <= blanks.number(1); ++number)
            write(play, blanks.person(0), Channel::room, "Viesti " + std::to_string(number));
    });
    says.does("<person> writes a message of <number> letters.", [](Play& play, const Blanks& blanks) {
        write(play, blanks.person(0), Channel::room, std::string(static_cast<std::size_t>(blanks.number(1)), 'a'));
    });
    says.does("<person> takes back <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(
            blanks.person(0), RetractMessage{.message = play.message(blanks.text(1)), .reason = {}, .version = {}});
    });
    says.does("<person> takes <quote> away: <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0),
            RetractMessage{.message = play.message(blanks.text(1)), .reason = blanks.text(2), .version = {}});
    });
    says.does(
        "<person> takes <quote> away, having seen version <number>: <quote>.", [](Play& play, const Blanks& blanks) {
            play.ask(blanks.person(0),
                RetractMessage{
                    .message = play.message(blanks.text(1)), .reason = blanks.text(3), .version = blanks.number(2)});
        });
    says.does("<person> flags <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), FlagMessage{play.message(blanks.text(1))});
    });
    says.does("<person> gives <quote> a <word>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0),
            ReactToMessage{.message = play.message(blanks.text(1)), .reaction = blanks.word<Reaction>(2), .on = true});
    });
    says.does("<person> takes the <word> of <quote> back.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0),
            ReactToMessage{.message = play.message(blanks.text(2)), .reaction = blanks.word<Reaction>(1), .on = false});
    });

    // ---- the review
    says.does("<person> claims <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), ClaimReview{play.message(blanks.text(1))});
    });
    says.does("<person> gives the claim of <quote> back.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), ReleaseReview{play.message(blanks.text(1))});
    });
    says.does("<person> publishes <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0),
            PublishMessage{.message = play.message(blanks.text(1)), .version = play.review_version(blanks.text(1))});
    });
    says.does("<person> publishes <quote>, having seen version <number>.", [](Play& play, const Blanks& blanks) {
        play.ask(
            blanks.person(0), PublishMessage{.message = play.message(blanks.text(1)), .version = blanks.number(2)});
    });
    says.does("<person> rejects <quote>: <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), RejectMessage{.message = play.message(blanks.text(1)),
                                       .version = play.review_version(blanks.text(1)),
                                       .reason = blanks.text(2)});
    });
    says.does("<person> undoes the rejection of <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), UndoRejection{play.message(blanks.text(1))});
    });
    says.does("<person> makes <quote> a request for the floor.", [](Play& play, const Blanks& blanks) {
        const auto message = play.message(blanks.text(1));
        play.ask(blanks.person(0),
            RequestFloorFromMessage{.message = message, .version = play.review_version(blanks.text(1))});
        if (play.last().is_done())
            play.requests[find_message(play.room().room(), message)->author] = play.last().id<RequestId>();
    });
    says.does("<person> makes <quote> a request for help.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), AskHelpFromMessage{.message = play.message(blanks.text(1)),
                                       .version = play.review_version(blanks.text(1))});
    });

    // ---- the rules of the chat
    says.does("<person> makes the chat <word>.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), SetChatMode{blanks.word<ChatMode>(1)}); });
    says.does("<person> sets <number> seconds between messages.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), SetSlowMode{blanks.number(1)}); });
    says.does("<person> pins: <quote>.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), PinAnnouncement{blanks.text(1)}); });

    // ---- what is seen
    says.sees("the message <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.message(blanks.text(0)).text.value_or(""), blanks.text(0), "the text");
    });
    says.sees("the message <quote> by <person>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.message(blanks.text(0)).text.value_or(""), blanks.text(0), "the text");
        expect_same(
            sight.play.name(sight.message(blanks.text(0)).author), sight.play.name(blanks.person(1)), "the author");
    });
    says.sees("<quote> is <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.message(blanks.text(0)).state, blanks.word<MessageState>(1), "the message");
    });
    says.sees("<quote> is <word>: <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.message(blanks.text(0)).state, blanks.word<MessageState>(1), "the message");
        expect_same(sight.message(blanks.text(0)).reason.value_or(""), blanks.text(2), "the reason");
    });
    says.sees("<quote> is <word>, because it was <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.message(blanks.text(0)).state, blanks.word<MessageState>(1), "the message");
        expect(sight.message(blanks.text(0)).kind_reason == blanks.word<KindReason>(2), "it is for another reason");
    });
    says.sees("a tombstone in place of <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.message(blanks.text(0)).state, MessageState::retracted, "the message");
        expect(!sight.message(blanks.text(0)).text, "the text is still there");
    });
    says.sees("<quote> comes before <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.message(blanks.text(0)).place < sight.message(blanks.text(1)).place, "it comes after it");
    });
    says.sees("<quote> has <number> <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(reactions(sight.message(blanks.text(0)), blanks.word<Reaction>(2)), blanks.number(1), "the number");
    });
    says.sees("<quote> answers <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.message(blanks.text(0)).reply_to == sight.play.message(blanks.text(1)),
            "it answers something else, or nothing");
    });
    says.sees("<number> message(s).", [](const Sight& sight, const Blanks& blanks) {
        expect_same(static_cast<std::int64_t>(sight.view.messages().size()), blanks.number(0), "the number");
    });
    says.sees("<number> message(s) to review.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(static_cast<std::int64_t>(sight.view.all<ReviewItem>().size()), blanks.number(0), "the number");
    });
    says.sees("<quote> waits for a moderator.",
        [](const Sight& sight, const Blanks& blanks) { review(sight, blanks.text(0)); });
    says.sees("<quote> waits for a moderator because of <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect(has_reason(review(sight, blanks.text(0)), blanks.word<HoldReason>(1)), "it waits for another reason");
    });
    says.sees("<quote> was caught for <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(review(sight, blanks.text(0)).caught.value_or(""), blanks.text(1), "what was caught");
    });
    says.sees("<quote> is claimed by <person>.", [](const Sight& sight, const Blanks& blanks) {
        expect(
            review(sight, blanks.text(0)).claimed_by == blanks.person(1), "it is claimed by nobody, or somebody else");
    });
    says.sees("<quote> is claimed by nobody.", [](const Sight& sight, const Blanks& blanks) {
        expect(!review(sight, blanks.text(0)).claimed_by, "it is claimed");
    });
    says.sees("<quote> has <number> flag(s).", [](const Sight& sight, const Blanks& blanks) {
        expect_same(review(sight, blanks.text(0)).flags, blanks.number(1), "the number");
    });
    says.sees("the chat is <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.view.chat()->mode, blanks.word<ChatMode>(0), "the chat");
    });
    says.sees("<number> seconds between messages.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.view.chat()->slow_seconds, blanks.number(0), "the number");
    });
    says.sees("the announcement <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.view.chat()->announcement.value_or(""), blanks.text(0), "the announcement");
    });
    says.sees("no announcement.",
        [](const Sight& sight, const Blanks&) { expect(!sight.view.chat()->announcement, "there is one"); });
}

const Subject chat_sentences{add_chat_sentences};

}  // namespace etakahvila::testing
