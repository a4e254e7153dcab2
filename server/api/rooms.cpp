#include "api/rooms.hpp"

namespace etakahvila::api {

void AfterRoom::read_on(const Reply& reply, std::function<void(const records::Database&)> work) const {
    const bool is_taken = pool_.run([&log = log_, reply, work = std::move(work)](records::Database& reader) {
        try {
            work(reader);
        } catch (const std::exception&) {
            log.error("request_failed", {{"route", base::OperatorText{"after the room"}}});
            reply.fail();
        }
    });
    if (!is_taken) reply.fail();
}

}  // namespace etakahvila::api
