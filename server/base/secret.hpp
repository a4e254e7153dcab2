#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace etakahvila::base {

/// Fills the span with bytes that nobody can guess. From any thread.
void fill_random(std::span<std::byte> bytes);

/// `byte_count` unguessable bytes as URL-safe text.
std::string random_text(std::size_t byte_count);

/// Whether what was shown is the secret. Takes as long wherever the first difference is; the length
/// is no secret. What is shown is compared nowhere else, but for what is looked up by its hash.
bool is_same_secret(std::string_view shown, std::string_view secret);

}  // namespace etakahvila::base
