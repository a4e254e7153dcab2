#pragma once

#include "api/step_rows.hpp"
#include "journal/records.hpp"

namespace etakahvila::house {

/// All that the records must say with a step, as one: of bans, of the day's work, of its feedback, of questions that
/// are carried, of its cancelling. It is written in the step's own commit. Nothing for most steps.
journal::Records::Write rows_of_step(
    protocol::SessionId session, const domain::Step& step, const api::StepRows& step_rows);

}  // namespace etakahvila::house
