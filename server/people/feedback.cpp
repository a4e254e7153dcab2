#include "people/feedback.hpp"

#include <algorithm>
#include <array>

#include "text/text.hpp"

namespace etakahvila::people {
namespace {

using protocol::FaceAnswer;
using protocol::FeedbackQuestion;
using protocol::FeedbackStage;

/// One step for each version; a step that has been released is never changed.
constexpr std::array steps{
    R"(
CREATE TABLE feedbacks (
  session INTEGER PRIMARY KEY REFERENCES sessions, closes_at INTEGER NOT NULL, is_closed INTEGER NOT NULL,
  is_told INTEGER NOT NULL) STRICT;
-- Who has answered, while it is open.
CREATE TABLE feedback_given (
  session INTEGER NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (session, person)) STRICT, WITHOUT ROWID;
-- Ids are random. No person, no time, no order.
CREATE TABLE feedback_answers (
  session INTEGER NOT NULL, id BLOB NOT NULL, felt TEXT, heard TEXT, worked TEXT, helped INTEGER NOT NULL,
  PRIMARY KEY (session, id)) STRICT, WITHOUT ROWID;
CREATE TABLE feedback_words (
  session INTEGER NOT NULL, id BLOB NOT NULL, about_staff INTEGER NOT NULL, words TEXT NOT NULL,
  PRIMARY KEY (session, id)) STRICT, WITHOUT ROWID;
)"};

/// In place of what was struck out of words; no text can hold it.
constexpr char struck = '\x1f';

using Id = std::array<unsigned char, 16>;

Id new_id(const RandomBytes& random) {
    Id id{};
    random(std::as_writable_bytes(std::span{id}));
    return id;
}

std::string text_of(const Id& id) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const auto byte : id) {
        text += digits[byte >> 4U];
        text += digits[byte & 0xfU];
    }
    return text;
}

struct WordsRow {
    SessionId session;
    Id id{};
    bool about_staff{};
    std::string words;
};

std::vector<WordsRow> all_words(const records::Database& database) {
    std::vector<WordsRow> all;
    auto rows = database.read("SELECT session, id, about_staff, words FROM feedback_words ORDER BY session, id");
    while (rows.next())
        all.push_back({.session = rows.get<SessionId>(0),
            .id = rows.get<std::optional<Id>>(1).value_or(Id{}),
            .about_staff = rows.get<bool>(2),
            .words = rows.text(3)});
    return all;
}

void add_words(records::Database& database, const WordsRow& row) {
    database.write("INSERT INTO feedback_words VALUES (?, ?, ?, ?)", row.session, row.id,
        static_cast<std::int64_t>(row.about_staff), row.words);
}

/// All rows go and come again: pages would keep what was moved about in them, in the room between their rows.
void put_anew(records::Database& database, const std::vector<WordsRow>& all) {
    records::Unit unit{database};
    database.write("DELETE FROM feedback_words");
    for (const auto& each : all) add_words(database, each);
    unit.keep();
}

struct AnswerRow {
    SessionId session;
    Id id{};
    std::optional<std::string> felt;
    std::optional<std::string> heard;
    std::optional<std::string> worked;
    bool helped{};
};

std::vector<AnswerRow> all_answers(const records::Database& database) {
    std::vector<AnswerRow> all;
    auto rows = database.read(
        "SELECT session, id, felt, heard, worked, helped FROM feedback_answers ORDER BY session, id");
    while (rows.next())
        all.push_back({.session = rows.get<SessionId>(0),
            .id = rows.get<std::optional<Id>>(1).value_or(Id{}),
            .felt = rows.text_or_none(2),
            .heard = rows.text_or_none(3),
            .worked = rows.text_or_none(4),
            .helped = rows.get<bool>(5)});
    return all;
}

void add_answer(records::Database& database, const AnswerRow& row) {
    database.write("INSERT INTO feedback_answers VALUES (?, ?, ?, ?, ?, ?)", row.session, row.id, row.felt, row.heard,
        row.worked, static_cast<std::int64_t>(row.helped));
}

void add_given(records::Database& database, SessionId session, PersonId person) {
    database.write("INSERT INTO feedback_given VALUES (?, ?)", session, person);
}

std::vector<std::string> parts_of(std::string_view words) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0;;) {
        const auto end = words.find(struck, begin);
        parts.emplace_back(words.substr(begin, end == words.npos ? words.npos : end - begin));
        if (end == words.npos) return parts;
        begin = end + 1;
    }
}

// ---- figures

constexpr std::size_t faces = protocol::names_of(FaceAnswer{}).size();
using Counts = std::array<std::int64_t, faces>;

std::int64_t sum(const Counts& counts) {
    std::int64_t all = 0;
    for (const auto count : counts) all += count;
    return all;
}

struct Figures {
    std::int64_t answers{};
    std::array<Counts, protocol::names_of(FeedbackQuestion{}).size()> of_question{};

    void add(std::size_t question, const std::optional<std::string>& face) {
        const auto value = face ? base::value_named<FaceAnswer>(*face) : std::nullopt;
        if (value) ++of_question[question][static_cast<std::size_t>(*value)];
    }
    protocol::FeedbackFigures shown(std::size_t question) const {
        const auto& counts = of_question[question];
        return {.question = static_cast<FeedbackQuestion>(question),
            .answered = sum(counts),
            .counts = {counts.begin(), counts.end()}};
    }
};

constexpr auto enough = static_cast<std::int64_t>(feedback_together_min);

/// Those whom somebody helped, and all others, so that neither can be told from the whole.
void add_helped(protocol::FeedbackResultsAnswer& results, const Figures& helped, const Figures& all) {
    if (helped.answers < enough || all.answers - helped.answers < enough) return;
    protocol::FeedbackGroup group{.answers = helped.answers, .figures = {}};
    for (std::size_t question = 0; question < helped.of_question.size(); ++question) {
        const auto answered = sum(helped.of_question[question]);
        if (answered >= enough && sum(all.of_question[question]) - answered >= enough)
            group.figures.push_back(helped.shown(question));
    }
    results.helped = std::move(group);
}

void add_figures(const records::Database& database, protocol::FeedbackResultsAnswer& results) {
    Figures all;
    Figures helped;
    auto rows = database.read(
        "SELECT felt, heard, worked, helped FROM feedback_answers WHERE session = ?", results.session);
    while (rows.next()) {
        const bool is_helped = rows.get<bool>(3);
        ++all.answers;
        helped.answers += is_helped ? 1 : 0;
        for (int question = 0; question < 3; ++question) {
            const auto face = rows.text_or_none(question);
            all.add(static_cast<std::size_t>(question), face);
            if (is_helped) helped.add(static_cast<std::size_t>(question), face);
        }
    }
    if (all.answers < enough) return;
    results.answers = all.answers;
    for (std::size_t question = 0; question < all.of_question.size(); ++question) {
        if (sum(all.of_question[question]) >= enough) results.figures.push_back(all.shown(question));
    }
    add_helped(results, helped, all);
}

FeedbackStage stage_of(const FeedbackStanding& standing) {
    return standing.is_closed ? FeedbackStage::closed : FeedbackStage::open;
}

}  // namespace

void migrate_feedback(records::Database& database) { bring_forward(database, "feedback", steps); }

std::variant<FeedbackAnswer, RefusalWord> feedback_answer_of(const protocol::FeedbackBody& given) {
    auto words = text::clean_text(given.words.value_or(std::string{}), feedback_code_points_max);
    if (words.fault && words.fault != RefusalWord::text_empty) return *words.fault;
    FeedbackAnswer answer{.felt = given.felt,
        .heard = given.heard,
        .worked = given.worked,
        .words = std::move(words.value),
        .helped = given.helped.value_or(false),
        .about_staff = given.about_staff.value_or(false)};
    const bool is_empty = !answer.felt && !answer.heard && !answer.worked && answer.words.empty();
    if (is_empty) return RefusalWord::text_empty;
    return answer;
}

// ---- how it stands

std::optional<FeedbackStanding> feedback_of(const records::Database& database, SessionId session) {
    auto rows = database.read("SELECT closes_at, is_closed FROM feedbacks WHERE session = ?", session);
    if (!rows.next()) return std::nullopt;
    return FeedbackStanding{.session = session, .closes_at = rows.get<UtcTime>(0), .is_closed = rows.get<bool>(1)};
}

namespace {

std::vector<SessionId> sessions_in(records::Rows rows) {
    std::vector<SessionId> sessions;
    while (rows.next()) sessions.push_back(rows.get<SessionId>(0));
    return sessions;
}

}  // namespace

std::vector<SessionId> feedbacks_to_close(const records::Database& database, UtcTime now) {
    return sessions_in(
        database.read("SELECT session FROM feedbacks WHERE is_closed = 0 AND closes_at <= ? ORDER BY session", now));
}

std::vector<SessionId> feedbacks_to_tell(const records::Database& database) {
    return sessions_in(
        database.read("SELECT session FROM feedbacks WHERE is_closed = 1 AND is_told = 0 ORDER BY session"));
}

void note_feedback_opened(records::Database& database, SessionId session, UtcTime closes_at) {
    database.write(
        "INSERT INTO feedbacks (session, closes_at, is_closed, is_told) VALUES (?, ?, 0, 0)"
        " ON CONFLICT (session) DO NOTHING",
        session, closes_at);
}

void note_feedback_told(records::Database& database, SessionId session) {
    database.write("UPDATE feedbacks SET is_told = 1 WHERE session = ?", session);
}

// ---- the answers

bool has_given_feedback(const records::Database& database, SessionId session, PersonId person) {
    return database.has("SELECT 1 FROM feedback_given WHERE session = ? AND person = ?", session, person);
}

void write_feedback(
    records::Database& database, SessionId session, const FeedbackBatch& batch, const RandomBytes& random) {
    const auto named = [](const std::optional<FaceAnswer>& face) {
        return face ? std::optional<std::string>{base::name_of(*face)} : std::nullopt;
    };
    std::vector<AnswerRow> answers;
    std::vector<WordsRow> words;
    for (const auto& answer : batch.answers) {
        answers.push_back({.session = session,
            .id = new_id(random),
            .felt = named(answer.felt),
            .heard = named(answer.heard),
            .worked = named(answer.worked),
            .helped = answer.helped});
        if (!answer.words.empty())
            words.push_back(
                {.session = session, .id = new_id(random), .about_staff = answer.about_staff, .words = answer.words});
    }
    const auto by_id = [](const auto& one, const auto& other) { return one.id < other.id; };
    std::sort(answers.begin(), answers.end(), by_id);
    std::sort(words.begin(), words.end(), by_id);
    records::Unit unit{database};
    for (const auto person : batch.people) add_given(database, session, person);
    for (const auto& each : answers) add_answer(database, each);
    for (const auto& each : words) add_words(database, each);
    unit.keep();
}

void close_feedback(records::Database& database, SessionId session) {
    std::vector<std::pair<SessionId, PersonId>> others;
    {
        auto rows = database.read("SELECT session, person FROM feedback_given WHERE session <> ?", session);
        while (rows.next()) others.emplace_back(rows.get<SessionId>(0), rows.get<PersonId>(1));
    }
    const auto answers = all_answers(database);
    const auto words = all_words(database);
    // All rows go and come again, as for a strike. Those of one batch lay side by side, its people in one table, its
    // faces and its words in others: now they lie in the order of their ids.
    records::Unit unit{database};
    database.write("UPDATE feedbacks SET is_closed = 1 WHERE session = ?", session);
    for (const auto* table : {"feedback_given", "feedback_answers", "feedback_words"})
        database.write("DELETE FROM " + std::string{table});
    for (const auto& [other, person] : others) add_given(database, other, person);
    for (const auto& each : answers) add_answer(database, each);
    for (const auto& each : words) add_words(database, each);
    unit.keep();
}

std::int64_t feedback_answers(const records::Database& database, SessionId session) {
    return database.one<std::int64_t>("SELECT count(*) FROM feedback_answers WHERE session = ?", session).value_or(0);
}

// ---- what is shown

protocol::FeedbackResultsAnswer feedback_results(
    const records::Database& database, SessionId session, bool is_for_coordinator, UtcTime) {
    protocol::FeedbackResultsAnswer results;
    results.session = session;
    auto about = database.read("SELECT theme, starts_at FROM sessions WHERE id = ?", session);
    if (about.next()) {
        results.theme = about.text(0);
        results.starts_at = about.get<UtcTime>(1);
    }
    const auto standing = feedback_of(database, session);
    if (!standing) return results;
    results.stage = stage_of(*standing);
    results.closes_at = standing->closes_at;
    if (!standing->is_closed) return results;
    add_figures(database, results);
    if (!results.answers) return results;
    for (const auto& row : all_words(database)) {
        if (row.session != session || (row.about_staff && !is_for_coordinator)) continue;
        results.words.push_back({.id = text_of(row.id),
            .parts = parts_of(row.words),
            .about_staff = row.about_staff ? std::optional{true} : std::nullopt});
    }
    return results;
}

std::optional<RefusalWord> strike_feedback(records::Database& database, SessionId session, std::string_view words,
    std::string_view piece, bool is_for_coordinator) {
    const auto wanted = text::clean_text(piece, feedback_code_points_max);
    if (wanted.fault) return wanted.fault;
    const auto standing = feedback_of(database, session);
    auto all = all_words(database);
    const auto row = std::find_if(all.begin(), all.end(), [&](const WordsRow& each) {
        return each.session == session && text_of(each.id) == words && (is_for_coordinator || !each.about_staff);
    });
    if (!standing || !standing->is_closed || row == all.end()) return RefusalWord::not_found;
    auto at = row->words.find(wanted.value);
    if (at == std::string::npos) return RefusalWord::not_found;
    for (; at != std::string::npos; at = row->words.find(wanted.value, at + 1))
        row->words.replace(at, wanted.value.size(), 1, struck);
    put_anew(database, all);
    return std::nullopt;
}

void erase_feedback_words(records::Database& database, SessionId session) {
    auto all = all_words(database);
    std::erase_if(all, [&](const WordsRow& each) { return each.session == session; });
    put_anew(database, all);
}

std::vector<protocol::FeedbackDay> feedback_days(const records::Database& database, bool is_for_coordinator, UtcTime) {
    std::vector<protocol::FeedbackDay> days;
    auto rows = database.read(
        "SELECT f.session, s.theme, e.name, s.starts_at, f.is_closed,"
        " (SELECT count(*) FROM feedback_answers a WHERE a.session = f.session),"
        " (SELECT count(*) FROM feedback_words w WHERE w.session = f.session AND (w.about_staff = 0 OR ? = 1)),"
        " EXISTS (SELECT 1 FROM improvement_days d JOIN improvements i ON i.id = d.improvement"
        " WHERE d.session = f.session AND i.state <> 'draft')"
        " FROM feedbacks f JOIN sessions s ON s.id = f.session JOIN series e ON e.id = s.series"
        " ORDER BY s.starts_at DESC, f.session DESC",
        static_cast<std::int64_t>(is_for_coordinator));
    while (rows.next()) {
        protocol::FeedbackDay day;
        day.session = rows.get<SessionId>(0);
        day.theme = rows.text(1);
        day.series = rows.text(2);
        day.starts_at = rows.get<UtcTime>(3);
        day.stage = rows.get<bool>(4) ? FeedbackStage::closed : FeedbackStage::open;
        day.told = rows.get<bool>(7);
        if (day.stage == FeedbackStage::closed && rows.number(5) >= enough) {
            day.answers = rows.number(5);
            day.words = rows.number(6);
        }
        days.push_back(std::move(day));
    }
    return days;
}

}  // namespace etakahvila::people
