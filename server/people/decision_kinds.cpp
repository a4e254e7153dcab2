#include "people/decision_kinds.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "people/local_time.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

using protocol::AbsenceReason;
using protocol::Kind;

constexpr std::size_t key_bytes_max = 32;

FaultReason reason_of(DateTrouble trouble) {
    switch (trouble) {
        case DateTrouble::unclear: return FaultReason::date_unclear;
        case DateTrouble::order_unclear: return FaultReason::date_order_unclear;
        case DateTrouble::weekday_differs: return FaultReason::weekday_differs;
    }
    return FaultReason::date_unclear;
}

/// `key`: a word_key.
bool is_called(const Kind& kind, const std::string& key) {
    return word_key(kind.fi) == key || word_key(kind.sv) == key || word_key(kind.en) == key;
}

/// Reads the form into a kind, its key as it is there.
class FormReader {
public:
    FormReader(const protocol::KindBody& form, const DecisionKinds& kinds) : form_{form}, kinds_{kinds} {}

    std::variant<Kind, std::vector<Fault>> read() {
        Kind kind{.key = form_.key.value_or(std::string{}), .duty = form_.duty};
        kind.fi = name(form_.fi, "fi");
        if (kind.fi.empty() && faults_.empty()) fault(FaultReason::name_missing, {});
        kind.sv = name(form_.sv.value_or(std::string{}), "sv");
        kind.en = name(form_.en.value_or(std::string{}), "en");
        if (kind.sv.empty()) kind.sv = kind.fi;
        if (kind.en.empty()) kind.en = kind.fi;
        for (const auto& one : std::set{kind.fi, kind.sv, kind.en}) {
            if (is_taken(one)) fault(FaultReason::name_taken, one);
        }
        for (const auto reason : form_.reasons) {
            if (std::find(kind.reasons.begin(), kind.reasons.end(), reason) == kind.reasons.end())
                kind.reasons.push_back(reason);
        }
        kind.first_day = day(form_.first_day);
        kind.last_day = day(form_.last_day);
        if (kind.first_day && kind.last_day && *kind.last_day < *kind.first_day)
            fault(FaultReason::end_before_start, form_.last_day);
        if (!faults_.empty()) return std::move(faults_);
        return kind;
    }

private:
    void fault(FaultReason reason, std::optional<std::string> value) {
        faults_.push_back({.reason = reason, .value = std::move(value)});
    }

    std::string name(const std::string& written, std::string_view field) {
        auto clean = tidy(written);
        if (!clean) fault(FaultReason::not_allowed, std::string{field});
        auto name = std::move(clean).value_or("");
        if (code_points(name) > kind_name_code_points_max) fault(FaultReason::too_long, std::string{field});
        return name;
    }

    bool is_taken(const std::string& name) const {
        const auto key = word_key(name);
        return !key.empty() && std::any_of(kinds_.begin(), kinds_.end(),
                                   [&](const Kind& other) { return other.key != form_.key && is_called(other, key); });
    }

    std::optional<std::string> day(const std::optional<std::string>& written) {
        if (!written || tidy(*written).value_or("x").empty()) return std::nullopt;
        const auto read = read_date(*written);
        if (const auto* date = std::get_if<LocalDate>(&read)) return day_text(*date);
        fault(reason_of(std::get<DateTrouble>(read)), written);
        return std::nullopt;
    }

    const protocol::KindBody& form_;
    const DecisionKinds& kinds_;
    std::vector<Fault> faults_;
};

/// What an address, a file and a journal may have in place of the name: "tyopajatoiminta".
std::string key_of(const std::string& name, const DecisionKinds& kinds) {
    static constexpr std::array<std::pair<std::string_view, char>, 3> letters{{{"ä", 'a'}, {"ö", 'o'}, {"å", 'a'}}};
    std::string folded = name_key(name);
    for (const auto& [letter, plain] : letters) {
        for (auto at = folded.find(letter); at != std::string::npos; at = folded.find(letter, at))
            folded.replace(at, letter.size(), 1, plain);
    }
    std::string key;
    for (const auto each : folded) {
        if (std::isalnum(static_cast<unsigned char>(each)) != 0)
            key += each;
        else if (!key.empty() && key.back() != '_')
            key += '_';
    }
    key.resize(std::min(key.size(), key_bytes_max));
    while (key.ends_with('_')) key.pop_back();
    if (key.empty()) key = "kind";
    auto free = key;
    for (int number = 2; kind_of(kinds, free) != nullptr; ++number) free = key + '_' + std::to_string(number);
    return free;
}

/// Of the three that every site began with, in words and sentences of Finnish, Swedish and English.
std::optional<std::string_view> usual_kind_in(const std::string& key) {
    const auto says = [&](std::string_view part) { return key.find(part) != std::string::npos; };
    const auto is_one_of = [&](std::initializer_list<std::string_view> words) {
        return std::find(words.begin(), words.end(), key) != words.end();
    };

    const bool of_disability = says("vammais") || says("funktionsneds") || says("funktionshind") || says("handikapp") ||
                               says("disab");
    const bool is_activity = says("toimin") || says("verksamhet") || says("activit") || says("work");
    const bool is_rehabilitative = says("kuntouttav") || says("rehabiliter") || says("rehabilitative");

    const bool social = (says("sosiaali") && says("kuntoutu")) || (says("social") && says("rehab")) ||
                        is_one_of({"soku", "soskuntoutus", "soskunt"});
    const bool disability = (of_disability && is_activity) || is_one_of({"vato"});
    const bool work = (is_rehabilitative && !says("social") && (is_activity || key == "kuntouttava")) ||
                      (key == "workactivity") || is_one_of({"kutyö", "kuty", "kutt", "kuto", "kuntty"});
    if (social + disability + work != 1) return std::nullopt;
    if (social) return "social_rehabilitation";
    return disability ? "disability_work_activity" : "work_activity";
}

}  // namespace

DecisionKinds decision_kinds(const records::Database& database) {
    DecisionKinds kinds;
    auto rows = database.read(
        "SELECT k.key, k.fi, k.sv, k.en, k.duty, k.first_day, k.last_day,"
        " EXISTS (SELECT 1 FROM people WHERE decision_type = k.key)"
        " OR EXISTS (SELECT 1 FROM series_kinds WHERE kind = k.key)"
        " OR EXISTS (SELECT 1 FROM enrolments WHERE kind = k.key)"
        " FROM decision_kinds k ORDER BY k.place, k.key");
    while (rows.next()) {
        kinds.push_back({.key = rows.text(0),
            .fi = rows.text(1),
            .sv = rows.text(2),
            .en = rows.text(3),
            .duty = rows.get<std::optional<protocol::Duty>>(4).value_or(protocol::Duty::obligatory),
            .reasons = {},
            .first_day = rows.text_or_none(5),
            .last_day = rows.text_or_none(6),
            .is_used = rows.get<bool>(7)});
    }
    auto reasons = database.read("SELECT kind, reason FROM absence_reasons");
    while (reasons.next()) {
        const auto key = reasons.text(0);
        for (auto& kind : kinds) {
            if (kind.key == key)
                kind.reasons.push_back(reasons.get<std::optional<AbsenceReason>>(1).value_or(AbsenceReason::other));
        }
    }
    for (auto& kind : kinds) std::sort(kind.reasons.begin(), kind.reasons.end());
    return kinds;
}

const Kind* kind_of(std::span<const Kind> kinds, std::string_view key) {
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& kind) { return kind.key == key; });
    return found == kinds.end() ? nullptr : &*found;
}

std::optional<std::string> decision_type_in(std::string_view text, std::span<const Kind> kinds) {
    const auto key = word_key(text);
    if (key.empty()) return std::nullopt;
    for (const auto& kind : kinds) {
        if (is_called(kind, key)) return kind.key;
    }
    const auto usual = usual_kind_in(key);
    return usual && kind_of(kinds, *usual) != nullptr ? std::optional{std::string{*usual}} : std::nullopt;
}

std::variant<std::vector<Fault>, RefusalWord> put_kind(records::Database& database, const protocol::KindBody& form) {
    const auto kinds = decision_kinds(database);
    if (form.key && kind_of(kinds, *form.key) == nullptr) return RefusalWord::not_found;
    auto read = FormReader{form, kinds}.read();
    if (auto* faults = std::get_if<std::vector<Fault>>(&read)) return std::move(*faults);
    auto& kind = std::get<Kind>(read);
    if (!form.key) kind.key = key_of(kind.fi, kinds);

    records::Unit unit{database};
    database.write(
        "INSERT INTO decision_kinds (key, place, fi, sv, en, duty, first_day, last_day)"
        " VALUES (?, (SELECT coalesce(max(place), 0) + 1 FROM decision_kinds), ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET fi = excluded.fi, sv = excluded.sv, en = excluded.en,"
        " duty = excluded.duty, first_day = excluded.first_day, last_day = excluded.last_day",
        kind.key, kind.fi, kind.sv, kind.en, kind.duty, kind.first_day, kind.last_day);
    database.write("DELETE FROM absence_reasons WHERE kind = ?", kind.key);
    for (const auto reason : kind.reasons)
        database.write("INSERT INTO absence_reasons (kind, reason) VALUES (?, ?)", kind.key, reason);
    unit.keep();
    return std::vector<Fault>{};
}

std::optional<RefusalWord> remove_kind(records::Database& database, std::string_view key) {
    const auto kinds = decision_kinds(database);
    const auto* kind = kind_of(kinds, key);
    if (kind == nullptr) return RefusalWord::not_found;
    if (kind->is_used) return RefusalWord::not_now;
    records::Unit unit{database};
    database.write("DELETE FROM absence_reasons WHERE kind = ?", key);
    database.write("DELETE FROM decision_kinds WHERE key = ?", key);
    unit.keep();
    return std::nullopt;
}

}  // namespace etakahvila::people
