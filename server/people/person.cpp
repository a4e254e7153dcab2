#include "people/person.hpp"

#include <algorithm>
#include <array>

#include "people/names.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

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
    return {told(one.phone, other.phone, phone_key), told(one.email, other.email, email_key),
        told(one.supervisor, other.supervisor, person_key)};
}

bool has(const std::array<Told, 3>& fields, Told kind) {
    return std::find(fields.begin(), fields.end(), kind) != fields.end();
}

auto count(const std::array<Told, 3>& fields, Told kind) { return std::count(fields.begin(), fields.end(), kind); }

/// Of two with one name.
Sameness sameness_of_namesakes(const std::array<Told, 3>& fields) {
    const auto& [phone, email, supervisor] = fields;
    const auto different = count(fields, Told::different);
    if (phone == Told::same || email == Told::same) return different < 2 ? Sameness::same : Sameness::doubtful;
    if (supervisor == Told::same) return different == 0 ? Sameness::same : Sameness::doubtful;
    if (different == 0 && !has(fields, Told::by_one)) return Sameness::same;
    return different < 2 ? Sameness::doubtful : Sameness::other;
}

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
    check_optional(details.best_time, "best_time", best_time_code_points_max);
    const auto mend = [&](std::optional<std::string>& text, auto tidy_it) {
        if (!text) return;
        auto mended = tidy_it(*text);
        if (auto* good = std::get_if<std::string>(&mended))
            text = std::move(*good);
        else
            faults.push_back({.reason = std::get<FaultReason>(mended), .value = text});
    };
    mend(details.phone, tidy_phone);
    mend(details.email, tidy_email);
    return faults;
}

bool says_none(std::string_view text) {
    static constexpr std::array<std::string_view, 12> words{
        "ei", "eiole", "eioo", "eipäätöstä", "puuttuu", "nej", "ingen", "saknas", "finnsinte", "no", "none", "na"};
    const auto key = word_key(text);
    if (key.empty()) return text.find('?') == std::string_view::npos;
    return std::find(words.begin(), words.end(), key) != words.end();
}

Sameness sameness(const PersonDetails& one, const PersonDetails& other) {
    const auto alike = likeness(person_key(one.name), person_key(other.name));
    const auto fields = compared(one, other);
    if (alike == Likeness::same) return sameness_of_namesakes(fields);
    const auto& [phone, email, supervisor] = fields;
    const bool is_reached_alike = (phone == Told::same && email != Told::different) ||
                                  (email == Told::same && phone != Told::different);
    const bool is_reached_by_both = phone == Told::same && email == Told::same;
    const bool may_be = (alike == Likeness::near && is_reached_alike) ||
                        (alike == Likeness::shares_a_word && is_reached_by_both);
    return may_be ? Sameness::doubtful : Sameness::other;
}

bool is_same_person(const PersonDetails& one, const PersonDetails& other) {
    if (person_key(one.name) != person_key(other.name)) return false;
    const auto fields = compared(one, other);
    return !has(fields, Told::different) && (has(fields, Told::same) || !has(fields, Told::by_one));
}

bool is_exactly_same_person(const PersonDetails& one, const PersonDetails& other) {
    return is_same_person(one, other) && !has(compared(one, other), Told::by_one);
}

}  // namespace etakahvila::people
