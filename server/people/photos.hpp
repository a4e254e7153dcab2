#pragma once

// The photos of somebody's work: rows beside its words, of the same author, seen by the same staff, gone with it. Their
// bytes are pictures of our own making (media/pictures.hpp), and what was sent in is nowhere.
//
// - Added, described and removed while the work is a draft; returned with it.
// - The staff see none of a draft.

#include "people/work.hpp"

namespace etakahvila::people {

using protocol::PhotoId;

inline constexpr std::int64_t photos_max = 3;
inline constexpr std::size_t photo_description_code_points_max = 200;

/// In the order in which they were added.
std::vector<protocol::PhotoShown> photos_of(const records::Database& database, SubmissionId work);

/// Why no photo can be added: not_found, not_permitted (photos are none of its ways), not_now (it is not open),
/// already_handled (it has been returned). Asked before a picture is made, which costs more than asking.
std::optional<RefusalWord> why_no_photo(
    const records::Database& database, SessionId session, AssignmentId assignment, PersonId person, UtcTime now);

/// Adds one; the row of the work is made when there is none. The same picture again is the one that is there. Refused
/// too: limit_reached.
std::variant<PhotoId, RefusalWord> add_photo(records::Database& database, SessionId session, AssignmentId assignment,
    PersonId person, records::Bytes picture, UtcTime now);
/// None is taken for a description. Refused: not_found, already_handled, not_now, and the words of a text's fault.
std::optional<RefusalWord> describe_photo(records::Database& database, SessionId session, PersonId person,
    PhotoId photo, std::string_view description, UtcTime now);
/// What is not there has been removed. Refused: already_handled, not_now.
std::optional<RefusalWord> remove_photo(
    records::Database& database, SessionId session, PersonId person, PhotoId photo, UtcTime now);

/// Its bytes, for whoever made the work in this session.
std::optional<std::string> own_photo(
    const records::Database& database, SessionId session, PersonId person, PhotoId photo);
/// Its bytes, for the staff of this session: nothing while the work is a draft. Whoever shows it notes it first.
std::optional<std::string> returned_photo(
    const records::Database& database, SessionId session, PersonId person, PhotoId photo);

}  // namespace etakahvila::people
