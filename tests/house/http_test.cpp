// What is asked over HTTP, well and badly.

#include "support/catch.hpp"
#include "house/house.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using namespace std::string_literals;

TEST_CASE("Pages come from memory, compressed as the browser likes, and carry the headers that guard them") {
    for (const bool has_tls : {false, true}) {
        TestHouse house{{.has_tls = has_tls}};
        const auto page = ask(house, "GET", "/");
        CHECK(page.status == 200);
        CHECK(page.body == "<!doctype html><title>participant</title>");
        CHECK(page.field("Content-Type") == "text/html; charset=utf-8");
        CHECK(page.field("Cache-Control") == "no-cache");
        CHECK(page.field("X-Content-Type-Options") == "nosniff");
        CHECK(page.field("Referrer-Policy") == "no-referrer");
        CHECK(page.field("Cross-Origin-Opener-Policy") == "same-origin");
        CHECK(page.field("Cross-Origin-Resource-Policy") == "same-origin");
        CHECK(page.field("Permissions-Policy").find("microphone=(self)") != std::string::npos);
        const auto policy = page.field("Content-Security-Policy");
        for (const auto* part : {"default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'",
                 "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"}) {
            CHECK(policy.find(part) != std::string::npos);
        }
        CHECK(policy.find((has_tls ? "wss://localhost:" : "ws://localhost:") + std::to_string(house.port())) !=
              std::string::npos);
        CHECK(page.field("Strict-Transport-Security").empty() != has_tls);

        CHECK(ask(house, "GET", "/staff").body == "<!doctype html><title>staff</title>");
        const auto* script = "/assets/room-AbCd1234.js";
        const auto plain = ask(house, "GET", script);
        CHECK(plain.body == "export const long = 'plain';");
        CHECK(plain.field("Cache-Control") == "public, max-age=31536000, immutable");
        CHECK(plain.field("Vary") == "Accept-Encoding");
        CHECK(ask(house, "GET", script, {}, {"Accept-Encoding: gzip, deflate, br"}).body == "brotli bytes");
        const auto gzip = ask(house, "GET", script, {}, {"Accept-Encoding: br;q=0, gzip;q=0.5"});
        CHECK(gzip.body == "gzip bytes");
        CHECK(gzip.field("Content-Encoding") == "gzip");
        CHECK(ask(house, "GET", script, {}, {"If-None-Match: " + plain.field("ETag")}).status == 304);
        const auto head = ask(house, "HEAD", script);
        CHECK(head.status == 200);
        CHECK(head.field("Content-Length") == "28");
        CHECK(head.body.empty());
    }
}

TEST_CASE("WebAssembly runs in the one worker that needs it, and in no page") {
    TestHouse house;
    const auto policy_of = [&](const char* path) { return ask(house, "GET", path).field("Content-Security-Policy"); };
    const auto worker = policy_of("/assets/listening_wasm_worker-AbCd1234.js");
    CHECK(worker.find("script-src 'self' 'wasm-unsafe-eval';") != std::string::npos);
    CHECK(worker.find("default-src 'none'") != std::string::npos);
    CHECK(worker.find("ws://localhost:" + std::to_string(house.port())) != std::string::npos);
    for (const auto* path : {"/", "/staff", "/assets/room-AbCd1234.js", "/listening_wasm_worker-AbCd1234.js",
             "/assets/nothing-here.js", "/api/unknown"}) {
        INFO(path);
        CHECK(policy_of(path).find("wasm") == std::string::npos);
    }
}

TEST_CASE("Nothing but the client's files is reached by a path") {
    TestHouse house;
    for (const auto* path : {"/secret.txt", "/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt",
             "/..%2fsecret.txt", "//index.html", "/index.html/", "/assets", "/assets/room-AbCd1234.js.br",
             "/INDEX.HTML", "/index.html%00"}) {
        INFO(path);
        CHECK(ask(house, "GET", path).status == 404);
    }
    CHECK(ask(house, "GET", "/?anything=1").status == 200);
    CHECK(ask(house, "DELETE", "/").status == 405);
    CHECK(ask(house, "GET", "/api/unknown").status == 404);
}

TEST_CASE("A head that could mean two things, or asks too much, is refused and the connection closed") {
    TestHouse house;
    const auto status_of = [&](const std::string& request) {
        RawClient client{house};
        client.send(request);
        const auto all = client.receive_all();
        INFO(request.substr(0, 200));
        CHECK(all.find("Connection: close\r\n") != all.npos);
        CHECK(all.find("nosniff") != all.npos);
        return all.size() > 12 ? std::stoi(all.substr(9, 3)) : 0;
    };
    CHECK(
        status_of("POST /api/look HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == 400);
    CHECK(status_of("POST /api/look HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity\r\nContent-Length: "
                    "2\r\n\r\n{}") == 400);
    CHECK(status_of("POST /api/look HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: "
                    "chunked\r\n\r\n{}") == 400);
    CHECK(status_of("POST /api/look HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}") ==
          400);
    CHECK(status_of("POST /api/look HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2, 2\r\n\r\n{}") == 400);
    CHECK(status_of("POST /api/look HTTP/1.1\r\nHost: localhost\r\nContent-Length: +2\r\n\r\n{}") == 400);
    CHECK(status_of("POST /api/look HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n\r\n") == 413);
    CHECK(status_of("POST /api/look HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n") == 413);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}") == 400);
    CHECK(status_of("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}") == 405);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n") == 400);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: localhost\r\nBad Field: 1\r\n\r\n") == 400);
    CHECK(status_of("GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n") == 400);
    CHECK(status_of("GET / HTTP/9.9\r\n\r\n") == 400);
    CHECK(status_of("GET /" + std::string(3000, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n") == 414);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: localhost\r\nPad: " + std::string(9000, 'a') + "\r\n\r\n") == 431);
    CHECK(status_of("\x16\x03\x01 not http at all\r\n\r\n") == 400);
}

TEST_CASE("A connection serves one request after another, also when they come at once") {
    TestHouse house;
    RawClient client{house};
    CHECK(ask(client, "GET", "/healthz").body == "ok\n");
    CHECK(ask(client, "GET", "/readyz").body.starts_with("ready\n"));
    client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const auto all = client.receive_all();
    CHECK(all.find("ok\n") < all.find("ready\n"));
}

TEST_CASE("Whoever is slow with the head, says nothing, or stays idle is closed") {
    TestHouse house;
    RawClient silent{house};
    RawClient slow{house};
    slow.send("GET / HTTP/1.1\r\nHost");
    RawClient idle{house};
    ask(idle, "GET", "/healthz");
    RawClient bodiless{house};
    bodiless.send("POST /api/look HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n{");
    house.pass(6s);
    CHECK(silent.receive_all().empty());
    CHECK(slow.receive_all().empty());
    CHECK(ask(idle, "GET", "/healthz").status == 200);
    house.pass(31s);
    CHECK(idle.receive_all().empty());
    CHECK(bodiless.receive_all().empty());
}

TEST_CASE("Those who never speak make way for those who come") {
    TestHouse house{{.newcomers_max = 8}};
    std::vector<RawClient> silent;
    for (int count = 0; count < 8; ++count) silent.emplace_back(house);
    wait_until([&] { return house.metrics().connections_open == 8; });
    RawClient newcomer{house};
    house.pass(3s);
    CHECK(ask(newcomer, "GET", "/healthz").status == 200);
    CHECK(silent.front().receive_all().empty());
    CHECK(house.metrics().connections_sent_away == 1);
}

TEST_CASE("TLS is 1.2 or later, and a session is taken up again") {
    TestHouse house{{.has_tls = true}};
    for (const int version : {TLS1_VERSION, TLS1_1_VERSION})
        CHECK_FALSE(RawClient{house.port(), {.has_tls = true, .tls_version_max = version}}.is_connected());
    RawClient older{house.port(), {.has_tls = true, .tls_version_max = TLS1_2_VERSION}};
    REQUIRE(older.is_connected());
    CHECK(ask(older, "GET", "/healthz").status == 200);
    CHECK(std::string{SSL_get_cipher(older.tls())}.find("ECDHE") == 0);

    RawClient first{house};
    CHECK(std::string{SSL_get_version(first.tls())} == "TLSv1.3");
    CHECK(ask(first, "GET", "/healthz").status == 200);
    SSL_SESSION* session = SSL_get1_session(first.tls());
    RawClient second{house.port(), {.has_tls = true, .session = session}};
    CHECK(SSL_session_reused(second.tls()) == 1);
    SSL_SESSION_free(session);
}

TEST_CASE("A new certificate serves new connections and cuts nobody; a bad pair is refused and logged") {
    TestHouse house{{.has_tls = true}};
    const auto key_of = [](const RawClient& client) {
        auto* key = X509_get0_pubkey(SSL_get0_peer_certificate(client.tls()));
        std::string text(200, '\0');
        std::size_t length = 0;
        EVP_PKEY_get_octet_string_param(
            key, "encoded-pub-key", reinterpret_cast<unsigned char*>(text.data()), text.size(), &length);
        return text.substr(0, length);
    };
    RawClient early{house};
    make_certificate(house.folder.path());
    house.house->reload_certificate();
    RawClient late{house};
    CHECK(key_of(early) != key_of(late));
    CHECK(ask(early, "GET", "/healthz").status == 200);

    std::filesystem::resize_file(house.folder.path() / "cert.pem", 40);
    house.house->reload_certificate();
    CHECK(house.log().find("certificate_refused") != std::string::npos);
    RawClient later{house};
    CHECK(key_of(later) == key_of(late));
}
