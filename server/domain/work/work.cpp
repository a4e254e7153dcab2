#include "domain/work/work.hpp"

#include <algorithm>

#include "domain/room/room.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {
namespace {

const std::vector<PlannedAssignment>& assignments_of(const SessionPlan& plan) {
    static const std::vector<PlannedAssignment> none;
    return plan.assignments ? *plan.assignments : none;
}

std::size_t open_now(const Room& room) {
    return static_cast<std::size_t>(std::count_if(
        room.work.opened.begin(), room.work.opened.end(), [](const auto& each) { return !each.second.is_closed; }));
}

bool is_open(const Room& room, AssignmentId assignment, UtcTime now) {
    const auto found = room.work.opened.find(assignment);
    return found != room.work.opened.end() && !found->second.is_closed &&
           now.ms < found->second.due.ms + late_taken_for.count();
}

/// Those of the item, or of no item that ever came: as many as may be open beside those that are, and will be.
template <class IsWanted>
void add_opened(const Room& room, std::vector<Event>& out, const IsWanted& is_wanted) {
    auto open = open_now(room);
    for (const auto& event : out) open += std::holds_alternative<AssignmentOpened>(event.any()) ? 1 : 0;
    for (const auto& each : assignments_of(room.session.plan)) {
        const bool is_new = state_of(room, each.assignment) == AssignmentState::draft;
        if (!is_new || !each.item || !is_wanted(*each.item) || !room.session.plan.day_ends_at) continue;
        if (open++ >= open_assignments_max) return;
        out.emplace_back(
            AssignmentOpened{.assignment = each.assignment, .due = *room.session.plan.day_ends_at, .by = {}});
    }
}

/// How it stands in the room; as a draft where nothing has been noted of it.
WorkNoted standing(const Room& room, const ActOnWork& input) {
    const auto found = room.work.submissions.find(input.work);
    if (found != room.work.submissions.end()) return found->second;
    WorkNoted draft;
    draft.work = input.work;
    draft.assignment = input.assignment;
    draft.person = input.person;
    return draft;
}

/// The reason is said to the staff as their own words.
std::optional<RefusalWord> add_said_to_staff(
    const Context& context, PersonId by, const std::string& words, std::vector<Event>& out) {
    auto text = text::clean_one_line(words, reason_code_points_max);
    if (text.fault) return text.fault;
    out.emplace_back(MessageSent{.message = context.new_id<MessageId>(),
        .author = by,
        .channel = Channel::staff,
        .text = std::move(text.value),
        .reply_to = {},
        .command = {},
        .reasons = {},
        .caught = {}});
    return std::nullopt;
}

void note_item(Room& room, AgendaItemId item, RoomTime at) {
    auto& items = room.work.items;
    if (items.empty() || items.back().item != item) items.push_back({item, at});
}

Assignment see_assignment(const Room& room, const PlannedAssignment& each) {
    Assignment seen{.id = each.assignment,
        .item = each.item,
        .state = state_of(room, each.assignment),
        .version = each.version,
        .minutes = each.minutes,
        .opened_at = {},
        .due = {}};
    if (const auto found = room.work.opened.find(each.assignment); found != room.work.opened.end()) {
        seen.opened_at = found->second.opened_at;
        seen.due = found->second.due;
    }
    return seen;
}

std::optional<Change> see_submission(const Room& room, SubmissionId id, const Viewer& viewer) {
    const auto found = room.work.submissions.find(id);
    if (found == room.work.submissions.end()) return Dropped{.kind = ChangeKind::submission, .id = id.value};
    const auto& work = found->second;
    if (!viewer.is_staff() && !viewer.is(work.person)) return std::nullopt;
    Submission seen{.id = id,
        .assignment = work.assignment,
        .person = work.person,
        .state = work.state,
        .version = work.version,
        .source = work.source,
        .late = work.late,
        .returned_at = work.returned_at,
        .claimed_by = work.claimed_by,
        .claimed_until = work.claimed_until,
        .sent_at = work.sent_at,
        .wants_call = work.wants_call,
        .answers_by_phone = work.answers_by_phone};
    if (viewer.is_staff()) return seen;
    // Of an answer its author knows nothing before it has left: neither that it is begun nor that it will leave.
    seen.claimed_until.reset();
    const bool has_answer = work.state == WorkState::answered || work.state == WorkState::sent;
    if (has_answer && !has_left(work)) seen.state = work.claimed_by ? WorkState::assigned : WorkState::returned;
    if (work.left_at && work.state == WorkState::sent) seen.state = WorkState::sent;
    seen.sent_at = work.left_at;
    return seen;
}

}  // namespace

const PlannedAssignment* planned(const Room& room, AssignmentId assignment) {
    const auto& all = assignments_of(room.session.plan);
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const PlannedAssignment& each) { return each.assignment == assignment; });
    return found == all.end() ? nullptr : &*found;
}

AssignmentState state_of(const Room& room, AssignmentId assignment) {
    const auto found = room.work.opened.find(assignment);
    if (found == room.work.opened.end()) return AssignmentState::draft;
    return found->second.is_closed ? AssignmentState::closed : AssignmentState::open;
}

Decision decide(const Room& room, const Context& context, const OpenAssignment& command) {
    if (planned(room, command.assignment) == nullptr) return RefusalWord::not_found;
    const auto state = state_of(room, command.assignment);
    if (state == AssignmentState::open) return done();
    if (state == AssignmentState::closed) return refused(RefusalWord::already_handled, command.assignment.value);
    if (open_now(room) >= open_assignments_max) return RefusalWord::limit_reached;
    if (!room.session.plan.day_ends_at) return RefusalWord::not_now;
    return done(AssignmentOpened{
        .assignment = command.assignment, .due = *room.session.plan.day_ends_at, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const CloseAssignment& command) {
    if (planned(room, command.assignment) == nullptr) return RefusalWord::not_found;
    const auto state = state_of(room, command.assignment);
    if (state == AssignmentState::closed) return done();
    if (state == AssignmentState::draft) return refused(RefusalWord::not_now, command.assignment.value);
    return done(AssignmentClosed{.assignment = command.assignment, .by = context.actor.person});
}

Decision decide(const Room& room, const Context&, const KnowWork& input) {
    std::vector<Event> events;
    for (const auto& row : input.rows) {
        const auto known = room.work.submissions.find(row.work);
        const auto version = known == room.work.submissions.end() ? 0 : known->second.version;
        if (row.version > version) events.emplace_back(row);
    }
    return events;
}

Decision decide(const Room& room, const Context& context, const ActOnWork& input) {
    const auto before = standing(room, input);
    if (before.assignment != input.assignment || before.person != input.person) return RefusalWord::not_found;
    const auto opened = room.work.opened.find(input.assignment);
    if (opened == room.work.opened.end()) return RefusalWord::not_now;
    const WorkMoment moment{.by = input.by,
        .now = context.stamp.utc,
        .due = opened->second.due,
        .is_open = is_open(room, input.assignment, context.stamp.utc)};
    const auto outcome = after(before, input.act, moment);
    if (const auto* refusal = std::get_if<Refusal>(&outcome)) return *refusal;
    auto noted = std::get<WorkNoted>(outcome);
    if (noted == before) return done();
    if (input.by == input.person) noted.is_own_sign = true;
    std::vector<Event> events;
    const auto* over = std::get_if<TakeOverWork>(&input.act);
    if (over != nullptr && !over->reason.empty()) {
        if (const auto fault = add_said_to_staff(context, input.by, over->reason, events)) return *fault;
    }
    events.emplace_back(std::move(noted));
    return events;
}

Decision decide(const Room& room, const Context& context, const DealWork& input) {
    std::vector<WorkNoted> all;
    for (const auto& [id, work] : room.work.submissions) {
        if (!input.assignment || work.assignment == *input.assignment) all.push_back(work);
    }
    std::vector<Event> events;
    for (const auto& dealt : deal(all, input.among, input.answered_before, context.stamp.utc)) {
        auto noted = room.work.submissions.at(dealt.work);
        ++noted.version;
        noted.claimed_by = dealt.to;
        noted.claimed_until.reset();
        noted.is_own_sign.reset();
        if (noted.state == WorkState::returned) noted.state = WorkState::assigned;
        events.emplace_back(std::move(noted));
    }
    return events;
}

void apply(Room& room, const Context& context, const AssignmentOpened& event) {
    room.work.opened.try_emplace(
        event.assignment, OpenedAssignment{.opened_at = context.stamp.utc, .due = event.due, .is_closed = false});
    room.touch(context, ChangeKind::assignment, event.assignment);
}

void apply(Room& room, const Context& context, const AssignmentClosed& event) {
    const auto found = room.work.opened.find(event.assignment);
    if (found != room.work.opened.end()) found->second.is_closed = true;
    room.touch(context, ChangeKind::assignment, event.assignment);
}

void apply(Room& room, const Context& context, const WorkNoted& event) {
    auto& work = room.work;
    work.submissions.insert_or_assign(event.work, event);
    work.leaving.erase(event.work);
    if (event.state == WorkState::sent && event.sent_at && !has_left(event)) {
        const Milliseconds left{
            std::clamp<std::int64_t>(event.sent_at->ms - context.stamp.utc.ms, 0, answer_leaves_after.count())};
        work.leaving.emplace(event.work, context.stamp.at + left);
    }
    if (event.is_own_sign) note_sign(room, context, event.person);
    room.touch(context, ChangeKind::submission, event.work);
}

std::optional<CountedWork> counted_work(const Room& room, PersonId person, RoomTime until, const WorkNoted* instead) {
    const WorkNoted* best = nullptr;
    const auto look_at = [&](const WorkNoted& work) {
        if (work.person != person || work.state == WorkState::draft || !work.returned_at) return;
        const bool is_better = best == nullptr || (best->late && !work.late) ||
                               (best->late == work.late && work.returned_at < best->returned_at);
        if (is_better) best = &work;
    };
    for (const auto& [id, work] : room.work.submissions) {
        if (instead == nullptr || instead->work != id) look_at(work);
    }
    if (instead != nullptr) look_at(*instead);
    if (best == nullptr) return std::nullopt;
    CountedWork counted{.returned_at = *best->returned_at, .late = best->late, .source = best->source, .spans = {}};
    const auto* assignment = planned(room, best->assignment);
    if (best->late || assignment == nullptr || !assignment->item) return counted;
    const auto& items = room.work.items;
    for (std::size_t index = 0; index < items.size(); ++index) {
        const auto to = index + 1 < items.size() ? items[index + 1].at : until;
        if (items[index].item == *assignment->item && items[index].at < to)
            counted.spans.push_back({.from = items[index].at, .to = to});
    }
    return counted;
}

// ---- what the room asks

void WorkRule::add_due(const Room& room, const Stamp& now, std::vector<Event>& out) const {
    for (const auto& [id, at] : room.work.leaving) {
        if (now.at < at) continue;
        auto noted = room.work.submissions.at(id);
        ++noted.version;
        noted.left_at = noted.sent_at;
        noted.is_own_sign.reset();
        out.emplace_back(std::move(noted));
    }
}

std::optional<RoomTime> WorkRule::next_due(const Room& room) const {
    std::optional<RoomTime> next;
    for (const auto& [id, at] : room.work.leaving) {
        if (!next || at < *next) next = at;
    }
    return next;
}

void WorkRule::note_planned(Room& room, const Context& context, const SessionPlan& plan) const {
    const auto touch_all = [&](const SessionPlan& each) {
        for (const auto& assignment : assignments_of(each))
            room.touch(context, ChangeKind::assignment, assignment.assignment);
    };
    touch_all(room.session.plan);
    touch_all(plan);
}

void WorkRule::add_phase_begins(const Room& room, const Context&, Phase phase, std::vector<Event>& out) const {
    if (phase == Phase::debrief || phase == Phase::closed) add_opened(room, out, [](AgendaItemId) { return true; });
}

void WorkRule::note_phase_begins(Room& room, const Context& context) const {
    if (is_running(room.session.phase) && room.agenda.current) note_item(room, *room.agenda.current, context.stamp.at);
}

void WorkRule::note_item_begins(Room& room, const Context& context, AgendaItemId item) const {
    note_item(room, item, context.stamp.at);
}

void WorkRule::add_follows(const Room& room, const Context&, std::vector<Event>& events) const {
    // Before the session is on, an item that is chosen is the one with which it begins.
    auto phase = room.session.phase;
    auto current = room.agenda.current;
    bool has_begun = false;
    for (const auto& event : events) {
        if (const auto* begun = std::get_if<ItemBegun>(&event.any())) {
            current = begun->item;
            has_begun = true;
        }
        if (const auto* changed = std::get_if<PhaseChanged>(&event.any())) {
            has_begun = has_begun || !is_running(phase);
            phase = changed->phase;
        }
    }
    if (!has_begun || !current || !is_running(phase)) return;
    add_opened(room, events, [&](AgendaItemId item) { return item == *current; });
}

void WorkRule::clear(Room& room, const Context& context) const {
    for (const auto& assignment : assignments_of(room.session.plan))
        room.touch(context, ChangeKind::assignment, assignment.assignment);
    for (const auto& [id, work] : room.work.submissions) room.touch(context, ChangeKind::submission, id);
    room.work = {};
}

void WorkRule::add_things(const Room& room, const Viewer&, std::vector<ThingRef>& out) const {
    for (const auto& assignment : assignments_of(room.session.plan))
        out.push_back({ChangeKind::assignment, assignment.assignment.value});
    for (const auto& [id, work] : room.work.submissions) out.push_back({ChangeKind::submission, id.value});
}

std::optional<Change> WorkRule::see(const Room& room, ThingRef thing, const Viewer& viewer) const {
    if (thing.kind == ChangeKind::submission) return see_submission(room, SubmissionId{thing.id}, viewer);
    const auto* assignment = planned(room, AssignmentId{thing.id});
    const Dropped dropped{.kind = ChangeKind::assignment, .id = thing.id};
    if (assignment == nullptr) return dropped;
    // A rehearsal has shown it, and is over.
    if (!viewer.is_staff() && state_of(room, assignment->assignment) == AssignmentState::draft) return dropped;
    return see_assignment(room, *assignment);
}

void WorkRule::add_personal_viewers(const Room& room, ThingRef thing, std::vector<PersonId>& out) const {
    if (thing.kind != ChangeKind::submission) return;
    const auto found = room.work.submissions.find(SubmissionId{thing.id});
    if (found != room.work.submissions.end()) out.push_back(found->second.person);
}

// ---- keeping

void WorkRule::add_kept(const Room& room, RoomCompacted& out) const {
    for (const auto& [id, opened] : room.work.opened) {
        out.work.opened.push_back(
            {.assignment = id, .opened_at = opened.opened_at, .due = opened.due, .is_closed = {}});
        if (opened.is_closed) out.work.opened.back().is_closed = true;
    }
    for (const auto& [id, work] : room.work.submissions) out.work.submissions.push_back(work);
    for (const auto& from : room.work.items) out.work.items.push_back({.item = from.item, .at = from.at});
}

void WorkRule::note_kept(Room& room, const Context&, const RoomCompacted& event) const {
    auto& work = room.work;
    for (const auto& kept : event.work.opened)
        work.opened.emplace(kept.assignment,
            OpenedAssignment{
                .opened_at = kept.opened_at, .due = kept.due, .is_closed = kept.is_closed.value_or(false)});
    for (const auto& submission : event.work.submissions) work.submissions.emplace(submission.work, submission);
    for (const auto& from : event.work.items) work.items.push_back({.item = from.item, .at = from.at});
}

}  // namespace etakahvila::domain
