#include "api/expected.hpp"

#include "api/rooms.hpp"
#include "domain/room/room.hpp"
#include "people/registrations.hpp"
#include "people/sessions.hpp"

namespace etakahvila::api {
void Expected::handle(Call<routes::Expected>& call) {
    const auto room = room_of(parts_.directory, call.session, call.reply);
    if (!room) return;
    protocol::ExpectedAnswer registered;
    std::vector<protocol::PersonId> whose;
    const bool is_anonymous = people::is_anonymous(call.reader, call.session);
    for (auto& one : people::people_of(call.reader, call.session, parts_.clock.utc())) {
        if (domain::is_staff(one.role)) continue;
        // Without their names nobody finds the right one: those are not listed.
        if (is_anonymous && !call.caller.knows_name_of(one.details)) continue;
        whose.push_back(one.person);
        registered.people.push_back(
            {.person = one.person, .name = std::move(one.details.name), .absence_told = one.absence.has_value()});
    }
    parts_.notes.note(call, people::AccessAct::people_listed, std::move(whose));
    room->show([registered = std::move(registered), reply = call.reply](const domain::Room& state) -> base::Task {
        auto expected = registered;
        // Nobody is waited for on a day that is cancelled.
        if (state.session.phase == protocol::Phase::cancelled) expected.people.clear();
        std::erase_if(expected.people, [&](const protocol::ExpectedPerson& one) {
            const auto* member = state.member(one.person);
            return member != nullptr && member->came;
        });
        return [reply, expected = std::move(expected)] { reply.give(expected); };
    });
}

}  // namespace etakahvila::api
