#include "api/access_notes.hpp"

namespace etakahvila::api {

void AccessNotes::note(const AnyCall& call, people::AccessAct act, std::vector<protocol::PersonId> whose) const {
    people::AccessNote note{.at = clock_.utc(), .act = act, .by_person = call.caller.person()};
    if (call.caller.invitation) note.by_invitation = call.caller.invitation->id;
    if (call.caller.account) note.by_account = call.caller.account->id;
    if (call.session) note.session = call.session;
    store_.write_and_wait([&](records::Database& database) { people::note_access(database, note, whose); });
}

}  // namespace etakahvila::api
