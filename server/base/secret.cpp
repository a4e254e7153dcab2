#include "base/secret.hpp"

#include <vector>

#include <sodium.h>

#include "base/check.hpp"

namespace etakahvila::base {

void fill_random(std::span<std::byte> bytes) {
    ETAKAHVILA_CHECK(sodium_init() >= 0);
    randombytes_buf(bytes.data(), bytes.size());
}

std::string random_text(std::size_t byte_count) {
    std::vector<std::byte> bytes(byte_count);
    fill_random(bytes);
    std::string text(sodium_base64_encoded_len(byte_count, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), byte_count,
        sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.pop_back();  // the terminating zero
    return text;
}

bool is_same_secret(std::string_view shown, std::string_view secret) {
    return shown.size() == secret.size() && sodium_memcmp(shown.data(), secret.data(), secret.size()) == 0;
}

}  // namespace etakahvila::base
