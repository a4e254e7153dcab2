#include "programme/enrolment_file.hpp"

#include <algorithm>

#include "people/words.hpp"
#include "programme/groups.hpp"
#include "programme/person_page.hpp"

namespace etakahvila::programme {
namespace {

using people::FaultReason;
using people::local_date_text;

/// What one row does.
struct RowPlan {
    std::optional<people::KnownPerson> known;
    std::vector<PersonId> told_apart;
    people::PersonDetails details;
    bool is_details_changed{};
    /// That is left, the last of them.
    std::optional<Enrolment> before;
    PackageId package{};
    std::string first_day;
    std::string last_day;
    bool is_last_day_told{};
    std::map<SeriesId, KeptChoice> new_choices;

    bool changes_kind() const {
        return before && (before->kind != details.decision_type ||
                             (known && known->details.decision_type != details.decision_type));
    }
    bool changes() const {
        return is_details_changed || !before || before->package != package || changes_kind() ||
               before->state != EnrolmentState::accepted || (is_last_day_told && before->last_day != last_day) ||
               !new_choices.empty();
    }
};

class Planner {
public:
    Planner(const records::Database& database, const EnrolmentList& list, PeriodRules rules, UtcTime now)
        : list_{list}, rules_{std::move(rules)}, now_{now}, today_{rules_.day_within(local_date_text(now))} {
        for (const auto& [id, package] : rules_.packages) packages_.emplace(people::name_key(package.name), id);
        auto enrolments = enrolments_of(database, list.period);
        if (rules_.is_closed) places_.emplace(enrolments);
        for (auto& one : enrolments) {
            if (one.is_left_on(today_)) before_.insert_or_assign(one.person, std::move(one));
        }
        look(database);
    }

    EnrolmentOutcome outcome;
    std::vector<RowPlan> plans;

private:
    void look(const records::Database& database) {
        outcome.faults = list_.rows.faults;
        auto matches = people::KnownPeople{database, {}}.match(list_.rows, list_.answers.people);
        outcome.faults.insert(outcome.faults.end(), matches.faults.begin(), matches.faults.end());
        outcome.same = std::move(matches.questions);
        std::set<std::int64_t> open_lines;
        for (const auto& fault : matches.faults) open_lines.insert(fault.line);
        for (const auto& question : outcome.same) open_lines.insert(question.line);
        for (std::size_t index = 0; index < list_.rows.rows.size(); ++index) {
            const auto& row = list_.rows.rows[index];
            if (!open_lines.contains(row.line))
                plan(row, std::move(matches.people[index]), std::move(matches.told_apart[index]));
        }
        std::stable_sort(outcome.faults.begin(), outcome.faults.end(),
            [](const auto& one, const auto& other) { return one.line < other.line; });
    }

    bool fault(std::int64_t line, FaultReason reason, std::optional<std::string> value) {
        outcome.faults.push_back({.line = line, .reason = reason, .value = std::move(value)});
        return false;
    }

    void plan(const people::RegistrationRow& row, std::optional<people::KnownPerson> known,
        std::vector<PersonId> told_apart) {
        RowPlan plan{.known = std::move(known), .told_apart = std::move(told_apart)};
        plan.details = plan.known ? people::merged(plan.known->details, row.person) : row.person;
        plan.is_details_changed = !plan.known || plan.details != plan.known->details;
        if (plan.known) {
            if (const auto found = before_.find(plan.known->id); found != before_.end()) plan.before = found->second;
        }
        const auto& kind = plan.details.decision_type;
        if (kind && !rules_.kinds.contains(*kind)) {
            fault(row.line, FaultReason::decision_type_unclear, kind);
            return;
        }
        const bool is_settled = find_package(row, plan) && find_days(row.line, plan);
        if (!is_settled || !find_choices(row.line, plan) || !find_place(row.line, plan)) return;
        ++(!plan.before ? outcome.new_people : plan.changes() ? outcome.changed : outcome.unchanged);
        plans.push_back(std::move(plan));
    }

    bool find_package(const people::RegistrationRow& row, RowPlan& plan) {
        plan.package = list_.package;
        if (row.package) {
            const auto found = packages_.find(people::name_key(*row.package));
            if (found == packages_.end()) return fault(row.line, FaultReason::package_unclear, row.package);
            plan.package = found->second;
        }
        if (!plan.before || plan.before->package == plan.package) return true;
        const auto answer = list_.answers.moves.find(row.line);
        if (answer == list_.answers.moves.end()) {
            outcome.moves.push_back(
                {.line = row.line, .name = plan.details.name, .now = plan.before->package, .told = plan.package});
            return false;
        }
        if (!answer->second) plan.package = plan.before->package;
        return true;
    }

    bool find_days(std::int64_t line, RowPlan& plan) {
        plan.first_day = plan.before ? plan.before->first_day : today_;
        plan.last_day = plan.before ? plan.before->last_day : rules_.last_day;
        const auto read = [&](const std::optional<std::string>& written, std::string& into) {
            if (!written || people::tidy(*written).value_or("?").empty()) return true;
            const auto day = day_in(*written);
            if (!day) return fault(line, FaultReason::date_unclear, written);
            if (*day < rules_.first_day || *day > rules_.last_day)
                return fault(line, FaultReason::day_outside_period, written);
            into = *day;
            return true;
        };
        // What has begun keeps its first day.
        std::string first_day = plan.first_day;
        if (!read(list_.terms.first_day, first_day) || !read(list_.terms.last_day, plan.last_day)) return false;
        if (!plan.before) plan.first_day = first_day;
        plan.is_last_day_told = list_.terms.last_day.has_value();
        if (plan.last_day < plan.first_day) return fault(line, FaultReason::day_outside_period, list_.terms.last_day);
        return true;
    }

    /// What is chosen for series of the package that are not for them. False when that is still to be asked.
    bool find_choices(std::int64_t line, RowPlan& plan) {
        const auto& kind = plan.details.decision_type;
        const auto day = std::max(plan.first_day, today_);
        bool is_settled = true;
        for (const auto& [series, part] : rules_.packages.at(plan.package).parts) {
            if (part.way != PackageWay::room || may_attend(rules_, series, kind, day)) continue;
            const auto answer = list_.answers.choices.find({line, series});
            const KeptChoice* kept = nullptr;
            if (plan.before && plan.before->choices.contains(series)) kept = &plan.before->choices.at(series);
            if (answer == list_.answers.choices.end()) {
                if (kept != nullptr || part.instead) continue;
                ask(line, plan, series);
                is_settled = false;
                continue;
            }
            const auto& given = answer->second;
            std::optional<std::string> reason;
            if (given.choice == EligibilityChoice::allow) {
                const auto tidied = tidy_reason(given.reason.value_or(""));
                if (const auto* word = std::get_if<people::RefusalWord>(&tidied)) {
                    is_settled = false;
                    if (*word == people::RefusalWord::text_empty)
                        ask(line, plan, series);
                    else
                        fault(line,
                            *word == people::RefusalWord::text_too_long ? FaultReason::too_long
                                                                        : FaultReason::not_allowed,
                            "reason");
                    continue;
                }
                reason = std::get<std::string>(tidied);
            }
            if (kept == nullptr || kept->choice != given.choice || kept->reason != reason)
                plan.new_choices[series] = {.choice = given.choice, .reason = reason, .by = list_.by, .at = now_};
        }
        return is_settled;
    }

    /// In a group a place is to be free on each of their days.
    bool find_place(std::int64_t line, const RowPlan& plan) {
        // Who is not known is somebody else than everybody, and has no number yet.
        const auto person = plan.known ? plan.known->id : PersonId{-1 - line};
        if (!places_ || places_->take(person, plan.first_day, plan.last_day)) return true;
        return fault(line, FaultReason::group_full, plan.details.name);
    }

    void ask(std::int64_t line, const RowPlan& plan, SeriesId series) {
        outcome.not_eligible.push_back(
            {.line = line, .name = plan.details.name, .kind = plan.details.decision_type, .series = series});
    }

    const EnrolmentList& list_;
    PeriodRules rules_;
    UtcTime now_;
    /// Or the nearest day of the period.
    std::string today_;
    std::map<std::string, PackageId> packages_;
    std::map<PersonId, Enrolment> before_;
    /// Of a group.
    std::optional<GroupPlaces> places_;
};

std::optional<Planner> planner_of(const records::Database& database, const EnrolmentList& list, UtcTime now) {
    auto rules = rules_of(database, list.period);
    if (!rules || !rules->packages.contains(list.package)) return std::nullopt;
    return Planner{database, list, *std::move(rules), now};
}

PersonId store_person(records::Database& database, const RowPlan& plan) {
    if (!plan.known) return std::get<PersonId>(people::add_person(database, plan.details));
    if (plan.is_details_changed) people::update_person(database, plan.known->id, plan.details);
    return plan.known->id;
}

void store_enrolment(
    records::Database& database, const EnrolmentList& list, PersonId person, const RowPlan& plan, UtcTime now) {
    const auto today = local_date_text(now);
    if (!plan.before) {
        add_enrolment(database, list.period,
            {.person = person,
                .package = plan.package,
                .first_day = plan.first_day,
                .last_day = plan.last_day,
                .kind = plan.details.decision_type,
                .supervisor = plan.details.supervisor,
                .choices = plan.new_choices},
            now);
        return;
    }
    const auto from = std::max(plan.before->first_day, today);
    if (plan.before->state == EnrolmentState::applied)
        database.write("UPDATE enrolments SET state = 'accepted' WHERE id = ?", plan.before->id);
    if (plan.is_last_day_told)
        database.write("UPDATE enrolments SET last_day = ? WHERE id = ?", plan.last_day, plan.before->id);
    if (plan.before->supervisor != plan.details.supervisor)
        database.write("UPDATE enrolments SET supervisor = ? WHERE person = ? AND last_day >= ?",
            plan.details.supervisor, person, today);
    if (plan.before->package != plan.package) move_to_package(database, list.period, person, plan.package, from, now);
    for (const auto& [series, choice] : plan.new_choices)
        keep_choice(database, list.period, person, series, from, choice);
}

}  // namespace

std::optional<EnrolmentOutcome> look_at_enrolments(
    const records::Database& database, const EnrolmentList& list, UtcTime now) {
    auto planner = planner_of(database, list, now);
    if (!planner) return std::nullopt;
    return std::move(planner->outcome);
}

std::optional<EnrolmentOutcome> enrol(records::Database& database, const EnrolmentList& list, UtcTime now) {
    records::Unit unit{database};
    auto planner = planner_of(database, list, now);
    if (!planner) return std::nullopt;
    auto outcome = std::move(planner->outcome);
    if (!outcome.may_be_stored()) return outcome;
    std::set<SessionId> sessions;
    const auto add = [&](const std::vector<SessionId>& more) { sessions.insert(more.begin(), more.end()); };
    for (const auto& plan : planner->plans) {
        const auto person = store_person(database, plan);
        outcome.people.push_back(person);
        for (const auto other : plan.told_apart) people::tell_apart(database, person, other);
        for (const auto& [field, wish] :
            {std::pair{"sms_allowed", list.terms.sms_allowed}, {"needs_shown", list.terms.needs_shown}}) {
            if (wish) database.write("UPDATE people SET " + std::string{field} + " = ? WHERE id = ?", *wish, person);
        }
        if (!plan.changes()) continue;
        store_enrolment(database, list, person, plan, now);
        const bool is_of_other_kind = plan.known && plan.known->details.decision_type != plan.details.decision_type;
        if (!plan.changes_kind() && !is_of_other_kind) continue;
        change_kind(database, person, plan.details.decision_type, local_date_text(now), now);
        add(bring_in_line_everywhere(database, person, now));
    }
    add(bring_registrations_in_line(database, list.period, now));
    outcome.sessions.assign(sessions.begin(), sessions.end());
    outcome.is_stored = true;
    unit.keep();
    return outcome;
}

}  // namespace etakahvila::programme
