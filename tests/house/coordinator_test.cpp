// The coordinator's day over HTTP: sessions changed and copied, people by hand, absence, the sheet, accounts.

#include "support/catch.hpp"
#include "support/test_house.hpp"
#include "journal/sqlite_store.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using protocol::Role;

namespace {

struct Desk {
    Desk() : key{"Authorization: Bearer " + house.coordinator_key()} { house.plan_session(); }
    Reply get(const std::string& path) { return ask(house, "GET", path, {}, {key}); }
    Reply post(const std::string& path, std::string_view body) { return ask(house, "POST", path, body, {key}); }

    TestHouse house;
    std::string key;
};

std::string value_of(const std::string& body, const std::string& field) {
    const auto at = body.find("\"" + field + "\":\"") + field.size() + 4;
    return body.substr(at, body.find('"', at) - at);
}

}  // namespace

TEST_CASE("People come by hand as they come from a file, and are changed, noted absent and taken out") {
    Desk desk;
    const auto added = desk.post("/api/sessions/1/people",
        R"({"name":" Maija  Mustikka ","decision_type":"work_activity","phone":"040 123 4567"})");
    REQUIRE(added.status == 200);
    const auto person = added.body.substr(10, added.body.size() - 11);
    const auto path = "/api/sessions/1/people/" + person;
    CHECK(desk.post("/api/sessions/1/people", R"({"name":"maija mustikka","phone":"+358 40 1234567"})").body ==
          added.body);
    const auto wrong = desk.post("/api/sessions/1/people", R"({"name":"","phone":"soita","email":"maija@"})");
    CHECK(wrong.status == 400);
    CHECK(has(wrong, "name_missing"));
    CHECK(has(wrong, "phone_unclear"));
    CHECK(has(wrong, "email_unclear"));
    CHECK(desk.post("/api/sessions/99/people", R"({"name":"X"})").status == 404);

    CHECK(
        desk.post(path, R"({"name":"Maija Mustikka","decision_type":"social_rehabilitation","needs":"isot kirjaimet"})")
            .status == 200);
    CHECK(has(desk.get("/api/sessions/1"),
        R"("name":"Maija Mustikka","role":"participant","decision_type":"social_rehabilitation",)"
        R"("needs":"isot kirjaimet","invited":false)"));
    CHECK(desk.post(path, R"({"name":" "})").status == 400);
    CHECK(desk.post("/api/sessions/1/people/987", R"({"name":"X"})").status == 404);

    CHECK(desk.post(path + "/absence", R"({"told":true,"note":"hammaslääkäri"})").status == 200);
    CHECK(has(desk.get("/api/sessions/1"), R"("absence":{"told_at":1796281200000,"note":"hammaslääkäri"})"));
    CHECK(desk.post(path + "/absence", R"({"told":false})").status == 200);
    CHECK_FALSE(has(desk.get("/api/sessions/1"), "told_at"));
    CHECK(desk.post("/api/sessions/1/people/987/absence", R"({"told":true})").status == 404);

    CHECK(desk.post(path + "/remove", "{}").status == 200);
    CHECK(desk.post(path + "/remove", "{}").status == 404);
    CHECK_FALSE(has(desk.get("/api/sessions/1"), "Maija"));
}

TEST_CASE("Whether somebody is known is asked, of a form and of a file, and answered") {
    Desk desk;
    desk.post("/api/sessions/1/people", R"({"name":"Aino Aalto","supervisor":"Olli","phone":"0401234567"})");
    const std::string new_phone = R"({"name":"Aino Aalto","supervisor":"Olli","phone":"0507654321")";
    const auto asked = desk.post("/api/sessions/1/people", new_phone + "}");
    CHECK(asked.status == 200);
    CHECK(has(asked, R"({"question":{"line":1,"told":{"name":"Aino Aalto","supervisor":"Olli","phone":"0507654321"},)"
                     R"("people":[{"person":)"));
    CHECK(has(asked, R"("series":["Syksy"])"));
    const auto at = asked.body.find("\"person\":") + 9;
    const auto aino = asked.body.substr(at, asked.body.find(',', at) - at);
    CHECK(has(desk.post("/api/sessions/1/people", new_phone + R"(,"same_as":987})"), "\"question\""));

    const auto* file = "nimi;työnjohtaja;puh\nAino Aalto;Olli;0507654321\n";
    const std::string path = "/api/sessions/1/registrations";
    CHECK(has(desk.post(path + "?dry_run=1", file), R"("questions":[{"line":2,)"));
    CHECK(has(desk.post(path, file), R"("imported":0,"changed":0,"known":0,"questions":[{"line":2,)"));
    CHECK(has(desk.post(path + "?answers=2:" + aino, file), R"("imported":0,"changed":1,"known":1,"questions":[])"));
    CHECK(has(desk.post(path, file), R"("imported":0,"changed":0,"known":1,"questions":[])"));
    for (const auto* bad : {"?answers=x", "?answers=2", "?answers=2:x", "?answers=2:-1", "?answers=2:1;3:1",
             "?answers=99999999999999999999:1"})
        CHECK(desk.post(path + bad, file).status == 400);
    CHECK(has(desk.post("/api/sessions/1/people",
                  R"({"name":"Aino Aalto","supervisor":"Olli","phone":"0451111111","is_another":true})"),
        "{\"person\":"));
    CHECK(desk.get("/api/people/same").body == R"({"pairs":[]})");
}

TEST_CASE("A coordinator of one series neither sees nor changes the people of another") {
    Desk desk;
    auto& house = desk.house;
    house.store().write_and_wait([&](records::Database& database) {
        const auto draft = people::draft_of({.series = "Kevät",
            .theme = "Raha",
            .date = "2026-12-04",
            .start = "09:00",
            .end = "13:00",
            .question = {},
            .help_phone = {},
            .settings = {}});
        people::plan_session(database, std::get<people::SessionDraft>(draft));
    });
    const auto added = desk.post("/api/sessions/1/people",
        R"({"name":"Asiakas Syksy","supervisor":"Ohjaaja Anna","phone":"040 123 4567","email":"syksy@posti.example",)"
        R"("decision_type":"work_activity"})");
    const auto theirs = added.body.substr(10, added.body.size() - 11);
    house.add_account("Kevään koordinaattori", {{.role = people::StaffRole::coordinator, .series = "Kevät"}});
    const auto spring = sign_in(house, "Kevään koordinaattori").fields(house);
    const auto post = [&](const std::string& path, std::string_view body) {
        return ask(house, "POST", path, body, spring);
    };
    const auto get = [&](const std::string& path) { return ask(house, "GET", path, {}, spring); };
    const auto shows_nothing = [](const Reply& reply) {
        for (const auto* word : {"123 4567", "syksy@posti", "work_activity"}) CHECK_FALSE(has(reply, word));
    };
    const auto own = post("/api/sessions/2/people",
        R"({"name":"Asiakas Syksy","supervisor":"Ohjaaja Anna","email":"varas@posti.example"})");
    REQUIRE(own.status == 200);
    shows_nothing(own);
    CHECK(own.body != added.body);
    const auto file = post(
        "/api/sessions/2/registrations?dry_run=1", "nimi;työnjohtaja;puh\nAsiakas Syksy;Ohjaaja Anna;045 765 4321\n");
    shows_nothing(file);
    CHECK_FALSE(has(file, "\"person\":" + theirs));
    shows_nothing(get("/api/sessions/2"));
    CHECK(get("/api/sessions/1").status == 404);
    CHECK(get("/api/people/" + theirs + "/accesses").status == 404);
    CHECK(get("/api/people/same").status == 403);
    CHECK(post("/api/people/" + theirs + "/same", R"({"other":1,"same":true})").status == 403);
    CHECK(post("/api/sessions/2/people/" + theirs, R"({"name":"X"})").status == 404);
    CHECK(post("/api/sessions/2/people/" + theirs + "/absence", R"({"told":true})").status == 404);
    CHECK(post("/api/sessions/2/people/" + theirs + "/revoke", "{}").status == 404);
    CHECK(post("/api/sessions/2/people/" + theirs + "/remove", "{}").status == 404);
    CHECK(post("/api/sessions/2/people", R"({"name":"Asiakas Syksy","same_as":)" + theirs + "}")
              .body.find("\"person\":" + theirs + "}") == std::string::npos);
    CHECK(post("/api/sessions/2/invitations", R"({"people":[)" + theirs + "]}").status == 404);
    CHECK(has(desk.get("/api/sessions/1"), "syksy@posti.example"));

    // Who coordinates all is asked, and answers: the client of the one series takes part in the other as themselves.
    const auto pairs = desk.get("/api/people/same");
    CHECK(has(pairs, R"("series":["Syksy"])"));
    CHECK(has(pairs, R"("series":["Kevät"])"));
    const auto second = own.body.substr(10, own.body.size() - 11);
    CHECK(desk.post("/api/people/" + theirs + "/same", R"({"other":)" + second + R"(,"same":true})").status == 200);
    CHECK(has(desk.get("/api/sessions/2"), "\"person\":" + theirs + ","));
    CHECK_FALSE(has(desk.get("/api/sessions/2"), "\"person\":" + second + ","));
    // From then on they are in both series: what is known of them is changed by who coordinates both.
    CHECK(
        post("/api/sessions/2/people/" + theirs, R"({"name":"Asiakas Syksy","email":"varas@posti.example"})").status ==
        403);
    const auto seen = get("/api/people/" + theirs + "/accesses");
    CHECK(seen.status == 200);
    CHECK_FALSE(has(seen, "\"session\":1"));
}

TEST_CASE("Whoever is taken off the list does not come in by the ticket in their hand") {
    Desk desk;
    const auto mustikka = desk.house.invite(protocol::SessionId{1}, Role::participant, "Maija Mustikka");
    const auto ticket = enter(desk.house, mustikka, "Mustikka");
    CHECK(desk.post("/api/sessions/1/people/" + std::to_string(mustikka.person.value) + "/remove", "{}").status == 200);
    RoomClient late{desk.house};
    late.hello(ticket);
    CHECK(late.close_code() == 4501);
}

TEST_CASE("A session that moves to another series leaves the staff of the old one outside") {
    Desk desk;
    auto& house = desk.house;
    desk.post(
        "/api/sessions", R"({"theme":"Raha","series":"Kevät","date":"2027-01-07","start":"09:00","end":"13:00"})");
    house.add_account("Mari", {{.role = people::StaffRole::moderator, .series = "Syksy"}});
    const auto as_mari = sign_in(house, "Mari").fields(house);
    const auto enter_as_mari = [&] { return ask(house, "POST", "/api/sessions/1/enter", "{}", as_mari); };
    RoomClient at_work{house};
    at_work.come_in(value_of(enter_as_mari().body, "ticket"));
    const auto spare = value_of(enter_as_mari().body, "ticket");
    CHECK(desk.post("/api/sessions/1",
                  R"({"theme":"Uni","series":"Kevät","date":"2026-12-03","start":"09:00","end":"13:00"})")
              .status == 200);
    CHECK(at_work.close_code() == 4501);
    CHECK(enter_as_mari().status == 404);
    RoomClient late{house};
    late.hello(spare);
    CHECK(late.close_code() == 4501);
}

TEST_CASE("Whoever has been in the room stays on the list of the day") {
    Desk desk;
    const auto mustikka = desk.house.invite(protocol::SessionId{1}, Role::participant, "Maija Mustikka");
    RoomClient room{desk.house};
    room.come_in(enter(desk.house, mustikka, "Mustikka"));
    CHECK(desk.post("/api/sessions/1/people/" + std::to_string(mustikka.person.value) + "/remove", "{}").status == 409);
    CHECK(has(desk.get("/api/sessions/1"), "Maija Mustikka"));
}

TEST_CASE("Room staff find who is looked for by name, and learn no more of them; a supervisor sees their own people") {
    Desk desk;
    desk.post(
        "/api/sessions/1/people", R"({"name":"Maija Mustikka","supervisor":"Päivi Virtanen","phone":"040 123 4567"})");
    desk.post(
        "/api/sessions/1/people", R"({"name":"Pentti Puolukka","supervisor":"Veikko Vieras","phone":"040 765 4321"})");
    desk.house.add_account("Mari", {{.role = people::StaffRole::moderator, .series = "Syksy"}});
    desk.house.add_account("Päivi Virtanen", {{.role = people::StaffRole::supervisor, .series = {}}});
    const auto mari = sign_in(desk.house, "Mari").fields(desk.house);
    const auto paivi = sign_in(desk.house, "Päivi Virtanen").fields(desk.house);
    CHECK(ask(desk.house, "GET", "/api/sessions/1", {}, mari).status == 403);
    const auto for_mari = ask(desk.house, "GET", "/api/sessions/1/expected", {}, mari);
    CHECK(has(for_mari, R"("name":"Maija Mustikka","absence_told":false})"));
    CHECK(has(for_mari, R"("name":"Pentti Puolukka","absence_told":false})"));
    CHECK_FALSE(has(for_mari, "Virtanen"));
    CHECK_FALSE(has(for_mari, "040"));
    const auto for_paivi = ask(desk.house, "GET", "/api/sessions/1", {}, paivi);
    CHECK(has(for_paivi, "040 123 4567"));
    CHECK_FALSE(has(for_paivi, "Pentti"));
    desk.house.add_account("Molempi",
        {{.role = people::StaffRole::moderator, .series = "Syksy"},
            {.role = people::StaffRole::supervisor, .series = {}}},
        {"päivi virtanen"});
    CHECK(ask(desk.house, "GET", "/api/sessions/1", {}, sign_in(desk.house, "Molempi").fields(desk.house)).body ==
          for_paivi.body);
    const auto id_of = [&](const std::string& name) {
        const auto at = for_mari.body.rfind("\"person\":", for_mari.body.find(name)) + 9;
        return for_mari.body.substr(at, for_mari.body.find(',', at) - at);
    };
    const auto absence = [&](const std::string& name, const std::vector<std::string>& fields) {
        return ask(desk.house, "POST", "/api/sessions/1/people/" + id_of(name) + "/absence", R"({"told":true})", fields)
            .status;
    };
    CHECK(absence("Maija Mustikka", paivi) == 200);
    CHECK(absence("Pentti Puolukka", paivi) == 404);
    CHECK(absence("Pentti Puolukka", mari) == 200);
    const auto after = ask(desk.house, "GET", "/api/sessions/1/expected", {}, mari);
    CHECK(has(after, R"("name":"Pentti Puolukka","absence_told":true})"));
    CHECK(has(ask(desk.house, "GET", "/api/sessions/1/expected", {}, paivi), "not_permitted"));
}

TEST_CASE("A session's settings and agenda are shown to who coordinates it, changed one by one, and copied") {
    Desk desk;
    const std::string when = R"("theme":"Uni","series":"Syksy","date":"2026-12-03","start":"09:00","end":"13:00")";
    CHECK(has(desk.get("/api/sessions/1"),
        R"("settings":{"voice":true,"many_listeners":false,"present_percent":80,"grace_seconds":120,"words":[]},)"
        R"("agenda":[{"id":1,"kind":"talk")"));
    CHECK(desk.post("/api/sessions/1",
                  "{" + when +
                      R"(,"voice":false,"many_listeners":true,"present_percent":75,"present_minutes":200,)"
                      R"("words":["tupakka"]})")
              .status == 200);
    CHECK(desk.post("/api/sessions/1",
                  "{" + when +
                      R"(,"grace_seconds":60,"agenda":[{"kind":"talk","title":"Alku","minutes":30},{"kind":"closing",)"
                      R"("title":"Loppu","minutes":10,"question":"Miten meni?"}]})")
              .status == 200);
    const std::string kept =
        R"("settings":{"voice":false,"many_listeners":true,"present_percent":75,"present_minutes":200,)"
        R"("grace_seconds":60,"words":["tupakka"]},"agenda":[{"id":1,"kind":"talk","title":"Alku",)"
        R"("minutes":30},{"id":2,"kind":"closing","title":"Loppu","minutes":10,"question":"Miten meni?"}])";
    CHECK(has(desk.get("/api/sessions/1"), kept));
    CHECK(desk.post("/api/sessions/1/copy",
                  R"({"theme":"Uni","series":"Syksy","date":"2026-12-10","start":"09:00","end":"13:00"})")
              .body == R"({"id":2})");
    CHECK(has(desk.get("/api/sessions/2"), kept));
    CHECK(desk.post("/api/sessions/1", "{" + when + R"(,"present_minutes":0})").status == 200);
    CHECK_FALSE(has(desk.get("/api/sessions/1"), "present_minutes"));

    const auto wrong = desk.post("/api/sessions/1",
        "{" + when +
            R"(,"present_percent":0,"present_minutes":481,"agenda":[{"kind":"talk","title":" ","minutes":0}]})");
    CHECK(wrong.status == 400);
    for (const auto* word : {"present_percent", "present_minutes", "title_missing", "minutes_unclear"})
        CHECK(has(wrong, word));
    CHECK(desk.post("/api/sessions/1", "{" + when + R"(,"agenda":[{"kind":"nap","title":"x","minutes":1}]})").status ==
          400);

    desk.post("/api/sessions/1/people", R"({"name":"Maija Mustikka","supervisor":"Päivi Virtanen"})");
    desk.house.add_account("Päivi Virtanen", {{.role = people::StaffRole::supervisor, .series = {}}});
    const auto for_paivi = ask(
        desk.house, "GET", "/api/sessions/1", {}, sign_in(desk.house, "Päivi Virtanen").fields(desk.house));
    CHECK(has(for_paivi, "Maija Mustikka"));
    CHECK_FALSE(has(for_paivi, "settings"));
    CHECK_FALSE(has(for_paivi, "agenda"));
}

TEST_CASE("A session is changed until it is over, and copied with its staff") {
    Desk desk;
    const auto mustikka = desk.house.invite(protocol::SessionId{1}, Role::participant, "Maija Mustikka");
    desk.house.invite(protocol::SessionId{1}, Role::facilitator, "Olli Ohjaaja");
    desk.house.invite(protocol::SessionId{1}, Role::guest, "Vieras Väinö");
    CHECK(desk.post("/api/sessions/1",
                  R"({"theme":"Ravinto","series":"Syksy","date":"2026-12-04","start":"10:00","end":"14:00",)"
                  R"("question":"Mitä söit?"})")
              .body == R"({"id":1})");
    CHECK(has(desk.get("/api/sessions/1"),
        R"("theme":"Ravinto","series":"Syksy","question":"Mitä söit?","starts_at":1796371200000,)"
        R"("ends_at":1796385600000)"));
    CHECK(desk.post("/api/sessions/1",
                  R"({"theme":"","series":"Syksy","date":"2026-12-04","start":"10:00","end":"14:00"})")
              .status == 400);
    CHECK(desk.post("/api/sessions/99",
                  R"({"theme":"X","series":"Syksy","date":"2026-12-04","start":"10:00","end":"14:00"})")
              .status == 404);
    // The invitation has moved along: a day before the new start it works, as it did before the old one.
    desk.house.clock.pass(2h);
    CHECK(ask(desk.house, "POST", "/api/look", "{\"secret\":\"" + mustikka.secret + "\"}").status == 200);

    const auto copied = desk.post("/api/sessions/1/copy",
        R"({"theme":"Ravinto","series":"Syksy","date":"2026-12-11","start":"10:00","end":"14:00",)"
        R"("question":"Mitä söit?"})");
    CHECK(copied.body == R"({"id":2})");
    const auto shown = desk.get("/api/sessions/2");
    CHECK(has(shown, "Olli Ohjaaja"));
    CHECK_FALSE(has(shown, "Maija"));
    CHECK_FALSE(has(shown, "Vieras"));
    CHECK(desk.post("/api/sessions/99/copy",
                  R"({"theme":"X","series":"Syksy","date":"2026-12-04","start":"10:00","end":"14:00"})")
              .status == 404);
}

TEST_CASE("Invitations begin and end when they are told to, and are revoked") {
    Desk desk;
    desk.post("/api/sessions/1/people", R"({"name":"Maija Mustikka"})");
    const auto later = std::to_string(desk.house.clock.utc().ms + 60'000);
    const auto end = std::to_string(desk.house.clock.utc().ms + 120'000);
    CHECK(desk.post("/api/sessions/1/invitations", "{\"not_before\":" + end + ",\"expires\":" + later + "}").status ==
          400);
    const auto made = desk.post(
        "/api/sessions/1/invitations", "{\"not_before\":" + later + ",\"expires\":" + end + "}");
    const auto link = value_of(made.body, "link");
    const auto look = "{\"secret\":\"" + link.substr(link.find('#') + 1) + "\"}";
    CHECK(standing_of(ask(desk.house, "POST", "/api/look", look)) == "early");
    desk.house.clock.pass(61s);
    CHECK(standing_of(ask(desk.house, "POST", "/api/look", look)) == "open");
    CHECK(has(desk.get("/api/sessions/1"), "\"invited\":true,\"invited_from\":" + later + ",\"invited_until\":" + end));
    const auto person = made.body.substr(made.body.find("\"person\":") + 9, 1);
    RoomClient client{desk.house};
    const auto welcome = client.come_in(value_of(
        ask(desk.house, "POST", "/api/enter",
            "{\"secret\":\"" + link.substr(link.find('#') + 1) + "\",\"name\":\"Mustikka\",\"netiquette\":true}")
            .body,
        "ticket"));
    CHECK(desk.post("/api/sessions/1/people/" + person + "/revoke", "{}").status == 200);
    // The line that came by it is closed, and the ticket for the next one is void.
    CHECK(client.close_code() == 4501);
    RoomClient again{desk.house};
    again.hello(welcome.next_ticket);
    CHECK(again.close_code() == 4501);
    CHECK(desk.post("/api/sessions/1/people/" + person + "/revoke", "{}").status == 404);
    CHECK(standing_of(ask(desk.house, "POST", "/api/look", look)) == "revoked");
}

TEST_CASE(
    "Who is inside by a link that is made anew stays, and comes back; the old link opens nothing; revoking ends both") {
    Desk desk;
    desk.post("/api/sessions/1/people", R"({"name":"Maija Mustikka"})");
    const auto made = desk.post("/api/sessions/1/invitations", "{}");
    const auto secret_in = [](const Reply& reply) {
        const auto link = value_of(reply.body, "link");
        return link.substr(link.find('#') + 1);
    };
    const auto enter_by = [&](const std::string& secret) {
        return ask(desk.house, "POST", "/api/enter",
            "{\"secret\":\"" + secret + "\",\"name\":\"Mustikka\",\"netiquette\":true}");
    };
    const auto old = secret_in(made);
    const auto waiting = value_of(enter_by(old).body, "ticket");
    RoomClient inside{desk.house};
    const auto welcome = inside.come_in(value_of(enter_by(old).body, "ticket"));
    const auto renewed = secret_in(desk.post("/api/sessions/1/invitations", R"({"renew":true})"));
    REQUIRE(renewed != old);
    CHECK(standing_of(ask(desk.house, "POST", "/api/look", secret_body(old))) == "revoked");
    CHECK(enter_by(old).status == 409);
    // The line goes on, and both tickets open the next one.
    CHECK_FALSE(inside
            .outcome_of(
                "c1", protocol::AskForHelp{.kind = protocol::HelpKind::cannot_hear, .words = {}, .call_back = {}})
            .refusal);
    RoomClient second{desk.house};
    second.come_in(waiting);
    RoomClient third{desk.house};
    const auto last = third.come_in(welcome.next_ticket).next_ticket;

    const auto person = made.body.substr(made.body.find("\"person\":") + 9, 1);
    REQUIRE(desk.post("/api/sessions/1/people/" + person + "/revoke", "{}").status == 200);
    for (auto* line : {&inside, &second, &third}) CHECK(line->close_code() == 4501);
    RoomClient again{desk.house};
    again.hello(last);
    CHECK(again.close_code() == 4501);
    CHECK(enter_by(renewed).status == 409);
}

TEST_CASE("A letter names the site's number where its session has none") {
    Desk desk;
    desk.house.settings.help_phone = "09 310 1000";
    desk.house.open_anew();
    desk.post("/api/sessions/1/people", R"({"name":"Maija Mustikka"})");
    const auto calendar = [&] {
        const auto made = desk.post("/api/sessions/1/invitations", R"({"renew":true})");
        const auto link = value_of(made.body, "link");
        return ask(desk.house, "GET", "/api/invitation.ics", {}, {bearer(link.substr(link.find('#') + 1))});
    };
    CHECK(has(calendar(), "Soita 040 123"));
    REQUIRE(desk.post("/api/sessions/1",
                    R"({"theme":"Uni","series":"Syksy","date":"2026-12-03","start":"09:00","end":"13:00"})")
                .status == 200);
    CHECK(has(calendar(), "Soita 09 310 1000"));
}

TEST_CASE("The sheet for mail merge is made of links that are theirs, and of nothing else") {
    Desk desk;
    desk.post("/api/sessions/1/people", R"({"name":"=Maija Mustikka","phone":"+358 40 1234567"})");
    const auto made = desk.post("/api/sessions/1/invitations", "{}");
    const auto given = [&](const std::string& format, const std::string& link) {
        const auto person = made.body.substr(made.body.find("\"person\":") + 9, 1);
        return desk.post("/api/sessions/1/invitations/sheet",
            R"({"format":")" + format + R"(","invitations":[{"person":)" + person + R"(,"link":")" + link +
                R"(","code":")" + value_of(made.body, "code") + "\"}]}");
    };
    const auto link = value_of(made.body, "link");
    const auto csv = given("csv", link);
    CHECK(csv.field("Content-Disposition") == "attachment; filename=\"kutsut-1.csv\"");
    CHECK(csv.body.starts_with("\xef\xbb\xbfNimi;Puhelin;"));
    CHECK(has(csv, "'=Maija Mustikka;+358401234567;"));
    CHECK(has(csv, link));
    CHECK(has(csv, value_of(made.body, "code")));
    CHECK(has(csv, desk.house.origin() + "/netiquette"));
    const auto xlsx = given("xlsx", link);
    CHECK(xlsx.body.starts_with("PK"));
    CHECK(has(xlsx, "xl/media/image1.png"));
    const auto ics = given("ics", link);
    CHECK(ics.field("Content-Type") == "text/calendar; charset=utf-8");
    CHECK(has(ics, "DTSTART;TZID=Europe/Helsinki:20261203T090000\r\n"));

    CHECK(given("csv", desk.house.origin() + "/#AAAAAAAAAAAAAAAAAAAAAA").status == 404);
    CHECK(given("csv", "https://evil.example/" + link.substr(link.find('#'))).status == 404);
    CHECK(given("csv", "").status == 404);
    CHECK(given("pdf", link).status == 400);

    const auto own = ask(
        desk.house, "GET", "/api/invitation.ics", {}, {"Authorization: Bearer " + link.substr(link.find('#') + 1)});
    CHECK(own.status == 200);
    CHECK(has(own, "BEGIN:VEVENT"));
}

TEST_CASE("Accounts are made, changed, locked and let in, and nobody shuts themselves out") {
    Desk desk;
    const auto added = desk.post(
        "/api/accounts", R"({"name":"Aino Ahonen","roles":[{"role":"facilitator","series":"Syksy"}]})");
    CHECK(has(added, R"({"account":1,"link":")" + desk.house.origin() + "/staff#password="));
    CHECK(has(desk.get("/api/accounts"),
        R"({"accounts":[{"account":1,"name":"Aino Ahonen","roles":[{"role":"facilitator","series":"Syksy"}],)"
        R"("supervises":[],"locked":false,"has_password":false,"has_second_step":false,"is_bound":false}],)"
        R"("series":["Syksy"],"supervisors":[])"));
    CHECK(desk.post("/api/accounts", R"({"name":"aino ahonen","roles":[]})").status == 400);
    CHECK(desk.post("/api/accounts", R"({"name":"Bertta","roles":[{"role":"moderator","series":"Ei ole"}]})").status ==
          404);
    CHECK(desk.post("/api/accounts", R"({"name":"Bertta","roles":[{"role":"participant"}]})").status == 400);
    CHECK(desk.post("/api/accounts/1", R"({"name":"Aino Ahonen","roles":[{"role":"moderator"}]})").status == 200);
    CHECK(desk.post("/api/accounts", R"({"name":"Liisa Virtanen","roles":[{"role":"supervisor"}]})").status == 200);
    const auto taken = desk.post(
        "/api/accounts", R"({"name":"Toinen","roles":[{"role":"supervisor"}],"supervises":["VIRTANEN, Liisa"]})");
    CHECK(taken.status == 400);
    CHECK(has(taken, R"~("errors":[{"reason":"supervisor_taken","value":"VIRTANEN, Liisa (Liisa Virtanen)"}])~"));
    CHECK(desk.post("/api/accounts/1/link", "{}").status == 200);
    CHECK(desk.post("/api/accounts/9/link", "{}").status == 404);
    CHECK(desk.post("/api/accounts/9/lock", R"({"locked":true})").status == 404);

    const auto chief = desk.house.add_account(
        "Koordinaattori", {{.role = people::StaffRole::coordinator, .series = {}}});
    const auto signed_in = sign_in(desk.house, "Koordinaattori").fields(desk.house);
    const auto own = "/api/accounts/" + std::to_string(chief.value);
    CHECK(ask(desk.house, "POST", own + "/lock", R"({"locked":true})", signed_in).status == 409);
    CHECK(ask(desk.house, "POST", own, R"({"name":"Koordinaattori","roles":[]})", signed_in).status == 409);
    CHECK(ask(desk.house, "POST", "/api/accounts/1/lock", R"({"locked":true})", signed_in).status == 200);

    // Whoever is at work loses the room with the account.
    const auto mari = desk.house.add_account("Mari", {{.role = people::StaffRole::moderator, .series = {}}});
    const auto hers = "/api/accounts/" + std::to_string(mari.value);
    const auto as_mari = sign_in(desk.house, "Mari").fields(desk.house);
    const auto enter_as_mari = [&] { return ask(desk.house, "POST", "/api/sessions/1/enter", "{}", as_mari); };
    RoomClient at_work{desk.house};
    at_work.come_in(value_of(enter_as_mari().body, "ticket"));
    CHECK(ask(desk.house, "POST", hers, R"({"name":"Mari","roles":[]})", signed_in).status == 200);
    CHECK(at_work.close_code() == 4501);
    CHECK(enter_as_mari().status != 200);
    // With the role they come in again, and another name closes no line.
    CHECK(ask(desk.house, "POST", hers, R"({"name":"Mari","roles":[{"role":"moderator"}]})", signed_in).status == 200);
    RoomClient at_work_again{desk.house};
    at_work_again.come_in(value_of(enter_as_mari().body, "ticket"));
    CHECK(
        ask(desk.house, "POST", hers, R"({"name":"Mari Maunula","roles":[{"role":"moderator"}]})", signed_in).status ==
        200);
    CHECK_FALSE(at_work_again.outcome_of("open", protocol::OpenDoors{}).id.empty());
    CHECK(ask(desk.house, "POST", hers + "/lock", R"({"locked":true})", signed_in).status == 200);
    CHECK(at_work_again.close_code() == 4501);
    CHECK(enter_as_mari().status == 401);
}
