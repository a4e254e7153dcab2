#include "programme/period_page.hpp"

#include <algorithm>
#include <map>

#include "people/cancelling.hpp"
#include "people/groups.hpp"
#include "people/names.hpp"
#include "programme/packages.hpp"
#include "programme/places.hpp"

namespace etakahvila::programme {
namespace {

using protocol::PeriodDay;
using protocol::Role;
using protocol::Todo;
using protocol::TodoKind;

struct Named {
    PersonId person;
    std::string name;
};

/// id and name from column `at` on.
Named named_in(records::Rows& row, int at) { return {.person = row.get<PersonId>(at), .name = row.text(at + 1)}; }

std::vector<Named> named_rows(records::Rows rows) {
    std::vector<Named> people;
    while (rows.next()) people.push_back(named_in(rows, 0));
    return people;
}

class PageReader {
public:
    PageReader(const records::Database& database, PeriodId period, UtcTime now)
        : database_{database}, period_{period}, now_{now}, today_{people::day_text(people::local_day(now))} {}

    std::optional<PeriodPage> read() {
        const auto known = programme::period(database_, period_);
        if (!known) return std::nullopt;
        auto& shown = page_.shown;
        shown.id = period_;
        shown.form = form_of(*known);
        if (people::is_group(database_, period_)) shown.is_closed = true;
        read_days(*known);
        shown.packages = packages(database_, period_);
        shown.people = database_
                           .one<std::int64_t>(
                               "SELECT count(DISTINCT person) FROM enrolments WHERE period = ? AND state IN "
                               "('applied', 'accepted')",
                               period_)
                           .value_or(0);
        shown.staff = staff_of(database_, period_);
        add_calls();
        add_missing_staff();
        add_letters();
        add_links();
        add_beginnings(*known);
        add_decisions(*known);
        return std::move(page_);
    }

private:
    /// What is planned of a day, and whether it is still to be held.
    void read_days(const Period& known) {
        std::map<SessionId, PeriodDay> made;
        auto rows = database_.read(
            "SELECT s.id, s.theme, s.starts_at, s.ends_at, EXISTS (SELECT 1 FROM cancelled_sessions c WHERE c.session "
            "= s.id) FROM sessions s WHERE s.period = ? ORDER BY s.starts_at, s.id",
            period_);
        while (rows.next()) {
            const auto id = rows.get<SessionId>(0);
            made[id] = {.session = id,
                .theme = rows.text(1),
                .starts_at = rows.get<UtcTime>(2),
                .ends_at = rows.get<UtcTime>(3)};
            if (rows.get<UtcTime>(3) > now_ && !rows.get<bool>(4)) to_come_.push_back(id);
        }
        count_people(made);
        if (!to_come_.empty()) page_.shown.next = to_come_.front();
        for (const auto& day : days_of(database_, known, period_)) {
            auto shown = day.session ? made.at(*day.session) : PeriodDay{};
            shown.day = people::day_text(day.day);
            shown.series = day.series;
            if (!day.series) shown.why_skipped = day.why_skipped;
            page_.shown.days.push_back(std::move(shown));
        }
    }

    void count_people(std::map<SessionId, PeriodDay>& made) const {
        auto participants = database_.read(
            "SELECT r.session, count(*), count(r.absence_told_at) FROM registrations r JOIN sessions s ON s.id = "
            "r.session WHERE s.period = ? AND r.role = 'participant' GROUP BY r.session",
            period_);
        while (participants.next()) {
            auto& day = made.at(participants.get<SessionId>(0));
            day.registered = participants.number(1);
            day.absences = participants.number(2);
        }
        // Chosen is who can come in: by an account, or by a link of the day.
        auto staff = database_.read(
            "SELECT r.session, r.role, count(*) FROM registrations r JOIN sessions s ON s.id = r.session WHERE "
            "s.period = ? AND r.role IN ('facilitator', 'moderator') AND (EXISTS (SELECT 1 FROM staff_accounts a WHERE "
            "a.person = r.person AND a.locked_at IS NULL) OR EXISTS (SELECT 1 FROM invitations i WHERE i.session = "
            "r.session AND i.person = r.person AND i.revoked_at IS NULL AND i.expires > ?)) GROUP BY r.session, r.role",
            period_, now_);
        while (staff.next()) {
            auto& day = made.at(staff.get<SessionId>(0));
            (staff.view(1) == "facilitator" ? day.facilitators : day.moderators) = staff.number(2);
        }
    }

    /// A task about people: they are counted, and the first of them named.
    void add(TodoKind kind, std::vector<Named> people, std::optional<SessionId> session = {}) {
        if (people.empty()) return;
        people::sort_in_finnish_order(people, [](const Named& one) -> const std::string& { return one.name; });
        Todo todo{.kind = kind, .session = session, .count = static_cast<std::int64_t>(people.size()), .names = {}};
        if (people.size() > todo_names_max) people.resize(todo_names_max);
        for (auto& one : people) {
            page_.named.push_back(one.person);
            todo.names.push_back(std::move(one.name));
        }
        add_todo(page_.shown.todo, std::move(todo));
    }

    void add_count(TodoKind kind, std::int64_t count, std::optional<SessionId> session = {}) {
        add_todo(page_.shown.todo, {.kind = kind, .session = session, .count = count, .names = {}});
    }

    /// A cancelled day whose people are still to be called: they have neither been told nor read it on their page.
    void add_calls() {
        std::vector<SessionId> cancelled;
        auto rows = database_.read(
            "SELECT s.id FROM sessions s JOIN cancelled_sessions c ON c.session = s.id WHERE s.period = ? AND "
            "s.ends_at "
            "> ? ORDER BY s.starts_at, s.id",
            period_, now_);
        while (rows.next()) cancelled.push_back(rows.get<SessionId>(0));
        for (const auto session : cancelled) {
            const bool has_mail = database_.has(
                "SELECT 1 FROM mails WHERE session = ? AND what = 'cancelled'", session);
            std::vector<Named> waiting;
            for (auto& one : people::to_be_told(database_, session, has_mail)) {
                if (one.way == people::Way::call && !one.told_at && !one.seen_at)
                    waiting.push_back({.person = one.person, .name = std::move(one.name)});
            }
            if (!waiting.empty()) add(TodoKind::calls_waiting, std::move(waiting), session);
        }
    }

    /// The first day that lacks somebody, and how many do.
    void add_missing_staff() {
        std::int64_t count = 0;
        std::optional<SessionId> first;
        for (const auto& day : page_.shown.days) {
            const bool is_to_come = day.session &&
                                    std::find(to_come_.begin(), to_come_.end(), *day.session) != to_come_.end();
            // A group has one leader or two, in whichever role.
            const bool is_staffed = page_.shown.is_closed.value_or(false)
                                        ? day.facilitators + day.moderators > 0
                                        : day.facilitators >= places_of_role && day.moderators >= places_of_role;
            if (!is_to_come || is_staffed) continue;
            ++count;
            if (!first) first = day.session;
        }
        if (first) add_count(TodoKind::staff_missing, count, first);
    }

    void add_letters() {
        add(TodoKind::letters_failed,
            named_rows(database_.read(
                "SELECT p.id, p.name FROM mails m JOIN people p ON p.id = m.person WHERE m.state = 'failed' AND m.id "
                "IN (SELECT max(id) FROM mails WHERE period = ? GROUP BY person)",
                period_)));
    }

    void add_links() {
        add(TodoKind::links_missing,
            named_rows(database_.read(
                "SELECT DISTINCT p.id, p.name FROM enrolments e JOIN people p ON p.id = e.person WHERE e.period = ? "
                "AND e.state = 'accepted' AND e.last_day >= ? AND NOT EXISTS (SELECT 1 FROM invitations i WHERE "
                "i.period = e.period AND i.person = e.person AND i.revoked_at IS NULL AND i.expires > ?)",
                period_, today_, now_)));
    }

    /// What a season that is not over needs before it can begin.
    void add_beginnings(const Period& known) {
        const auto missing = std::count_if(page_.shown.days.begin(), page_.shown.days.end(),
            [](const PeriodDay& day) { return day.series && !day.session; });
        if (missing > 0) add_count(TodoKind::unmade, missing);
        if (people::day_text(known.rotation.last_day) < today_) return;
        if (page_.shown.packages.empty())
            add_count(TodoKind::no_package, 1);
        else if (page_.shown.people == 0)
            add_count(TodoKind::no_people, 1);
    }

    /// Whose days end before the period's do, without another enrolment that goes on.
    void add_decisions(const Period& known) {
        const auto until = people::day_text(people::days_after(people::local_day(now_), decisions_end_days));
        add(TodoKind::decisions_end,
            named_rows(database_.read(
                "SELECT DISTINCT p.id, p.name FROM enrolments e JOIN people p ON p.id = e.person WHERE e.period = ? "
                "AND e.state = 'accepted' AND e.last_day >= ? AND e.last_day <= ? AND e.last_day < ? AND NOT EXISTS "
                "(SELECT 1 FROM enrolments n WHERE n.period = e.period AND n.person = e.person AND n.state IN "
                "('applied', 'accepted') AND n.last_day > e.last_day)",
                period_, today_, until, people::day_text(known.rotation.last_day))));
    }

    const records::Database& database_;
    PeriodId period_;
    UtcTime now_;
    std::string today_;
    /// In order of their start.
    std::vector<SessionId> to_come_;
    PeriodPage page_;
};

}  // namespace

std::optional<PeriodPage> period_page(const records::Database& database, PeriodId period, UtcTime now) {
    return PageReader{database, period, now}.read();
}

void add_todo(std::vector<Todo>& all, Todo todo) {
    const auto place = std::find_if(all.begin(), all.end(), [&](const Todo& each) { return each.kind > todo.kind; });
    all.insert(place, std::move(todo));
}

}  // namespace etakahvila::programme
