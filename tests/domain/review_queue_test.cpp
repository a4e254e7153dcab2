#include "chat_room.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

TEST_CASE("a held message is published once, and the second moderator hears by whom") {
    ChatRoom room;
    const auto id = room.held(room.mustikka, "Huomenta");
    const auto seen = room.version(id);
    CHECK(room.ask(room.moderaattori, PublishMessage{.message = id, .version = seen}).is_done());
    for (const auto& late : {room.ask(room.toinen, PublishMessage{.message = id, .version = seen}),
             room.ask(room.toinen, RejectMessage{.message = id, .version = seen, .reason = "Ei nyt."}),
             room.claim(room.toinen, id), room.ask(room.toinen, ReleaseReview{id})}) {
        CHECK(late.refusal == RefusalWord::already_handled);
        CHECK(late.details->by == room.moderaattori);
        CHECK(late.details->standing == id.value);
    }
    CHECK(room.state(room.hauki, id) == MessageState::published);
    CHECK_FALSE(room.item(id));
    CHECK(room.message(room.ohjaaja, id).decided_by == room.moderaattori);
    CHECK_FALSE(room.message(room.mustikka, id).decided_by);
}

TEST_CASE("a rejection tells its author why, and nobody else of it") {
    ChatRoom room;
    const auto id = room.held(room.mustikka, "Naapurini ei nuku");
    const auto before = room.view(room.hauki);
    CHECK(room.reject(room.moderaattori, id, "  Viesti kertoo toisesta ihmisestä. ").is_done());
    CHECK(room.message(room.mustikka, id).state == MessageState::rejected);
    CHECK(room.message(room.mustikka, id).reason == "Viesti kertoo toisesta ihmisestä.");
    CHECK(room.message(room.mustikka, id).text == "Naapurini ei nuku");
    CHECK_FALSE(room.message(room.mustikka, id).decided_by);
    CHECK(room.message(room.toinen, id).decided_by == room.moderaattori);
    CHECK(room.view(room.hauki) == before);
}

TEST_CASE("a reason is needed, and has its measure") {
    ChatRoom room;
    const auto id = room.held(room.mustikka, "Hei");
    CHECK(room.reject(room.moderaattori, id, "").refusal == RefusalWord::text_empty);
    CHECK(room.reject(room.moderaattori, id, std::string(201, 'a')).refusal == RefusalWord::text_too_long);
    CHECK(room.reject(room.moderaattori, id, "Ei\u202e").refusal == RefusalWord::text_not_allowed);
    CHECK(room.item(id)->version == 1);
    CHECK(room.reject(room.moderaattori, id, std::string(200, 'a')).is_done());
}

TEST_CASE("a claim keeps the other moderator's hands off for a minute, and longer while it is renewed") {
    ChatRoom room;
    const auto id = room.held(room.mustikka, "Hei");
    const auto since = room.now().at;
    CHECK(room.claim(room.moderaattori, id).is_done());
    CHECK(room.item(id)->claimed_by == room.moderaattori);
    CHECK(room.item(id)->claimed_until == since + review_lease);
    room.pass(20s);
    const auto refusal = room.claim(room.toinen, id);
    CHECK(refusal.refusal == RefusalWord::already_claimed);
    CHECK(refusal.details->by == room.moderaattori);
    CHECK(refusal.details->wait_seconds == 40);
    CHECK(room.publish(room.toinen, id).refusal == RefusalWord::already_claimed);
    CHECK(room.reject(room.toinen, id).refusal == RefusalWord::already_claimed);
    CHECK(room.ask(room.toinen, ReleaseReview{id}).refusal == RefusalWord::already_claimed);
    CHECK(room.claim(room.moderaattori, id).is_done());
    room.pass(59s);
    CHECK(room.item(id)->claimed_by == room.moderaattori);
    room.pass(1s);
    CHECK_FALSE(room.item(id)->claimed_by);
    CHECK(room.claim(room.toinen, id).is_done());
    CHECK(room.item(id)->claimed_by == room.toinen);
}

TEST_CASE("a lease that has run out holds nobody, even while its timer is late") {
    ChatRoom room;
    const auto id = room.held(room.mustikka, "Hei");
    room.claim(room.moderaattori, id);
    room.skip(60s - 1ms);
    CHECK(room.claim(room.toinen, id).refusal == RefusalWord::already_claimed);
    room.skip(1ms);
    CHECK(room.claim(room.toinen, id).is_done());
    CHECK(room.item(id)->claimed_by == room.toinen);
}

TEST_CASE("an expired claim costs its holder nothing while nobody else has touched the item") {
    ChatRoom room;
    const auto id = room.held(room.mustikka, "Hei");
    room.claim(room.moderaattori, id);
    const auto seen = room.version(id);
    CHECK(room.pass(2min).size() >= 1);
    CHECK(room.item(id)->version == seen);
    CHECK(room.ask(room.moderaattori, PublishMessage{.message = id, .version = seen}).is_done());
}

TEST_CASE("who claims has seen what they claim: the version before the claim still counts") {
    ChatRoom room;
    const auto id = room.held(room.mustikka, "Hei");
    const auto seen = room.version(id);
    room.claim(room.moderaattori, id);
    CHECK(room.version(id) == seen + 1);
    CHECK(room.ask(room.moderaattori, PublishMessage{.message = id, .version = seen}).is_done());
}

TEST_CASE("a decision made on an older version is refused, and says who changed the item") {
    ChatRoom room;
    const auto id = room.held(room.mustikka, "Hei");
    const auto seen = room.version(id);
    room.claim(room.toinen, id);
    room.ask(room.toinen, ReleaseReview{id});
    CHECK(room.version(id) == seen + 2);
    const auto refusal = room.ask(room.moderaattori, PublishMessage{.message = id, .version = seen});
    CHECK(refusal.refusal == RefusalWord::already_handled);
    CHECK(refusal.details->by == room.toinen);
    CHECK(room.ask(room.moderaattori, PublishMessage{.message = id, .version = seen + 3}).refusal ==
          RefusalWord::already_handled);
    CHECK(room.publish(room.moderaattori, id).is_done());
}

TEST_CASE("a claim is given back by who has it, once") {
    ChatRoom room;
    const auto id = room.held(room.mustikka, "Hei");
    CHECK(room.ask(room.moderaattori, ReleaseReview{id}).refusal == RefusalWord::claim_lost);
    room.claim(room.moderaattori, id);
    CHECK(room.ask(room.moderaattori, ReleaseReview{id}).is_done());
    CHECK(room.ask(room.moderaattori, ReleaseReview{id}).refusal == RefusalWord::claim_lost);
    CHECK(room.publish(room.toinen, id).is_done());
}

TEST_CASE("a rejection can be undone for ten seconds by who made it") {
    ChatRoom room;
    const auto id = room.held(room.mustikka, "Hei");
    const auto since = room.item(id)->since;
    const auto version = room.version(id);
    room.pass(20s);
    room.reject(room.moderaattori, id);
    const auto by_other = room.ask(room.toinen, UndoRejection{id});
    CHECK(by_other.refusal == RefusalWord::already_handled);
    CHECK(by_other.details->by == room.moderaattori);
    room.pass(10s);
    CHECK(room.ask(room.moderaattori, UndoRejection{id}).is_done());
    CHECK(room.state(room.mustikka, id) == MessageState::held);
    CHECK_FALSE(room.message(room.mustikka, id).reason);
    CHECK(room.item(id)->since == since);
    CHECK(room.item(id)->reasons == std::vector<HoldReason>{HoldReason::all_held});
    CHECK(room.item(id)->version > version);
    // A decision made before the rejection does not fall on the item that came back.
    CHECK(room.ask(room.toinen, PublishMessage{.message = id, .version = version}).refusal ==
          RefusalWord::already_handled);
    room.reject(room.moderaattori, id);
    room.pass(10s + 1ms);
    CHECK(room.ask(room.moderaattori, UndoRejection{id}).refusal == RefusalWord::not_now);
}

TEST_CASE("an author takes back what they wrote, and a tombstone stays") {
    ChatRoom room;
    const auto id = room.sent(room.mustikka, "Hups");
    room.ask(room.hauki, ReactToMessage{.message = id, .reaction = Reaction::heart, .on = true});
    CHECK(room.retract(room.hauki, id).refusal == RefusalWord::not_permitted);
    CHECK(room.retract(room.mustikka, id).is_done());
    const auto latecomer = room.admit("Käpy");
    for (const auto person : {room.hauki, room.mustikka, room.moderaattori, latecomer}) {
        const auto tombstone = room.message(person, id);
        CHECK(tombstone.state == MessageState::retracted);
        CHECK(tombstone.by_author == true);
        CHECK_FALSE(tombstone.text);
        CHECK_FALSE(tombstone.reason);
        CHECK_FALSE(tombstone.reactions);
    }
    CHECK(room.retract(room.mustikka, id).refusal == RefusalWord::already_handled);
}

TEST_CASE("a moderator takes a message away with a reason that its author and the staff read") {
    ChatRoom room;
    const auto id = room.sent(room.mustikka, "Naapurini nimi on …");
    CHECK(room.retract(room.moderaattori, id).refusal == RefusalWord::text_empty);
    CHECK(room.retract(room.moderaattori, id, std::string(201, 'a')).refusal == RefusalWord::text_too_long);
    CHECK(room.retract(room.moderaattori, id, "Toisesta ihmisestä").is_done());
    CHECK(room.message(room.mustikka, id).reason == "Toisesta ihmisestä");
    CHECK(room.message(room.ohjaaja, id).reason == "Toisesta ihmisestä");
    CHECK(room.message(room.ohjaaja, id).decided_by == room.moderaattori);
    CHECK_FALSE(room.message(room.hauki, id).reason);
    CHECK_FALSE(room.message(room.hauki, id).by_author);
    CHECK_FALSE(room.message(room.hauki, id).decided_by);
    // The author is not told which moderator it was.
    const auto again = room.retract(room.mustikka, id);
    CHECK(again.refusal == RefusalWord::already_handled);
    CHECK_FALSE(again.details->by);
}

TEST_CASE("an author may take back what still waits, and nobody else ever knows of it") {
    ChatRoom room;
    const auto before = room.view(room.hauki);
    const auto id = room.held(room.mustikka, "Ei sittenkään");
    const auto version = room.version(id);
    CHECK(room.retract(room.moderaattori, id, "Ei tätä").refusal == RefusalWord::not_now);
    CHECK(room.retract(room.mustikka, id).is_done());
    CHECK_FALSE(room.item(id));
    CHECK(room.view(room.hauki) == before);
    CHECK(room.state(room.mustikka, id) == MessageState::retracted);
    const auto late = room.ask(room.moderaattori, PublishMessage{.message = id, .version = version});
    CHECK(late.refusal == RefusalWord::already_handled);
    CHECK(late.details->by == room.mustikka);
}

TEST_CASE("a flagged message stays in view until a moderator has decided") {
    ChatRoom room;
    const auto id = room.sent(room.hauki, "Turha tästä on puhua");
    CHECK(room.flag(room.mustikka, id).is_done());
    CHECK(room.state(room.mustikka, id) == MessageState::published);
    CHECK(room.reasons(id) == std::vector<HoldReason>{HoldReason::flagged});
    CHECK(room.item(id)->flags == 1);
    CHECK(room.flag(room.mustikka, id).refusal == RefusalWord::already_requested);
    CHECK(room.flag(room.hauki, id).refusal == RefusalWord::not_permitted);
    const auto kapy = room.admit("Käpy");
    CHECK(room.flag(kapy, id).is_done());
    CHECK(room.item(id)->flags == 2);
    CHECK(room.view(room.mustikka).all<ReviewItem>().empty());
    SECTION("kept") {
        CHECK(room.publish(room.moderaattori, id).is_done());
        CHECK_FALSE(room.item(id));
        CHECK(room.state(room.mustikka, id) == MessageState::published);
        CHECK(room.flag(room.mustikka, id).refusal == RefusalWord::already_requested);
        const auto sammal = room.admit("Sammal");
        CHECK(room.flag(sammal, id).is_done());
        CHECK(room.item(id)->flags == 1);
    }
    SECTION("taken away") {
        CHECK(room.reject(room.moderaattori, id).refusal == RefusalWord::not_now);
        room.claim(room.toinen, id);
        CHECK(room.retract(room.moderaattori, id, "Voi loukata").refusal == RefusalWord::already_claimed);
        CHECK(room.retract(room.toinen, id, "Voi loukata").is_done());
        CHECK_FALSE(room.item(id));
    }
    SECTION("taken back by its author, whoever has claimed it") {
        room.claim(room.toinen, id);
        CHECK(room.retract(room.hauki, id).is_done());
        CHECK_FALSE(room.item(id));
    }
}

TEST_CASE("one person's flags on everything are bounded") {
    ChatRoom room;
    std::vector<MessageId> messages;
    for (std::size_t number = 0; number <= open_flags_max; ++number)
        messages.push_back(room.sent(room.ohjaaja, "Viesti " + std::to_string(number)));
    for (std::size_t number = 0; number < open_flags_max; ++number)
        CHECK(room.flag(room.mustikka, messages[number]).is_done());
    CHECK(room.flag(room.mustikka, messages.back()).refusal == RefusalWord::limit_reached);
    CHECK(room.flag(room.hauki, messages.back()).is_done());
    CHECK(room.publish(room.moderaattori, messages.front()).is_done());
    CHECK(room.flag(room.mustikka, messages.back()).is_done());
}

TEST_CASE("a message becomes a help request for its author") {
    ChatRoom room;
    const auto open = room.sent(room.mustikka, "En löydä tehtävää\nmissä se on?");
    const auto asked = room.ask(room.moderaattori, AskHelpFromMessage{.message = open, .version = {}});
    CHECK(asked.is_done());
    const auto seen = room.view(room.mustikka);
    const auto* help = seen.help(asked.id<HelpId>());
    REQUIRE(help != nullptr);
    CHECK(help->words == "En löydä tehtävää missä se on?");
    CHECK(help->raised_by == room.moderaattori);
    CHECK(room.state(room.hauki, open) == MessageState::published);

    const auto waiting = room.held(room.hauki, "Ei ääntä");
    CHECK(room.ask(room.moderaattori, AskHelpFromMessage{.message = waiting, .version = {}}).refusal ==
          RefusalWord::already_handled);
    CHECK(room.ask(room.moderaattori, AskHelpFromMessage{.message = waiting, .version = room.version(waiting)})
            .is_done());
    CHECK(room.message(room.hauki, waiting).state == MessageState::rejected);
    CHECK(room.message(room.hauki, waiting).kind_reason == KindReason::turned_into_help_request);
    CHECK_FALSE(room.message(room.hauki, waiting).reason);
    CHECK_FALSE(room.item(waiting));
    // What it was turned into stands.
    CHECK(room.ask(room.moderaattori, UndoRejection{waiting}).refusal == RefusalWord::not_now);
    // One open request for each person: the message stays in the queue.
    const auto another = room.held(room.hauki, "Vieläkään ei ääntä");
    CHECK(
        room.ask(room.moderaattori, AskHelpFromMessage{.message = another, .version = room.version(another)}).refusal ==
        RefusalWord::already_open);
    CHECK(room.item(another));
}

TEST_CASE("a message becomes a floor request for its author") {
    ChatRoom room;
    const auto open = room.sent(room.mustikka, "Minulla olisi asiaa");
    CHECK(room.ask(room.moderaattori, RequestFloorFromMessage{.message = open, .version = {}}).is_done());
    const auto waiting = room.held(room.hauki, "Salaisuus");
    CHECK(room.ask(room.moderaattori, RequestFloorFromMessage{.message = waiting, .version = room.version(waiting)})
            .is_done());
    CHECK(room.message(room.hauki, waiting).kind_reason == KindReason::turned_into_floor_request);
    const auto shown = room.view(room.mustikka);
    CHECK(shown.all<FloorRequest>().size() == 2);
    for (const auto& thing : snapshot(room.room(), room.viewer(room.mustikka)))
        CHECK(base::json::to_text(thing).find("Salaisuus") == std::string::npos);
}

TEST_CASE("the session's end answers every author who still waits, and a reopening takes it back up") {
    ChatRoom room;
    const auto waiting = room.held(room.mustikka, "Ehtiikö vielä?");
    const auto flagged = room.sent(room.hauki, "Höh");
    room.flag(room.mustikka, flagged);
    room.claim(room.moderaattori, waiting);
    room.ask(room.ohjaaja, CloseSession{});
    CHECK(room.message(room.mustikka, waiting).state == MessageState::rejected);
    CHECK(room.message(room.mustikka, waiting).kind_reason == KindReason::session_over);
    CHECK_FALSE(room.message(room.moderaattori, waiting).decided_by);
    CHECK(room.view(room.moderaattori).all<ReviewItem>().empty());
    CHECK(room.state(room.hauki, flagged) == MessageState::published);
    room.pass(10min);
    room.ask(room.ohjaaja, ReopenSession{});
    CHECK(room.ask(room.toinen, UndoRejection{waiting}).is_done());
    CHECK(room.publish(room.toinen, waiting).is_done());
    CHECK(room.state(room.hauki, waiting) == MessageState::published);
}
