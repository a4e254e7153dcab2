#include "domain/help/help.hpp"

#include <algorithm>

#include "text/call_back.hpp"
#include "domain/room/permission.hpp"
#include "domain/room/room.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {
namespace {

const HelpCase* find_help(const Room& room, HelpId id) {
    const auto found = room.help.cases.find(id);
    return found == room.help.cases.end() || found->second.is_dropped() ? nullptr : &found->second;
}

/// The request, if the one who asks may know of it: the person and the staff.
const HelpCase* find_for(const Room& room, const Context& context, HelpId id) {
    const auto* help = find_help(room, id);
    return help != nullptr && (is_staff(context.actor.role) || help->person == context.actor.person) ? help : nullptr;
}

std::optional<PersonId> ended_by(const HelpCase& help) {
    if (const auto* solved = std::get_if<HelpSolution>(&help.standing)) return solved->by;
    if (const auto* handed = std::get_if<HelpHandover>(&help.standing)) return handed->by;
    if (const auto* cancelled = std::get_if<HelpCancellation>(&help.standing)) return cancelled->by;
    return std::nullopt;
}

std::optional<RoomTime> ended_at(const HelpCase& help) {
    if (const auto* solved = std::get_if<HelpSolution>(&help.standing)) return solved->at;
    if (const auto* handed = std::get_if<HelpHandover>(&help.standing)) return handed->at;
    if (const auto* cancelled = std::get_if<HelpCancellation>(&help.standing)) return cancelled->at;
    return std::nullopt;
}

Refusal already_handled(const HelpCase& help) {
    return refused(RefusalWord::already_handled, help.id.value, ended_by(help));
}

/// Since when the person has had no connection; nothing while one is up.
std::optional<RoomTime> unconnected_since(const Member& member) {
    if (member.is_up()) return std::nullopt;
    if (member.lost_at) return member.lost_at;
    return member.last_end.value_or(member.since);
}

std::optional<RoomTime> claimant_gone_since(const Room& room, const HelpClaim& claim) {
    const auto* claimant = room.member(claim.by);
    return claimant == nullptr ? std::optional{claim.at} : unconnected_since(*claimant);
}

/// Words are welcome, and never a duty: nothing that is in them stops a call for help. What was
/// written as a number and is none comes after them.
std::string words_of(const std::optional<std::string>& words, const std::string& more = {}) {
    auto clean = text::clean_or_cut(words.value_or(""), help_words_code_points_max);
    if (more.empty()) return clean;
    // The number is what somebody is reached by: it is the words that are cut for it.
    const auto kept = text::first_code_points(more, help_words_code_points_max - 1);
    const auto left = help_words_code_points_max - 1 - text::code_points(kept);
    return text::clean_or_cut(text::clean_or_cut(clean, left) + "\n" + kept, help_words_code_points_max);
}

/// Why the request cannot be ended or given on by the one who asks: those who claimed it do that,
/// or any moderator while nobody has.
std::optional<Refusal> why_not_handle(const Context& context, const HelpCase* help) {
    if (help == nullptr) return refused(RefusalWord::not_found);
    if (help->is_suggested()) return refused(RefusalWord::not_now, help->id.value);
    if (!help->is_waiting()) return already_handled(*help);
    if (const auto* claim = help->claim(); claim != nullptr && claim->by != context.actor.person)
        return refused(RefusalWord::already_claimed, help->id.value, claim->by);
    return std::nullopt;
}

bool has_asked_too_often(const Room& room, PersonId person) {
    const auto context = std::count_if(room.help.cases.begin(), room.help.cases.end(),
        [&](const auto& entry) { return entry.second.person == person; });
    return static_cast<std::size_t>(context) >= help_requests_max;
}

/// The id under which the person's request opens: the suggestion that stands, or a new one; else
/// the refusal.
struct Opening {
    HelpId help;
    std::optional<Refusal> refusal;
};
Opening opening_for(const Room& room, const Context& context, PersonId person) {
    const auto* standing = standing_help(room, person);
    if (standing == nullptr) {
        if (has_asked_too_often(room, person)) return {.help = {}, .refusal = refused(RefusalWord::limit_reached)};
        return {.help = context.new_id<HelpId>(), .refusal = {}};
    }
    if (standing->is_suggested()) return {.help = standing->id, .refusal = {}};
    const auto* claim = standing->claim();
    return {.help = {},
        .refusal = refused(
            RefusalWord::already_open, standing->id.value, claim == nullptr ? std::nullopt : std::optional{claim->by})};
}

void open(Room& room, const Context& context, HelpCase opened) {
    opened.since = context.stamp.at;
    opened.standing = HelpOpen{};
    room.touch(context, ChangeKind::help_request, opened.id);
    const auto id = opened.id;
    room.help.cases.insert_or_assign(id, std::move(opened));
}

void stand(Room& room, const Context& context, HelpId id, HelpStanding standing) {
    const auto found = room.help.cases.find(id);
    if (found == room.help.cases.end()) return;
    found->second.standing = std::move(standing);
    room.touch(context, ChangeKind::help_request, id);
    // Numbers in the thread are seen by whoever has the call.
    for (const auto& [message_id, message] : room.help.messages) {
        if (message.help == id && text::tells_number(message.text))
            room.touch(context, ChangeKind::help_line, message_id);
    }
}

/// The person may see a number that is told in their call, and who has it; who wrote it knows it.
bool may_see_number(const HelpCase& help, const Viewer& viewer, std::optional<PersonId> author) {
    const auto* claim = help.claim();
    return viewer.is(help.person) || (claim != nullptr && viewer.is(claim->by)) || (author && viewer.is(*author));
}

std::string shown_words(
    const std::string& words, const HelpCase& help, const Viewer& viewer, std::optional<PersonId> author) {
    return may_see_number(help, viewer, author) ? words : text::without_numbers(words);
}

Milliseconds median(std::vector<Milliseconds> waits) {
    std::sort(waits.begin(), waits.end());
    const auto middle = waits.size() / 2;
    return waits.size() % 2 == 1 ? waits[middle] : (waits[middle - 1] + waits[middle]) / 2;
}

}  // namespace

const HelpCase* standing_help(const Room& room, PersonId person) {
    const auto found = std::find_if(room.help.cases.begin(), room.help.cases.end(), [&](const auto& entry) {
        const auto& help = entry.second;
        return help.person == person && (help.is_suggested() || help.is_waiting());
    });
    return found == room.help.cases.end() ? nullptr : &found->second;
}

std::optional<Milliseconds> waited_for_help(const HelpCase& help, RoomTime now) {
    if (help.is_suggested() || help.is_dropped()) return std::nullopt;
    const bool is_open = std::holds_alternative<HelpOpen>(help.standing);
    const auto until = is_open ? now : help.taken_at.value_or(ended_at(help).value_or(now));
    return until - help.since;
}

std::vector<HelpFigures> help_figures(const Room& room, RoomTime now) {
    std::map<HelpKind, std::vector<Milliseconds>> waits;
    for (const auto& [id, help] : room.help.cases) {
        if (const auto waited = waited_for_help(help, now)) waits[help.kind].push_back(*waited);
    }
    std::vector<HelpFigures> figures;
    for (auto& [kind, all] : waits) {
        const auto longest = *std::max_element(all.begin(), all.end());
        figures.push_back({.kind = kind,
            .count = static_cast<std::int64_t>(all.size()),
            .median_wait = median(all),
            .longest_wait = longest});
    }
    return figures;
}

// ---- commands

Decision decide(const Room& room, const Context& context, const AskForHelp& command) {
    const auto opening = opening_for(room, context, context.actor.person);
    if (opening.refusal) return *opening.refusal;
    auto call_back = text::read_call_back(command.call_back.value_or(""));
    return done(HelpAsked{.help = opening.help,
        .person = context.actor.person,
        .kind = command.kind,
        .words = words_of(command.words, call_back.words),
        .call_back = std::move(call_back.number)});
}

Decision decide(const Room& room, const Context& context, const AskAtDoor& input) {
    const auto* member = room.member(input.person);
    if (member != nullptr && member->presence == PresenceState::removed) return RefusalWord::removed;
    if (const auto word = why_not_ask_at_door(input.role, room.session.phase)) return *word;
    const auto* standing = standing_help(room, input.person);
    if (standing != nullptr && standing->is_waiting()) return done();
    auto theirs = context;
    theirs.actor = {.person = input.person, .role = input.role, .connection = {}};
    auto decision = decide(
        room, theirs, AskForHelp{.kind = input.kind, .words = input.words, .call_back = input.call_back});
    if (decision.refusal()) return decision;
    auto event = std::get<HelpAsked>(decision.events().front().any());
    event.at_door = true;
    return done(std::move(event));
}

Decision decide(const Room& room, const Context& context, const RaiseHelpFor& command) {
    const auto* member = room.member(command.person);
    if (member == nullptr) return RefusalWord::not_found;
    if (member->presence == PresenceState::removed) return RefusalWord::person_gone;
    const auto opening = opening_for(room, context, command.person);
    if (opening.refusal) return *opening.refusal;
    return done(HelpRaised{.help = opening.help,
        .person = command.person,
        .kind = command.kind,
        .words = words_of(command.words),
        .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const AddHelpMessage& command) {
    const auto* help = find_for(room, context, command.help);
    if (help == nullptr) return RefusalWord::not_found;
    if (help->is_suggested()) return refused(RefusalWord::not_now, help->id.value);
    if (!help->is_waiting()) return already_handled(*help);
    auto text = text::clean_text(command.text, help_words_code_points_max);
    if (text.fault) return *text.fault;
    if (static_cast<std::size_t>(help->messages) >= help_messages_max)
        return refused(RefusalWord::limit_reached, help->id.value);
    return done(HelpLineAdded{.line = context.new_id<HelpMessageId>(),
        .help = help->id,
        .author = context.actor.person,
        .text = std::move(text.value)});
}

Decision decide(const Room& room, const Context& context, const CancelHelp& command) {
    const auto* help = find_for(room, context, command.help);
    if (help == nullptr) return RefusalWord::not_found;
    if (help->is_suggested()) return done(HelpSuggestionDropped{help->id});
    if (!help->is_waiting()) return already_handled(*help);
    // That it works again is for the person to say; staff solve or hand over.
    if (help->person != context.actor.person) return refused(RefusalWord::not_permitted, help->id.value);
    return done(HelpCancelled{.help = help->id, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const ClaimHelp& command) {
    const auto* help = find_help(room, command.help);
    if (help == nullptr) return RefusalWord::not_found;
    if (help->is_suggested()) return refused(RefusalWord::not_now, help->id.value);
    if (!help->is_waiting()) return already_handled(*help);
    if (const auto* claim = help->claim()) {
        if (claim->by == context.actor.person) return done();
        // A person in trouble does not wait out the time in which a moderator may come back.
        if (!claimant_gone_since(room, *claim)) return refused(RefusalWord::already_claimed, help->id.value, claim->by);
    }
    return done(HelpClaimed{.help = help->id, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const ReleaseHelp& command) {
    const auto* help = find_help(room, command.help);
    if (auto refusal = why_not_handle(context, help)) return *refusal;
    if (help->claim() == nullptr) return refused(RefusalWord::claim_lost, help->id.value);
    return done(HelpReleased{.help = help->id, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const SolveHelp& command) {
    const auto* help = find_help(room, command.help);
    if (auto refusal = why_not_handle(context, help)) return *refusal;
    return done(HelpSolved{.help = help->id, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const HandOverHelp& command) {
    const auto* help = find_help(room, command.help);
    if (auto refusal = why_not_handle(context, help)) return *refusal;
    auto to = text::clean_text(command.to, help_handed_to_code_points_max);
    if (to.fault) return *to.fault;
    return done(HelpHandedOver{.help = help->id, .to = std::move(to.value), .by = context.actor.person});
}

// ---- events

void apply(Room& room, const Context& context, const HelpAsked& event) {
    HelpCase opened{.id = event.help,
        .person = event.person,
        .kind = event.kind,
        .words = event.words,
        .raised_by = {},
        .call_back = event.call_back,
        .taken_at = {},
        .standing = {}};
    opened.is_at_door = event.at_door.value_or(false);
    open(room, context, opened);
    // Whoever stands outside takes no part yet.
    if (!opened.is_at_door) note_sign(room, context, event.person);
}

void apply(Room& room, const Context& context, const HelpRaised& event) {
    open(room, context,
        {.id = event.help,
            .person = event.person,
            .kind = event.kind,
            .words = event.words,
            .raised_by = event.by,
            .call_back = {},
            .taken_at = {},
            .standing = {}});
}

void apply(Room& room, const Context& context, const HelpSuggestionMade& event) {
    room.help.cases.insert_or_assign(event.help, HelpCase{.id = event.help,
                                                     .person = event.person,
                                                     .kind = HelpKind::something_else,
                                                     .words = {},
                                                     .since = context.stamp.at,
                                                     .raised_by = {},
                                                     .call_back = {},
                                                     .taken_at = {},
                                                     .standing = HelpSuggested{}});
    room.help.suggested_at[event.person] = context.stamp.at;
    room.touch(context, ChangeKind::help_request, event.help);
}

void apply(Room& room, const Context& context, const HelpSuggestionDropped& event) {
    stand(room, context, event.help, HelpDropped{});
}

void apply(Room& room, const Context& context, const HelpClaimed& event) {
    if (const auto found = room.help.cases.find(event.help); found != room.help.cases.end())
        found->second.taken_at = context.stamp.at;
    stand(room, context, event.help, HelpClaim{.by = event.by, .at = context.stamp.at});
}

void apply(Room& room, const Context& context, const HelpReleased& event) {
    stand(room, context, event.help, HelpOpen{});
}
void apply(Room& room, const Context& context, const HelpClaimReturned& event) {
    stand(room, context, event.help, HelpOpen{});
}
void apply(Room& room, const Context& context, const HelpSolved& event) {
    stand(room, context, event.help, HelpSolution{.by = event.by, .at = context.stamp.at});
}
void apply(Room& room, const Context& context, const HelpHandedOver& event) {
    stand(room, context, event.help, HelpHandover{.by = event.by, .to = event.to, .at = context.stamp.at});
}

void apply(Room& room, const Context& context, const HelpCancelled& event) {
    stand(room, context, event.help, HelpCancellation{.by = event.by, .at = context.stamp.at});
    if (event.by) note_sign(room, context, *event.by);
}

void apply(Room& room, const Context& context, const HelpLineAdded& event) {
    room.help.messages[event.line] = {
        .id = event.line, .help = event.help, .author = event.author, .text = event.text, .at = context.stamp.at};
    if (const auto found = room.help.cases.find(event.help); found != room.help.cases.end()) ++found->second.messages;
    room.touch(context, ChangeKind::help_line, event.line);
    note_sign(room, context, event.author);
}

// ---- time, lost lines and the end

void HelpRule::add_due(const Room& room, const Stamp& now, std::vector<Event>& out) const {
    for (const auto& [id, help] : room.help.cases) {
        const auto* claim = help.claim();
        const auto gone_since = claim == nullptr ? std::nullopt : claimant_gone_since(room, *claim);
        if (gone_since && now.at >= *gone_since + help_claim_away) out.emplace_back(HelpClaimReturned{id});
    }
}

std::optional<RoomTime> HelpRule::next_due(const Room& room) const {
    std::optional<RoomTime> next;
    for (const auto& [id, help] : room.help.cases) {
        const auto* claim = help.claim();
        const auto gone_since = claim == nullptr ? std::nullopt : claimant_gone_since(room, *claim);
        if (gone_since && (!next || *gone_since + help_claim_away < *next)) next = *gone_since + help_claim_away;
    }
    return next;
}

void HelpRule::add_line_lost(
    const Room& room, const Context& context, PersonId person, bool, std::vector<Event>& out) const {
    const auto* member = room.member(person);
    if (member == nullptr || is_over(room.session.phase)) return;
    const auto now = context.stamp.at;
    const auto earlier = std::count_if(member->recent_losses.begin(), member->recent_losses.end(),
        [&](RoomTime at) { return now - at <= help_losses_window; });
    if (static_cast<std::size_t>(earlier) + 1 < help_losses) return;
    if (standing_help(room, person) != nullptr) return;
    const auto suggested = room.help.suggested_at.find(person);
    if (suggested != room.help.suggested_at.end() && now - suggested->second <= help_losses_window) return;
    out.emplace_back(HelpSuggestionMade{.help = context.new_id<HelpId>(), .person = person});
}

void HelpRule::add_line_back(const Room& room, const Context&, PersonId person, bool, std::vector<Event>& out) const {
    const auto* standing = standing_help(room, person);
    if (standing != nullptr && standing->is_at_door) out.emplace_back(HelpSolved{.help = standing->id, .by = person});
}

void HelpRule::add_phase_ends(const Room& room, const Context&, Phase next, std::vector<Event>& out) const {
    if (!is_end(next)) return;
    for (const auto& [id, help] : room.help.cases) {
        if (help.is_suggested())
            out.emplace_back(HelpSuggestionDropped{id});
        else if (help.is_waiting())
            out.emplace_back(HelpCancelled{.help = id, .by = {}});
    }
}

void HelpRule::clear(Room& room, const Context& context) const { clear_all(room, context, *this); }

// ---- what is shown

namespace {

std::optional<Change> see_request(const Room& room, HelpId id, const Viewer& viewer) {
    const Dropped dropped{.kind = ChangeKind::help_request, .id = id.value};
    const auto found = room.help.cases.find(id);
    if (found == room.help.cases.end()) return dropped;
    const auto* help = &found->second;
    const bool is_own = viewer.is(help->person);
    if (!viewer.is_staff() && !is_own) return std::nullopt;
    if (help->is_dropped()) return dropped;

    HelpRequest seen{.id = id, .person = help->person, .kind = help->kind};
    seen.since = help->since;
    seen.raised_by = help->raised_by;
    seen.ended_at = ended_at(*help);
    seen.has_call_back = help->call_back.has_value() || text::tells_number(help->words);
    if (help->is_at_door) seen.at_door = true;
    if (!help->words.empty()) seen.words = shown_words(help->words, *help, viewer, help->raised_by);
    const auto* claim = help->claim();
    if (is_own || (claim != nullptr && viewer.is(claim->by))) seen.call_back = help->call_back;
    if (claim != nullptr) {
        seen.claimed_by = claim->by;
        seen.claimed_at = claim->at;
    }
    if (const auto* handed = std::get_if<HelpHandover>(&help->standing); handed != nullptr && !handed->to.empty())
        seen.handed_to = shown_words(handed->to, *help, viewer, handed->by);
    // All standings but the dropped one, in their order.
    static constexpr std::array states{HelpState::suggested, HelpState::open, HelpState::claimed, HelpState::solved,
        HelpState::handed_over, HelpState::cancelled};
    static_assert(states.size() + 1 == std::variant_size_v<HelpStanding>);
    seen.state = states[help->standing.index()];
    return seen;
}

std::optional<Change> see_message(const Room& room, HelpMessageId id, const Viewer& viewer) {
    const auto found = room.help.messages.find(id);
    if (found == room.help.messages.end()) return Dropped{.kind = ChangeKind::help_line, .id = id.value};
    const auto& message = found->second;
    const auto* help = find_help(room, message.help);
    if (!viewer.is_staff() && !(help != nullptr && viewer.is(help->person))) return std::nullopt;
    auto text = help == nullptr ? text::without_numbers(message.text)
                                : shown_words(message.text, *help, viewer, message.author);
    return HelpMessage{
        .id = id, .help = message.help, .author = message.author, .text = std::move(text), .at = message.at};
}

void add_request_viewers(const Room& room, HelpId id, std::vector<PersonId>& out) {
    const auto found = room.help.cases.find(id);
    if (found == room.help.cases.end()) return;
    const auto& help = found->second;
    out.push_back(help.person);
    const bool has_number_in_words = text::tells_number(help.words);
    if (const auto* claim = help.claim(); claim != nullptr && (help.call_back || has_number_in_words))
        out.push_back(claim->by);
    if (help.raised_by && has_number_in_words) out.push_back(*help.raised_by);
    if (const auto* handed = std::get_if<HelpHandover>(&help.standing);
        handed != nullptr && text::tells_number(handed->to))
        out.push_back(handed->by);
}

void add_line_viewers(const Room& room, HelpMessageId id, std::vector<PersonId>& out) {
    const auto found = room.help.messages.find(id);
    if (found == room.help.messages.end()) return;
    const auto& message = found->second;
    const auto* help = find_help(room, message.help);
    if (help == nullptr) return;
    out.push_back(help->person);
    if (!text::tells_number(message.text)) return;
    out.push_back(message.author);
    if (const auto* claim = help->claim()) out.push_back(claim->by);
}

}  // namespace

std::optional<Change> HelpRule::see(const Room& room, ThingRef thing, const Viewer& viewer) const {
    if (thing.kind == ChangeKind::help_request) return see_request(room, HelpId{thing.id}, viewer);
    return see_message(room, HelpMessageId{thing.id}, viewer);
}

void HelpRule::add_personal_viewers(const Room& room, ThingRef thing, std::vector<PersonId>& out) const {
    if (thing.kind == ChangeKind::help_request) return add_request_viewers(room, HelpId{thing.id}, out);
    add_line_viewers(room, HelpMessageId{thing.id}, out);
}

void HelpRule::add_things(const Room& room, const Viewer&, std::vector<ThingRef>& out) const {
    for (const auto& [id, help] : room.help.cases) out.push_back({ChangeKind::help_request, id.value});
    for (const auto& [id, message] : room.help.messages) out.push_back({ChangeKind::help_line, id.value});
}

// ---- keeping

namespace {

/// How a call for help ended. One that still stands when the day is over for good has come to nothing.
void set_end(const HelpCase& help, RoomTime now, KeptHelp& kept) {
    kept.state = HelpState::cancelled;
    kept.ended_at = now;
    if (const auto* solved = std::get_if<HelpSolution>(&help.standing)) {
        kept.state = HelpState::solved;
        kept.ended_by = solved->by;
        kept.ended_at = solved->at;
    } else if (const auto* handed = std::get_if<HelpHandover>(&help.standing)) {
        kept.state = HelpState::handed_over;
        kept.ended_by = handed->by;
        kept.ended_at = handed->at;
    } else if (const auto* cancelled = std::get_if<HelpCancellation>(&help.standing)) {
        kept.ended_by = cancelled->by;
        kept.ended_at = cancelled->at;
    }
}

HelpStanding standing_of(const KeptHelp& kept) {
    const auto by = kept.ended_by.value_or(PersonId{});
    if (kept.state == HelpState::solved) return HelpSolution{.by = by, .at = kept.ended_at};
    if (kept.state == HelpState::handed_over) return HelpHandover{.by = by, .to = {}, .at = kept.ended_at};
    return HelpCancellation{.by = kept.ended_by, .at = kept.ended_at};
}

}  // namespace

void HelpRule::add_kept(const Room& room, RoomCompacted& out) const {
    for (const auto& [id, help] : room.help.cases) {
        if (help.is_suggested() || help.is_dropped()) continue;
        KeptHelp kept{.help = id,
            .person = help.person,
            .kind = help.kind,
            .since = help.since,
            .raised_by = help.raised_by,
            .taken_at = help.taken_at,
            .is_at_door = help.is_at_door ? std::optional{true} : std::nullopt,
            .state = {},
            .ended_by = {},
            .ended_at = {}};
        set_end(help, room.now.at, kept);
        out.help.push_back(kept);
    }
}

void HelpRule::note_kept(Room& room, const Context&, const RoomCompacted& event) const {
    for (const auto& kept : event.help)
        room.help.cases.emplace(kept.help, HelpCase{.id = kept.help,
                                               .person = kept.person,
                                               .kind = kept.kind,
                                               .words = {},
                                               .since = kept.since,
                                               .raised_by = kept.raised_by,
                                               .call_back = {},
                                               .taken_at = kept.taken_at,
                                               .is_at_door = kept.is_at_door.value_or(false),
                                               .standing = standing_of(kept)});
}

}  // namespace etakahvila::domain
