#pragma once

// What opens an invitation: the secret of a link, and the code that can be read aloud. Neither is
// stored; the records have their hashes. Neither has a stream operator.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "people/storage.hpp"
#include "protocol/common.hpp"

namespace etakahvila::people {

using Hash = std::array<unsigned char, 32>;
std::string hex_of(const Hash& hash);

/// 128 random bits; in a link's fragment as base64url, 22 characters.
class Secret {
public:
    static constexpr std::size_t link_length = 22;

    static Secret make(const RandomBytes& random);
    /// Nothing when the text was not made by to_link.
    static std::optional<Secret> from_link(std::string_view fragment);
    ~Secret();
    Secret(const Secret&) = default;
    Secret& operator=(const Secret&) = default;

    std::string to_link() const;
    /// BLAKE2b of the bytes.
    Hash hash() const;

private:
    Secret() = default;
    std::array<unsigned char, 16> bytes_{};
};

/// Eight characters of 21: no vowels, so that no code is a word, and of characters that look
/// alike just one. About 35 bits: codes live by the guess limiter.
class SpokenCode {
public:
    static constexpr std::string_view alphabet = "23456789CDFHJKMNPRTVX";
    static constexpr std::size_t length = 8;

    static SpokenCode make(const RandomBytes& random);
    /// Forgives case, spaces, hyphens and dots, and what looks like a character of the alphabet
    /// (O and 0 are read as D, S as 5, Z as 2, B as 8, G as 6, I, L and 1 as 7, U and W as V, Q as
    /// D). A code is found in the words around it, as in "koodi: 2793 8F2P", as long as it stands
    /// there in one piece, in halves, or character by character. Nothing when no eight come out.
    static std::optional<SpokenCode> normalize_code(std::string_view typed);

    /// "K7PM 4RXT"
    std::string to_text() const;
    /// In the Finnish spelling alphabet: "Kalle, seitsemän, Paavo, Matti. Neljä, Risto, Äksä, Tyyne."
    std::string read_aloud() const;
    /// BLAKE2b of the characters, under the records' own key.
    Hash hash(const Hash& key) const;
    bool operator==(const SpokenCode&) const = default;

private:
    explicit SpokenCode(std::string characters) : characters_{std::move(characters)} {}
    std::string characters_;
};

/// What is shown to come in, and behind a dot the number of the session that is meant of a season, where one is named:
/// "K7PM 4RXT.123".
template <class Key>
struct ShownKey {
    /// Nothing when it is none.
    std::optional<Key> key;
    std::optional<protocol::SessionId> session;
};
ShownKey<Secret> secret_in(std::string_view shown);
/// The dot and the digits count only behind a whole code: a code may be cut up by dots itself.
ShownKey<SpokenCode> code_in(std::string_view shown);

}  // namespace etakahvila::people
