// The day's work from outside: drafted, returned, answered and read over HTTP; what the room knows of it, what is
// noted, what is in no log and no journal, and what a restart leaves.

#include <algorithm>
#include <array>
#include <future>
#include <memory>
#include <thread>

#include "base/secret.hpp"
#include "people/access_log.hpp"
#include "people/registrations.hpp"
#include "people/work.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "house/house.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using namespace std::string_literals;
using protocol::PersonId;
using protocol::Role;
using protocol::WorkState;

namespace {

constexpr std::string_view secret_words = "Herään aamuyöllä ja mietin rahaa";

/// A live session with an assignment that is open: Maija and Eino write, Olli and Mari answer.
struct Afternoon {
    TestHouse house;
    protocol::SessionId session = house.plan_session();
    Invited maija = house.invite(session, Role::participant, "Maija Mäki");
    Invited eino = house.invite(session, Role::participant, "Eino Öhman");
    Invited olli = house.invite(session, Role::facilitator, "Olli");
    Invited mari = house.invite(session, Role::moderator, "Mari");
    protocol::AssignmentId assignment{};
    std::int64_t commands = 0;

    explicit Afternoon(bool opens = true) {
        const auto planned = post("assignments", olli,
            R"({"title":"Millainen on sinun yösi?","text":"","questions":["Milloin?","Mikä?"],"minutes":60})");
        REQUIRE(planned.status == 200);
        assignment = *read<protocol::AssignmentsAnswer>(planned).changed;
        if (opens) open();
    }

    void open() {
        RoomClient room{house};
        room.come_in(enter(house, olli));
        done(room, protocol::OpenDoors{});
        done(room, protocol::GoLive{});
        done(room, protocol::OpenAssignment{assignment});
    }
    void done(RoomClient& client, protocol::Command command) {
        const auto outcome = client.outcome_of("w" + std::to_string(++commands), std::move(command));
        INFO((outcome.refusal ? base::name_of(outcome.refusal->word) : ""));
        REQUIRE_FALSE(outcome.refusal);
    }

    template <class T>
    static T read(const Reply& reply) {
        INFO(reply.status << " " << reply.body);
        simdjson::dom::parser parser;
        auto result = base::json::from_text<T>(parser, reply.body);
        REQUIRE(std::holds_alternative<T>(result));
        return std::get<T>(result);
    }

    Reply get(const std::string& what, const Invited& who) {
        return ask(
            house, "GET", "/api/sessions/" + std::to_string(session.value) + "/" + what, {}, {bearer(who.secret)});
    }
    Reply post(const std::string& what, const Invited& who, const std::string& body) {
        return ask(
            house, "POST", "/api/sessions/" + std::to_string(session.value) + "/" + what, body, {bearer(who.secret)});
    }
    Reply own_post(const std::string& what, const Invited& who, const std::string& fields) {
        return ask(house, "POST", "/api/work/" + what,
            R"({"assignment":)" + std::to_string(assignment.value) + (fields.empty() ? "" : ",") + fields + "}",
            {bearer(who.secret)});
    }
    Reply give(const Invited& who, std::string_view words, const std::string& more = {}) {
        return own_post("return", who, R"("version":0,"fields":[")" + std::string{words} + "\"]" + more);
    }
    protocol::OwnSubmission own(const Invited& who) {
        const auto reply = ask(house, "GET", "/api/work", {}, {bearer(who.secret)});
        return read<protocol::OwnWorkAnswer>(reply).work.at(0).submission.value();
    }
    Reply staff_post(
        const std::string& what, const Invited& who, const Invited& whose, const std::string& fields = {}) {
        return post("work/" + what, who,
            R"({"person":)" + std::to_string(whose.person.value) + R"(,"assignment":)" +
                std::to_string(assignment.value) + (fields.empty() ? "" : ",") + fields + "}");
    }
    Reply open_work(const Invited& who, const Invited& whose) {
        return get(
            "work/" + std::to_string(whose.person.value) + "?assignment=" + std::to_string(assignment.value), who);
    }
    protocol::DeskRow row(const Invited& whose) {
        for (const auto& each : read<protocol::DeskAnswer>(get("work", olli)).rows) {
            if (each.person == whose.person) return each;
        }
        FAIL("there is no such row");
        return {};
    }

    /// How the room has it.
    std::optional<domain::WorkNoted> noted(const Invited& whose) {
        std::promise<std::optional<domain::WorkNoted>> looked;
        house.house->directory().room(session)->look([&](const domain::Room& room) {
            std::optional<domain::WorkNoted> found;
            for (const auto& [id, work] : room.work.submissions) {
                if (work.person == whose.person) found = work;
            }
            looked.set_value(found);
        });
        return looked.get_future().get();
    }
    std::int64_t steps() {
        return house.store().open_reader()->one<std::int64_t>("SELECT count(*) FROM steps").value();
    }
    std::int64_t notes(people::AccessAct act, PersonId whose) {
        std::int64_t count = 0;
        for (const auto& note : people::accesses_to(*house.store().open_reader(), whose))
            count += note.act == act ? 1 : 0;
        return count;
    }
};

}  // namespace

TEST_CASE("Work: drafted, returned once, answered, read and thanked for, over HTTP") {
    Afternoon day;
    CHECK(has(day.own_post("draft", day.maija, R"("version":0,"fields":["Mökillä"])"), R"("state":"draft")"));
    const auto steps = day.steps();
    CHECK(has(day.own_post("draft", day.maija, R"("version":1,"fields":["Mökillä","Raha"])"), R"("version":2)"));
    // A draft costs one row, and no step; nobody is told a word of it.
    CHECK(day.steps() == steps);
    CHECK(day.row(day.maija).state == WorkState::draft);
    CHECK_FALSE(has(day.open_work(day.mari, day.maija), "Raha"));

    const auto returned = day.own_post(
        "return", day.maija, R"("version":2,"fields":["Mökillä","Raha"],"sharing":"without_name","wants_call":true)");
    CHECK(has(returned, R"("state":"returned")"));
    CHECK(day.noted(day.maija)->state == WorkState::returned);
    CHECK(day.row(day.maija).wants_call);
    const auto again = day.own_post("return", day.maija, R"("version":2,"fields":["Mökillä","Raha"])");
    CHECK(again.status == 200);
    CHECK(day.noted(day.maija)->version == 1);

    CHECK(has(day.staff_post("claim", day.mari, day.maija), R"("state":"assigned")"));
    CHECK(has(day.own_post("take-back", day.maija, ""), "already_claimed"));
    CHECK(has(day.staff_post("claim", day.olli, day.maija), "already_claimed"));
    CHECK(has(day.staff_post("answer", day.olli, day.maija, R"("version":0,"text":"Hei")"), "already_claimed"));
    CHECK(has(day.staff_post("answer", day.mari, day.maija, R"("version":0,"text":"Hei Maija")"), R"("version":1)"));
    CHECK(day.own(day.maija).state == WorkState::assigned);
    CHECK(day.own(day.maija).claimed_name == "Mari");
    CHECK(has(day.staff_post("send", day.mari, day.maija, R"("version":1,"text":" ")"), "text_empty"));
    CHECK(has(day.staff_post("send", day.mari, day.maija, R"("version":1,"text":"Hei Maija, kiitos.")"),
        R"("state":"sent")"));
    CHECK(day.own(day.maija).answers.empty());
    CHECK(has(day.own_post("read", day.maija, ""), "not_now"));
    day.house.pass(31s);
    REQUIRE(day.own(day.maija).answers.size() == 1);
    CHECK(day.own(day.maija).answers[0].text == "Hei Maija, kiitos.");
    CHECK(has(day.staff_post("unsend", day.mari, day.maija), "already_handled"));
    // The device of whoever sent it sends it again: that is no correction.
    CHECK(has(day.staff_post("send", day.mari, day.maija, R"("version":1,"text":"Hei Maija, kiitos.")"),
        R"("state":"sent")"));
    CHECK(day.own(day.maija).answers.size() == 1);
    CHECK(day.noted(day.maija)->left_at == day.noted(day.maija)->sent_at);
    CHECK(has(day.own_post("read", day.maija, ""), R"("state":"read")"));
    CHECK(has(day.own_post("thanks", day.maija, R"("text":"Kiitos!")"), R"("thanks":"Kiitos!")"));
    CHECK(has(day.open_work(day.mari, day.maija), R"("thanks":"Kiitos!")"));
    CHECK(day.noted(day.maija)->state == WorkState::read);
    CHECK(has(day.staff_post("shared", day.olli, day.maija), R"("is_shared":true)"));
    CHECK(has(day.own_post("share", day.maija, R"("sharing":"no")"), "already_handled"));
    CHECK(has(day.staff_post("worry", day.olli, day.maija, R"("wants_call":false)"), "text_empty"));
    CHECK(has(day.staff_post("worry", day.olli, day.maija, R"("wants_call":false,"done":"Soitettu.")"), R"("row")"));
    CHECK_FALSE(day.row(day.maija).wants_call);
}

TEST_CASE("Work: it is noted that somebody's words are opened, and only then; who has seen my data tells it") {
    Afternoon day;
    day.give(day.maija, secret_words);
    day.get("work", day.mari);
    CHECK(day.notes(people::AccessAct::work_opened, day.maija.person) == 0);
    CHECK(has(day.open_work(day.mari, day.maija), secret_words));
    CHECK(day.notes(people::AccessAct::work_opened, day.maija.person) == 1);
    CHECK(has(day.open_work(day.mari, day.eino), "not_found"));
    CHECK(day.notes(people::AccessAct::work_opened, day.eino.person) == 0);
    const auto audit = ask(day.house, "GET", "/api/people/" + std::to_string(day.maija.person.value) + "/accesses", {},
        {bearer(day.house.coordinator_key())});
    CHECK(has(audit, R"("act":"work_opened","by":"Mari")"));
    CHECK_FALSE(has(audit, secret_words));
}

TEST_CASE("Work: words are for the session's facilitators and moderators; others see how it stands, or nothing") {
    Afternoon day;
    day.give(day.maija, secret_words);
    day.staff_post("claim", day.mari, day.maija);
    const auto key = day.house.coordinator_key();
    Invited coordinator{.person = {}, .secret = key, .code = {}};
    const auto desk = day.get("work", coordinator);
    CHECK(has(desk, R"("state":"assigned")"));
    CHECK_FALSE(has(desk, "claimed_by"));
    CHECK_FALSE(has(desk, secret_words));
    CHECK(day.open_work(coordinator, day.maija).status == 403);
    CHECK(day.open_work(day.eino, day.maija).status == 404);
    CHECK_FALSE(has(day.get("work", day.mari), secret_words));
    const auto others = ask(day.house, "GET", "/api/work", {}, {bearer(day.eino.secret)});
    CHECK_FALSE(has(others, secret_words));
}

TEST_CASE(
    "Work: a supervisor sees of their own people whether it has been returned, and of nobody else that they are "
    "there") {
    Afternoon day;
    day.house.store().write_and_wait([&](records::Database& database) {
        for (const auto& [who, supervisor] :
            {std::pair{day.maija, "Päivi Virtanen"}, std::pair{day.eino, "Veikko Vieras"}}) {
            auto details = people::person_details(database, who.person).value();
            details.supervisor = supervisor;
            people::change_person(database, day.session, who.person, details, {});
        }
    });
    const auto signed_in = [&](const char* name, const char* supervises) {
        day.house.add_account(name, {{.role = people::StaffRole::supervisor, .series = {}}}, {supervises});
        return sign_in(day.house, name).fields(day.house);
    };
    const auto paivi = signed_in("Päivi", "virtanen päivi");
    const auto path = "/api/sessions/" + std::to_string(day.session.value) + "/work";
    const auto seen = [&](const std::vector<std::string>& fields) {
        return Afternoon::read<protocol::DeskAnswer>(ask(day.house, "GET", path, {}, fields)).rows;
    };
    REQUIRE(seen(paivi).size() == 1);
    CHECK_FALSE(seen(paivi).at(0).state);

    day.own_post("draft", day.maija, R"("version":0,"fields":["luonnos"])");
    CHECK(seen(paivi).at(0).state == WorkState::draft);
    day.own_post("return", day.maija,
        R"("version":1,"fields":[")" + std::string{secret_words} + R"("],"sharing":"with_name","wants_call":true)");
    day.give(day.eino, "Einon sanat");
    day.staff_post("worry", day.mari, day.eino, R"("wants_call":true)");
    day.staff_post("send", day.mari, day.maija, R"("version":0,"text":"Salainen vastaus")");
    day.house.pass(31s);
    day.own_post("read", day.maija, "");
    day.own_post("thanks", day.maija, R"("text":"Salainen kiitos")");

    const auto rows = seen(paivi);
    REQUIRE(rows.size() == 1);
    CHECK(rows.at(0).person == day.maija.person);
    CHECK(rows.at(0).state == WorkState::read);
    CHECK(rows.at(0).returned_at);
    const auto told = ask(day.house, "GET", path, {}, paivi);
    // Of the assignment its title, of the work how it stands: nothing that anybody wrote, and of the staff nobody.
    CHECK(has(told, "Millainen on sinun yösi?"));
    for (const auto words : {std::string_view{secret_words}, std::string_view{"luonnos"}, std::string_view{"Einon"},
             std::string_view{"Salainen"}, std::string_view{"Milloin?"}, std::string_view{"claimed"},
             std::string_view{"wants_call"}, std::string_view{"sharing"}, std::string_view{"thanks"},
             std::string_view{"Mari"}})
        CHECK_FALSE(has(told, words));
    const auto whose = path + "/" + std::to_string(day.maija.person.value);
    CHECK(
        ask(day.house, "GET", whose + "?assignment=" + std::to_string(day.assignment.value), {}, paivi).status == 403);
    CHECK(ask(day.house, "GET", whose + "/photo?photo=1", {}, paivi).status == 403);
    // A look at how it stands is no look at anybody's words.
    CHECK(day.notes(people::AccessAct::work_opened, day.maija.person) == 0);

    CHECK(seen(signed_in("Veikko", "Veikko Vieras")).at(0).person == day.eino.person);
    // Whoever has nobody there does not learn that there is a session.
    CHECK(ask(day.house, "GET", path, {}, signed_in("Toinen", "Joku Muu")).status == 404);
}

TEST_CASE("Work: a link is enough before its day, after it and after a ban; a code is not, and opens the room") {
    Afternoon day;
    day.give(day.maija, secret_words);
    const auto by_code = ask(day.house, "GET", "/api/work", {}, {bearer(day.maija.code)});
    CHECK(by_code.status == 403);
    CHECK_FALSE(has(by_code, secret_words));
    {
        RoomClient room{day.house};
        room.come_in(enter(day.house, day.olli));
        RoomClient maijas{day.house};
        maijas.come_in(enter(day.house, day.maija, "Mustikka"));
        day.done(room, protocol::RemovePerson{.person = day.maija.person, .reason = "Uhkaili", .ban = true});
    }
    CHECK(has(ask(day.house, "POST", "/api/enter", "{\"secret\":\"" + day.maija.secret + "\",\"netiquette\":true}"),
        "revoked"));
    CHECK(has(ask(day.house, "GET", "/api/work", {}, {bearer(day.maija.secret)}), secret_words));
    // Answered all the same.
    CHECK(day.staff_post("send", day.mari, day.maija, R"("version":0,"text":"Hei!")").status == 200);
    day.house.clock.pass(24h);
    CHECK(has(ask(day.house, "GET", "/api/work", {}, {bearer(day.maija.secret)}), "Hei!"));
    CHECK(has(day.give(day.eino, "myöhässä"), R"("late":true)"));
    day.house.clock.pass(31 * 24h);
    CHECK(has(ask(day.house, "GET", "/api/work", {}, {bearer(day.eino.secret)}), "over"));
}

TEST_CASE("Work: words are in no log and no journal") {
    Afternoon day;
    day.own_post("draft", day.maija, R"("version":0,"fields":["luonnos )" + std::string{secret_words} + "\"]");
    day.own_post("return", day.maija, R"("version":1,"fields":[")" + std::string{secret_words} + "\"]");
    day.staff_post("send", day.mari, day.maija, R"("version":0,"text":"Salainen vastaus")");
    day.house.pass(31s);
    day.own_post("read", day.maija, "");
    day.own_post("thanks", day.maija, R"("text":"Salainen kiitos")");
    const auto reader = day.house.store().open_reader();
    auto rows = reader->read("SELECT record FROM steps");
    while (rows.next()) {
        for (const auto words : {secret_words, std::string_view{"Salainen"}, std::string_view{"Millainen"}})
            CHECK(rows.view(0).find(words) == std::string_view::npos);
    }
    CHECK(day.house.log().find(secret_words) == std::string::npos);
    CHECK(day.house.log().find("Salainen") == std::string::npos);
}

TEST_CASE("Work: after a restart room and rows are one, and what only the rows know is made up for") {
    Afternoon day;
    day.give(day.maija, secret_words);
    day.house.open_anew();
    CHECK(day.noted(day.maija)->state == WorkState::returned);
    CHECK(day.own(day.maija).state == WorkState::returned);
    // Killed after the answer, which never came: the device sends again, and it is one return.
    CHECK(has(day.give(day.maija, secret_words), R"("state":"returned")"));
    CHECK(day.noted(day.maija)->version == 1);
    // Killed between the words and the step: they are a draft, until the device sends again.
    day.house.store().write_and_wait([&](records::Database& database) {
        people::save_to_return(database, day.session, day.eino.person,
            {.assignment = day.assignment,
                .version = 0,
                .fields = {"kesken"},
                .settles = {},
                .sharing = {},
                .wants_call = {}},
            day.house.clock.utc());
    });
    day.house.open_anew();
    CHECK(day.own(day.eino).state == WorkState::draft);
    CHECK_FALSE(day.noted(day.eino));
    CHECK(has(day.give(day.eino, "kesken"), R"("state":"returned")"));
    CHECK(day.noted(day.eino)->version == 1);
    // As if it had been written where the room was not open.
    day.house.store().write_and_wait([&](records::Database& database) {
        auto standing = people::standings_of(database, day.session).at(0);
        standing.noted.state = WorkState::assigned;
        standing.noted.claimed_by = day.mari.person;
        ++standing.noted.version;
        people::put_standing(database, standing, day.house.clock.utc());
    });
    day.house.open_anew();
    wait_until([&] { return day.noted(day.maija)->state == WorkState::assigned; });
    CHECK(day.noted(day.maija)->claimed_by == day.mari.person);
    CHECK(day.row(day.maija).claimed_by == day.mari.person);
}

TEST_CASE("Work: two claim in one moment, and one who takes it back: one wins, and rows and room agree") {
    Afternoon day;
    for (int round = 0; round < 10; ++round) {
        day.give(day.maija, secret_words);
        const auto whose = R"("assignment":)" + std::to_string(day.assignment.value);
        const auto claim = R"({"person":)" + std::to_string(day.maija.person.value) + "," + whose + "}";
        const auto path = "/api/sessions/" + std::to_string(day.session.value) + "/work/claim";
        std::array<int, 3> statuses{};
        std::vector<std::thread> threads;
        const auto at_once = [&](std::size_t index, const std::string& where, const std::string& body,
                                 const Invited& who) {
            threads.emplace_back([&statuses, index, where, body, client = std::make_shared<RawClient>(day.house),
                                     field = bearer(who.secret)] {
                statuses.at(index) = ask(*client, "POST", where, body, {field}).status;
            });
        };
        at_once(0, path, claim, day.mari);
        at_once(1, path, claim, day.olli);
        at_once(2, "/api/work/take-back", "{" + whose + "}", day.maija);
        for (auto& thread : threads) thread.join();
        // Either it was taken back before anyone claimed it, or one of the two has it.
        CHECK(std::count(statuses.begin(), statuses.end(), 200) == 1);
        CHECK(day.noted(day.maija)->state == day.row(day.maija).state);
        CHECK(day.noted(day.maija)->version == day.row(day.maija).version);
        day.staff_post("release", day.mari, day.maija);
        day.staff_post("release", day.olli, day.maija);
        day.own_post("take-back", day.maija, "");
    }
}

TEST_CASE("Work: dealt evenly, taken over with a reason, written down from a call") {
    Afternoon day;
    day.give(day.maija, "yksi");
    CHECK(has(day.staff_post("note", day.mari, day.eino, R"("source":"own","fields":["x"])"), "invalid"));
    CHECK(has(day.staff_post("note", day.mari, day.eino, R"("source":"phone","fields":["kerrottu"])"),
        R"("source":"phone")"));
    CHECK(day.notes(people::AccessAct::work_written_down, day.eino.person) == 1);
    CHECK(has(day.post("work/deal", day.mari, R"({"among":[999]})"), "invalid"));
    CHECK(day.post("work/deal", day.mari, "{}").status == 200);
    const auto first = day.row(day.maija).claimed_by;
    CHECK(first);
    CHECK(day.row(day.eino).claimed_by);
    CHECK(day.row(day.eino).claimed_by != first);
    const auto& other = first == day.mari.person ? day.olli : day.mari;
    CHECK(has(day.staff_post("take-over", other, day.maija, R"("reason":"")"), "text_empty"));
    CHECK(day.staff_post("take-over", other, day.maija, R"("reason":"Kiire")").status == 200);
    CHECK(day.row(day.maija).claimed_by == other.person);
}

TEST_CASE("Work: nothing is open before it is opened, and nothing of a rehearsal stays") {
    Afternoon day{false};
    CHECK(has(day.give(day.maija, "liian aikaisin"), "not_found"));
    CHECK(has(ask(day.house, "GET", "/api/work", {}, {bearer(day.maija.secret)}), R"("work":[])"));
    RoomClient room{day.house};
    room.come_in(enter(day.house, day.olli));
    day.done(room, protocol::StartRehearsal{});
    day.done(room, protocol::OpenAssignment{day.assignment});
    CHECK(day.give(day.maija, secret_words).status == 200);
    day.done(room, protocol::EndRehearsal{});
    CHECK(day.house.store().open_reader()->one<std::int64_t>("SELECT count(*) FROM submissions") == 0);
    CHECK(has(ask(day.house, "GET", "/api/work", {}, {bearer(day.maija.secret)}), R"("work":[])"));
    CHECK_FALSE(day.noted(day.maija));
    CHECK(has(day.get("assignments", day.olli), R"("state":"draft")"));
    CHECK(day.post("assignments/remove", day.olli, R"({"assignment":)" + std::to_string(day.assignment.value) + "}")
              .status == 200);
}

TEST_CASE("Work: a call that is wished for names whom to call, whatever is typed as a number") {
    Afternoon day;
    CHECK(has(day.own_post("wish", day.maija, R"("wants_call":true,"call_back":"äiti \u202a000 000 0007\u202c")"),
        R"("call_back":"000 000 0007")"));
    CHECK(day.row(day.maija).wants_call);
    CHECK(day.row(day.maija).state == WorkState::draft);
    CHECK(has(day.own_post("wish", day.eino, R"("answers_by_phone":true,"call_back":"soita vaan")"),
        R"("answers_by_phone":true)"));
    CHECK(has(day.open_work(day.olli, day.maija), "000 000 0007"));
}

TEST_CASE("Work: a couple on one phone have a work each, whoever of them asks on its line") {
    Afternoon day;
    RawClient phone{day.house};
    const auto own_post = [&](const std::string& what, const Invited& who, const std::string& fields) {
        return ask(phone, "POST", "/api/work/" + what,
            R"({"assignment":)" + std::to_string(day.assignment.value) + "," + fields + "}", {bearer(who.secret)});
    };
    const auto look = [&](const Invited& who) { return ask(phone, "GET", "/api/work", {}, {bearer(who.secret)}); };
    CHECK(has(own_post("draft", day.maija, R"("version":0,"fields":["Maijan"])"), R"("version":1)"));
    CHECK_FALSE(has(look(day.eino), "Maijan"));
    CHECK(has(own_post("draft", day.eino, R"("version":0,"fields":["Einon"])"), R"("version":1)"));
    CHECK(has(own_post("return", day.maija, R"("version":1,"fields":["Maijan"])"), R"("state":"returned")"));
    CHECK(day.noted(day.maija)->state == WorkState::returned);
    CHECK_FALSE(day.noted(day.eino));
    CHECK(has(look(day.eino), R"("state":"draft")"));
    CHECK(has(own_post("return", day.eino, R"("version":1,"fields":["Einon"])"), R"("state":"returned")"));
    CHECK(has(look(day.eino), "Einon"));
    CHECK_FALSE(has(look(day.eino), "Maijan"));
    CHECK_FALSE(has(look(day.maija), "Einon"));
}

TEST_CASE("Work: the clock of the phone means nothing") {
    Afternoon day;
    for (const auto* said : {R"("returned_at":1796281200000)", R"("now":"2026-12-03T09:00:00Z")", R"("late":false)"}) {
        INFO(said);
        CHECK(has(day.own_post("return", day.maija, R"("version":0,"fields":["k"],)"s + said), "invalid"));
    }
    CHECK_FALSE(day.noted(day.maija));
    // 15 hours from nine: midnight by the server, whatever the head of the request says.
    day.house.clock.pass(15h - 100ms);
    const auto path = "/api/work/return"s;
    const auto at = [&](const Invited& who, const std::string& date) {
        return ask(day.house, "POST", path,
            R"({"assignment":)" + std::to_string(day.assignment.value) + R"(,"version":0,"fields":["k"]})",
            {bearer(who.secret), "Date: " + date});
    };
    CHECK(has(at(day.maija, "Sat, 05 Dec 2026 12:00:00 GMT"), R"("late":false)"));
    day.house.clock.pass(100ms);
    CHECK(has(at(day.eino, "Thu, 03 Dec 2026 12:00:00 GMT"), R"("late":true)"));
}

TEST_CASE("Work: a server that is full keeps nothing of a draft and says so, and takes it when there is space") {
    Afternoon day;
    const auto pages = [&](const std::string& what) {
        std::int64_t count = 0;
        day.house.store().write_and_wait(
            [&](records::Database& database) { count = database.one<std::int64_t>("PRAGMA " + what).value(); });
        return count;
    };
    // What is free within the file does not hold it, and the file may not grow.
    pages("max_page_count = " + std::to_string(pages("page_count")));
    const auto free = pages("freelist_count");
    std::string words;
    for (std::int64_t count = 0; count < 1000 * (free + 2); ++count) words += "\U0001F525";
    REQUIRE(words.size() <= 4 * people::work_code_points_max);
    const auto draft = [&] { return day.own_post("draft", day.maija, R"("version":0,"fields":[")" + words + "\"]"); };
    const auto full = draft();
    CHECK(full.status == static_cast<int>(protocol::status_of(protocol::RefusalWord::not_saving)));
    CHECK(has(full, "not_saving"));
    CHECK_FALSE(has(ask(day.house, "GET", "/api/work", {}, {bearer(day.maija.secret)}), "submission"));
    pages("max_page_count = 1000000");
    wait_until([&] { return day.house.store().saves() == journal::Saves::everything; });
    CHECK(draft().status == 200);
    CHECK(day.own(day.maija).fields.at(0) == words);
}
