#include "people/work.hpp"

#include <algorithm>
#include <array>

#include "base/enum_names.hpp"
#include "people/matching.hpp"
#include "people/photos.hpp"
#include "text/text.hpp"

namespace etakahvila::people {
namespace {

using protocol::AssignmentState;
using protocol::OwnWork;
using protocol::Sharing;
using protocol::WorkSource;
using protocol::WorkState;
using protocol::WorkWay;

/// One step for each version; a step that has been released is never changed.
constexpr std::array steps{
    R"(
-- Texts of one kind stand in one column, each behind the other with a sign between them that no text can hold.
CREATE TABLE assignments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL REFERENCES sessions, item INTEGER,
  version INTEGER NOT NULL, minutes INTEGER NOT NULL, ways TEXT NOT NULL, is_choice INTEGER NOT NULL,
  second_look INTEGER NOT NULL, opened_at INTEGER, due INTEGER, closed_at INTEGER) STRICT;
CREATE INDEX assignments_by_session ON assignments (session);
CREATE TABLE assignment_words (
  assignment INTEGER NOT NULL REFERENCES assignments, version INTEGER NOT NULL, title TEXT NOT NULL,
  words TEXT NOT NULL, questions TEXT NOT NULL, hint TEXT,
  PRIMARY KEY (assignment, version)) STRICT, WITHOUT ROWID;

-- One row is one person's work on one assignment: how it stands (the room has the same), the author's words, and the
-- answer as far as it is written.
CREATE TABLE submissions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, assignment INTEGER NOT NULL REFERENCES assignments,
  person INTEGER NOT NULL REFERENCES people,
  state TEXT NOT NULL, version INTEGER NOT NULL, source TEXT NOT NULL, late INTEGER NOT NULL, returned_at INTEGER,
  claimed_by INTEGER, claimed_until INTEGER, sent_at INTEGER, left_at INTEGER, wants_call INTEGER,
  answers_by_phone INTEGER, read_at INTEGER,
  words TEXT NOT NULL, words_version INTEGER NOT NULL, saved_at INTEGER NOT NULL, assignment_version INTEGER NOT NULL,
  sharing TEXT NOT NULL, shared_at INTEGER, call_back TEXT, worry_done TEXT, thanks TEXT, thanks_at INTEGER,
  answer TEXT NOT NULL, answer_version INTEGER NOT NULL, answer_by INTEGER, answer_saved_at INTEGER,
  looked_at_by INTEGER, UNIQUE (assignment, person)) STRICT;
CREATE INDEX submissions_by_person ON submissions (person);
-- What another device, or another of the staff, wrote meanwhile.
CREATE TABLE other_words (
  id INTEGER PRIMARY KEY AUTOINCREMENT, submission INTEGER NOT NULL REFERENCES submissions,
  is_answer INTEGER NOT NULL CHECK (is_answer IN (0, 1)), words TEXT NOT NULL, saved_at INTEGER NOT NULL) STRICT;
CREATE INDEX other_words_by_submission ON other_words (submission);
CREATE TABLE sent_answers (
  submission INTEGER NOT NULL REFERENCES submissions, sent_at INTEGER NOT NULL, words TEXT NOT NULL,
  by_person INTEGER NOT NULL, PRIMARY KEY (submission, sent_at)) STRICT, WITHOUT ROWID;

CREATE TABLE openings (
  series INTEGER NOT NULL REFERENCES series, place INTEGER NOT NULL, words TEXT NOT NULL,
  PRIMARY KEY (series, place)) STRICT, WITHOUT ROWID;
)",
    R"(
-- A picture of our own making (media), which goes with its submission, whatever deletes that.
CREATE TABLE photos (
  id INTEGER PRIMARY KEY AUTOINCREMENT, submission INTEGER NOT NULL REFERENCES submissions ON DELETE CASCADE,
  description TEXT NOT NULL, added_at INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE INDEX photos_by_submission ON photos (submission);
)"};

// ---- several texts in one column

constexpr char between = '\x1f';

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (std::size_t index = 0; index < texts.size(); ++index) {
        if (index > 0) all += between;
        all += texts[index];
    }
    return all;
}

/// None is no text, and never one empty one.
std::vector<std::string> parted(std::string_view all) {
    std::vector<std::string> texts;
    if (all.empty()) return texts;
    std::size_t begin = 0;
    while (true) {
        const auto end = all.find(between, begin);
        texts.emplace_back(all.substr(begin, end == all.npos ? all.npos : end - begin));
        if (end == all.npos) return texts;
        begin = end + 1;
    }
}

std::string ways_text(const std::vector<WorkWay>& ways) {
    std::vector<std::string> names;
    for (const auto way : ways) names.emplace_back(base::name_of(way));
    return joined(names);
}

std::vector<WorkWay> ways_in(std::string_view text) {
    std::vector<WorkWay> ways;
    for (const auto& name : parted(text)) {
        if (const auto way = base::value_named<WorkWay>(name)) ways.push_back(*way);
    }
    return ways;
}

// ---- words

using Fields = std::vector<std::string>;

bool is_empty(const Fields& fields) {
    return std::all_of(fields.begin(), fields.end(), [](const std::string& field) { return field.empty(); });
}

struct CleanFields {
    Fields fields;
    std::optional<RefusalWord> fault;
};

/// A draft is kept as it can be, what is returned is cleaned as a message is, and has something in it. As many as there
/// are questions.
CleanFields clean_fields(const Fields& given, std::size_t questions, bool is_draft, bool has_photos = false) {
    CleanFields clean;
    const auto wanted = std::max<std::size_t>(1, questions);
    std::size_t points = 0;
    for (const auto& field : given) {
        auto text = is_draft ? text::CleanText{text::clean_or_cut(field, work_code_points_max), {}}
                             : text::clean_text(field, work_code_points_max);
        if (text.fault && *text.fault != RefusalWord::text_empty) return {{}, text.fault};
        points += text::code_points(text.value);
        clean.fields.push_back(std::move(text.value));
    }
    while (clean.fields.size() > wanted && clean.fields.back().empty()) clean.fields.pop_back();
    if (clean.fields.size() > wanted) return {{}, RefusalWord::invalid};
    clean.fields.resize(wanted);
    if (points > work_code_points_max) return {{}, RefusalWord::text_too_long};
    if (!is_draft && !has_photos && is_empty(clean.fields)) return {{}, RefusalWord::text_empty};
    return clean;
}

/// Texts that stay beside the one that is kept. The same again is one.
void keep_other(records::Database& database, SubmissionId work, bool is_answer, const std::string& words, UtcTime now) {
    if (words.empty()) return;
    if (database.has(
            "SELECT 1 FROM other_words WHERE submission = ? AND is_answer = ? AND words = ?", work, is_answer, words))
        return;
    const auto count = database.one<std::int64_t>(
        "SELECT count(*) FROM other_words WHERE submission = ? AND is_answer = ?", work, is_answer);
    if (count.value_or(0) >= other_words_max)
        database.write(
            "DELETE FROM other_words WHERE id = (SELECT max(id) FROM other_words WHERE submission = ? AND "
            "is_answer = ?)",
            work, is_answer);
    database.write("INSERT INTO other_words (submission, is_answer, words, saved_at) VALUES (?, ?, ?, ?)", work,
        is_answer, words, now);
}

/// The one that has been shown: the oldest.
void settle_other(records::Database& database, SubmissionId work, bool is_answer) {
    database.write(
        "DELETE FROM other_words WHERE id = (SELECT min(id) FROM other_words WHERE submission = ? AND "
        "is_answer = ?)",
        work, is_answer);
}

struct Other {
    std::string words;
    UtcTime saved_at;
};
std::optional<Other> other_of(const records::Database& database, SubmissionId work, bool is_answer) {
    auto row = database.read(
        "SELECT words, saved_at FROM other_words WHERE submission = ? AND is_answer = ? ORDER BY id LIMIT 1", work,
        is_answer);
    if (!row.next()) return std::nullopt;
    return Other{.words = row.text(0), .saved_at = row.get<UtcTime>(1)};
}

// ---- rows

constexpr const char* assignment_sql =
    "SELECT a.id, a.session, a.item, a.version, a.minutes, w.title, w.words, w.questions, w.hint, a.ways, a.is_choice, "
    "a.second_look, a.opened_at, a.due, a.closed_at, w.version"
    " FROM assignments a JOIN assignment_words w ON w.assignment = a.id AND w.version = ";

AssignmentRecord assignment_in(const records::Rows& row) {
    return {.id = row.get<AssignmentId>(0),
        .session = row.get<SessionId>(1),
        .item = row.get<std::optional<protocol::AgendaItemId>>(2),
        .version = row.number(15),
        .minutes = row.number(4),
        .title = row.text(5),
        .text = row.text(6),
        .questions = parted(row.view(7)),
        .hint = row.text_or_none(8),
        .ways = ways_in(row.view(9)),
        .is_choice = row.get<bool>(10),
        .second_look = row.get<bool>(11),
        .opened_at = row.get<std::optional<UtcTime>>(12),
        .due = row.get<std::optional<UtcTime>>(13),
        .closed_at = row.get<std::optional<UtcTime>>(14)};
}

constexpr const char* standing_columns =
    "s.id, s.assignment, s.person, s.state, s.version, s.source, s.late, s.returned_at, s.claimed_by, s.claimed_until, "
    "s.sent_at, s.left_at, s.wants_call, s.answers_by_phone";

std::optional<bool> flag(const records::Rows& row, int column) {
    return row.number(column) != 0 ? std::optional{true} : std::nullopt;
}

WorkStanding standing_in(const records::Rows& row) {
    return {.noted = {.id = row.get<SubmissionId>(0),
                .assignment = row.get<AssignmentId>(1),
                .person = row.get<PersonId>(2),
                .state = row.get<std::optional<WorkState>>(3).value_or(WorkState::draft),
                .version = row.number(4),
                .source = row.get<std::optional<WorkSource>>(5).value_or(WorkSource::own),
                .late = row.get<bool>(6),
                .returned_at = row.get<std::optional<UtcTime>>(7),
                .claimed_by = row.get<std::optional<PersonId>>(8),
                .claimed_until = row.get<std::optional<UtcTime>>(9),
                .sent_at = row.get<std::optional<UtcTime>>(10),
                .wants_call = flag(row, 12),
                .answers_by_phone = flag(row, 13)},
        .left_at = row.get<std::optional<UtcTime>>(11)};
}

/// What there is beside how it stands.
struct WorkWords {
    WorkStanding standing;
    std::string words;
    std::int64_t words_version{};
    UtcTime saved_at;
    std::int64_t assignment_version{};
    Sharing sharing{};
    std::optional<UtcTime> shared_at;
    std::optional<std::string> call_back;
    std::optional<std::string> worry_done;
    std::optional<std::string> thanks;
    std::optional<UtcTime> read_at;
    std::string answer;
    std::int64_t answer_version{};
    std::optional<PersonId> answer_by;
    std::optional<UtcTime> answer_saved_at;
    std::optional<PersonId> looked_at_by;

    SubmissionId id() const { return standing.noted.id; }
    bool is_draft() const { return standing.noted.state == WorkState::draft; }
    bool is_claimed(UtcTime now) const {
        const auto& noted = standing.noted;
        return noted.claimed_by && !(noted.claimed_until && now >= *noted.claimed_until);
    }
    /// What has left by its own event has left, wherever the wall's clock has been set since.
    bool is_leaving(UtcTime now) const {
        const auto& noted = standing.noted;
        return noted.state == WorkState::sent && noted.sent_at && noted.sent_at != standing.left_at &&
               now < *noted.sent_at;
    }
};

const std::string& words_sql() {
    static const auto sql = std::string{"SELECT "} + standing_columns +
                            ", s.words, s.words_version, s.saved_at, s.assignment_version, s.sharing, s.shared_at, "
                            "s.call_back, s.worry_done, s.thanks, s.read_at, s.answer, s.answer_version, s.answer_by, "
                            "s.answer_saved_at, s.looked_at_by FROM submissions s ";
    return sql;
}

WorkWords words_in(const records::Rows& row) {
    return {.standing = standing_in(row),
        .words = row.text(14),
        .words_version = row.number(15),
        .saved_at = row.get<UtcTime>(16),
        .assignment_version = row.number(17),
        .sharing = row.get<std::optional<Sharing>>(18).value_or(Sharing::no),
        .shared_at = row.get<std::optional<UtcTime>>(19),
        .call_back = row.text_or_none(20),
        .worry_done = row.text_or_none(21),
        .thanks = row.text_or_none(22),
        .read_at = row.get<std::optional<UtcTime>>(23),
        .answer = row.text(24),
        .answer_version = row.number(25),
        .answer_by = row.get<std::optional<PersonId>>(26),
        .answer_saved_at = row.get<std::optional<UtcTime>>(27),
        .looked_at_by = row.get<std::optional<PersonId>>(28)};
}

std::optional<WorkWords> words_of_work(const records::Database& database, SubmissionId work) {
    auto row = database.read(words_sql() + "WHERE s.id = ?", work);
    if (!row.next()) return std::nullopt;
    return words_in(row);
}

std::optional<WorkWords> words_of_work(const records::Database& database, AssignmentId assignment, PersonId person) {
    auto row = database.read(words_sql() + "WHERE s.assignment = ? AND s.person = ?", assignment, person);
    if (!row.next()) return std::nullopt;
    return words_in(row);
}

std::optional<std::vector<protocol::PhotoShown>> photos_or_none(const records::Database& database, SubmissionId work) {
    auto photos = photos_of(database, work);
    return photos.empty() ? std::nullopt : std::optional{std::move(photos)};
}

std::string name_of(const records::Database& database, std::optional<PersonId> person) {
    return database.one<std::string>("SELECT name FROM people WHERE id = ?", person).value_or("");
}

bool is_open(const AssignmentRecord& assignment, UtcTime now) { return assignment.state(now) == AssignmentState::open; }

bool is_participant(const records::Database& database, SessionId session, PersonId person) {
    return database.has(
        "SELECT 1 FROM registrations WHERE session = ? AND person = ? AND role = 'participant'", session, person);
}

SubmissionId add_row(records::Database& database, const AssignmentRecord& assignment, PersonId person,
    const std::string& words, std::int64_t words_version, UtcTime now) {
    return database.add<SubmissionId>(
        "INSERT INTO submissions (assignment, person, state, version, source, late, words, words_version, saved_at, "
        "assignment_version, sharing, answer, answer_version)"
        " VALUES (?, ?, 'draft', 0, 'own', 0, ?, ?, ?, ?, 'no', '', 0) RETURNING id",
        assignment.id, person, words, words_version, now, assignment.version);
}

/// The author's words, on those that they had read.
struct GivenWords {
    AssignmentId assignment;
    std::int64_t version{};
    const Fields& fields;
    bool settles{};
    bool is_draft{};
};

std::variant<SavedWork, RefusalWord> save_own(
    records::Database& database, SessionId session, PersonId person, const GivenWords& given, UtcTime now) {
    const auto assignment = assignment_of(database, session, given.assignment);
    if (!assignment || !assignment->opened_at || !is_participant(database, session, person))
        return RefusalWord::not_found;
    const auto known = words_of_work(database, assignment->id, person);
    // Whoever began when there were more questions loses no field.
    const auto begun = known ? parted(known->words).size() : 0;
    const bool has_photos = known && !photos_of(database, known->id()).empty();
    auto clean = clean_fields(given.fields, std::max(begun, assignment->questions.size()), given.is_draft, has_photos);
    if (clean.fault) return *clean.fault;
    const auto words = joined(clean.fields);
    if (!known) {
        if (!is_open(*assignment, now)) return RefusalWord::not_now;
        return SavedWork{.work = add_row(database, *assignment, person, words, 1, now), .version = 1};
    }
    const auto work = known->id();
    const bool is_same = known->words == words;
    if (!known->is_draft()) {
        if (is_same) return SavedWork{.work = work, .version = known->words_version};
        if (!is_empty(clean.fields)) keep_other(database, work, false, words, now);
        return given.is_draft ? RefusalWord::already_handled : RefusalWord::version_conflict;
    }
    if (!is_open(*assignment, now)) return RefusalWord::not_now;
    if (!is_same && known->words_version != given.version) {
        if (!is_empty(clean.fields)) keep_other(database, work, false, words, now);
        return RefusalWord::version_conflict;
    }
    if (given.settles) settle_other(database, work, false);
    if (is_same && known->assignment_version == assignment->version)
        return SavedWork{.work = work, .version = known->words_version};
    const auto version = known->words_version + 1;
    database.write(
        "UPDATE submissions SET words = ?, words_version = ?, saved_at = ?, assignment_version = ? WHERE id "
        "= ?",
        words, version, now, assignment->version, work);
    return SavedWork{.work = work, .version = version};
}

std::vector<protocol::AnswerShown> sent_answers(
    const records::Database& database, SubmissionId work, std::optional<UtcTime> left_by) {
    std::vector<protocol::AnswerShown> answers;
    const auto left_at = database.one<UtcTime>("SELECT left_at FROM submissions WHERE id = ?", work);
    auto rows = database.read(
        "SELECT words, by_person, sent_at FROM sent_answers WHERE submission = ? ORDER BY sent_at", work);
    while (rows.next()) {
        const auto sent_at = rows.get<UtcTime>(2);
        const bool has_left = left_at && sent_at <= *left_at;
        if (left_by && sent_at > *left_by && !has_left) continue;
        const auto by = rows.get<PersonId>(1);
        answers.push_back({.text = rows.text(0), .by = by, .name = name_of(database, by), .sent_at = sent_at});
    }
    return answers;
}

protocol::OwnSubmission own_submission(
    const records::Database& database, const AssignmentRecord& assignment, const WorkWords& work, UtcTime now) {
    const auto& noted = work.standing.noted;
    protocol::OwnSubmission own{.state = noted.state,
        .version = work.words_version,
        .fields = parted(work.words),
        .saved_at = work.saved_at,
        .other = {},
        .source = noted.source,
        .returned_at = noted.returned_at,
        .late = noted.late,
        .may_take_back = false,
        .claimed_by = {},
        .claimed_name = {},
        .sharing = work.sharing,
        .is_shared = work.shared_at ? std::optional{true} : std::nullopt,
        .wants_call = noted.wants_call.value_or(false),
        .answers_by_phone = noted.answers_by_phone.value_or(false),
        .call_back = work.call_back,
        .answers = sent_answers(database, noted.id, now),
        .read_at = work.read_at,
        .thanks = work.thanks};
    own.photos = photos_or_none(database, noted.id);
    if (const auto other = other_of(database, noted.id, false))
        own.other = protocol::OtherWords{.fields = parted(other->words), .saved_at = other->saved_at};
    const bool is_claimed = work.is_claimed(now);
    if (is_claimed && !work.is_draft()) {
        own.claimed_by = noted.claimed_by;
        own.claimed_name = name_of(database, noted.claimed_by);
    }
    // Of an answer its author knows nothing before it has left.
    const bool is_on_the_way = noted.state == WorkState::answered || work.is_leaving(now);
    if (is_on_the_way || (noted.state == WorkState::assigned && !is_claimed))
        own.state = is_claimed ? WorkState::assigned : WorkState::returned;
    if (!own.answers.empty() && work.is_leaving(now)) own.state = WorkState::sent;
    const bool is_untouched = noted.state == WorkState::returned || noted.state == WorkState::assigned;
    own.may_take_back = is_untouched && !is_claimed && is_open(assignment, now);
    return own;
}

protocol::DeskRow desk_row_of(const WorkWords& work) {
    const auto& noted = work.standing.noted;
    return {.person = noted.person,
        .assignment = noted.assignment,
        .id = noted.id,
        .state = noted.state,
        .version = noted.version,
        .source = noted.source,
        .returned_at = noted.returned_at,
        .late = noted.late,
        .claimed_by = noted.claimed_by,
        .claimed_until = noted.claimed_until,
        .sent_at = noted.sent_at,
        .read_at = work.read_at,
        .wants_call = noted.wants_call,
        .answers_by_phone = noted.answers_by_phone,
        .sharing = work.sharing,
        .is_shared = work.shared_at ? std::optional{true} : std::nullopt,
        .has_thanks = work.thanks ? std::optional{true} : std::nullopt};
}

std::vector<protocol::EarlierWork> earlier_work(const records::Database& database, SessionId session, PersonId person,
    const std::vector<SessionId>& also, UtcTime now) {
    std::vector<protocol::EarlierWork> earlier;
    auto rows = database.read(
        std::string{they_sql} +
            "SELECT a.session, t.theme, t.starts_at, a.id, s.assignment_version, s.id, s.words FROM they"
            " JOIN submissions s ON s.person = they.id"
            " JOIN assignments a ON a.id = s.assignment JOIN sessions t ON t.id = a.session"
            " JOIN sessions here ON here.id = ?"
            " WHERE s.state <> 'draft' AND t.starts_at < here.starts_at ORDER BY t.starts_at DESC, s.id DESC",
        person, session);
    while (rows.next() && earlier.size() < 3) {
        const auto where = rows.get<SessionId>(0);
        if (std::find(also.begin(), also.end(), where) == also.end()) continue;
        protocol::EarlierWork work{.session = where,
            .theme = rows.text(1),
            .starts_at = rows.get<UtcTime>(2),
            .title = {},
            .fields = parted(rows.view(6)),
            .answer = {},
            .answered_by = {}};
        if (const auto assignment = assignment_of(database, where, rows.get<AssignmentId>(3), rows.number(4)))
            work.title = assignment->title;
        if (const auto answers = sent_answers(database, rows.get<SubmissionId>(5), now); !answers.empty()) {
            work.answer = answers.back().text;
            work.answered_by = answers.back().name;
        }
        earlier.push_back(std::move(work));
    }
    return earlier;
}

}  // namespace

void migrate_work(records::Database& database) { bring_forward(database, "work", steps); }

// ---- assignments

AssignmentState AssignmentRecord::state(UtcTime now) const {
    if (!opened_at || !due) return AssignmentState::draft;
    const bool is_over = closed_at || now.ms >= due->ms + late_taken_for_ms;
    return is_over ? AssignmentState::closed : AssignmentState::open;
}

std::vector<AssignmentRecord> assignments_of(const records::Database& database, SessionId session) {
    std::vector<AssignmentRecord> all;
    auto rows = database.read(std::string{assignment_sql} + "a.version WHERE a.session = ? ORDER BY a.id", session);
    while (rows.next()) all.push_back(assignment_in(rows));
    return all;
}

std::optional<AssignmentRecord> assignment_of(const records::Database& database, SessionId session,
    AssignmentId assignment, std::optional<std::int64_t> version) {
    auto row = database.read(std::string{assignment_sql} + "coalesce(?, a.version) WHERE a.session = ? AND a.id = ?",
        version, session, assignment);
    if (row.next()) return assignment_in(row);
    return version ? assignment_of(database, session, assignment) : std::nullopt;
}

namespace {

bool has_item(const records::Database& database, SessionId session, protocol::AgendaItemId item) {
    return database.has("SELECT 1 FROM agenda_items WHERE session = ? AND item = ?", session, item);
}

}  // namespace

std::variant<AssignmentId, RefusalWord> put_assignment(
    records::Database& database, SessionId session, const protocol::AssignmentBody& body) {
    std::optional<RefusalWord> fault;
    const auto cleaned = [&](const std::string& words, std::size_t most, bool is_needed, bool is_one_line) {
        auto clean = is_one_line ? text::clean_one_line(words, most) : text::clean_text(words, most);
        if (clean.fault && (is_needed || *clean.fault != RefusalWord::text_empty)) fault = clean.fault;
        return std::move(clean.value);
    };
    const auto title = cleaned(body.title, 80, true, true);
    const auto words = cleaned(body.text, 2000, false, false);
    std::vector<std::string> questions;
    for (const auto& question : body.questions) {
        if (auto clean = cleaned(question, 200, false, true); !clean.empty()) questions.push_back(std::move(clean));
    }
    std::optional<std::string> hint = cleaned(body.hint.value_or(""), 500, false, false);
    if (hint->empty()) hint.reset();
    if (fault) return *fault;
    if (body.item && !has_item(database, session, *body.item)) return RefusalWord::invalid;
    auto ways = body.ways.value_or(std::vector<WorkWay>{});
    if (ways.empty()) ways = {WorkWay::text, WorkWay::phone, WorkWay::paper};

    records::Unit unit{database};
    AssignmentId id;
    std::int64_t version = 1;
    const auto second_look = body.second_look.value_or(false);
    const auto is_choice = body.is_choice.value_or(false);
    if (body.id) {
        const auto known = assignment_of(database, session, *body.id);
        if (!known) return RefusalWord::not_found;
        if (body.version && *body.version != known->version) return RefusalWord::version_conflict;
        if (known->opened_at && (known->item != body.item || known->minutes != body.minutes))
            return RefusalWord::not_now;
        id = known->id;
        version = known->version + 1;
        database.write(
            "UPDATE assignments SET item = ?, version = ?, minutes = ?, ways = ?, is_choice = ?, second_look "
            "= ? WHERE id = ?",
            body.item, version, body.minutes, ways_text(ways), is_choice, second_look, id);
    } else {
        const auto count = database.one<std::int64_t>("SELECT count(*) FROM assignments WHERE session = ?", session);
        if (count.value_or(0) >= static_cast<std::int64_t>(assignments_max)) return RefusalWord::limit_reached;
        id = database.add<AssignmentId>(
            "INSERT INTO assignments (session, item, version, minutes, ways, is_choice, second_look)"
            " VALUES (?, ?, 1, ?, ?, ?, ?) RETURNING id",
            session, body.item, body.minutes, ways_text(ways), is_choice, second_look);
    }
    database.write(
        "INSERT INTO assignment_words (assignment, version, title, words, questions, hint) VALUES (?, ?, ?, ?, ?, ?)",
        id, version, title, words, joined(questions), hint);
    unit.keep();
    return id;
}

std::optional<RefusalWord> drop_assignment(records::Database& database, SessionId session, AssignmentId assignment) {
    const auto known = assignment_of(database, session, assignment);
    if (!known) return RefusalWord::not_found;
    if (known->opened_at) return RefusalWord::not_now;
    records::Unit unit{database};
    database.write("DELETE FROM assignment_words WHERE assignment = ?", assignment);
    database.write("DELETE FROM assignments WHERE id = ?", assignment);
    unit.keep();
    return std::nullopt;
}

void copy_assignments(records::Database& database, SessionId from, SessionId to) {
    for (auto& one : assignments_of(database, from)) {
        if (one.item && !has_item(database, to, *one.item)) one.item.reset();
        put_assignment(database, to,
            {.title = std::move(one.title),
                .text = std::move(one.text),
                .questions = std::move(one.questions),
                .hint = std::move(one.hint),
                .item = one.item,
                .minutes = one.minutes,
                .ways = std::move(one.ways),
                .is_choice = one.is_choice,
                .second_look = one.second_look});
    }
}

void note_assignment_opened(records::Database& database, AssignmentId assignment, UtcTime opened_at, UtcTime due) {
    database.write(
        "UPDATE assignments SET opened_at = ?, due = ? WHERE id = ? AND opened_at IS NULL", opened_at, due, assignment);
}

void note_assignment_closed(records::Database& database, AssignmentId assignment, UtcTime closed_at) {
    database.write("UPDATE assignments SET closed_at = ? WHERE id = ? AND closed_at IS NULL", closed_at, assignment);
}

void forget_work(records::Database& database, SessionId session) {
    const std::string of_session{
        " IN (SELECT s.id FROM submissions s JOIN assignments a ON a.id = s.assignment WHERE a.session = ?)"};
    records::Unit unit{database};
    database.write("DELETE FROM other_words WHERE submission" + of_session, session);
    database.write("DELETE FROM sent_answers WHERE submission" + of_session, session);
    database.write(
        "DELETE FROM submissions WHERE assignment IN (SELECT id FROM assignments WHERE session = ?)", session);
    database.write("UPDATE assignments SET opened_at = NULL, due = NULL, closed_at = NULL WHERE session = ?", session);
    unit.keep();
}

// ---- how it stands

void put_standing(records::Database& database, const WorkStanding& standing, UtcTime now) {
    const auto& noted = standing.noted;
    const bool is_read = noted.state == WorkState::read;
    const bool is_news = database.changes(
        "UPDATE submissions SET state = ?, version = ?, source = ?, late = ?, returned_at = ?, claimed_by = ?, "
        "claimed_until = ?, sent_at = ?, left_at = ?, wants_call = ?, answers_by_phone = ?,"
        " read_at = CASE WHEN ? = 1 THEN coalesce(read_at, ?) END WHERE id = ? AND version < ? RETURNING 1",
        noted.state, noted.version, noted.source, noted.late, noted.returned_at, noted.claimed_by, noted.claimed_until,
        noted.sent_at, standing.left_at, noted.wants_call.value_or(false), noted.answers_by_phone.value_or(false),
        is_read, now, noted.id, noted.version);
    if (!is_news) return;
    // An answer that was taken back is no answer; one that is sent is kept as it was sent.
    const bool is_sent = noted.state == WorkState::sent || is_read;
    database.write("DELETE FROM sent_answers WHERE submission = ? AND sent_at > ?", noted.id,
        is_sent && noted.sent_at ? noted.sent_at->ms : standing.left_at.value_or(UtcTime{}).ms);
    if (is_sent && noted.sent_at)
        database.write(
            "INSERT INTO sent_answers (submission, sent_at, words, by_person) SELECT id, ?, answer, ? FROM submissions "
            "WHERE id = ? ON CONFLICT DO NOTHING",
            *noted.sent_at, noted.claimed_by.value_or(PersonId{}), noted.id);
}

std::vector<WorkStanding> standings_of(const records::Database& database, SessionId session) {
    std::vector<WorkStanding> all;
    auto rows = database.read(std::string{"SELECT "} + standing_columns +
                                  " FROM submissions s JOIN assignments a ON a.id = s.assignment"
                                  " WHERE a.session = ? AND s.version > 0 ORDER BY s.id",
        session);
    while (rows.next()) all.push_back(standing_in(rows));
    return all;
}

// ---- the author's words

std::variant<SavedWork, RefusalWord> save_draft(
    records::Database& database, SessionId session, PersonId person, const protocol::DraftBody& draft, UtcTime now) {
    return save_own(database, session, person,
        {.assignment = draft.assignment,
            .version = draft.version,
            .fields = draft.fields,
            .settles = draft.settles.value_or(false),
            .is_draft = true},
        now);
}

std::variant<SavedWork, RefusalWord> save_to_return(
    records::Database& database, SessionId session, PersonId person, const protocol::ReturnBody& given, UtcTime now) {
    auto saved = save_own(database, session, person,
        {.assignment = given.assignment,
            .version = given.version,
            .fields = given.fields,
            .settles = given.settles.value_or(false),
            .is_draft = false},
        now);
    if (const auto* kept = std::get_if<SavedWork>(&saved); kept != nullptr && given.sharing)
        set_sharing(database, kept->work, *given.sharing);
    return saved;
}

std::variant<SavedWork, RefusalWord> write_down(
    records::Database& database, SessionId session, const protocol::WriteDownBody& given, UtcTime now) {
    if (given.source == WorkSource::own) return RefusalWord::invalid;
    const auto assignment = assignment_of(database, session, given.assignment);
    if (!assignment || !assignment->opened_at || !is_participant(database, session, given.person))
        return RefusalWord::not_found;
    auto clean = clean_fields(given.fields, assignment->questions.size(), false);
    if (clean.fault) return *clean.fault;
    if (!is_open(*assignment, now)) return RefusalWord::not_now;
    const auto words = joined(clean.fields);
    const auto known = words_of_work(database, assignment->id, given.person);
    if (!known) return SavedWork{.work = add_row(database, *assignment, given.person, words, 1, now), .version = 1};
    if (!known->is_draft()) return RefusalWord::already_handled;
    if (known->words == words) return SavedWork{.work = known->id(), .version = known->words_version};
    if (!is_empty(parted(known->words))) keep_other(database, known->id(), false, known->words, known->saved_at);
    const auto version = known->words_version + 1;
    database.write(
        "UPDATE submissions SET words = ?, words_version = ?, saved_at = ?, assignment_version = ? WHERE id "
        "= ?",
        words, version, now, assignment->version, known->id());
    return SavedWork{.work = known->id(), .version = version};
}

std::variant<SubmissionId, RefusalWord> begin_work(
    records::Database& database, SessionId session, AssignmentId assignment, PersonId person, UtcTime now) {
    const auto found = assignment_of(database, session, assignment);
    if (!found || !found->opened_at || !is_participant(database, session, person)) return RefusalWord::not_found;
    if (const auto known = work_of(database, session, assignment, person)) return *known;
    if (!is_open(*found, now)) return RefusalWord::not_now;
    return add_row(database, *found, person, joined(Fields(std::max<std::size_t>(1, found->questions.size()))), 0, now);
}

std::optional<SubmissionId> work_of(
    const records::Database& database, SessionId session, AssignmentId assignment, PersonId person) {
    return database.one<SubmissionId>(
        "SELECT s.id FROM submissions s JOIN assignments a ON a.id = s.assignment WHERE a.session = ? AND a.id = ? AND "
        "s.person = ?",
        session, assignment, person);
}

void set_call_back(records::Database& database, SubmissionId work, const std::optional<std::string>& number) {
    database.write("UPDATE submissions SET call_back = ? WHERE id = ?", number, work);
}

std::optional<RefusalWord> set_sharing(records::Database& database, SubmissionId work, Sharing sharing) {
    const bool is_changed = database.changes(
        "UPDATE submissions SET sharing = ? WHERE id = ? AND (shared_at IS NULL OR sharing = ?) RETURNING 1", sharing,
        work, sharing);
    return is_changed ? std::nullopt : std::optional{RefusalWord::already_handled};
}

std::optional<RefusalWord> note_shared(records::Database& database, SubmissionId work, UtcTime now) {
    const auto known = words_of_work(database, work);
    if (!known || known->is_draft()) return RefusalWord::not_found;
    if (known->sharing == Sharing::no) return RefusalWord::not_permitted;
    if (known->shared_at) return RefusalWord::already_handled;
    database.write("UPDATE submissions SET shared_at = ? WHERE id = ?", now, work);
    return std::nullopt;
}

std::optional<RefusalWord> give_thanks(
    records::Database& database, SubmissionId work, std::string_view words, UtcTime now) {
    auto clean = text::clean_text(words, thanks_code_points_max);
    if (clean.fault) return clean.fault;
    if (sent_answers(database, work, now).empty()) return RefusalWord::not_now;
    const auto known = words_of_work(database, work);
    if (known->thanks == clean.value) return std::nullopt;
    if (known->thanks) return RefusalWord::already_handled;
    database.write("UPDATE submissions SET thanks = ?, thanks_at = ? WHERE id = ?", clean.value, now, work);
    return std::nullopt;
}

std::optional<RefusalWord> note_worry_done(records::Database& database, SubmissionId work, std::string_view words) {
    auto clean = text::clean_text(words, worry_done_code_points_max);
    if (clean.fault) return clean.fault;
    database.write("UPDATE submissions SET worry_done = ? WHERE id = ?", clean.value, work);
    return std::nullopt;
}

protocol::OwnWorkAnswer own_work(const records::Database& database, SessionId session, PersonId person, UtcTime now) {
    protocol::OwnWorkAnswer answer{.now = now, .session = session, .theme = {}, .starts_at = {}, .work = {}};
    if (auto row = database.read("SELECT theme, starts_at FROM sessions WHERE id = ?", session); row.next()) {
        answer.theme = row.text(0);
        answer.starts_at = row.get<UtcTime>(1);
    }
    for (const auto& newest : assignments_of(database, session)) {
        if (!newest.opened_at) continue;
        const auto work = words_of_work(database, newest.id, person);
        OwnWork own{.assignment = shown(newest, now, false), .submission = {}};
        if (work) {
            if (!work->is_draft()) {
                const auto answered = assignment_of(database, session, newest.id, work->assignment_version);
                own.assignment = shown(answered.value_or(newest), now, false);
            }
            own.submission = own_submission(database, newest, *work, now);
        }
        answer.work.push_back(std::move(own));
    }
    return answer;
}

// ---- the answer

std::variant<std::int64_t, RefusalWord> save_answer(records::Database& database, SubmissionId work, PersonId by,
    std::int64_t version, std::string_view words, bool settles, UtcTime now) {
    const auto known = words_of_work(database, work);
    if (!known || known->is_draft()) return RefusalWord::not_found;
    auto clean = text::clean_text(words, answer_code_points_max);
    if (clean.fault && *clean.fault != RefusalWord::text_empty) return *clean.fault;
    const bool is_same = known->answer == clean.value;
    // What is on its way is taken back first.
    if (!is_same && known->is_leaving(now)) return RefusalWord::already_handled;
    if (!is_same && known->answer_version != version) {
        keep_other(database, work, true, clean.value, now);
        return RefusalWord::version_conflict;
    }
    if (settles) settle_other(database, work, true);
    if (is_same) return known->answer_version;
    database.write(
        "UPDATE submissions SET answer = ?, answer_version = answer_version + 1, answer_by = ?, "
        "answer_saved_at = ?, looked_at_by = NULL WHERE id = ?",
        clean.value, by, now, work);
    return known->answer_version + 1;
}

std::optional<RefusalWord> note_looked_at(
    records::Database& database, SubmissionId work, PersonId by, std::int64_t version) {
    const auto known = words_of_work(database, work);
    if (!known || known->is_draft()) return RefusalWord::not_found;
    if (known->answer_version != version) return RefusalWord::version_conflict;
    if (known->answer_by == by) return RefusalWord::not_permitted;
    database.write("UPDATE submissions SET looked_at_by = ? WHERE id = ?", by, work);
    return std::nullopt;
}

std::optional<RefusalWord> why_not_send(const records::Database& database, SubmissionId work) {
    const auto known = words_of_work(database, work);
    if (!known || known->is_draft()) return RefusalWord::not_found;
    if (known->answer.empty()) return RefusalWord::text_empty;
    const auto needs_look = database.one<bool>(
        "SELECT second_look FROM assignments WHERE id = ?", known->standing.noted.assignment);
    const auto series = database.one<std::int64_t>(
        "SELECT t.series FROM assignments a JOIN sessions t ON t.id = a.session WHERE a.id = ?",
        known->standing.noted.assignment);
    auto rows = database.read("SELECT words FROM openings WHERE series = ?", series);
    while (rows.next()) {
        // The same to an eye that is not careful: a point or a space more is no word of one's own.
        if (text::look_alike(rows.view(0), known->answer)) return RefusalWord::add_your_own_words;
    }
    if (needs_look.value_or(false) && !known->looked_at_by) return RefusalWord::needs_second_look;
    return std::nullopt;
}

bool is_sent_as_it_stands(const records::Database& database, SubmissionId work) {
    const auto known = words_of_work(database, work);
    const auto sent = sent_answers(database, work, {});
    return known && !sent.empty() && sent.back().text == known->answer;
}

std::map<PersonId, PersonId> answered_before(const records::Database& database, SessionId session) {
    std::map<PersonId, PersonId> by_person;
    // Under whichever id they were known then.
    auto rows = database.read(
        "WITH RECURSIVE known (id, person) AS (SELECT person, person FROM registrations WHERE session = ?"
        " UNION SELECT p.id, k.person FROM people p JOIN known k ON p.same_as = k.id)"
        " SELECT k.person, e.by_person FROM known k JOIN submissions s ON s.person = k.id"
        " JOIN sent_answers e ON e.submission = s.id"
        " JOIN assignments a ON a.id = s.assignment WHERE a.session <> ? ORDER BY e.sent_at",
        session, session);
    while (rows.next()) by_person.insert_or_assign(rows.get<PersonId>(0), rows.get<PersonId>(1));
    return by_person;
}

std::optional<RefusalWord> set_openings(
    records::Database& database, SessionId session, const std::vector<std::string>& openings) {
    const auto series = database.one<std::int64_t>("SELECT series FROM sessions WHERE id = ?", session);
    std::vector<std::string> cleaned;
    for (const auto& opening : openings) {
        auto clean = text::clean_text(opening, opening_code_points_max);
        if (clean.fault == RefusalWord::text_empty) continue;
        if (clean.fault) return clean.fault;
        if (std::find(cleaned.begin(), cleaned.end(), clean.value) == cleaned.end())
            cleaned.push_back(std::move(clean.value));
    }
    if (!series || cleaned.size() > openings_max) return RefusalWord::invalid;
    records::Unit unit{database};
    database.write("DELETE FROM openings WHERE series = ?", series);
    std::int64_t place = 0;
    for (const auto& opening : cleaned)
        database.write("INSERT INTO openings (series, place, words) VALUES (?, ?, ?)", series, place++, opening);
    unit.keep();
    return std::nullopt;
}

std::vector<std::string> openings_of(const records::Database& database, SessionId session) {
    std::vector<std::string> openings;
    auto rows = database.read(
        "SELECT o.words FROM openings o JOIN sessions t ON t.series = o.series WHERE t.id = ? ORDER BY o.place",
        session);
    while (rows.next()) openings.push_back(rows.text(0));
    return openings;
}

// ---- the staff's view

std::vector<protocol::DeskRow> desk_rows(const records::Database& database, SessionId session, UtcTime) {
    std::map<std::pair<AssignmentId, PersonId>, protocol::DeskRow> all;
    std::vector<PersonId> participants;
    auto people = database.read(
        "SELECT person FROM registrations WHERE session = ? AND role = 'participant' ORDER BY person", session);
    while (people.next()) participants.push_back(people.get<PersonId>(0));
    for (const auto& assignment : assignments_of(database, session)) {
        if (!assignment.opened_at) continue;
        for (const auto person : participants) {
            protocol::DeskRow row;
            row.person = person;
            row.assignment = assignment.id;
            all.emplace(std::pair{assignment.id, person}, row);
        }
    }
    auto rows = database.read(
        words_sql() + "JOIN assignments a ON a.id = s.assignment WHERE a.session = ? ORDER BY s.id", session);
    while (rows.next()) {
        const auto work = words_in(rows);
        const auto& noted = work.standing.noted;
        all.insert_or_assign({noted.assignment, noted.person}, desk_row_of(work));
    }
    std::vector<protocol::DeskRow> listed;
    listed.reserve(all.size());
    for (auto& [key, row] : all) listed.push_back(row);
    return listed;
}

std::optional<protocol::DeskRow> desk_row(
    const records::Database& database, SessionId session, AssignmentId assignment, PersonId person, UtcTime) {
    if (!assignment_of(database, session, assignment)) return std::nullopt;
    if (const auto work = words_of_work(database, assignment, person)) return desk_row_of(*work);
    if (!is_participant(database, session, person)) return std::nullopt;
    protocol::DeskRow row;
    row.person = person;
    row.assignment = assignment;
    return row;
}

std::optional<protocol::AnswerWords> answer_words(const records::Database& database, SubmissionId work) {
    const auto known = words_of_work(database, work);
    if (!known || known->answer_version == 0) return std::nullopt;
    protocol::AnswerWords words{.text = known->answer,
        .version = known->answer_version,
        .by = known->answer_by,
        .saved_at = known->answer_saved_at,
        .looked_at_by = known->looked_at_by,
        .other = {}};
    if (auto other = other_of(database, work, true)) words.other = std::move(other->words);
    return words;
}

std::optional<protocol::OpenedWork> opened_work(const records::Database& database, SessionId session,
    AssignmentId assignment, PersonId person, const std::vector<SessionId>& also, UtcTime now) {
    const auto newest = assignment_of(database, session, assignment);
    const auto work = newest ? words_of_work(database, assignment, person) : std::nullopt;
    if (!work) return std::nullopt;
    const auto answered = assignment_of(database, session, assignment, work->assignment_version);
    protocol::OpenedWork opened{.assignment = shown(answered.value_or(*newest), now, true),
        .row = desk_row_of(*work),
        .fields = {},
        .call_back = {},
        .worry_done = work->worry_done,
        .answer = answer_words(database, work->id()),
        .sent = sent_answers(database, work->id(), {}),
        .thanks = work->thanks,
        .earlier = earlier_work(database, session, person, also, now)};
    // No staff read a draft.
    if (!work->is_draft()) {
        opened.fields = parted(work->words);
        opened.photos = photos_or_none(database, work->id());
    }
    const auto& noted = work->standing.noted;
    if (noted.wants_call.value_or(false) || noted.answers_by_phone.value_or(false)) {
        opened.call_back = work->call_back;
        if (!opened.call_back)
            opened.call_back = database.one<std::string>("SELECT phone FROM people WHERE id = ?", person);
    }
    return opened;
}

protocol::AssignmentShown shown(const AssignmentRecord& assignment, UtcTime now, bool to_staff) {
    return {.id = assignment.id,
        .version = assignment.version,
        .state = assignment.state(now),
        .item = assignment.item,
        .minutes = assignment.minutes,
        .title = assignment.title,
        .text = assignment.text,
        .questions = assignment.questions,
        .hint = assignment.hint,
        .ways = assignment.ways,
        .is_choice = assignment.is_choice ? std::optional{true} : std::nullopt,
        .second_look = to_staff && assignment.second_look ? std::optional{true} : std::nullopt,
        .opened_at = assignment.opened_at,
        .due = assignment.due};
}

}  // namespace etakahvila::people
