#pragma once

// Files in the fields of a form: base64 as a browser makes it (RFC 4648 §4).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace etakahvila::base {

/// What was written in base64, with its padding or without; nothing when it is none.
inline std::optional<std::string> from_base64(std::string_view written) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    constexpr std::size_t letters_of_three = 4;
    for (int padding = 0; padding < 2 && written.ends_with('='); ++padding) written.remove_suffix(1);
    if (written.size() % letters_of_three == 1) return std::nullopt;
    std::string bytes;
    bytes.reserve(written.size() / letters_of_three * 3 + 2);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char letter : written) {
        const auto value = alphabet.find(letter);
        if (value == std::string_view::npos) return std::nullopt;
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes.push_back(static_cast<char>(bits >> count & 0xFFU));
    }
    return bytes;
}

}  // namespace etakahvila::base
