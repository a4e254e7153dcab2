#include "api/same_people.hpp"

#include "api/known.hpp"
#include "domain/room/beyond.hpp"
#include "programme/one_person.hpp"

namespace etakahvila::api {
namespace {

using people::AccessAct;
using protocol::PersonId;
using protocol::RefusalWord;
using protocol::SessionId;

constexpr std::size_t pairs_max = 100;

/// Those of these sessions whose rooms somebody has not been in; `then` on the thread of a room, or at once.
void with_unvisited(runtime::RoomDirectory& directory, PersonId person, const std::vector<SessionId>& sessions,
    const std::function<void(const std::vector<SessionId>&)>& then) {
    struct Asked {
        std::mutex mutex;
        std::vector<SessionId> unvisited;
        std::size_t left;
    };
    std::vector<std::pair<SessionId, std::shared_ptr<runtime::RoomHost>>> rooms;
    for (const auto session : sessions) {
        if (auto room = directory.room(session)) rooms.emplace_back(session, std::move(room));
    }
    if (rooms.empty()) return then({});
    const auto asked = std::make_shared<Asked>();
    asked->left = rooms.size();
    for (const auto& [session, room] : rooms) {
        room->look([asked, session = session, person, then](const domain::Room& state) {
            const std::lock_guard lock{asked->mutex};
            if (!domain::has_taken_part(state, person)) asked->unvisited.push_back(session);
            if (--asked->left == 0) then(asked->unvisited);
        });
    }
}

}  // namespace

void SamePeople::handle(Call<routes::ListSamePeople>& call) {
    protocol::SamePeopleAnswer answer;
    std::vector<PersonId> whose;
    for (const auto& [one, other] : people::KnownPeople{call.reader, {}}.pairs(pairs_max)) {
        answer.pairs.push_back({known_shown(call.reader, one, {}), known_shown(call.reader, other, {})});
        whose.push_back(one.id);
        whose.push_back(other.id);
    }
    if (!whose.empty()) parts_.notes.note(call, AccessAct::people_listed, std::move(whose));
    call.reply.give(answer);
}

void SamePeople::handle(Call<routes::AnswerSamePeople>& call) {
    const people::KnownPeople known{call.reader, {}};
    const auto other = call.body.other;
    if (!known.knows(call.person) || !known.knows(other) || call.person == other)
        return call.reply.refuse(RefusalWord::not_found);
    if (!call.body.same) {
        parts_.store.write_and_wait(
            [&](records::Database& database) { people::tell_apart(database, call.person, other); });
        parts_.notes.note(call, AccessAct::person_changed, {call.person, other});
        return call.reply.give({call.person});
    }
    // Where they have been in the room they stay who they were there.
    const auto sessions = people::sessions_to_come(call.reader, other, parts_.clock.utc());
    const auto asked = std::make_shared<Call<routes::AnswerSamePeople>>(std::move(call));
    with_unvisited(parts_.directory, other, sessions, [this, asked](const std::vector<SessionId>& unvisited) {
        parts_.after_room.go_on(asked->reply, [this, asked, unvisited] { make_one(*asked, unvisited); });
    });
}

void SamePeople::make_one(const Call<routes::AnswerSamePeople>& call, const std::vector<SessionId>& unvisited) {
    const auto other = call.body.other;
    std::optional<std::vector<SessionId>> of_season;
    parts_.store.write_and_wait([&](records::Database& database) {
        of_season = programme::make_one(database, call.person, other, unvisited, parts_.clock.utc());
    });
    if (!of_season) return call.reply.refuse(RefusalWord::not_found);
    parts_.notes.note(call, AccessAct::person_changed, {call.person, other});
    parts_.log.info("people_made_one", {{"sessions", unvisited.size()}});
    for (const auto session : *of_season) parts_.directory.plan_changed(session);
    for (const auto session : unvisited) {
        parts_.directory.plan_changed(session);
        parts_.directory.shut_out(other, session);
    }
    call.reply.give({call.person});
}

}  // namespace etakahvila::api
