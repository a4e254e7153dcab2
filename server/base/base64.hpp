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

/// With its padding.
inline std::string to_base64(std::string_view bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string written;
    written.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto three = bytes.substr(at, 3);
        std::uint32_t bits = 0;
        for (std::size_t index = 0; index < 3; ++index)
            bits = bits << 8U | (index < three.size() ? static_cast<unsigned char>(three[index]) : 0U);
        for (std::size_t index = 0; index < 4; ++index)
            written.push_back(index <= three.size() ? alphabet[bits >> (18 - 6 * index) & 0x3FU] : '=');
    }
    return written;
}

}  // namespace etakahvila::base
