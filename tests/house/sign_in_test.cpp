// The staff's own door, and those who try it.

#include "people/password.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"
#include "journal/sqlite_store.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using people::GivenRole;
using people::StaffRole;

namespace {

GivenRole in_series(StaffRole role) { return {.role = role, .series = "Syksy"}; }
GivenRole everywhere(StaffRole role) { return {.role = role, .series = {}}; }

std::vector<std::string> from(int last) { return {"X-Forwarded-For: 192.0.2." + std::to_string(last)}; }

struct Cookies {
    std::string sign_in;
    std::string device;
    std::string device_field;
};

Cookies cookies_of(const Reply& reply) {
    std::vector<std::string> fields;
    constexpr std::string_view name = "\r\nSet-Cookie: ";
    for (auto at = reply.head.find(name); at != reply.head.npos; at = reply.head.find(name, at + 1)) {
        const auto begin = at + name.size();
        fields.push_back(reply.head.substr(begin, reply.head.find("\r\n", begin) - begin));
    }
    REQUIRE(fields.size() == 2);
    const auto value = [](const std::string& field) { return field.substr(0, field.find(';')); };
    return {.sign_in = value(fields[0]), .device = value(fields[1]), .device_field = fields[1]};
}

int status_of_me(const TestHouse& house, const std::string& cookie) {
    return ask(house, "GET", "/api/me", {}, {"Cookie: " + cookie}).status;
}

}  // namespace

TEST_CASE("Signing in gives a cookie that only this site sees, and me tells who one is") {
    for (const bool has_tls : {false, true}) {
        TestHouse house{{.has_tls = has_tls}};
        house.plan_session();
        house.add_account("Aino Ahonen", {in_series(StaffRole::facilitator), everywhere(StaffRole::coordinator)});
        const auto reply = try_to_sign_in(house, " aino ahonen", TestHouse::password);
        const auto field = reply.field("Set-Cookie");
        INFO(field);
        CHECK(field.find("; HttpOnly; SameSite=Strict") != field.npos);
        CHECK(field.find("; Path=/; Max-Age=50400;") != field.npos);
        CHECK(field.starts_with(has_tls ? "__Host-etakahvila=" : "etakahvila="));
        CHECK(field.ends_with("; Secure") == has_tls);
        CHECK(reply.field("Cache-Control") == "no-store");
        const auto me = ask(house, "GET", "/api/me", {}, {"Cookie: other=1; " + signed_in(reply).cookie});
        CHECK(me.status == 200);
        CHECK(me.body == reply.body);
        CHECK(me.body.find(
                  R"("name":"Aino Ahonen","roles":[{"role":"coordinator"},{"role":"facilitator","series":"Syksy"}],)"
                  R"("csrf_token":")") != me.body.npos);
        CHECK(house.log().find("Aino") == std::string::npos);
        CHECK(house.log().find(signed_in(reply).cookie.substr(field.find('=') + 1)) == std::string::npos);
    }
}

TEST_CASE("A wrong password, an unknown name, a locked account and one without a password get the same answer") {
    TestHouse house;
    const auto locked = house.add_account("Lukittu", {});
    house.add_account("Aino", {});
    house.store().write_and_wait([&](records::Database& database) {
        people::lock_account(database, locked, house.clock.utc());
        people::add_account(database, {.name = "Uusi", .roles = {}, .supervises = {}}, house.clock.utc());
    });
    const auto wrong = try_to_sign_in(house, "Aino", "kahvi ja pullaa");
    CHECK(wrong.status == 403);
    CHECK(wrong.field("Set-Cookie").empty());
    for (const auto& [name, password] : {std::pair{"Nobody", "kahvi ja pulla"}, std::pair{"Lukittu", "kahvi ja pulla"},
             std::pair{"Uusi", "kahvi ja pulla"}, std::pair{"Uusi", ""}, std::pair{"", ""}}) {
        const auto reply = try_to_sign_in(house, name, password);
        CHECK(reply.status == wrong.status);
        CHECK(reply.body == wrong.body);
        CHECK(reply.head == wrong.head);
    }
    for (const auto* bad : {"{}", "[]", R"({"name":"Aino"})", R"({"name":"Aino","password":1})"})
        CHECK(ask(house, "POST", "/api/sign-in", bad, {"Origin: " + house.origin()}).status == 400);
}

TEST_CASE("Passwords cannot be guessed at speed, of one name nor of many, from one network") {
    TestHouse house{{.trusted_proxies = {"127.0.0.1"}}};
    house.add_account("Aino", {});
    for (int times = 0; times < 8; ++times)
        CHECK(try_to_sign_in(house, "Aino", "wrong and long", from(1)).status == 403);
    const auto held = try_to_sign_in(house, "AINO", TestHouse::password, from(1));
    CHECK(held.status == 429);
    CHECK(held.body.find(R"("wait_seconds":60)") != held.body.npos);
    house.clock.pass(60s);
    CHECK(try_to_sign_in(house, "AINO", TestHouse::password, from(1)).status == 200);

    for (int times = 0; times < 30; ++times)
        CHECK(try_to_sign_in(house, "name " + std::to_string(times), "wrong and long", from(200)).status == 403);
    CHECK(try_to_sign_in(house, "name 31", "wrong and long", from(200)).status == 429);
    // The proxy's own line stands below what the client has sent.
    auto pretending = from(200);
    pretending.insert(pretending.begin(), "X-Forwarded-For: 203.0.113.7");
    CHECK(try_to_sign_in(house, "name 31", "wrong and long", pretending).status == 429);
    CHECK(try_to_sign_in(house, "name 31", "wrong and long", from(201)).status == 403);
}

TEST_CASE("Whoever guesses at a name keeps its owner out of nowhere, and the coordinator sees it") {
    TestHouse house{{.trusted_proxies = {"127.0.0.1"}}};
    house.add_account("Kaisa", {everywhere(StaffRole::coordinator)});
    const auto aino = house.add_account("Aino", {});
    const auto known = cookies_of(try_to_sign_in(house, "Aino", TestHouse::password, from(7)));
    // Six addresses that others have, and the one that Aino shares with them, a day long.
    for (const int last : {1, 2, 3, 4, 5, 6, 7}) {
        int answer = 0;
        for (int times = 0; times < 20 && answer != 429; ++times)
            answer = try_to_sign_in(house, "Aino", "wrong and long", from(last)).status;
        REQUIRE(answer == 429);
    }
    // From elsewhere, from a new device.
    CHECK(try_to_sign_in(house, "Aino", TestHouse::password, from(99)).status == 200);
    // And from the address itself that has been used up, on a device where she has been before.
    CHECK(try_to_sign_in(house, "Aino", TestHouse::password, from(7)).status == 429);
    auto hers = from(7);
    hers.push_back("Cookie: " + known.device);
    CHECK(try_to_sign_in(house, "Aino", TestHouse::password, hers).status == 200);

    const auto listed = ask(house, "GET", "/api/accounts", {}, sign_in(house, "Kaisa").fields(house));
    INFO(listed.body);
    CHECK(
        listed.body.find(
            R"("held_back":[{"kind":"password","account":2,"began_at":1796281200000,"last_at":1796281200000,"times":8,)"
            R"("networks":1}])") != listed.body.npos);
    const auto log = house.log();
    CHECK(log.find("event=limit_reached kind=password network=192.0.2.0/24 times=8 account=" +
                   std::to_string(aino.value)) != log.npos);
    CHECK(log.find("192.0.2.7") == log.npos);
    CHECK(log.find("Aino") == log.npos);
}

TEST_CASE("A device that is known has tries of its own, and no more") {
    for (const bool has_tls : {false, true}) {
        TestHouse house{{.has_tls = has_tls, .trusted_proxies = {"127.0.0.1"}}};
        house.add_account("Aino", {});
        house.add_account("Pahis", {});
        const auto reply = try_to_sign_in(house, "Aino", TestHouse::password, from(7));
        const auto aino = cookies_of(reply);
        INFO(reply.head);
        CHECK(aino.device.starts_with(has_tls ? "__Secure-etakahvila-known-1=1." : "etakahvila-known-1=1."));
        CHECK(aino.device_field.find("; Path=/api/sign-in; Max-Age=15552000; HttpOnly; SameSite=Strict") !=
              aino.device_field.npos);
        CHECK(aino.device_field.ends_with("; Secure") == has_tls);
        CHECK(house.log().find(aino.device.substr(aino.device.find('=') + 1)) == std::string::npos);
        const auto pahis = cookies_of(try_to_sign_in(house, "Pahis", TestHouse::password, from(8)));
        for (int times = 0; times < 9; ++times) try_to_sign_in(house, "Aino", "wrong and long", from(7));
        const auto status = [&](const std::string& cookie) {
            auto fields = from(7);
            fields.push_back("Cookie: " + cookie);
            return try_to_sign_in(house, "Aino", TestHouse::password, fields).status;
        };
        // Another's, one made up, and one's own under another's name are none.
        CHECK(status(pahis.device) == 429);
        CHECK(status(aino.device.substr(0, aino.device.find('=') + 1) +
                     pahis.device.substr(pahis.device.find('=') + 1)) == 429);
        CHECK(status(aino.device + "x") == 429);
        CHECK(status(aino.device + "; " + aino.device) == 429);
        CHECK(status("other=1; " + aino.device) == 200);
        // A device that is taken away guesses no faster than anybody.
        auto stolen = from(7);
        stolen.push_back("Cookie: " + aino.device);
        int tried = 0;
        while (try_to_sign_in(house, "Aino", "wrong and long", stolen).status == 403) ++tried;
        CHECK(tried == 8);
    }
}

TEST_CASE("A cookie that is brought along is never taken over: the sign-in is a new one, and the old one ends") {
    TestHouse house;
    house.add_account("Aino", {});
    house.add_account("Pahis", {});
    const auto planted = sign_in(house, "Pahis");
    const auto unknown = std::string{"etakahvila=AAAAAAAAAAAAAAAAAAAAAA"};
    CHECK(status_of_me(house, unknown) == 401);
    for (const auto& before : {planted.cookie, unknown}) {
        const auto after = signed_in(try_to_sign_in(house, "Aino", TestHouse::password, {"Cookie: " + before}));
        CHECK(after.cookie != before);
        CHECK(status_of_me(house, after.cookie) == 200);
        CHECK(status_of_me(house, before) == 401);
    }
    // Two cookies of one name: someone has planted one. Neither is believed.
    const auto own = sign_in(house, "Aino");
    CHECK(status_of_me(house, own.cookie + "; " + unknown) == 401);
}

TEST_CASE("What changes something shows its token and comes from our page") {
    TestHouse house;
    house.plan_session();
    house.add_account("Aino", {everywhere(StaffRole::coordinator)});
    const auto aino = sign_in(house, "Aino");
    const auto origin = "Origin: " + house.origin();
    const auto cookie = "Cookie: " + aino.cookie;
    const auto token = "X-CSRF-Token: " + aino.csrf_token;
    const auto* body = R"({"theme":"Uni","series":"Syksy","date":"2026-12-10","start":"09:00","end":"13:00"})";
    const auto status = [&](const std::vector<std::string>& fields) {
        return ask(house, "POST", "/api/sessions", body, fields).status;
    };
    CHECK(status({origin, cookie}) == 403);
    CHECK(status({origin, cookie, "X-CSRF-Token: " + aino.csrf_token + "x"}) == 403);
    CHECK(status({origin, cookie, "X-CSRF-Token: " + sign_in(house, "Aino").csrf_token}) == 403);
    CHECK(status({cookie, token}) == 403);
    CHECK(status({"Origin: https://evil.example", cookie, token}) == 403);
    CHECK(status({"Origin: null", cookie, token}) == 403);
    CHECK(status({origin, token}) == 401);
    CHECK(status({origin, cookie, token}) == 200);
    // Reading needs the cookie only; signing in and new passwords need our page.
    CHECK(ask(house, "GET", "/api/sessions", {}, {cookie}).status == 200);
    CHECK(ask(house, "POST", "/api/sign-in", R"({"name":"Aino","password":"kahvi ja pulla"})").status == 403);
    CHECK(ask(house, "POST", "/api/sign-in", R"({"name":"Aino","password":"kahvi ja pulla"})",
              {"Origin: https://evil.example"})
              .status == 403);
    CHECK(ask(house, "POST", "/api/password", R"({"secret":"AAAAAAAAAAAAAAAAAAAAAA","password":"kahvi ja pulla"})")
              .status == 403);
    // A link's bearer is shown by a page of ours, or by none.
    CHECK(ask(house, "POST", "/api/look", R"({"code":"K7PM 4RXT"})", {"Origin: https://evil.example"}).status == 403);
}

TEST_CASE("A sign-in ends when it is idle or old; signing out everywhere ends them all") {
    TestHouse house;
    house.add_account("Aino", {});
    const auto idle = sign_in(house, "Aino");
    const auto used = sign_in(house, "Aino");
    for (int times = 0; times < 3; ++times) {
        house.clock.pass(60min);
        CHECK(status_of_me(house, used.cookie) == 200);
        // The use is written down by the store's thread.
        house.store().write_and_wait([](records::Database&) {});
    }
    CHECK(status_of_me(house, idle.cookie) == 401);
    house.clock.pass(119min);
    CHECK(status_of_me(house, used.cookie) == 200);
    house.clock.pass(24h);
    CHECK(status_of_me(house, used.cookie) == 401);

    const auto one = sign_in(house, "Aino");
    const auto two = sign_in(house, "Aino");
    const auto three = sign_in(house, "Aino");
    const auto left = ask(house, "POST", "/api/sign-out", "{}", one.fields(house));
    CHECK(left.body == R"({"ended":1})");
    CHECK(left.field("Set-Cookie") == "etakahvila=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    CHECK(status_of_me(house, one.cookie) == 401);
    CHECK(status_of_me(house, two.cookie) == 200);
    CHECK(ask(house, "POST", "/api/sign-out", R"({"everywhere":true})", two.fields(house)).body == R"({"ended":2})");
    CHECK(status_of_me(house, three.cookie) == 401);
}

TEST_CASE("A one-time link sets a password, and signs in") {
    TestHouse house;
    std::string secret;
    const auto other = house.add_account("Aino", {});
    const auto before = sign_in(house, "Aino");
    house.store().write_and_wait([&](records::Database& database) {
        secret = std::get<people::Secret>(
            people::make_password_link(database, other, house.clock.utc(), [](std::span<std::byte> bytes) {
                std::fill(bytes.begin(), bytes.end(), std::byte{7});
            })).to_link();
    });
    const auto origin = std::vector<std::string>{"Origin: " + house.origin()};
    const auto post = [&](std::string_view path, const std::string& body) {
        return ask(house, "POST", path, body, origin);
    };
    CHECK(post("/api/password/look", "{\"secret\":\"" + secret + "\"}").body == R"({"name":"Aino"})");
    CHECK(post("/api/password/look", R"({"secret":"AAAAAAAAAAAAAAAAAAAAAA"})").status == 404);
    CHECK(post("/api/password", "{\"secret\":\"" + secret + R"(","password":"lyhyt"})").status == 400);
    CHECK(
        post("/api/password", R"({"secret":"AAAAAAAAAAAAAAAAAAAAAA","password":"teetä ja sympatiaa"})").status == 404);
    const auto set = post("/api/password", "{\"secret\":\"" + secret + R"(","password":"teetä ja sympatiaa"})");
    CHECK(status_of_me(house, signed_in(set).cookie) == 200);
    CHECK(status_of_me(house, before.cookie) == 401);
    CHECK(post("/api/password", "{\"secret\":\"" + secret + R"(","password":"teetä ja sympatiaa"})").status == 404);
    CHECK(try_to_sign_in(house, "Aino", TestHouse::password).status == 403);
    CHECK(try_to_sign_in(house, "Aino", "teetä ja sympatiaa").status == 200);
}

TEST_CASE("Someone signed in comes into their session's room, under their own name and as their role says") {
    TestHouse house;
    const auto session = house.plan_session();
    house.add_account("Aino Ahonen", {in_series(StaffRole::facilitator)});
    const auto aino = sign_in(house, "Aino Ahonen");
    const auto path = "/api/sessions/" + std::to_string(session.value) + "/enter";
    CHECK(ask(house, "POST", path, "[]", aino.fields(house)).status == 400);
    const auto reply = ask(house, "POST", path, "{}", aino.fields(house));
    REQUIRE(reply.status == 200);
    RoomClient room{house};
    const auto welcome = room.come_in(reply.body.substr(11, reply.body.size() - 13));
    CHECK(welcome.role == protocol::Role::facilitator);
    // What she is no longer she does not come in as: the facilitator of yesterday moderates today.
    house.store().write_and_wait([](records::Database& database) {
        const auto account = *people::account_named(database, "Aino Ahonen");
        people::change_account(
            database, account.id, {.name = account.name, .roles = {in_series(StaffRole::moderator)}, .supervises = {}});
    });
    const auto again = ask(house, "POST", path, "{}", aino.fields(house));
    REQUIRE(again.status == 200);
    RoomClient moderating{house};
    CHECK(moderating.come_in(again.body.substr(11, again.body.size() - 13)).role == protocol::Role::moderator);
    // Nobody else may look like her.
    const auto mustikka = house.invite(session, protocol::Role::participant, "Maija Mustikka");
    CHECK(ask(house, "POST", "/api/enter",
              "{\"secret\":\"" + mustikka.secret + R"(","name":"Aino Ahonen","netiquette":true})")
              .body.find("name_like_staff") != std::string::npos);
}
