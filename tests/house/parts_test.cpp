// The parts that need no socket.

#include "support/catch.hpp"
#include "config/options.hpp"
#include "net/newcomers.hpp"
#include "journal/fair_queue.hpp"
#include "net/frame_meter.hpp"
#include "net/http_rules.hpp"
#include "net/line_times.hpp"
#include "net/outgoing.hpp"
#include "net/wheel.hpp"

using namespace etakahvila;
using namespace etakahvila::net;
using journal::FairQueue;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

runtime::Frame frame(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

std::string gathered(const Outgoing& outgoing) {
    std::array<boost::asio::const_buffer, 64> pieces;
    std::string all;
    for (std::size_t index = 0, count = outgoing.gather(pieces); index < count; ++index)
        all.append(static_cast<const char*>(pieces[index].data()), pieces[index].size());
    return all;
}

struct Patient final : Visited {
    milliseconds visit(milliseconds now) override {
        visits.push_back(now);
        return now + every;
    }
    void stop() override {}
    milliseconds every{5000};
    std::vector<milliseconds> visits;
};

}  // namespace

TEST_CASE("What waits is sent in order, whole frames around shared messages, wherever the writes are cut") {
    Outgoing outgoing;
    outgoing.add_message(frame("hello"));
    outgoing.add_control(Outgoing::Opcode::ping, "42");
    outgoing.add_message(frame(std::string(300, 'x')));
    outgoing.add_message(frame(std::string(70'000, 'y')));
    const auto all = "\x81\x05hello"s + "\x89\x02" + "42" + "\x81\x7e\x01\x2c"s + std::string(300, 'x') +
                     "\x81\x7f\0\0\0\0\0\x01\x11\x70"s + std::string(70'000, 'y');
    REQUIRE(outgoing.bytes() == all.size());
    std::string sent;
    for (std::size_t step = 1; !outgoing.is_empty(); step = step * 2 % 997 + 1) {
        const auto piece = gathered(outgoing).substr(0, step);
        sent += piece;
        outgoing.consume(piece.size());
    }
    CHECK(sent == all);
}

TEST_CASE("What a slow reader has not been sent is dropped, but never the rest of a frame that is on its way") {
    Outgoing outgoing;
    for (int count = 0; count < 3; ++count) outgoing.add_message(frame("0123456789"));
    SECTION("nothing has begun") {
        outgoing.drop_unsent(0);
        CHECK(outgoing.is_empty());
    }
    SECTION("a frame is half sent") {
        outgoing.consume(5);
        outgoing.drop_unsent(0);
        CHECK(gathered(outgoing) == "3456789");
    }
    SECTION("a TLS record is under way with more than one frame in it") {
        outgoing.consume(5);
        outgoing.drop_unsent(8);
        CHECK(gathered(outgoing) == "3456789\x81\x0a"s + "0123456789");
    }
    outgoing.add_message(frame("bye"));
    CHECK(gathered(outgoing).ends_with("\x81\x03"s + "bye"));
    outgoing.consume(outgoing.bytes());
    CHECK(outgoing.is_empty());
}

TEST_CASE("The meter counts frames whatever way their bytes are cut, and refuses a message of nine") {
    std::string bytes;
    for (int count = 0; count < 8; ++count) {
        bytes += count == 0 ? '\x01' : count == 7 ? '\x80' : '\x00';
        bytes += "\x83\x01\x02\x03\x04"s + "abc";
        bytes += "\x8a\x80\x01\x02\x03\x04"s;
    }
    for (const std::size_t cut : {1, 2, 3, 7, 1000}) {
        FrameMeter meter;
        for (std::size_t at = 0; at < bytes.size(); at += cut)
            REQUIRE(meter.read(std::string_view{bytes}.substr(at, cut)));
        CHECK(meter.take_count() == 16);
        CHECK(meter.take_count() == 0);
    }
    FrameMeter meter;
    CHECK(
        meter.read("\x01\x80"
                   "abcd"));
    for (int count = 0; count < 7; ++count)
        CHECK(
            meter.read("\0\x80"
                       "abcd"s));
    CHECK_FALSE(
        meter.read("\0\x80"
                   "abcd"s));

    FrameMeter lengths;
    CHECK_FALSE(lengths.read("\x81\xff\x80\0\0\0\0\0\0\0"s));
}

TEST_CASE("An appointment is kept within a quarter of a second, moved by the latest one, and survives a leap") {
    Wheel wheel;
    wheel.turn(10s);
    const auto patient = std::make_shared<Patient>();
    wheel.put(patient, 11s);
    wheel.turn(10999ms);
    CHECK(patient->visits.empty());
    wheel.turn(11s);
    CHECK(patient->visits.size() == 1);
    wheel.put(patient, 12s);
    wheel.turn(12s);
    CHECK(patient->visits.size() == 2);
    wheel.turn(16s);
    CHECK(patient->visits.size() == 2);
    wheel.turn(10h);
    CHECK(patient->visits.size() >= 3);
    CHECK(wheel.all().size() == 1);
}

TEST_CASE("There is room for so many newcomers, and who waits longest makes way") {
    Newcomers newcomers{{.all_max = 3, .per_address_max = 2}};
    std::vector<int> gone;
    const PeerKey one{1};
    const PeerKey other{2};
    auto first = newcomers.enter(one, 0ms, [&] { gone.push_back(1); });
    auto second = newcomers.enter(one, 10ms, [&] { gone.push_back(2); });
    auto third = newcomers.enter(one, 20ms, [&] { gone.push_back(3); });
    CHECK(gone == std::vector{1});
    auto fourth = newcomers.enter(other, 30ms, [&] { gone.push_back(4); });
    CHECK(newcomers.size() == 3);
    CHECK_FALSE(newcomers.has_room(40ms));
    CHECK(newcomers.has_room(10ms + Newcomers::time_to_speak));
    third.leave();
    CHECK(newcomers.has_room(40ms));
    auto fifth = newcomers.enter(other, 50ms, [&] { gone.push_back(5); });
    fifth.hand_over([&] { gone.push_back(55); });
    auto sixth = newcomers.enter(PeerKey{3}, 60ms, [] {});
    CHECK(gone == std::vector{1, 2});
    auto seventh = newcomers.enter(PeerKey{4}, 70ms, [] {});
    auto eighth = newcomers.enter(PeerKey{5}, 80ms, [] {});
    CHECK(gone == std::vector{1, 2, 4, 55});
}

TEST_CASE("Newcomers behind a proxy are not held to the limit of one address, but to the whole") {
    Newcomers newcomers{{.all_max = 3, .per_address_max = 1}};
    std::vector<int> gone;
    auto first = newcomers.enter(std::nullopt, 0ms, [&] { gone.push_back(1); });
    auto second = newcomers.enter(std::nullopt, 10ms, [&] { gone.push_back(2); });
    auto third = newcomers.enter(std::nullopt, 20ms, [&] { gone.push_back(3); });
    CHECK(gone.empty());
    auto fourth = newcomers.enter(std::nullopt, 30ms, [&] { gone.push_back(4); });
    CHECK(gone == std::vector{1});
    CHECK(newcomers.size() == 3);
}

TEST_CASE("Words of the head are compared as ASCII, and lists by their items") {
    CHECK(same_word("WebSocket", "websocket"));
    CHECK_FALSE(same_word("websocket\0"s, "websocket"));
    CHECK_FALSE(same_word("websocKet\xe2", "websocket"));
    CHECK(list_has("keep-alive,  Upgrade", "upgrade"));
    CHECK_FALSE(list_has("keep-alive, Upgraded", "upgrade"));
    CHECK(plain_length("0042") == 42U);
    for (const auto* wrong : {"", "+1", "-1", "1 ", "0x10", "1,1", "9999999999"}) CHECK_FALSE(plain_length(wrong));
}

TEST_CASE("X-Forwarded-For is believed from our own proxies only, from the last back") {
    const auto address = [](const char* text) { return boost::asio::ip::make_address(text); };
    const std::array proxies{address("127.0.0.1"), address("10.0.0.1")};
    CHECK(client_address(address("1.2.3.4"), "9.9.9.9", proxies) == address("1.2.3.4"));
    CHECK(client_address(address("127.0.0.1"), "9.9.9.9", proxies) == address("9.9.9.9"));
    CHECK(client_address(address("127.0.0.1"), "6.6.6.6, 9.9.9.9, 10.0.0.1", proxies) == address("9.9.9.9"));
    CHECK(client_address(address("127.0.0.1"), "nonsense", proxies) == address("127.0.0.1"));
    CHECK(client_address(address("127.0.0.1"), "", proxies) == address("127.0.0.1"));
    CHECK(key_of(address("2001:db8::1")) == key_of(address("2001:db8::2")));
    CHECK(key_of(address("::ffff:1.2.3.4")) == key_of(address("1.2.3.4")));
    CHECK(key_of(address("1.2.3.4")) != key_of(address("1.2.3.5")));
}

TEST_CASE("Round-trip times are those of the last minute") {
    LineTimes times;
    CHECK_FALSE(times.figure());
    times.add(900ms);
    for (int count = 0; count < 12; ++count) times.add(milliseconds{10 + count});
    CHECK(times.figure()->worst == 21ms);
    CHECK(times.figure()->median == 16ms);
}

TEST_CASE(
    "Options: the command line is stronger than the environment, the environment than the file, and faults name the "
    "option") {
    const auto read = [](std::map<std::string, std::string, std::less<>> given, const char* port = nullptr) {
        return config::read({.command_line = std::move(given),
            .environment =
                [port](const char* name) { return std::string_view{name} == "ETAKAHVILA_PORT" ? port : nullptr; },
            .file = {}});
    };
    CHECK(read({}).port == 8080);
    CHECK(read({}, "81").port == 81);
    CHECK(read({{"port", "82"}}, "81").port == 82);
    CHECK(read({{"listen", "127.0.0.1, ::1"}}).listen == std::vector<std::string>{"127.0.0.1", "::1"});
    CHECK_THROWS_WITH(read({{"port", "70000"}}), "--port is not a whole number from 0 to 65535.");
    CHECK_THROWS_WITH(read({}, "x"), Catch::StartsWith("The variable ETAKAHVILA_PORT"));
    CHECK_THROWS_WITH(read({{"site", "https://Cafe.example/"}}), Catch::StartsWith("--site"));
    CHECK_THROWS_WITH(read({{"tls-key", "k.pem"}}), Catch::Contains("--tls-certificate"));
    const auto plain =
        read({{"site", "https://cafe.example"}, {"redirect-listen", "0.0.0.0:80, [::]:81"}}).redirect_listen;
    REQUIRE(plain.size() == 2);
    CHECK((plain[0].host == "0.0.0.0" && plain[0].port == 80 && plain[1].host == "::" && plain[1].port == 81));
    for (const auto* wrong : {"80", "0.0.0.0", ":80", "::80", "0.0.0.0:99999"})
        CHECK_THROWS_WITH(read({{"redirect-listen", wrong}}), Catch::StartsWith("--redirect-listen has"));
    CHECK_THROWS_WITH(read({{"redirect-listen", "0.0.0.0:80"}}), Catch::Contains("needs a --site"));
    CHECK_THROWS_WITH(read({{"acme-folder", "/srv/acme"}}), Catch::Contains("needs --redirect-listen"));
    CHECK(read({{"security-contact", "a@example.fi"}}).security_contact == "mailto:a@example.fi");
    CHECK(read({{"security-contact", "https://example.fi/vdp"}}).security_contact == "https://example.fi/vdp");
    for (const auto* wrong : {"our office", "http://example.fi", "a@example.fi\r\nX: 1"})
        CHECK_THROWS_WITH(read({{"security-contact", wrong}}), Catch::StartsWith("--security-contact is not"));
    for (const auto& option : config::options())
        CHECK(config::reference().find("--" + std::string{option.name}) != std::string::npos);
}

TEST_CASE("What waits is taken in turn by whom it is of, and there is a place for whoever has none") {
    journal::FairQueue<int> queue{16};
    // One who brings all they can has half.
    int taken = 0;
    while (queue.push("greedy", ++taken)) {}
    CHECK(queue.size() == 8);
    CHECK(queue.push("second", 100));
    CHECK(queue.push("third", 200));
    CHECK(queue.push("second", 101));
    std::vector<int> order;
    while (const auto job = queue.pop()) order.push_back(*job);
    CHECK(order == std::vector<int>{1, 100, 200, 2, 101, 3, 4, 5, 6, 7, 8});
    CHECK_FALSE(queue.pop());
    // Ten who bring all they can leave a place to the eleventh.
    for (int round = 0; round < 16; ++round) {
        for (int whose = 0; whose < 10; ++whose) queue.push("greedy " + std::to_string(whose), round);
    }
    CHECK(queue.size() < 16);
    CHECK(queue.push("newcomer", 1));
}

TEST_CASE("A host is a name or an address, with a port or without") {
    using net::host_name;
    CHECK(host_name("cafe.example.fi:443") == "cafe.example.fi");
    CHECK(host_name("cafe.example.fi.") == "cafe.example.fi");
    CHECK(host_name("[2001:db8::1]:8443") == "[2001:db8::1]");
    CHECK(host_name("xn--kahvil-cua.fi") == "xn--kahvil-cua.fi");
    for (const auto* bad :
        {"", ".", "..", ":", "a:b", "a b", "a/b", "a@b", "a,b", "[]", "[::1", "::1", "a\xff", "a%41"}) {
        INFO(bad);
        CHECK_FALSE(host_name(bad));
    }
    CHECK_FALSE(host_name(std::string(254, 'a')));
}
