#include "domain/work/submission.hpp"

#include <algorithm>
#include <map>

#include "domain/room/decision.hpp"

namespace etakahvila::domain {
namespace {

UtcTime later(UtcTime at, Milliseconds span) { return UtcTime{at.ms + span.count()}; }

/// Is answered, or may be.
bool is_in_work(const WorkNoted& work) {
    return work.state == WorkState::returned || work.state == WorkState::assigned || work.state == WorkState::answered;
}
bool is_sent(const WorkNoted& work) { return work.state == WorkState::sent || work.state == WorkState::read; }

Refusal handled(const WorkNoted& work) {
    return refused(RefusalWord::already_handled, work.work.value, work.claimed_by);
}
Refusal taken(const WorkNoted& work, PersonId by) { return refused(RefusalWord::already_claimed, work.work.value, by); }

/// Each act, on how it stands before.
struct Acts {
    const WorkNoted& before;
    const WorkMoment& moment;

    WorkOutcome operator()(const ReturnWork& act) const {
        const bool is_by_author = act.source == WorkSource::own;
        // The same once more, as after an answer that was lost.
        if (before.state != WorkState::draft) return is_by_author ? WorkOutcome{before} : handled(before);
        if (!moment.is_open) return refused(RefusalWord::not_now);
        auto now = changed();
        now.state = WorkState::returned;
        now.source = act.source;
        now.returned_at = moment.now;
        now.late = moment.now >= moment.due;
        if (!is_by_author) now.answers_by_phone.reset();
        set(now.wants_call, act.wants_call);
        return now;
    }

    WorkOutcome operator()(const TakeBackWork&) const {
        if (before.state == WorkState::draft) return before;
        if (const auto by = holder(before, moment.now); by && is_in_work(before)) return taken(before, *by);
        if (before.state != WorkState::returned && before.state != WorkState::assigned) return handled(before);
        if (!moment.is_open) return refused(RefusalWord::not_now);
        auto now = changed();
        now.state = WorkState::draft;
        now.returned_at.reset();
        now.late = false;
        now.claimed_by.reset();
        now.claimed_until.reset();
        return now;
    }

    WorkOutcome operator()(const ClaimWork&) const {
        if (is_sent(before)) return before.claimed_by == moment.by ? WorkOutcome{before} : handled(before);
        return claimed(is_in_work(before));
    }

    WorkOutcome operator()(const ReleaseWork&) const {
        if (!is_in_work(before)) return handled(before);
        if (holder(before, moment.now) != moment.by) return refused(RefusalWord::claim_lost, before.work.value);
        auto now = changed();
        now.claimed_by.reset();
        now.claimed_until.reset();
        if (now.state == WorkState::assigned) now.state = WorkState::returned;
        return now;
    }

    WorkOutcome operator()(const TakeOverWork& act) const {
        if (!is_in_work(before)) return handled(before);
        const auto by = holder(before, moment.now);
        if (by && *by != moment.by && act.reason.empty()) return refused(RefusalWord::text_empty);
        return given_to(moment.by);
    }

    WorkOutcome operator()(const BeginAnswer&) const {
        // Words of a correction: nothing of them is seen before they are sent.
        if (is_sent(before)) return before.claimed_by == moment.by ? WorkOutcome{before} : handled(before);
        if (!is_in_work(before)) return refused(RefusalWord::not_now);
        const auto by = holder(before, moment.now);
        if (by && *by != moment.by) return taken(before, *by);
        const bool is_had_for_long = by && before.claimed_until &&
                                     *before.claimed_until >= later(moment.now, claim_renewed_below);
        if (before.state == WorkState::answered && is_had_for_long) return before;
        auto now = given_to(moment.by);
        now.state = WorkState::answered;
        return now;
    }

    WorkOutcome operator()(const SendAnswer&) const {
        if (is_sent(before)) {
            if (before.claimed_by != moment.by) return handled(before);
            const bool is_on_its_way = before.state == WorkState::sent && !has_left(before);
            if (is_on_its_way && moment.now < *before.sent_at) return before;
        } else {
            if (!is_in_work(before)) return refused(RefusalWord::not_now);
            const auto by = holder(before, moment.now);
            if (by && *by != moment.by) return taken(before, *by);
        }
        auto now = changed();
        // What its time has come for has left, whether or not anybody was there to see it.
        if (is_sent(before)) now.left_at = before.sent_at;
        now.state = WorkState::sent;
        now.claimed_by = moment.by;
        now.claimed_until.reset();
        now.sent_at = later(moment.now, answer_leaves_after);
        // The wall's clock may have been set back: a correction is behind what it corrects all the same.
        if (now.left_at) now.sent_at = std::max(*now.sent_at, later(*now.left_at, Milliseconds{1}));
        return now;
    }

    WorkOutcome operator()(const TakeBackAnswer&) const {
        const bool is_leaving = before.state == WorkState::sent && !has_left(before) && moment.now < *before.sent_at;
        if (!is_leaving) return before.state == WorkState::answered ? WorkOutcome{before} : handled(before);
        if (before.claimed_by != moment.by) return refused(RefusalWord::claim_lost, before.work.value);
        auto now = changed();
        now.sent_at = before.left_at;
        if (!before.left_at) {
            now.state = WorkState::answered;
            now.claimed_until = later(moment.now, claim_lease);
        }
        return now;
    }

    WorkOutcome operator()(const ReadAnswer&) const {
        if (before.state == WorkState::read) return before;
        const bool is_there = before.state == WorkState::sent && (has_left(before) || moment.now >= *before.sent_at);
        if (!is_there) return refused(RefusalWord::not_now);
        auto now = changed();
        now.state = WorkState::read;
        now.left_at = before.sent_at;
        return now;
    }

    WorkOutcome operator()(const WishForCall& act) const {
        if (!moment.is_open && before.version == 0) return refused(RefusalWord::not_now);
        auto now = changed();
        set(now.wants_call, act.wants_call);
        set(now.answers_by_phone, act.answers_by_phone);
        if (now.wants_call == before.wants_call && now.answers_by_phone == before.answers_by_phone) return before;
        return now;
    }

private:
    static void set(std::optional<bool>& wish, std::optional<bool> wished) {
        if (wished) wish = *wished ? std::optional{true} : std::nullopt;
    }
    WorkNoted changed() const {
        auto now = before;
        ++now.version;
        now.is_own_sign.reset();
        return now;
    }
    WorkNoted given_to(PersonId by) const {
        auto now = changed();
        now.claimed_by = by;
        now.claimed_until = later(moment.now, claim_lease);
        if (now.state == WorkState::returned) now.state = WorkState::assigned;
        return now;
    }
    WorkOutcome claimed(bool may_be) const {
        if (!may_be) return refused(RefusalWord::not_now);
        if (const auto by = holder(before, moment.now); by && *by != moment.by) return taken(before, *by);
        return given_to(moment.by);
    }
};

}  // namespace

WorkOutcome after(const WorkNoted& before, const WorkAct& act, const WorkMoment& moment) {
    return std::visit(Acts{before, moment}, act);
}

std::optional<PersonId> holder(const WorkNoted& work, UtcTime now) {
    if (!work.claimed_by || is_sent(work)) return work.claimed_by;
    const bool is_over = work.claimed_until && now >= *work.claimed_until;
    return is_over ? std::nullopt : work.claimed_by;
}

bool is_free(const WorkNoted& work, UtcTime now) { return is_in_work(work) && !holder(work, now); }

std::vector<Dealt> deal(const std::vector<WorkNoted>& all, const std::vector<PersonId>& among,
    const std::vector<AnsweredBefore>& answered_before, UtcTime now) {
    std::vector<Dealt> dealt;
    if (among.empty()) return dealt;
    std::map<PersonId, std::size_t> has;
    std::vector<const WorkNoted*> free;
    for (const auto& work : all) {
        if (is_free(work, now)) free.push_back(&work);
        if (is_in_work(work) && holder(work, now)) ++has[*holder(work, now)];
    }
    std::stable_sort(free.begin(), free.end(), [](const WorkNoted* a, const WorkNoted* b) {
        if (a->wants_call != b->wants_call) return a->wants_call.has_value();
        return a->returned_at < b->returned_at;
    });
    for (const auto* work : free) {
        auto to = *std::min_element(
            among.begin(), among.end(), [&](PersonId a, PersonId b) { return has[a] < has[b]; });
        for (const auto& before : answered_before) {
            const bool is_among = std::find(among.begin(), among.end(), before.by) != among.end();
            if (before.person == work->person && is_among) to = before.by;
        }
        ++has[to];
        dealt.push_back({.work = work->work, .to = to});
    }
    return dealt;
}

}  // namespace etakahvila::domain
