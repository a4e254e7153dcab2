// Who is registered and has not come in: for staff who have one of them on the phone, or hear that
// one does not come. No more of them than it takes to find the right one.

#include "domain/room/room.hpp"
#include "protocol/api/expected.hpp"
#include "api/api.hpp"

namespace etakahvila::api {
void Api::expected(Call& call) {
    const auto room = room_of(call, call.session);
    if (!room) return;
    protocol::ExpectedAnswer registered;
    std::vector<protocol::PersonId> whose;
    for (auto& one : people::people_of(call.reader, call.session, utc())) {
        if (domain::is_staff(one.role)) continue;
        whose.push_back(one.person);
        registered.people.push_back(
            {.person = one.person, .name = std::move(one.details.name), .absence_told = one.absence.has_value()});
    }
    note_access(call, people::AccessAct::people_listed, std::move(whose));
    room->show([registered = std::move(registered), answer = call.answer](const domain::Room& state) -> base::Task {
        auto expected = registered;
        std::erase_if(expected.people, [&](const protocol::ExpectedPerson& one) {
            const auto* member = state.member(one.person);
            return member != nullptr && member->came;
        });
        return [answer, expected = std::move(expected)] { give(answer, expected); };
    });
}

}  // namespace etakahvila::api
