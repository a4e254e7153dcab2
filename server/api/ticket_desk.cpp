#include "api/ticket_desk.hpp"

namespace etakahvila::api {

using protocol::RefusalWord;

bool TicketDesk::is_too_often(protocol::PersonId person, const Reply& reply) {
    const auto wait = parts_.tickets.ask_entry(person, parts_.clock.monotonic());
    if (wait.count() == 0) return false;
    reply.refuse(refusal_of(RefusalWord::too_fast, std::chrono::ceil<std::chrono::seconds>(wait).count()));
    return true;
}

void TicketDesk::give(const ReplyWith<protocol::TicketAnswer>& reply, const runtime::Pass& pass,
    std::function<bool(const records::Database&)> still_may) {
    auto ticket = parts_.tickets.issue(pass, parts_.clock.monotonic(), runtime::TicketOffice::first_ticket_life);
    const bool is_taken = parts_.pool.run(
        [this, reply, pass, ticket, still_may = std::move(still_may)](records::Database& reader) {
            bool may = false;
            try {
                may = still_may(reader);
            } catch (const std::exception&) {
                parts_.log.error("request_failed", {{"route", base::OperatorText{"a ticket"}}});
            }
            if (may) return reply.give({ticket});
            parts_.tickets.forget(pass.person, pass.session);
            reply.refuse(RefusalWord::not_found);
        });
    if (is_taken) return;
    parts_.tickets.forget(pass.person, pass.session);
    reply.fail();
}

}  // namespace etakahvila::api
