// The way of a frame through the room: who is heard is asked where the floor is.

#include "runtime/room_scene.hpp"

namespace etakahvila::runtime {
namespace {

/// Keeps what it is told.
class SimulatedVoice final : public VoiceLine {
public:
    void seated(const Seated& is) override { seat = is; }
    void say(Frame text) override { texts.push_back(*text); }
    void hear(const Frame& frame) override { heard.push_back(*frame); }
    void may_speak(bool may) override { may_speaks.push_back(may); }
    void close(CloseCode code) override { closed = code; }

    std::string all_heard() const {
        std::string all;
        for (const auto& message : heard) all += message.substr(voice::speaker_bytes + voice::head_bytes);
        return all;
    }

    Seated seat;
    std::vector<std::string> texts;
    std::vector<std::string> heard;
    std::vector<bool> may_speaks;
    std::optional<CloseCode> closed;
};

struct Talking : Speaking {
    std::shared_ptr<VoiceHub> voices = std::make_shared<VoiceHub>(time);
    std::shared_ptr<SimulatedVoice> of_mustikka = listen(mustikka);
    std::shared_ptr<SimulatedVoice> of_kanerva = listen(kanerva);
    std::shared_ptr<SimulatedVoice> of_ohjaaja = listen(ohjaaja);

    std::shared_ptr<SimulatedVoice> listen(const Guest& guest, bool listens = true) {
        auto line = std::make_shared<SimulatedVoice>();
        host->arrive_voice(
            {.pass = {.session = session, .person = guest.person, .role = guest.role, .connection = guest.connection},
                .line = line,
                .hub = voices,
                .listens = listens});
        time.run();
        return line;
    }

    /// Without a turn of the loop.
    void say(const std::shared_ptr<SimulatedVoice>& from, std::string_view packet, std::uint8_t flags = 0) {
        host->speak(from->seat.voice,
            {.message = voice::message_of(
                 0, {.kind = voice::Kind::opus, .flags = flags, .seq = 1, .clock = 960, .packet = packet}),
                .flags = flags});
    }
    void hear(const std::shared_ptr<SimulatedVoice>& from, std::string_view packet, std::uint8_t flags = 0) {
        say(from, packet, flags);
        time.run();
    }
};

TEST_CASE("the holder of the turn and the stage are heard by all but themselves, others by nobody") {
    Talking hosted;
    hosted.hear(hosted.of_kanerva, "k");
    hosted.hear(hosted.of_mustikka, "m");
    hosted.hear(hosted.of_ohjaaja, "o");
    CHECK(hosted.of_kanerva->all_heard() == "mo");
    CHECK(hosted.of_ohjaaja->all_heard() == "m");
    CHECK(hosted.of_mustikka->all_heard() == "o");
    CHECK(hosted.voice_figures.frames_unheard == 1);
    CHECK(hosted.voice_figures.frames_passed == 2);
}

TEST_CASE("whose a frame is is told before it, and to a newcomer at once") {
    Talking hosted;
    CHECK(hosted.of_mustikka->texts == std::vector<std::string>{R"({"type":"voice_welcome","frame_ms":20,"me":1})"});
    CHECK(hosted.of_kanerva->texts == std::vector<std::string>{R"({"type":"voice_welcome","frame_ms":20,"me":2})"});
    hosted.hear(hosted.of_mustikka, "m");
    hosted.hear(hosted.of_mustikka, "m");
    CHECK(hosted.of_kanerva->texts.size() == 2);
    CHECK(hosted.of_kanerva->texts.back() == R"({"type":"voice_speaker","speaker":1,"person":3})");
    CHECK(hosted.of_kanerva->heard.front().substr(0, 4) == std::string("\0\1\x11\1", 4));
    CHECK(hosted.of_kanerva->heard.back().substr(0, 4) == std::string("\0\1\x11\0", 4));
    const auto halla = hosted.listen(hosted.come(5, Role::participant, "Halla"));
    CHECK(halla->texts.size() == 2);
    CHECK(halla->texts.back() == hosted.of_kanerva->texts.back());
}

TEST_CASE("in the turn of the loop in which a turn ends the gate is closed, before it is on the disk") {
    Talking hosted;
    hosted.journal.is_held = true;
    hosted.say(hosted.of_mustikka, "a");
    hosted.host->command(hosted.ohjaaja.connection, "end", RevokeTurn{hosted.turn});
    hosted.say(hosted.of_mustikka, "b");
    hosted.time.run();
    CHECK(outcome_of(hosted.ohjaaja.line, "end") == nullptr);
    CHECK(hosted.of_kanerva->all_heard() == "a");
    // The speaker is told when everyone is.
    CHECK(hosted.of_mustikka->may_speaks == std::vector<bool>{true});
    hosted.journal.sync();
    hosted.time.run();
    CHECK(hosted.of_mustikka->may_speaks == std::vector<bool>{true, false});
    hosted.hear(hosted.of_mustikka, "c");
    CHECK(hosted.of_kanerva->all_heard() == "a");
}

TEST_CASE("nobody is heard, or told that they may speak, before their turn is on the disk") {
    Talking hosted;
    hosted.command(hosted.ohjaaja, RevokeTurn{hosted.turn});
    hosted.journal.is_held = true;
    hosted.command(hosted.ohjaaja, GrantFloorTo{.person = hosted.kanerva.person, .expected_turn = {}});
    hosted.hear(hosted.of_kanerva, "a");
    CHECK(hosted.of_kanerva->may_speaks.empty());
    CHECK(hosted.of_ohjaaja->all_heard().empty());
    hosted.journal.sync();
    hosted.time.run();
    CHECK(hosted.of_kanerva->may_speaks == std::vector<bool>{true});
    hosted.hear(hosted.of_kanerva, "b");
    CHECK(hosted.of_ohjaaja->all_heard() == "b");
}

TEST_CASE("a turn that began and ended before the disk answered is heard by nobody") {
    Talking hosted;
    hosted.command(hosted.ohjaaja, RevokeTurn{hosted.turn});
    hosted.journal.is_held = true;
    hosted.command(hosted.ohjaaja, GrantFloorTo{.person = hosted.kanerva.person, .expected_turn = {}});
    hosted.host->look([&](const domain::Room& room) {
        hosted.host->command(hosted.ohjaaja.connection, "end", RevokeTurn{room.floor.turn.value().id});
    });
    hosted.time.run();
    // The grant is on the disk now, its end not yet.
    hosted.journal.sync();
    hosted.time.run();
    REQUIRE(hosted.journal.waiting() == 1);
    hosted.hear(hosted.of_kanerva, "a");
    CHECK(hosted.of_ohjaaja->all_heard().empty());
    CHECK(hosted.of_kanerva->may_speaks.empty());
}

TEST_CASE("when saving fails the floor is what is on the disk") {
    Talking hosted;
    hosted.command(hosted.ohjaaja, RevokeTurn{hosted.turn});
    hosted.journal.is_held = true;
    hosted.command(hosted.ohjaaja, GrantFloorTo{.person = hosted.kanerva.person, .expected_turn = {}});
    hosted.journal.sync(false);
    hosted.time.run();
    hosted.hear(hosted.of_kanerva, "a");
    CHECK(hosted.of_ohjaaja->all_heard().empty());
    // The stage speaks on.
    hosted.hear(hosted.of_ohjaaja, "o");
    CHECK(hosted.of_kanerva->all_heard() == "o");
}

TEST_CASE("who is asked onto the stage is told, and is heard; off it, no longer") {
    Talking hosted;
    hosted.command(hosted.ohjaaja, SetOnStage{.person = hosted.kanerva.person, .on = true});
    CHECK(hosted.of_kanerva->may_speaks == std::vector<bool>{true});
    hosted.hear(hosted.of_kanerva, "a");
    hosted.command(hosted.ohjaaja, SetOnStage{.person = hosted.kanerva.person, .on = false});
    hosted.hear(hosted.of_kanerva, "b");
    CHECK(hosted.of_ohjaaja->all_heard() == "a");
    CHECK(hosted.of_kanerva->may_speaks == std::vector<bool>{true, false});
}

TEST_CASE("a socket that only speaks hears nothing; a device of the same person neither") {
    Talking hosted;
    const auto speaking_only = hosted.listen(hosted.ohjaaja, false);
    const auto phone = hosted.listen(hosted.mustikka);
    hosted.hear(hosted.of_mustikka, "m");
    CHECK(speaking_only->heard.empty());
    CHECK(phone->heard.empty());
    CHECK(hosted.of_kanerva->all_heard() == "m");
}

TEST_CASE("a socket of voice ends with its connection of the room, for the reason of it") {
    Talking hosted;
    hosted.host->lost(hosted.kanerva.connection, {});
    hosted.host->left(hosted.mustikka.connection);
    hosted.time.run();
    CHECK(hosted.of_kanerva->closed == CloseCode::room_line_gone);
    CHECK(hosted.of_mustikka->closed == CloseCode::left);
    const auto halla = hosted.come(5, Role::participant, "Halla");
    const auto of_halla = hosted.listen(halla);
    hosted.command(hosted.ohjaaja, RemovePerson{.person = halla.person, .reason = "Häiritsi muita", .ban = false});
    CHECK(of_halla->closed == CloseCode::removed);
    hosted.command(hosted.ohjaaja, CloseSession{});
    CHECK(hosted.of_ohjaaja->closed == CloseCode::session_over);
}

TEST_CASE("a session whose voice is taken away closes its sockets, and lets none in") {
    Talking hosted;
    auto plan = hosted.plan;
    plan.voice = false;
    hosted.host->plan(plan);
    hosted.time.run();
    CHECK(hosted.of_kanerva->closed == CloseCode::voice_off);
    CHECK(hosted.listen(hosted.kanerva)->closed == CloseCode::voice_off);
    plan.voice = true;
    plan.many_listeners = true;
    hosted.host->plan(plan);
    hosted.time.run();
    CHECK(hosted.listen(hosted.kanerva)->seat.frame_ms == 60);
}

TEST_CASE("no socket of voice without a connection of the room, and none in a house that closes") {
    Talking hosted;
    auto stranger = hosted.kanerva;
    stranger.connection = ConnectionId{999};
    CHECK(hosted.listen(stranger)->closed == CloseCode::room_line_gone);
    hosted.host->shut_down(0, [] {});
    hosted.time.run();
    CHECK(hosted.of_kanerva->closed == CloseCode::restart);
    CHECK(hosted.listen(hosted.kanerva)->closed == CloseCode::restart);
}

}  // namespace
}  // namespace etakahvila::runtime
