#include "house/link_of_banned.hpp"

#include "people/invitations.hpp"

namespace etakahvila::house {

journal::Records::Write link_of_banned(protocol::SessionId session, const domain::Step& step) {
    for (const auto& event : step.events) {
        if (const auto* removed = std::get_if<domain::PersonRemoved>(&event.any());
            removed != nullptr && removed->ban) {
            return [session, person = removed->person, at = step.stamp.utc](
                       records::Database& database) { people::revoke_by_ban(database, session, person, at); };
        }
        if (const auto* back = std::get_if<domain::PersonReadmitted>(&event.any());
            back != nullptr && back->banned_at) {
            return [session, person = back->person, at = *back->banned_at](
                       records::Database& database) { people::restore_after_ban(database, session, person, at); };
        }
    }
    return {};
}

}  // namespace etakahvila::house
