#pragma once

// What people are called on an experience-story day. The list is of Finland's nature, in words that everyone can read
// and say; names are names, so pages in every language have the same ones.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "people/sessions.hpp"

namespace etakahvila::people {

/// All of them, in no order that would tell anything.
std::span<const std::string_view> nickname_list();

/// Those of one day: at least as many as may come. None is a word of anybody's name on the roster, so that nobody is
/// called by their own first name, or by another's. Where people are more than names, names come again with a number.
std::vector<std::string> nicknames_for(const std::vector<RosterEntry>& roster);

}  // namespace etakahvila::people
