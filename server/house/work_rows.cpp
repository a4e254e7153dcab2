#include "house/work_rows.hpp"

#include "house/has_event.hpp"

namespace etakahvila::house {
namespace {

static_assert(people::late_taken_for_ms == domain::late_taken_for.count(), "the room and the records take it as long");

people::WorkStanding standing_of(const domain::WorkNoted& noted) {
    return {.noted = {.id = noted.work,
                .assignment = noted.assignment,
                .person = noted.person,
                .state = noted.state,
                .version = noted.version,
                .source = noted.source,
                .late = noted.late,
                .returned_at = noted.returned_at,
                .claimed_by = noted.claimed_by,
                .claimed_until = noted.claimed_until,
                .sent_at = noted.sent_at,
                .wants_call = noted.wants_call,
                .answers_by_phone = noted.answers_by_phone},
        .left_at = noted.left_at};
}

domain::WorkNoted noted_of(const people::WorkStanding& standing) {
    const auto& row = standing.noted;
    domain::WorkNoted noted;
    noted.work = row.id;
    noted.assignment = row.assignment;
    noted.person = row.person;
    noted.state = row.state;
    noted.version = row.version;
    noted.source = row.source;
    noted.late = row.late;
    noted.returned_at = row.returned_at;
    noted.claimed_by = row.claimed_by;
    noted.claimed_until = row.claimed_until;
    noted.sent_at = row.sent_at;
    noted.left_at = standing.left_at;
    noted.wants_call = row.wants_call;
    noted.answers_by_phone = row.answers_by_phone;
    return noted;
}

/// What one event means for the rows; most mean nothing.
struct Rows {
    records::Database& database;
    protocol::SessionId session;
    base::UtcTime at;

    void operator()(const domain::AssignmentOpened& event) const {
        people::note_assignment_opened(database, event.assignment, at, event.due);
    }
    void operator()(const domain::AssignmentClosed& event) const {
        people::note_assignment_closed(database, event.assignment, at);
    }
    void operator()(const domain::WorkNoted& event) const { people::put_standing(database, standing_of(event), at); }
    void operator()(const domain::PhaseChanged& event) const {
        // Nothing else goes back to it than a rehearsal that ends.
        if (event.phase == protocol::Phase::planned) people::forget_work(database, session);
    }
    template <class Other>
    void operator()(const Other&) const {}
};

}  // namespace

journal::Records::Write work_rows(protocol::SessionId session, const domain::Step& step) {
    using namespace domain;
    if (!has_event<AssignmentOpened, AssignmentClosed, WorkNoted, PhaseChanged>(step)) return {};
    return [session, events = step.events, at = step.stamp.utc](records::Database& database) {
        for (const auto& event : events)
            std::visit(Rows{.database = database, .session = session, .at = at}, event.any());
    };
}

domain::KnowWork work_of(const records::Database& reader, protocol::SessionId session) {
    domain::KnowWork known;
    for (const auto& standing : people::standings_of(reader, session)) known.rows.push_back(noted_of(standing));
    return known;
}

}  // namespace etakahvila::house
