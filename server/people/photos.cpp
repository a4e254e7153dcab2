#include "people/photos.hpp"

#include <algorithm>

#include "text/text.hpp"

namespace etakahvila::people {
namespace {

using protocol::AssignmentState;
using protocol::WorkState;
using protocol::WorkWay;

/// A photo as it stands with its author.
struct PhotoStanding {
    SubmissionId work;
    AssignmentId assignment;
    bool is_draft{};
};

std::optional<PhotoStanding> standing_of(
    const records::Database& database, SessionId session, PersonId person, PhotoId photo) {
    auto row = database.read(
        "SELECT s.id, s.assignment, s.state FROM photos p JOIN submissions s ON s.id = p.submission"
        " JOIN assignments a ON a.id = s.assignment WHERE p.id = ? AND s.person = ? AND a.session = ?",
        photo, person, session);
    if (!row.next()) return std::nullopt;
    const auto state = row.get<std::optional<WorkState>>(2).value_or(WorkState::draft);
    return PhotoStanding{.work = row.get<SubmissionId>(0),
        .assignment = row.get<AssignmentId>(1),
        .is_draft = state == WorkState::draft};
}

std::optional<RefusalWord> why_not_changed(
    const records::Database& database, SessionId session, const PhotoStanding& standing, UtcTime now) {
    if (!standing.is_draft) return RefusalWord::already_handled;
    const auto assignment = assignment_of(database, session, standing.assignment);
    const bool is_open = assignment && assignment->state(now) == AssignmentState::open;
    return is_open ? std::nullopt : std::optional{RefusalWord::not_now};
}

std::optional<std::string> bytes_of(const records::Database& database, PhotoId photo) {
    auto row = database.read("SELECT bytes FROM photos WHERE id = ?", photo);
    if (!row.next()) return std::nullopt;
    const auto bytes = row.bytes(0);
    return std::string{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::vector<protocol::PhotoShown> photos_of(const records::Database& database, SubmissionId work) {
    std::vector<protocol::PhotoShown> photos;
    auto rows = database.read("SELECT id, description FROM photos WHERE submission = ? ORDER BY id", work);
    while (rows.next()) photos.push_back({.id = rows.get<PhotoId>(0), .description = rows.text(1)});
    return photos;
}

std::optional<RefusalWord> why_no_photo(
    const records::Database& database, SessionId session, AssignmentId assignment, PersonId person, UtcTime now) {
    const auto found = assignment_of(database, session, assignment);
    const bool is_theirs = found && found->opened_at &&
                           database.has(
                               "SELECT 1 FROM registrations WHERE session = ? AND person = ? AND role = 'participant'",
                               session, person);
    if (!is_theirs) return RefusalWord::not_found;
    if (std::find(found->ways.begin(), found->ways.end(), WorkWay::photo) == found->ways.end())
        return RefusalWord::not_permitted;
    if (database.has("SELECT 1 FROM submissions WHERE assignment = ? AND person = ? AND state <> ?", assignment, person,
            WorkState::draft))
        return RefusalWord::already_handled;
    if (found->state(now) != AssignmentState::open) return RefusalWord::not_now;
    return std::nullopt;
}

std::variant<PhotoId, RefusalWord> add_photo(records::Database& database, SessionId session, AssignmentId assignment,
    PersonId person, records::Bytes picture, UtcTime now) {
    if (const auto word = why_no_photo(database, session, assignment, person, now)) return *word;
    records::Unit unit{database};
    const auto begun = begin_work(database, session, assignment, person, now);
    if (const auto* word = std::get_if<RefusalWord>(&begun)) return *word;
    const auto work = std::get<SubmissionId>(begun);
    const auto same = database.one<PhotoId>("SELECT id FROM photos WHERE submission = ? AND bytes = ?", work, picture);
    if (same) return *same;
    const auto count = database.one<std::int64_t>("SELECT count(*) FROM photos WHERE submission = ?", work);
    if (count.value_or(0) >= photos_max) return RefusalWord::limit_reached;
    const auto added = database.add<PhotoId>(
        "INSERT INTO photos (submission, description, added_at, bytes) VALUES (?, '', ?, ?) RETURNING id", work, now,
        picture);
    unit.keep();
    return added;
}

std::optional<RefusalWord> describe_photo(records::Database& database, SessionId session, PersonId person,
    PhotoId photo, std::string_view description, UtcTime now) {
    const auto standing = standing_of(database, session, person, photo);
    if (!standing) return RefusalWord::not_found;
    auto clean = text::clean_one_line(description, photo_description_code_points_max);
    if (clean.fault && *clean.fault != RefusalWord::text_empty) return clean.fault;
    if (const auto word = why_not_changed(database, session, *standing, now)) return word;
    database.write("UPDATE photos SET description = ? WHERE id = ?", clean.value, photo);
    return std::nullopt;
}

std::optional<RefusalWord> remove_photo(
    records::Database& database, SessionId session, PersonId person, PhotoId photo, UtcTime now) {
    const auto standing = standing_of(database, session, person, photo);
    if (!standing) return std::nullopt;
    if (const auto word = why_not_changed(database, session, *standing, now)) return word;
    database.write("DELETE FROM photos WHERE id = ?", photo);
    return std::nullopt;
}

std::optional<std::string> own_photo(
    const records::Database& database, SessionId session, PersonId person, PhotoId photo) {
    return standing_of(database, session, person, photo) ? bytes_of(database, photo) : std::nullopt;
}

std::optional<std::string> returned_photo(
    const records::Database& database, SessionId session, PersonId person, PhotoId photo) {
    const auto standing = standing_of(database, session, person, photo);
    return standing && !standing->is_draft ? bytes_of(database, photo) : std::nullopt;
}

}  // namespace etakahvila::people
