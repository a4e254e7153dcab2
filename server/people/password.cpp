#include "people/password.hpp"

#include <algorithm>
#include <array>
#include <new>

#include <sodium.h>

#include "base/check.hpp"
#include "people/words.hpp"

namespace etakahvila::people {

bool is_good_password(std::string_view password) {
    const bool has_control = std::any_of(
        password.begin(), password.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
    return password.size() <= password_bytes_max && !has_control && code_points(password) >= password_code_points_min;
}

std::string password_hash(std::string_view typed) {
    ETAKAHVILA_CHECK(sodium_init() >= 0);
    const auto password = password_form(typed);
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str(text.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
            crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        throw std::bad_alloc{};
    return text.data();
}

bool is_password(std::string_view typed, const std::string& hash) {
    ETAKAHVILA_CHECK(sodium_init() >= 0);
    const auto is_it = [&](std::string_view password) {
        return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
    };
    const auto form = password_form(typed);
    // A hash of earlier is of what was typed, as it was typed.
    return is_it(form) || (form != typed && is_it(typed));
}

const std::string& hash_of_nobody() {
    static const std::string hash = [] {
        std::array<char, 32> unknown{};
        ETAKAHVILA_CHECK(sodium_init() >= 0);
        randombytes_buf(unknown.data(), unknown.size());
        for (auto& byte : unknown) byte = static_cast<char>('!' + static_cast<unsigned char>(byte) % 94);
        return password_hash({unknown.data(), unknown.size()});
    }();
    return hash;
}

}  // namespace etakahvila::people
