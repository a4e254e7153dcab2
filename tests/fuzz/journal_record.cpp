// Records of a room as its journal has them, one a line; a line that is an event alone stands for
// the record that has it. What is read is written as it was; whatever the records say, the room
// that they make can be looked at by everyone, and goes on.

#include <string_view>

#include "domain/room/room.hpp"
#include "fuzz/target.hpp"
#include "journal/step_codec.hpp"
#include "support/room_driver.hpp"

using namespace etakahvila;
using namespace etakahvila::domain;

namespace {

constexpr std::size_t records_max = 200;

void look_at(const Room& room) {
    for (const auto& viewer : testing::all_viewers(room)) {
        const testing::ClientView whole{snapshot(room, viewer)};
        testing::ClientView grown{snapshot(Room{}, viewer)};
        grown.take(changes_since(room, 0, viewer));
        HOLDS(whole == grown);
    }
    (void)attendance_of(room, room.now.at);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input{reinterpret_cast<const char*>(data), size};
    Room room;
    for (std::size_t count = 0; !input.empty() && count < records_max; ++count) {
        const auto line = input.substr(0, input.find('\n'));
        input.remove_prefix(std::min(line.size() + 1, input.size()));
        const auto record = line.starts_with(R"({"v":)") ? std::string{line}
                                                         : R"({"v":1,"at":)" + std::to_string(room.now.at.ms + 1) +
                                                               R"(,"utc":1,"events":[)" + std::string{line} + "]}";
        auto step = journal::decode_step(room.seq + 1, record);
        if (!step) continue;
        const auto written = journal::encode_step(*step);
        const auto again = journal::decode_step(step->seq, written);
        HOLDS(again && journal::encode_step(*again) == written);
        apply(room, *step);
        HOLDS(room.seq == step->seq);
    }
    look_at(room);
    // The server opens it, time passes, and so it goes on.
    for (const Input& next : {Input{Restart{}}, Input{TimePasses{}}, Input{Stop{}}}) {
        const Stamp stamp{.at = room.now.at + Milliseconds{60'000}, .utc = {room.now.utc.ms + 60'000}};
        const auto step = decide(room, next, stamp);
        if (!is_empty(step)) apply(room, step);
    }
    look_at(room);
    return 0;
}
