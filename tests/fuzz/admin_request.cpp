// What comes by the admin socket, cut where it may; and the same bytes as what a server would answer.

#include <algorithm>
#include <string>
#include <string_view>

#include "admin/request.hpp"
#include "fuzz/target.hpp"

using namespace etakahvila::admin;

namespace {

void look(const Request& request) {
    HOLDS(request.arguments.size() <= arguments_max);
    HOLDS(request.input.size() <= input_bytes_max);
    HOLDS(request.folder.starts_with('/'));
    // Sent again it is the same.
    HOLDS(!too_large(request));
    RequestReader reader;
    HOLDS(reader.feed(frames_of(request)) == RequestReader::State::is_whole);
    HOLDS(reader.request() == request);
    // Nothing may come behind it.
    HOLDS(reader.feed("x") == RequestReader::State::is_refused && !reader.why().empty());
}

RequestReader read_in_pieces(std::string_view bytes, std::size_t piece) {
    RequestReader reader;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) reader.feed(bytes.substr(0, piece));
    return reader;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    RequestReader at_once;
    const auto state = at_once.feed(input);
    if (state == RequestReader::State::is_whole) look(at_once.request());
    HOLDS((state == RequestReader::State::is_refused) == !at_once.why().empty());
    // However it is cut, it is the same.
    auto in_pieces = read_in_pieces(input, 1 + size % 7);
    HOLDS(in_pieces.feed({}) == state);
    HOLDS(in_pieces.why().empty() == at_once.why().empty());
    if (state == RequestReader::State::is_whole) HOLDS(in_pieces.request() == at_once.request());

    FrameReader frames{piece_bytes_max};
    frames.feed(input);
    while (const auto frame = frames.next()) {
        HOLDS(frame->payload.size() <= piece_bytes_max);
        if (const auto hello = hello_in(frame->payload))
            HOLDS(frame_of(*hello) == etakahvila::admin::frame(Kind::hello, frame->payload));
    }
    return 0;
}
