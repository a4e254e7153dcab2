#include "programme/one_person.hpp"

#include <algorithm>

namespace etakahvila::programme {
namespace {

/// Days from the first to the last, both with it.
struct Days {
    std::string first;
    std::string last;
};

bool is_held(const Enrolment& one) {
    return one.state == EnrolmentState::accepted || one.state == EnrolmentState::ended;
}

std::vector<Enrolment> standing(const records::Database& database, PeriodId period, PersonId person) {
    auto enrolments = enrolments_of(database, period, person);
    std::erase_if(enrolments, [](const Enrolment& one) { return one.state == EnrolmentState::withdrawn; });
    return enrolments;
}

/// What others leave of an enrolment's days, in their order.
std::vector<Days> left_of(const Enrolment& one, const std::vector<Enrolment>& others) {
    std::vector<Days> left{{.first = one.first_day, .last = one.last_day}};
    for (const auto& other : others) {
        std::vector<Days> parts;
        for (auto& days : left) {
            if (other.last_day < days.first || other.first_day > days.last) {
                parts.push_back(std::move(days));
                continue;
            }
            if (days.first < other.first_day) parts.push_back({days.first, day_before(other.first_day)});
            if (days.last > other.last_day) parts.push_back({day_after(other.last_day), days.last});
        }
        left = std::move(parts);
    }
    return left;
}

void put_days(records::Database& database, EnrolmentId id, const Days& days, EnrolmentState state) {
    database.write(
        "UPDATE enrolments SET first_day = ?, last_day = ?, state = ? WHERE id = ?", days.first, days.last, state, id);
}

/// On these days it holds no more. Of what is left, what goes on as another has ended.
void give_way(records::Database& database, PeriodId period, const Enrolment& one, const std::vector<Enrolment>& others,
    UtcTime now) {
    const auto left = left_of(one, others);
    if (left.empty()) {
        put_days(database, one.id, {.first = one.first_day, .last = one.last_day}, EnrolmentState::withdrawn);
        return;
    }
    for (const auto& days : left) {
        auto part = one;
        part.first_day = days.first;
        part.last_day = days.last;
        if (is_held(one) && days.last != one.last_day) part.state = EnrolmentState::ended;
        if (&days == &left.front())
            put_days(database, one.id, days, part.state);
        else
            add_enrolment(database, period, part, now);
    }
}

void make_enrolments_one(records::Database& database, PersonId person, PersonId other, UtcTime now) {
    std::vector<PeriodId> periods;
    {
        auto rows = database.read("SELECT DISTINCT period FROM enrolments WHERE person = ?", other);
        while (rows.next()) periods.push_back(rows.get<PeriodId>(0));
    }
    for (const auto period : periods) {
        auto held = standing(database, period, other);
        std::erase_if(held, [](const Enrolment& one) { return !is_held(one); });
        for (const auto& one : standing(database, period, person)) {
            if (!is_held(one)) give_way(database, period, one, held, now);
        }
        const auto theirs = standing(database, period, person);
        for (const auto& one : standing(database, period, other)) give_way(database, period, one, theirs, now);
    }
    database.write("UPDATE enrolments SET person = ? WHERE person = ?", person, other);
}

}  // namespace

std::optional<std::vector<SessionId>> make_one(
    records::Database& database, PersonId person, PersonId other, std::span<const SessionId> sessions, UtcTime now) {
    records::Unit unit{database};
    if (!people::make_one(database, person, other, sessions)) return std::nullopt;
    make_enrolments_one(database, person, other, now);
    auto changed = bring_in_line_everywhere(database, person, now);
    unit.keep();
    return changed;
}

}  // namespace etakahvila::programme
