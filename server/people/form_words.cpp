#include "people/form_words.hpp"

#include "people/words.hpp"
#include "text/text.hpp"

namespace etakahvila::people {

void FormWords::fault(FaultReason reason, std::optional<std::string> value) {
    faults_.push_back({.reason = reason, .value = std::move(value)});
}

std::string FormWords::clean(std::string_view text, std::string_view field, std::size_t most) {
    auto tidied = tidy(text);
    if (!tidied) fault(FaultReason::not_allowed, std::string{field});
    auto result = std::move(tidied).value_or("");
    if (code_points(result) > most) fault(FaultReason::too_long, std::string{field});
    return result;
}

std::string FormWords::needed(std::string_view text, std::string_view field, std::size_t most, FaultReason missing) {
    const auto before = faults_.size();
    auto result = clean(text, field, most);
    if (result.empty() && faults_.size() == before) fault(missing);
    return result;
}

std::optional<std::string> FormWords::given(
    const std::optional<std::string>& text, std::string_view field, std::size_t most) {
    if (!text) return std::nullopt;
    auto result = clean(*text, field, most);
    if (result.empty()) return std::nullopt;
    return result;
}

std::optional<std::string> FormWords::given_lines(
    const std::optional<std::string>& text, std::string_view field, std::size_t most) {
    if (!text) return std::nullopt;
    auto cleaned = text::clean_text(*text, most);
    if (!cleaned.fault) return std::move(cleaned.value);
    if (*cleaned.fault == protocol::RefusalWord::text_too_long) fault(FaultReason::too_long, std::string{field});
    if (*cleaned.fault == protocol::RefusalWord::text_not_allowed) fault(FaultReason::not_allowed, std::string{field});
    return std::nullopt;
}

std::optional<LocalDate> FormWords::day(const std::string& text) {
    const auto read = read_date(text);
    if (const auto* found = std::get_if<LocalDate>(&read)) return *found;
    switch (std::get<DateTrouble>(read)) {
        case DateTrouble::unclear: fault(FaultReason::date_unclear, text); break;
        case DateTrouble::order_unclear: fault(FaultReason::date_order_unclear, text); break;
        case DateTrouble::weekday_differs: fault(FaultReason::weekday_differs, text); break;
    }
    return std::nullopt;
}

std::optional<UtcTime> FormWords::moment(
    std::optional<LocalDate> date, std::optional<ClockTime> clock, const std::string& text, FaultReason unclear) {
    if (!clock) fault(unclear, text);
    if (!clock || !date) return std::nullopt;
    const auto found = utc_of(*date, *clock);
    if (const auto* at = std::get_if<UtcTime>(&found)) return *at;
    fault(std::get<ClockGap>(found) == ClockGap::time_comes_twice ? FaultReason::time_comes_twice
                                                                  : FaultReason::time_does_not_exist,
        text);
    return std::nullopt;
}

}  // namespace etakahvila::people
