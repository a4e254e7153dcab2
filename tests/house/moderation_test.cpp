// Two moderators at work, over real sockets.

#include <barrier>
#include <fstream>
#include <future>
#include <map>
#include <set>
#include <thread>

#include "support/catch.hpp"
#include "house/house.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace protocol;
using namespace std::chrono_literals;

namespace {

/// A live room with a facilitator and two moderators, each by a line of their own.
struct Evening {
    explicit Evening(HouseOptions options = {}) : house{std::move(options)}, session{house.plan_session()} {
        for (const auto& [role, name] : {std::pair{Role::facilitator, "Olli Ohjaaja"},
                 {Role::moderator, "Mari Moderaattori"}, {Role::moderator, "Meri Moderaattori"}}) {
            staff.push_back(house.invite(session, role, name));
            lines.push_back(come(staff.back()));
        }
        done(ohjaaja(), OpenDoors{});
        done(ohjaaja(), GoLive{});
    }

    std::unique_ptr<RoomClient> come(const Invited& invited, std::string_view name = {}) {
        auto client = std::make_unique<RoomClient>(house);
        client->come_in(enter(house, invited, name));
        return client;
    }
    std::unique_ptr<RoomClient> participant(const std::string& name, Invited* invited = nullptr) {
        const auto made = house.invite(session, Role::participant, "Nimi " + name);
        if (invited != nullptr) *invited = made;
        return come(made, name);
    }

    std::string next_id() { return "c" + std::to_string(++commands); }
    Outcome ask(RoomClient& client, Command command) { return client.outcome_of(next_id(), std::move(command)); }
    /// The number of the step.
    std::int64_t done(RoomClient& client, Command command) {
        const auto outcome = ask(client, std::move(command));
        INFO((outcome.refusal ? base::name_of(outcome.refusal->word) : "done"));
        REQUIRE_FALSE(outcome.refusal);
        return outcome.seq;
    }
    MessageId write(RoomClient& client, std::string text) {
        return MessageId{done(client, SendMessage{.channel = Channel::room, .text = std::move(text), .reply_to = {}})};
    }

    RoomClient& ohjaaja() { return *lines[0]; }
    RoomClient& mari() { return *lines[1]; }
    RoomClient& meri() { return *lines[2]; }

    TestHouse house;
    SessionId session;
    std::vector<Invited> staff;
    std::vector<std::unique_ptr<RoomClient>> lines;
    int commands = 0;
};

template <class T>
T in_room(TestHouse& house, SessionId session, const std::function<T(const domain::Room&)>& look) {
    std::promise<T> promise;
    house.house->directory().room(session)->look([&](const domain::Room& room) { promise.set_value(look(room)); });
    return promise.get_future().get();
}

/// Both ask in the same moment; the outcomes in the same order.
std::array<Outcome, 2> at_once(
    RoomClient& first, RoomClient& second, const std::string& id, const Command& one, const Command& other) {
    // The other thread only sends: Catch's own checks are for one thread.
    std::barrier start{2};
    std::thread others{[&] {
        start.arrive_and_wait();
        second.command(id, other);
    }};
    start.arrive_and_wait();
    first.command(id, one);
    others.join();
    return {first.outcome_of(id), second.outcome_of(id)};
}

}  // namespace

TEST_CASE("Two moderators at one message in the same moment: one wins, the other is told by whom") {
    Evening evening{{.workers = 2}};
    const auto mustikka = evening.participant("Mustikka");
    evening.done(evening.mari(), SetChatMode{ChatMode::all_held});
    struct Race {
        const char* name;
        std::function<Command(MessageId)> first;
        std::function<Command(MessageId)> second;
        RefusalWord word;
    };
    const auto publish = [](MessageId id) { return Command{PublishMessage{.message = id, .version = 1}}; };
    const auto reject = [](MessageId id) {
        return Command{RejectMessage{.message = id, .version = 1, .reason = "Viesti voi loukata jotakuta."}};
    };
    const auto park = [](MessageId id) { return Command{ParkQuestion{.message = id, .version = 1, .text = {}}}; };
    const auto claim = [](MessageId id) { return Command{ClaimReview{id}}; };
    const std::vector<Race> races{
        {"publish, publish", publish, publish, RefusalWord::already_handled},
        {"publish, reject", publish, reject, RefusalWord::already_handled},
        {"reject, park", reject, park, RefusalWord::already_handled},
        {"claim, claim", claim, claim, RefusalWord::already_claimed},
    };
    std::map<PersonId, int> wins;
    for (int round = 0; round < 12; ++round) {
        for (const auto& race : races) {
            INFO(race.name << ", round " << round);
            // Nothing of a flood is in this.
            evening.house.clock.pass(3s);
            const auto message = evening.write(*mustikka, std::string{race.name} + " " + std::to_string(round));
            const auto outcomes = at_once(
                evening.mari(), evening.meri(), evening.next_id(), race.first(message), race.second(message));
            const auto winner = outcomes[0].refusal ? 1U : 0U;
            REQUIRE_FALSE(outcomes[winner].refusal);
            REQUIRE(outcomes[1 - winner].refusal);
            const auto& told = *outcomes[1 - winner].refusal;
            CHECK(told.word == race.word);
            CHECK(told.by == evening.staff[1 + winner].person);
            CHECK(told.standing == message.value);
            ++wins[evening.staff[1 + winner].person];
            if (race.word == RefusalWord::already_claimed)
                evening.done(
                    winner == 0 ? evening.mari() : evening.meri(), PublishMessage{.message = message, .version = 2});
        }
    }
    CHECK(wins[evening.staff[1].person] + wins[evening.staff[2].person] == 48);
}

TEST_CASE(
    "A moderator and the author at one message in the same moment: it is published and taken back, or never seen") {
    Evening evening{{.workers = 2}};
    const auto mustikka = evening.participant("Mustikka");
    evening.done(evening.mari(), SetChatMode{ChatMode::all_held});
    for (int round = 0; round < 12; ++round) {
        evening.house.clock.pass(3s);
        const auto message = evening.write(*mustikka, "Kierros " + std::to_string(round));
        const auto outcomes = at_once(evening.mari(), *mustikka, evening.next_id(),
            PublishMessage{.message = message, .version = 1},
            RetractMessage{.message = message, .reason = {}, .version = {}});
        CHECK_FALSE(outcomes[1].refusal);
        if (outcomes[0].refusal) CHECK(outcomes[0].refusal->word == RefusalWord::already_handled);
        const bool leaves_tombstone = in_room<bool>(evening.house, evening.session, [&](const domain::Room& room) {
            return may_see(*find_message(room, message), {.audience = domain::Audience::participants, .person = {}});
        });
        CHECK(leaves_tombstone == !outcomes[0].refusal);
    }
}

TEST_CASE("A claim that has run out is anyone's, and its holder is told who has decided") {
    Evening evening;
    const auto mustikka = evening.participant("Mustikka");
    evening.done(evening.mari(), SetChatMode{ChatMode::all_held});
    const auto message = evening.write(*mustikka, "Minua auttaa kirja.");
    evening.done(evening.mari(), ClaimReview{message});
    CHECK(evening.ask(evening.meri(), PublishMessage{.message = message, .version = 2}).refusal->word ==
          RefusalWord::already_claimed);
    evening.house.clock.pass(61s);
    evening.done(evening.meri(), PublishMessage{.message = message, .version = 2});
    const auto late = evening.ask(
        evening.mari(), RejectMessage{.message = message, .version = 2, .reason = "Myöhässä."});
    REQUIRE(late.refusal);
    CHECK(late.refusal->word == RefusalWord::already_handled);
    CHECK(late.refusal->by == evening.staff[2].person);
}

TEST_CASE("A flood by one person holds theirs, names itself, and holds up nobody else") {
    Evening evening{{.workers = 2}};
    constexpr int flood = 250;
    const auto flooder = evening.participant("Tulva");
    std::vector<std::unique_ptr<RoomClient>> others;
    for (int number = 0; number < 5; ++number) others.push_back(evening.participant("Muu " + std::to_string(number)));
    const auto watching = evening.participant("Katsoja");

    // Five seconds at 50 messages a second, while each of the others writes one a second.
    std::map<std::string, int> refused;
    std::set<std::int64_t> expected;
    int accepted = 0;
    for (int sent = 0; sent < flood; ++sent) {
        evening.house.clock.pass(20ms);
        const auto outcome = evening.ask(
            *flooder, SendMessage{.channel = Channel::room, .text = "Hei " + std::to_string(sent), .reply_to = {}});
        if (outcome.refusal)
            ++refused[std::string{base::name_of(outcome.refusal->word)}];
        else
            ++accepted;
        if (sent % 50 != 0) continue;
        for (auto& other : others) expected.insert(evening.write(*other, "Rauhassa " + std::to_string(sent)).value);
    }
    CHECK(accepted == domain::flood_messages + domain::flood_held_max);
    CHECK(refused["too_fast"] > 0);
    CHECK(refused["limit_reached"] > 0);
    CHECK(refused["too_fast"] + refused["limit_reached"] + accepted == flood);

    // Of the flooder's, what the flood held waits, and says why; nothing of the others' does.
    const auto held = in_room<std::vector<std::vector<HoldReason>>>(
        evening.house, evening.session, [&](const domain::Room& room) {
            std::vector<std::vector<HoldReason>> reasons;
            for (const auto id : room.chat.under_review) reasons.push_back(review_of(*find_message(room, id))->reasons);
            return reasons;
        });
    CHECK(held.size() == domain::flood_held_max);
    for (const auto& reasons : held) CHECK(reasons == std::vector{HoldReason::flood});

    std::set<std::int64_t> shown;
    const auto last = *expected.rbegin();
    while (true) {
        const auto batch = watching->expect<Batch>();
        for (const auto& change : batch.changes) {
            if (const auto* message = std::get_if<Message>(&change);
                message != nullptr && message->state == MessageState::published)
                shown.insert(message->id.value);
        }
        if (batch.to >= last) break;
    }
    for (const auto id : expected) CHECK(shown.contains(id));
}

TEST_CASE("A ban ends the line and the link in one moment, and letting back in makes both work again") {
    Evening evening;
    Invited invited;
    const auto mustikka = evening.participant("Mustikka", &invited);
    const auto looks = [&] {
        return standing_of(ask(evening.house, "POST", "/api/look", secret_body(invited.secret)));
    };
    const auto looks_by_code = [&] {
        return standing_of(ask(evening.house, "POST", "/api/look", "{\"code\":\"" + invited.code + "\"}"));
    };
    CHECK(looks() == "open");

    // Removed alone: the link is good, the door is not.
    evening.done(evening.mari(), RemovePerson{.person = invited.person, .reason = "Uhkaili muita.", .ban = false});
    CHECK(mustikka->close_code() == 4503);
    CHECK(looks() == "open");
    CHECK(ask(evening.house, "POST", "/api/enter", "{\"secret\":\"" + invited.secret + "\",\"netiquette\":true}")
              .body.find("removed") != std::string::npos);
    CHECK(ask(evening.house, "GET", "/api/messages?before=1000", {}, {"Authorization: Bearer " + invited.secret})
              .status == 403);

    evening.done(evening.mari(), RemovePerson{.person = invited.person, .reason = "Uhkaili yhä.", .ban = true});
    CHECK(looks() == "revoked");
    CHECK(looks_by_code() == "revoked");
    // The reason is in no answer that leaves the room.
    const auto key = evening.house.coordinator_key();
    const std::vector<std::string> bearer{"Authorization: Bearer " + key};
    for (const auto* path : {"/api/sessions/1", "/api/sessions/1/attendance", "/api/sessions/1/attendance.csv"}) {
        INFO(path);
        const auto reply = ask(evening.house, "GET", path, {}, bearer);
        CHECK(reply.status == 200);
        CHECK(reply.body.find("Uhkaili") == std::string::npos);
    }

    // Nobody has opened the room after the restart: the link is dead all the same.
    evening.lines.clear();
    evening.house.open_anew();
    CHECK(looks() == "revoked");

    const auto mari = evening.come(evening.staff[1]);
    evening.done(*mari, ReadmitPerson{invited.person});
    CHECK(looks() == "open");
    CHECK(looks_by_code() == "open");
    evening.come(invited);
}

TEST_CASE("An invitation made after a ban is the one that works when the ban is undone") {
    Evening evening;
    Invited invited;
    const auto mustikka = evening.participant("Mustikka", &invited);
    evening.done(evening.mari(), RemovePerson{.person = invited.person, .reason = "Uhkaili muita.", .ban = true});
    const auto key = evening.house.coordinator_key();
    const auto again = ask(evening.house, "POST", "/api/sessions/1/invitations",
        "{\"people\":[" + std::to_string(invited.person.value) + "],\"renew\":true}", {"Authorization: Bearer " + key});
    REQUIRE(again.status == 200);
    evening.done(evening.mari(), ReadmitPerson{invited.person});
    CHECK(standing_of(ask(evening.house, "POST", "/api/look", secret_body(invited.secret))) == "revoked");
}

TEST_CASE("The staff are told of the lines of those who wait for help, and nobody else is told of any") {
    Evening evening;
    Invited invited;
    const auto mustikka = evening.participant("Mustikka", &invited);
    const auto kanerva = evening.participant("Kanerva");
    const auto seq = [&] {
        return in_room<std::int64_t>(evening.house, evening.session, [](const domain::Room& room) { return room.seq; });
    };
    mustikka->answers = false;
    // The ping of this beat, answered after so long.
    const auto answer_after = [&](std::chrono::milliseconds delay) {
        evening.house.pass(5s);
        auto frame = mustikka->next();
        while (frame && frame->opcode != 9) frame = mustikka->next();
        REQUIRE(frame);
        evening.house.clock.pass(delay);
        mustikka->send_frame(0x8a, frame->payload);
    };
    answer_after(80ms);
    const HelpId help{evening.done(*mustikka, AskForHelp{.kind = HelpKind::cannot_hear, .words = {}, .call_back = {}})};
    const auto before = seq();
    answer_after(240ms);
    // When somebody asks nothing is known of their line yet, and the staff are told that.
    const auto figures = [](RoomClient& client) {
        auto told = client.expect<LineFigures>();
        while (told.lines.empty()) told = client.expect<LineFigures>();
        return told;
    };
    const auto told = figures(evening.mari());
    REQUIRE(told.lines.size() == 1);
    CHECK(told.lines[0].person == invited.person);
    CHECK(told.lines[0].rtt_worst_ms >= 240);
    CHECK(told.lines[0].rtt_median_ms >= 80);
    CHECK(figures(evening.meri()).lines.size() == 1);
    // It is no step of the room, but for the marks of life.
    const auto events = in_room<std::int64_t>(
        evening.house, evening.session, [](const domain::Room& room) { return room.seq; });
    CHECK(events <= before + 1);

    // When the trouble is over nobody's line is told.
    evening.done(evening.mari(), ClaimHelp{help});
    evening.done(evening.mari(), SolveHelp{help});
    evening.house.pass(3s);
    CHECK(evening.meri().expect<LineFigures>().lines.empty());

    // A participant has had none of it.
    evening.done(*kanerva, SayImBack{});
    kanerva->send_frame(0x89, "all");
    while (true) {
        const auto frame = kanerva->next();
        REQUIRE(frame);
        if (frame->opcode == 10) break;
        CHECK(frame->payload.find("line_figures") == std::string::npos);
    }
}

TEST_CASE("The coordinator is told how help went, by kind, and of nobody") {
    Evening evening;
    const auto mustikka = evening.participant("Mustikka");
    const auto kanerva = evening.participant("Kanerva");
    const auto first = evening.done(
        *mustikka, AskForHelp{.kind = HelpKind::cannot_hear, .words = "Ei kuulu", .call_back = {}});
    evening.house.clock.pass(40s);
    evening.done(evening.mari(), ClaimHelp{HelpId{first}});
    const auto second = evening.done(*kanerva, AskForHelp{.kind = HelpKind::cannot_hear, .words = {}, .call_back = {}});
    evening.house.clock.pass(20s);
    evening.done(evening.mari(), ClaimHelp{HelpId{second}});
    const auto key = evening.house.coordinator_key();
    CHECK(ask(evening.house, "GET", "/api/sessions/1/help", {}, {"Authorization: Bearer " + key}).body ==
          R"({"theme":"Uni","lines":[{"kind":"cannot_hear","count":2,"median_seconds":30,"longest_seconds":40}]})");
    CHECK(ask(evening.house, "GET", "/api/sessions/2/help", {}, {"Authorization: Bearer " + key}).status == 404);
    CHECK(ask(evening.house, "GET", "/api/sessions/1/help").status == 401);
}

TEST_CASE("The site's word list holds in its rooms; an entry that cannot be used is named, and the rest is used") {
    Evening evening{{.word_list = "# Sanat, jotka tarkistetaan\nhölmö\nkaksi sanaa\n\nhumppa*\r\n"}};
    CHECK(
        evening.house.log().find("event=word_list_line_not_used line=3 why=\"is not one word\"") != std::string::npos);
    const auto mustikka = evening.participant("Mustikka");
    const auto reasons_of = [&](const std::string& text) {
        const auto id = evening.write(*mustikka, text);
        evening.house.clock.pass(11s);
        return in_room<std::vector<HoldReason>>(evening.house, evening.session, [&](const domain::Room& room) {
            const auto* review = review_of(*find_message(room, id));
            return review == nullptr ? std::vector<HoldReason>{} : review->reasons;
        });
    };
    const std::vector listed{HoldReason::word_list};
    CHECK(reasons_of("Olet hölmö") == listed);
    CHECK(reasons_of("Hölmöistä puheen ollen") == listed);
    CHECK(reasons_of("humppaillaan") == listed);
    CHECK(reasons_of("Tässä on kaksi sanaa").empty());
    CHECK(reasons_of("Sanat, jotka tarkistetaan").empty());

    std::ofstream{evening.house.folder.path() / "words.txt"} << "tango\n";
    evening.house.house->reload_word_list();
    CHECK(reasons_of("tangoa") == listed);
    CHECK(reasons_of("Olet yhä hölmö").empty());

    std::filesystem::remove(evening.house.folder.path() / "words.txt");
    evening.house.house->reload_word_list();
    CHECK(evening.house.log().find("event=word_list_refused") != std::string::npos);
    CHECK(reasons_of("tangosta") == listed);
}
