// The other door, each request with good and with bad input.

#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using protocol::Role;

TEST_CASE("Looking tells what a link or a code is for, and changes nothing") {
    TestHouse house;
    const auto session = house.plan_session();
    const auto mustikka = house.invite(session, Role::participant, "Maija Mustikka");
    const auto ohjaaja = house.invite(session, Role::facilitator, "Olli Ohjaaja");

    for (int times = 0; times < 3; ++times) {
        const auto looked = ask(house, "POST", "/api/look", secret_body(mustikka.secret));
        CHECK(looked.status == 200);
        CHECK(
            has(looked, R"("role":"participant","standing":"open","now":1796281200000,"session":{"id":1,"theme":"Uni",)"
                        R"("series":"Syksy","starts_at":1796281200000,"ends_at":1796295600000,"phase":"planned",)"
                        R"("help_phone":"040 123","is_staff_here":false},"entered":false)"));
        CHECK_FALSE(has(looked, "Maija"));
        CHECK(looked.field("Cache-Control") == "no-store");
    }
    CHECK(has(ask(house, "POST", "/api/look", "{\"code\":\"" + mustikka.code + "\"}"), R"("role":"participant")"));
    CHECK(has(ask(house, "POST", "/api/look", secret_body(ohjaaja.secret)), R"("name":"Olli Ohjaaja")"));
    CHECK(has(ask(house, "POST", "/api/look", secret_body(house.coordinator_key())),
        R"({"role":"coordinator","standing":"open","now":1796281200000,"entered":true})"));

    const auto unknown = ask(house, "POST", "/api/look", secret_body("AAAAAAAAAAAAAAAAAAAAAA"));
    const auto wrong_code = ask(house, "POST", "/api/look", R"({"code":"K7PM 4RXT"})");
    CHECK(unknown.status == 404);
    CHECK(wrong_code.status == 404);
    CHECK(unknown.body == wrong_code.body);
    for (const auto* bad : {"", "{}", "[]", R"({"secret":"a","code":"b"})", R"({"secret":1})",
             R"({"secret":"a","more":1})", R"({"secret":"a","secret":"a"})", "not json", "{\"secret\":\"\xff\"}"}) {
        INFO(bad);
        CHECK(ask(house, "POST", "/api/look", bad).status == 400);
    }
    CHECK(ask(house, "GET", "/api/look").status == 405);
}

TEST_CASE("Entering takes a name and the netiquette, and gives a ticket; a second time needs no name") {
    TestHouse house;
    const auto session = house.plan_session();
    const auto mustikka = house.invite(session, Role::participant, "Maija Mustikka");
    house.invite(session, Role::moderator, "Mari Moderaattori");
    const auto entering = [&](const std::string& rest) {
        return ask(house, "POST", "/api/enter", "{\"secret\":\"" + mustikka.secret + "\"" + rest + "}");
    };

    CHECK(entering("").status == 400);
    CHECK(has(entering(R"(,"name":"Mustikka","netiquette":false)"), "netiquette_not_accepted"));
    CHECK(entering(R"(,"name":"","netiquette":true)").status == 409);
    CHECK(has(entering(R"(,"name":"Mari Moderaattori","netiquette":true)"), "name_like_staff"));
    CHECK(ask(house, "POST", "/api/enter", R"({"secret":"AAAAAAAAAAAAAAAAAAAAAA","name":"X","netiquette":true})")
              .status == 404);
    CHECK(has(entering(R"(,"name":"Mustikka","netiquette":true)"), "{\"ticket\":\""));
    CHECK(has(entering(R"(,"netiquette":true)"), "{\"ticket\":\""));
    const auto looked = ask(house, "POST", "/api/look", secret_body(mustikka.secret));
    CHECK(has(looked, R"("name":"Mustikka","entered":true)"));
    CHECK(ask(house, "POST", "/api/enter", "{\"secret\":\"" + house.coordinator_key() + "\",\"netiquette\":true}")
              .status == 403);
}

TEST_CASE("A guest comes in under the name that the coordinator has planned, and nobody else does") {
    TestHouse house;
    const auto session = house.plan_session();
    const auto guest = house.invite(session, Role::guest, "Kokemusasiantuntija Kaisa");
    const auto mustikka = house.invite(session, Role::participant, "Maija Mustikka");
    const auto entering = [&](const Invited& invited, const std::string& rest) {
        return ask(
            house, "POST", "/api/enter", "{\"secret\":\"" + invited.secret + "\"" + rest + R"(,"netiquette":true})");
    };
    CHECK(has(entering(mustikka, R"(,"name":"Kokemusasiantuntija Kaisa")"), "name_like_staff"));
    CHECK(entering(guest, R"(,"name":"Kokemusasiantuntija Kaisa")").status == 200);
    CHECK(entering(guest, "").status == 200);
    CHECK(has(entering(mustikka, R"(,"name":"kokemusasiantuntija kaisa")"), "name_like_staff"));
}

TEST_CASE("A name that was registered is taken at the door, whoever else is called so") {
    TestHouse house;
    const auto session = house.plan_session();
    house.invite(session, Role::facilitator, "Minna");
    house.invite(session, Role::moderator, "Anna Virtanen");
    const auto entering = [&](const Invited& invited, const std::string& name) {
        return ask(house, "POST", "/api/enter",
            "{\"secret\":\"" + invited.secret + R"(","name":")" + name + R"(","netiquette":true})");
    };
    for (const auto* name : {"Staffan Bruun", "Staffan", "Stafford", "Minna", "Anna Virtanen", "Ledarena Åberg",
             "علی\u200cرضا", "Nguyễn Thị Ánh"}) {
        INFO(name);
        CHECK(entering(house.invite(session, Role::participant, name), name).status == 200);
    }
    const auto longest = std::string(80, 'a');
    CHECK(entering(house.invite(session, Role::participant, longest), longest).status == 200);
    // As a telephone's keyboard makes it.
    CHECK(entering(house.invite(session, Role::participant, "Anna Maria Virtanen"), "anna maria virtanen ").status ==
          200);
    // Whoever is registered by another name does not take it.
    const auto mustikka = house.invite(session, Role::participant, "Maija Mustikka");
    CHECK(has(entering(mustikka, "Anna Virtanen"), "name_like_staff"));
    CHECK(has(entering(mustikka, "Anna (ohjaaja)"), "name_like_staff"));
    CHECK(entering(mustikka, "Minna").status == 200);
}

TEST_CASE("Codes cannot be guessed at speed, and a right one costs nothing") {
    TestHouse house;
    const auto session = house.plan_session();
    const auto mustikka = house.invite(session, Role::participant, "Maija Mustikka");
    for (int times = 0; times < 50; ++times)
        CHECK(ask(house, "POST", "/api/look", "{\"code\":\"" + mustikka.code + "\"}").status == 200);
    int refused = 0;
    for (int times = 0; times < 40; ++times) {
        const auto reply = ask(house, "POST", "/api/look",
            "{\"code\":\"2222 22" + std::string(1, "23456789CD"[times % 10]) +
                std::string(1, "23456789CD"[times / 10]) + "\"}");
        if (reply.status == 429) {
            ++refused;
            CHECK(has(reply, R"("word":"too_fast","wait_seconds":)"));
        }
    }
    CHECK(refused == 10);
    CHECK(ask(house, "POST", "/api/look", secret_body(mustikka.secret)).status == 200);
}

TEST_CASE(
    "Whoever guesses at codes keeps nobody else out, from however many addresses; and a right link always opens") {
    TestHouse house{{.trusted_proxies = {"127.0.0.1"}}};
    const auto session = house.plan_session();
    const auto mustikka = house.invite(session, Role::participant, "Maija Mustikka");
    RawClient line{house};
    const auto look = [&](const std::string& body, const std::string& from) {
        return ask(line, "POST", "/api/look", body, {"X-Forwarded-For: " + from}).status;
    };
    const auto code_body = [](const std::string& code) { return "{\"code\":\"" + code + "\"}"; };
    int number = 0;
    const auto wrong = [&] {
        constexpr std::string_view signs = "23456789CD";
        std::string code = "2222";
        for (int left = ++number, at = 0; at < 4; ++at, left /= 10) code += signs[static_cast<std::size_t>(left % 10)];
        return code_body(code);
    };
    for (const int guessers : {6, 8, 50}) {
        // Two wrong ones a second from each, for as long as it takes until all of them are held back.
        int let_try = 1;
        for (int second = 0; second < 40 && let_try != 0; ++second) {
            let_try = 0;
            for (int guess = 0; guess < 2 * guessers; ++guess) {
                if (look(wrong(), "10." + std::to_string(guessers) + ".0." + std::to_string(guess % guessers)) != 429)
                    ++let_try;
            }
        }
        CHECK(let_try == 0);
        for (int person = 0; person < 30; ++person) {
            const auto elsewhere = "192.0." + std::to_string(guessers) + "." + std::to_string(person);
            CHECK(look(wrong(), elsewhere) == 404);
            CHECK(look(code_body(mustikka.code), elsewhere) == 200);
        }
    }
    for (int times = 0; times < 100; ++times) look(secret_body("AAAAAAAAAAAAAAAAAAAAAA"), "10.6.0.0");
    CHECK(look(secret_body("AAAAAAAAAAAAAAAAAAAAAA"), "10.6.0.0") == 429);
    CHECK(look(secret_body(mustikka.secret), "10.6.0.0") == 200);
    CHECK(house.log().find("event=limit_reached kind=code network=10.50.0.0/24") != std::string::npos);
    CHECK(house.log().find("event=limit_reached kind=link network=10.6.0.0/24 times=1") != std::string::npos);
}

TEST_CASE("Staff of a session are told who is registered and has not come in; nobody else is") {
    TestHouse house;
    const auto session = house.plan_session();
    const auto mustikka = house.invite(session, Role::participant, "Maija Mustikka");
    const auto ohjaaja = house.invite(session, Role::facilitator, "Olli Ohjaaja");
    const auto moderaattori = house.invite(session, Role::moderator, "Mari Moderaattori");
    const auto expected = [&](const std::string& secret) {
        return ask(house, "GET", "/api/sessions/1/expected", {}, {bearer(secret)});
    };

    for (const auto& staff : {ohjaaja, moderaattori}) {
        const auto told = expected(staff.secret);
        CHECK(told.status == 200);
        CHECK(told.body == "{\"people\":[{\"person\":" + std::to_string(mustikka.person.value) +
                               ",\"name\":\"Maija Mustikka\",\"absence_told\":false}]}");
    }
    CHECK(expected(mustikka.secret).status == 404);
    CHECK(expected(house.coordinator_key()).status == 403);
    CHECK(ask(house, "GET", "/api/sessions/1/expected").status == 401);
    // Who has been let in and has not had a line yet has not come.
    CHECK(ask(house, "POST", "/api/enter",
              "{\"secret\":\"" + mustikka.secret + "\",\"name\":\"Mustikka\",\"netiquette\":true}")
              .status == 200);
    CHECK(has(expected(ohjaaja.secret), "Maija"));
}

TEST_CASE("The coordinator plans, registers, invites and reads the attendance") {
    TestHouse house;
    const auto key = bearer(house.coordinator_key());
    const auto get = [&](const std::string& path) { return ask(house, "GET", path, {}, {key}); };
    const auto post = [&](const std::string& path, std::string_view body) {
        return ask(house, "POST", path, body, {key});
    };

    CHECK(get("/api/sessions").body == R"({"sessions":[]})");
    CHECK(post("/api/sessions", R"({"theme":"Uni","series":"Syksy","date":"2026-12-03","start":"09:00","end":"13:00"})")
              .body == R"({"id":1})");
    const auto wrong = post(
        "/api/sessions", R"({"theme":"","series":"Syksy","date":"3.13.2026","start":"09:00","end":"08:00"})");
    CHECK(wrong.status == 400);
    CHECK(has(wrong, "theme_missing"));
    CHECK(has(wrong, "date_unclear"));
    CHECK(has(get("/api/sessions"),
        R"("id":1,"theme":"Uni","series":"Syksy","starts_at":1796281200000,"ends_at":1796295600000,"phase":"planned",)"
        R"("registered":0)"));

    const auto* programme =
        "date;start;end;series;theme\n2026-12-10;09:00;13:00;Syksy;Raha\n2026-12-17;09:00;13:00;Syksy;Luonto\n";
    CHECK(has(post("/api/programme?dry_run=1", programme), R"("rows":2,"errors":[],"created":[])"));
    CHECK(has(post("/api/programme", programme), R"("rows":2,"errors":[],"created":[2,3])"));
    CHECK(has(post("/api/programme", "date;start;end;series;theme\nnever;09:00;13:00;Syksy;Uni\n"),
        R"("errors":[{"line":2,"reason":"date_unclear")"));

    const auto* people =
        "nimi;päätös;puhelin\nMaija Mustikka;kuntouttava työtoiminta;040 1234567\nPuolukka Pekka;sosiaalinen "
        "kuntoutus;\n";
    const auto previewed = post("/api/sessions/1/registrations?dry_run=1", people);
    CHECK(has(previewed, R"({"heading":"nimi","field":"name","example":"Maija Mustikka"})"));
    CHECK(has(previewed, R"("rows":2,"errors":[],"imported":0)"));
    CHECK(has(post("/api/sessions/1/registrations", people), R"("imported":2)"));
    const auto bad_row = post(
        "/api/sessions/1/registrations", "nimi;päätös\n;kuntouttava työtoiminta\nUusi Urpo;kuntouttava työtoiminta\n");
    CHECK(has(bad_row, R"("errors":[{"line":2,"reason":"name_missing")"));
    CHECK(has(bad_row, R"("imported":0)"));
    CHECK(post("/api/sessions/99/registrations", people).status == 404);

    const auto shown = get("/api/sessions/1");
    const auto id_at = shown.body.find("\"person\":") + 9;
    const auto maija = shown.body.substr(id_at, shown.body.find(',', id_at) - id_at);
    CHECK(has(shown, R"("name":"Maija Mustikka","role":"participant","decision_type":"work_activity")"));
    CHECK_FALSE(has(shown, "Urpo"));
    CHECK(get("/api/sessions/99").status == 404);
    CHECK(get("/api/sessions/1x").status == 404);
    CHECK(get("/api/sessions/-1").status == 404);

    const auto invited = post("/api/sessions/1/invitations", "{}");
    CHECK(has(invited, R"("link":")" + house.origin() + "/#"));
    const auto secret_begin = invited.body.find("/#") + 2;
    const auto secret = invited.body.substr(secret_begin, 22);
    CHECK(post("/api/sessions/1/invitations", "{}").body == R"({"invitations":[]})");
    CHECK(ask(house, "POST", "/api/look", secret_body(secret)).status == 200);
    CHECK(has(post("/api/sessions/1/invitations", "{\"people\":[" + maija + "],\"renew\":true}"),
        "\"person\":" + maija + ","));
    CHECK(has(ask(house, "POST", "/api/look", secret_body(secret)), R"("standing":"revoked")"));
    CHECK(post("/api/sessions/1/invitations", R"({"people":[987654]})").status == 404);
    CHECK(post("/api/sessions/1/invitations", R"({"people":"all"})").status == 400);

    const auto attendance = get("/api/sessions/1/attendance");
    CHECK(has(attendance, "\"person\":" + maija +
                              R"(,"name":"Maija Mustikka","decision_type":"work_activity",)"
                              R"("decision_name":"Kuntouttava työtoiminta","absence_told":false,)"
                              R"("connected_seconds":0,"window_seconds":0)"));
    const auto csv = get("/api/sessions/1/attendance.csv");
    CHECK(csv.field("Content-Type") == "text/csv; charset=utf-8");
    CHECK(csv.field("Content-Disposition") == "attachment; filename=\"lasnaolo-1.csv\"");
    CHECK(csv.body.starts_with("\xef\xbb\xbf"));
    CHECK(has(csv, "Maija Mustikka"));
}
