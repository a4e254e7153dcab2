// Why somebody does not come may be an illness. It is told to who coordinates the day and to the person's own
// supervisor, and stands in no answer to anybody else, and nowhere beside the records of people.

#include <map>

#include "api/api.hpp"
#include "house/house.hpp"
#include "net/metrics.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using people::StaffRole;
using protocol::PersonId;
using protocol::Role;
using protocol::SessionId;

namespace {

/// What tells of somebody's health below, by code and by words.
const std::vector<std::string> told_words{"own_illness", "child_ill", "kuumetta"};

std::size_t count(std::string_view text, std::string_view word) {
    std::size_t found = 0;
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++found;
    return found;
}

/// A day of "Syksy" in a season, in which Maija (of Päivi Virtanen) and Pentti (of Veikko Vieras) are, and a day of
/// "Talvi" that is none of theirs.
struct Autumn {
    Autumn() : key{{bearer(house.coordinator_key())}} {
        house.store().write_and_wait([&](records::Database& database) {
            const auto draft = people::draft_of({.series = "Talvi",
                .theme = "Raha",
                .date = "2026-12-03",
                .start = "09:00",
                .end = "13:00",
                .question = {},
                .help_phone = {},
                .settings = {}});
            people::plan_session(database, std::get<people::SessionDraft>(draft));
            database.script(R"(
                INSERT INTO periods (id, name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes,
                  skip_moves_turn) VALUES (1, 'Syksy 2026', 'syksy 2026', '2026-11-26', '2026-12-17', 4, '09:00',
                  '13:00', 30, 1);
                INSERT INTO packages (id, period, name, name_key) VALUES (1, 1, 'Kaikki', 'kaikki');
                UPDATE sessions SET period = 1 WHERE id = 1;)");
            maija = person(database, "Maija Mustikka", "Päivi Virtanen");
            pentti = person(database, "Pentti Puolukka", "Veikko Vieras");
        });
        const auto made = ask(house, "POST", "/api/periods/1/links", "{}", key).body;
        maijas_link = link_of(made, "Maija");
        penttis_link = link_of(made, "Pentti");
        house.add_account("Syksyn", {{.role = StaffRole::coordinator, .series = "Syksy"}});
        house.add_account("Päivi", {{.role = StaffRole::supervisor, .series = {}}}, {"päivi virtanen"});
        others = {{"participant", {bearer(penttis_link)}},
            {"moderator's link", {bearer(house.invite(session, Role::moderator, "Mari").secret)}},
            {"facilitator's link", {bearer(house.invite(session, Role::facilitator, "Olli").secret)}},
            {"guest", {bearer(house.invite(session, Role::guest, "Vieras").secret)}}};
        for (const auto role : {StaffRole::facilitator, StaffRole::moderator}) {
            const auto name = std::string{base::name_of(role)};
            house.add_account(name, {{.role = role, .series = {}}});
            others.emplace(name, fields(name));
        }
        house.add_account("Talven", {{.role = StaffRole::coordinator, .series = "Talvi"}});
        house.add_account("Veikko",
            {{.role = StaffRole::supervisor, .series = {}}, {.role = StaffRole::moderator, .series = "Syksy"}},
            {"veikko vieras"});
        for (const auto* name : {"Talven", "Veikko"}) others.emplace(name, fields(name));
    }

    PersonId person(records::Database& database, const char* name, const char* supervisor) {
        people::PersonDetails details;
        details.name = name;
        details.decision_type = "work_activity";
        details.supervisor = supervisor;
        const auto made = std::get<PersonId>(people::add_person(database, details));
        people::register_person(database, session, made);
        database.write(
            "INSERT INTO enrolments (person, period, package, first_day, last_day, state, made_at) VALUES (?, 1, 1, "
            "'2026-11-26', '2026-12-17', 'accepted', 0)",
            made);
        return made;
    }
    std::string link_of(const std::string& made, const std::string& name) {
        const auto at = made.find("/#", made.find(name));
        REQUIRE(at != made.npos);
        return made.substr(at + 2, 22);
    }
    std::vector<std::string> fields(const std::string& account) {
        auto& known = signed_in[account];
        if (known.empty()) known = sign_in(house, account).fields(house);
        return known;
    }
    Reply get(const std::string& path, const std::vector<std::string>& as) { return ask(house, "GET", path, {}, as); }
    std::string page() const { return "/api/periods/1/people/" + std::to_string(maija.value); }

    /// How often the words stand in what each of the others is answered, on every route that only reads.
    std::map<std::string, std::size_t> said_to_others() {
        std::map<std::string, std::size_t> said;
        for (const auto& [name, as] : others) {
            for (const auto& route : api::Api::routes()) {
                if (route.method == protocol::Route::Method::post) continue;
                std::string path{route.path};
                for (const std::string_view word : {"PERSON", "ID", "ACCOUNT", "SERIES", "PERIOD"}) {
                    const auto number = word == "PERSON" ? std::to_string(maija.value) : "1";
                    for (auto at = path.find(word); at != path.npos; at = path.find(word))
                        path.replace(at, word.size(), number);
                }
                const auto reply = get(path, as);
                for (const auto& word : told_words)
                    said[name + " " + path + " " + word] = count(reply.head + reply.body, word);
            }
        }
        return said;
    }
    /// What a moderator who comes in now is told of the room.
    std::string told_in_room() {
        const auto entered = ask(house, "POST", "/api/sessions/1/enter", "{}", fields("moderator"));
        REQUIRE(entered.status == 200);
        RoomClient client{house};
        client.hello(entered.body.substr(11, entered.body.size() - 13));
        const auto frame = client.next();
        REQUIRE(frame);
        return frame->payload;
    }

    /// Checks that `reason` has come to whom it is for, and neither it nor `note` to anybody else, or anywhere else.
    void check_told(const std::string& reason, const std::string& note) {
        const auto said = R"("reason":")" + reason + '"';
        for (const auto& [path, as] : {std::pair{std::string{"/api/sessions/1"}, fields("Syksyn")},
                 {"/api/sessions/1", fields("Päivi")}, {"/api/sessions/1", key}, {"/api/absences", fields("Päivi")},
                 {"/api/absences", key}, {page(), fields("Päivi")}, {page(), key}}) {
            INFO(path);
            const auto reply = get(path, as);
            CHECK(has(reply, said));
            CHECK((note.empty() || has(reply, note)));
        }
        for (const auto& [what, times] : said_to_others()) {
            INFO(what);
            CHECK(times == before.at(what));
        }
        const auto room = told_in_room();
        const auto files = get("/api/sessions/1/attendance.csv", fields("Syksyn")).body +
                           get("/api/sessions/1/attendance.csv", fields("moderator")).body;
        CHECK(count(files, "Maija Mustikka") == 2);
        const auto metrics = house.metrics().to_text({});
        const auto log = house.log();
        const auto reader = house.store().open_reader();
        // The room has learned it, without the reason.
        CHECK(reader->has(R"(SELECT 1 FROM steps WHERE instr(CAST(record AS TEXT), '"excused":true') > 0)"));
        for (const auto& word : told_words) {
            INFO(word);
            CHECK(count(room, word) == 0);
            CHECK(count(files, word) == 0);
            CHECK(count(metrics, word) == 0);
            CHECK(count(log, word) == 0);
            CHECK_FALSE(reader->has("SELECT 1 FROM steps WHERE instr(CAST(record AS TEXT), ?) > 0", word));
        }
    }

    TestHouse house;
    SessionId session = house.plan_session();
    std::vector<std::string> key;
    PersonId maija;
    PersonId pentti;
    std::string maijas_link;
    std::string penttis_link;
    /// Whom it is not for, and how they ask.
    std::map<std::string, std::vector<std::string>> others;
    std::map<std::string, std::vector<std::string>> signed_in;
    std::map<std::string, std::size_t> before;
};

}  // namespace

TEST_CASE("Absence: a reason that the person tells comes to who decides of it, and nowhere else") {
    Autumn autumn;
    autumn.before = autumn.said_to_others();
    autumn.told_in_room();
    const std::vector<std::string> as{bearer(autumn.maijas_link), "Origin: " + autumn.house.origin()};
    const auto told = ask(
        autumn.house, "POST", "/api/own/absence", R"({"session":1,"cannot_come":true,"reason":"own_illness"})", as);
    CHECK(has(told, R"("cannot_come":true,"reason":"own_illness")"));
    autumn.check_told("own_illness", {});
}

TEST_CASE("Absence: a reason and words that a supervisor tells come to who decides of it, and nowhere else") {
    Autumn autumn;
    autumn.before = autumn.said_to_others();
    autumn.told_in_room();
    const auto path = "/api/sessions/1/people/" + std::to_string(autumn.maija.value) + "/absence";
    const std::string body = R"({"told":true,"reason":"child_ill","note":"kuumetta"})";
    // Whoever may not read a reason writes none.
    for (const auto* name : {"facilitator", "moderator", "Veikko"})
        CHECK(ask(autumn.house, "POST", path, body, autumn.fields(name)).status == 403);
    CHECK(ask(autumn.house, "POST", path, body, autumn.fields("Talven")).status == 404);
    CHECK(ask(autumn.house, "POST", path, body, autumn.fields("Päivi")).status == 200);
    autumn.check_told("child_ill", "kuumetta");
    CHECK(has(autumn.get("/api/sessions/1/attendance", autumn.fields("Syksyn")), R"("absence_note":"kuumetta")"));
    // On the own page it says that they do not come, and not what was told of them.
    const auto own = autumn.get("/api/own", {bearer(autumn.maijas_link)});
    CHECK(has(own, R"("cannot_come":true)"));
    CHECK_FALSE(has(own, R"("reason")"));
    CHECK_FALSE(has(own, "kuumetta"));
}
