#include "house/contact_rows.hpp"

#include <vector>

#include "people/contacts.hpp"

namespace etakahvila::house {

journal::Records::Write contact_rows(protocol::SessionId session, const domain::Step& step) {
    std::vector<people::NotedContact> noted;
    for (const auto& event : step.events) {
        const auto* contact = std::get_if<domain::ContactNoted>(&event.any());
        if (contact == nullptr) continue;
        noted.push_back({.person = contact->person,
            .version = contact->version,
            .state = contact->state,
            .tries = contact->tries,
            .seconds = contact->seconds,
            .by = contact->by,
            .takes_back = contact->takes_back});
    }
    if (noted.empty()) return {};
    return [session, noted = std::move(noted), at = step.stamp.utc](records::Database& database) {
        for (const auto& each : noted) people::put_contact(database, session, each, at);
    };
}

}  // namespace etakahvila::house
