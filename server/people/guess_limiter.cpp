#include "people/guess_limiter.hpp"

#include <algorithm>

#include <arpa/inet.h>

namespace etakahvila::people {
namespace {

/// How long until the allowance that is whole at `whole_at` has one to take; 0 or less: now.
Milliseconds wait(Milliseconds whole_at, const GuessRate& rate, Milliseconds now) {
    return std::max(whole_at, now) - now - (rate.burst - 1) * rate.interval;
}

Milliseconds spent(Milliseconds whole_at, const GuessRate& rate, Milliseconds now) { return std::max(whole_at, now) + rate.interval; }

template <class Whole>
Milliseconds whole_at(const Whole& whole, const std::string& key) {
    const auto found = whole.find(key);
    return found == whole.end() ? Milliseconds{} : found->second;
}

template <class Whole>
void give(Whole& whole, const std::string& key, const GuessRate& rate) {
    const auto found = whole.find(key);
    if (found != whole.end()) found->second -= rate.interval;
}

}  // namespace

void GuessLimiter::spend(Whole& whole, const std::string& key, const GuessRate& rate, Milliseconds now) {
    if (whole.size() >= limits_.remembered_max) std::erase_if(whole, [&](const auto& entry) { return entry.second <= now; });
    auto& at = whole[key];
    at = spent(at, rate, now);
}

std::optional<Milliseconds> GuessLimiter::take(std::string_view code, std::string_view address, Milliseconds now) {
    const std::string code_text{code};
    const auto place = address_key(address);
    auto longest = std::max(wait(whole_at(addresses_, place), limits_.per_address, now), wait(overall_, limits_.overall, now));
    if (!code.empty()) longest = std::max(longest, wait(whole_at(codes_, code_text), limits_.per_code, now));
    if (longest > Milliseconds{0}) return longest;
    if (!code.empty()) spend(codes_, code_text, limits_.per_code, now);
    spend(addresses_, place, limits_.per_address, now);
    overall_ = spent(overall_, limits_.overall, now);
    return std::nullopt;
}

void GuessLimiter::give_back(std::string_view code, std::string_view address) {
    give(codes_, std::string{code}, limits_.per_code);
    give(addresses_, address_key(address), limits_.per_address);
    overall_ -= limits_.overall.interval;
}

std::string address_key(std::string_view address) {
    const std::string text{address};
    in_addr v4{};
    if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return std::string{reinterpret_cast<const char*>(&v4), sizeof v4};
    in6_addr v6{};
    if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) return "unknown";
    if (IN6_IS_ADDR_V4MAPPED(&v6)) return std::string{reinterpret_cast<const char*>(&v6.s6_addr[12]), 4};
    return std::string{reinterpret_cast<const char*>(v6.s6_addr), 8};
}

}  // namespace etakahvila::people
