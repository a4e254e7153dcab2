#pragma once

// What the demo's people say about sleep. Made up; nobody's own.

#include <span>
#include <string_view>

namespace etakahvila::demo {

std::span<const std::string_view> sentences();

/// With a link in it, which waits for a moderator.
std::span<const std::string_view> sentences_with_links();

}  // namespace etakahvila::demo
