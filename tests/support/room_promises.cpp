#include "support/room_promises.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "text/call_back.hpp"
#include "domain/floor/parts.hpp"

namespace etakahvila::testing {

using namespace domain;

namespace {

std::optional<std::string> broken_work(const Room& room) {
    std::set<std::pair<AssignmentId, PersonId>> whose;
    std::size_t leaving = 0;
    for (const auto& [id, work] : room.work.submissions) {
        if (!whose.emplace(work.assignment, work.person).second) return "the work: somebody's is there twice";
        if ((work.state == WorkState::draft) == work.returned_at.has_value())
            return "the work: a draft has been returned, or what was returned has not";
        if (work.claimed_until && !work.claimed_by) return "the work: nobody has it for a while";
        const bool is_sent = work.state == WorkState::sent || work.state == WorkState::read;
        if (is_sent && (!work.sent_at || !work.claimed_by)) return "the work: nobody has sent what was sent";
        if (work.state == WorkState::read && !has_left(work)) return "the work: an answer was read before it left";
        if (work.left_at && work.sent_at && *work.left_at > *work.sent_at)
            return "the work: an answer left that nobody sent";
        const bool leaves = work.state == WorkState::sent && !has_left(work);
        if (leaves != room.work.leaving.contains(id)) return "the work: an answer never leaves, or leaves twice";
        leaving += leaves ? 1 : 0;
    }
    if (leaving != room.work.leaving.size()) return "the work: an answer leaves that is not there";
    const auto open = std::count_if(
        room.work.opened.begin(), room.work.opened.end(), [](const auto& each) { return !each.second.is_closed; });
    if (open > static_cast<std::ptrdiff_t>(open_assignments_max)) return "the work: too many assignments are open";
    return std::nullopt;
}

}  // namespace

std::optional<std::string> broken_promise(const Room& room) {
    const auto& floor = room.floor;
    std::size_t granted = 0;
    std::map<std::pair<PersonId, FloorRequestKind>, int> open;
    std::int64_t replies = 0;
    for (const auto& [id, request] : floor.requests) {
        if (std::holds_alternative<Request::Granted>(request.state)) ++granted;
        if (!is_waiting(request)) continue;
        if (++open[{request.beneficiary, request.kind}] > 1)
            return "one open request: person " + std::to_string(request.beneficiary.value) + " has two";
        if (request.kind == FloorRequestKind::reply) ++replies;
    }
    if (granted > 1 || (granted == 1 && !floor.turn))
        return "one holder: " + std::to_string(granted) + " requests are granted";
    if (replies > replies_max) return "three replies: " + std::to_string(replies) + " wait";
    if (floor.replies && (floor.replies->count < replies || floor.replies->count > replies_max))
        return "three replies: " + std::to_string(floor.replies->count) + " are counted";

    std::size_t open_polls = 0;
    for (const auto& [id, item] : room.polls.all) {
        if (item.is_open()) ++open_polls;
        const auto* end = item.end();
        if (end != nullptr && end->count && end->count->answered < static_cast<std::int64_t>(answers_counted_min))
            return "a poll: fewer than five are counted";
    }
    if (open_polls > 1) return "a poll: two are open";
    if (open_polls == 0 && !room.polls.box.empty()) return "a poll: what was chosen is known after the close";

    if (auto broken = broken_work(room)) return broken;
    if (room.feedback && room.feedback->count && *room.feedback->count != 0 &&
        *room.feedback->count < feedback_answers_min)
        return "the feedback: fewer than five are counted";

    const auto waiting = waiting_requests(room);
    const auto first = std::find_if(
        waiting.begin(), waiting.end(), [&](RequestId id) { return !away_until(floor.requests.at(id)); });
    const auto* next = next_waiting(room);
    if ((next == nullptr ? RequestId{} : next->id) != (first == waiting.end() ? RequestId{} : *first))
        return "next: it is not the first in the queue who is there";

    if (floor.round.has_value() != (floor.policy == FloorPolicy::round))
        return "a round: it is on under another policy, or is not";
    const auto is_left = [](const auto& seat) {
        return seat.mark == RoundMark::waiting || seat.mark == RoundMark::later || seat.mark == RoundMark::speaking;
    };
    if (floor.round && std::none_of(floor.round->seats.begin(), floor.round->seats.end(), is_left))
        return "a round: nobody is left in it";
    return std::nullopt;
}

std::optional<std::string> shown_wrongly(PersonId person, Role role, const Change& change) {
    if (const auto* help = std::get_if<HelpRequest>(&change);
        help != nullptr && help->person != person && help->claimed_by != person) {
        const bool is_told = help->raised_by != person && text::tells_number(help->words.value_or(""));
        if (help->call_back || is_told) return "somebody was shown a number that is not for them";
    }
    if (const auto* poll = std::get_if<Poll>(&change); poll != nullptr && poll->counts) {
        const bool is_over = poll->state == PollState::shown || (poll->state == PollState::closed && is_staff(role));
        if (!is_over) return "somebody was shown what was chosen before it may be seen";
        if (poll->answered.value_or(0) < 5) return "fewer than five were counted";
    }
    if (is_staff(role)) return std::nullopt;
    if (const auto* answer = std::get_if<PollAnswer>(&change); answer != nullptr && answer->person != person)
        return "a participant was shown that another has answered";
    if (const auto* poll = std::get_if<Poll>(&change)) {
        if (poll->state == PollState::draft) return "a participant was shown a draft";
        if (poll->state != PollState::shown && (poll->right || poll->why))
            return "a participant was shown the right answer before its time";
    }
    if (const auto* work = std::get_if<protocol::Submission>(&change)) {
        if (work->person != person) return "a participant was shown another's work";
        if (work->claimed_until || work->state == WorkState::answered)
            return "a participant was shown how far the answer is";
        if ((work->state == WorkState::sent || work->state == WorkState::read) != work->sent_at.has_value())
            return "a participant was told of an answer that has not left, or not of one that has";
    }
    if (const auto* assignment = std::get_if<protocol::Assignment>(&change);
        assignment != nullptr && assignment->state == AssignmentState::draft)
        return "a participant was shown an assignment that is not open";
    if (const auto* feedback = std::get_if<Feedback>(&change); feedback != nullptr && feedback->answers)
        return "a participant was shown how many gave feedback";
    if (std::holds_alternative<ReviewItem>(change)) return "a participant was shown the review queue";
    if (std::holds_alternative<AttendanceRow>(change)) return "a participant was shown the attendance";
    if (const auto* help = std::get_if<HelpRequest>(&change); help != nullptr && help->person != person)
        return "a participant was shown another's call for help";
    if (const auto* message = std::get_if<Message>(&change)) {
        if (message->channel == Channel::staff) return "a participant was shown the staff's channel";
        if (message->state == MessageState::held && message->author != person)
            return "a participant was shown another's held message";
    }
    const auto* other = std::get_if<protocol::Person>(&change);
    if (other != nullptr && (other->name_settled || other->device ||
                                ((other->silence_reason || other->second_name) && other->id != person)))
        return "a participant was shown what is the staff's of a person";
    return std::nullopt;
}

}  // namespace etakahvila::testing
