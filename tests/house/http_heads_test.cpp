// Heads of requests as they come: hostile ones, and innocent ones that look odd, and what each becomes.
// The site is https://cafe.example.fi behind a proxy on this machine, as it is usually run.

#include "support/catch.hpp"
#include "net/http_rules.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::string_literals;

namespace {

/// `first` CRLF `fields` CRLF CRLF.
struct Row {
    int status;
    std::string first;
    std::string fields;
};

const std::string host = "Host: cafe.example.fi";
const std::string upgrade = host +
                            "\r\nOrigin: https://cafe.example.fi\r\nConnection: Upgrade\r\nUpgrade: "
                            "websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ";

const std::vector<Row>& hostile() {
    static const std::vector<Row> rows{
        // Hosts.
        {400, "GET / HTTP/1.1", ""},
        {400, "GET / HTTP/1.1", "Host:"},
        {400, "GET / HTTP/1.1", "Host: :443"},
        {421, "GET / HTTP/1.1", "Host: evil.example"},
        {421, "GET / HTTP/1.1", "Host: evil.example:443"},
        {421, "GET / HTTP/1.1", "Host: cafe.example.fi.evil.example"},
        {421, "GET / HTTP/1.1", "Host: xcafe.example.fi"},
        {421, "GET / HTTP/1.1", "Host: example.fi"},
        {421, "GET / HTTP/1.1", "Host: localhost"},
        {421, "GET / HTTP/1.1", "Host: 127.0.0.1"},
        {421, "GET / HTTP/1.1", "Host: [::1]:8080"},
        {421, "GET /api/me HTTP/1.1", "Host: evil.example"},
        {421, "GET /healthz/../ HTTP/1.1", "Host: evil.example"},
        {400, "GET / HTTP/1.1", "Host: cafe.example.fi@evil.example"},
        {400, "GET / HTTP/1.1", "Host: cafe.example.fi/evil"},
        {400, "GET / HTTP/1.1", "Host: cafe.example.fi, evil.example"},
        {400, "GET / HTTP/1.1", "Host: cafe.example.fi evil.example"},
        {400, "GET / HTTP/1.1", "Host: cafe.example.fi:https"},
        {400, "GET / HTTP/1.1", "Host: cafe.example.fi:123456"},
        {400, "GET / HTTP/1.1", "Host: cafe.example.fi:44:3"},
        {400, "GET / HTTP/1.1", "Host: [::1"},
        {400, "GET / HTTP/1.1", "Host: [::1]evil.example"},
        {400, "GET / HTTP/1.1", "Host: [fe80::1%25eth0]"},
        {400, "GET / HTTP/1.1", "Host: [cafe.example.fi]"},
        {400, "GET / HTTP/1.1", "Host: cafe..example.fi"},
        {400, "GET / HTTP/1.1", "Host: .cafe.example.fi"},
        {400, "GET / HTTP/1.1", "Host: cafe.example.fi.."},
        {400, "GET / HTTP/1.1", "Host: cafe%2eexample.fi"},
        {400, "GET / HTTP/1.1", "Host: https://cafe.example.fi"},
        {400, "GET / HTTP/1.1",
            "Host: c\xd0\xb0"
            "fe.example.fi"},
        {400, "GET / HTTP/1.1", "Host: cafe.example.fi\r\nHost: cafe.example.fi"},
        {400, "GET / HTTP/1.1", "Host: cafe.example.fi\r\nHost: evil.example"},
        {400, "GET / HTTP/1.1", "Host : cafe.example.fi"},
        {421, "GET /healthz HTTP/1.0",
            "Host: evil.example\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\nHost: evil.example"},
        // Targets.
        {421, "GET http://evil.example/ HTTP/1.1", host},
        {421, "GET https://localhost/ HTTP/1.1", host},
        {400, "GET https://evil.example@cafe.example.fi/ HTTP/1.1", host},
        {400, "GET https://cafe.example.fi:x/ HTTP/1.1", host},
        {400, "GET ftp://cafe.example.fi/ HTTP/1.1", host},
        {400, "GET http:///etc/passwd HTTP/1.1", host},
        {400, "GET https://cafe.example.fi?x=1 HTTP/1.1", host},
        {400, "GET javascript:alert(1) HTTP/1.1", host},
        {400, "GET * HTTP/1.1", host},
        {400, "GET index.html HTTP/1.1", host},
        {400, "GET \\\\evil.example\\x HTTP/1.1", host},
        {400, "GET /\xc3\xa4 HTTP/1.1", host},
        {400, "GET /a\x7f HTTP/1.1", host},
        {400, "GET  HTTP/1.1", host},
        {400, "GET / / HTTP/1.1", host},
        {404, "GET /%2e%2e/secret.txt HTTP/1.1", host},
        {404, "GET //evil.example/ HTTP/1.1", host},
        {414, "GET /" + std::string(2100, 'a') + " HTTP/1.1", host},
        // Methods.
        {400, "CONNECT cafe.example.fi:443 HTTP/1.1", host},
        {405, "TRACE / HTTP/1.1", host},
        {405, "DELETE / HTTP/1.1", host},
        {405, "get / HTTP/1.1", host},
        {405, "PUT /api/me HTTP/1.1", host},
        {405, "DELETE /api/sessions/1 HTTP/1.1", host},
        {405, "POST /api/me HTTP/1.1", host},
        {405, "GET /api/sign-in HTTP/1.1", host},
        {405, "HEAD /api/enter HTTP/1.1", host},
        {405, "PATCH /api/sign-in HTTP/1.1", host + "\r\nContent-Length: 2\r\n\r\n{}"},
        {405, "PUT /api/sessions/1 HTTP/1.1", host + "\r\nContent-Length: 200000"},
        {400, "HEAD / HTTP/1.1", host + "\r\nContent-Length: 2\r\n\r\n{}"},
        {400, "GET / HTTP/1.1 ", host},
        {400, "GET / HTTP/1.2", host},
        // Fields.
        {400, "GET / HTTP/1.1", host + "\r\nX-Note: one\r\n two"},
        {400, "GET / HTTP/1.1", host + "\r\nX-Note: one\r\n\ttwo"},
        {400, "GET / HTTP/1.1", "Host: cafe.\r\n example.fi"},
        {400, "GET / HTTP/1.1", " X-Note: one\r\n" + host},
        {400, "POST /api/look HTTP/1.1", host + "\r\nTransfer-Encoding:\r\n chunked\r\nContent-Length: 2"},
        {400, "GET / HTTP/1.1", host + "\r\nX Note: one"},
        {400, "GET / HTTP/1.1", host + "\r\nX-Note\x01: one"},
        {400, "GET / HTTP/1.1", host + "\r\nno colon"},
        {400, "GET / HTTP/1.1",
            host + "\r\nX-Note: a\x01"
                   "b"},
        {431, "GET / HTTP/1.1", host + "\r\nX-Note: " + std::string(9000, 'a')},
        // The figures have a listener of their own: here there is no such page, whoever asks and by what name.
        {404, "GET /metrics HTTP/1.1", host},
        {404, "GET /metrics HTTP/1.1", "Host: localhost"},
        {404, "GET /metrics HTTP/1.1", host + "\r\nX-Forwarded-For: 127.0.0.1"},
        {404, "GET /metrics HTTP/1.0", ""},
        {404, "GET https://cafe.example.fi/metrics HTTP/1.1", host + "\r\nForwarded: for=127.0.0.1"},
        // Upgrades.
        {400, "GET /room HTTP/1.1", upgrade + "AAAAAAAAAAAAAAAAAAAAAAAA"},
        {400, "GET /room HTTP/1.1", upgrade + "AAAAAAAAAAAAAAAAAAAAAB=="},
        {400, "GET /room HTTP/1.1", upgrade + "AAAAAAAAAAAAAAAAAAAA-A=="},
        {400, "GET /room HTTP/1.1", upgrade + "AAAAAAAAAAAAAAAAAAAAA==="},
        {400, "GET /voice HTTP/1.1", upgrade + "!!!!!!!!!!!!!!!!!!!!!!=="},
        {400, "GET /room HTTP/1.1", upgrade + "AAAAAAAAAAAAAAAAAAAAAA==\r\nX-Note: a\r\n b"},
        {403, "GET /room HTTP/1.1",
            host + "\r\nOrigin: http://localhost:8080\r\nConnection: Upgrade\r\nUpgrade: "
                   "websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="},
        {403, "GET /room HTTP/1.1",
            host + "\r\nOrigin: http://127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: "
                   "websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="},
    };
    return rows;
}

std::vector<Row> innocent(const std::string& etag) {
    const auto match = [&](const std::string& value) { return host + "\r\nIf-None-Match: " + value; };
    const auto bare = etag.substr(2);
    return {
        // Hosts.
        {200, "GET / HTTP/1.1", host},
        {200, "GET / HTTP/1.1", "host:cafe.example.fi"},
        {200, "GET / HTTP/1.1", "HOST: \t cafe.example.fi \t"},
        {200, "GET / HTTP/1.1", "Host: CAFE.Example.FI"},
        {200, "GET / HTTP/1.1", "Host: cafe.example.fi."},
        {200, "GET / HTTP/1.1", "Host: cafe.example.fi:443"},
        {200, "GET / HTTP/1.1", "Host: cafe.example.fi:8443"},
        {200, "GET / HTTP/1.1", "Host: cafe.example.fi.:443"},
        {200, "GET / HTTP/1.1", "Host: cafe.example.fi:"},
        {200, "GET / HTTP/1.1", "Host: www.cafe.example.fi"},
        {200, "GET / HTTP/1.0", ""},
        {200, "GET / HTTP/1.0", host},
        {200, "GET /healthz HTTP/1.1", "Host: 10.0.0.5:8080"},
        {200, "HEAD /healthz HTTP/1.1", "Host: [2001:db8::5]"},
        {200, "GET /readyz HTTP/1.1", "Host: kahvila_1.internal"},
        {200, "GET /healthz?probe=1 HTTP/1.1", "Host: anything"},
        // Targets.
        {200, "GET https://cafe.example.fi/ HTTP/1.1", host},
        {200, "GET http://cafe.example.fi:80/staff HTTP/1.1", host},
        {200, "GET HTTPS://Cafe.Example.FI HTTP/1.1", host},
        {200, "GET https://cafe.example.fi/?x=http://evil.example/ HTTP/1.1", host},
        {200, "GET https://cafe.example.fi/ HTTP/1.1", "Host: proxy.internal"},
        {200, "GET /?utm_source=viesti&fbclid=abc HTTP/1.1", host},
        {200, "GET /?a=http://b/ HTTP/1.1", host},
        {200, "GET /?a=%C3%A4%20b HTTP/1.1", host},
        {200, "GET /staff? HTTP/1.1", host},
        {404, "GET /favicon-of-old.ico HTTP/1.1", host},
        {404, "GET /%C3%A4 HTTP/1.1", host},
        // Methods.
        {200, "HEAD / HTTP/1.1", host},
        {200, "HEAD /staff HTTP/1.1", host},
        {404, "HEAD /nothing HTTP/1.1", host},
        {401, "HEAD /api/me HTTP/1.1", host},
        {404, "HEAD /api/nothing HTTP/1.1", host},
        {401, "GET /api/me HTTP/1.1", host},
        {405, "OPTIONS * HTTP/1.1", host},
        {405, "OPTIONS / HTTP/1.1", host + "\r\nAccess-Control-Request-Method: GET"},
        {404, "POST /api/look HTTP/1.1",
            host +
                "\r\nContent-Type: text/plain\r\nContent-Length: 36\r\n\r\n{\"secret\":\"AAAAAAAAAAAAAAAAAAAAAA\"} "},
        {200, "GET / HTTP/1.1", host + "\r\nContent-Length: 0"},
        // Fields.
        {200, "GET / HTTP/1.1", host + "\r\nCookie: " + std::string(4000, 'c')},
        {200, "GET / HTTP/1.1", host + "\r\nX-Name: \xc3\x84ij\xc3\xa4"},
        {200, "GET / HTTP/1.1", host + "\r\nX-Empty:"},
        {200, "GET / HTTP/1.1", host + "\r\nX-Note: a\tb  c"},
        {200, "GET / HTTP/1.1", host + "\r\nRange: bytes=0-1"},
        {200, "GET / HTTP/1.1", host + "\r\nIf-Modified-Since: Thu, 03 Dec 2026 07:00:00 GMT"},
        {200, "GET / HTTP/1.1", host + "\r\nConnection: keep-alive, TE\r\nTE: trailers"},
        {200, "GET / HTTP/1.1",
            host + "\r\nUpgrade-Insecure-Requests: 1\r\nDNT: 1\r\nSave-Data: on\r\nSec-Fetch-Site: cross-site"},
        {200, "GET / HTTP/1.1",
            host + "\r\nAccept-Encoding: zstd, br;q=1.0, *;q=0.1\r\nAccept-Language: fi-FI,fi;q=0.9,se;q=0.8"},
        {200, "GET / HTTP/1.1", host + "\r\nExpect: 100-continue"},
        // What proxies say.
        {200, "GET / HTTP/1.1", host + "\r\nX-Forwarded-For: 192.0.2.1, 2001:db8::1"},
        {200, "GET / HTTP/1.1", host + "\r\nX-Forwarded-For: unknown\r\nX-Forwarded-For: 192.0.2.1:4711"},
        {200, "GET / HTTP/1.1", host + "\r\nForwarded: for=\"[2001:db8::1]:4711\";proto=https;host=evil.example"},
        {200, "GET / HTTP/1.1",
            host + "\r\nVia: 1.1 kaupunki, 1.1 varnish\r\nX-Real-IP: 192.0.2.1\r\nX-Forwarded-Proto: "
                   "http\r\nX-Forwarded-Host: evil.example"},
        // What caches ask.
        {304, "GET / HTTP/1.1", match(etag)},
        {304, "GET / HTTP/1.1", match(bare)},
        {304, "GET / HTTP/1.1", match("*")},
        {304, "GET / HTTP/1.1", match("\"other\", " + etag)},
        {304, "GET / HTTP/1.1", match("\"other\"," + bare + ",W/\"more\"")},
        {304, "GET / HTTP/1.1", match("\"with, comma\" ,, " + bare)},
        {304, "GET / HTTP/1.1", match("\"other\"") + "\r\nIf-None-Match: " + etag},
        {304, "HEAD / HTTP/1.1", match(etag)},
        {200, "GET / HTTP/1.1", match("\"other\"")},
        {200, "GET / HTTP/1.1", match("\"\"")},
        {200, "GET / HTTP/1.1", match(bare.substr(1, bare.size() - 2))},
        {200, "GET / HTTP/1.1", match("\"unclosed")},
        // Upgrades.
        {101, "GET /room HTTP/1.1", upgrade + "dGhlIHNhbXBsZSBub25jZQ=="},
        {101, "GET /room HTTP/1.1", upgrade + "++++////AAAAzzzz9999Ag=="},
        {101, "GET https://cafe.example.fi/room HTTP/1.1", upgrade + "dGhlIHNhbXBsZSBub25jZQ=="},
    };
}

HouseOptions behind_proxy() {
    HouseOptions options;
    options.site = "https://cafe.example.fi";
    options.origins = {"https://www.cafe.example.fi"};
    return options;
}

std::string head_of(const Row& row) {
    return row.first + "\r\n" + (row.fields.empty() ? "" : row.fields + "\r\n") + "\r\n";
}

int last_status(const std::string& answers) {
    const auto at = answers.rfind("HTTP/1.1 ");
    return at == answers.npos ? 0 : std::stoi(answers.substr(at + 9, 3));
}

}  // namespace

TEST_CASE("Hostile heads, each with what it becomes, whole and byte by byte") {
    TestHouse house{behind_proxy()};
    CHECK(hostile().size() >= 40);
    for (const auto& row : hostile()) {
        INFO(head_of(row).substr(0, 300));
        RawClient whole{house};
        whole.send(head_of(row));
        // Who goes on after it is told where it ends.
        if (row.status == 404 || row.status == 405) whole.send("GET * HTTP/1.1\r\n\r\n");
        const auto answers = whole.receive_all();
        const auto first = answers.size() > 12 ? std::stoi(answers.substr(9, 3)) : 0;
        CHECK((row.first.starts_with("GET /healthz HTTP/1.0") ? last_status(answers) : first) == row.status);
        CHECK(answers.find("evil") == answers.npos);
        CHECK(answers.find("etakahvila_connections") == answers.npos);
        CHECK((answers.find("\r\nAllow: ") != answers.npos) == (first == 405));
        if (row.fields.find("X-Note: one") == std::string::npos) continue;
        RawClient slow{house};
        for (const char byte : head_of(row)) slow.send(std::string(1, byte));
        CHECK(last_status(slow.receive_all()) == row.status);
    }
}

TEST_CASE("Innocent heads that look odd, each with what it becomes; and the connection goes on after it") {
    TestHouse house{behind_proxy()};
    const auto etag = ask(house, "GET", "/", {}, {}, "cafe.example.fi").field("ETag");
    REQUIRE(etag.starts_with("W/\""));
    const auto rows = innocent(etag);
    CHECK(rows.size() >= 40);
    for (const auto& row : rows) {
        INFO(head_of(row).substr(0, 300));
        RawClient client{house};
        client.send(row.fields.find("\r\n\r\n") == std::string::npos ? head_of(row) : row.first + "\r\n" + row.fields);
        const bool has_body = !row.first.starts_with("HEAD") && row.status != 304 && row.status != 101;
        const auto reply = read_reply(client, has_body);
        CHECK(reply.status == row.status);
        // Nothing stands between this answer and the next.
        if (!has_body) CHECK(reply.body.empty());
        if (row.status == 101 || row.first.ends_with("1.0") || row.first.starts_with("OPTIONS *")) continue;
        const auto next = ask(client, "GET", "/healthz", {}, {}, "cafe.example.fi");
        CHECK(next.head.starts_with("HTTP/1.1 200"));
        CHECK(next.body == "ok\n");
    }
}

TEST_CASE("A wrong method is told which are right") {
    TestHouse house;
    CHECK(ask(house, "DELETE", "/api/me").field("Allow") == "GET, HEAD");
    CHECK(ask(house, "GET", "/api/sign-in").field("Allow") == "POST");
    const auto both = ask(house, "PUT", "/api/accounts").field("Allow");
    CHECK((both == "GET, HEAD, POST" || both == "POST, GET, HEAD"));
    CHECK(ask(house, "DELETE", "/").field("Allow") == "GET, HEAD");
    CHECK(ask(house, "PUT", "/api/nothing").status == 404);
    CHECK(ask(house, "PUT", "/api/nothing").field("Allow").empty());
}

TEST_CASE("Behind a proxy the site is https for everyone, and this machine is nobody in particular") {
    TestHouse house{behind_proxy()};
    const auto page = ask(house, "GET", "/", {}, {}, "cafe.example.fi");
    CHECK(page.field("Strict-Transport-Security") == "max-age=31536000");
    const auto policy = page.field("Content-Security-Policy");
    CHECK(policy.find("wss://cafe.example.fi") != policy.npos);
    CHECK(policy.find("localhost") == policy.npos);
    CHECK(policy.find("127.0.0.1") == policy.npos);
    house.add_account("Aino", {});
    for (const auto* origin :
        {"http://localhost", "http://127.0.0.1", "https://cafe.example.fi.evil.example", "null"}) {
        CHECK(ask(house, "POST", "/api/sign-in", R"({"name":"Aino","password":"kahvi ja pulla"})",
                  {"Origin: "s + origin}, "cafe.example.fi")
                  .status == 403);
    }
    const auto signed_in = ask(house, "POST", "/api/sign-in", R"({"name":"Aino","password":"kahvi ja pulla"})",
        {"Origin: https://cafe.example.fi"}, "cafe.example.fi");
    CHECK(signed_in.status == 200);
    CHECK(signed_in.field("Set-Cookie").starts_with("__Host-etakahvila="));
}

TEST_CASE("Without a site the server is asked by its addresses, on its own machine") {
    TestHouse house;
    for (const auto* name : {"localhost", "127.0.0.1", "127.0.0.1:8080", "[::1]", "192.0.2.7"})
        CHECK(ask(house, "GET", "/", {}, {}, name).status == 200);
    for (const auto* name : {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example"})
        CHECK(ask(house, "GET", "/", {}, {}, name).status == 421);
}
