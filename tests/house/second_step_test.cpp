// The second step of the staff's sign-in, one's own account, and what leaves the house.

#include "people/audit_chain.hpp"
#include "people/second_step.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"
#include "api/api.hpp"
#include "journal/sqlite_store.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using people::GivenRole;
using people::StaffRole;

namespace {

GivenRole everywhere(StaffRole role) { return {.role = role, .series = {}}; }

std::string text_of(const Reply& reply, std::string_view field) {
    const auto mark = "\"" + std::string{field} + "\":\"";
    const auto begin = reply.body.find(mark);
    INFO(reply.body);
    REQUIRE(begin != std::string::npos);
    const auto from = begin + mark.size();
    return reply.body.substr(from, reply.body.find('"', from) - from);
}

/// The cookies that an answer sets, as a browser shows them at the sign-in.
std::string cookies_of(const Reply& reply) {
    std::string all;
    constexpr std::string_view name = "\r\nSet-Cookie: ";
    for (auto at = reply.head.find(name); at != reply.head.npos; at = reply.head.find(name, at + 1)) {
        const auto begin = at + name.size();
        all += (all.empty() ? "" : "; ") + reply.head.substr(begin, reply.head.find(';', begin) - begin);
    }
    return all;
}

/// An app of codes: what it took from the page.
people::OneTimeKey key_in(std::string_view base32) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    people::OneTimeKey key{};
    REQUIRE(base32.size() == 32);
    std::size_t bits = 0;
    unsigned held = 0;
    std::size_t at = 0;
    for (const char one : base32) {
        held = held << 5U | static_cast<unsigned>(alphabet.find(one));
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        key.at(at++) = static_cast<unsigned char>(held >> bits & 0xffU);
    }
    return key;
}

class Doorstep {
public:
    explicit Doorstep(HouseOptions options = {.trusted_proxies = {"127.0.0.1"}}) : house{std::move(options)} {
        house.plan_session();
        aino = house.add_account("Aino", {everywhere(StaffRole::coordinator)});
        house.add_account("Olli", {everywhere(StaffRole::facilitator)});
    }

    Reply post(std::string_view path, std::string_view body, const SignedIn& who) {
        return ask(house, "POST", path, body, who.fields(house));
    }
    Reply get(std::string_view path, const SignedIn& who) { return ask(house, "GET", path, {}, who.fields(house)); }

    /// Of a browser that has these cookies, at this address.
    std::vector<std::string> browser(const std::string& cookies, int last = 1) {
        return {"Origin: " + house.origin(), "Cookie: " + cookies, "X-Forwarded-For: 192.0.2." + std::to_string(last)};
    }
    Reply step(const std::string& cookies, const std::string& code, int last = 1) {
        return ask(house, "POST", "/api/sign-in/step", "{\"code\":\"" + code + "\"}", browser(cookies, last));
    }
    std::string code() const { return people::one_time_code(key, house.clock.utc()); }
    static std::string code_body(const std::string& code) { return "{\"code\":\"" + code + "\"}"; }

    /// Aino takes a second step on her own page. Her spare codes, as one text.
    std::string set_up(const SignedIn& who) {
        const auto begun = post("/api/account/step/new", "{}", who);
        REQUIRE(begun.status == 200);
        key = key_in(text_of(begun, "key"));
        const auto confirmed = post("/api/account/step/confirm", code_body(code()), who);
        REQUIRE(confirmed.status == 200);
        // The code that was shown is used up.
        house.clock.pass(30s);
        return confirmed.body;
    }
    /// The right password: the cookies of the half sign-in.
    std::string half(int last = 1) {
        const auto reply = try_to_sign_in(
            house, "Aino", TestHouse::password, {"X-Forwarded-For: 192.0.2." + std::to_string(last)});
        REQUIRE(reply.status == 409);
        CHECK(has(reply, R"({"refusal":{"word":"step_asked"}})"));
        return cookies_of(reply);
    }

    TestHouse house;
    people::AccountId aino;
    people::OneTimeKey key{};
};

}  // namespace

TEST_CASE("Until a coordinator turns it on a password is enough; then who is meant sets up a step while signing in") {
    Doorstep at;
    const auto aino = sign_in(at.house, "Aino");
    CHECK(has(at.get("/api/accounts", aino), R"("second_step":{"asked_of":"nobody","asked_from":0})"));
    const auto later = at.house.clock.utc().ms + 24LL * 60 * 60 * 1000;
    CHECK(has(at.post("/api/second-step", R"({"asked_of":"coordinators_and_supervisors","grace_days":1})", aino),
        R"("asked_from":)" + std::to_string(later)));
    CHECK(at.post("/api/second-step", R"({"asked_of":"everyone","grace_days":61})", aino).status == 400);
    // With days of grace they come in, and are told.
    CHECK(has(try_to_sign_in(at.house, "Aino", TestHouse::password), R"("step_due_at":)" + std::to_string(later)));
    CHECK_FALSE(has(try_to_sign_in(at.house, "Olli", TestHouse::password), "step_due_at"));
    at.house.clock.pass(24h);
    const auto reply = try_to_sign_in(at.house, "Aino", TestHouse::password);
    CHECK(reply.status == 409);
    CHECK(has(reply, R"({"refusal":{"word":"step_to_set_up"}})"));
    CHECK(try_to_sign_in(at.house, "Olli", TestHouse::password).status == 200);

    const auto cookies = cookies_of(reply);
    const auto from = at.browser(cookies);
    const auto begun = ask(at.house, "POST", "/api/sign-in/step/new", "{}", from);
    REQUIRE(begun.status == 200);
    at.key = key_in(text_of(begun, "key"));
    CHECK(has(begun, ":Aino?secret=" + text_of(begun, "key") + "&issuer="));
    CHECK(ask(at.house, "POST", "/api/sign-in/step/confirm", R"({"code":"000000x"})", from).status == 403);
    const auto done = ask(at.house, "POST", "/api/sign-in/step/confirm", Doorstep::code_body(at.code()), from);
    REQUIRE(done.status == 200);
    CHECK(has(done, R"("spare_codes":[")"));
    CHECK(at.get("/api/me", signed_in(done)).status == 200);
    // The half has become a whole, and is none any more.
    CHECK(ask(at.house, "POST", "/api/sign-in/step/new", "{}", from).status == 404);
    CHECK(has(at.get("/api/accounts", signed_in(done)), R"("has_second_step":true)"));
}

TEST_CASE("A password and a code of the app sign in; a code works once, and a half sign-in ends with its time") {
    for (const bool has_tls : {false, true}) {
        Doorstep at{{.has_tls = has_tls, .trusted_proxies = {"127.0.0.1"}}};
        at.set_up(sign_in(at.house, "Aino"));
        const auto reply = try_to_sign_in(at.house, "Aino", TestHouse::password);
        const auto field = reply.field("Set-Cookie");
        INFO(field);
        CHECK(field.starts_with(has_tls ? "__Secure-etakahvila-step=" : "etakahvila-step="));
        CHECK(field.find("; Path=/api/sign-in; Max-Age=1200; HttpOnly; SameSite=Strict") != field.npos);
        CHECK(field.ends_with("; Secure") == has_tls);
        const auto cookies = cookies_of(reply);
        const auto code = at.code();
        CHECK(at.step(cookies, "123").status == 403);
        const auto whole = at.step(cookies, code);
        CHECK(at.get("/api/me", signed_in(whole)).status == 200);
        CHECK(whole.head.find("etakahvila-step=; Path=/api/sign-in; Max-Age=0") != whole.head.npos);
        // Neither the half nor the code is good again.
        CHECK(at.step(cookies, code).status == 404);
        const auto second = at.half();
        CHECK(at.step(second, code).status == 403);
        at.house.clock.pass(20min);
        CHECK(at.step(second, at.code()).status == 404);
        const auto log = at.house.log();
        CHECK(log.find("event=second_step_asked account=1 is_set_up=1") != log.npos);
        CHECK(log.find("event=second_step_refused account=1") != log.npos);
        CHECK(log.find(cookies.substr(cookies.find('=') + 1)) == log.npos);
    }
}

TEST_CASE("A half sign-in asks no other route, whichever cookie it is shown as") {
    Doorstep at;
    at.set_up(sign_in(at.house, "Aino"));
    const auto cookies = at.half();
    const auto secret = cookies.substr(cookies.find('=') + 1);
    std::size_t asked = 0;
    for (const auto& route : api::Api::routes()) {
        // What is for anyone is for them too.
        if (route.who.empty()) continue;
        std::string path{route.path};
        for (const std::string_view word : {"ID", "PERSON", "ACCOUNT", "SERIES", "PERIOD"}) {
            for (auto found = path.find(word); found != path.npos; found = path.find(word))
                path.replace(found, word.size(), "1");
        }
        const bool is_post = route.method == protocol::Route::Method::post;
        for (const auto& shown : {cookies, "etakahvila=" + secret}) {
            const auto reply = is_post ? ask(at.house, "POST", path, "{}", at.browser(shown))
                                       : ask(at.house, "GET", path, {}, at.browser(shown));
            INFO(path);
            CHECK(reply.status == 401);
            ++asked;
        }
    }
    CHECK(asked > 200);
    // Nor does it put another step in the place of the one that is there.
    CHECK(ask(at.house, "POST", "/api/sign-in/step/new", "{}", at.browser(cookies)).status == 409);
    CHECK(
        ask(at.house, "POST", "/api/sign-in/step/confirm", R"({"code":"123456"})", at.browser(cookies)).status == 409);
    // From no page of another.
    CHECK(ask(at.house, "POST", "/api/sign-in/step", Doorstep::code_body(at.code()),
              {"Origin: https://evil.example", "Cookie: " + cookies})
              .status == 403);
}

TEST_CASE("Whoever has the password guesses codes slowly, and keeps the owner out of nowhere") {
    Doorstep at;
    const auto spare = at.set_up(sign_in(at.house, "Aino"));
    // Her own browser, where she has come in before.
    const auto cookies_of_hers = cookies_of(at.step(at.half(7), at.code(), 7));
    const auto known = cookies_of_hers.substr(cookies_of_hers.find("etakahvila-known-1="));
    const auto device = known.substr(0, known.find(';'));
    at.house.clock.pass(1min);
    int tried = 0;
    // Thirty networks, as many tries as they get.
    for (int last = 100; last < 130; ++last) {
        const auto cookies = at.half(last);
        while (at.step(cookies, "000000", last).status == 403) ++tried;
    }
    CHECK(tried == 20);
    const auto elsewhere = at.half(99);
    CHECK(at.step(elsewhere, at.code(), 99).status == 429);
    // By a device where she has been, and by a spare code from anywhere.
    const auto half = at.half(7);
    CHECK(at.step(device + "; " + half, at.code(), 7).status == 200);
    const auto first = spare.find("[\"") + 2;
    CHECK(at.step(at.half(99), spare.substr(first, 9), 99).status == 200);
    CHECK(at.step(at.half(99), spare.substr(first, 9), 99).status == 403);

    const auto olli = at.house.coordinator_key();
    CHECK(has(ask(at.house, "GET", "/api/accounts", {}, {bearer(olli)}),
        R"("held_back":[{"kind":"second_step","account":1,)"));
    CHECK(at.house.log().find("event=limit_reached kind=second_step network=192.0.2.0/24") != std::string::npos);
}

TEST_CASE("A link that sets the password asks for the second step too, and a lost telephone is reset with a name") {
    Doorstep at;
    at.set_up(sign_in(at.house, "Aino"));
    const auto key = bearer(at.house.coordinator_key());
    const auto link = ask(at.house, "POST", "/api/accounts/1/link", "{}", {key});
    REQUIRE(link.status == 200);
    const auto secret = text_of(link, "link").substr(text_of(link, "link").find("#password=") + 10);
    const auto set = ask(at.house, "POST", "/api/password",
        "{\"secret\":\"" + secret + R"(","password":"teetä ja sympatiaa"})", {"Origin: " + at.house.origin()});
    CHECK(set.status == 409);
    CHECK(has(set, "step_asked"));
    CHECK(ask(at.house, "POST", "/api/accounts/1/step/reset", "{}", {key}).status == 200);
    CHECK(try_to_sign_in(at.house, "Aino", "teetä ja sympatiaa").status == 200);
    CHECK(ask(at.house, "POST", "/api/accounts/9/step/reset", "{}", {key}).status == 404);
    const auto acts = ask(at.house, "GET", "/api/account-acts", {}, {key});
    CHECK(has(acts, R"("act":"step_reset","account":"Aino","by":"Kaisa Koordinaattori"})"));
    CHECK(has(acts, R"("act":"password_set","account":"Aino","by":"Aino"})"));
    CHECK(has(acts, R"("act":"link_made","account":"Aino","by":"Kaisa Koordinaattori"})"));
    CHECK(people::check_audit_chain(*at.house.store().open_reader()).empty());
}

TEST_CASE("A look at people's data is told in the log with the digest of its note, and with nobody's name") {
    Doorstep at;
    at.house.invite(protocol::SessionId{1}, protocol::Role::participant, "Maija Mustikka");
    REQUIRE(at.get("/api/sessions/1", sign_in(at.house, "Aino")).status == 200);
    const auto reader = at.house.store().open_reader();
    const auto digest = reader->one<people::Hash>("SELECT digest FROM access_notes ORDER BY id DESC LIMIT 1");
    REQUIRE(digest);
    const auto log = at.house.log();
    CHECK(log.find("event=access_noted act=people_listed account=1 invitation=0 session=1 people=1 digest=" +
                   people::hex_of(*digest)) != log.npos);
    CHECK(log.find("Mustikka") == log.npos);
}

TEST_CASE("Everyone of the staff sees their own sign-ins, ends them, and changes their password with the old one") {
    Doorstep at;
    const auto reply = try_to_sign_in(at.house, "Olli", TestHouse::password,
        {"X-Forwarded-For: 198.51.100.7",
            "User-Agent: Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0"});
    const auto olli = signed_in(reply);
    const auto other = sign_in(at.house, "Olli");
    const auto third = sign_in(at.house, "Olli");
    const auto shown = at.get("/api/account", olli);
    CHECK(has(shown, R"({"name":"Olli","second_step":{"spare_codes":0,"is_asked":false},"sign_ins":[)"));
    CHECK(has(shown, R"("network":"198.51.100.0/24","browser":"firefox","device":"windows","is_this":true})"));
    CHECK_FALSE(has(shown, "198.51.100.7"));
    CHECK(has(at.post("/api/account/sign-ins/end", R"({"sign_in":2})", olli), R"("id":3)"));
    CHECK(at.get("/api/me", other).status == 401);
    CHECK(at.get("/api/me", third).status == 200);
    // Another's is none.
    const auto aino = sign_in(at.house, "Aino");
    CHECK(at.post("/api/account/sign-ins/end", R"({"sign_in":4})", olli).status == 404);
    CHECK(at.get("/api/me", aino).status == 200);

    const auto change = [&](const std::string& old_password, const std::string& wanted) {
        return at
            .post("/api/account/password",
                "{\"old_password\":\"" + old_password + "\",\"new_password\":\"" + wanted + "\"}", olli)
            .status;
    };
    CHECK(change("kahvi ja pullaa", "teetä ja sympatiaa") == 403);
    CHECK(change("kahvi ja pulla", "lyhyt") == 400);
    CHECK(change("kahvi ja pulla", "teetä ja sympatiaa") == 200);
    CHECK(at.get("/api/me", olli).status == 200);
    CHECK(at.get("/api/me", third).status == 401);
    CHECK(try_to_sign_in(at.house, "Olli", TestHouse::password).status == 403);
    CHECK(try_to_sign_in(at.house, "Olli", "teetä ja sympatiaa").status == 200);
    CHECK(has(at.get("/api/account-acts", aino), R"("act":"password_changed","account":"Olli","by":"Olli"})"));
}

TEST_CASE("One's second step is renewed and dropped on the own page, unless it is asked of them") {
    Doorstep at;
    const auto aino = sign_in(at.house, "Aino");
    CHECK(at.post("/api/account/step/spare", "{}", aino).status == 409);
    CHECK(at.post("/api/account/step/drop", "{}", aino).status == 409);
    CHECK(at.post("/api/account/step/confirm", R"({"code":"123456"})", aino).status == 409);
    at.set_up(aino);
    CHECK(has(at.get("/api/account", aino), R"("spare_codes":10,"is_asked":false)"));
    CHECK(at.post("/api/account/step/spare", "{}", aino).status == 200);
    REQUIRE(at.post("/api/second-step", R"({"asked_of":"everyone","grace_days":0})", aino).status == 200);
    CHECK(at.post("/api/account/step/drop", "{}", aino).status == 409);
    REQUIRE(at.post("/api/second-step", R"({"asked_of":"nobody","grace_days":0})", aino).status == 200);
    CHECK(at.post("/api/account/step/drop", "{}", aino).status == 200);
    CHECK(try_to_sign_in(at.house, "Aino", TestHouse::password).status == 200);
    // One's own is not reset as another's.
    CHECK(at.post("/api/accounts/1/step/reset", "{}", aino).status == 409);
}

TEST_CASE("Files and secrets leave within ten minutes of the password, and later when it is given again") {
    Doorstep at;
    const auto aino = sign_in(at.house, "Aino");
    const std::vector<std::string> files{
        "/api/sessions/1/attendance.csv", "/api/sessions/1/attendance.xlsx", "/api/reports.csv", "/api/reports.xlsx"};
    const auto is_asked = [&](const std::string& path, const SignedIn& who) {
        const auto reply = at.get(path, who);
        return reply.status == 409 && reply.body == R"({"refusal":{"word":"password_asked"}})";
    };
    for (const auto& path : files) CHECK_FALSE(is_asked(path, aino));
    at.house.clock.pass(10min);
    for (const auto& path : files) CHECK(is_asked(path, aino));
    const std::string sheet = R"({"format":"csv","invitations":[]})";
    CHECK(has(at.post("/api/sessions/1/invitations/sheet", sheet, aino), "password_asked"));
    CHECK(has(at.post("/api/account/step/new", "{}", aino), "password_asked"));
    // What gives a secret away or cannot be undone.
    const std::string account = R"({"name":"Uusi","roles":[{"role":"coordinator"}]})";
    const std::vector<std::pair<std::string, std::string>> acts{{"/api/accounts", account},
        {"/api/accounts/2", account}, {"/api/accounts/2/link", "{}"},
        {"/api/keeping/rules", R"({"rule":"pictures","time":1})"}, {"/api/keeping/time", R"({"is_right":true})"},
        {"/api/keeping/holds/end", R"({"hold":1})"}, {"/api/groups/1/leaders", R"({"leaders":[]})"},
        {"/api/sessions/1/invitations", "{}"}, {"/api/periods/1/links", "{}"}};
    for (const auto& [path, body] : acts) {
        CAPTURE(path);
        CHECK(has(at.post(path, body, aino), "password_asked"));
    }
    // Who may not have it at all is told just that; who came by a key or a link is never asked.
    CHECK(at.get("/api/reports.csv", sign_in(at.house, "Olli")).status == 403);
    CHECK_FALSE(has(ask(at.house, "GET", files[0], {}, {bearer(at.house.coordinator_key())}), "password_asked"));
    // Pages are as they were.
    CHECK(at.get("/api/sessions/1/attendance", aino).status == 200);

    CHECK(at.post("/api/prove", R"({"password":"kahvi ja pullaa"})", aino).status == 403);
    CHECK(at.post("/api/prove", "{}", aino).status == 400);
    CHECK(at.post("/api/prove", R"({"code":"123456"})", aino).status == 403);
    CHECK(is_asked(files[0], aino));
    const auto proved = at.post("/api/prove", R"({"password":"kahvi ja pulla"})", aino);
    CHECK(proved.body == "{\"until\":" + std::to_string(at.house.clock.utc().ms + 600'000) + "}");
    CHECK_FALSE(is_asked(files[0], aino));
    at.set_up(aino);
    at.house.clock.pass(10min);
    CHECK(is_asked(files[0], aino));
    CHECK(at.post("/api/prove", Doorstep::code_body(at.code()), aino).status == 200);
    CHECK_FALSE(is_asked(files[0], aino));
    // Of this sign-in alone.
    at.house.clock.pass(10min);
    const auto elsewhere = sign_in(at.house, "Olli");
    CHECK(is_asked(files[0], aino));
    CHECK_FALSE(is_asked(files[0], elsewhere));
}

TEST_CASE("Somebody who is signed in tries their password again, whatever others guess from the same network") {
    Doorstep at;
    const auto aino = sign_in(at.house, "Aino");
    while (try_to_sign_in(at.house, "Aino", "wrong and long").status == 403) {}
    CHECK(try_to_sign_in(at.house, "Aino", TestHouse::password).status == 429);
    CHECK(at.post("/api/prove", R"({"password":"kahvi ja pulla"})", aino).status == 200);
}
