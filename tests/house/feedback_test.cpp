// The feedback of a day from outside: who may answer, what is kept of it and where, and that nothing ties a person to
// an answer: not the files, not the log, not what anybody is told.

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>

#include "people/feedback.hpp"
#include "support/catch.hpp"
#include "house/house.hpp"
#include "records/sqlite_database.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using protocol::OwnFeedback;
using protocol::PersonId;
using protocol::Role;

namespace {

constexpr auto until_noon = std::chrono::hours{27};

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

/// What stands around a place, within its page: behind a page comes whatever comes.
std::string beside_in_page(const std::string& bytes, std::size_t at, bool is_log) {
    constexpr std::size_t page = 4096;
    const std::size_t head = is_log ? 32 : 0;
    const std::size_t frame = is_log ? page + 24 : page;
    if (at < head) return {};
    const auto begin = head + (at - head) / frame * frame;
    const auto from = std::max(begin, at > 256 ? at - 256 : 0);
    return bytes.substr(from, std::min(begin + frame, at + 256) - from);
}

/// A session that has closed, and so many who were there.
struct Afternoon {
    TestHouse house;
    protocol::SessionId session = house.plan_session();
    Invited olli = house.invite(session, Role::facilitator, "Olli");
    Invited mari = house.invite(session, Role::moderator, "Mari");
    std::vector<Invited> people;
    Invited lumikko = house.invite(session, Role::participant, "Lumikko Lehto");
    Invited pihla = house.invite(session, Role::participant, "Pihla Puu");
    std::string key = house.coordinator_key();
    std::int64_t commands = 0;

    explicit Afternoon(std::size_t count, bool opens = true) {
        for (std::size_t number = 0; number < count; ++number)
            people.push_back(house.invite(session, Role::participant, name_of(number)));
        hold_session(opens);
        // Everybody's line has ended, and the journal has it.
        wait_until([&] { return times("ConnectionLost") == count + 1; });
    }

    void hold_session(bool opens) {
        RoomClient room{house};
        room.come_in(enter(house, olli));
        done(room, protocol::OpenDoors{});
        std::vector<std::unique_ptr<RoomClient>> there;
        for (std::size_t number = 0; number < people.size(); ++number) {
            there.push_back(std::make_unique<RoomClient>(house));
            there.back()->come_in(enter(house, people[number], name_of(number)));
        }
        done(room, protocol::GoLive{});
        done(room, protocol::SetOnPhone{.person = lumikko.person, .on = true, .name = "Lumikko"});
        house.clock.pass(2s);
        done(room, protocol::CloseSession{});
        if (opens) done(room, protocol::OpenFeedback{});
    }

    /// How often the journal of the room says this.
    std::size_t times(const std::string& event) {
        const auto all = journal();
        std::size_t found = 0;
        for (auto at = all.find(event); at != std::string::npos; at = all.find(event, at + 1)) ++found;
        return found;
    }

    static std::string name_of(std::size_t number) { return "Osallistuja " + std::string(number + 1, 'a'); }

    void done(RoomClient& client, protocol::Command command) {
        const auto outcome = client.outcome_of("f" + std::to_string(++commands), std::move(command));
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

    std::string path(const std::string& what) const {
        return "/api/sessions/" + std::to_string(session.value) + "/" + what;
    }
    Reply get(const std::string& path, const std::string& secret) {
        return ask(house, "GET", path, {}, {bearer(secret)});
    }
    Reply post(const std::string& path, const std::string& secret, const std::string& body) {
        return ask(house, "POST", path, body, {bearer(secret)});
    }
    Reply give(const Invited& who, const std::string& words) {
        return post("/api/feedback", who.secret, R"({"felt":"good","heard":"fair","words":")" + words + "\"}");
    }
    Reply note(const std::string& secret, const Invited& whose) {
        return post(path("feedback"), secret,
            R"({"person":)" + std::to_string(whose.person.value) + R"(,"answer":{"felt":"poor"}})");
    }
    OwnFeedback own(const Invited& who) {
        return read<protocol::OwnFeedbackAnswer>(get("/api/feedback", who.secret)).state;
    }
    protocol::FeedbackResultsAnswer results(const std::string& secret) {
        return read<protocol::FeedbackResultsAnswer>(get(path("feedback"), secret));
    }
    std::int64_t count(const std::string& table) {
        return house.store().open_reader()->one<std::int64_t>("SELECT count(*) FROM " + table).value();
    }
    /// The house has closed it, and the room knows.
    void close() {
        house.clock.pass(until_noon);
        house.house->timekeeper().wake();
        wait_until([&] {
            return house.store().open_reader()->has("SELECT 1 FROM feedbacks WHERE is_closed = 1 AND is_told = 1");
        });
    }
    /// All that the steps of the room say.
    std::string journal() {
        std::string all;
        const auto reader = house.store().open_reader();
        auto rows = reader->read("SELECT record FROM steps ORDER BY seq");
        while (rows.next()) all += rows.text(0) + "\n";
        return all;
    }
};

}  // namespace

TEST_CASE("feedback: nobody can be tied to an answer, by what is kept or by what is told") {
    Afternoon day{12};
    const auto notes = day.count("access_notes");
    const auto steps = day.count("steps");
    std::vector<std::string> planted;
    for (std::size_t number = 0; number < day.people.size(); ++number) {
        planted.push_back("Istutettu sana " + std::string(number + 1, 'q') + ".");
        CHECK(day.own(day.people[number]) == OwnFeedback::open);
        REQUIRE(day.give(day.people[number], planted.back()).status == 200);
        CHECK(day.own(day.people[number]) == OwnFeedback::answered);
        // Nothing is written before ten have answered, and then five.
        CHECK(day.count("feedback_answers") == (number < 9 ? 0 : 5));
        CHECK(day.count("feedback_given") == day.count("feedback_answers"));
        CHECK(day.count("feedback_words") == day.count("feedback_answers"));
    }
    // Neither the room nor the log of accesses knows of any of it.
    CHECK(day.count("steps") == steps);
    CHECK(day.count("access_notes") == notes);
    // While it is open nobody is told anything, not even how many.
    for (const auto& secret : {day.olli.secret, day.mari.secret, day.key}) {
        const auto open = day.get(day.path("feedback"), secret);
        CHECK(has(open, R"("stage":"open")"));
        CHECK_FALSE(has(open, "answers"));
        CHECK_FALSE(has(open, "Istutettu"));
        const auto days = day.get("/api/feedback/days", secret);
        CHECK(has(days, R"("stage":"open","words":0)"));
        CHECK_FALSE(has(days, "answers"));
    }

    day.close();
    const auto results = day.results(day.olli.secret);
    CHECK(results.answers == 12);
    CHECK(results.asked == 13);
    CHECK(results.words.size() == 12);
    CHECK(day.count("feedback_given") == 0);
    // In the order of ids that were drawn, and by nothing else.
    CHECK(std::is_sorted(results.words.begin(), results.words.end(),
        [](const auto& one, const auto& other) { return one.id < other.id; }));

    // What anybody is told names no person, and the words come from nowhere else.
    const auto told = day.get(day.path("feedback"), day.key).body;
    for (const auto& words : planted) CHECK(told.find(words) != std::string::npos);
    for (std::size_t number = 0; number < day.people.size(); ++number)
        CHECK(told.find(Afternoon::name_of(number) + "\"") == std::string::npos);
    CHECK(told.find("person") == std::string::npos);
    for (const auto& path : {std::string{"/api/feedback"}, std::string{"/api/look"}}) {
        const auto own = path == "/api/look" ? ask(day.house, "POST", path, secret_body(day.people[0].secret))
                                             : day.get(path, day.people[0].secret);
        CHECK_FALSE(has(own, "Istutettu"));
    }

    // The journal has the two events, and nobody in them but who opened it.
    const auto journal = day.journal();
    CHECK(journal.find("FeedbackOpened") != std::string::npos);
    CHECK(journal.find(R"({"type":"FeedbackClosed","count":12})") != std::string::npos);
    CHECK(journal.find("Istutettu") == std::string::npos);
    CHECK(day.house.log().find("Istutettu") == std::string::npos);
    CHECK(day.house.log().find("/api/feedback") == std::string::npos);

    // The rows of answers and words have no column for a person or a time, and no hidden one that counts.
    const auto reader = day.house.store().open_reader();
    const auto columns = [&](const std::string& table) {
        std::vector<std::string> names;
        auto rows = reader->read("SELECT name FROM pragma_table_info(?) ORDER BY cid", table);
        while (rows.next()) names.push_back(rows.text(0));
        return names;
    };
    CHECK(
        columns("feedback_answers") == std::vector<std::string>{"session", "id", "felt", "heard", "worked", "helped"});
    CHECK(columns("feedback_words") == std::vector<std::string>{"session", "id", "about_staff", "words"});
    for (const auto* table : {"feedback_answers", "feedback_words", "feedback_given"})
        CHECK(reader->has("SELECT 1 FROM pragma_table_list WHERE name = ? AND wr = 1", std::string{table}));

    // Wherever the words stand in the files of the store, they stand in the rows of words: nobody's name, secret or
    // moment is beside them. Their order there is that of the ids, not that in which people answered.
    std::size_t found = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{day.house.folder.path() / "data"}) {
        if (!entry.is_regular_file()) continue;
        const auto bytes = bytes_of(entry.path());
        for (auto at = bytes.find("Istutettu"); at != std::string::npos; at = bytes.find("Istutettu", at + 1)) {
            ++found;
            const auto beside = beside_in_page(bytes, at, entry.path().string().ends_with("-wal"));
            CHECK(beside.find("Osallistuja") == std::string::npos);
            CHECK(beside.find("stamp") == std::string::npos);
            CHECK(beside.find("PersonAdmitted") == std::string::npos);
        }
    }
    CHECK(found >= 12);
}

TEST_CASE("feedback: of four answers nothing is kept, and staff are told no number") {
    Afternoon day{4};
    for (const auto& each : day.people) REQUIRE(day.give(each, "Istutettu").status == 200);
    day.close();
    CHECK(day.count("feedback_answers") == 0);
    const auto results = day.get(day.path("feedback"), day.key);
    CHECK(has(results, R"("stage":"closed")"));
    CHECK_FALSE(has(results, R"("answers")"));
    CHECK(day.journal().find(R"({"type":"FeedbackClosed","count":0})") != std::string::npos);
    for (const auto& entry : std::filesystem::recursive_directory_iterator{day.house.folder.path() / "data"}) {
        if (entry.is_regular_file()) CHECK(bytes_of(entry.path()).find("Istutettu") == std::string::npos);
    }
}

TEST_CASE("feedback: a restart loses what nobody may be known by, and those people may answer again") {
    Afternoon day{12};
    for (std::size_t number = 0; number < 4; ++number) REQUIRE(day.give(day.people[number], "").status == 200);
    day.house.open_anew();
    CHECK(day.count("feedback_answers") == 0);
    CHECK(day.own(day.people[0]) == OwnFeedback::open);
    for (std::size_t number = 0; number < 7; ++number) REQUIRE(day.give(day.people[number], "").status == 200);
    day.house.open_anew();
    // Seven are enough to be written when the server goes down.
    CHECK(day.count("feedback_answers") == 7);
    CHECK(day.own(day.people[0]) == OwnFeedback::answered);
    CHECK(has(day.give(day.people[0], ""), "already_handled"));
    // It goes by its time also where nobody has asked for the room since.
    day.close();
    CHECK(day.results(day.key).answers == 7);
}

TEST_CASE("feedback: who may answer, once and in time, and what cannot be read is refused") {
    Afternoon day{2, false};
    const auto& maija = day.people[0];
    CHECK(day.own(maija) == OwnFeedback::not_open);
    CHECK(has(day.give(maija, ""), "not_now"));
    {
        RoomClient room{day.house};
        room.come_in(enter(day.house, day.olli));
        day.done(room, protocol::OpenFeedback{});
    }
    CHECK(day.own(maija) == OwnFeedback::open);
    CHECK(day.own(day.pihla) == OwnFeedback::not_there);
    CHECK(day.give(day.pihla, "").status == 403);
    const auto post = [&](const std::string& body) { return day.post("/api/feedback", maija.secret, body); };
    CHECK(has(post("{}"), "text_empty"));
    CHECK(has(post(R"({"felt":"so_so"})"), "invalid"));
    CHECK(has(post(R"({"felt":"good","person":3})"), "invalid"));
    CHECK(has(post(R"({"words":")" + std::string(501, 'x') + "\"}"), "text_too_long"));
    CHECK(day.own(maija) == OwnFeedback::open);
    // By the code that is read on the phone too, as long as it lets in.
    CHECK(day.post("/api/feedback", maija.code, R"({"words":"  Hyvä!  "})").status == 200);
    CHECK(has(post(R"({"felt":"good"})"), "already_handled"));
    // The day after, the link is enough, and the code is not.
    day.house.clock.pass(std::chrono::hours{20});
    CHECK(day.own(day.people[1]) == OwnFeedback::open);
    CHECK(day.get("/api/feedback", day.people[1].code).status == 409);
    CHECK(day.give(day.people[1], "").status == 200);
    day.house.clock.pass(std::chrono::hours{7});
    CHECK(day.own(maija) == OwnFeedback::closed);
    CHECK(has(day.give(maija, ""), "over"));
}

TEST_CASE("feedback: once it is closed nobody is asked, though the room does not know yet and the clock was set back") {
    Afternoon day{2};
    REQUIRE(day.own(day.people[1]) == OwnFeedback::open);
    day.house.store().write_and_wait(
        [&](records::Database& database) { people::close_feedback(database, day.session); });
    CHECK(day.own(day.people[1]) == OwnFeedback::closed);
    CHECK(has(day.give(day.people[1], ""), "over"));
}

TEST_CASE("feedback: staff note it for somebody on the phone, and for nobody else") {
    Afternoon day{5};
    CHECK(has(day.note(day.mari.secret, day.people[0]), "not_permitted"));
    CHECK(day.note(day.people[0].secret, day.lumikko).status == 404);
    CHECK(day.note(day.mari.secret, day.lumikko).status == 200);
    CHECK(has(day.note(day.olli.secret, day.lumikko), "already_handled"));
    CHECK(day.own(day.lumikko) == OwnFeedback::answered);
    for (std::size_t number = 0; number < 4; ++number) REQUIRE(day.give(day.people[number], "").status == 200);
    day.close();
    // Mari knows one of the five: of the four others nobody is shown.
    CHECK_FALSE(day.results(day.key).answers);
}

TEST_CASE("feedback: a moderator strikes a name, and it is in no file any more") {
    Afternoon day{5};
    REQUIRE(day.give(day.people[0], "Vihtori soitti ja auttoi.").status == 200);
    REQUIRE(day.post("/api/feedback", day.people[1].secret, R"({"words":"Olli ei kuunnellut.","about_staff":true})")
                .status == 200);
    for (std::size_t number = 2; number < 5; ++number) REQUIRE(day.give(day.people[number], "").status == 200);
    day.close();
    const auto words = day.results(day.mari.secret).words;
    REQUIRE(words.size() == 1);
    CHECK(day.results(day.key).words.size() == 2);
    const auto strike = [&](const std::string& secret, const std::string& piece) {
        return day.post(
            day.path("feedback/strike"), secret, R"({"words":")" + words[0].id + R"(","piece":")" + piece + "\"}");
    };
    CHECK(strike(day.olli.secret, "Vihtori").status == 403);
    CHECK(has(strike(day.mari.secret, "Aino"), "not_found"));
    const auto struck = Afternoon::read<protocol::FeedbackResultsAnswer>(strike(day.mari.secret, "Vihtori"));
    REQUIRE(struck.words.size() == 1);
    CHECK(struck.words[0].parts == std::vector<std::string>{"", " soitti ja auttoi."});
    wait_until([&] {
        std::string all;
        for (const auto& entry : std::filesystem::recursive_directory_iterator{day.house.folder.path() / "data"}) {
            if (entry.is_regular_file()) all += bytes_of(entry.path());
        }
        return all.find("Vihtori") == std::string::npos;
    });
    CHECK(day.house.log().find("Vihtori") == std::string::npos);
}

TEST_CASE("feedback: what changed by it stands at the doors of the series") {
    Afternoon day{1};
    const auto save = [&](const std::string& body) { return day.post(day.path("improvements"), day.key, body); };
    const auto made = save(R"({"text":"Tauko on nyt 20 minuuttia.","days":[)" + std::to_string(day.session.value) +
                           R"(],"state":"draft"})");
    const auto id = Afternoon::read<protocol::ImprovementsAnswer>(made).saved.value();
    const auto look = [&] { return ask(day.house, "POST", "/api/look", secret_body(day.people[0].secret)); };
    CHECK_FALSE(has(look(), "Tauko"));
    const auto shown = R"({"id":)" + std::to_string(id) +
                       R"(,"version":1,"text":"Tauko on nyt 20 minuuttia.","days":[],"state":"shown"})";
    CHECK(save(shown).status == 200);
    CHECK(has(save(shown), "version_conflict"));
    CHECK(has(look(), "Tauko on nyt 20 minuuttia."));
    CHECK(day.get(day.path("improvements"), day.people[0].secret).status == 404);
}
