// What somebody typed as their code, or brought as the secret of their link; and a row of guesses
// with the times between them, against the limiter.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include <sodium.h>

#include "fuzz/target.hpp"
#include "people/guess_limiter.hpp"
#include "people/secret.hpp"

using namespace etakahvila::people;

namespace {

std::string in_other_case(std::string text) {
    for (auto& c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) c = static_cast<char>(c ^ 0x20);
    }
    return text;
}

void read_code(const std::string& typed) {
    const auto code = SpokenCode::normalize_code(typed);
    // Case is forgiven either way.
    HOLDS(SpokenCode::normalize_code(in_other_case(typed)) == code);
    HOLDS(SpokenCode::normalize_code(" " + typed + "-") == code);
    if (!code) return;
    const auto text = code->to_text();
    HOLDS(text.size() == SpokenCode::length + 1 && text[SpokenCode::length / 2] == ' ');
    HOLDS(SpokenCode::normalize_code(text) == code);
    HOLDS(std::count(text.begin(), text.end(), ' ') == 1);
    HOLDS(text.find_first_not_of(std::string{SpokenCode::alphabet} + ' ') == text.npos);
    HOLDS(code->read_aloud().ends_with('.'));
    HOLDS(code->hash(Hash{}) == SpokenCode::normalize_code(text)->hash(Hash{}));
    // One character more or less is no code.
    // What is found among other words stays found; a ninth character makes no code.
    HOLDS(!SpokenCode::normalize_code(text + '2'));
}

void read_link(std::string_view fragment) {
    const auto secret = Secret::from_link(fragment);
    if (!secret) return;
    // There is one spelling of a secret, so what is found by it is found by nothing else.
    HOLDS(secret->to_link() == fragment);
    HOLDS(secret->hash() == Secret::from_link(fragment)->hash());
}

/// Lines of a guess each: two characters of time, then the code, a blank, the address. One that ends
/// in an exclamation mark was right.
void guess(std::string_view lines) {
    const GuessLimits limits;
    GuessLimiter limiter{limits};
    std::set<std::string> networks;
    Milliseconds now{};
    std::int64_t taken = 0;
    while (lines.size() > 2) {
        now += Milliseconds{static_cast<unsigned char>(lines[0]) * 256 + static_cast<unsigned char>(lines[1])};
        lines.remove_prefix(2);
        const auto line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(line.size() + 1, lines.size()));
        const auto blank = std::min(line.find(' '), line.size());
        const auto code = SpokenCode::normalize_code(line.substr(0, blank));
        const auto address = line.substr(std::min(blank + 1, line.size()));
        const auto key = address_key(address);
        HOLDS(key.size() <= std::max<std::size_t>(address.size(), 64));
        networks.insert(key);
        const auto typed = code ? code->to_text() : std::string{};
        const auto wait = limiter.take(typed, address, now);
        if (wait) {
            HOLDS(*wait > Milliseconds{});
        } else if (line.ends_with('!')) {
            limiter.give_back(typed, address);
        } else {
            ++taken;
        }
    }
    const auto most = [&](const GuessRate& rate) { return rate.burst + 1 + now / rate.interval; };
    HOLDS(taken <= most(limits.shared) + static_cast<std::int64_t>(networks.size()) * most(limits.own));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const bool is_ready = sodium_init() >= 0;
    HOLDS(is_ready);
    const std::string input{reinterpret_cast<const char*>(data), size};
    read_code(input);
    read_link(input);
    guess(input);
    return 0;
}
