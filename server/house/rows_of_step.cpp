#include "house/rows_of_step.hpp"

#include <vector>

#include "house/feedback_house.hpp"
#include "house/link_of_banned.hpp"
#include "house/work_rows.hpp"

namespace etakahvila::house {
namespace {

/// Its words never go into the journal: the step finds them with whoever asked for it.
journal::Records::Write cancel_rows_of(
    protocol::SessionId session, const domain::Step& step, const api::CancelRows& cancel_rows) {
    for (const auto& event : step.events) {
        const auto* changed = std::get_if<domain::PhaseChanged>(&event.any());
        if (changed != nullptr && changed->phase == protocol::Phase::cancelled) return cancel_rows.of(session);
    }
    return {};
}

}  // namespace

journal::Records::Write rows_of_step(
    protocol::SessionId session, const domain::Step& step, const api::CancelRows& cancel_rows) {
    std::vector<journal::Records::Write> writes;
    for (auto& write : {link_of_banned(session, step), work_rows(session, step), feedback_rows(session, step),
             cancel_rows_of(session, step, cancel_rows)}) {
        if (write) writes.push_back(write);
    }
    if (writes.empty()) return {};
    return [writes = std::move(writes)](records::Database& database) {
        for (const auto& write : writes) write(database);
    };
}

}  // namespace etakahvila::house
