#include "people/feedback.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "people/helpers.hpp"
#include "people/improvements.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila::people;
using namespace etakahvila;
using protocol::FaceAnswer;
using protocol::FeedbackStage;
using protocol::ImprovementState;

namespace {

constexpr UtcTime noon{1'796'378'400'000};

FeedbackAnswer said(std::string words, FaceAnswer felt = FaceAnswer::good) {
    return {.felt = felt, .heard = {}, .worked = {}, .words = std::move(words), .helped = false, .about_staff = false};
}

std::size_t own_in(const FeedbackBatch& batch, std::int64_t first_noted) {
    return static_cast<std::size_t>(std::count_if(
        batch.people.begin(), batch.people.end(), [&](PersonId person) { return person.value < first_noted; }));
}

struct Day {
    Records records;
    records::SqliteDatabase& database = records.database;
    SessionId session = records.plan();
    CountedBytes random;
    std::int64_t last_person = 0;

    Day() { note_feedback_opened(database, session, noon); }

    /// All of them together, and closed.
    protocol::FeedbackResultsAnswer results_of(const std::vector<FeedbackAnswer>& answers, bool coordinator = false) {
        write(answers);
        close_feedback(database, session);
        return results(coordinator);
    }
    void write(const std::vector<FeedbackAnswer>& answers) {
        FeedbackBatch batch{.people = {}, .answers = answers};
        for (std::size_t count = 0; count < answers.size(); ++count) batch.people.emplace_back(++last_person);
        write_feedback(database, session, batch, random.bytes());
    }
    protocol::FeedbackResultsAnswer results(bool coordinator = false) {
        return feedback_results(database, session, coordinator, noon);
    }
};

std::vector<std::string> words_in(const protocol::FeedbackResultsAnswer& results) {
    std::vector<std::string> words;
    for (const auto& each : results.words) {
        std::string text;
        for (const auto& part : each.parts) text += (text.empty() ? "" : "[…]") + part;
        words.push_back(text);
    }
    std::sort(words.begin(), words.end());
    return words;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

}  // namespace

TEST_CASE("feedback: five are written where ten wait, so that what is left can follow") {
    CountedBytes random;
    FeedbackPool pool;
    std::set<PersonId> written;
    for (std::int64_t person = 1; person <= 23; ++person) {
        pool.add(PersonId{person}, said(""), false);
        const auto batch = pool.next(random.bytes());
        REQUIRE(batch.has_value() == (person >= 10 && person % 5 == 0));
        if (!batch) continue;
        CHECK(batch->people.size() == 5);
        CHECK(batch->answers.size() == 5);
        CHECK(std::is_sorted(batch->people.begin(), batch->people.end()));
        written.insert(batch->people.begin(), batch->people.end());
        pool.forget_written();
        for (const auto each : batch->people) CHECK_FALSE(pool.has(each));
    }
    const auto last = pool.last();
    REQUIRE(last);
    CHECK(last->people.size() == 8);
    written.insert(last->people.begin(), last->people.end());
    CHECK(written.size() == 23);
}

TEST_CASE("feedback: a last batch below five is not written") {
    CountedBytes random;
    FeedbackPool pool;
    for (std::int64_t person = 1; person <= 4; ++person) pool.add(PersonId{person}, said(""), false);
    CHECK_FALSE(pool.last());
    pool.add(PersonId{5}, said(""), false);
    CHECK(pool.last()->answers.size() == 5);
}

TEST_CASE("feedback: what staff noted for others counts beside five others, or by itself") {
    CountedBytes random;
    FeedbackPool pool;
    constexpr std::int64_t first_noted = 100;
    for (std::int64_t person = 1; person <= 4; ++person) pool.add(PersonId{person}, said(""), false);
    for (std::int64_t person = first_noted; person < first_noted + 4; ++person)
        pool.add(PersonId{person}, said(""), true);
    CHECK_FALSE(pool.next(random.bytes()));
    CHECK_FALSE(pool.last());
    pool.add(PersonId{first_noted + 4}, said(""), true);
    // Whoever noted them knows them; of the four nobody may be found among the rest.
    const auto noted = pool.last();
    REQUIRE(noted);
    CHECK(noted->people.size() == 5);
    CHECK(own_in(*noted, first_noted) == 0);

    for (std::int64_t person = 5; person <= 10; ++person) pool.add(PersonId{person}, said(""), false);
    const auto batch = pool.next(random.bytes());
    REQUIRE(batch);
    CHECK(batch->people.size() == 10);
    CHECK(own_in(*batch, first_noted) == 5);
    pool.forget_written();
    CHECK(pool.last()->people.size() == 5);
}

TEST_CASE("feedback: what could not be written is given out again") {
    CountedBytes random;
    FeedbackPool pool;
    for (std::int64_t person = 1; person <= 10; ++person) pool.add(PersonId{person}, said(""), false);
    CHECK(pool.next(random.bytes())->people.size() == 5);
    pool.add(PersonId{11}, said(""), false);
    const auto again = pool.next(random.bytes());
    CHECK(again->people.size() == 5);
    pool.forget_written();
    CHECK(pool.last()->people.size() == 6);
}

TEST_CASE("feedback: odd words are taken as they can be, and what says nothing is refused") {
    const auto of = [](protocol::FeedbackBody body) { return feedback_answer_of(body); };
    const auto word = [&](protocol::FeedbackBody body) { return std::get<RefusalWord>(of(std::move(body))); };
    CHECK(word({}) == RefusalWord::text_empty);
    CHECK(word({.words = " \n\u200b ", .helped = true}) == RefusalWord::text_empty);
    CHECK(word({.words = std::string(501, 'x')}) == RefusalWord::text_too_long);
    CHECK(word({.felt = FaceAnswer::bad, .words = "a\u202eb"}) == RefusalWord::text_not_allowed);
    CHECK(std::get<FeedbackAnswer>(of({.words = "  Hyvä teema! \r\n"})).words == "Hyvä teema!");
    CHECK(std::get<FeedbackAnswer>(of({.felt = FaceAnswer::cannot_say, .words = "  "})).words.empty());
    CHECK(std::get<FeedbackAnswer>(of({.words = std::string(500, 'x')})).words.size() == 500);
}

TEST_CASE("feedback: nothing is shown before the close, and nothing of fewer than five") {
    Day day;
    day.write({said("Yksi"), said("Kaksi"), said("Kolme"), said("Neljä"), said("Viisi")});
    CHECK(day.results().stage == FeedbackStage::open);
    CHECK_FALSE(day.results().answers);
    CHECK(day.results().words.empty());
    CHECK(has_given_feedback(day.database, day.session, PersonId{1}));
    close_feedback(day.database, day.session);
    const auto results = day.results();
    CHECK(results.answers == 5);
    CHECK(words_in(results) == std::vector<std::string>{"Kaksi", "Kolme", "Neljä", "Viisi", "Yksi"});
    REQUIRE(results.figures.size() == 1);
    CHECK(results.figures[0].counts == std::vector<std::int64_t>{5, 0, 0, 0, 0});
    // Who has answered is forgotten.
    CHECK(day.records.count("feedback_given") == 0);

    Day other;
    close_feedback(other.database, other.session);
    CHECK(other.results().stage == FeedbackStage::closed);
    CHECK_FALSE(other.results().answers);
}

TEST_CASE("feedback: a question and a group are shown from five on, and so is what is left of the whole") {
    const auto helped = [](std::size_t count, std::size_t of) {
        std::vector<FeedbackAnswer> answers(of, said(""));
        for (std::size_t place = 0; place < count; ++place) answers[place].helped = true;
        for (std::size_t place = 0; place < 4; ++place) answers[place].heard = FaceAnswer::poor;
        return Day{}.results_of(answers);
    };
    CHECK_FALSE(helped(4, 12).helped);
    CHECK_FALSE(helped(5, 9).helped);
    const auto shown = helped(5, 10);
    REQUIRE(shown.helped);
    CHECK(shown.helped->answers == 5);
    CHECK(shown.helped->figures.size() == 1);
    // Four answered the other question.
    CHECK(shown.figures.size() == 1);
}

TEST_CASE("feedback: words about the staff are the coordinator's alone") {
    Day day;
    std::vector<FeedbackAnswer> answers(5, said(""));
    answers[0].words = "Ohjaaja ei kuunnellut.";
    answers[0].about_staff = true;
    answers[1].words = "Hyvä teema!";
    CHECK(words_in(day.results_of(answers)) == std::vector<std::string>{"Hyvä teema!"});
    CHECK(words_in(day.results(true)) == std::vector<std::string>{"Hyvä teema!", "Ohjaaja ei kuunnellut."});
    CHECK(feedback_days(day.database, false, noon).at(0).words == 1);
    CHECK(feedback_days(day.database, true, noon).at(0).words == 2);
    for (const auto& each : day.results(true).words) {
        if (!each.about_staff) continue;
        CHECK(strike_feedback(day.database, day.session, each.id, "Ohjaaja", false) == RefusalWord::not_found);
    }
}

TEST_CASE("feedback: a name that is struck out is in the words no more, nor in the file") {
    testing::TemporaryFolder folder;
    const auto file = folder.path() / "feedback.sqlite";
    records::SqliteDatabase database{file.string()};
    database.script("PRAGMA secure_delete = ON");
    migrate(database);
    const auto draft = draft_of({.series = "Etäkahvila",
        .theme = "Uni",
        .date = "2026-12-03",
        .start = "09:00",
        .end = "13:00",
        .question = {},
        .help_phone = {},
        .settings = {}});
    const auto session = plan_session(database, std::get<SessionDraft>(draft));
    note_feedback_opened(database, session, noon);
    CountedBytes random;
    FeedbackBatch batch;
    // As many as need pages of their own.
    for (std::int64_t person = 1; person <= 60; ++person) {
        batch.people.emplace_back(person);
        batch.answers.push_back(said(person == 30 ? "Ääni pätki, mutta Vihtori soitti. Kiitos Vihtori!"
                                                  : std::string(static_cast<std::size_t>(40 + person * 7), 'a')));
    }
    write_feedback(database, session, batch, random.bytes());
    close_feedback(database, session);
    CHECK(bytes_of(file).find("Vihtori") != std::string::npos);
    for (const auto& each : feedback_results(database, session, false, noon).words) {
        if (each.parts[0].find("pätki") == std::string::npos) continue;
        CHECK(strike_feedback(database, session, each.id, "  ", false) == RefusalWord::text_empty);
        CHECK(strike_feedback(database, session, each.id, "Aino", false) == RefusalWord::not_found);
        CHECK(strike_feedback(database, session, "00", "Vihtori", false) == RefusalWord::not_found);
        CHECK_FALSE(strike_feedback(database, session, each.id, " Vihtori ", false));
        CHECK(strike_feedback(database, session, each.id, "Vihtori", false) == RefusalWord::not_found);
    }
    CHECK(bytes_of(file).find("Vihtori") == std::string::npos);
    const auto results = feedback_results(database, session, false, noon);
    CHECK(results.words.size() == 60);
    const auto struck = std::find_if(
        results.words.begin(), results.words.end(), [](const auto& each) { return each.parts.size() > 1; });
    REQUIRE(struck != results.words.end());
    CHECK(struck->parts == std::vector<std::string>{"Ääni pätki, mutta ", " soitti. Kiitos ", "!"});
}

TEST_CASE("feedback: the file is the same in whatever order people answered, and whoever said what") {
    // Who says which of the words, in the order in which they answer.
    const auto file_of = [](const std::vector<std::int64_t>& order, const std::vector<int>& saying) {
        testing::TemporaryFolder folder;
        const auto file = folder.path() / "feedback.sqlite";
        FeedbackPool pool;
        for (std::size_t place = 0; place < order.size(); ++place)
            pool.add(PersonId{order[place]}, said("Sana " + std::to_string(saying[place])), false);
        {
            records::SqliteDatabase database{file.string()};
            migrate(database);
            // The dice fall alike: what is looked at is what people have to do with it.
            CountedBytes random;
            write_feedback(database, SessionId{1}, *pool.last(), random.bytes());
        }
        return bytes_of(file);
    };
    const auto one = file_of({1, 2, 3, 4, 5}, {1, 2, 3, 4, 5});
    CHECK(one.find("Sana 3") != std::string::npos);
    std::vector<std::int64_t> order{1, 2, 3, 4, 5};
    std::vector<int> saying{5, 4, 3, 2, 1};
    for (int turn = 0; turn < 20; ++turn) {
        std::next_permutation(order.begin(), order.end());
        std::prev_permutation(saying.begin(), saying.end());
        CHECK(one == file_of(order, saying));
    }
}

TEST_CASE("feedback: when it is closed, nothing tells in which batch an answer came") {
    // Ten answers, in one batch or in two.
    const auto files_of = [](std::size_t at_once) {
        testing::TemporaryFolder folder;
        const auto file = folder.path() / "feedback.sqlite";
        const auto bytes = [&] {
            auto all = bytes_of(file);
            // In its head: how often anything was written.
            for (const std::size_t counter : {24U, 92U}) all.replace(counter, 4, 4, '\0');
            return all;
        };
        records::SqliteDatabase database{file.string()};
        database.script("PRAGMA secure_delete = ON");
        migrate(database);
        note_feedback_opened(database, SessionId{1}, noon);
        CountedBytes random;
        for (std::size_t place = 0; place < 10; place += at_once) {
            FeedbackBatch batch;
            for (auto next = place; next < place + at_once; ++next) {
                batch.people.emplace_back(static_cast<std::int64_t>(next) + 1);
                batch.answers.push_back(said("Sana " + std::string(next + 1, 'a')));
            }
            write_feedback(database, SessionId{1}, batch, random.bytes());
        }
        const auto open = bytes();
        close_feedback(database, SessionId{1});
        return std::pair{open, bytes()};
    };
    const auto [open_of_one, one] = files_of(10);
    const auto [open_of_two, two] = files_of(5);
    // That it would be seen.
    REQUIRE((open_of_one != open_of_two));
    CHECK((one == two));
}

TEST_CASE(
    "feedback: when it is closed, who has answered is in the file no longer, and those of another day still are") {
    testing::TemporaryFolder folder;
    const auto file = folder.path() / "feedback.sqlite";
    records::SqliteDatabase database{file.string()};
    database.script("PRAGMA secure_delete = ON");
    migrate(database);
    constexpr SessionId evening{2};
    constexpr SessionId afternoon{3};
    // So large that their bytes are found among all others.
    constexpr std::int64_t first_person = 0x001a2b3c4d5e6f00;
    constexpr std::size_t people_of_each = 400;
    // A row as SQLite keeps it: its session and its person, highest byte first.
    const auto found = [&](SessionId session) {
        const auto bytes = bytes_of(file);
        std::size_t count = 0;
        for (std::size_t place = 0; place < people_of_each; ++place) {
            std::string row(1, static_cast<char>(session.value));
            for (int shift = 56; shift >= 0; shift -= 8)
                row += static_cast<char>((first_person + static_cast<std::int64_t>(place)) >> shift & 0xff);
            count += bytes.find(row) != std::string::npos ? 1 : 0;
        }
        return count;
    };
    for (const auto session : {evening, afternoon}) note_feedback_opened(database, session, noon);
    CountedBytes random;
    // The two days' rows come by turns, and not in the order of the people, so that pages are parted and shared.
    for (std::size_t place = 0; place < people_of_each; place += 5) {
        for (const auto session : {evening, afternoon}) {
            FeedbackBatch batch;
            for (auto next = place; next < place + 5; ++next) {
                batch.people.emplace_back(first_person + static_cast<std::int64_t>(next * 37 % people_of_each));
                batch.answers.push_back(said(""));
            }
            std::sort(batch.people.begin(), batch.people.end());
            write_feedback(database, session, batch, random.bytes());
        }
    }
    REQUIRE(found(evening) == people_of_each);
    close_feedback(database, evening);
    CHECK(found(evening) == 0);
    CHECK(found(afternoon) == people_of_each);
    CHECK(has_given_feedback(database, afternoon, PersonId{first_person}));
    CHECK(feedback_answers(database, evening) == static_cast<std::int64_t>(people_of_each));
    CHECK(feedback_answers(database, afternoon) == static_cast<std::int64_t>(people_of_each));
    close_feedback(database, afternoon);
    CHECK(found(afternoon) == 0);
}

TEST_CASE("improvements: draft, shown, archived, and never back; the second writer is told") {
    Records records;
    auto& database = records.database;
    const auto first = records.plan();
    const auto second = records.plan("2026-12-10");
    const auto save = [&](protocol::ImprovementBody body) { return save_improvement(database, second, body, noon); };
    const auto word = [&](protocol::ImprovementBody body) { return std::get<RefusalWord>(save(std::move(body))); };
    const std::vector<SessionId> days{first};
    CHECK(word({.text = " ", .days = days, .state = ImprovementState::draft}) == RefusalWord::text_empty);
    CHECK(word({.text = std::string(301, 'x'), .days = days, .state = ImprovementState::draft}) ==
          RefusalWord::text_too_long);
    CHECK(word({.text = "a", .days = {SessionId{99}}, .state = ImprovementState::draft}) == RefusalWord::invalid);
    CHECK(word({.id = 7, .version = 1, .text = "a", .days = days, .state = ImprovementState::draft}) ==
          RefusalWord::not_found);
    const auto id = std::get<std::int64_t>(
        save({.text = "Tauko on 20 minuuttia.\n", .days = {first, first}, .state = ImprovementState::draft}));
    CHECK(shown_improvements(database, second).empty());
    const protocol::ImprovementBody shown{
        .id = id, .version = 1, .text = "Tauko on nyt 20 minuuttia.", .days = days, .state = ImprovementState::shown};
    CHECK(std::get<std::int64_t>(save(shown)) == id);
    CHECK(word(shown) == RefusalWord::version_conflict);
    auto back = shown;
    back.version = 2;
    back.state = ImprovementState::draft;
    CHECK(word(back) == RefusalWord::already_handled);
    const auto at_doors = shown_improvements(database, second);
    REQUIRE(at_doors.size() == 1);
    CHECK(at_doors[0].text == "Tauko on nyt 20 minuuttia.");
    CHECK(at_doors[0].days.size() == 1);
    note_feedback_opened(database, first, noon);
    CHECK(feedback_days(database, false, noon).at(0).told);
    auto gone = shown;
    gone.version = 2;
    gone.state = ImprovementState::archived;
    CHECK(std::get<std::int64_t>(save(gone)) == id);
    CHECK(shown_improvements(database, second).empty());
    CHECK(improvements_of(database, first).at(0).version == 3);
}
