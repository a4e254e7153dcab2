#include "people/person.hpp"

#include <algorithm>
#include <array>

#include "people/words.hpp"

namespace etakahvila::people {
namespace {

constexpr std::size_t phone_digits_min = 5;
constexpr std::size_t phone_digits_max = 15;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_phone(std::string_view text) {
    const auto digits = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
    const bool is_clean = std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || std::string_view{" +-()./"}.find(c) != std::string_view::npos; });
    return is_clean && digits >= phone_digits_min && digits <= phone_digits_max && text.find('+', 1) == std::string_view::npos;
}

bool is_email(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0 || text.find_first_of("@ ,;:<>()\"\\", at + 1) != std::string_view::npos) return false;
    if (text.substr(0, at).find_first_of(" ,;:<>()\"\\") != std::string_view::npos) return false;
    const auto domain = text.substr(at + 1);
    const auto dot = domain.rfind('.');
    return dot != std::string_view::npos && dot > 0 && domain.size() - dot > 2 && domain.front() != '.' && domain.find("..") == std::string_view::npos;
}

/// A field of identity of two people, made comparable: told by both and the same, by both and
/// different, by one, or by none.
enum class Told : std::uint8_t { same, different, by_one, by_none };

using Key = std::string (*)(std::string_view);

Told told(const std::optional<std::string>& one, const std::optional<std::string>& other, Key key) {
    if (!one && !other) return Told::by_none;
    if (!one || !other) return Told::by_one;
    return key(*one) == key(*other) ? Told::same : Told::different;
}

std::array<Told, 3> compared(const PersonDetails& one, const PersonDetails& other) {
    return {told(one.phone, other.phone, phone_key), told(one.email, other.email, name_key), told(one.supervisor, other.supervisor, name_key)};
}

bool has(const std::array<Told, 3>& fields, Told kind) { return std::find(fields.begin(), fields.end(), kind) != fields.end(); }

}  // namespace

std::vector<Fault> tidy_details(PersonDetails& details) {
    std::vector<Fault> faults;
    const auto check = [&](std::string& text, std::string_view field, std::size_t most) {
        auto clean = tidy(text);
        if (!clean) faults.push_back({.reason = FaultReason::not_allowed, .value = std::string{field}});
        text = std::move(clean).value_or("");
        if (code_points(text) > most) faults.push_back({.reason = FaultReason::too_long, .value = std::string{field}});
    };
    const auto check_optional = [&](std::optional<std::string>& text, std::string_view field, std::size_t most) {
        if (!text) return;
        check(*text, field, most);
        if (text->empty() || says_none(*text)) text.reset();
    };
    check(details.name, "name", name_code_points_max);
    if (details.name.empty() && faults.empty()) faults.push_back({.reason = FaultReason::name_missing, .value = {}});
    check_optional(details.supervisor, "supervisor", name_code_points_max);
    check_optional(details.phone, "phone", phone_code_points_max);
    check_optional(details.email, "email", email_code_points_max);
    check_optional(details.needs, "needs", needs_code_points_max);
    if (details.phone && !is_phone(*details.phone)) faults.push_back({.reason = FaultReason::phone_unclear, .value = details.phone});
    if (details.email && !is_email(*details.email)) faults.push_back({.reason = FaultReason::email_unclear, .value = details.email});
    return faults;
}

std::optional<DecisionType> decision_type_in(std::string_view text) {
    const auto key = word_key(text);
    const auto says = [&](std::string_view part) { return key.find(part) != std::string::npos; };
    const auto is_one_of = [&](std::initializer_list<std::string_view> words) { return std::find(words.begin(), words.end(), key) != words.end(); };

    const bool of_disability = says("vammais") || says("funktionsneds") || says("funktionshind") || says("handikapp") || says("disab");
    const bool is_activity = says("toimin") || says("verksamhet") || says("activit") || says("work");
    const bool is_rehabilitative = says("kuntouttav") || says("rehabiliter") || says("rehabilitative");

    const bool social = (says("sosiaali") && says("kuntoutu")) || (says("social") && says("rehab")) || is_one_of({"soku", "soskuntoutus", "soskunt"});
    const bool disability = (of_disability && is_activity) || is_one_of({"vato"});
    const bool work = (is_rehabilitative && !says("social") && (is_activity || key == "kuntouttava")) ||
                      (key == "workactivity") || is_one_of({"kutyö", "kuty", "kutt", "kuto", "kuntty"});
    if (social + disability + work != 1) return std::nullopt;
    if (social) return DecisionType::social_rehabilitation;
    return disability ? DecisionType::disability_work_activity : DecisionType::work_activity;
}

bool says_none(std::string_view text) {
    static constexpr std::array<std::string_view, 12> words{"ei", "eiole", "eioo", "eipäätöstä", "puuttuu", "nej",
                                                            "ingen", "saknas", "finnsinte", "no", "none", "na"};
    const auto key = word_key(text);
    if (key.empty()) return text.find('?') == std::string_view::npos;
    return std::find(words.begin(), words.end(), key) != words.end();
}

std::string phone_key(std::string_view phone) {
    std::string digits;
    for (const char c : phone) {
        if (is_digit(c)) digits += c;
    }
    const bool is_international = phone.find('+') != std::string_view::npos || digits.starts_with("00358");
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    if (is_international && digits.starts_with("358")) digits.erase(0, 3);
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

bool is_same_person(const PersonDetails& one, const PersonDetails& other) {
    if (name_key(one.name) != name_key(other.name)) return false;
    const auto fields = compared(one, other);
    return !has(fields, Told::different) && (has(fields, Told::same) || !has(fields, Told::by_one));
}

bool is_exactly_same_person(const PersonDetails& one, const PersonDetails& other) {
    return is_same_person(one, other) && !has(compared(one, other), Told::by_one);
}

}  // namespace etakahvila::people
