#include "ledger.hpp"

#include <algorithm>

#include "base/enum_names.hpp"
#include "domain/room/permission.hpp"
#include "journal/step_codec.hpp"
#include "support/room_promises.hpp"
#include "work_ledger.hpp"

namespace etakahvila::simulation {
namespace {

using Pieces = std::vector<std::pair<RoomTime, RoomTime>>;

/// An answer about the moment, which says nothing of what will become of the command.
bool is_try_again(const std::optional<Refusal>& refusal) {
    return refusal &&
           (refusal->word == RefusalWord::too_fast || refusal->word == RefusalWord::busy ||
               refusal->word == RefusalWord::not_saving) &&
           !refusal->standing;
}

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    return hash;
}

std::string key_of(PersonId person, const std::string& id) { return std::to_string(person.value) + " " + id; }

Milliseconds length_of(Pieces pieces) {
    std::sort(pieces.begin(), pieces.end());
    Milliseconds sum{};
    std::optional<RoomTime> end;
    for (auto [from, to] : pieces) {
        if (end && from < *end) from = *end;
        if (from < to) sum += to - from;
        if (!end || to > *end) end = to;
    }
    return sum;
}

}  // namespace

void Ledger::fail(const std::string& promise) {
    if (!broken_) broken_ = promise;
}

// ------------------------------------------------------------------------------------- the journal

void Ledger::appended(const std::vector<Step>& steps) {
    auto last = pending_.empty() ? room_.seq : pending_.back().seq;
    for (const auto& step : steps) {
        ++checks_;
        if (step.seq != ++last)
            fail("D4: step " + std::to_string(step.seq) + " was appended where " + std::to_string(last) + " was due");
        pending_.push_back(step);
    }
}

void Ledger::committed(bool is_on_disk) {
    if (!is_on_disk) fail("D1: the store says durable, the disk has not got it");
    for (const auto& step : pending_) take(step);
    pending_.clear();
}

void Ledger::refused(bool is_certain) {
    if (!is_certain) doubtful_.insert(doubtful_.end(), pending_.begin(), pending_.end());
    pending_.clear();
    // What the room and the network each think of a connection is made the same by new steps.
    is_attendance_known_ = false;
}

void Ledger::loaded(const journal::StoredRoom& stored) {
    ++checks_;
    if (stored.damaged_at) return fail("D1: step " + std::to_string(*stored.damaged_at) + " cannot be read back");
    const auto kept = static_cast<Seq>(stored.steps.size());
    if (kept < room_.seq) return fail("D1: " + std::to_string(room_.seq - kept) + " durable steps are gone");
    for (const auto& step : stored.steps) {
        const auto hash = hash_of(journal::encode_step(step));
        if (step.seq <= room_.seq) {
            if (hash != steps_[static_cast<std::size_t>(step.seq - 1)].hash)
                return fail("D1: step " + std::to_string(step.seq) + " is not the one that was durable");
            continue;
        }
        // It was on its way when the process ended: it may be there, as it was.
        const auto is_it = [&](const Step& each) {
            return each.seq == step.seq && hash_of(journal::encode_step(each)) == hash;
        };
        auto appended = std::find_if(pending_.begin(), pending_.end(), is_it);
        if (appended == pending_.end()) {
            appended = std::find_if(doubtful_.begin(), doubtful_.end(), is_it);
            if (appended == doubtful_.end())
                return fail("D1: step " + std::to_string(step.seq) + " was never appended");
        }
        // With what is kept beside it, which its record does not tell.
        take(*appended);
    }
    check_ballots(stored);
    pending_.clear();
    doubtful_.clear();
    down_since_ = room_.now.at;
    for (const auto& [connection, index] : open_) {
        auto& stay = stays_[index];
        stay.to = *down_since_;
        stay.by_outage = true;
        // That it had ended was known to the process that is gone, and not written down.
        stay.ended.reset();
    }
    open_.clear();
}

/// What lies in the box is there, and nothing of what lay there.
void Ledger::check_ballots(const journal::StoredRoom& stored) {
    std::map<PersonId, std::vector<std::int64_t>> kept;
    for (const auto& ballot : stored.ballots) kept[ballot.person] = ballot.options;
    if (kept != room_.polls.box) fail("D1: the ballots are not those that were durable");
}

void Ledger::take(const Step& step) {
    check_step(room_, step);
    const auto record = journal::encode_step(step);
    const auto hash = hash_of(record);
    mix(hash);
    steps_.push_back({.hash = hash,
        .member = step.member.value_or(PersonId{}),
        .command = step.command,
        .outcome = text_of(step.refusal)});
    apply(room_, step);
    for (const auto& event : step.events) {
        if (const auto* asked = std::get_if<HelpAsked>(&event.any())) called_.insert(asked->person);
    }
    note_words(step);
    check_room(step);
    if (work_ == nullptr) return;
    const auto asked = step.member ? asked_.find({*step.member, step.command}) : asked_.end();
    work_->took(step, record, asked == asked_.end() ? nullptr : &asked->second.command);
}

void Ledger::check_step(const Room& before, const Step& step) {
    ++checks_;
    if (step.stamp.at < before.now.at) fail("D6: the room's clock went back");
    if (!step.member) return;
    if (!done_.insert(key_of(*step.member, step.command)).second)
        fail("D2: a command was done twice, at step " + std::to_string(step.seq));
    const auto asked = asked_.find({*step.member, step.command});
    if (asked == asked_.end())
        return fail("D2: step " + std::to_string(step.seq) + " is of a command that nobody gave");
    asked->second.done_at = step.seq;
    if (step.refusal) return;
    const auto* member = before.member(*step.member);
    if (member == nullptr || member->presence == PresenceState::removed)
        return fail("permission: done for someone who is not in the room");
    if (why_not(member->role, asked->second.command, before.session.phase))
        fail("permission: " + text_of(asked->second.command) + " was done by a " +
             std::string{base::name_of(member->role)});
}

void Ledger::check_room(const Step& step) {
    if (const auto broken = testing::broken_promise(room_)) fail(*broken + " after step " + std::to_string(step.seq));

    for (const auto& event : step.events) {
        // The number of a connection that was never on record is given again after a restart.
        const auto open = [&](PersonId person, ConnectionId connection) {
            const auto found = open_.find(connection);
            if (found != open_.end() && stays_[found->second].person == person)
                stays_[found->second].is_on_record = true;
        };
        const auto end = [&](ConnectionId connection, std::optional<RoomTime> at) {
            const auto found = open_.find(connection);
            if (found == open_.end()) return;
            auto& stay = stays_[found->second];
            stay.to = at ? at : stay.ended ? stay.ended : std::optional{step.stamp.at};
            open_.erase(found);
        };
        if (const auto* joined = std::get_if<ConnectionJoined>(&event.any())) open(joined->person, joined->connection);
        if (const auto* resumed = std::get_if<ConnectionResumed>(&event.any()))
            open(resumed->person, resumed->connection);
        if (const auto* lost = std::get_if<ConnectionLost>(&event.any())) end(lost->connection, {});
        if (const auto* left = std::get_if<ConnectionLeft>(&event.any())) end(left->connection, {});
        if (const auto* removed = std::get_if<PersonRemoved>(&event.any())) {
            std::vector<ConnectionId> theirs;
            for (const auto& [connection, index] : open_) {
                if (stays_[index].person == removed->person && stays_[index].is_on_record) theirs.push_back(connection);
            }
            for (const auto connection : theirs) end(connection, step.stamp.at);
        }
        if (std::holds_alternative<ServerRestarted>(event.any())) {
            if (!down_since_)
                fail("D6: a restart that was none");
            else
                outages_.push_back({.from = *down_since_, .to = step.stamp.at});
            down_since_.reset();
        }
        if (std::holds_alternative<AttendanceProposed>(event.any())) check_attendance();
    }
}

// ----------------------------------------------------------------------------- asked, and answered

void Ledger::given(PersonId person, const std::string& id, const Command& command) {
    asked_.try_emplace({person, id}, Context{.command = command, .done_at = {}, .said = {}});
}

void Ledger::said(PersonId person, Role role, const Heard& heard) {
    ++checks_;
    if (work_ != nullptr) work_->in_frame(heard.marks);
    const auto* shows = std::get_if<protocol::Batch>(&heard.frame);
    check_words(person, role, heard.marks, shows == nullptr ? room_.seq : shows->to);
    if (const auto* batch = std::get_if<protocol::Batch>(&heard.frame)) {
        if (batch->to > room_.seq)
            fail("D3: a batch to step " + std::to_string(batch->to) + " left when " + std::to_string(room_.seq) +
                 " were durable");
        check_privacy(person, role, heard);
    }
    if (const auto* welcome = std::get_if<protocol::Welcome>(&heard.frame);
        welcome != nullptr && welcome->seq > room_.seq)
        fail("D3: a welcome told of a step that is not durable");
    if (const auto* saving = std::get_if<protocol::Saving>(&heard.frame);
        saving != nullptr && saving->trouble && !is_staff(role))
        fail("permission: a participant was told of the server's trouble");
    const auto* outcome = std::get_if<protocol::Outcome>(&heard.frame);
    if (outcome == nullptr || is_try_again(outcome->refusal)) return;
    // What was no command at all has no step.
    if (!asked_.contains({person, outcome->id}) && outcome->refusal && outcome->refusal->word == RefusalWord::invalid)
        return;
    ++acknowledged_;
    if (outcome->seq > room_.seq)
        return fail("D1: step " + std::to_string(outcome->seq) + " was acknowledged when " + std::to_string(room_.seq) +
                    " were durable");
    const auto& step = steps_[static_cast<std::size_t>(outcome->seq - 1)];
    const auto text = text_of(outcome->refusal);
    if (step.member != person || step.command != outcome->id || step.outcome != text)
        fail("D2: the answer to " + outcome->id + " is not that of its step");
    auto& asked = asked_[{person, outcome->id}];
    if (asked.said && *asked.said != text) fail("D2: two answers to one command");
    asked.said = text;
}

void Ledger::settled(PersonId person, const protocol::Outcome& outcome) {
    auto& asked = asked_[{person, outcome.id}];
    if (asked.is_settled) fail("D2: a command was settled twice");
    asked.is_settled = true;
    asked.was_settled_as_done = !outcome.refusal;
}

/// What is the staff's, or someone else's, in a frame for a participant.
void Ledger::check_privacy(PersonId person, Role role, const Heard& heard) {
    for (const auto& change : heard.changes) {
        if (const auto what = testing::shown_wrongly(person, role, *change)) fail("permission: " + *what);
    }
}

void Ledger::note_words(const Step& step) {
    for (const auto& event : step.events) {
        if (const auto* sent = std::get_if<MessageSent>(&event.any())) {
            words_[sent->message] = {.author = sent->author,
                .channel = sent->channel,
                .published = sent->reasons.empty() ? std::optional{step.seq} : std::nullopt,
                .retracted = {}};
            for (const auto mark : marks_in(sent->text)) marked_[mark].push_back(sent->message);
            hidden_.held += sent->reasons.empty() ? 0 : 1;
        }
        if (const auto* published = std::get_if<MessagePublished>(&event.any()))
            words_[published->message].published = step.seq;
        if (const auto* retracted = std::get_if<MessageRetracted>(&event.any())) {
            words_[retracted->message].retracted = step.seq;
            ++hidden_.retracted;
            hidden_.parked_and_retracted += is_kept(room_, retracted->message) ? 1 : 0;
        }
        if (const auto* rejected = std::get_if<MessageRejected>(&event.any())) {
            ++hidden_.rejected;
            hidden_.parked += rejected->kind_reason == KindReason::turned_into_parked_question ? 1 : 0;
            hidden_.made_floor_request += rejected->kind_reason == KindReason::turned_into_floor_request ? 1 : 0;
            hidden_.made_help += rejected->kind_reason == KindReason::turned_into_help_request ? 1 : 0;
        }
        if (std::holds_alternative<ParkedShown>(event.any())) ++hidden_.shown_anew;
    }
}

void Ledger::check_words(PersonId person, Role role, const std::vector<std::int64_t>& marks, Seq as_of) {
    if (is_staff(role)) return;
    for (const auto mark : marks) {
        ++hidden_.words_checked;
        // Said twice, once of it held: the other time it is everyone's.
        const auto& said_in = marked_[mark];
        const bool may_be_told = std::any_of(said_in.begin(), said_in.end(), [&](MessageId id) {
            const auto& words = words_.at(id);
            const bool is_everyones = words.channel == Channel::room && words.published && *words.published <= as_of &&
                                      !(words.retracted && *words.retracted <= as_of);
            return is_everyones || (words.author == person && words.channel == Channel::room);
        });
        if (!may_be_told)
            return fail("privacy: person " + std::to_string(person.value) +
                        " was told words that are not for them, as of step " + std::to_string(as_of));
    }
}

// -------------------------------------------------------------------------------------- connected

void Ledger::connected(PersonId person, ConnectionId connection, RoomTime at) {
    open_[connection] = stays_.size();
    stays_.push_back({.person = person, .connection = connection, .from = at, .to = {}, .ended = {}});
}

void Ledger::disconnected(ConnectionId connection, RoomTime at) {
    const auto found = open_.find(connection);
    if (found != open_.end()) stays_[found->second].ended = at;
}

/// From the network's account and the words of RULES.md alone.
void Ledger::check_attendance() {
    if (!is_attendance_known_) return;
    const auto until = room_.now.at;
    std::map<PersonId, Pieces> pieces;
    std::map<PersonId, std::int64_t> edges;
    std::vector<std::pair<RoomTime, RoomTime>> windows;
    for (const auto& span : room_.session.live)
        windows.emplace_back(span.from, std::min(span.to.value_or(until), until));
    // "Staff can correct the window."
    if (const auto& corrected = room_.attendance.corrected_window) windows = {{corrected->from, corrected->to}};

    for (const auto& stay : stays_) {
        if (!stay.is_on_record) continue;
        pieces[stay.person].emplace_back(stay.from, std::min(stay.to.value_or(until), until));
        ++edges[stay.person];
        if (!stay.by_outage) continue;
        // There when the server went down: back within two minutes of its return, or of the next one's if it went down
        // again?
        for (std::size_t index = 0; index < outages_.size(); ++index) {
            if (outages_[index].from != *stay.to) continue;
            auto by = outages_[index].to + back_after_outage;
            for (auto next = index + 1; next < outages_.size() && outages_[next].from <= by; ++next)
                by = outages_[next].to + back_after_outage;
            std::optional<RoomTime> back;
            for (const auto& other : stays_) {
                if (other.person == stay.person && other.is_on_record && other.from >= outages_[index].to &&
                    (!back || other.from < *back))
                    back = other.from;
            }
            for (const auto& [from, to] : windows) {
                if (outages_[index].from < from || outages_[index].from >= to) continue;
                if (back && *back <= by)
                    pieces[stay.person].emplace_back(outages_[index].from, *back);
                else if (to <= by)
                    pieces[stay.person].emplace_back(outages_[index].from, to);
            }
        }
    }
    for (const auto& row : attendance_of(room_, until)) {
        ++checks_;
        Pieces counted;
        for (const auto& [from, to] : pieces[row.person]) {
            for (const auto& window : windows) {
                const auto begin = std::max(from, window.first);
                const auto end = std::min(to, window.second);
                if (begin < end) counted.emplace_back(begin, end);
            }
        }
        const auto due = length_of(std::move(counted));
        const Milliseconds tolerance{5 + 5 * edges[row.person]};
        if (row.connected > due + tolerance || row.connected + tolerance < due) {
            fail("D6: person " + std::to_string(row.person.value) + " was there for " + std::to_string(due.count()) +
                 " ms, and is on record for " + std::to_string(row.connected.count()));
        }
    }
}

// ---------------------------------------------------------------------------------------- questions

void Ledger::check_view(PersonId person, Role role, Seq have, const ClientView& view) {
    ++checks_;
    const Viewer viewer{.audience = audience_of(role), .person = person};
    if (have > room_.seq) return fail("D3: a client has seen a step that is not durable");
    auto caught_up = view;
    if (have < room_.seq) caught_up.take(changes_since(room_, have, viewer));
    const ClientView fresh{snapshot(room_, viewer)};
    if (!(caught_up == fresh))
        fail("D4: person " + std::to_string(person.value) + " holds something else at step " + std::to_string(have) +
             " than a snapshot of " + std::to_string(room_.seq) + " shows:\n" + caught_up.difference(fresh));
}

void Ledger::check_end() {
    for (const auto& [who, asked] : asked_) {
        ++checks_;
        if (!asked.is_settled) fail("D5: a command has no answer, and nobody sends it again");
        if (asked.was_settled_as_done && asked.done_at == 0)
            fail("D1: a command was answered as done, and no step did it");
    }
    check_attendance();
}

void Ledger::check_older_messages(PersonId person, Role role, std::int64_t before) {
    ++checks_;
    const Viewer viewer{.audience = audience_of(role), .person = person};
    for (const auto& message : messages_before(room_, viewer, before, messages_shown_max))
        check_words(person, role, marks_in(text_of(message)), room_.seq);
}

}  // namespace etakahvila::simulation
