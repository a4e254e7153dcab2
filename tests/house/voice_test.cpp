// Voice over real sockets: the door, who is heard, and what a listener who does not read loses.

#include <cmath>
#include <numbers>

#include <opus.h>

#include "protocol/voice.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"
#include "net/metrics.hpp"
#include "voice/frame.hpp"
#include "voice/speaker_gate.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using protocol::Role;

namespace {

/// What a frame is known by in these tests: its seq is the listener's to see.
std::string sound(std::uint16_t seq, std::string_view packet = "\xf8\xff\xfe", std::uint8_t flags = 0) {
    return voice::message_of(
        0, {.kind = voice::Kind::opus, .flags = flags, .seq = seq, .clock = seq * 960U, .packet = packet})
        .substr(voice::speaker_bytes);
}

struct Heard {
    std::uint16_t speaker{};
    std::uint8_t flags{};
    std::uint16_t seq{};
    std::string packet;
};

Heard heard_in(std::string_view message) {
    REQUIRE(message.size() >= voice::speaker_bytes + voice::head_bytes);
    const auto byte = [&](std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(message[at])); };
    return {.speaker = static_cast<std::uint16_t>(byte(0) << 8 | byte(1)),
        .flags = static_cast<std::uint8_t>(byte(3)),
        .seq = static_cast<std::uint16_t>(byte(4) << 8 | byte(5)),
        .packet = std::string{message.substr(10)}};
}

/// A client on /voice.
class VoiceClient {
public:
    explicit VoiceClient(const TestHouse& house, RawClient::Ways ways = {})
        : socket_{RawClient{house.port(), with_tls(house, ways)}, house.origin(), "/voice"} {}

    void hello(const std::string& ticket, bool listen = true) {
        say(protocol::VoiceHello{.version = 1, .ticket = ticket, .listen = listen});
    }
    void say(const protocol::VoiceClientFrame& frame) { socket_.send_text(base::json::to_text(frame)); }
    void send(std::string_view message) { socket_.send_frame(0x82, message); }
    RoomClient& socket() { return socket_; }

    /// The next message of this type; frames of voice are passed over.
    template <class T>
    T expect() {
        while (true) {
            const auto frame = next();
            if (frame.opcode != 1) continue;
            const auto read = base::json::from_text<protocol::VoiceServerFrame>(parser_, frame.payload);
            REQUIRE(std::holds_alternative<protocol::VoiceServerFrame>(read));
            if (const auto* wanted = std::get_if<T>(&std::get<protocol::VoiceServerFrame>(read))) return *wanted;
        }
    }
    /// The next frame of voice; texts are passed over.
    Heard hear() {
        while (true) {
            const auto frame = next();
            if (frame.opcode == 2) return heard_in(frame.payload);
        }
    }

private:
    static RawClient::Ways with_tls(const TestHouse& house, RawClient::Ways ways) {
        ways.has_tls = house.has_tls;
        return ways;
    }
    RoomClient::Frame next() {
        auto frame = socket_.next();
        REQUIRE(frame);
        INFO("closed with " << (frame->opcode == 8 && frame->payload.size() >= 2 ? frame->payload.substr(2)
                                                                                 : std::string{}));
        REQUIRE(frame->opcode != 8);
        return *frame;
    }

    RoomClient socket_;
    simdjson::dom::parser parser_;
};

/// One who is in the room, and can hear it.
struct Guest {
    protocol::PersonId person;
    RoomClient room;
    int commands = 0;

    std::optional<protocol::Refusal> ask(protocol::Command command) {
        return room.outcome_of("v" + std::to_string(++commands), std::move(command)).refusal;
    }
    std::string ticket() {
        room.send(protocol::AskVoiceTicket{});
        return room.expect<protocol::VoiceTicket>().ticket;
    }
};

struct Evening {
    TestHouse house;
    protocol::SessionId session;

    explicit Evening(
        const people::SessionSettings& settings = {}, HouseOptions options = {.has_tls = true, .workers = 3})
        : house{std::move(options)}, session{house.plan_session(settings)} {}

    Guest come(Role role, const std::string& name) {
        const auto invited = house.invite(session, role, name);
        Guest guest{.person = invited.person, .room = RoomClient{house}};
        guest.room.come_in(enter(house, invited, role == Role::participant ? name : std::string{}));
        return guest;
    }
    VoiceClient listen(Guest& guest, bool listens = true) {
        VoiceClient voice{house};
        voice.hello(guest.ticket(), listens);
        voice.expect<protocol::VoiceWelcome>();
        return voice;
    }
};

/// A live session: a facilitator on the stage, and two others.
struct Talk : Evening {
    using Evening::Evening;
    Guest ohjaaja = come(Role::facilitator, "Olli Ohjaaja");
    Guest mustikka = come(Role::participant, "Mustikka");
    Guest kanerva = come(Role::participant, "Kanerva");
    VoiceClient of_ohjaaja = listen(ohjaaja);
    VoiceClient of_mustikka = listen(mustikka);
    VoiceClient of_kanerva = listen(kanerva);

    void begin() {
        REQUIRE_FALSE(ohjaaja.ask(protocol::OpenDoors{}));
        REQUIRE_FALSE(ohjaaja.ask(protocol::GoLive{}));
    }
    protocol::TurnId give(Guest& guest) {
        const auto outcome = ohjaaja.room.outcome_of("give" + std::to_string(++ohjaaja.commands),
            protocol::GrantFloorTo{.person = guest.person, .expected_turn = {}});
        REQUIRE_FALSE(outcome.refusal);
        return protocol::TurnId{outcome.seq};
    }
    std::int64_t unheard() const { return house.metrics().voice.frames_unheard; }
};

}  // namespace

TEST_CASE("Voice: a ticket of the room opens the door once, for one connection, and says who is who") {
    Evening evening;
    auto ohjaaja = evening.come(Role::facilitator, "Olli Ohjaaja");
    const auto ticket = ohjaaja.ticket();
    VoiceClient voice{evening.house};
    CHECK(voice.socket().handshake.starts_with("HTTP/1.1 101"));
    voice.hello(ticket);
    const auto welcome = voice.expect<protocol::VoiceWelcome>();
    CHECK(welcome.frame_ms == 20);
    CHECK(welcome.me == 1);
    VoiceClient thief{evening.house};
    thief.hello(ticket);
    CHECK(thief.socket().close_code() == 4501);

    // Neither door takes the other's ticket.
    VoiceClient strange{evening.house};
    strange.hello(enter(evening.house, evening.house.invite(evening.session, Role::moderator, "Maija Moderaattori")));
    CHECK(strange.socket().close_code() == 4501);
    RoomClient room{evening.house};
    room.hello(ohjaaja.ticket());
    CHECK(room.close_code() == 4501);

    const auto late = ohjaaja.ticket();
    evening.house.pass(61s);
    VoiceClient too_late{evening.house};
    too_late.hello(late);
    CHECK(too_late.socket().close_code() == 4501);
}

TEST_CASE("Voice: another origin gets 403, another first message is answered with its number") {
    Evening evening;
    RawClient raw{evening.house};
    raw.send(
        "GET /voice HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.fi\r\nConnection: Upgrade\r\nUpgrade: "
        "websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    CHECK(read_reply(raw).status == 403);

    const auto code_after = [&](const std::function<void(VoiceClient&)>& says) {
        VoiceClient voice{evening.house};
        says(voice);
        return voice.socket().close_code();
    };
    CHECK(code_after([](VoiceClient& voice) { voice.send(sound(1)); }) == 4401);
    CHECK(code_after([](VoiceClient& voice) {
        voice.socket().send_text("{\"type\":\"hello\",\"version\":1,\"ticket\":\"x\"}");
    }) == 4400);
    CHECK(code_after([](VoiceClient& voice) {
        voice.socket().send_text("{\"type\":\"voice_hello\",\"version\":2,\"ticket\":\"x\",\"listen\":true}");
    }) == 4505);
    CHECK(code_after([](VoiceClient& voice) { voice.send(std::string(3000, 'x')); }) == 1009);
    VoiceClient silent{evening.house};
    evening.house.pass(11s);
    CHECK(silent.socket().close_code() == 4401);
}

TEST_CASE("Voice: the stage and the holder of the turn are heard; who has no turn reaches nobody") {
    Talk talk;
    talk.begin();
    talk.of_kanerva.send(sound(1));
    talk.of_kanerva.send(sound(2));
    wait_until([&] { return talk.unheard() == 2; });
    talk.of_ohjaaja.send(sound(100));
    const auto first = talk.of_mustikka.hear();
    CHECK(first.seq == 100);
    CHECK(first.flags == voice::spurt_begins);
    CHECK(first.packet == "\xf8\xff\xfe");
    CHECK(talk.of_kanerva.hear().seq == 100);

    talk.give(talk.mustikka);
    CHECK(talk.of_mustikka.expect<protocol::VoiceMaySpeak>().may);
    talk.of_mustikka.send(sound(200));
    const auto speaker = talk.of_kanerva.expect<protocol::VoiceSpeaker>();
    CHECK(speaker.person == talk.mustikka.person);
    const auto second = talk.of_kanerva.hear();
    CHECK(second.seq == 200);
    CHECK(second.speaker == speaker.speaker);
    CHECK(talk.of_ohjaaja.hear().seq == 200);

    // Who comes later is told at once whose the ids are.
    auto halla = talk.come(Role::participant, "Halla");
    VoiceClient of_halla{talk.house};
    of_halla.hello(halla.ticket());
    std::set<std::int64_t> known{
        of_halla.expect<protocol::VoiceSpeaker>().speaker, of_halla.expect<protocol::VoiceSpeaker>().speaker};
    CHECK(known == std::set<std::int64_t>{first.speaker, second.speaker});
}

TEST_CASE("Voice: when the turn has ended not one frame more passes, however fast they come") {
    Talk talk;
    talk.begin();
    const auto turn = talk.give(talk.mustikka);
    talk.of_mustikka.expect<protocol::VoiceMaySpeak>();
    for (std::uint16_t seq = 1; seq <= 10; ++seq) talk.of_mustikka.send(sound(seq));
    for (std::uint16_t seq = 1; seq <= 10; ++seq) CHECK(talk.of_kanerva.hear().seq == seq);
    const auto unheard = talk.unheard();
    REQUIRE_FALSE(talk.ohjaaja.ask(protocol::RevokeTurn{turn}));
    for (std::uint16_t seq = 11; seq <= 15; ++seq) talk.of_mustikka.send(sound(seq));
    wait_until([&] { return talk.unheard() == unheard + 5; });
    CHECK_FALSE(talk.of_mustikka.expect<protocol::VoiceMaySpeak>().may);
    // What is heard next is the stage's.
    talk.of_ohjaaja.send(sound(500));
    CHECK(talk.of_kanerva.hear().seq == 500);
}

TEST_CASE("Voice: four of the stage are heard at once, told apart, and a fifth is not") {
    Talk talk;
    talk.begin();
    std::vector<Guest> guests;
    std::vector<VoiceClient> voices;
    for (const auto* name : {"Vieno Vieras", "Veikko Vieras", "Venla Vieras", "Valma Vieras"}) {
        guests.push_back(talk.come(Role::guest, name));
        REQUIRE_FALSE(talk.ohjaaja.ask(protocol::SetOnStage{.person = guests.back().person, .on = true}));
        voices.push_back(talk.listen(guests.back(), false));
    }
    std::set<std::uint16_t> speakers;
    talk.of_ohjaaja.send(sound(1));
    speakers.insert(talk.of_kanerva.hear().speaker);
    for (std::size_t index = 0; index < 3; ++index) {
        voices[index].send(sound(static_cast<std::uint16_t>(2 + index)));
        speakers.insert(talk.of_kanerva.hear().speaker);
    }
    CHECK(speakers.size() == 4);
    const auto unheard = talk.unheard();
    voices[3].send(sound(9));
    wait_until([&] { return talk.unheard() == unheard + 1; });
    talk.house.pass(1s);
    voices[3].send(sound(10));
    const auto heard = talk.of_kanerva.hear();
    CHECK(heard.seq == 10);
    CHECK_FALSE(speakers.contains(heard.speaker));
}

TEST_CASE("Voice: what is too large, too fast or not sane is dropped, and then the socket is closed") {
    Talk talk;
    talk.begin();
    const auto& figures = talk.house.metrics().voice;
    // Ten at a time, no faster than one may speak: it is not their number that is refused.
    const auto code_after = [&](const std::string& message) {
        auto voice = talk.listen(talk.ohjaaja, false);
        const auto before = figures.frames_refused.load();
        for (int tens = 1; tens <= 5; ++tens) {
            for (int index = 0; index < 10; ++index) voice.send(message);
            wait_until([&] { return figures.frames_refused == before + tens * 10; });
            talk.house.clock.pass(200ms);
        }
        // Fifty are forgiven; of those that follow each one second's one.
        for (int index = 0; index < 3; ++index) voice.send(message);
        return voice.socket().close_code();
    };
    CHECK(code_after(sound(1, std::string(401, '\xf8'))) == 4400);
    CHECK(code_after("strange") == 4400);
    CHECK(code_after(std::string("\x11\xff\0\1\0\0\3\xc0\xf8\xff\xfe", 11)) == 4400);

    auto flood = talk.listen(talk.ohjaaja, false);
    for (std::uint16_t seq = 0; seq < 200; ++seq) flood.send(sound(seq));
    CHECK(flood.socket().close_code() == 4429);
    // Of all this the first frames of the flood were heard, as fast as one may speak.
    CHECK(talk.of_kanerva.hear().seq == 0);
    CHECK(static_cast<double>(figures.frames_passed.load()) <= voice::frames_burst + 1);
}

TEST_CASE("Voice: a listener who does not read loses frames, and nobody else does; nothing grows") {
    Talk talk;
    talk.begin();
    VoiceClient frozen{talk.house, {.receive_buffer_bytes = 4096}};
    frozen.hello(talk.kanerva.ticket());
    frozen.expect<protocol::VoiceWelcome>();
    const std::string packet(400, '\xf8');
    // Each of these is heard by Mustikka before the next is sent, until the frozen one has lost some.
    const auto& figures = talk.house.metrics().voice;
    std::uint16_t seq = 0;
    while (figures.deliveries_dropped < 100) {
        REQUIRE(seq < 60'000);
        talk.of_ohjaaja.send(sound(++seq, packet));
        REQUIRE(talk.of_mustikka.hear().seq == seq);
        REQUIRE(talk.of_kanerva.hear().seq == seq);
        if (seq % 10 == 0) talk.house.clock.pass(200ms);
    }
    // When it reads again it gets what still waited, and then where the others are: nothing between.
    const auto lost_until = seq;
    std::uint16_t last = 0;
    while (true) {
        talk.house.clock.pass(20ms);
        talk.of_ohjaaja.send(sound(++seq, packet));
        REQUIRE(talk.of_mustikka.hear().seq == seq);
        const auto heard = frozen.hear().seq;
        if (heard != last + 1) {
            CHECK(heard > lost_until);
            break;
        }
        last = heard;
    }
    CHECK(last + 100 <= lost_until);
}

TEST_CASE("Voice: samples are encoded here, and are the same tone at the listener") {
    Talk talk;
    talk.begin();
    talk.give(talk.mustikka);
    talk.of_mustikka.expect<protocol::VoiceMaySpeak>();
    std::unique_ptr<OpusDecoder, decltype(&opus_decoder_destroy)> decoder{
        opus_decoder_create(48'000, 1, nullptr), opus_decoder_destroy};
    std::vector<double> sound_heard;
    for (int frame = 0; frame < 40; ++frame) {
        std::string samples;
        for (int index = 0; index < 320; ++index) {
            const auto sample = static_cast<std::uint16_t>(static_cast<std::int16_t>(
                8000 * std::sin(2 * std::numbers::pi * 1000 * (frame * 320 + index) / 16'000.0)));
            samples += static_cast<char>(sample & 0xff);
            samples += static_cast<char>(sample >> 8);
        }
        auto message = sound(static_cast<std::uint16_t>(frame), samples);
        message[0] = 0x12;
        talk.of_mustikka.send(message);
        const auto heard = talk.of_kanerva.hear();
        CHECK(heard.seq == frame);
        std::vector<std::int16_t> decoded(2880);
        const auto count = opus_decode(decoder.get(), reinterpret_cast<const unsigned char*>(heard.packet.data()),
            static_cast<int>(heard.packet.size()), decoded.data(), 2880, 0);
        REQUIRE(count == 960);
        if (frame >= 10) sound_heard.insert(sound_heard.end(), decoded.begin(), decoded.begin() + count);
        talk.house.clock.pass(20ms);
    }
    // The share of it that is at 1000 Hz.
    double real = 0, imaginary = 0, power = 0;
    for (std::size_t index = 0; index < sound_heard.size(); ++index) {
        const auto angle = 2 * std::numbers::pi * 1000 * static_cast<double>(index) / 48'000;
        real += sound_heard[index] * std::cos(angle);
        imaginary += sound_heard[index] * std::sin(angle);
        power += sound_heard[index] * sound_heard[index];
    }
    CHECK(2 * (real * real + imaginary * imaginary) / (static_cast<double>(sound_heard.size()) * power) > 0.9);

    // Without a turn nobody encodes.
    const auto unheard = talk.unheard();
    auto message = sound(1, std::string(640, '\1'));
    message[0] = 0x12;
    talk.of_kanerva.send(message);
    wait_until([&] { return talk.unheard() == unheard + 1; });
}

TEST_CASE("Voice: a session without it has no door; one with many listeners asks for longer frames") {
    people::SessionSettings without;
    without.voice = false;
    Evening quiet{without};
    auto guest = quiet.come(Role::facilitator, "Olli Ohjaaja");
    guest.room.send(protocol::AskVoiceTicket{});
    guest.room.expect<protocol::VoiceOff>();

    people::SessionSettings many;
    many.many_listeners = true;
    Evening full{many};
    auto ohjaaja = full.come(Role::facilitator, "Olli Ohjaaja");
    VoiceClient voice{full.house};
    voice.hello(ohjaaja.ticket());
    CHECK(voice.expect<protocol::VoiceWelcome>().frame_ms == 60);
}

TEST_CASE("Voice: the socket ends with its line of the room, with the person's part, and with the session") {
    Talk talk;
    talk.begin();
    talk.kanerva.room.send(protocol::Leave{});
    CHECK(talk.of_kanerva.socket().close_code() == 4506);
    REQUIRE_FALSE(talk.ohjaaja.ask(
        protocol::RemovePerson{.person = talk.mustikka.person, .reason = "Häiritsi muita", .ban = false}));
    CHECK(talk.of_mustikka.socket().close_code() == 4503);
    auto halla = talk.come(Role::participant, "Halla");
    auto of_halla = talk.listen(halla);
    {
        // Cut off without a word.
        const auto gone = std::move(halla.room);
    }
    CHECK(of_halla.socket().close_code() == 4413);
    REQUIRE_FALSE(talk.ohjaaja.ask(protocol::CloseSession{}));
    CHECK(talk.of_ohjaaja.socket().close_code() == 4504);
}

TEST_CASE("Voice: a socket without a sign of life is given up, one that answers is kept") {
    Talk talk;
    talk.begin();
    talk.of_kanerva.socket().answers = false;
    for (int index = 0; index < 16; ++index) {
        talk.house.pass(1s);
        // The others show that they live.
        for (auto* alive : {&talk.of_ohjaaja.socket(), &talk.of_mustikka.socket(), &talk.ohjaaja.room,
                 &talk.mustikka.room, &talk.kanerva.room})
            alive->send_frame(0x8a, "");
    }
    CHECK(talk.of_kanerva.socket().close_code() == 4410);
    talk.of_ohjaaja.send(sound(1));
    CHECK(talk.of_mustikka.hear().seq == 1);
}

TEST_CASE("Voice: the figures tell what became of the frames, and no log tells of a person") {
    Talk talk;
    talk.begin();
    talk.of_ohjaaja.send(sound(1));
    talk.of_mustikka.hear();
    talk.of_kanerva.hear();
    talk.of_kanerva.send(sound(2));
    wait_until([&] { return talk.unheard() == 1; });
    const auto text = talk.house.metrics().to_text();
    CHECK(text.find("etakahvila_voice_frames_passed_total 1") != text.npos);
    CHECK(text.find("etakahvila_voice_deliveries_total 2") != text.npos);
    CHECK(text.find("etakahvila_voice_dropped_total{why=\"not_heard\"} 1") != text.npos);
    CHECK(talk.house.log().find("Mustikka") == std::string::npos);
}
