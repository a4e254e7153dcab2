#include "api/needs.hpp"

#include "people/registrations.hpp"

namespace etakahvila::api {

void Needs::handle(Call<routes::ShowNeeds>& call) {
    protocol::NeedsAnswer answer{.people = people::needs_shown_in(call.reader, call.session)};
    std::vector<protocol::PersonId> whose;
    whose.reserve(answer.people.size());
    for (const auto& one : answer.people) whose.push_back(one.person);
    // A page asks again when somebody comes: an answer without anybody is no look at anybody.
    if (!whose.empty()) notes_.note(call, people::AccessAct::needs_viewed, std::move(whose));
    call.reply.give(answer);
}

}  // namespace etakahvila::api
