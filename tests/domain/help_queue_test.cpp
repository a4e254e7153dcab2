#include "chat_room.hpp"

#include "domain/help/help.hpp"
#include "support/word_table.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

struct HelpRoom : ChatRoom {
    Answer call(PersonId person, std::optional<std::string> words = {}, std::optional<std::string> number = {}) {
        return ask(person,
            AskForHelp{.kind = HelpKind::cannot_hear, .words = std::move(words), .call_back = std::move(number)});
    }
    HelpId called(PersonId person) {
        const auto answer = call(person);
        REQUIRE(answer.is_done());
        return answer.id<HelpId>();
    }
    HelpRequest help(PersonId viewer, HelpId id) const {
        const auto shown = view(viewer);
        const auto* found = shown.help(id);
        REQUIRE(found != nullptr);
        return *found;
    }
    HelpState state(HelpId id) const { return help(moderaattori, id).state; }
    /// What stands for the person, as the moderators see it.
    std::optional<HelpRequest> standing(PersonId person) const {
        const auto* found = standing_help(room(), person);
        return found == nullptr ? std::nullopt : std::optional{help(moderaattori, found->id)};
    }
    void drop(PersonId person) {
        lose(person);
        connect(person);
    }
};

}  // namespace

TEST_CASE("help is asked for, seen to be taken, and solved") {
    HelpRoom room;
    const auto before = room.view(room.hauki);
    const auto asked_at = room.now().at;
    const auto answer = room.call(room.mustikka, "Ääni katosi", "040 123 4567");
    const auto id = answer.id<HelpId>();
    CHECK(room.help(room.mustikka, id).state == HelpState::open);
    CHECK(room.help(room.moderaattori, id).words == "Ääni katosi");
    CHECK(room.view(room.hauki) == before);
    room.pass(90s);
    CHECK(room.ask(room.moderaattori, ClaimHelp{id}).is_done());
    const auto claimed = room.help(room.mustikka, id);
    CHECK(claimed.state == HelpState::claimed);
    CHECK(claimed.claimed_by == room.moderaattori);
    CHECK(claimed.claimed_at == asked_at + 90s);
    CHECK(claimed.since == asked_at);
    CHECK(room.ask(room.moderaattori, SolveHelp{id}).is_done());
    CHECK(room.help(room.mustikka, id).state == HelpState::solved);
    CHECK(room.help(room.mustikka, id).ended_at == room.now().at);
    CHECK(room.view(room.hauki) == before);
    CHECK(room.member(room.mustikka).last_sign == asked_at);
}

TEST_CASE("a number to call is for the person and for who claimed the request") {
    HelpRoom room;
    const auto id = room.call(room.mustikka, {}, " +358 40 123 4567 ").id<HelpId>();
    const auto number = [&](PersonId viewer) { return room.help(viewer, id).call_back; };
    CHECK(number(room.mustikka) == "+358 40 123 4567");
    CHECK_FALSE(number(room.moderaattori));
    CHECK(room.help(room.moderaattori, id).has_call_back);
    room.ask(room.moderaattori, ClaimHelp{id});
    CHECK(number(room.moderaattori) == "+358 40 123 4567");
    CHECK_FALSE(number(room.toinen));
    CHECK_FALSE(number(room.ohjaaja));
    room.ask(room.moderaattori, ReleaseHelp{id});
    CHECK_FALSE(number(room.moderaattori));
    CHECK(number(room.mustikka) == "+358 40 123 4567");
    room.ask(room.toinen, ClaimHelp{id});
    room.ask(room.toinen, SolveHelp{id});
    CHECK_FALSE(number(room.toinen));
    CHECK(room.call(room.hauki, {}, "  ").is_done());
}

TEST_CASE("a number among the words of a call, or in its thread, is for the same people, and for who wrote it") {
    HelpRoom room;
    const auto id = room.call(room.mustikka, "Soita isälle 050 7654321", "040 1234567 / 044 1112223").id<HelpId>();
    const auto words = [&](PersonId viewer) { return room.help(viewer, id).words.value_or(""); };
    const std::string all = "Soita isälle 050 7654321\n/ 044 1112223";
    const std::string hidden = "Soita isälle …\n/ …";
    CHECK(words(room.mustikka) == all);
    CHECK(words(room.moderaattori) == hidden);
    CHECK(words(room.ohjaaja) == hidden);
    const auto message =
        room.ask(room.mustikka, AddHelpMessage{.help = id, .text = "tai 09 123 4567"}).id<HelpMessageId>();
    const auto answer =
        room.ask(room.toinen, AddHelpMessage{.help = id, .text = "Meidän numero on 09 765 4321"}).id<HelpMessageId>();
    const auto text = [&](PersonId viewer, HelpMessageId of) { return room.view(viewer).help_line(of)->text; };
    CHECK(text(room.mustikka, message) == "tai 09 123 4567");
    CHECK(text(room.moderaattori, message) == "tai …");
    CHECK(text(room.mustikka, answer) == "Meidän numero on 09 765 4321");
    CHECK(text(room.toinen, answer) == "Meidän numero on 09 765 4321");
    CHECK(text(room.ohjaaja, answer) == "Meidän numero on …");

    room.ask(room.moderaattori, ClaimHelp{id});
    CHECK(words(room.moderaattori) == all);
    CHECK(words(room.toinen) == hidden);
    CHECK(text(room.moderaattori, message) == "tai 09 123 4567");
    CHECK(text(room.toinen, message) == "tai …");
    room.ask(room.moderaattori, ReleaseHelp{id});
    CHECK(words(room.moderaattori) == hidden);
    CHECK(text(room.moderaattori, message) == "tai …");
    room.ask(room.moderaattori, ClaimHelp{id});
    room.ask(room.moderaattori, HandOverHelp{.help = id, .to = "Työntekijä soittaa numeroon 040 1234567"});
    CHECK(room.help(room.mustikka, id).handed_to == "Työntekijä soittaa numeroon 040 1234567");
    CHECK(room.help(room.moderaattori, id).handed_to == "Työntekijä soittaa numeroon 040 1234567");
    CHECK(room.help(room.ohjaaja, id).handed_to == "Työntekijä soittaa numeroon …");
    CHECK(words(room.moderaattori) == hidden);

    // Whoever raises a call for somebody wrote its words.
    const auto raised = room.ask(room.ohjaaja, RaiseHelpFor{.person = room.hauki,
                                                   .kind = HelpKind::cannot_hear,
                                                   .words = "Hauki soitti, 050 1112223"})
                            .id<HelpId>();
    CHECK(room.help(room.ohjaaja, raised).words == "Hauki soitti, 050 1112223");
    CHECK(room.help(room.hauki, raised).words == "Hauki soitti, 050 1112223");
    CHECK(room.help(room.moderaattori, raised).words == "Hauki soitti, …");
    CHECK(room.help(room.moderaattori, raised).has_call_back);
}

TEST_CASE("nothing that is written beside it stops a call for help") {
    const auto called = [](std::optional<std::string> words, std::optional<std::string> number) {
        HelpRoom room;
        const auto answer = room.call(room.mustikka, std::move(words), std::move(number));
        CHECK(answer.is_done());
        return room.help(room.mustikka, answer.id<HelpId>());
    };
    for (const auto& row : word_table("call_back.txt").all()) {
        INFO(row.line);
        const auto help = called({}, row.input);
        CHECK(help.call_back.value_or("-") + " | " + help.words.value_or("-") == row.result);
    }
    for (const auto& row : word_table("words.txt").all()) {
        INFO(row.line);
        called(row.input, row.input);
    }
    CHECK(called("En kuule mi\u00adtään", {}).words == "En kuule mitään");
    CHECK(called("En kuule", "soita äidille").words == "En kuule\nsoita äidille");
    CHECK(called("En \u202ekuule", {}).words == "En kuule");
    const auto both = called(std::string(600, 'x'), "soita äidille").words.value_or("");
    CHECK(both == std::string(486, 'x') + "\nsoita äidille");
}

TEST_CASE("one request stands for each person, and the answer names it") {
    HelpRoom room;
    const auto id = room.called(room.mustikka);
    const auto again = room.call(room.mustikka);
    CHECK(again.refusal == RefusalWord::already_open);
    CHECK(again.details->standing == id.value);
    const auto raised = room.ask(
        room.ohjaaja, RaiseHelpFor{.person = room.mustikka, .kind = HelpKind::not_heard, .words = {}});
    CHECK(raised.refusal == RefusalWord::already_open);
    room.ask(room.moderaattori, ClaimHelp{id});
    CHECK(room.call(room.mustikka).details->by == room.moderaattori);
    CHECK(room.ask(room.mustikka, CancelHelp{id}).is_done());
    CHECK(room.state(id) == HelpState::cancelled);
    CHECK(room.call(room.mustikka).is_done());
}

TEST_CASE("staff raise help for someone, who sees it") {
    HelpRoom room;
    const auto answer = room.ask(room.ohjaaja,
        RaiseHelpFor{.person = room.mustikka, .kind = HelpKind::not_heard, .words = "Mikrofoni ei toimi"});
    CHECK(room.help(room.mustikka, answer.id<HelpId>()).raised_by == room.ohjaaja);
    CHECK(
        room.ask(room.mustikka, RaiseHelpFor{.person = room.hauki, .kind = HelpKind::not_heard, .words = {}}).refusal ==
        RefusalWord::not_permitted);
    CHECK(room.ask(room.ohjaaja, RaiseHelpFor{.person = PersonId{404}, .kind = HelpKind::not_heard, .words = {}})
              .refusal == RefusalWord::not_found);
    room.ask(room.moderaattori, RemovePerson{.person = room.hauki, .reason = "Käytös", .ban = false});
    CHECK(
        room.ask(room.ohjaaja, RaiseHelpFor{.person = room.hauki, .kind = HelpKind::not_heard, .words = {}}).refusal ==
        RefusalWord::person_gone);
}

TEST_CASE("two moderators take a request: one has it, the other hears who") {
    HelpRoom room;
    const auto id = room.called(room.mustikka);
    CHECK(room.ask(room.moderaattori, ClaimHelp{id}).is_done());
    CHECK(room.ask(room.moderaattori, ClaimHelp{id}).events.empty());
    for (const auto& late : {room.ask(room.toinen, ClaimHelp{id}), room.ask(room.toinen, ReleaseHelp{id}),
             room.ask(room.toinen, SolveHelp{id}),
             room.ask(room.toinen, HandOverHelp{.help = id, .to = "Omatyöntekijä"})}) {
        CHECK(late.refusal == RefusalWord::already_claimed);
        CHECK(late.details->by == room.moderaattori);
    }
    CHECK(room.ask(room.moderaattori, HandOverHelp{.help = id, .to = "Omatyöntekijä soittaa huomenna"}).is_done());
    CHECK(room.help(room.mustikka, id).state == HelpState::handed_over);
    CHECK(room.help(room.mustikka, id).handed_to == "Omatyöntekijä soittaa huomenna");
    const auto late = room.ask(room.toinen, ClaimHelp{id});
    CHECK(late.refusal == RefusalWord::already_handled);
    CHECK(late.details->by == room.moderaattori);
}

TEST_CASE("a request that nobody has claimed may be solved at once") {
    HelpRoom room;
    const auto id = room.called(room.mustikka);
    CHECK(room.ask(room.moderaattori, ReleaseHelp{id}).refusal == RefusalWord::claim_lost);
    CHECK(room.ask(room.toinen, SolveHelp{id}).is_done());
    CHECK(room.state(id) == HelpState::solved);
}

TEST_CASE("a claim whose moderator is gone for a minute goes back, keeping its waiting time") {
    HelpRoom room;
    const auto since = room.now().at;
    const auto id = room.called(room.mustikka);
    room.pass(3min);
    room.ask(room.moderaattori, ClaimHelp{id});
    const auto second = room.connect(room.moderaattori);
    room.lose(room.moderaattori, second);
    room.pass(2min);
    CHECK(room.state(id) == HelpState::claimed);
    room.lose(room.moderaattori);
    room.pass(60s - 1ms);
    CHECK(room.help(room.mustikka, id).state == HelpState::claimed);
    room.pass(1ms);
    const auto open = room.help(room.mustikka, id);
    CHECK(open.state == HelpState::open);
    CHECK(open.since == since);
    CHECK_FALSE(open.claimed_by);
}

TEST_CASE("a moderator who is back within the minute keeps the claim") {
    HelpRoom room;
    const auto id = room.called(room.mustikka);
    room.ask(room.moderaattori, ClaimHelp{id});
    room.lose(room.moderaattori);
    room.pass(59s);
    room.connect(room.moderaattori);
    room.pass(10min);
    CHECK(room.state(id) == HelpState::claimed);
}

TEST_CASE(
    "a moderator who says goodbye leaves the claim a minute later, one whose server died has a minute to be back") {
    HelpRoom room;
    const auto id = room.called(room.mustikka);
    room.ask(room.moderaattori, ClaimHelp{id});
    SECTION("goodbye") {
        room.leave(room.moderaattori);
        room.pass(60s - 1ms);
        CHECK(room.help(room.toinen, id).state == HelpState::claimed);
        room.pass(1ms);
        CHECK(room.help(room.toinen, id).state == HelpState::open);
    }
    SECTION("restart") {
        room.pass(5s);
        room.restart(4min);
        room.connect(room.toinen);
        room.pass(30s);
        CHECK(room.help(room.toinen, id).state == HelpState::claimed);
        room.connect(room.moderaattori);
        room.pass(5min);
        CHECK(room.help(room.toinen, id).state == HelpState::claimed);
    }
}

TEST_CASE("while the one who claimed it is away another moderator may take over") {
    HelpRoom room;
    const auto id = room.called(room.mustikka);
    room.ask(room.moderaattori, ClaimHelp{id});
    room.lose(room.moderaattori);
    CHECK(room.ask(room.toinen, SolveHelp{id}).refusal == RefusalWord::already_claimed);
    CHECK(room.ask(room.toinen, ClaimHelp{id}).is_done());
    CHECK(room.help(room.mustikka, id).claimed_by == room.toinen);
    room.connect(room.moderaattori);
    CHECK(room.ask(room.moderaattori, SolveHelp{id}).refusal == RefusalWord::already_claimed);
}

TEST_CASE("the thread is between the person and the staff") {
    HelpRoom room;
    const auto id = room.called(room.mustikka);
    const auto before = room.view(room.hauki);
    const auto message = room.ask(room.mustikka, AddHelpMessage{.help = id, .text = "Kuulokkeet ovat kiinni"});
    CHECK(room.ask(room.moderaattori, AddHelpMessage{.help = id, .text = "Irrota ne hetkeksi"}).is_done());
    CHECK(room.ask(room.hauki, AddHelpMessage{.help = id, .text = "Minä tiedän"}).refusal == RefusalWord::not_found);
    CHECK(room.view(room.hauki) == before);
    const auto seen = room.view(room.mustikka);
    CHECK(seen.all<HelpMessage>().size() == 2);
    CHECK(seen.find<HelpMessage>(ChangeKind::help_line, message.seq)->text == "Kuulokkeet ovat kiinni");
    CHECK(room.ask(room.mustikka, AddHelpMessage{.help = id, .text = ""}).refusal == RefusalWord::text_empty);
    CHECK(room.ask(room.mustikka, AddHelpMessage{.help = id, .text = std::string(501, 'a')}).refusal ==
          RefusalWord::text_too_long);
    for (std::size_t number = 2; number < help_messages_max; ++number)
        CHECK(room.ask(room.mustikka, AddHelpMessage{.help = id, .text = "Vielä"}).is_done());
    CHECK(room.ask(room.mustikka, AddHelpMessage{.help = id, .text = "Vielä"}).refusal == RefusalWord::limit_reached);
}

TEST_CASE("three lost connections in ten minutes suggest help") {
    HelpRoom room;
    room.drop(room.mustikka);
    room.pass(5min);
    room.drop(room.mustikka);
    CHECK_FALSE(room.standing(room.mustikka));
    room.pass(5min);
    room.drop(room.mustikka);
    const auto suggested = room.standing(room.mustikka);
    REQUIRE(suggested);
    CHECK(suggested->state == HelpState::suggested);
    CHECK(room.help(room.mustikka, suggested->id).state == HelpState::suggested);
    CHECK(room.view(room.hauki).all<HelpRequest>().empty());
    // It is nobody's yet: not to be claimed, solved or written to.
    CHECK(room.ask(room.moderaattori, ClaimHelp{suggested->id}).refusal == RefusalWord::not_now);
    CHECK(room.ask(room.moderaattori, SolveHelp{suggested->id}).refusal == RefusalWord::not_now);
    CHECK(
        room.ask(room.mustikka, AddHelpMessage{.help = suggested->id, .text = "Hei"}).refusal == RefusalWord::not_now);
    SECTION("taken up by staff") {
        room.pass(1min);
        CHECK(
            room.ask(room.moderaattori,
                    RaiseHelpFor{.person = room.mustikka, .kind = HelpKind::something_else, .words = {}})
                .is_done());
        CHECK(room.state(suggested->id) == HelpState::open);
        CHECK(room.help(room.mustikka, suggested->id).since == room.now().at);
    }
    SECTION("taken up by the person") {
        CHECK(room.call(room.mustikka).is_done());
        CHECK(room.state(suggested->id) == HelpState::open);
        CHECK(room.help(room.mustikka, suggested->id).kind == HelpKind::cannot_hear);
    }
    SECTION("dropped by the person, and not suggested anew at once") {
        CHECK(room.ask(room.mustikka, CancelHelp{suggested->id}).is_done());
        CHECK(room.view(room.mustikka).help(suggested->id) == nullptr);
        CHECK(room.view(room.moderaattori).help(suggested->id) == nullptr);
        CHECK(room.ask(room.mustikka, CancelHelp{suggested->id}).refusal == RefusalWord::not_found);
        for (int times = 0; times < 3; ++times) room.drop(room.mustikka);
        CHECK_FALSE(room.standing(room.mustikka));
        room.pass(10min + 1ms);
        for (int times = 0; times < 3; ++times) room.drop(room.mustikka);
        CHECK(room.standing(room.mustikka));
    }
    SECTION("dropped by staff") { CHECK(room.ask(room.moderaattori, CancelHelp{suggested->id}).is_done()); }
}

TEST_CASE("losses further apart suggest nothing, nor do losses while help is open") {
    HelpRoom room;
    room.drop(room.mustikka);
    room.pass(5min);
    room.drop(room.mustikka);
    room.pass(5min + 1ms);
    room.drop(room.mustikka);
    CHECK_FALSE(room.standing(room.mustikka));
    const auto id = room.called(room.hauki);
    for (int times = 0; times < 5; ++times) room.drop(room.hauki);
    CHECK(room.standing(room.hauki)->id == id);
    CHECK(room.standing(room.hauki)->state == HelpState::open);
}

TEST_CASE("no one else's request can be seen or touched") {
    HelpRoom room;
    const auto id = room.called(room.mustikka);
    CHECK(room.ask(room.hauki, CancelHelp{id}).refusal == RefusalWord::not_found);
    CHECK(room.ask(room.hauki, ClaimHelp{id}).refusal == RefusalWord::not_permitted);
    CHECK(room.ask(room.moderaattori, CancelHelp{id}).refusal == RefusalWord::not_permitted);
}

TEST_CASE("help is there before the doors open, and its requests end with the session") {
    RoomDriver early;
    const auto mustikka = early.admit("Mustikka");
    CHECK(early.ask(mustikka, AskForHelp{.kind = HelpKind::cannot_find, .words = {}, .call_back = {}}).is_done());

    HelpRoom room;
    const auto id = room.called(room.mustikka);
    room.ask(room.moderaattori, ClaimHelp{id});
    for (int times = 0; times < 3; ++times) room.drop(room.hauki);
    const auto suggested = room.standing(room.hauki)->id;
    room.ask(room.ohjaaja, CloseSession{});
    CHECK(room.state(id) == HelpState::cancelled);
    CHECK(room.view(room.moderaattori).help(suggested) == nullptr);
    for (int times = 0; times < 3; ++times) room.drop(room.mustikka);
    CHECK_FALSE(room.standing(room.mustikka));
}

TEST_CASE("a person's requests of a day are bounded") {
    HelpRoom room;
    for (std::size_t number = 0; number < help_requests_max; ++number) {
        const auto id = room.called(room.mustikka);
        room.ask(room.mustikka, CancelHelp{id});
    }
    CHECK(room.call(room.mustikka).refusal == RefusalWord::limit_reached);
    CHECK(room.call(room.hauki).is_done());
}

TEST_CASE("the figures of help: how many, median and longest wait, by kind") {
    HelpRoom room;
    const auto kapy = room.admit("Käpy");
    const auto first = room.called(room.mustikka);
    const auto second = room.called(room.hauki);
    const auto third = room.called(kapy);
    room.pass(1min);
    room.ask(room.moderaattori, ClaimHelp{first});
    room.pass(1min);
    room.ask(room.moderaattori, ClaimHelp{second});
    room.pass(4min);
    room.ask(room.moderaattori, SolveHelp{first});
    const auto found =
        room.ask(room.mustikka, AskForHelp{.kind = HelpKind::cannot_find, .words = {}, .call_back = {}}).id<HelpId>();
    room.pass(30s);
    room.ask(room.mustikka, CancelHelp{found});
    const auto figures = help_figures(room.room(), room.now().at);
    REQUIRE(figures.size() == 2);
    CHECK(figures[0] ==
          HelpFigures{.kind = HelpKind::cannot_hear, .count = 3, .median_wait = 2min, .longest_wait = 6min + 30s});
    CHECK(
        figures[1] == HelpFigures{.kind = HelpKind::cannot_find, .count = 1, .median_wait = 30s, .longest_wait = 30s});
    CHECK(room.state(third) == HelpState::open);
}
