// RFC 6455, case by case, each cut four ways, over TCP and TLS. The server is judged from outside
// by what it says.

#include <map>
#include <numeric>

#include "conformance/cases.hpp"
#include "conformance/wire.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"
#include "net/metrics.hpp"

using namespace etakahvila;
using namespace etakahvila::conformance;
using namespace std::string_literals;

namespace {

using testing::RawClient;
using testing::TestHouse;

/// How the bytes are handed to the socket.
enum class Cut : std::uint8_t { all_at_once, whole_frames, within_frames, byte_by_byte };
constexpr std::array cuts{Cut::all_at_once, Cut::whole_frames, Cut::within_frames, Cut::byte_by_byte};
constexpr std::array cut_names{
    "with the handshake, all at once", "frame by frame", "cut within each frame", "byte by byte"};

std::string handshake(const TestHouse& house) {
    return "GET /room HTTP/1.1\r\nHost: localhost\r\nOrigin: " + house.origin() +
           "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
           "dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

/// The pieces of what comes after the handshake.
std::vector<std::string> pieces_of(const std::vector<std::string>& frames, Cut cut) {
    const auto all = std::accumulate(frames.begin(), frames.end(), std::string{});
    std::vector<std::string> pieces;
    switch (cut) {
        case Cut::all_at_once: return {all};
        case Cut::whole_frames: return frames;
        case Cut::within_frames:
            // The last bytes of a frame come with the first ones of the next.
            for (std::size_t at = 0, length = 1; at < all.size(); at += length, length = 3 + length * 2 % 97)
                pieces.push_back(all.substr(at, length));
            return pieces;
        case Cut::byte_by_byte:
            // Of what is long the head and the tail; the middle comes as one.
            for (std::size_t at = 0; at < all.size();) {
                const std::size_t length = at == 40 && all.size() > 200 ? all.size() - 80 : 1;
                pieces.push_back(all.substr(at, length));
                at += length;
            }
            return pieces;
    }
    return pieces;
}

std::string answer_to(const TestHouse& house, const Case& one, Cut cut) {
    RawClient client{house};
    const auto pieces = pieces_of(one.frames, cut);
    auto next = pieces.begin();
    client.send(handshake(house) + (cut == Cut::all_at_once ? *next++ : ""s));
    std::string head;
    while (head.find("\r\n\r\n") == head.npos) head += client.receive();
    REQUIRE(head.starts_with("HTTP/1.1 101"));
    // The server may have closed before all is sent.
    while (next != pieces.end() && client.send(*next)) ++next;
    Ear ear;
    ear.hear(std::string_view{head}.substr(head.find("\r\n\r\n") + 4));
    while (ear.words(), !ear.has_closed()) {
        const auto more = client.receive();
        if (more.empty()) break;
        ear.hear(more);
    }
    return ear.words();
}

}  // namespace

TEST_CASE("RFC 6455: every case has its answer, however it is cut, over TCP and TLS") {
    const auto cases = all_cases();
    REQUIRE(cases.size() >= 150);
    for (const bool has_tls : {false, true}) {
        TestHouse house{{.has_tls = has_tls}};
        for (std::size_t number = 0; number < cases.size(); ++number) {
            for (std::size_t index = 0; index < cuts.size(); ++index) {
                const auto& one = cases[number];
                INFO("case " << number + 1 << ", §" << one.clause << ": " << one.name << "; " << cut_names[index]
                             << (has_tls ? ", TLS" : ", TCP"));
                CHECK(answer_to(house, one, cuts[index]) == one.answer);
            }
        }
    }
}

TEST_CASE("RFC 6455 §4: the answer to the handshake is the one asked for, and nothing more is agreed upon") {
    TestHouse house;
    const auto with = [&](std::string_view part, std::string_view instead) {
        auto request = handshake(house);
        request.replace(request.find(part), part.size(), instead);
        return request;
    };
    struct Context {
        std::string name;
        std::string request;
        int status;
    };
    const std::vector<Context> all{
        {"§4.1: as it should be", handshake(house), 101},
        {"§4.1: the words in any case", with("Upgrade: websocket", "upgrade: WebSocket"), 101},
        {"§4.1: Connection is a list", with("Connection: Upgrade", "Connection: keep-alive, Upgrade"), 101},
        {"§4.1: blanks around the key", with("Key: dGhlIHNhbXBsZSBub25jZQ==", "Key:   dGhlIHNhbXBsZSBub25jZQ==  "),
            101},
        {"§4.2.1: not GET", with("GET", "PUT"), 400},
        {"§4.2.1: HTTP/1.0", with("HTTP/1.1", "HTTP/1.0"), 400},
        {"§4.2.1: no Upgrade", with("Upgrade: websocket\r\n", ""), 400},
        {"§4.2.1: no Connection", with("Connection: Upgrade\r\n", ""), 400},
        {"§4.2.1: no key", with("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", ""), 400},
        {"§4.2.1: a key twice",
            with("Sec-WebSocket-Key:", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key:"), 400},
        {"§4.2.1: a key that is too short", with("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZQ=="), 400},
        {"§4.2.1: no version", with("Sec-WebSocket-Version: 13\r\n", ""), 426},
        {"§4.4: version 8", with("Version: 13", "Version: 8"), 426},
        {"§4.4: version 14", with("Version: 13", "Version: 14"), 426},
        {"§10.2: no Origin", with("Origin: " + house.origin() + "\r\n", ""), 403},
        {"RFC 9112 §6.3: with a body", with("\r\n\r\n", "\r\nContent-Length: 2\r\n\r\n{}"), 400},
        {"RFC 9112 §6.1: with Transfer-Encoding", with("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            400},
    };
    for (const auto& asked : all) {
        INFO(asked.name);
        RawClient client{house};
        client.send(asked.request);
        const auto reply = testing::read_reply(client, false);
        CHECK(reply.status == asked.status);
        if (reply.status == 101) CHECK(reply.field("Sec-WebSocket-Accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        if (reply.status == 426) CHECK(reply.field("Sec-WebSocket-Version") == "13");
    }
    RawClient client{house};
    client.send(with("\r\n\r\n",
        "\r\nSec-WebSocket-Protocol: chat, superchat\r\nSec-WebSocket-Extensions: permessage-deflate; "
        "client_max_window_bits, x-webkit-deflate-frame\r\n\r\n"));
    const auto reply = testing::read_reply(client, false);
    CHECK(reply.status == 101);
    CHECK(reply.field("Sec-WebSocket-Protocol").empty());
    CHECK(reply.field("Sec-WebSocket-Extensions").empty());
}

TEST_CASE(
    "RFC 6455 §7: who has closed is hung up on, and a line that breaks in the middle of anything ends without a word") {
    TestHouse house;
    const auto open_count = [&] { return house.metrics().websockets_open.load(); };
    const auto begin = [&](std::string_view more) {
        RawClient client{house};
        client.send(handshake(house));
        while (client.receive().find("\r\n\r\n") == std::string::npos) {}
        client.send(more);
        return client;
    };
    {
        auto client = begin(frame(fin | conformance::close, close_payload(1000)));
        client.receive_all();
        testing::wait_until([&] { return open_count() == 0; });
    }
    for (const auto& half : {""s, "\x81"s, "\x81\xfe"s, "\x81\xfe\x01"s, "\x81\xfe\x01\x2c\x12\x34"s,
             frame(fin | text, "{\"type\"").substr(0, 9), frame(text, "x"), frame(fin | ping, "abc").substr(0, 7)}) {
        const auto client = begin(half);
        testing::wait_until([&] { return open_count() == 1; });
    }
    testing::wait_until([&] { return open_count() == 0; });
}
