// What was erased is nowhere: planted by HTTP and WebSocket as people do it, erased by the night's job and on request,
// then looked for byte by byte in every file of the data, while the server runs and once it has started anew, in a
// backup that is restored, in the log, in files that leave the house, in the metrics and in what a person is given of
// their own.

#include <fstream>
#include <future>
#include <iterator>
#include <map>

#include "backup/backup.hpp"
#include "backup/restore.hpp"
#include "base/secret.hpp"
#include "house/kept_rooms.hpp"
#include "people/registrations.hpp"
#include "people/sessions.hpp"
#include "people/work.hpp"
#include "reports/day_store.hpp"
#include "support/catch.hpp"
#include "house/house.hpp"
#include "support/photo.hpp"
#include "support/test_house.hpp"
#include "support/workbook.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using protocol::Mark;
using protocol::PersonId;
using protocol::Role;

namespace {

/// Words that nothing else has in it.
constexpr std::string_view name = "Kukkakaali Planttinen";
constexpr std::string_view room_name = "Kaalikukka";
constexpr std::string_view message = "Huomaamaton hirvenhiihtaja huusi";
constexpr std::string_view help_words = "Kuuloke katosi kompostiin";
constexpr std::string_view phone = "0459876123";
constexpr std::string_view work_words = "Lukittu lakana liukui laavulle";
constexpr std::string_view absence_note = "Silmalasit sulivat saunaan";
constexpr std::string_view needs_words = "Pienet pilkulliset painikkeet";
constexpr std::string_view question = "Kuka korjaa kuivuneen kuusen";
constexpr std::string_view held_message = "Varovainen vati vaipui vetehen";
constexpr std::string_view rejected_message = "Tuhma tuoli tuiskahti tunkiolle";
constexpr std::string_view photo_words = "Kuvassa kukkii kaalimaan kuningas";
constexpr std::string_view call_note = "Puhuttiin puolukoista puhelimessa";
constexpr std::string_view feedback_words = "Tauolla tarjottiin tuoreita torttuja";

/// Every file of the data folder, read as it lies there: the name of the first with these bytes in it, else nothing.
std::string file_with(const TestHouse& house, std::string_view words) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator{house.settings.data}) {
        if (!entry.is_regular_file()) continue;
        std::ifstream stream{entry.path(), std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{stream}, {}};
        if (bytes.find(words) != std::string::npos) return entry.path().filename().string();
    }
    return {};
}

/// A day that was held and sealed, with all of it in it: by Kukkakaali; and Eino, who was there too.
struct Day {
    TestHouse house;
    protocol::SessionId session = house.plan_session();
    protocol::SessionId other_day = house.plan_session();
    protocol::SessionId phone_day = house.plan_session();
    /// A picture of theirs, as it is kept.
    std::string photo;
    Invited planted = house.invite(session, Role::participant, std::string{name});
    Invited eino = house.invite(session, Role::participant, "Eino Öhman");
    Invited olli = house.invite(session, Role::facilitator, "Olli");
    Invited mari = house.invite(session, Role::moderator, "Mari");
    std::vector<std::string> key{bearer(house.coordinator_key())};
    std::int64_t commands = 0;

    Day() {
        house.store().write_and_wait([&](records::Database& database) {
            people::PersonDetails details = *people::person_details(database, planted.person);
            details.phone = std::string{phone};
            details.needs = std::string{needs_words};
            people::update_person(database, planted.person, details);
        });
        // Of another day she has said that she cannot come, and why.
        house.store().write_and_wait(
            [&](records::Database& database) { people::register_person(database, other_day, planted.person); });
        REQUIRE(ask(house, "POST",
                    "/api/sessions/" + std::to_string(other_day.value) + "/people/" +
                        std::to_string(planted.person.value) + "/absence",
                    R"({"told":true,"note":")" + std::string{absence_note} + "\"}", key)
                    .status == 200);
        const auto sessions = "/api/sessions/" + std::to_string(session.value);
        const auto planned = ask(house, "POST", sessions + "/assignments",
            R"({"title":"Millainen on sinun yösi?","text":"","questions":["Milloin?"],"minutes":60,)"
            R"("ways":["text","photo"]})",
            {bearer(olli.secret)});
        REQUIRE(planned.status == 200);
        simdjson::dom::parser parser;
        const auto assignment = *std::get<protocol::AssignmentsAnswer>(
            base::json::from_text<protocol::AssignmentsAnswer>(parser, planned.body))
                                     .changed;

        RoomClient ollis{house};
        ollis.come_in(enter(house, olli));
        done(ollis, protocol::OpenDoors{});
        RoomClient theirs{house};
        theirs.come_in(enter(house, planted, std::string{room_name}));
        RoomClient einos{house};
        einos.come_in(enter(house, eino, "Orava"));
        done(ollis, protocol::GoLive{});
        done(ollis, protocol::OpenAssignment{assignment});
        RoomClient maris{house};
        maris.come_in(enter(house, mari));
        say(theirs, message);
        const protocol::ParkedId parked{
            done(ollis, protocol::ParkQuestion{.message = say(theirs, question), .version = {}, .text = {}})};
        done(ollis, protocol::ResolveParked{.parked = parked, .state = protocol::ParkedState::carried});
        done(ollis, protocol::SetChatMode{protocol::ChatMode::all_held});
        say(theirs, held_message);
        done(maris, protocol::RejectMessage{
                        .message = say(theirs, rejected_message), .version = 1, .reason = "Viesti voi loukata."});
        done(theirs, protocol::AskForHelp{.kind = protocol::HelpKind::cannot_hear, .words = std::string{help_words}});
        const auto photos = "/api/work/photo?assignment=" + std::to_string(assignment.value);
        REQUIRE(ask(house, "POST", photos, photo_of("GPS 60.1699 N"), {bearer(planted.secret)}).status == 200);
        REQUIRE(ask(house, "POST", "/api/work/photo/describe",
                    R"({"photo":1,"description":")" + std::string{photo_words} + "\"}", {bearer(planted.secret)})
                    .status == 200);
        photo = ask(house, "GET", "/api/work/photo?photo=1", {}, {bearer(planted.secret)}).body;
        REQUIRE(photo.starts_with("\xff\xd8"));
        REQUIRE(ask(house, "POST", "/api/work/return",
                    R"({"assignment":)" + std::to_string(assignment.value) + R"(,"version":0,"fields":[")" +
                        std::string{work_words} + "\"]}",
                    {bearer(planted.secret)})
                    .status == 200);
        house.pass(4s);
        done(ollis, protocol::CloseSession{});
        done(maris, protocol::MarkAllClear{});
        done(maris, protocol::SealAttendance{.version = version_of_the_day()});
        wait_until([&] {
            const auto kept = reports::day_of(*house.store().open_reader(), session);
            return kept && kept->sealed_at;
        });
        // How these come about are days of their own (phone_days_test.cpp, feedback_test.cpp).
        house.store().write_and_wait([&](records::Database& database) {
            database.write(
                "INSERT INTO outside_days (session, way, day) VALUES (?, 'phone_day', '2026-12-03')", phone_day);
            people::register_person(database, phone_day, planted.person);
            database.write(
                "INSERT INTO phone_contacts (session, person, version, before, state, tries, note, by_person, at) "
                "VALUES (?, ?, 1, 0, 'answered', '[]', ?, ?, ?)",
                phone_day, planted.person, call_note, olli.person, house.clock.utc());
            database.write("INSERT INTO feedbacks (session, closes_at, is_closed, is_told) VALUES (?, ?, 1, 1)",
                session, house.clock.utc());
            database.write("INSERT INTO feedback_words (session, id, about_staff, words) VALUES (?, x'01', 0, ?)",
                session, feedback_words);
        });
    }

    std::int64_t done(RoomClient& client, protocol::Command command) {
        const auto outcome = client.outcome_of("e" + std::to_string(++commands), std::move(command));
        INFO((outcome.refusal ? base::name_of(outcome.refusal->word) : ""));
        REQUIRE_FALSE(outcome.refusal);
        return outcome.seq;
    }
    protocol::MessageId say(RoomClient& client, std::string_view words) {
        return protocol::MessageId{
            done(client, protocol::SendMessage{.channel = protocol::Channel::room, .text = std::string{words}})};
    }

    std::int64_t version_of_the_day() {
        std::promise<std::int64_t> looked;
        house.house->directory().room(session)->look(
            [&](const domain::Room& room) { looked.set_value(room.attendance.version); });
        return looked.get_future().get();
    }

    Reply get(const std::string& path) { return ask(house, "GET", path, {}, key); }
    std::string of_person() const { return "/api/people/" + std::to_string(planted.person.value); }

    bool is_in_a_file(std::string_view words) const { return !file_with(house, words).empty(); }
    std::string file(const std::string& path) {
        auto reply = get(path);
        INFO(path << ' ' << reply.status);
        REQUIRE(reply.status == 200);
        return std::move(reply.body);
    }
    /// What leaves the house: files, the log, the figures.
    std::string told() {
        const auto of_session = "/api/sessions/" + std::to_string(session.value);
        const std::string month{"?from=2026-12-01&to=2026-12-31"};
        return file(of_session + "/attendance") + file(of_session + "/attendance.csv") +
               read_by_another(file(of_session + "/attendance.xlsx")) + file(of_session) +
               file("/api/reports" + month) + file("/api/reports.csv" + month) +
               read_by_another(file("/api/reports.xlsx" + month)) + file("/api/keeping") + file(of_person() + "/data") +
               ask(house, "GET", "/metrics").body + house.log();
    }
    void check_gone(const std::vector<std::string_view>& all) {
        for (const auto words : all) {
            INFO(words);
            // While it runs. The log is brought into the database, and written over, by the store's own thread.
            wait_until([&] { return !is_in_a_file(words); });
        }
        house.open_anew();
        key = {bearer(house.coordinator_key())};
        const auto outside = told();
        for (const auto words : all) {
            INFO(words);
            CHECK(file_with(house, words) == "");
            CHECK(outside.find(words) == std::string::npos);
        }
    }
    std::filesystem::path back_up() {
        return backup::make_backup(house.store(),
            {.database = house.store().file(),
                .folder = house.settings.backup_folder,
                .keeping = {.newest = house.settings.backup_keep, .days = house.settings.backup_days},
                .goes_on = {}},
            house.clock)
            .made.place;
    }
};

/// As the command line does it (cli/restore.cpp).
void restore(TestHouse& house, const std::filesystem::path& backup) {
    house.house.reset();
    backup::restore({.backup = backup,
                        .database = house::data_file(house.settings),
                        .replaces = true,
                        .bring_forward = house::migrate,
                        .heading_of = keeping::tombstone_heading,
                        .erase_again =
                            [&](journal::SqliteStore& store, const std::filesystem::path& tombstones) {
                                house::StoredRooms rooms{store};
                                return keeping::Keeper{
                                    {.clock = house.clock, .store = store, .rooms = rooms, .tombstones = tombstones}}
                                    .begin_life()
                                    .tombstones;
                            }},
        house.clock);
}

constexpr auto in_room = {message, question, held_message, rejected_message, help_words, room_name};
constexpr auto elsewhere = {phone, work_words, absence_note, needs_words, photo_words, call_note};
std::vector<std::string_view> all_of(std::initializer_list<std::initializer_list<std::string_view>> lists) {
    std::vector<std::string_view> all;
    for (const auto& list : lists) all.insert(all.end(), list);
    return all;
}
const auto everything = all_of({in_room, elsewhere});

}  // namespace

TEST_CASE("Erasure: what is planted is there, and the person is given all of it") {
    Day day;
    for (const auto words : all_of({in_room, elsewhere, {day.photo, feedback_words}})) {
        INFO(words);
        CHECK(day.is_in_a_file(words));
    }
    const auto given = day.get(day.of_person() + "/data");
    CHECK(given.status == 200);
    for (const auto words : everything) {
        INFO(words);
        CHECK(has(given, words));
    }
    CHECK(has(given, name));
    // Nobody else's name or words.
    for (const auto* other : {"Eino", "Orava", "Olli", "Mari"}) CHECK_FALSE(has(given, other));
    CHECK(has(day.get(day.of_person() + "/accesses"), R"("act":"data_exported")"));
    CHECK(day.house.log().find(name) == std::string::npos);
}

TEST_CASE("Erasure: on request everything of a person goes at once, but what the law keeps") {
    Day day;
    const auto before = day.back_up();
    const auto path = day.of_person() + "/erasure";
    const auto shown = day.get(path);
    CHECK(has(shown, R"({"thing":"marks","count":1})"));
    CHECK(has(shown, R"({"thing":"carried_words","count":1})"));
    CHECK(has(shown, R"("waiting_days":0)"));
    CHECK(has(shown, R"("is_on_now":true)"));
    CHECK(ask(day.house, "POST", path, R"({"is_understood":false})", day.key).status == 400);
    // The day is on: until its end nothing of theirs can go.
    CHECK(has(ask(day.house, "POST", path, R"({"is_understood":true})", day.key), "not_now"));
    day.house.clock.pass(5h);
    const auto erased = ask(day.house, "POST", path, R"({"is_understood":true})", day.key);
    INFO(erased.body);
    CHECK(erased.status == 200);
    CHECK(has(erased, R"("rooms":1,"waiting_days":0)"));
    const auto gone = all_of({{name, day.photo}, in_room, elsewhere});
    day.check_gone(gone);
    // Whose feedback it is nobody knows: it stays until its time.
    CHECK(day.is_in_a_file(feedback_words));
    // What the law keeps: the mark, of a number; and that somebody has done it.
    const auto kept = reports::day_of(*day.house.store().open_reader(), day.session);
    REQUIRE(kept);
    CHECK(std::any_of(kept->lines.begin(), kept->lines.end(),
        [&](const auto& row) { return row.person == day.planted.person && row.mark; }));
    CHECK(has(day.get(day.of_person() + "/accesses"), R"("act":"person_erased")"));
    CHECK(has(day.get("/api/keeping"), R"("by":"request")"));
    // Their link opens nothing.
    CHECK(standing_of(ask(day.house, "POST", "/api/look", secret_body(day.planted.secret))).empty());

    // Another machine, which has a backup of after it, and one of before it with the tombstones of the shelf.
    const auto after = day.back_up();
    for (const auto& backup : {after, before}) {
        TestHouse other;
        other.clock.pass(5h);
        restore(other, backup);
        for (const auto words : gone) {
            INFO(words);
            CHECK(file_with(other, words) == "");
        }
        CHECK(file_with(other, feedback_words) != "");
        CHECK(file_with(other, "Eino") != "");
    }
}

TEST_CASE("Erasure: when its time has passed, the night's job takes it") {
    Day day;
    REQUIRE(
        ask(day.house, "POST", "/api/keeping/rules", R"({"rule":"feedback_words","time":30})", day.key).status == 200);
    // The first night that is late enough. It is no jump: each night has its job.
    for (int night = 0; night < 60 && day.is_in_a_file(message); ++night) {
        day.house.clock.pass(24h);
        const auto tried = day.house.store().open_reader()->one<std::int64_t>(
            "SELECT count(*) FROM erasure_runs WHERE is_whole = 1");
        day.house.house->night_keeper().wake();
        wait_until([&] {
            return day.house.store().open_reader()->one<std::int64_t>(
                       "SELECT count(*) FROM erasure_runs WHERE is_whole = 1") > tried;
        });
        if (night >= 31) day.house.open_anew();
    }
    // The name stays with the marks, by the law, as long as they do.
    auto gone = all_of({{day.photo, feedback_words}, in_room, elsewhere});
    day.check_gone(gone);
    CHECK(day.is_in_a_file(name));
}

TEST_CASE("Erasure: a hold keeps what it names, and a request is refused until its end") {
    Day day;
    day.house.clock.pass(5h);
    const auto held = ask(day.house, "POST", "/api/keeping/holds",
        R"({"person":)" + std::to_string(day.planted.person.value) + R"(,"reason":"Kantelu","last_day":"31.1.2027"})",
        day.key);
    CHECK(held.status == 200);
    CHECK(has(day.get(day.of_person() + "/erasure"), R"("is_held":true)"));
    const auto path = day.of_person() + "/erasure";
    CHECK(has(ask(day.house, "POST", path, R"({"is_understood":true})", day.key), "not_now"));
    CHECK(day.is_in_a_file(message));
    CHECK(ask(day.house, "POST", "/api/keeping/holds/end", R"({"hold":1})", day.key).status == 200);
    CHECK(ask(day.house, "POST", path, R"({"is_understood":true})", day.key).status == 200);
}

TEST_CASE("Erasure: the words of a day that is not sealed wait for its seal, and go in the next night") {
    TestHouse house;
    const auto session = house.plan_session();
    const auto maija = house.invite(session, Role::participant, "Maija Mäki");
    const auto olli = house.invite(session, Role::facilitator, "Olli");
    {
        RoomClient ollis{house};
        ollis.come_in(enter(house, olli));
        REQUIRE_FALSE(ollis.outcome_of("1", protocol::OpenDoors{}).refusal);
        RoomClient maijas{house};
        maijas.come_in(enter(house, maija, "Mustikka"));
    }
    house.clock.pass(5h);
    const std::vector<std::string> key{bearer(house.coordinator_key())};
    const auto path = "/api/people/" + std::to_string(maija.person.value) + "/erasure";
    CHECK(has(ask(house, "GET", path, {}, key), R"("waiting_days":1)"));
    CHECK(has(ask(house, "POST", path, R"({"is_understood":true})", key), R"("rooms":0,"waiting_days":1)"));
    CHECK(house.store().open_reader()->has("SELECT 1 FROM rooms_to_compact WHERE session = ?", session));
}

TEST_CASE("Erasure: whoever stood at the doors before the day has their words there go once it has ended") {
    TestHouse house;
    const auto plan = [&](const char* date) {
        protocol::SessionId planned;
        house.store().write_and_wait([&](records::Database& database) {
            planned = people::plan_session(database, std::get<people::SessionDraft>(people::draft_of({.series = "Syksy",
                                                         .theme = "Uni",
                                                         .date = date,
                                                         .start = "14:00",
                                                         .end = "18:00",
                                                         .question = {},
                                                         .help_phone = {},
                                                         .settings = {}})));
        });
        return planned;
    };
    const auto today = plan("2026-12-03");
    const auto next = plan("2026-12-10");
    const auto maija = house.invite(today, Role::participant, "Maija Mäki");
    const auto olli = house.invite(today, Role::facilitator, "Olli");
    RoomClient ollis{house};
    ollis.come_in(enter(house, olli));
    REQUIRE_FALSE(ollis.outcome_of("1", protocol::OpenDoors{}).refusal);
    {
        RoomClient maijas{house};
        maijas.come_in(enter(house, maija, room_name));
    }
    house.store().write_and_wait(
        [&](records::Database& database) { people::register_person(database, next, maija.person); });
    const std::vector<std::string> key{bearer(house.coordinator_key())};
    const auto path = "/api/people/" + std::to_string(maija.person.value) + "/erasure";
    const auto shown = ask(house, "GET", path, {}, key);
    CHECK(has(shown, R"("waiting_days":1)"));
    CHECK(has(shown, R"({"thing":"room_names","count":1})"));
    CHECK(has(shown, R"({"thing":"coming_days","count":1})"));
    CHECK(has(ask(house, "POST", path, R"({"is_understood":true})", key), R"("rooms":0,"waiting_days":1)"));
    {
        const auto reader = house.store().open_reader();
        CHECK(reader->has("SELECT 1 FROM rooms_to_compact WHERE session = ?", today));
        CHECK(reader->has("SELECT 1 FROM registrations WHERE session = ? AND person = ?", today, maija.person));
        CHECK_FALSE(reader->has("SELECT 1 FROM registrations WHERE session = ? AND person = ?", next, maija.person));
    }
    // The day is cancelled, and so it has ended.
    REQUIRE(ask(house, "POST", "/api/sessions/" + std::to_string(today.value) + "/cancel",
                R"({"why":"staff_ill","words":"Ohjaaja on sairas."})", key)
                .status == 200);
    CHECK(file_with(house, room_name) != "");
    house.clock.pass(24h);
    house.house->night_keeper().wake();
    wait_until(
        [&] { return house.store().open_reader()->has("SELECT 1 FROM compacted_rooms WHERE session = ?", today); });
    wait_until([&] { return file_with(house, room_name).empty(); });
}

TEST_CASE("Keeping: a site's times are shown, changed within what is allowed, and tried without erasing") {
    TestHouse house;
    const std::vector<std::string> key{bearer(house.coordinator_key())};
    const auto page = ask(house, "GET", "/api/keeping", {}, key);
    CHECK(has(page, R"({"rule":"room_words","time":30,"usual":30,"least":14,"most":90,"unit":"days","from":"seal")"));
    CHECK(has(page, R"({"kind":"work_activity","name":"Kuntouttava työtoiminta","years":10})"));
    CHECK(has(ask(house, "POST", "/api/keeping/rules", R"({"rule":"room_words","time":13})", key), "invalid"));
    CHECK(has(ask(house, "POST", "/api/keeping/rules", R"({"rule":"room_words","time":14})", key),
        R"({"rule":"room_words","time":14,)"));
    CHECK(
        has(ask(house, "POST", "/api/keeping/rules", R"({"rule":"day_records","kind":"work_activity","time":12})", key),
            R"({"kind":"work_activity","name":"Kuntouttava työtoiminta","years":12})"));
    CHECK(has(ask(house, "GET", "/api/keeping/next", {}, key), R"({"rule":"room_words","count":0})"));
    CHECK(house.log().find("event=keeping_changed") != std::string::npos);
    house.invite(house.plan_session(), Role::participant, "Saana Saukko");
    const auto found = ask(house, "POST", "/api/keeping/people", R"({"name":"saUKko"})", key);
    CHECK(has(found, R"("name":"Saana Saukko")"));
    CHECK(has(ask(house, "POST", "/api/keeping/people", R"({"name":" "})", key), R"({"people":[]})"));
}
