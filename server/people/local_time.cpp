#include "people/local_time.hpp"

#include <algorithm>
#include <array>
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

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_number(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

/// In small letters, with plain dashes and single spaces.
std::string plain(std::string_view written) {
    std::string text{written};
    for (const std::string_view space : {"\u00a0", "\u202f", "\u2007", "\u2009", "\t"}) replace_all(text, space, " ");
    for (const std::string_view dash : {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"})
        replace_all(text, dash, "-");
    for (const auto& [capital, small] :
        {std::pair<std::string_view, std::string_view>{"Å", "å"}, {"Ä", "ä"}, {"Ö", "ö"}})
        replace_all(text, capital, small);
    std::string out;
    for (const char c : text) {
        if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

/// What stands in a text: words, numbers, and the signs between them; spaces part, and are nothing else.
std::vector<std::string> parts_of(std::string_view text) {
    const auto kind = [](char c) {
        return is_digit(c) ? 0 : c == ' ' ? 1 : std::string_view{".,/-:()+"}.find(c) != std::string_view::npos ? 2 : 3;
    };
    std::vector<std::string> parts;
    bool goes_on = false;
    for (const char c : text) {
        const auto now = kind(c);
        if (now == 1) {
            goes_on = false;
            continue;
        }
        if (goes_on && now != 2 && kind(parts.back().back()) == now)
            parts.back() += c;
        else
            parts.emplace_back(1, c);
        goes_on = true;
    }
    return parts;
}

/// Sunday is 0, as date::weekday counts.
std::optional<unsigned> weekday_in(std::string_view word) {
    static constexpr std::array<std::array<std::string_view, 4>, 7> names{{{"su", "sunnuntai", "söndag", "sunday"},
        {"ma", "maanantai", "måndag", "monday"}, {"ti", "tiistai", "tisdag", "tuesday"},
        {"ke", "keskiviikko", "onsdag", "wednesday"}, {"to", "torstai", "torsdag", "thursday"},
        {"pe", "perjantai", "fredag", "friday"}, {"la", "lauantai", "lördag", "saturday"}}};
    constexpr std::size_t letters_min = 3;
    for (unsigned day = 0; day < names.size(); ++day) {
        for (const auto name : names[day]) {
            if (word == name ||
                (name.size() > 2 && word.size() >= letters_min && (name.starts_with(word) || word.starts_with(name))))
                return day;
        }
    }
    return std::nullopt;
}

std::optional<int> month_in(std::string_view word) {
    static constexpr std::array<std::array<std::string_view, 3>, 12> stems{
        {{"tammi", "jan", "jan"}, {"helmi", "feb", "feb"}, {"maalis", "mars", "march"}, {"huhti", "apr", "apr"},
            {"touko", "maj", "may"}, {"kesä", "juni", "june"}, {"heinä", "juli", "july"}, {"elo", "aug", "aug"},
            {"syys", "sep", "sep"}, {"loka", "okt", "oct"}, {"marras", "nov", "nov"}, {"joulu", "dec", "dec"}}};
    for (std::size_t month = 0; month < stems.size(); ++month) {
        for (const auto stem : stems[month]) {
            if (word.starts_with(stem)) return static_cast<int>(month) + 1;
        }
    }
    for (const auto& [word_of, month] : {std::pair<std::string_view, int>{"mar", 3}, {"jun", 6}, {"jul", 7}}) {
        if (word == word_of) return month;
    }
    return std::nullopt;
}

struct Numbers {
    std::vector<int> numbers;
    std::vector<std::size_t> digits;
};

/// "3.12.2026" between separators of one kind; nothing when anything else stands there.
std::optional<Numbers> numbers_in(const std::vector<std::string>& parts, std::string_view separator) {
    Numbers found;
    if (parts.size() % 2 == 0) return std::nullopt;
    for (std::size_t at = 0; at < parts.size(); ++at) {
        const bool is_separator = at % 2 == 1;
        if (is_separator ? parts[at] != separator : !is_number(parts[at]) || parts[at].size() > 4) return std::nullopt;
        if (is_separator) continue;
        found.numbers.push_back(std::stoi(parts[at]));
        found.digits.push_back(parts[at].size());
    }
    return found;
}

std::optional<LocalDate> checked(int year, int month, int day, std::size_t year_digits) {
    if (year_digits == 2)
        year += 2000;
    else if (year_digits != 4)
        return std::nullopt;
    const auto whole = date::year{year} / date::month{static_cast<unsigned>(month)} /
                       date::day{static_cast<unsigned>(day)};
    if (year < 2000 || year > 2199 || !whole.ok()) return std::nullopt;
    return LocalDate{.year = year, .month = static_cast<unsigned>(month), .day = static_cast<unsigned>(day)};
}

date::local_days local_days_of(LocalDate day) {
    return date::local_days{date::year{day.year} / date::month{day.month} / date::day{day.day}};
}

LocalDate date_of(date::local_days days) {
    const date::year_month_day day{days};
    return {.year = static_cast<int>(day.year()),
        .month = static_cast<unsigned>(day.month()),
        .day = static_cast<unsigned>(day.day())};
}

unsigned weekday_of(LocalDate day) { return date::weekday{local_days_of(day)}.c_encoding(); }

using Read = std::variant<LocalDate, DateTrouble>;

Read or_unclear(const std::optional<LocalDate>& day) {
    if (!day) return DateTrouble::unclear;
    return *day;
}

/// 3/12/2026 and 3-12-2026: day and month in either order.
Read either_order(const Numbers& written, std::optional<unsigned> weekday) {
    const auto& [numbers, digits] = written;
    const auto day_first = checked(numbers[2], numbers[1], numbers[0], digits[2]);
    const auto month_first = checked(numbers[2], numbers[0], numbers[1], digits[2]);
    if (day_first && (!month_first || day_first == month_first)) return *day_first;
    if (!day_first && !month_first) return DateTrouble::unclear;
    if (day_first && weekday) {
        const bool fits_day_first = weekday_of(*day_first) == *weekday;
        if (fits_day_first != (weekday_of(*month_first) == *weekday)) return fits_day_first ? *day_first : *month_first;
    }
    return DateTrouble::order_unclear;
}

/// "3. joulukuuta 2026", "3 dec 26", "December 3, 2026".
Read with_month_name(const std::vector<std::string>& parts) {
    std::vector<std::string> said;
    for (const auto& part : parts) {
        if (part != "." && part != ",") said.push_back(part);
    }
    if (said.size() != 3 || !is_number(said[2])) return DateTrouble::unclear;
    const bool month_is_first = month_in(said[0]).has_value();
    const auto month = month_in(said[month_is_first ? 0 : 1]);
    const auto& day = said[month_is_first ? 1 : 0];
    if (!month || !is_number(day) || day.size() > 2 || said[2].size() > 4) return DateTrouble::unclear;
    return or_unclear(checked(std::stoi(said[2]), *month, std::stoi(day), said[2].size()));
}

date::local_time<std::chrono::milliseconds> local_of(UtcTime at) {
    return helsinki().to_local(date::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{at.ms}});
}

}  // namespace

namespace {

/// Year first, with a time of day behind it: its day, in Helsinki where it tells its offset.
std::optional<Read> with_time(const std::vector<std::string>& parts) {
    constexpr std::size_t date_parts = 5;
    const auto is_sign = [&](std::size_t at, std::string_view sign) { return at < parts.size() && parts[at] == sign; };
    if (parts.size() <= date_parts + 1 || parts[0].size() != 4 || !is_sign(1, "-") || !is_sign(3, "-"))
        return std::nullopt;
    const auto numbers = numbers_in({parts.begin(), parts.begin() + date_parts}, "-");
    if (!numbers) return std::nullopt;
    const auto day = checked(numbers->numbers[0], numbers->numbers[1], numbers->numbers[2], numbers->digits[0]);
    if (!day) return DateTrouble::unclear;
    auto at = date_parts;
    if (is_sign(at, "t")) ++at;
    if (at + 2 >= parts.size() || !is_number(parts[at]) || !is_sign(at + 1, ":") || !is_number(parts[at + 2]))
        return DateTrouble::unclear;
    if (parts[at].size() > 2 || parts[at + 2].size() > 2) return DateTrouble::unclear;
    const auto hour = std::stoi(parts[at]);
    const auto minute = std::stoi(parts[at + 2]);
    at += 3;
    for (const std::string_view sign : {":", "."}) {
        if (at + 1 < parts.size() && parts[at] == sign && is_number(parts[at + 1])) at += 2;
    }
    if (hour > 23 || minute > 59) return DateTrouble::unclear;
    if (at == parts.size()) return *day;
    std::chrono::minutes offset{};
    if (parts[at] != "z") {
        std::string digits;
        for (auto next = at + 1; next < parts.size(); ++next) digits += parts[next] == ":" ? "" : parts[next];
        if ((parts[at] != "+" && parts[at] != "-") || !is_number(digits) || digits.size() != 4)
            return DateTrouble::unclear;
        offset = std::chrono::hours{std::stoi(digits.substr(0, 2))} + std::chrono::minutes{std::stoi(digits.substr(2))};
        if (parts[at] == "-") offset = -offset;
    } else if (at + 1 != parts.size()) {
        return DateTrouble::unclear;
    }
    const auto utc = date::sys_days{date::year{day->year} / date::month{day->month} / date::day{day->day}} +
                     std::chrono::hours{hour} + std::chrono::minutes{minute} - offset;
    return date_of(date::floor<date::days>(helsinki().to_local(utc)));
}

Read read_day(const std::vector<std::string>& parts, std::optional<unsigned> weekday) {
    if (const auto timed = with_time(parts)) return *timed;
    const bool has_word = std::any_of(
        parts.begin(), parts.end(), [](const auto& part) { return month_in(part).has_value(); });
    if (has_word) return with_month_name(parts);
    if (parts.size() == 1 && parts[0].size() == 8 && is_number(parts[0])) {
        return or_unclear(checked(
            std::stoi(parts[0].substr(0, 4)), std::stoi(parts[0].substr(4, 2)), std::stoi(parts[0].substr(6)), 4));
    }
    for (const std::string_view separator : {".", "/", "-"}) {
        const auto written = numbers_in(parts, separator);
        if (!written || written->numbers.size() != 3) continue;
        const auto& [numbers, digits] = *written;
        if (digits[0] == 4) return or_unclear(checked(numbers[0], numbers[1], numbers[2], digits[0]));
        if (separator == ".") return or_unclear(checked(numbers[2], numbers[1], numbers[0], digits[2]));
        // 26-12-03 begins with a year as often as with a day.
        if (separator == "-" && digits[2] == 2) return DateTrouble::unclear;
        return either_order(*written, weekday);
    }
    return DateTrouble::unclear;
}

}  // namespace

std::variant<LocalDate, DateTrouble> read_date(std::string_view text) {
    auto parts = parts_of(plain(text));
    std::optional<unsigned> weekday;
    const auto drop_signs = [&](auto at_end) {
        while (!parts.empty() &&
               std::string_view{".,()"}.find(at_end ? parts.back() : parts.front()) != std::string_view::npos)
            parts.erase(at_end ? parts.end() - 1 : parts.begin());
    };
    drop_signs(false);
    drop_signs(true);
    if (parts.empty()) return DateTrouble::unclear;
    weekday = weekday_in(parts.front());
    if (weekday) {
        parts.erase(parts.begin());
    } else {
        weekday = weekday_in(parts.back());
        if (weekday) parts.pop_back();
    }
    drop_signs(false);
    drop_signs(true);
    const auto day = read_day(parts, weekday);
    const auto* good = std::get_if<LocalDate>(&day);
    if (good != nullptr && weekday && weekday_of(*good) != *weekday) return DateTrouble::weekday_differs;
    return day;
}

std::optional<LocalDate> date_in(std::string_view text) {
    const auto day = read_date(text);
    const auto* good = std::get_if<LocalDate>(&day);
    return good == nullptr ? std::nullopt : std::optional{*good};
}

std::optional<ClockTime> clock_in(std::string_view written) {
    const auto text = plain(written);
    auto parts = parts_of(text);
    // A spreadsheet's clock as a moment of its first day.
    if (text.starts_with("1899-12-30 ") || text.starts_with("1899-12-30t"))
        parts = parts_of(std::string_view{text}.substr(11));
    if (!parts.empty() && (parts[0] == "kello" || parts[0] == "klo" || parts[0] == "kl")) {
        parts.erase(parts.begin());
        if (!parts.empty() && parts[0] == ".") parts.erase(parts.begin());
    }
    // Without the thousandths that a program writes.
    if (parts.size() == 7 && parts[5] == "." && parts[6].find_first_not_of('0') == std::string::npos) parts.resize(5);
    for (std::size_t at = 1; at < parts.size(); at += 2) {
        if (parts[at] == ".") parts[at] = ":";
    }
    const auto numbers = numbers_in(parts, ":");
    if (!numbers || numbers->numbers.size() > 3) return std::nullopt;
    const int hour = numbers->numbers.front();
    const int minute = numbers->numbers.size() > 1 ? numbers->numbers[1] : 0;
    const int second = numbers->numbers.size() > 2 ? numbers->numbers[2] : 0;
    if (hour > 23 || minute > 59 || second != 0) return std::nullopt;
    return ClockTime{.hour = hour, .minute = minute};
}

std::optional<std::pair<ClockTime, ClockTime>> clock_span_in(std::string_view written) {
    const auto text = plain(written);
    const auto dash = text.find('-');
    if (dash == std::string::npos || text.find('-', dash + 1) != std::string::npos) return std::nullopt;
    const auto from = clock_in(std::string_view{text}.substr(0, dash));
    const auto to = clock_in(std::string_view{text}.substr(dash + 1));
    if (!from || !to) return std::nullopt;
    return std::pair{*from, *to};
}

std::variant<UtcTime, ClockGap> utc_of(LocalDate date, ClockTime clock) {
    const auto local = local_days_of(date) + std::chrono::hours{clock.hour} + std::chrono::minutes{clock.minute};
    const auto info = helsinki().get_info(local);
    if (info.result == date::local_info::nonexistent) return ClockGap::time_does_not_exist;
    if (info.result == date::local_info::ambiguous) return ClockGap::time_comes_twice;
    const auto since_epoch = local.time_since_epoch() - info.first.offset;
    return UtcTime{std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

UtcTime end_of_day(UtcTime at) {
    const date::local_days next{date::floor<date::days>(local_of(at)) + date::days{1}};
    // No change of clocks is at midnight there.
    const auto since_epoch = std::chrono::seconds{next.time_since_epoch()} - helsinki().get_info(next).first.offset;
    return UtcTime{std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

UtcTime noon_of_next_day(UtcTime at) {
    const date::local_days next{date::floor<date::days>(local_of(at)) + date::days{1}};
    const auto noon = next + std::chrono::hours{12};
    const auto since_epoch = std::chrono::seconds{noon.time_since_epoch()} - helsinki().get_info(noon).first.offset;
    return UtcTime{std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

std::string local_date_text(UtcTime at) { return day_text(local_day(at)); }

LocalDate local_day(UtcTime at) { return date_of(date::floor<date::days>(local_of(at))); }

std::string day_text(LocalDate day) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", day.year, day.month, day.day);
    return text.data();
}

unsigned iso_weekday(LocalDate day) {
    const auto weekday = weekday_of(day);
    return weekday == 0 ? 7 : weekday;
}

LocalDate days_after(LocalDate day, int days) { return date_of(local_days_of(day) + date::days{days}); }

int days_between(LocalDate from, LocalDate to) {
    return static_cast<int>((local_days_of(to) - local_days_of(from)).count());
}

std::string local_clock_text(UtcTime at) {
    const auto local = local_of(at);
    const auto minutes = date::floor<std::chrono::minutes>(local - date::floor<date::days>(local)).count();
    std::array<char, 40> text{};
    std::snprintf(
        text.data(), text.size(), "%02d:%02d", static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
    return text.data();
}

}  // namespace etakahvila::people
