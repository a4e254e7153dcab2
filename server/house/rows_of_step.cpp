#include "house/rows_of_step.hpp"

#include <vector>

#include "house/carried_rows.hpp"
#include "house/contact_rows.hpp"
#include "house/feedback_house.hpp"
#include "house/link_of_banned.hpp"
#include "house/work_rows.hpp"
#include "people/appointments.hpp"

namespace etakahvila::house {
namespace {

/// Its words never go into the journal: the step finds them with whoever asked for it.
journal::Records::Write asked_rows_of(
    protocol::SessionId session, const domain::Step& step, const api::StepRows& step_rows) {
    for (const auto& event : step.events) {
        const auto* changed = std::get_if<domain::PhaseChanged>(&event.any());
        if (changed != nullptr && changed->phase == protocol::Phase::cancelled) return step_rows.of(session);
        if (const auto* noted = std::get_if<domain::ContactNoted>(&event.any()))
            return step_rows.of(session, noted->person);
    }
    return {};
}

/// How far a worker's meeting with somebody is; of another day it is nothing.
journal::Records::Write appointment_rows(protocol::SessionId session, const domain::Step& step) {
    for (const auto& event : step.events) {
        const auto* changed = std::get_if<domain::PhaseChanged>(&event.any());
        if (changed == nullptr) continue;
        return [session, phase = changed->phase](
                   records::Database& database) { people::note_appointment_phase(database, session, phase); };
    }
    return {};
}

}  // namespace

journal::Records::Write rows_of_step(
    protocol::SessionId session, const domain::Step& step, const api::StepRows& step_rows) {
    std::vector<journal::Records::Write> writes;
    // What was asked for adds its words to the row of the contact, and asks how far a meeting was before.
    for (auto& write : {link_of_banned(session, step), work_rows(session, step), feedback_rows(session, step),
             carried_rows(session, step), contact_rows(session, step), asked_rows_of(session, step, step_rows),
             appointment_rows(session, step)}) {
        if (write) writes.push_back(write);
    }
    if (writes.empty()) return {};
    return [writes = std::move(writes)](records::Database& database) {
        for (const auto& write : writes) write(database);
    };
}

}  // namespace etakahvila::house
