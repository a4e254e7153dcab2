// Nobody can be tied to what they said in the feedback or chose in a poll, by anything that is kept or told. A whole
// day is held twice: the same people say and choose the same things, each time other people other ones, and answer in
// another order. What every file holds is searched by bytes; what every table holds, and every answer to everyone, is
// the same both times.

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <memory>
#include <numeric>
#include <sstream>

#include "api/api.hpp"
#include "support/catch.hpp"
#include "house/house.hpp"
#include "records/sqlite_database.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using namespace std::string_literals;
using protocol::PersonId;
using protocol::Role;
using protocol::StaffRole;

namespace {

constexpr auto until_noon = std::chrono::hours{27};
constexpr std::size_t people_count = 12;
/// So large that people's bytes are found among all others, and not larger than a number of JSON may be.
constexpr std::int64_t first_person = 0x001a2b3c4d5e6f00;
/// What the numbers of all people begin with.
const std::string any_person = std::to_string(first_person).substr(0, 13);

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

/// As SQLite keeps a number of this size: the highest byte first.
std::string bytes_of(PersonId person) {
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(person.value >> shift & 0xff);
    return bytes;
}

/// Whether a row of the ballots is there: the person, the number of the poll, a mark for each option that there may be.
bool has_ballot(const std::string& bytes, PersonId person) {
    const auto wanted = bytes_of(person);
    for (auto at = bytes.find(wanted); at != std::string::npos; at = bytes.find(wanted, at + 1)) {
        for (std::size_t poll_bytes = 0; poll_bytes <= 2; ++poll_bytes) {
            const auto marks = bytes.substr(at + wanted.size() + poll_bytes, 8);
            if (marks.size() == 8 && marks.find_first_not_of("x.") == std::string::npos) return true;
        }
    }
    return false;
}

/// How often there is a row of two columns, 1 and the person: that they have answered the first session's feedback. One
/// such is in the index of the days of whoever was there.
std::size_t rows_of(const std::string& bytes, PersonId person) {
    const auto wanted = "\x03\x09\x06" + bytes_of(person);
    std::size_t count = 0;
    for (auto at = bytes.find(wanted); at != std::string::npos; at = bytes.find(wanted, at + 1)) ++count;
    return count;
}
/// No other than of the days.
bool is_as_if_nobody_had(const std::string& bytes, PersonId person) { return rows_of(bytes, person) == 1; }

/// Without what is drawn by lot: secrets, the port, ids of words, and with these the order of the words.
std::string without_lots(const std::string& text, const std::string& port) {
    const auto is_of_secret = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
    };
    std::string all;
    for (std::size_t at = 0; at < text.size();) {
        constexpr std::string_view parts = R"("parts":[)";
        if (text.compare(at, parts.size(), parts) == 0) {
            all += R"("parts":[)";
            at = text.find(']', at);
            continue;
        }
        if (text.compare(at, port.size(), port) == 0) {
            all += ":port";
            at += port.size();
            continue;
        }
        auto end = at;
        while (end < text.size() && is_of_secret(text[end])) ++end;
        if (end - at >= 20)
            all += '#';
        else
            all += text.substr(at, std::max<std::size_t>(end - at, 1));
        at = std::max(end, at + 1);
    }
    return all;
}

std::string words_of(std::size_t answer) { return "Istutettu " + std::string(answer + 1, 'q') + "."; }

std::string body_of(std::size_t answer) {
    static constexpr std::array faces{"good", "fair", "poor", "bad"};
    return R"({"felt":")"s + faces.at(answer % 4) + R"(","heard":")" + faces.at(answer / 4) + R"(","words":")" +
           words_of(answer) + "\"}";
}

/// Who chooses and says what, and who answers when.
struct Plan {
    std::size_t first_choice{};
    std::array<std::size_t, people_count> order{};
    std::array<std::size_t, people_count> says{};
};

/// What is left of a day, for everyone and on the disk.
struct Left {
    std::map<std::string, std::string> told;
    std::map<std::string, std::vector<std::string>> rows;
};

class Day {
public:
    Day() {
        house.store().write_and_wait([](records::Database& database) {
            database.write("INSERT INTO people (id, is_client, name, name_key) VALUES (?, 0, 'Joku', 'joku')",
                PersonId{first_person});
        });
        session = house.plan_session();
        olli = house.invite(session, Role::facilitator, "Olli");
        mari = house.invite(session, Role::moderator, "Mari");
        for (std::size_t number = 0; number < people_count; ++number)
            people.push_back(house.invite(session, Role::participant, name_of(number)));
        house.store().write_and_wait([](records::Database& database) {
            database.write("UPDATE people SET supervisor = 'Soile Sopanen' WHERE is_client = 1");
        });
        key = house.coordinator_key();
        house.add_account("Fanni", {{.role = StaffRole::facilitator, .series = "Syksy"}});
        house.add_account("Moona", {{.role = StaffRole::moderator, .series = {}}});
        house.add_account("Kaarina", {{.role = StaffRole::coordinator, .series = {}}});
        house.add_account("Soile", {{.role = StaffRole::supervisor, .series = {}}}, {"Soile Sopanen"});
    }

    static std::string name_of(std::size_t number) { return "Osallistuja " + std::string(number + 1, 'a'); }

    void done(RoomClient& client, protocol::Command command) { outcome(client, std::move(command)); }
    protocol::Outcome outcome(RoomClient& client, protocol::Command command) {
        auto outcome = client.outcome_of("a" + std::to_string(++commands_), std::move(command));
        INFO((outcome.refusal ? base::name_of(outcome.refusal->word) : ""));
        REQUIRE_FALSE(outcome.refusal);
        return outcome;
    }

    /// All but what keeps room on the disk. How readers find their way in the log is of each moment.
    std::map<std::string, std::string> files(bool with_way = true) const {
        std::map<std::string, std::string> all;
        for (const auto& entry : std::filesystem::recursive_directory_iterator{house.folder.path() / "data"}) {
            const auto name = entry.path().filename().string();
            if (!entry.is_regular_file() || name.ends_with(".reserve")) continue;
            if (with_way || !name.ends_with("-shm")) all[name] = bytes_of(entry.path());
        }
        return all;
    }
    std::string all_bytes() const {
        std::string all;
        for (const auto& [name, bytes] : files()) all += bytes;
        return all;
    }
    template <class Has>
    std::size_t of_people(const std::string& bytes, const Has& has) const {
        return static_cast<std::size_t>(
            std::count_if(people.begin(), people.end(), [&](const Invited& each) { return has(bytes, each.person); }));
    }

    /// How often the journal of the room says this.
    std::size_t times(const std::string& event) const {
        std::size_t count = 0;
        const auto reader = house.store().open_reader();
        auto rows = reader->read("SELECT record FROM steps");
        while (rows.next()) {
            const auto record = rows.text(0);
            for (auto at = record.find(event); at != std::string::npos; at = record.find(event, at + 1)) ++count;
        }
        return count;
    }
    /// One after the other, so that each is a step of its own.
    void leave(std::unique_ptr<RoomClient> client) const {
        const auto before = times("ConnectionLost");
        client.reset();
        wait_until([&] { return times("ConnectionLost") > before; });
    }

    /// What was under way is over.
    void settle() {
        const auto turn = [&] {
            const auto seen = house.metrics().sweeps + 3;
            wait_until([&] { return house.metrics().sweeps > seen; });
            house.store().write_and_wait([](records::Database&) {});
            return files(false);
        };
        auto before = turn();
        wait_until([&] { return std::exchange(before, turn()) == before; });
    }

    /// The rows of every table, in the order of what they say. Of what is drawn by lot there is a mark.
    std::map<std::string, std::vector<std::string>> rows() const {
        const auto reader = house.store().open_reader();
        const auto texts = [&](const std::string& sql) {
            std::vector<std::string> all;
            auto found = reader->read(sql);
            while (found.next()) all.push_back(found.text(0));
            return all;
        };
        std::map<std::string, std::vector<std::string>> all;
        for (const auto& table : texts("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
            if (table == "rooms") continue;
            std::string columns;
            for (const auto& column : texts("SELECT name FROM pragma_table_info('" + table + "')")) {
                columns += columns.empty() ? "" : " || '|' || ";
                columns += "CASE typeof(\"" + column + "\") WHEN 'blob' THEN '#' ELSE quote(\"" + column + "\") END";
            }
            auto found = texts("SELECT " + columns + " FROM \"" + table + "\"");
            std::sort(found.begin(), found.end());
            all[table] = std::move(found);
        }
        return all;
    }

    Reply give(const Invited& who, const std::string& body) {
        return ask(house, "POST", "/api/feedback", body, {bearer(who.secret)});
    }

    /// Whatever anybody may ask for, as each of them asks.
    void ask_all(const std::string& when, Left& left) {
        std::vector<std::pair<std::string, std::vector<std::string>>> all{{"nobody", {}},
            {"participant", {bearer(people[0].secret)}}, {"another", {bearer(people[7].secret)}},
            {"by code", {bearer(people[3].code)}}, {"facilitator's link", {bearer(olli.secret)}},
            {"moderator's link", {bearer(mari.secret)}}, {"coordinator's key", {bearer(key)}}};
        for (const auto* name : {"Fanni", "Moona", "Kaarina", "Soile"})
            all.emplace_back(name, sign_in(house, name).fields(house));
        std::size_t shown = 0;
        const auto port = ":" + std::to_string(house.port());
        for (const auto& [name, fields] : all) {
            auto client = std::make_unique<RawClient>(house);
            for (const auto& route : api::Api::routes()) {
                // In a sheet is the moment in which it was made; the lists beside it say the same.
                if (route.method != protocol::Route::Method::get || route.path.ends_with(".xlsx")) continue;
                for (const std::string query : {"", "?assignment=1", "?photo=1"}) {
                    if (!query.empty() && route.path.find("work") == std::string_view::npos) continue;
                    const auto path = path_of(route) + query;
                    auto reply = ask(*client, "GET", path, {}, fields);
                    if (reply.status == 0) {
                        client = std::make_unique<RawClient>(house);
                        reply = ask(*client, "GET", path, {}, fields);
                    }
                    INFO(when << ", " << name << ": " << path << " " << reply.status);
                    REQUIRE(reply.status != 0);
                    left.told[when + ", " + name + ": " + path] = std::to_string(reply.status) + " " +
                                                                  std::to_string(reply.body.size()) + " " +
                                                                  reply.field("ETag") + without_lots(reply.body, port);
                    if (reply.body.find("Istutettu") == std::string::npos) continue;
                    ++shown;
                    CHECK(path.starts_with("/api/sessions/1/feedback"));
                    CHECK(reply.body.find(any_person) == std::string::npos);
                    CHECK(reply.body.find("Osallistuja") == std::string::npos);
                }
            }
        }
        // That something is asked for that has them.
        CHECK((shown > 0) == (when == "closed"));
        const auto looked = ask(house, "POST", "/api/look", secret_body(people[0].secret));
        left.told[when + ", look"] = without_lots(looked.body, port);
        CHECK(looked.body.find("Istutettu") == std::string::npos);
    }
    static std::string path_of(const protocol::Route& route) {
        std::string path{route.path};
        const auto put = [&](const std::string& what, const std::string& number) {
            if (const auto at = path.find("/" + what); at != std::string::npos)
                path.replace(at + 1, what.size(), number);
        };
        put("ID", "1");
        put("PERSON", std::to_string(first_person + 3));
        for (const auto* what : {"ACCOUNT", "SERIES", "PERIOD"}) put(what, "1");
        return path;
    }

    TestHouse house;
    protocol::SessionId session;
    Invited olli;
    Invited mari;
    std::vector<Invited> people;
    std::string key;

private:
    std::int64_t commands_ = 0;
};

using There = std::vector<std::unique_ptr<RoomClient>>;

/// A poll that is open, closed and shown: after its close no file has a row of who has chosen what.
void hold_poll(Day& day, RoomClient& room, There& there, const Plan& plan, Left& left) {
    const protocol::PollId poll{
        day.outcome(room, protocol::MakePoll{.question = "Tauko?", .options = {"Kyllä", "Ei", "Ehkä"}, .open = true})
            .seq};
    for (std::size_t place = 0; place < people_count; ++place) {
        const auto option = static_cast<std::int64_t>((place + plan.first_choice) % 3);
        day.done(*there[place], protocol::AnswerPoll{.poll = poll, .options = {option}});
    }
    // That they would be found.
    REQUIRE(day.of_people(day.all_bytes(), has_ballot) == people_count);
    day.ask_all("a poll is open", left);
    day.done(room, protocol::ClosePoll{poll});
    day.done(room, protocol::ShowPoll{.poll = poll, .why = {}});
    wait_until([&] { return day.of_people(day.all_bytes(), has_ballot) == 0; });
    // What somebody is told who comes now: of the staff, and one of those who have chosen, on another device.
    for (const auto* who : {&day.mari, &day.people[0]}) {
        auto late = std::make_unique<RoomClient>(day.house);
        late->come_in(enter(day.house, *who));
        const auto snapshot = base::json::to_text(late->expect<protocol::Batch>());
        day.leave(std::move(late));
        CHECK(snapshot.find(R"("counts":[4,4,4])") != std::string::npos);
        left.told["in the room: " + std::to_string(who->person.value)] = snapshot;
    }
}

/// Of nine answers nothing is kept anywhere; then five are, and they change nothing else.
void give_feedback(Day& day, const Plan& plan) {
    day.settle();
    const auto files = day.files(false);
    const auto before = day.all_bytes();
    const auto rows = day.rows();
    const auto log_before = day.house.log().size();
    for (std::size_t turn = 0; turn < people_count; ++turn) {
        const auto place = plan.order.at(turn);
        const auto& who = day.people[place];
        REQUIRE(day.give(who, body_of(plan.says.at(place))).status == 200);
        if (turn == 8) {
            day.settle();
            CHECK((day.files(false) == files));
        }
    }
    day.settle();
    auto after = day.rows();
    for (const auto* table : {"feedback_given", "feedback_answers", "feedback_words"}) {
        CHECK(after[table].size() == 5);
        after[table] = rows.at(table);
    }
    CHECK(after == rows);
    // That they would be found.
    REQUIRE(day.of_people(before, is_as_if_nobody_had) == people_count);
    REQUIRE(day.of_people(day.all_bytes(), is_as_if_nobody_had) == people_count - 5);
    const auto logged = day.house.log().substr(log_before);
    CHECK(logged.find("feedback") == std::string::npos);
    CHECK(logged.find("/api") == std::string::npos);
}

/// Searches the files of the store, and a copy of the database as a backup is.
void search_files(const Day& day, const std::vector<protocol::FeedbackWords>& in_order) {
    const auto copy = day.house.folder.path() / "copy.sqlite";
    records::SqliteDatabase{
        (day.house.folder.path() / "data/etakahvila.sqlite").string(), records::SqliteDatabase::Access::read}
        .script("VACUUM INTO '" + copy.string() + "'");
    for (const auto& bytes : {day.all_bytes(), bytes_of(copy)}) {
        CHECK(day.of_people(bytes, is_as_if_nobody_had) == people_count);
        CHECK(day.of_people(bytes, has_ballot) == 0);
        // Each once: in no log, no page that was let go, no room between rows. They lie in the order of their ids,
        // whoever said them when.
        std::vector<std::size_t> places;
        for (const auto& words : in_order) {
            REQUIRE(words.parts.size() == 1);
            const auto at = bytes.find(words.parts[0]);
            REQUIRE(at != std::string::npos);
            CHECK(bytes.find(words.parts[0], at + 1) == std::string::npos);
            places.push_back(at);
        }
        const bool is_in_order = std::is_sorted(places.begin(), places.end()) ||
                                 std::is_sorted(places.rbegin(), places.rend());
        CHECK(is_in_order);
    }
}

Left day_of(const Plan& plan) {
    Day day;
    REQUIRE(day.session.value == 1);
    REQUIRE(day.people[0].person.value == first_person + 3);
    Left left;
    {
        auto room = std::make_unique<RoomClient>(day.house);
        room->come_in(enter(day.house, day.olli));
        day.done(*room, protocol::OpenDoors{});
        There there;
        for (std::size_t number = 0; number < people_count; ++number) {
            there.push_back(std::make_unique<RoomClient>(day.house));
            there.back()->come_in(enter(day.house, day.people[number], Day::name_of(number)));
        }
        day.done(*room, protocol::GoLive{});
        hold_poll(day, *room, there, plan, left);
        // What the room does of itself meanwhile comes before what follows.
        const auto shown = day.times("LinesShown");
        day.house.clock.pass(2s);
        wait_until([&] { return day.times("LinesShown") > shown; });
        day.done(*room, protocol::CloseSession{});
        day.done(*room, protocol::OpenFeedback{});
        give_feedback(day, plan);
        day.ask_all("open", left);
        for (auto& client : there) day.leave(std::move(client));
        day.leave(std::move(room));
    }
    day.house.clock.pass(until_noon);
    day.house.house->timekeeper().wake();
    wait_until([&] {
        return day.house.store().open_reader()->has("SELECT 1 FROM feedbacks WHERE is_closed = 1 AND is_told = 1");
    });
    wait_until([&] { return day.of_people(day.all_bytes(), is_as_if_nobody_had) == people_count; });
    day.ask_all("closed", left);
    day.settle();
    left.rows = day.rows();

    const auto reply = ask(day.house, "GET", "/api/sessions/1/feedback", {}, {bearer(day.key)});
    simdjson::dom::parser parser;
    const auto results = std::get<protocol::FeedbackResultsAnswer>(
        base::json::from_text<protocol::FeedbackResultsAnswer>(parser, reply.body));
    CHECK(results.answers == static_cast<std::int64_t>(people_count));
    REQUIRE(results.words.size() == people_count);
    search_files(day, results.words);
    const auto log = day.house.log();
    for (const auto& part : {"Istutettu"s, any_person, "Osallistuja"s}) CHECK(log.find(part) == std::string::npos);
    const auto metrics = day.house.metrics().to_text();
    for (const auto& part : {"feedback"s, any_person}) CHECK(metrics.find(part) == std::string::npos);
    return left;
}

}  // namespace

TEST_CASE("anonymity: what is kept and what everyone is told is the same whoever said and chose what") {
    Plan plan;
    std::iota(plan.order.begin(), plan.order.end(), 0U);
    std::iota(plan.says.begin(), plan.says.end(), 0U);
    const auto one = day_of(plan);
    plan.first_choice = 1;
    std::reverse(plan.order.begin(), plan.order.end());
    std::rotate(plan.says.begin(), plan.says.begin() + 5, plan.says.end());
    const auto other = day_of(plan);

    REQUIRE(one.told.size() == other.told.size());
    CHECK(one.told.size() > 500);
    for (const auto& [what, told] : one.told) {
        INFO(what);
        CHECK(told == other.told.at(what));
    }
    REQUIRE(one.rows.size() == other.rows.size());
    for (const auto& [table, rows] : one.rows) {
        INFO(table);
        CHECK(rows == other.rows.at(table));
    }
}
