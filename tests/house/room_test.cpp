// The room's door, and the line behind it.

#include <future>
#include <thread>

#include "support/catch.hpp"
#include "house/house.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using namespace std::string_literals;
using protocol::Role;

namespace {

/// How the room stands: steps taken, and connections that are up.
struct Standing {
    std::int64_t seq{};
    std::int64_t up{};
    bool operator==(const Standing&) const = default;
};

Standing standing_of(TestHouse& house, protocol::SessionId session) {
    std::promise<Standing> promise;
    house.house->directory().room(session)->look([&](const domain::Room& room) {
        Standing standing{.seq = room.seq, .up = 0};
        for (const auto& [person, member] : room.presence.members) standing.up += member.up;
        promise.set_value(standing);
    });
    return promise.get_future().get();
}

std::string upgrade_with(const std::string& fields) {
    return "GET /room HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: "
           "websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
           fields + "\r\n";
}

/// A house with one session and a facilitator.
struct Evening {
    explicit Evening(HouseOptions options = {})
        : house{std::move(options)},
          session{house.plan_session()},
          ohjaaja{house.invite(session, Role::facilitator, "Olli Ohjaaja")} {}
    TestHouse house;
    protocol::SessionId session;
    Invited ohjaaja;
};

}  // namespace

TEST_CASE("Forty origins that are not ours get 403 before anything else is looked at") {
    TestHouse house{{.origins = {"https://ok.fi"}}};
    const auto port = std::to_string(house.port());
    const std::vector<std::string> strange{
        "null",
        "",
        "https://ok.fi.evil.fi",
        "https://evil.fi",
        "https://ok.fi:443",
        "https://ok.fi:8443",
        "http://ok.fi",
        "https://OK.fi",
        "HTTPS://ok.fi",
        "https://ok.fi/",
        "https://ok.fi/path",
        "https://ok.fi?x",
        "https://ok.fi#x",
        "https://www.ok.fi",
        "https://ok.fi.",
        "https://xn--ok-fi",
        "https://\xc3\xb6k.fi",
        "https://ok.fi@evil.fi",
        "https://evil.fi/https://ok.fi",
        "https://ok.fi https://evil.fi",
        "https://evil.fi https://ok.fi",
        "https://ok.fi,https://evil.fi",
        "//ok.fi",
        "ok.fi",
        "https:ok.fi",
        "https:/ok.fi",
        "wss://ok.fi",
        "file://",
        "about:blank",
        "data:text/html,x",
        "chrome-extension://abc",
        "https://ok.f",
        "https://ok.fii",
        "https://k.fi",
        "http://localhost",
        "https://localhost:" + port,
        "http://127.0.0.1",
        "http://localhost:1",
        "http://[::1]:" + port,
        "http://0.0.0.0:" + port,
        "http://evil@localhost:" + port,
    };
    REQUIRE(strange.size() >= 40);
    for (const auto& origin : strange) {
        INFO(origin);
        RawClient client{house};
        client.send(upgrade_with("Origin: " + origin + "\r\n"));
        CHECK(read_reply(client).status == 403);
    }
    RawClient none{house};
    none.send(upgrade_with(""));
    CHECK(read_reply(none).status == 403);
    RawClient two{house};
    two.send(upgrade_with("Origin: https://ok.fi\r\nOrigin: https://ok.fi\r\n"));
    CHECK(read_reply(two).status == 403);
    for (const auto& origin : {"https://ok.fi"s, "http://localhost:" + port, "http://127.0.0.1:" + port}) {
        RawClient client{house};
        client.send(upgrade_with("Origin: " + origin + "\r\n"));
        const auto reply = read_reply(client, false);
        CHECK(reply.status == 101);
        CHECK(reply.field("Sec-WebSocket-Accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        CHECK(reply.field("Sec-WebSocket-Extensions").empty());
    }
}

TEST_CASE("An upgrade that is not quite one is refused") {
    TestHouse house;
    const auto status_of = [&](const std::string& request) {
        RawClient client{house};
        client.send(request);
        return read_reply(client).status;
    };
    const auto ours = "Origin: " + house.origin() + "\r\n";
    const auto with = [&](std::string_view part, std::string_view instead) {
        auto request = upgrade_with(ours);
        request.replace(request.find(part), part.size(), instead);
        return request;
    };
    CHECK(status_of(with("GET", "POST")) == 400);
    CHECK(status_of(with("/room", "/rooms")) == 404);
    CHECK(status_of(with("HTTP/1.1", "HTTP/1.0")) == 400);
    CHECK(status_of(with("Version: 13", "Version: 8")) == 426);
    CHECK(status_of(with("Upgrade: websocket", "Upgrade: websocket2")) == 400);
    CHECK(status_of(with("Connection: Upgrade", "Connection: close")) == 400);
    CHECK(status_of(with("dGhlIHNhbXBsZSBub25jZQ==", "short")) == 400);
    CHECK(status_of("GET /room HTTP/1.1\r\nHost: localhost\r\n" + ours + "\r\n") == 400);
}

TEST_CASE("Coming in: hello with a ticket, welcome, what the room looks like; a ticket works once") {
    for (const bool has_tls : {false, true}) {
        for (const std::size_t workers : {1, 3}) {
            Evening evening{{.has_tls = has_tls, .workers = workers}};
            const auto ticket = enter(evening.house, evening.ohjaaja);
            RoomClient client{evening.house};
            const auto welcome = client.come_in(ticket);
            CHECK_FALSE(welcome.resumed);
            CHECK(welcome.me == evening.ohjaaja.person);
            CHECK(welcome.role == Role::facilitator);
            const auto snapshot = client.expect<protocol::Batch>();
            CHECK(snapshot.from == 0);
            CHECK(snapshot.to == welcome.seq);
            CHECK_FALSE(client.outcome_of("a1", protocol::OpenDoors{}).refusal);

            RoomClient thief{evening.house};
            thief.hello(ticket);
            CHECK(thief.close_code() == 4501);

            // The next ticket opens the next connection, which hears just what it missed.
            const auto seq = standing_of(evening.house, evening.session).seq;
            RoomClient again{evening.house};
            const auto resumed = again.come_in(
                welcome.next_ticket, protocol::ResumePoint{.epoch = welcome.epoch, .seq = welcome.seq});
            CHECK(resumed.resumed);
            CHECK(again.expect<protocol::Batch>().from == welcome.seq);
            CHECK(resumed.seq > seq);
        }
    }
}

TEST_CASE("A ticket that was not used within its minute is none") {
    Evening evening;
    const auto ticket = enter(evening.house, evening.ohjaaja);
    evening.house.clock.pass(61s);
    RoomClient client{evening.house};
    client.hello(ticket);
    CHECK(client.close_code() == 4501);
}

TEST_CASE("Each broken frame has its number, goodbye says it too, and the room is not touched") {
    Evening evening;
    struct Broken {
        std::string name;
        std::function<void(RoomClient&)> send;
        unsigned code;
    };
    const auto text = [](std::string payload) {
        return [payload = std::move(payload)](RoomClient& client) { client.send_text(payload); };
    };
    const std::vector<Broken> all{
        {"not JSON", text("hello"), 4400},
        {"empty", text(""), 4400},
        {"a list", text("[]"), 4400},
        {"no type", text("{}"), 4400},
        {"unknown type", text(R"({"type":"goodbye","code":1})"), 4400},
        {"unknown key", text(R"({"type":"leave","more":1})"), 4400},
        {"key twice", text(R"({"type":"command","id":"a","id":"a","command":{"type":"open_doors"}})"), 4400},
        {"id too long",
            text(R"({"type":"command","id":")" + std::string(33, 'a') + R"(","command":{"type":"open_doors"}})"), 4400},
        {"two values", text(R"({"type":"leave"}{"type":"leave"})"), 4400},
        {"hello again", text(R"({"type":"hello","version":1,"ticket":"x"})"), 4400},
        {"binary", [](RoomClient& client) { client.send_frame(0x82, "{}"); }, 4400},
        {"nine fragments",
            [](RoomClient& client) {
                for (int count = 0; count < 9; ++count) client.send_frame(count == 0 ? 0x01 : 0x00, " ");
            },
            4400},
        {"not UTF-8", text("\"\xff\""), 1007},
        {"half a character at the end", text("\"\xc3"), 1007},
        {"larger than 16 KiB", text(std::string(16 * 1024 + 1, ' ')), 1009},
        {"larger in pieces",
            [](RoomClient& client) {
                client.send_frame(0x01, std::string(10'000, ' '));
                client.send_frame(0x80, std::string(10'000, ' '));
            },
            1009},
        {"not masked", [](RoomClient& client) { client.send_frame(0x81, "{}", false); }, 1002},
        {"reserved bit", [](RoomClient& client) { client.send_frame(0xc1, "{}"); }, 1002},
        {"reserved opcode", [](RoomClient& client) { client.send_frame(0x83, "{}"); }, 1002},
        {"long ping", [](RoomClient& client) { client.send_frame(0x89, std::string(126, 'x')); }, 1002},
        {"ping in pieces", [](RoomClient& client) { client.send_frame(0x09, "x"); }, 1002},
        {"continuation of nothing", [](RoomClient& client) { client.send_frame(0x80, "x"); }, 1002},
        {"length with its highest bit",
            [](RoomClient& client) { client.send_bytes("\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0"s); }, 4400},
    };
    for (const auto& broken : all) {
        INFO(broken.name);
        RoomClient client{evening.house};
        client.come_in(enter(evening.house, evening.ohjaaja));
        const auto before = standing_of(evening.house, evening.session);
        broken.send(client);
        CHECK(client.close_code() == broken.code);
        if (broken.code >= 4000) CHECK((client.goodbye && client.goodbye->code == broken.code));
        wait_until([&] { return standing_of(evening.house, evening.session).up == before.up - 1; });
        // The loss of the line, and nothing else.
        CHECK(standing_of(evening.house, evening.session).seq == before.seq + 1);
        CHECK(evening.house.log().find("code=" + std::to_string(broken.code)) != std::string::npos);
    }
}

TEST_CASE("A command that cannot be read is answered as invalid when its id can be, and the line stays") {
    Evening evening;
    RoomClient client{evening.house};
    client.come_in(enter(evening.house, evening.ohjaaja));
    const auto before = standing_of(evening.house, evening.session);
    const std::string deep = R"({"type":"command","id":"a","command":{"type":"open_doors","x":)" + std::string(9, '[') +
                             std::string(9, ']') + "}}";
    for (const auto& [name, frame] : std::vector<std::pair<std::string, std::string>>{
             {"unknown command", R"({"type":"command","id":"a","command":{"type":"delete_all"}})"},
             {"unknown field", R"({"type":"command","id":"a","command":{"type":"open_doors","gently":true}})"},
             {"unknown field beside it",
                 R"({"type":"command","id":"a","command":{"type":"open_doors"},"of":"a newer page"})"},
             {"unknown word", R"({"type":"command","id":"a","command":{"type":"ask_for_help","kind":"cannot_smell"}})"},
             {"no command", R"({"type":"command","id":"a"})"},
             {"null", R"({"type":"command","id":"a","command":null})"},
             {"too deep", deep},
             {"fraction", R"({"type":"command","id":"a","command":{"type":"start_break","minutes":1.5}})"},
             {"beyond 2^53",
                 R"({"type":"command","id":"a","command":{"type":"start_break","minutes":9007199254740993}})"},
             {"too long a text",
                 R"({"type":"command","id":"a","command":{"type":"send_message","channel":"room","text":")" +
                     std::string(1301, 'x') + "\"}}"},
             {"half of an emoji", R"({"type":"command","id":"a","command":{"type":"send_message","channel":"room",)"
                                  R"("text":"hei \ud83d"}})"},
             {"the other half", R"({"type":"command","id":"a","command":{"type":"send_message","channel":"room",)"
                                R"("text":"\ude00 hei"}})"},
         }) {
        INFO(name);
        client.send_text(frame);
        const auto outcome = client.expect<protocol::Outcome>();
        CHECK(outcome.id == "a");
        CHECK((outcome.refusal && outcome.refusal->word == protocol::RefusalWord::invalid));
    }
    // Nothing of it is a step, and the id is free.
    CHECK(standing_of(evening.house, evening.session).seq == before.seq);
    client.send_text(R"({"type":"command","id":"a","command":{"type":"open_doors"}})");
    CHECK_FALSE(client.expect<protocol::Outcome>().refusal);
}

TEST_CASE("Commands that cannot be read count as others do") {
    Evening evening;
    RoomClient client{evening.house};
    client.come_in(enter(evening.house, evening.ohjaaja));
    for (int number = 0; number < 60; ++number)
        client.send_text(
            R"({"type":"command","id":"n)" + std::to_string(number) + R"(","command":{"type":"delete_all"}})");
    int too_fast = 0;
    for (int number = 0; number < 60; ++number) {
        const auto outcome = client.expect<protocol::Outcome>();
        REQUIRE(outcome.refusal);
        if (outcome.refusal->word == protocol::RefusalWord::too_fast) ++too_fast;
    }
    CHECK(too_fast > 0);
}

TEST_CASE("Eight fragments, and pings between them, are one message") {
    Evening evening;
    RoomClient client{evening.house};
    client.come_in(enter(evening.house, evening.ohjaaja));
    const auto whole = base::json::to_text(protocol::ClientFrame{protocol::CommandFrame{"a1", protocol::OpenDoors{}}});
    for (unsigned index = 0; index < 8; ++index) {
        const auto piece = index < 7 ? whole.substr(index * 4, 4) : whole.substr(28);
        client.send_frame((index == 0 ? 0x01U : 0x00U) | (index == 7 ? 0x80U : 0U), piece);
        if (index < 7) client.send_frame(0x89, "are you there");
    }
    CHECK(client.expect<protocol::Outcome>().id == "a1");
}

TEST_CASE("Before hello nothing else is taken, and hello has its time, its version and its ticket") {
    Evening evening;
    const auto code_after = [&](std::string_view text) {
        RoomClient client{evening.house};
        client.send_text(text);
        return client.close_code();
    };
    CHECK(code_after(R"({"type":"command","id":"a","command":{"type":"open_doors"}})") == 4401);
    CHECK(code_after(R"({"type":"leave"})") == 4401);
    CHECK(code_after(R"({"type":"hello","version":2,"ticket":"x"})") == 4505);
    CHECK(code_after(R"({"type":"hello","version":1,"ticket":"x"})") == 4501);
    RoomClient silent{evening.house};
    evening.house.pass(11s);
    CHECK(silent.close_code() == 4401);
}

TEST_CASE("Commands sent right behind hello wait until the room has given the connection its place") {
    Evening evening;
    RoomClient client{evening.house};
    client.hello(enter(evening.house, evening.ohjaaja));
    client.command("a1", protocol::OpenDoors{});
    client.command("a2", protocol::GoLive{});
    CHECK(client.expect<protocol::Outcome>().id == "a1");
    CHECK_FALSE(client.expect<protocol::Outcome>().refusal);
}

TEST_CASE("Far more frames than anyone can mean end in 4429") {
    Evening evening;
    RoomClient client{evening.house};
    client.come_in(enter(evening.house, evening.ohjaaja));
    std::string flood;
    for (int count = 0; count < 450; ++count) flood += "\x89\x80\x01\x02\x03\x04"s;
    client.send_bytes(flood);
    CHECK(client.close_code() == 4429);
}

TEST_CASE("The server pings and beats every 5 s; who gives no sign for 15 s is lost, and an answer is a sign") {
    Evening evening;
    RoomClient client{evening.house};
    client.come_in(enter(evening.house, evening.ohjaaja));
    RoomClient quiet{evening.house};
    quiet.come_in(enter(evening.house, evening.ohjaaja));
    quiet.answers = false;
    CHECK(standing_of(evening.house, evening.session).up == 2);
    std::int64_t last = -1;
    for (int beats = 0; beats < 4; ++beats) {
        evening.house.pass(5s);
        const auto heartbeat = client.expect<protocol::Heartbeat>();
        if (last >= 0) CHECK(heartbeat.clock.room.ms - last == 5000);
        last = heartbeat.clock.room.ms;
        // The answer to the ping before it is on its way; this one comes back when it has been read.
        client.send_frame(0x89, "sync");
        while (client.next()->opcode != 10) {}
    }
    CHECK(quiet.close_code() == 4410);
    CHECK(standing_of(evening.house, evening.session).up == 1);
    CHECK_FALSE(client.outcome_of("a1", protocol::OpenDoors{}).refusal);
}

TEST_CASE("A pause of the whole process is held against nobody") {
    Evening evening;
    RoomClient client{evening.house};
    client.come_in(enter(evening.house, evening.ohjaaja));
    evening.house.clock.pass(60s);
    evening.house.pass(1s);
    CHECK(standing_of(evening.house, evening.session).up == 1);
    CHECK_FALSE(client.outcome_of("a1", protocol::OpenDoors{}).refusal);
}

TEST_CASE("A goodbye is not a loss, a cut line is one, and a client's close is answered") {
    Evening evening;
    RoomClient leaving{evening.house};
    leaving.come_in(enter(evening.house, evening.ohjaaja));
    leaving.send(protocol::Leave{});
    CHECK(leaving.close_code() == 4506);
    {
        RoomClient cut{evening.house};
        cut.come_in(enter(evening.house, evening.ohjaaja));
    }
    RoomClient closing{evening.house};
    closing.come_in(enter(evening.house, evening.ohjaaja));
    closing.send_frame(0x88, "\x03\xe8");
    CHECK(closing.close_code() == 1000);
    wait_until([&] { return standing_of(evening.house, evening.session).up == 0; });
    std::promise<std::int64_t> losses;
    evening.house.house->directory().room(evening.session)->look([&](const domain::Room& room) {
        losses.set_value(room.member(evening.ohjaaja.person)->losses);
    });
    CHECK(losses.get_future().get() == 2);
}

TEST_CASE("A reader that does not read is closed at the bound, and resumes where it was") {
    for (const bool has_tls : {false, true}) {
        Evening evening{{.has_tls = has_tls}};
        RoomClient writer{evening.house};
        writer.come_in(enter(evening.house, evening.ohjaaja));
        RoomClient frozen{RawClient{evening.house.port(), {.has_tls = has_tls, .receive_buffer_bytes = 4096}},
            evening.house.origin()};
        const auto welcome = frozen.come_in(enter(evening.house, evening.ohjaaja));
        REQUIRE_FALSE(writer.outcome_of("o1", protocol::OpenDoors{}).refusal);
        const std::string wide = [] {
            std::string text;
            for (int count = 0; count < 120; ++count) text += "\xf0\x9f\x8d\x93";
            return text;
        }();
        int number = 0;
        const auto& metrics = evening.house.metrics();
        while (metrics.to_text({}).find("closes_total{code=\"4408\"}") == std::string::npos) {
            REQUIRE(number < 4000);
            // One after the other: what comes in together is told together, and is little.
            for (int burst = 0; burst < 20; ++burst) {
                ++number;
                REQUIRE_FALSE(writer
                        .outcome_of("w" + std::to_string(number),
                            protocol::SetWhereWeAre{{std::to_string(number) + wide.substr(0, 400), wide, wide}})
                        .refusal);
            }
            // It lives, but does not read.
            frozen.send_frame(0x8a, "");
            evening.house.pass(1s);
        }
        INFO(number << " commands");
        const auto seq = standing_of(evening.house, evening.session).seq;
        RoomClient back{evening.house};
        const auto resumed = back.come_in(
            welcome.next_ticket, protocol::ResumePoint{.epoch = welcome.epoch, .seq = welcome.seq});
        CHECK(resumed.resumed);
        CHECK(back.expect<protocol::Batch>().to >= seq);
        CHECK(standing_of(evening.house, evening.session).up == 2);
    }
}

TEST_CASE("A greeting larger than the bound is sent whole, however slowly the line takes it") {
    Evening evening;
    RoomClient writer{evening.house};
    writer.come_in(enter(evening.house, evening.ohjaaja));
    REQUIRE_FALSE(writer.outcome_of("o1", protocol::OpenDoors{}).refusal);
    // As long as messages may be, in the widest characters there are.
    std::string wide;
    for (int count = 0; count < 1000; ++count) wide += "\xf0\x9f\x8d\x93";
    const auto say = [&](int number) {
        if (number % 20 == 0) evening.house.clock.pass(1s);
        return writer.outcome_of("w" + std::to_string(number),
            protocol::SendMessage{.channel = protocol::Channel::staff, .text = wide, .reply_to = {}});
    };
    for (int number = 0; number < 200; ++number) REQUIRE_FALSE(say(number).refusal);
    RoomClient slow{RawClient{evening.house.port(), {.receive_buffer_bytes = 4096}}, evening.house.origin()};
    slow.hello(enter(evening.house, evening.ohjaaja));
    wait_until([&] { return standing_of(evening.house, evening.session).up == 2; });
    // The room goes on meanwhile, and is heard after the greeting.
    protocol::Outcome last;
    for (int number = 200; number < 230; ++number) last = say(number);
    REQUIRE_FALSE(last.refusal);
    CHECK(slow.expect<protocol::Batch>().changes.size() > 200);
    std::int64_t have = 0;
    while (have < last.seq) have = slow.expect<protocol::Batch>().to;
    CHECK(have >= last.seq);
}

TEST_CASE("The house closes: clients are told when to come back, and the room goes on from its journal") {
    Evening evening;
    RoomClient client{evening.house};
    const auto welcome = client.come_in(enter(evening.house, evening.ohjaaja));
    REQUIRE_FALSE(client.outcome_of("a1", protocol::OpenDoors{}).refusal);
    std::thread closing{[&] { evening.house.house->close(); }};
    CHECK(client.close_code() == 4412);
    REQUIRE(client.goodbye);
    CHECK(client.goodbye->code == 4412);
    CHECK(client.goodbye->retry_after_ms.value_or(0) <= 500);
    client.send_frame(0x88, "\x11\x3c");
    closing.join();
    evening.house.open_anew();
    RoomClient back{evening.house};
    const auto resumed = back.come_in(
        enter(evening.house, evening.ohjaaja), protocol::ResumePoint{.epoch = welcome.epoch, .seq = welcome.seq});
    CHECK(resumed.resumed);
    // The same command again has its first outcome.
    CHECK_FALSE(back.outcome_of("a1", protocol::OpenDoors{}).refusal);
}

TEST_CASE("No name, text, secret or ticket is in any line of the log") {
    Evening evening;
    auto& house = evening.house;
    const auto mansikka = house.invite(evening.session, Role::participant, "Kanarialintu Meikkonen");
    const auto key = house.coordinator_key();
    ask(house, "GET", "/api/sessions/1", {}, {"Authorization: Bearer " + key});
    ask(house, "POST", "/api/sessions/1/registrations", "nimi;päätös\nKanarianpoika;kuntouttava työtoiminta\n;;\n",
        {"Authorization: Bearer " + key});
    ask(house, "POST", "/api/look", "{\"code\":\"" + mansikka.code + "\"}");
    ask(house, "GET", "/kanarialintu?kanarialintu");
    const auto ticket = enter(house, mansikka, "Kanarialintu");
    RoomClient staff{house};
    staff.come_in(enter(house, evening.ohjaaja));
    staff.outcome_of("s1", protocol::OpenDoors{});
    RoomClient client{house};
    const auto welcome = client.come_in(ticket);
    client.command("kanarialintu", protocol::ChangeName{"Kanarialintu2"});
    client.send_text(R"({"type":"kanarialintu"})");
    CHECK(client.close_code() == 4400);
    house.house->close();
    const auto log = house.log();
    CHECK(log.find("event=line_closed") != log.npos);
    for (const auto& canary : {"anaria"s, "Olli"s, mansikka.secret, mansikka.code, evening.ohjaaja.secret, key, ticket,
             welcome.next_ticket, "127.0.0.1"s}) {
        INFO(canary);
        CHECK(log.find(canary) == log.npos);
    }
}
