#pragma once

#include <algorithm>

#include "domain/room/event.hpp"

namespace etakahvila::house {

/// Whether any of these has happened in the step.
template <class... Wanted>
bool has_event(const domain::Step& step) {
    return std::any_of(step.events.begin(), step.events.end(),
        [](const domain::Event& event) { return (std::holds_alternative<Wanted>(event.any()) || ...); });
}

}  // namespace etakahvila::house
