#pragma once

// Messages and their review (RULES.md). chat.cpp has what people write and what is
// shown of it, review.cpp what moderators decide on it.

#include <map>
#include <set>

#include "domain/chat/events.hpp"
#include "domain/chat/hold_rules.hpp"
#include "domain/room/rule.hpp"

namespace etakahvila::domain {

class Decision;

/// The longest text that a message may have.
inline constexpr std::size_t message_code_points_max = 1000;
inline constexpr std::size_t reason_code_points_max = 200;
inline constexpr std::size_t announcement_code_points_max = 300;
/// How long a claim of a review item holds without being renewed.
inline constexpr Milliseconds review_lease{60'000};
/// How long a rejection can be undone.
inline constexpr Milliseconds undo_window{10'000};
/// How many undecided flags one person may have; the next is limit_reached.
inline constexpr std::size_t open_flags_max = 10;
/// How many messages of one person may wait because of a flood; the next is limit_reached.
inline constexpr std::size_t flood_held_max = 30;
/// Supportive signs are shown at once when none has been for so long; those that follow are
/// gathered and shown together.
inline constexpr Milliseconds reactions_shown_every{1'000};

struct ReviewClaim {
    PersonId by;
    RoomTime until;
    /// The item's version that was claimed: whoever claims has seen it, and may name it still.
    std::int64_t version{};
};

/// What waits for a moderator.
struct Review {
    std::vector<HoldReason> reasons;
    std::optional<std::string> caught;
    std::int64_t flags{};
    RoomTime since;
    std::optional<ReviewClaim> claim;
    /// The last of the staff who claimed, released or gave it back.
    std::optional<PersonId> changed_by;
};

// The states of a message: held → published | rejected | retracted, published → retracted. A
// held message is retracted by its author only: nobody else has seen it, nobody sees a tombstone.
struct HeldMessage {
    Review review;
};
struct PublishedMessage {
    /// While it is flagged.
    std::optional<Review> review;
    /// Who let it pass; not there when nobody had to.
    std::optional<PersonId> by;
};
struct RejectedMessage {
    Review review;
    std::string reason;
    std::optional<KindReason> kind_reason;
    /// Not there when the session's end did it.
    std::optional<PersonId> by;
    RoomTime at;
};
struct RetractedMessage {
    PersonId by;
    std::string reason;
    bool was_published{};
};

struct ChatMessage {
    MessageId id;
    PersonId author;
    Channel channel{};
    std::string text;
    RoomTime at;
    /// The step that published it; the step that received it until then.
    std::int64_t place{};
    std::optional<MessageId> reply_to;
    std::string command;
    std::variant<HeldMessage, PublishedMessage, RejectedMessage, RetractedMessage> state;
    /// Rises over all reviews of the message, so that no decision meant for one falls on the next.
    std::int64_t review_version{};
    /// All who ever asked the moderators to look at it: once each.
    std::set<PersonId> flagged_by;
    std::map<Reaction, std::set<PersonId>> reactions;
    /// As they were when they were last shown.
    std::vector<ReactionCount> shown_reactions;
};

/// What the chat remembers of one who writes.
struct ChatAuthor {
    /// Messages to the room of the last two minutes.
    std::deque<SentText> sent;
    std::optional<RoomTime> last_sent;
    /// How many have been published today.
    std::int64_t published{};
    /// Messages that they flagged and nobody has decided on yet.
    std::set<MessageId> open_flags;
};

struct Chat {
    ChatMode mode = ChatMode::open;
    std::int64_t slow_seconds{};
    std::string announcement;
    std::map<MessageId, ChatMessage> messages;
    std::map<std::int64_t, MessageId> by_place;
    std::set<MessageId> under_review;
    std::map<PersonId, ChatAuthor> authors;
    /// Messages with signs that are not shown yet, and when any were last shown.
    std::set<MessageId> unshown_reactions;
    std::optional<RoomTime> reactions_shown_at;
    /// The plan's word list, made ready.
    WordList word_list;
};

/// The message, whatever its state; null when there is none.
const ChatMessage* find_message(const Room&, MessageId);
ChatMessage* find_message(Room&, MessageId);

/// The message's review; null when it does not wait for a moderator.
const Review* review_of(const ChatMessage&);

/// Who decided what became of the message.
std::optional<PersonId> decided_by(const ChatMessage&);

/// Whether the viewer may know of the message at all.
bool may_see(const ChatMessage&, const Viewer&);

// ---- decisions

Decision decide(const Room&, const Context&, const SendMessage&);
Decision decide(const Room&, const Context&, const RetractMessage&);
Decision decide(const Room&, const Context&, const FlagMessage&);
Decision decide(const Room&, const Context&, const ReactToMessage&);
Decision decide(const Room&, const Context&, const SetChatMode&);
Decision decide(const Room&, const Context&, const SetSlowMode&);
Decision decide(const Room&, const Context&, const PinAnnouncement&);

Decision decide(const Room&, const Context&, const ClaimReview&);
Decision decide(const Room&, const Context&, const ReleaseReview&);
Decision decide(const Room&, const Context&, const PublishMessage&);
Decision decide(const Room&, const Context&, const RejectMessage&);
Decision decide(const Room&, const Context&, const UndoRejection&);
Decision decide(const Room&, const Context&, const RequestFloorFromMessage&);
Decision decide(const Room&, const Context&, const AskHelpFromMessage&);

/// Why the person may not decide on the message now: already decided, claimed by another whose
/// lease runs, or changed since the version that they name. Nothing when they may. No version is
/// the word of one who has seen none.
std::optional<Refusal> why_not_decide(const Context&, const ChatMessage&, std::optional<std::int64_t> version);

/// The message was turned into something else: while it is held, that decides on it, and it is
/// not published. One that is already published stays.
void add_message_turned(const Context&, const ChatMessage&, KindReason, std::vector<Event>& out);

/// Up to `count` messages that the viewer may see with a place below `before`, oldest first.
std::vector<Change> messages_before(const Room&, const Viewer&, std::int64_t before, std::size_t count);

std::optional<Change> see_review_item(const Room&, MessageId, const Viewer&);

class ChatRule final : public Rule {
public:
    struct State {
        Chat chat;
    };
    using Events = ChatEvents;
    static constexpr std::array shows{ChangeKind::chat, ChangeKind::message, ChangeKind::review_item};

    /// Claims whose lease has run out, and signs whose time to be shown has come.
    void add_due(const Room&, const Stamp&, std::vector<Event>& out) const override;
    std::optional<RoomTime> next_due(const Room&) const override;
    /// The session closes or a rehearsal ends. What waits is rejected with session_over, so that
    /// every author has an answer; of a rehearsal nothing stays.
    void add_phase_ends(const Room&, const Context&, Phase next, std::vector<Event>& out) const override;
    void clear(Room&, const Context&) const override;
    /// How much each has written, and no message.
    void add_kept(const Room&, RoomCompacted& out) const override;
    void note_kept(Room&, const Context&, const RoomCompacted&) const override;

    /// All things of the chat; of the messages the newest messages_shown_max that the viewer may see.
    void add_things(const Room&, const Viewer&, std::vector<ThingRef>& out) const override;
    std::optional<Change> see(const Room&, ThingRef, const Viewer&) const override;
    /// The author: who is told more than others, and by which command they sent it.
    void add_personal_viewers(const Room&, ThingRef, std::vector<PersonId>& out) const override;
    /// Of the messages that were made after `since` a newcomer would not be shown the older ones any
    /// more, and neither is who comes back: who was away for hours is shown the newest, and can turn back.
    void leave_out_old(const Room&, Seq since, const Viewer&, std::vector<ThingRef>& things) const override;
};

}  // namespace etakahvila::domain
