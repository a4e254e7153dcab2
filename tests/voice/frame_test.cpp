// The binary messages of /voice: the golden ones of protocol/examples, which the browser's tests read too.

#include <simdjson.h>

#include "base/enum_names.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "voice/frame.hpp"

namespace etakahvila::voice {
namespace {

std::string bytes_of(std::string_view hex) {
    std::string bytes;
    for (std::size_t index = 0; index + 1 < hex.size(); index += 2)
        bytes += static_cast<char>(std::stoi(std::string{hex.substr(index, 2)}, nullptr, 16));
    return bytes;
}

Frame frame_of(simdjson::dom::element example, const std::string& packet) {
    return {.kind = std::string_view{example["type"]} == "pcm" ? Kind::samples : Kind::opus,
        .flags = static_cast<std::uint8_t>(std::int64_t{example["flags"]}),
        .seq = static_cast<std::uint16_t>(std::int64_t{example["seq"]}),
        .clock = static_cast<std::uint32_t>(std::int64_t{example["clock"]}),
        .packet = packet};
}

}  // namespace

TEST_CASE("each golden message of a speaker is read as it says, or refused with its word") {
    simdjson::dom::parser parser;
    int count = 0;
    for (const auto example :
        simdjson::dom::array{parser.parse(testing::protocol_file("examples/voice/packets.json"))}) {
        if (std::string_view{example["way"]} != "up") continue;
        INFO(std::string_view{example["name"]});
        ++count;
        const auto message = bytes_of(std::string_view{example["hex"]});
        const auto read = read_frame(message);
        if (const auto* fault = std::get_if<FrameFault>(&read)) {
            CHECK_FALSE(bool{example["ok"]});
            CHECK(base::name_of(*fault) == std::string_view{example["why"]});
            continue;
        }
        REQUIRE(bool{example["ok"]});
        const auto packet = bytes_of(std::string_view{example["packet"]});
        const auto expected = frame_of(example, packet);
        const auto& frame = std::get<Frame>(read);
        CHECK(frame.kind == expected.kind);
        CHECK(frame.flags == expected.flags);
        CHECK(frame.seq == expected.seq);
        CHECK(frame.clock == expected.clock);
        CHECK(frame.packet == expected.packet);
    }
    CHECK(count > 20);
}

TEST_CASE("each golden message to a listener is written to the byte") {
    simdjson::dom::parser parser;
    int count = 0;
    for (const auto example :
        simdjson::dom::array{parser.parse(testing::protocol_file("examples/voice/packets.json"))}) {
        if (std::string_view{example["way"]} != "down") continue;
        INFO(std::string_view{example["name"]});
        ++count;
        const auto packet = bytes_of(std::string_view{example["packet"]});
        const auto frame = frame_of(example, packet);
        const auto speaker = static_cast<std::uint16_t>(std::int64_t{example["speaker"]});
        const auto message = bytes_of(std::string_view{example["hex"]});
        CHECK(message_of(speaker, frame) == message);
        // As it is made on its way: the speaker and the flags are set when the floor has let it pass.
        auto passed = frame;
        passed.flags = 0;
        auto made = message_of(0, passed);
        set_speaker(made, speaker);
        add_flags(made, frame.flags);
        CHECK(made == message);
    }
    CHECK(count > 1);
}

TEST_CASE("a packet says how long it sounds, in each of its configurations") {
    // Each configuration and each code, with counts where there are any (RFC 6716 §3.1, §3.2).
    for (int toc = 0; toc < 256; ++toc) {
        const std::string one(1, static_cast<char>(toc));
        const int frames_ms_10[] = {100, 200, 400, 600};
        const int config = toc >> 3;
        const int tenths = config < 12   ? frames_ms_10[config % 4]
                           : config < 16 ? 100 * (1 + config % 2)
                                         : 25 << (config % 4);
        INFO("toc " << toc);
        switch (toc & 3) {
            case 0: CHECK(opus_samples(one) == tenths * 48 / 10); break;
            case 1: CHECK(opus_samples(one + "ab") == 2 * tenths * 48 / 10); break;
            case 2: CHECK(opus_samples(one + "ab") == 2 * tenths * 48 / 10); break;
            default:
                CHECK(opus_samples(one + "\x03"
                                         "abc") == 3 * tenths * 48 / 10);
        }
    }
    CHECK(opus_samples("") == 0);
}

}  // namespace etakahvila::voice
