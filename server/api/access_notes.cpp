#include "api/access_notes.hpp"

namespace etakahvila::api {

void AccessNotes::note(const AnyCall& call, people::AccessAct act, std::vector<protocol::PersonId> whose) const {
    people::AccessNote note{.at = clock_.utc(), .act = act, .by_person = call.caller.person()};
    if (call.caller.invitation) note.by_invitation = call.caller.invitation->id;
    if (call.caller.account) note.by_account = call.caller.account->id;
    if (call.session) note.session = call.session;
    people::Hash digest{};
    store_.write_and_wait([&](records::Database& database) { digest = people::note_access(database, note, whose); });
    const auto number_of = [](const auto& id) { return id ? id->value : 0; };
    log_.info("access_noted", {{"act", act}, {"account", number_of(note.by_account)},
                                  {"invitation", number_of(note.by_invitation)}, {"session", number_of(note.session)},
                                  {"people", whose.size()}, {"digest", base::OperatorText{people::hex_of(digest)}}});
}

}  // namespace etakahvila::api
