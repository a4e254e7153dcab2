// The messages of one speaker: read, held to their rate, passed on by the floor. The input is a
// number of messages, each after two bytes: how long it is, and how much time has passed.

#include <string_view>

#include "fuzz/target.hpp"
#include "voice/relay.hpp"
#include "voice/speaker_gate.hpp"

using namespace etakahvila::voice;

namespace {

void read_one(std::string_view message) {
    const auto read = read_frame(message);
    const auto* frame = std::get_if<Frame>(&read);
    if (frame == nullptr) return;
    HOLDS(frame->packet.size() <= opus_bytes_max || frame->packet.size() == samples_bytes);
    HOLDS(!frame->packet.empty() || frame->is(spurt_ends) || frame->is(muted));
    if (frame->kind == Kind::opus && !frame->packet.empty())
        HOLDS(opus_samples(frame->packet) > 0 && opus_samples(frame->packet) <= 2880);
    // What goes on to listeners is what came, after the speaker.
    auto passed = message_of(0xabcd, *frame);
    HOLDS(passed.size() == speaker_bytes + message.size());
    if (frame->kind == Kind::opus) HOLDS(std::string_view{passed}.substr(speaker_bytes) == message);
    set_speaker(passed, 7);
    add_flags(passed, spurt_begins);
    HOLDS(passed[0] == 0 && passed[1] == 7);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input{reinterpret_cast<const char*>(data), size};
    read_one(input);

    SpeakerGate gate;
    Relay relay;
    const PersonId speaker{3};
    relay.set_floor({.heard = {speaker}, .holder = speaker});
    std::chrono::milliseconds now{1'000'000};
    double passed = 0;
    while (input.size() >= 2) {
        const auto length = std::min<std::size_t>(static_cast<std::uint8_t>(input[0]), input.size() - 2);
        now += std::chrono::milliseconds{static_cast<std::uint8_t>(input[1])};
        const auto message = input.substr(2, length);
        input.remove_prefix(2 + length);
        read_one(message);
        const auto taken = gate.take(message, now);
        const auto* frame = std::get_if<Frame>(&taken);
        if (frame == nullptr) continue;
        ++passed;
        const auto heard = relay.take(1 + (frame->seq & 1), speaker, frame->flags, now);
        HOLDS(!heard || heard->speaker == 1);
    }
    const auto seconds = std::chrono::duration<double>(now - std::chrono::milliseconds{1'000'000}).count();
    HOLDS(passed <= frames_burst + frames_per_second * seconds + 1);
    relay.set_floor({});
    HOLDS(!relay.take(1, speaker, 0, now));
    return 0;
}
