#include "support/catch.hpp"
#include "voice/speaker_gate.hpp"

namespace etakahvila::voice {
namespace {

using namespace std::chrono_literals;

/// 20 ms of silence.
std::string sound() {
    auto message = message_of(0, {.kind = Kind::opus, .flags = 0, .seq = 1, .clock = 960, .packet = "\xf8\xff\xfe"});
    return message.substr(speaker_bytes);
}

bool passes(SpeakerGate& gate, std::string_view message, std::chrono::milliseconds now) {
    return std::holds_alternative<Frame>(gate.take(message, now));
}

}  // namespace

TEST_CASE("fifty frames a second pass all day, and more than half a second that a line held back") {
    SpeakerGate gate;
    auto now = 1'000'000ms;
    for (int index = 0; index < 10'000; ++index) REQUIRE(passes(gate, sound(), now += 20ms));
    now += 300ms;
    for (int index = 0; index < 30; ++index) CHECK(passes(gate, sound(), now));
    CHECK_FALSE(passes(gate, sound(), now));
}

TEST_CASE("who sends twice as fast is heard at 55 frames a second, and then closed as a flood") {
    SpeakerGate gate;
    auto now = 1'000'000ms;
    int passed = 0;
    std::optional<SpeakerGate::Refused> last;
    while (last != SpeakerGate::Refused::closed_as_flood) {
        const auto taken = gate.take(sound(), now += 10ms);
        if (const auto* refused = std::get_if<SpeakerGate::Refused>(&taken))
            last = *refused;
        else
            ++passed;
    }
    const auto seconds = std::chrono::duration<double>(now - 1'000'000ms).count();
    CHECK(passed <= frames_per_second * seconds + frames_burst + 1);
    CHECK(seconds < 3);
}

TEST_CASE("fifty messages that make no sense are dropped, the next one closes; a minute forgives") {
    SpeakerGate gate;
    auto now = 1'000'000ms;
    const auto is_dropped = [&] {
        const auto taken = gate.take("strange", now += 20ms);
        return std::get<SpeakerGate::Refused>(taken) == SpeakerGate::Refused::dropped;
    };
    for (int index = 0; index < 50; ++index) CHECK(is_dropped());
    CHECK(is_dropped());  // one was forgiven meanwhile
    CHECK(
        std::get<SpeakerGate::Refused>(gate.take("strange", now += 20ms)) == SpeakerGate::Refused::closed_as_bad_frame);
    now += 60s;
    CHECK(passes(gate, sound(), now));
    for (int index = 0; index < 50; ++index) CHECK(is_dropped());
}

}  // namespace etakahvila::voice
