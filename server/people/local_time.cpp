#include "people/local_time.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <vector>

#include <date/date.h>
#include <date/tz.h>

namespace etakahvila::people {
namespace {

const date::time_zone& helsinki() {
    static const date::time_zone* const zone = date::locate_zone("Europe/Helsinki");
    return *zone;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// The numbers of "3.12.2026" between single separators of `separators`; nothing when anything
/// else stands in the text.
std::optional<std::vector<int>> numbers_in(std::string_view text, std::string_view separators) {
    std::vector<int> numbers;
    while (true) {
        int number{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        const auto length = static_cast<std::size_t>(end - text.data());
        if (error != std::errc{} || length > 4 || text.front() == '-') return std::nullopt;
        numbers.push_back(number);
        text.remove_prefix(length);
        if (text.empty()) return numbers;
        if (separators.find(text.front()) == std::string_view::npos) return std::nullopt;
        text.remove_prefix(1);
        if (text.empty()) return std::nullopt;
    }
}

date::local_time<std::chrono::milliseconds> local_of(UtcTime at) {
    return helsinki().to_local(date::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{at.ms}});
}

}  // namespace

std::optional<LocalDate> date_in(std::string_view text) {
    text = trimmed(text);
    const bool is_iso = text.find('-') != std::string_view::npos;
    const auto numbers = numbers_in(text, is_iso ? "-" : "./");
    if (!numbers || numbers->size() != 3) return std::nullopt;
    const auto year = (*numbers)[is_iso ? 0 : 2];
    const auto month = static_cast<unsigned>((*numbers)[1]);
    const auto day = static_cast<unsigned>((*numbers)[is_iso ? 2 : 0]);
    if (year < 2000 || year > 2199 || !(date::year{year} / date::month{month} / date::day{day}).ok()) return std::nullopt;
    return LocalDate{.year = year, .month = month, .day = day};
}

std::optional<ClockTime> clock_in(std::string_view text) {
    text = trimmed(text);
    for (const std::string_view word : {"kello ", "klo ", "kl. ", "kl "}) {
        if (text.starts_with(word)) {
            text = trimmed(text.substr(word.size()));
            break;
        }
    }
    const auto numbers = numbers_in(text, ":.");
    if (!numbers || numbers->size() > 3) return std::nullopt;
    const int hour = numbers->front();
    const int minute = numbers->size() > 1 ? (*numbers)[1] : 0;
    const int second = numbers->size() > 2 ? (*numbers)[2] : 0;
    if (hour > 23 || minute > 59 || second != 0) return std::nullopt;
    return ClockTime{.hour = hour, .minute = minute};
}

std::variant<UtcTime, ClockGap> utc_of(LocalDate date, ClockTime clock) {
    const date::local_days day{date::year{date.year} / date::month{date.month} / date::day{date.day}};
    const auto local = day + std::chrono::hours{clock.hour} + std::chrono::minutes{clock.minute};
    const auto info = helsinki().get_info(local);
    if (info.result == date::local_info::nonexistent) return ClockGap::time_does_not_exist;
    if (info.result == date::local_info::ambiguous) return ClockGap::time_comes_twice;
    const auto since_epoch = local.time_since_epoch() - info.first.offset;
    return UtcTime{std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

std::string local_date_text(UtcTime at) {
    const date::year_month_day day{date::floor<date::days>(local_of(at))};
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                  static_cast<unsigned>(day.day()));
    return text.data();
}

std::string local_clock_text(UtcTime at) {
    const auto local = local_of(at);
    const auto minutes = date::floor<std::chrono::minutes>(local - date::floor<date::days>(local)).count();
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d", static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
    return text.data();
}

}  // namespace etakahvila::people
