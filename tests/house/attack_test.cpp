// What else is tried from outside (tests/attacks.md has the list).

#include <thread>

#include "api/api.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"
#include "net/metrics.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using namespace std::string_literals;
using protocol::Role;

namespace {

/// Every cipher that this machine's OpenSSL knows for TLS 1.2 and before, weak ones too.
std::vector<std::string> all_ciphers() {
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_cipher_list(context, "ALL:COMPLEMENTOFALL");
    std::vector<std::string> names;
    const auto* ciphers = SSL_CTX_get_ciphers(context);
    for (int index = 0; index < sk_SSL_CIPHER_num(ciphers); ++index) {
        const auto* cipher = sk_SSL_CIPHER_value(ciphers, index);
        if (SSL_CIPHER_get_protocol_id(cipher) >> 8 != 0x13) names.emplace_back(SSL_CIPHER_get_name(cipher));
    }
    SSL_CTX_free(context);
    return names;
}

/// Whether the room lets the ticket in; closes again.
bool opens(const TestHouse& house, const std::string& ticket) {
    RoomClient client{house};
    client.hello(ticket);
    while (const auto frame = client.next()) {
        if (frame->opcode == 1 && frame->payload.find(R"("type":"welcome")") != std::string::npos) return true;
        if (frame->opcode == 8) return false;
    }
    return false;
}

}  // namespace

TEST_CASE("TLS 1.2 is spoken with forward secrecy and AEAD only, each cipher that there is offered by itself") {
    TestHouse house{{.has_tls = true}};
    int taken = 0, refused = 0;
    for (const auto& cipher : all_ciphers()) {
        const RawClient client{
            house.port(), {.has_tls = true, .tls_version_max = TLS1_2_VERSION, .ciphers = cipher.c_str()}};
        const bool is_good = (cipher.starts_with("ECDHE-ECDSA-AES") && cipher.find("-GCM-") != cipher.npos) ||
                             cipher == "ECDHE-ECDSA-CHACHA20-POLY1305";
        INFO(cipher);
        CHECK(client.is_connected() == is_good);
        ++(client.is_connected() ? taken : refused);
    }
    CHECK(taken == 3);
    CHECK(refused > 50);
}

TEST_CASE("TLS is not negotiated anew, and nothing is compressed") {
    TestHouse house{{.has_tls = true}};
    RawClient client{house.port(), {.has_tls = true, .tls_version_max = TLS1_2_VERSION}};
    REQUIRE(client.is_connected());
    CHECK(SSL_get_current_compression(client.tls()) == nullptr);
    SSL_renegotiate(client.tls());
    CHECK((SSL_do_handshake(client.tls()) != 1 || !client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") ||
           client.receive().empty()));
}

TEST_CASE("Whoever stays in the middle of a TLS handshake takes nobody's place, and is closed") {
    TestHouse house{{.has_tls = true, .newcomers_max = 16}};
    const auto hello = [] {
        // A ClientHello as OpenSSL writes it.
        SSL_CTX* context = SSL_CTX_new(TLS_client_method());
        SSL* session = SSL_new(context);
        BIO* in = BIO_new(BIO_s_mem());
        BIO* out = BIO_new(BIO_s_mem());
        SSL_set_bio(session, in, out);
        SSL_connect(session);
        char* bytes = nullptr;
        const auto length = BIO_get_mem_data(out, &bytes);
        std::string text{bytes, static_cast<std::size_t>(length)};
        SSL_free(session);
        SSL_CTX_free(context);
        return text;
    }();
    std::vector<RawClient> halfway;
    for (std::size_t count = 0; count < 16; ++count) {
        // Each breaks off somewhere else, the last behind the whole hello.
        halfway.emplace_back(house.port(), RawClient::Ways{});
        halfway.back().send(hello.substr(0, 1 + count * (hello.size() - 1) / 15));
    }
    wait_until([&] { return house.metrics().connections_open == 16; });
    house.pass(3s);
    RawClient newcomer{house};
    CHECK(ask(newcomer, "GET", "/healthz").status == 200);
    house.pass(6s);
    for (auto& each : halfway) each.receive_all();
    CHECK(ask(house, "GET", "/healthz").status == 200);
}

TEST_CASE("A ticket that was seen by others is worth nothing: used once, by one, at one door") {
    TestHouse house;
    const auto session = house.plan_session();
    const auto ohjaaja = house.invite(session, Role::facilitator, "Olli Ohjaaja");
    // Eight at once: one comes in.
    for (int round = 0; round < 5; ++round) {
        const auto ticket = enter(house, ohjaaja);
        std::atomic<int> in = 0;
        std::vector<std::thread> thieves;
        std::vector<std::unique_ptr<RoomClient>> clients;
        for (int count = 0; count < 8; ++count) clients.push_back(std::make_unique<RoomClient>(house));
        for (auto& client : clients) {
            thieves.emplace_back([&] {
                client->hello(ticket);
                while (const auto frame = client->next()) {
                    if (frame->opcode == 1 && frame->payload.find(R"("type":"welcome")") != std::string::npos) ++in;
                    if (frame->opcode == 8 || in > 0) break;
                }
            });
        }
        for (auto& thief : thieves) thief.join();
        CHECK(in == 1);
    }
    // The whole chain of tickets, each after its use.
    std::vector<std::string> used{enter(house, ohjaaja)};
    for (int count = 0; count < 4; ++count) {
        RoomClient client{house};
        used.push_back(client.come_in(used.back()).next_ticket);
    }
    const auto fresh = used.back();
    used.pop_back();
    for (const auto& ticket : used) CHECK_FALSE(opens(house, ticket));
    // Cut short, made longer, or in another case it is none; and it still works for its owner.
    for (const auto& wrong : {fresh.substr(1), fresh + "A",
             fresh.substr(0, fresh.size() - 1) + (fresh.back() == 'A' ? "B" : "A"), " " + fresh, std::string{}})
        CHECK_FALSE(opens(house, wrong));
    CHECK(opens(house, fresh));
    // Of another house.
    TestHouse other;
    const auto elsewhere = other.invite(other.plan_session(), Role::facilitator, "Olli Ohjaaja");
    CHECK_FALSE(opens(house, enter(other, elsewhere)));
}

TEST_CASE("Programs that look at links before people do use nothing up") {
    TestHouse house;
    const auto mustikka = house.invite(house.plan_session(), Role::participant, "Maija Mustikka");
    RawClient preview{house};
    for (int count = 0; count < 1000; ++count)
        REQUIRE(ask(preview, count % 2 == 0 ? "GET" : "HEAD", "/").status == 200);
    for (int count = 0; count < 20; ++count)
        CHECK(ask(house, "POST", "/api/look", "{\"secret\":\"" + mustikka.secret + "\"}").status == 200);
    CHECK(opens(house, enter(house, mustikka, "Mustikka")));
}

TEST_CASE("What a head says of where it comes from is neither believed nor logged") {
    TestHouse house;
    const auto session = house.plan_session();
    house.invite(session, Role::participant, "Maija Mustikka");
    const auto key = house.coordinator_key();
    const auto invited = [&](const std::vector<std::string>& more) {
        std::vector<std::string> fields{"Authorization: Bearer " + key, "Referer: https://evil.example/#kanarialintu",
            "User-Agent: kanarialintu", "Forwarded: for=kanarialintu;host=evil.example",
            "X-Forwarded-Host: evil.example", "X-Forwarded-For: 192.0.2.66", "X-Original-URL: /kanarialintu"};
        fields.insert(fields.end(), more.begin(), more.end());
        return ask(house, "POST", "/api/sessions/1/invitations", R"({"renew":true})", fields);
    };
    const auto reply = invited({});
    CHECK(reply.status == 200);
    CHECK(reply.body.find(house.origin() + "/#") != std::string::npos);
    CHECK(reply.body.find("evil") == std::string::npos);
    CHECK(reply.head.find("evil") == std::string::npos);
    // Nothing of a request is in the head of its answer.
    for (const auto* path :
        {"/%0d%0aSet-Cookie:kanarialintu=1", "/?x=%0d%0aLocation:%20//evil.example", "/api/%0aX-Evil:1"}) {
        const auto answer = ask(house, "GET", path, {},
            {"X-Evil: kanarialintu", "Access-Control-Request-Headers: kanarialintu", "Origin: https://evil.example"});
        CHECK(answer.head.find("kanarialintu") == std::string::npos);
        CHECK(answer.head.find("vil") == std::string::npos);
        CHECK(answer.field("Access-Control-Allow-Origin").empty());
    }
    CHECK(house.log().find("kanarialintu") == std::string::npos);
    CHECK(house.log().find("192.0.2.66") == std::string::npos);
}

TEST_CASE("A page of another site can neither read nor change anything, whatever the browser sends along") {
    TestHouse house;
    house.plan_session();
    house.add_account("Aino", {{.role = people::StaffRole::coordinator, .series = {}}});
    const auto aino = sign_in(house, "Aino");
    const auto cookie = "Cookie: " + aino.cookie;
    // What a form or an image of another site can bring about: no own fields, a simple type.
    for (const auto* type : {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data"}) {
        for (const auto& route : api::Api::routes()) {
            if (route.method != protocol::Route::Method::post) continue;
            std::string path{route.path};
            for (const std::string_view word : {"ID", "PERSON", "ACCOUNT", "SERIES", "PERIOD"}) {
                for (auto at = path.find(word); at != path.npos; at = path.find(word))
                    path.replace(at, word.size(), "1");
            }
            const auto status = ask(
                house, "POST", path, "[]", {"Origin: https://evil.example", cookie, "Content-Type: "s + type})
                                    .status;
            INFO(path);
            CHECK(status == 403);
        }
    }
    // Reading needs no page of ours, and is not shared with another's.
    const auto read = ask(house, "GET", "/api/me", {}, {cookie, "Origin: https://evil.example"});
    CHECK(read.field("Access-Control-Allow-Origin").empty());
    CHECK(read.field("Cross-Origin-Resource-Policy") == "same-origin");
}
