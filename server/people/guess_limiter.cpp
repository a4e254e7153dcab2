#include "people/guess_limiter.hpp"

#include <algorithm>
#include <array>

#include <arpa/inet.h>

namespace etakahvila::people {
namespace {

constexpr std::int64_t households_of_48 = 16;
const std::string everyone;

/// Four bytes, or sixteen, or none.
std::string bytes_of(std::string_view address) {
    const std::string text{address};
    in_addr v4{};
    if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return std::string{reinterpret_cast<const char*>(&v4), sizeof v4};
    in6_addr v6{};
    if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) return {};
    const std::string bytes{reinterpret_cast<const char*>(v6.s6_addr), sizeof v6.s6_addr};
    return IN6_IS_ADDR_V4MAPPED(&v6) ? bytes.substr(12) : bytes;
}

std::string key_of(std::string_view guess, const CountedNetwork& network) {
    return std::string{guess} + '\0' + network.key;
}

}  // namespace

Milliseconds Allowances::wait(const std::string& key, Milliseconds now, std::int64_t width) const {
    const auto found = whole_at_.find(key);
    const auto whole_at = found == whole_at_.end() ? now : std::max(found->second, now);
    const auto interval = rate_.interval / width;
    return std::max(Milliseconds{0}, whole_at - now - (rate_.burst * width - 1) * interval);
}

void Allowances::spend(const std::string& key, Milliseconds now, std::int64_t width) {
    if (whole_at_.size() >= remembered_max_) forget(now);
    auto& at = whole_at_[key];
    at = std::max(at, now) + rate_.interval / width;
}

void Allowances::give_back(const std::string& key, std::int64_t width) {
    if (const auto found = whole_at_.find(key); found != whole_at_.end()) found->second -= rate_.interval / width;
}

bool Allowances::is_whole(const std::string& key, Milliseconds now) const {
    const auto found = whole_at_.find(key);
    return found == whole_at_.end() || found->second <= now;
}

void Allowances::forget(Milliseconds now) {
    std::erase_if(whole_at_, [&](const auto& entry) { return entry.second <= now; });
    if (whole_at_.size() < remembered_max_) return;
    std::vector<Milliseconds> times;
    times.reserve(whole_at_.size());
    for (const auto& [key, at] : whole_at_) times.push_back(at);
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    std::erase_if(whole_at_, [&](const auto& entry) { return entry.second <= *middle; });
}

GuessLimiter::GuessLimiter(GuessLimits limits)
    : same_{limits.same, limits.remembered_max},
      own_{limits.own, limits.remembered_max},
      drawn_{limits.drawn, limits.remembered_max},
      shared_{limits.shared} {}

std::optional<Milliseconds> GuessLimiter::take(std::string_view guess, std::string_view address, Milliseconds now) {
    const auto networks = networks_of(address);
    const auto same_key = key_of(guess, networks.front());
    const auto same = guess.empty() ? Milliseconds{0} : same_.wait(same_key, now);
    Milliseconds own{0};
    for (const auto& network : networks) own = std::max(own, own_.wait(network.key, now, network.width));
    auto longest = std::max(same, own);
    const bool draws = own > Milliseconds{0};
    if (draws) {
        auto drawn = shared_.wait(everyone, now);
        for (const auto& network : networks) drawn = std::max(drawn, drawn_.wait(network.key, now, network.width));
        longest = std::max(same, std::min(own, drawn));
    }
    if (longest > Milliseconds{0}) return longest;
    if (!guess.empty()) same_.spend(same_key, now);
    for (const auto& network : networks) (draws ? drawn_ : own_).spend(network.key, now, network.width);
    if (draws) shared_.spend(everyone, now);
    return std::nullopt;
}

bool GuessLimiter::is_fresh(std::string_view address, Milliseconds now) const {
    const auto networks = networks_of(address);
    return std::all_of(networks.begin(), networks.end(),
        [&](const CountedNetwork& network) { return own_.is_whole(network.key, now); });
}

void GuessLimiter::give_back(std::string_view guess, std::string_view address) {
    const auto networks = networks_of(address);
    same_.give_back(key_of(guess, networks.front()));
    // To its own, also when it was drawn: what has been drawn of what is shared does not come back.
    for (const auto& network : networks) own_.give_back(network.key, network.width);
}

std::vector<CountedNetwork> networks_of(std::string_view address) {
    const auto bytes = bytes_of(address);
    if (bytes.size() != 16) return {{.key = bytes.empty() ? "unknown" : bytes}};
    return {{.key = bytes.substr(0, 7)}, {.key = bytes.substr(0, 6), .width = households_of_48}};
}

std::string address_key(std::string_view address) { return networks_of(address).front().key; }

std::string network_text(std::string_view address) {
    auto bytes = bytes_of(address);
    if (bytes.empty()) return "unknown";
    const bool is_v4 = bytes.size() == 4;
    std::fill(bytes.begin() + (is_v4 ? 3 : 6), bytes.end(), '\0');
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(is_v4 ? AF_INET : AF_INET6, bytes.data(), text.data(), text.size());
    return std::string{text.data()} + (is_v4 ? "/24" : "/48");
}

}  // namespace etakahvila::people
