#include "domain/poll/poll.hpp"

#include <algorithm>
#include <utility>

#include "domain/room/permission.hpp"
#include "domain/room/room.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {
namespace {

using Options = std::vector<std::int64_t>;

const PollItem* find_poll(const Room& room, PollId id) {
    const auto found = room.polls.all.find(id);
    if (found == room.polls.all.end() || std::holds_alternative<PollGone>(found->second.standing)) return nullptr;
    return &found->second;
}

/// Each once, in order; nothing when one of them is none of so many options.
std::optional<Options> options_in_order(Options chosen, std::size_t options) {
    std::sort(chosen.begin(), chosen.end());
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    const bool are_there = chosen.empty() ||
                           (chosen.front() >= 0 && chosen.back() < static_cast<std::int64_t>(options));
    return are_there ? std::optional{std::move(chosen)} : std::nullopt;
}

// ---- what a poll says

struct PollWords {
    std::string question;
    std::vector<std::string> options;
    std::int64_t choices_max{};
    Options right;
    std::string why;
    std::optional<RefusalWord> fault;
};

PollWords faulty(RefusalWord word) {
    PollWords words;
    words.fault = word;
    return words;
}

/// Words that may be left out, and are refused when they are there and wrong.
text::CleanText clean_if_any(const std::string& words, std::size_t code_points_max) {
    auto clean = text::clean_text(words, code_points_max);
    return clean.fault == RefusalWord::text_empty ? text::CleanText{} : clean;
}

template <class SomeCommand>
PollWords words_of(const SomeCommand& command) {
    PollWords words;
    auto question = text::clean_one_line(command.question, poll_question_code_points_max);
    if (question.fault) return faulty(*question.fault);
    words.question = std::move(question.value);

    if (command.options.size() < poll_options_min || command.options.size() > poll_options_max)
        return faulty(RefusalWord::invalid);
    for (const auto& option : command.options) {
        auto clean = text::clean_one_line(option, poll_option_code_points_max);
        if (clean.fault) return faulty(*clean.fault);
        const bool is_said = std::any_of(words.options.begin(), words.options.end(),
            [&](const auto& other) { return text::fold(other) == text::fold(clean.value); });
        if (is_said) return faulty(RefusalWord::invalid);
        words.options.push_back(std::move(clean.value));
    }
    const auto options = static_cast<std::int64_t>(words.options.size());
    words.choices_max = std::clamp<std::int64_t>(command.choices_max.value_or(1), 1, options);

    auto right = options_in_order(command.right.value_or(Options{}), words.options.size());
    if (!right) return faulty(RefusalWord::invalid);
    words.right = std::move(*right);
    if (words.right.empty()) return words;
    auto why = clean_if_any(command.why.value_or(""), poll_why_code_points_max);
    if (why.fault) return faulty(*why.fault);
    words.why = std::move(why.value);
    return words;
}

PollMade made(PollId id, PollWords words, std::optional<PersonId> by) {
    return {.poll = id,
        .question = std::move(words.question),
        .options = std::move(words.options),
        .choices_max = words.choices_max,
        .right = std::move(words.right),
        .why = std::move(words.why),
        .by = by,
        .taken = {}};
}

template <class SomeEvent>
void say(PollItem& item, const SomeEvent& event) {
    item.question = event.question;
    item.options = event.options;
    item.choices_max = event.choices_max;
    item.right = event.right;
    item.why = event.why;
}

// ---- who answers, and what is counted

Refusal already(const PollItem& item) { return refused(RefusalWord::already_handled, item.id.value); }

/// Why it cannot be opened by the one who asks; `item`: where it is made already.
std::optional<Refusal> why_not_open(const Room& room, const Context& context, PollId id) {
    if (const auto word = why_not(context.actor.role, OpenPoll{id}, room.session.phase)) return refused(*word);
    if (const auto* other = open_poll(room)) return refused(RefusalWord::poll_is_open, other->id.value);
    return std::nullopt;
}

Decision answer(
    const Room& room, PollId id, PersonId person, const Options& options, std::optional<PersonId> noted_by) {
    const auto* item = find_poll(room, id);
    if (item == nullptr || item->is_draft()) return RefusalWord::not_found;
    if (!item->is_open()) return refused(RefusalWord::not_now, id.value);
    auto chosen = options_in_order(options, item->options.size());
    if (!chosen || chosen->empty() || static_cast<std::int64_t>(chosen->size()) > item->choices_max)
        return RefusalWord::invalid;
    return done(PollVoted{.poll = id, .person = person, .by = noted_by})
        .with({.poll = id, .person = person, .options = std::move(*chosen)});
}

/// Whether the result tells nobody what a single person chose.
bool may_be_counted(const Polls& polls) {
    const auto own = static_cast<std::size_t>(std::count_if(
        polls.box.begin(), polls.box.end(), [&](const auto& entry) { return !polls.voters.at(entry.first).is_noted; }));
    return polls.box.size() >= answers_counted_min && (own == 0 || own >= answers_counted_min);
}

PollClosed closed(const Room& room, const PollItem& item, std::optional<PersonId> by) {
    PollClosed closing{.poll = item.id, .counts = {}, .answered = {}, .by = by};
    const auto& polls = room.polls;
    if (!may_be_counted(polls)) return closing;
    Options counts(item.options.size());
    for (const auto& [person, options] : polls.box) {
        for (const auto option : options) ++counts.at(static_cast<std::size_t>(option));
    }
    closing.counts = std::move(counts);
    closing.answered = static_cast<std::int64_t>(polls.box.size());
    return closing;
}

void forget_answers(Room& room, const Context& context, std::optional<PollId> of = {}) {
    for (auto& [person, voter] : room.polls.voters) {
        if (of && voter.poll != of && voter.noted != of) continue;
        if (!of || voter.poll == of) voter.poll.reset();
        if (!of || voter.noted == of) voter.noted.reset();
        room.touch(context, ChangeKind::poll_answer, person);
    }
    room.polls.box.clear();
}

void touch(Room& room, const Context& context, const PollItem& item) {
    if (item.was_for_all)
        room.touch(context, ChangeKind::poll, item.id);
    else
        room.touch_for_staff(context, ChangeKind::poll, item.id);
}

PollItem* changed(Room& room, const Context& context, PollId id) {
    const auto found = room.polls.all.find(id);
    if (found == room.polls.all.end()) return nullptr;
    touch(room, context, found->second);
    return &found->second;
}

}  // namespace

const PollItem* open_poll(const Room& room) {
    const auto& all = room.polls.all;
    const auto found = std::find_if(all.begin(), all.end(), [](const auto& entry) { return entry.second.is_open(); });
    return found == all.end() ? nullptr : &found->second;
}

void put_in_box(Room& room, const Ballot& ballot) {
    const auto* item = find_poll(room, ballot.poll);
    const auto voter = room.polls.voters.find(ballot.person);
    if (item == nullptr || !item->is_open() || voter == room.polls.voters.end() || voter->second.poll != ballot.poll)
        return;
    auto options = options_in_order(ballot.options, item->options.size());
    if (options && !options->empty()) room.polls.box.insert_or_assign(ballot.person, std::move(*options));
}

std::vector<PollId> emptied_by(const Step& step) {
    std::vector<PollId> polls;
    for (const auto& event : step.events) {
        if (const auto* closed = std::get_if<PollClosed>(&event.any())) polls.push_back(closed->poll);
        if (const auto* gone = std::get_if<PollWithdrawn>(&event.any())) polls.push_back(gone->poll);
        if (const auto* anew = std::get_if<PollBegunAnew>(&event.any())) polls.push_back(anew->poll);
    }
    return polls;
}

std::vector<MakePoll> planned_polls(const Room& room) {
    std::vector<MakePoll> planned;
    for (const auto& [id, item] : room.polls.all) {
        if (!item.is_draft()) continue;
        MakePoll poll{.question = item.question, .options = item.options, .choices_max = item.choices_max};
        if (!item.right.empty()) poll.right = item.right;
        if (!item.why.empty()) poll.why = item.why;
        planned.push_back(std::move(poll));
    }
    return planned;
}

// ---- decisions

Decision decide(const Room& room, const Context& context, const TakePoll& input) {
    if (input.place <= room.polls.taken) return done();
    auto words = words_of(input.poll);
    if (words.fault) return *words.fault;
    auto event = made(context.new_id<PollId>(), std::move(words), {});
    event.taken = input.place;
    return done(std::move(event));
}

Decision decide(const Room& room, const Context& context, const MakePoll& command) {
    if (room.polls.all.size() >= polls_max) return RefusalWord::limit_reached;
    auto words = words_of(command);
    if (words.fault) return *words.fault;
    const auto id = context.new_id<PollId>();
    const auto by = context.actor.person;
    std::vector<Event> events;
    events.emplace_back(made(id, std::move(words), by));
    if (command.open.value_or(false)) {
        if (const auto refusal = why_not_open(room, context, id)) return *refusal;
        events.emplace_back(PollOpened{.poll = id, .by = by});
    }
    return events;
}

Decision decide(const Room& room, const Context& context, const ChangePoll& command) {
    const auto* item = find_poll(room, command.poll);
    if (item == nullptr) return RefusalWord::not_found;
    if (!item->is_draft()) return already(*item);
    if (item->version != command.version) return refused(RefusalWord::version_conflict, item->id.value);
    auto words = words_of(command);
    if (words.fault) return *words.fault;
    return done(PollChanged{.poll = command.poll,
        .question = std::move(words.question),
        .options = std::move(words.options),
        .choices_max = words.choices_max,
        .right = std::move(words.right),
        .why = std::move(words.why),
        .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const OpenPoll& command) {
    const auto* item = find_poll(room, command.poll);
    if (item == nullptr) return RefusalWord::not_found;
    if (!item->is_draft()) return already(*item);
    if (const auto refusal = why_not_open(room, context, command.poll)) return *refusal;
    return done(PollOpened{.poll = command.poll, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const AnswerPoll& command) {
    return answer(room, command.poll, context.actor.person, command.options, {});
}

Decision decide(const Room& room, const Context& context, const AnswerPollFor& command) {
    const auto* member = room.member(command.person);
    if (member == nullptr || !member->came) return RefusalWord::not_found;
    if (member->role != Role::participant) return RefusalWord::not_permitted;
    if (!member->is_on_phone) return RefusalWord::not_now;
    return answer(room, command.poll, command.person, command.options, context.actor.person);
}

Decision decide(const Room& room, const Context& context, const ClosePoll& command) {
    const auto* item = find_poll(room, command.poll);
    if (item == nullptr) return RefusalWord::not_found;
    if (item->is_draft()) return refused(RefusalWord::not_now, item->id.value);
    if (!item->is_open()) return already(*item);
    return done(closed(room, *item, context.actor.person));
}

Decision decide(const Room& room, const Context& context, const ShowPoll& command) {
    const auto* item = find_poll(room, command.poll);
    if (item == nullptr) return RefusalWord::not_found;
    const auto* end = item->end();
    if (end == nullptr) return refused(RefusalWord::not_now, item->id.value);
    if (end->shown_at) return already(*item);
    PollShown shown{.poll = command.poll, .why = {}, .by = context.actor.person};
    if (command.why && !item->right.empty()) {
        auto why = clean_if_any(*command.why, poll_why_code_points_max);
        if (why.fault) return *why.fault;
        if (why.value != item->why) shown.why = std::move(why.value);
    }
    return done(std::move(shown));
}

Decision decide(const Room& room, const Context& context, const WithdrawPoll& command) {
    const auto* item = find_poll(room, command.poll);
    if (item == nullptr) return RefusalWord::not_found;
    if (const auto* end = item->end(); end != nullptr && end->shown_at) return already(*item);
    return done(PollWithdrawn{.poll = command.poll, .by = context.actor.person});
}

// ---- what happens

void apply(Room& room, const Context& context, const PollMade& event) {
    auto& item = room.polls.all[event.poll];
    item.id = event.poll;
    if (event.taken) room.polls.taken = *event.taken;
    say(item, event);
    touch(room, context, item);
}

void apply(Room& room, const Context& context, const PollChanged& event) {
    auto* item = changed(room, context, event.poll);
    if (item == nullptr) return;
    say(*item, event);
    ++item->version;
}

void apply(Room& room, const Context& context, const PollOpened& event) {
    const auto found = room.polls.all.find(event.poll);
    if (found == room.polls.all.end()) return;
    found->second.standing = PollOpen{.at = context.stamp.at};
    found->second.was_for_all = true;
    touch(room, context, found->second);
}

void apply(Room& room, const Context& context, const PollVoted& event) {
    auto* item = changed(room, context, event.poll);
    auto& voter = room.polls.voters[event.person];
    auto* open = item == nullptr ? nullptr : std::get_if<PollOpen>(&item->standing);
    if (open != nullptr && voter.poll != event.poll) ++open->answered;
    voter.poll = event.poll;
    voter.is_noted = event.by.has_value();
    if (event.by) {
        voter.noted = event.poll;
        voter.was_noted = true;
    }
    room.touch(context, ChangeKind::poll_answer, event.person);
    note_sign(room, context, event.person);
}

void apply(Room& room, const Context& context, const PollBegunAnew& event) {
    forget_answers(room, context, event.poll);
    auto* item = changed(room, context, event.poll);
    auto* open = item == nullptr ? nullptr : std::get_if<PollOpen>(&item->standing);
    if (open != nullptr) open->answered = 0;
}

void apply(Room& room, const Context& context, const PollClosed& event) {
    room.polls.box.clear();
    auto* item = changed(room, context, event.poll);
    if (item == nullptr) return;
    PollEnd end{.opened_at = context.stamp.at, .at = context.stamp.at, .count = {}, .shown_at = {}};
    if (const auto* open = std::get_if<PollOpen>(&item->standing)) end.opened_at = open->at;
    if (event.counts && event.answered) end.count = PollCount{.answered = *event.answered, .of_option = *event.counts};
    item->standing = std::move(end);
}

void apply(Room& room, const Context& context, const PollShown& event) {
    auto* item = changed(room, context, event.poll);
    if (item == nullptr) return;
    if (event.why) item->why = *event.why;
    if (auto* end = std::get_if<PollEnd>(&item->standing)) end->shown_at = context.stamp.at;
}

void apply(Room& room, const Context& context, const PollWithdrawn& event) {
    auto* item = changed(room, context, event.poll);
    if (item == nullptr) return;
    if (item->is_open()) room.polls.box.clear();
    item->standing = PollGone{};
}

// ---- what the room asks

void PollRule::add_phase_ends(const Room& room, const Context&, Phase next, std::vector<Event>& out) const {
    const auto* item = open_poll(room);
    if (item == nullptr) return;
    if (next == Phase::planned)
        out.emplace_back(PollWithdrawn{.poll = item->id, .by = {}});
    else if (next == Phase::debrief || is_end(next))
        out.emplace_back(closed(room, *item, {}));
}

void PollRule::note_phase_begins(Room& room, const Context&) const {
    if (room.session.phase == Phase::rehearsal) room.polls.before_rehearsal = room.polls.all;
}

void PollRule::add_follows(const Room& room, const Context&, std::vector<Event>& events) const {
    const auto* item = open_poll(room);
    if (item == nullptr) return;
    const auto answered = std::get<PollOpen>(item->standing).answered;
    if (answered != static_cast<std::int64_t>(room.polls.box.size())) events.emplace_back(PollBegunAnew{item->id});
}

void PollRule::clear(Room& room, const Context& context) const {
    auto& polls = room.polls;
    for (const auto& [id, item] : polls.all) {
        touch(room, context, item);
        const auto before = polls.before_rehearsal.find(id);
        if (before != polls.before_rehearsal.end()) before->second.was_for_all = item.was_for_all;
    }
    polls.all = std::exchange(polls.before_rehearsal, {});
    forget_answers(room, context);
}

// ---- what is shown

namespace {

std::optional<Change> see_poll(const Room& room, PollId id, const Viewer& viewer) {
    const Dropped dropped{.kind = ChangeKind::poll, .id = id.value};
    const auto found = room.polls.all.find(id);
    if (found == room.polls.all.end()) return dropped;
    const auto& item = found->second;
    const bool is_gone = std::holds_alternative<PollGone>(item.standing);
    const bool is_theirs = viewer.is_staff() || !item.is_draft();
    if (is_gone || !is_theirs)
        return viewer.is_staff() || item.was_for_all ? std::optional<Change>{dropped} : std::nullopt;

    Poll seen{.id = id,
        .question = item.question,
        .options = item.options,
        .choices_max = item.choices_max,
        .state = PollState::draft,
        .version = item.version};
    if (!item.right.empty()) seen.quiz = true;
    if (const auto* open = std::get_if<PollOpen>(&item.standing)) {
        seen.state = PollState::open;
        seen.opened_at = open->at;
        seen.answered = open->answered;
    }
    const auto* end = item.end();
    const bool is_shown = end != nullptr && end->shown_at;
    const bool is_told = viewer.is_staff() || is_shown;
    if (end != nullptr) {
        seen.state = is_shown ? PollState::shown : PollState::closed;
        seen.opened_at = end->opened_at;
        seen.closed_at = end->at;
        seen.shown_at = end->shown_at;
        if (end->count) seen.answered = end->count->answered;
        if (end->count && is_told) seen.counts = end->count->of_option;
    }
    if (is_told && !item.right.empty()) {
        seen.right = item.right;
        if (!item.why.empty()) seen.why = item.why;
    }
    return seen;
}

std::optional<Change> see_answer(const Room& room, PersonId person, const Viewer& viewer) {
    const auto found = room.polls.voters.find(person);
    if (found == room.polls.voters.end()) return std::nullopt;
    const auto& voter = found->second;
    if (!viewer.is(person) && !(viewer.is_staff() && voter.was_noted)) return std::nullopt;
    const auto& poll = viewer.is(person) ? voter.poll : voter.noted;
    if (!poll) return Dropped{.kind = ChangeKind::poll_answer, .id = person.value};
    return PollAnswer{.person = person, .poll = *poll};
}

}  // namespace

void PollRule::add_things(const Room& room, const Viewer&, std::vector<ThingRef>& out) const {
    for (const auto& [id, item] : room.polls.all) out.push_back({ChangeKind::poll, id.value});
    for (const auto& [person, voter] : room.polls.voters) out.push_back({ChangeKind::poll_answer, person.value});
}

std::optional<Change> PollRule::see(const Room& room, ThingRef thing, const Viewer& viewer) const {
    if (thing.kind == ChangeKind::poll) return see_poll(room, PollId{thing.id}, viewer);
    return see_answer(room, PersonId{thing.id}, viewer);
}

void PollRule::add_personal_viewers(const Room& room, ThingRef thing, std::vector<PersonId>& out) const {
    const PersonId person{thing.id};
    if (thing.kind == ChangeKind::poll_answer && room.polls.voters.contains(person)) out.push_back(person);
}

// ---- keeping

void PollRule::add_kept(const Room& room, RoomCompacted& out) const {
    if (room.polls.taken > 0) out.polls_taken = room.polls.taken;
}

void PollRule::note_kept(Room& room, const Context&, const RoomCompacted& event) const {
    room.polls.taken = event.polls_taken.value_or(0);
}

}  // namespace etakahvila::domain
