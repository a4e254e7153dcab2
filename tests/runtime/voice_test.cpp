// The way of a frame through the room: who is heard is asked where the floor is.

#include "runtime/room_house.hpp"

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
    Talking house;
    house.hear(house.of_kanerva, "k");
    house.hear(house.of_mustikka, "m");
    house.hear(house.of_ohjaaja, "o");
    CHECK(house.of_kanerva->all_heard() == "mo");
    CHECK(house.of_ohjaaja->all_heard() == "m");
    CHECK(house.of_mustikka->all_heard() == "o");
    CHECK(house.voice_figures.frames_unheard == 1);
    CHECK(house.voice_figures.frames_passed == 2);
}

TEST_CASE("whose a frame is is told before it, and to a newcomer at once") {
    Talking house;
    CHECK(house.of_mustikka->texts == std::vector<std::string>{R"({"type":"voice_welcome","frame_ms":20,"me":1})"});
    CHECK(house.of_kanerva->texts == std::vector<std::string>{R"({"type":"voice_welcome","frame_ms":20,"me":2})"});
    house.hear(house.of_mustikka, "m");
    house.hear(house.of_mustikka, "m");
    CHECK(house.of_kanerva->texts.size() == 2);
    CHECK(house.of_kanerva->texts.back() == R"({"type":"voice_speaker","speaker":1,"person":3})");
    CHECK(house.of_kanerva->heard.front().substr(0, 4) == std::string("\0\1\x11\1", 4));
    CHECK(house.of_kanerva->heard.back().substr(0, 4) == std::string("\0\1\x11\0", 4));
    const auto halla = house.listen(house.come(5, Role::participant, "Halla"));
    CHECK(halla->texts.size() == 2);
    CHECK(halla->texts.back() == house.of_kanerva->texts.back());
}

TEST_CASE("in the turn of the loop in which a turn ends the gate is closed, before it is on the disk") {
    Talking house;
    house.journal.is_held = true;
    house.say(house.of_mustikka, "a");
    house.host->command(house.ohjaaja.connection, "end", RevokeTurn{house.turn});
    house.say(house.of_mustikka, "b");
    house.time.run();
    CHECK(outcome_of(house.ohjaaja.line, "end") == nullptr);
    CHECK(house.of_kanerva->all_heard() == "a");
    // The speaker is told when everyone is.
    CHECK(house.of_mustikka->may_speaks == std::vector<bool>{true});
    house.journal.sync();
    house.time.run();
    CHECK(house.of_mustikka->may_speaks == std::vector<bool>{true, false});
    house.hear(house.of_mustikka, "c");
    CHECK(house.of_kanerva->all_heard() == "a");
}

TEST_CASE("nobody is heard, or told that they may speak, before their turn is on the disk") {
    Talking house;
    house.command(house.ohjaaja, RevokeTurn{house.turn});
    house.journal.is_held = true;
    house.command(house.ohjaaja, GrantFloorTo{.person = house.kanerva.person, .expected_turn = {}});
    house.hear(house.of_kanerva, "a");
    CHECK(house.of_kanerva->may_speaks.empty());
    CHECK(house.of_ohjaaja->all_heard().empty());
    house.journal.sync();
    house.time.run();
    CHECK(house.of_kanerva->may_speaks == std::vector<bool>{true});
    house.hear(house.of_kanerva, "b");
    CHECK(house.of_ohjaaja->all_heard() == "b");
}

TEST_CASE("a turn that began and ended before the disk answered is heard by nobody") {
    Talking house;
    house.command(house.ohjaaja, RevokeTurn{house.turn});
    house.journal.is_held = true;
    house.command(house.ohjaaja, GrantFloorTo{.person = house.kanerva.person, .expected_turn = {}});
    house.host->look([&](const domain::Room& room) {
        house.host->command(house.ohjaaja.connection, "end", RevokeTurn{room.floor.turn.value().id});
    });
    house.time.run();
    // The grant is on the disk now, its end not yet.
    house.journal.sync();
    house.time.run();
    REQUIRE(house.journal.waiting() == 1);
    house.hear(house.of_kanerva, "a");
    CHECK(house.of_ohjaaja->all_heard().empty());
    CHECK(house.of_kanerva->may_speaks.empty());
}

TEST_CASE("when saving fails the floor is what is on the disk") {
    Talking house;
    house.command(house.ohjaaja, RevokeTurn{house.turn});
    house.journal.is_held = true;
    house.command(house.ohjaaja, GrantFloorTo{.person = house.kanerva.person, .expected_turn = {}});
    house.journal.sync(false);
    house.time.run();
    house.hear(house.of_kanerva, "a");
    CHECK(house.of_ohjaaja->all_heard().empty());
    // The stage speaks on.
    house.hear(house.of_ohjaaja, "o");
    CHECK(house.of_kanerva->all_heard() == "o");
}

TEST_CASE("who is asked onto the stage is told, and is heard; off it, no longer") {
    Talking house;
    house.command(house.ohjaaja, SetOnStage{.person = house.kanerva.person, .on = true});
    CHECK(house.of_kanerva->may_speaks == std::vector<bool>{true});
    house.hear(house.of_kanerva, "a");
    house.command(house.ohjaaja, SetOnStage{.person = house.kanerva.person, .on = false});
    house.hear(house.of_kanerva, "b");
    CHECK(house.of_ohjaaja->all_heard() == "a");
    CHECK(house.of_kanerva->may_speaks == std::vector<bool>{true, false});
}

TEST_CASE("a socket that only speaks hears nothing; a device of the same person neither") {
    Talking house;
    const auto speaking_only = house.listen(house.ohjaaja, false);
    const auto phone = house.listen(house.mustikka);
    house.hear(house.of_mustikka, "m");
    CHECK(speaking_only->heard.empty());
    CHECK(phone->heard.empty());
    CHECK(house.of_kanerva->all_heard() == "m");
}

TEST_CASE("a socket of voice ends with its connection of the room, for the reason of it") {
    Talking house;
    house.host->lost(house.kanerva.connection, {});
    house.host->left(house.mustikka.connection);
    house.time.run();
    CHECK(house.of_kanerva->closed == CloseCode::room_line_gone);
    CHECK(house.of_mustikka->closed == CloseCode::left);
    const auto halla = house.come(5, Role::participant, "Halla");
    const auto of_halla = house.listen(halla);
    house.command(house.ohjaaja, RemovePerson{.person = halla.person, .reason = "Häiritsi muita", .ban = false});
    CHECK(of_halla->closed == CloseCode::removed);
    house.command(house.ohjaaja, CloseSession{});
    CHECK(house.of_ohjaaja->closed == CloseCode::session_over);
}

TEST_CASE("a session whose voice is taken away closes its sockets, and lets none in") {
    Talking house;
    auto plan = house.plan;
    plan.voice = false;
    house.host->plan(plan);
    house.time.run();
    CHECK(house.of_kanerva->closed == CloseCode::voice_off);
    CHECK(house.listen(house.kanerva)->closed == CloseCode::voice_off);
    plan.voice = true;
    plan.many_listeners = true;
    house.host->plan(plan);
    house.time.run();
    CHECK(house.listen(house.kanerva)->seat.frame_ms == 60);
}

TEST_CASE("no socket of voice without a connection of the room, and none in a house that closes") {
    Talking house;
    auto stranger = house.kanerva;
    stranger.connection = ConnectionId{999};
    CHECK(house.listen(stranger)->closed == CloseCode::room_line_gone);
    house.host->shut_down(0, [] {});
    house.time.run();
    CHECK(house.of_kanerva->closed == CloseCode::restart);
    CHECK(house.listen(house.kanerva)->closed == CloseCode::restart);
}

}  // namespace
}  // namespace etakahvila::runtime
