#include "api/save.hpp"

namespace etakahvila::api {

bool save(journal::Records& store, const Reply& reply,
    const std::function<std::optional<protocol::RefusalWord>(records::Database&)>& write) {
    if (store.saves() != journal::Saves::everything) {
        reply.refuse(protocol::RefusalWord::not_saving);
        return false;
    }
    std::optional<protocol::RefusalWord> refused;
    try {
        store.write_and_wait([&](records::Database& database) { refused = write(database); });
    } catch (const journal::NotSaved&) {
        // There may be space again already.
        refused = protocol::RefusalWord::not_saving;
    }
    if (refused) reply.refuse(*refused);
    return !refused;
}

}  // namespace etakahvila::api
