// Who is one person, and who is two.

#include "domain/room/room.hpp"
#include "protocol/api/same_people.hpp"
#include "api/forms.hpp"
#include "api/known.hpp"

namespace etakahvila::api {
namespace {

using people::AccessAct;
using protocol::PersonId;
using protocol::RefusalWord;
using protocol::SessionId;

constexpr std::size_t pairs_max = 100;

}  // namespace

void Api::list_same_people(Call& call) {
    protocol::SamePeopleAnswer answer;
    std::vector<PersonId> whose;
    for (const auto& [one, other] : people::Clients{call.reader, {}}.pairs(pairs_max)) {
        answer.pairs.push_back({known_shown(call.reader, one, {}), known_shown(call.reader, other, {})});
        whose.push_back(one.id);
        whose.push_back(other.id);
    }
    if (!whose.empty()) note_access(call, AccessAct::people_listed, std::move(whose));
    give(call.answer, answer);
}

void Api::answer_same_people(Call& call) {
    const auto body = body_of<protocol::SameBody>(call);
    if (!body) return;
    const people::Clients clients{call.reader, {}};
    if (!clients.knows(call.person) || !clients.knows(body->other) || call.person == body->other)
        return refuse(call.answer, RefusalWord::not_found);
    if (!body->same) {
        parts_.store.write_and_wait(
            [&](SQLite::Database& database) { people::tell_apart(database, call.person, body->other); });
        note_access(call, AccessAct::person_changed, {call.person, body->other});
        return give(call.answer, protocol::PersonAnswer{call.person});
    }
    // Where they have been in the room they stay who they were there.
    std::vector<SessionId> sessions = people::sessions_to_come(call.reader, body->other, utc());
    const auto caller = std::make_shared<Call>(call);
    with_unvisited(
        body->other, std::move(sessions), [this, caller, other = body->other](const std::vector<SessionId>& unvisited) {
            go_on(caller->answer, [this, caller, other, unvisited] {
                bool is_done = false;
                parts_.store.write_and_wait([&](SQLite::Database& database) {
                    is_done = people::make_one(database, caller->person, other, unvisited);
                });
                if (!is_done) return refuse(caller->answer, RefusalWord::not_found);
                note_access(*caller, AccessAct::person_changed, {caller->person, other});
                parts_.log.info("people_made_one", {{"sessions", unvisited.size()}});
                for (const auto session : unvisited) {
                    parts_.directory.plan_changed(session);
                    parts_.directory.shut_out(other, session);
                }
                give(caller->answer, protocol::PersonAnswer{caller->person});
            });
        });
}

void Api::with_unvisited(
    PersonId person, std::vector<SessionId> sessions, std::function<void(const std::vector<SessionId>&)> then) {
    struct Asked {
        std::mutex mutex;
        std::vector<SessionId> unvisited;
        std::size_t left;
    };
    std::vector<std::pair<SessionId, std::shared_ptr<runtime::RoomHost>>> rooms;
    for (const auto session : sessions) {
        if (auto room = parts_.directory.room(session)) rooms.emplace_back(session, std::move(room));
    }
    if (rooms.empty()) return then({});
    const auto asked = std::make_shared<Asked>();
    asked->left = rooms.size();
    for (const auto& [session, room] : rooms) {
        room->look([asked, session = session, person, then](const domain::Room& state) {
            const auto* member = state.member(person);
            const std::lock_guard lock{asked->mutex};
            if (member == nullptr || member->stays.empty()) asked->unvisited.push_back(session);
            if (--asked->left == 0) then(asked->unvisited);
        });
    }
}

}  // namespace etakahvila::api
