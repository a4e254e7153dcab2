#pragma once

// Every table and column of the records, each with the rule that takes it or the reason why it stays. A column that is
// not here fails tests/house/keeping_registry_test.cpp, by its name: whoever adds one says what becomes of it.

#include <span>
#include <string_view>
#include <variant>

#include "protocol/api/keeping.hpp"

namespace etakahvila::keeping {

enum class Stays : std::uint8_t {
    /// Ids, times, states and figures: of whom they are is told by the people's rows alone, whose names go.
    without_words,
    /// What the site says of itself, its series, days and assignments.
    words_of_the_site,
    /// Of the staff, as long as they have an account and the day records name them.
    of_the_staff,
    /// Goes by itself within days: what is open, waits, or is signed in.
    ends_by_itself,
    /// The program's own.
    of_the_program
};

struct Listed {
    std::string_view table;
    /// With a space between them.
    std::string_view columns;
    std::variant<protocol::KeepingRule, Stays> fate;
};

/// A table has a line for each fate of its columns.
std::span<const Listed> registry();

}  // namespace etakahvila::keeping
