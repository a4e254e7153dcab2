#pragma once

// First tickets into rooms, for whoever has just been admitted.

#include <functional>

#include "api/reply.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "journal/reader_pool.hpp"
#include "protocol/api/entry.hpp"
#include "runtime/ticket_office.hpp"

namespace etakahvila::api {

class TicketDesk {
public:
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Pool& pool;
        runtime::TicketOffice& tickets;
    };
    explicit TicketDesk(Parts parts) : parts_{parts} {}

    /// Whether the person has asked for tickets so often that they are to wait; then refused as too_fast.
    bool is_too_often(protocol::PersonId person, const Reply& reply);

    /// A ticket, unless what it rests on was taken away while the room was asked: it is looked at after the ticket is
    /// there, so that whoever takes it away finds the ticket or is found by the look.
    void give(const ReplyWith<protocol::TicketAnswer>& reply, const runtime::Pass& pass,
        std::function<bool(const records::Database&)> still_may);

private:
    Parts parts_;
};

}  // namespace etakahvila::api
