#include "house/public_files.hpp"

#include <array>
#include <ctime>

namespace etakahvila::house {

std::string robots_txt() {
    return "# No room, no calendar and nobody's own page is for search engines.\n"
           "User-agent: *\n"
           "Allow: /$\n"
           "Allow: /instructions\n"
           "Allow: /accessibility\n"
           "Allow: /privacy\n"
           "Allow: /netiquette\n"
           "Allow: /assets/\n"
           "Disallow: /\n";
}

std::string security_txt(const std::string& contact, const std::string& site, base::UtcTime now) {
    // At most a year is recommended (RFC 9116 §2.5.5). Of the day's beginning: whoever asks twice gets the same.
    constexpr std::time_t day = std::time_t{24} * 60 * 60;
    const std::time_t expires = (static_cast<std::time_t>(now.ms / 1000) / day + 182) * day;
    std::tm utc{};
    std::array<char, 32> text{};
    const auto size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", ::gmtime_r(&expires, &utc));
    return "Contact: " + contact + "\nExpires: " + std::string{text.data(), size} +
           "\nPreferred-Languages: fi, sv, en\nCanonical: " + site + "/.well-known/security.txt\n";
}

}  // namespace etakahvila::house
