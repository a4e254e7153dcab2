#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace etakahvila::base {

/// Fills the span with bytes that nobody can guess. From any thread.
void fill_random(std::span<std::byte> bytes);

/// `byte_count` unguessable bytes as URL-safe text.
std::string random_text(std::size_t byte_count);

}  // namespace etakahvila::base
