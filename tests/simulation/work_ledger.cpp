#include "work_ledger.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "people/access_log.hpp"
#include "people/cancelling.hpp"
#include "people/feedback.hpp"
#include "people/work.hpp"
#include "server.hpp"

namespace etakahvila::simulation {
namespace {

/// Beyond those of messages.
constexpr std::int64_t first_mark = 1'000'000;
/// What a kill may lose: nine people's own, and the one who is being answered.
constexpr std::size_t feedback_lost_max = 10;

std::string name_of_work(const WorkNoted& work) {
    return "the work of person " + std::to_string(work.person.value) + " on assignment " +
           std::to_string(work.assignment.value);
}
std::string name_of_key(PersonId person, AssignmentId assignment) {
    WorkNoted work;
    work.person = person;
    work.assignment = assignment;
    return name_of_work(work);
}

/// As the rows have it: they know nothing of who did it last.
WorkNoted as_row(WorkNoted work) {
    work.is_own_sign.reset();
    return work;
}

WorkNoted noted_of(const people::WorkStanding& standing) {
    const auto& row = standing.noted;
    WorkNoted noted;
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

}  // namespace

// ------------------------------------------------------------------------------------------- words

std::string WorkLedger::words(Kind kind, PersonId whose, const std::string& text) {
    const auto mark = first_mark + ++marks_;
    marked_[mark] = {.kind = kind, .whose = whose, .is_given = false};
    return text + " " + mark_of(mark);
}

bool WorkLedger::is_of_work(std::int64_t mark) { return mark >= first_mark; }

void WorkLedger::logged(std::string_view line) {
    if (!marks_in(line).empty()) fail("privacy: words of somebody's are in the log");
}

void WorkLedger::in_frame(const std::vector<std::int64_t>& marks) {
    if (std::any_of(marks.begin(), marks.end(), is_of_work))
        fail("privacy: words of the work or the feedback are in a frame of the room");
}

/// What is told to whom. Of their own everybody has a right to it all, but to an answer before it has left.
void WorkLedger::check_told(const Asked& asked, Role role, const std::string& body) {
    const auto who = "person " + std::to_string(asked.by.value);
    bool has_words_of_work = false;
    for (const auto mark : marks_in(body)) {
        if (!is_of_work(mark)) continue;
        const auto& words = marked_.at(mark);
        switch (words.kind) {
            case Kind::work:
                if (is_staff(role)) {
                    if (asked.what != Asks::open || words.whose != asked.person)
                        fail("privacy: " + who + " was told words of somebody's work without opening them");
                    if (!words.is_given) fail("privacy: " + who + " of the staff was told words of a draft");
                    has_words_of_work = true;
                } else if (words.whose != asked.by) {
                    fail("privacy: " + who + " was told words of another's work");
                }
                break;
            case Kind::answer:
                if (is_staff(role)) {
                    if (asked.what != Asks::open && asked.what != Asks::answer)
                        fail("privacy: " + who + " was told an answer without opening it");
                } else if (words.whose != asked.by || !words.is_given) {
                    fail("privacy: " + who + " was told an answer that is not for them, or not sent");
                }
                break;
            case Kind::thanks:
                if (is_staff(role) ? asked.what != Asks::open : words.whose != asked.by)
                    fail("privacy: " + who + " was told thanks that are not for them");
                break;
            case Kind::feedback: fail("privacy: " + who + " was told words of the feedback"); break;
            case Kind::cancelling:
                if (asked.what != Asks::cancel) fail("privacy: " + who + " was told why the day is cancelled");
                break;
        }
    }
    if (has_words_of_work) {
        ++opened_[asked.person];
        ++deeds[Deed::words_opened];
    }
}

// ---------------------------------------------------------------------------------------- requests

WorkLedger::TryId WorkLedger::tried(const Asked& asked) {
    const auto id = ++tries_;
    const Key key{asked.person, asked.assignment};
    last_[{key, asked.what}] = id;
    ever_asked_[{asked.by, key}].insert(asked.what);
    switch (asked.what) {
        case Asks::hand_in:
        case Asks::write_down:
        case Asks::draft:
            given_words_[key].insert(asked.words);
            if (asked.what == Asks::draft) break;
            for (const auto mark : marks_in(asked.words)) marked_.at(mark).is_given = true;
            break;
        case Asks::take_back: returned_.erase(key); break;
        case Asks::send:
            sent_words_[key].insert(asked.words);
            sent_.erase(key);
            for (const auto mark : marks_in(asked.words)) marked_.at(mark).is_given = true;
            break;
        case Asks::send_back: sent_.erase(key); break;
        case Asks::feedback: feedback_tried_.insert(asked.by); break;
        case Asks::cancel: cancel_words_.insert(asked.words); break;
        default: break;
    }
    under_way_[id] = {.asked = asked, .has_arrived = false};
    return id;
}

/// Whoever asked meanwhile may have been told how it was before it.
void WorkLedger::note_end(const Asked& asked) {
    if (asked.what == Asks::take_back || asked.what == Asks::send_back)
        last_[{Key{asked.person, asked.assignment}, asked.what}] = tries_ + 1;
}

/// Whether a try of this kind may have come to something since, or may still.
bool WorkLedger::may_change(const Key& key, Asks what, TryId since) const {
    const auto last = last_.find({key, what});
    if (last != last_.end() && last->second > since) return true;
    return std::any_of(under_way_.begin(), under_way_.end(), [&](const auto& entry) {
        const auto& asked = entry.second.asked;
        return asked.what == what && Key{asked.person, asked.assignment} == key;
    });
}

void WorkLedger::answered(TryId id, Role role, unsigned status, const std::string& body, UtcTime) {
    const auto found = under_way_.find(id);
    if (found == under_way_.end()) return;
    const auto asked = found->second.asked;
    under_way_.erase(found);
    note_end(asked);
    check_told(asked, role, body);
    const bool is_done = status == 200;
    if (asked.what == Asks::own_feedback && is_done && !is_feedback_closed_) {
        const bool is_taken = feedback_taken_.contains(asked.by) || feedback_given_.contains(asked.by);
        if (body.find(R"("state":"answered")") != body.npos && !is_taken)
            fail("feedback: person " + std::to_string(asked.by.value) + " is told of an answer that was lost");
        if (body.find(R"("state":"open")") != body.npos && is_taken)
            fail("feedback: person " + std::to_string(asked.by.value) + " is asked again, and has answered");
    }
    if (asked.what == Asks::cancel) {
        if (is_done && !is_cancelled_) fail("D1: the day was answered as cancelled, and no step says so");
        ++deeds[is_done ? Deed::cancel_answered : Deed::cancel_refused];
    }
    if (asked.what != Asks::feedback || !is_done) return;
    const bool is_known = feedback_taken_.contains(asked.by) || feedback_given_.contains(asked.by);
    if (is_known) fail("feedback: person " + std::to_string(asked.by.value) + " has answered twice");
    feedback_taken_.insert(asked.by);
    ++deeds[Deed::feedback_given];
}

void WorkLedger::saw_own(TryId id, const Asked& asked, const protocol::OwnWorkAnswer& own) {
    for (const auto& each : own.work) {
        if (!each.submission || id <= forgotten_) continue;
        const auto& submission = *each.submission;
        const Key key{asked.by, each.assignment.id};
        const auto what = name_of_key(key.first, key.second);
        // What has left by its own event is shown, wherever the wall's clock has been set since.
        const auto has_left = [&](base::UtcTime sent_at) {
            return std::any_of(standing_.begin(), standing_.end(), [&](const auto& entry) {
                const auto& work = entry.second;
                return Key{work.person, work.assignment} == key && work.left_at && sent_at <= *work.left_at;
            });
        };
        for (const auto& answer : submission.answers) {
            if (answer.sent_at > own.now && !has_left(answer.sent_at))
                fail("privacy: the answer to " + what + " was shown before it had left");
        }
        if (submission.version > 0 && submission.fields.size() == 1) {
            auto& kept = drafts_[key];
            if (submission.version == kept.version && submission.fields[0] != kept.words)
                fail("D1: " + what + " has two texts of one version");
            if (submission.version > kept.version)
                kept = {.version = submission.version, .words = submission.fields[0]};
        }
        if (submission.state == WorkState::draft || !submission.returned_at || may_change(key, Asks::take_back, id))
            continue;
        const bool is_noted = std::any_of(standing_.begin(), standing_.end(), [&](const auto& entry) {
            const auto& work = entry.second;
            return Key{work.person, work.assignment} == key && work.returned_at == submission.returned_at;
        });
        if (!is_noted) fail("D1: " + what + " was answered as returned, and no step says so");
        returned_[key] = *submission.returned_at;
    }
}

void WorkLedger::saw_sent(TryId id, const Asked& asked, const protocol::DeskRow& row) {
    const Key key{asked.person, asked.assignment};
    if (id <= forgotten_ || !row.sent_at || row.claimed_by != asked.by) return;
    if (may_change(key, Asks::send_back, id) || may_change(key, Asks::send, id)) return;
    sent_[key] = {.at = *row.sent_at, .words = asked.words, .by = asked.by};
}

// ------------------------------------------------------------------------------------------- steps

void WorkLedger::forget_work() {
    standing_.clear();
    drafts_.clear();
    returned_.clear();
    sent_.clear();
    forgotten_ = tries_;
}

void WorkLedger::took(const Step& step, const std::string& record, const Command* command) {
    const auto marks = marks_in(record);
    if (std::any_of(marks.begin(), marks.end(), is_of_work))
        fail("privacy: words of the work or the feedback are in step " + std::to_string(step.seq));
    for (const auto& event : step.events) {
        if (is_cancelled_ && std::holds_alternative<PersonAdmitted>(event.any()))
            fail("cancelled: somebody has come in all the same");
        if (const auto* changed = std::get_if<PhaseChanged>(&event.any())) took_phase(step, changed->phase);
        if (const auto* noted = std::get_if<WorkNoted>(&event.any())) took_work(step, *noted);
        const auto* phase = std::get_if<PhaseChanged>(&event.any());
        if (phase != nullptr && phase->phase == Phase::planned) {
            forget_work();
            votes_.clear();
            noted_votes_.clear();
        }
        if (const auto* closed = std::get_if<FeedbackClosed>(&event.any())) deeds[Deed::feedback_kept] += closed->count;
    }
    took_poll(step, command);
}

void WorkLedger::took_phase(const Step& step, Phase phase) {
    if (is_cancelled_) fail("D1: a day that was cancelled has gone on");
    if (phase == Phase::cancelled) {
        if (cancel_words_.empty()) fail("permission: the day is cancelled, and nobody asked for it");
        is_cancelled_ = true;
        ++deeds[Deed::cancelled];
    }
    if (phase != Phase::doors_open) return;
    if (std::exchange(were_doors_opened_, true)) fail("doors: they have opened twice");
    if (step.member) return;
    const auto now = step.stamp.utc;
    if (!doors_ || now < doors_->first || now >= doors_->second) fail("doors: they have opened out of their time");
    ++deeds[Deed::doors_opened];
    if (doors_ && now.ms - doors_->first.ms >= 1'000) ++deeds[Deed::doors_opened_late];
}

bool WorkLedger::are_doors_due(UtcTime now) const {
    return doors_ && now >= doors_->first && now < doors_->second && ledger_.room().session.phase == Phase::planned;
}

void WorkLedger::took_work(const Step& step, const WorkNoted& now) {
    const Key key{now.person, now.assignment};
    auto& before = standing_[now.work];
    const auto what = name_of_work(now);
    const bool is_first = before.version == 0;
    if (is_first) {
        before.work = now.work;
        before.assignment = now.assignment;
        before.person = now.person;
    }
    if (now.version != before.version + 1) fail("D2: " + what + " has a version left out or twice");
    auto same = as_row(before);
    same.version = now.version;
    if (!is_first && same == as_row(now)) fail("D2: " + what + " was noted again as it stood");
    const auto has_asked = [&](PersonId who, Asks ask) {
        const auto found = ever_asked_.find({who, key});
        return found != ever_asked_.end() && found->second.contains(ask);
    };

    const bool was_draft = before.state == WorkState::draft;
    const bool is_draft = now.state == WorkState::draft;
    if (!was_draft && !is_draft && now.returned_at != before.returned_at) fail("D2: " + what + " was returned twice");
    if (was_draft && !is_draft) {
        if (now.source == WorkSource::own && !has_asked(now.person, Asks::hand_in))
            fail("permission: " + what + " was returned, and its author did not ask for it");
        ++deeds[now.source == WorkSource::own ? Deed::returned : Deed::written_down];
        deeds[Deed::returned_late] += now.late ? 1 : 0;
    }
    if (!was_draft && is_draft) {
        if (!has_asked(now.person, Asks::take_back)) fail("D1: " + what + " is a draft again, and nobody took it back");
        ++deeds[Deed::taken_back];
    }
    // Who has it has it until they let it go, it lapses, or another takes it over.
    const auto holds = holder(before, step.stamp.utc);
    if (now.claimed_by && now.claimed_by != before.claimed_by) {
        if (holds && holds != now.claimed_by && !has_asked(*now.claimed_by, Asks::take_over))
            fail("claims: " + what + " was taken from person " + std::to_string(holds->value));
        if (before.claimed_by && !holds) ++deeds[Deed::claim_lapsed];
    }
    if (now.state == WorkState::sent && before.state != WorkState::sent && before.state != WorkState::read &&
        !(now.claimed_by && has_asked(*now.claimed_by, Asks::send)))
        fail("permission: " + what + " has an answer that nobody sent");
    if (now.state == WorkState::read && before.state != WorkState::read) ++deeds[Deed::answer_read];
    before = as_row(now);
}

void WorkLedger::took_poll(const Step& step, const Command* command) {
    const auto vote = [&](PollId poll, PersonId person, std::vector<std::int64_t> options) {
        std::sort(options.begin(), options.end());
        options.erase(std::unique(options.begin(), options.end()), options.end());
        ++deeds[votes_[poll].contains(person) ? Deed::voted_anew : Deed::voted];
        votes_[poll][person] = std::move(options);
    };
    if (command != nullptr && !step.refusal && step.member) {
        if (const auto* own = std::get_if<AnswerPoll>(command)) {
            vote(own->poll, *step.member, own->options);
            noted_votes_[own->poll].erase(*step.member);
        }
        if (const auto* noted = std::get_if<AnswerPollFor>(command)) {
            vote(noted->poll, noted->person, noted->options);
            noted_votes_[noted->poll].insert(noted->person);
        }
    }
    for (const auto& event : step.events) {
        if (std::holds_alternative<PollOpened>(event.any())) ++deeds[Deed::poll_opened];
        // Only in a store from a backup are there answers without ballots.
        if (std::holds_alternative<PollBegunAnew>(event.any()))
            fail("D1: a poll was begun anew, and no ballot can have been lost");
        const auto* closed = std::get_if<PollClosed>(&event.any());
        if (closed == nullptr) continue;
        const auto& votes = votes_[closed->poll];
        const auto noted = noted_votes_[closed->poll].size();
        const auto own = votes.size() - noted;
        const bool is_due = votes.size() >= answers_counted_min && (own == 0 || own >= answers_counted_min);
        if (is_due != closed->counts.has_value()) fail("polls: counted where it may not be, or not where it may");
        if (closed->counts) {
            std::vector<std::int64_t> counts(closed->counts->size());
            for (const auto& [person, options] : votes) {
                for (const auto option : options) ++counts.at(static_cast<std::size_t>(option));
            }
            if (counts != *closed->counts || closed->answered != static_cast<std::int64_t>(votes.size()))
                fail("D1: the poll's counts are not the votes that were taken");
        }
        ++deeds[closed->counts ? Deed::poll_counted : Deed::poll_not_counted];
        votes_.erase(closed->poll);
    }
    for (const auto& event : step.events) {
        if (const auto* gone = std::get_if<PollWithdrawn>(&event.any())) votes_.erase(gone->poll);
    }
}

// -------------------------------------------------------------------------------------------- rows

void WorkLedger::loaded(const records::Database& reader) {
    died_.clear();
    for (auto each = under_way_.begin(); each != under_way_.end();) {
        if (!each->second.has_arrived) {
            ++each;
            continue;
        }
        note_end(each->second.asked);
        if (each->second.asked.what == Asks::hand_in) died_.push_back(each->second.asked);
        if (each->second.asked.what == Asks::cancel) ++deeds[Deed::died_cancelling];
        each = under_way_.erase(each);
    }
    // What waited in the process that is gone was kept by it, or is lost.
    look(reader);
    if (!is_feedback_closed_) {
        std::size_t lost = 0;
        for (const auto person : feedback_taken_) lost += feedback_given_.contains(person) ? 0 : 1;
        if (lost > feedback_lost_max)
            fail("feedback: a kill has lost the answers of " + std::to_string(lost) + " people");
        deeds[Deed::feedback_lost] += static_cast<std::int64_t>(lost);
    }
    feedback_taken_.clear();
    // Words without their step, or step without its answer.
    for (const auto& asked : died_) {
        const auto words = reader.one<std::string>(
            "SELECT words FROM submissions WHERE person = ? AND assignment = ?", asked.person, asked.assignment);
        if (words != asked.words) continue;
        const auto state = reader.one<std::string>(
            "SELECT state FROM submissions WHERE person = ? AND assignment = ?", asked.person, asked.assignment);
        ++deeds[state == "draft" ? Deed::died_before_step : Deed::died_before_answer];
    }
}

void WorkLedger::look(const records::Database& reader) {
    ++deeds[Deed::rows_looked_at];
    look_at_work(reader);
    look_at_sent(reader);
    look_at_ballots(reader);
    look_at_feedback(reader);
    look_at_notes(reader);
    look_at_cancelling(reader);
}

void WorkLedger::look_at_work(const records::Database& reader) {
    std::map<SubmissionId, WorkNoted> rows;
    for (const auto& standing : people::standings_of(reader, session)) {
        auto noted = noted_of(standing);
        rows.emplace(noted.work, std::move(noted));
    }
    std::map<SubmissionId, WorkNoted> room;
    for (const auto& [id, work] : ledger_.room().work.submissions) room.emplace(id, as_row(work));
    if (rows != room) {
        std::string which;
        for (const auto& [id, work] : room) {
            if (!rows.contains(id) || rows.at(id) != work) which = name_of_work(work);
        }
        for (const auto& [id, work] : rows) {
            if (!room.contains(id)) which = name_of_work(work) + ", of which the room knows nothing";
        }
        fail("D1: row and room do not agree on " + which);
    }
    for (const auto& record : people::assignments_of(reader, session)) {
        const auto opened = ledger_.room().work.opened.find(record.id);
        const bool is_known = opened != ledger_.room().work.opened.end();
        if (is_known != record.opened_at.has_value() ||
            (is_known &&
                (opened->second.due != record.due || opened->second.is_closed != record.closed_at.has_value())))
            fail("D1: row and room do not agree on assignment " + std::to_string(record.id.value));
    }

    std::map<Key, std::string> states;
    auto words = reader.read("SELECT person, assignment, state, words, words_version FROM submissions");
    while (words.next()) {
        const Key key{words.get<PersonId>(0), words.get<AssignmentId>(1)};
        const auto what = name_of_key(key.first, key.second);
        const auto text = words.text(3);
        const auto version = words.number(4);
        states[key] = words.text(2);
        if (version > 0 && !text.empty() && !given_words_[key].contains(text))
            fail("D1: " + what + " has words that nobody wrote");
        const auto kept = drafts_.find(key);
        if (kept == drafts_.end()) continue;
        if (version < kept->second.version) fail("D1: " + what + " has lost words that were kept");
        if (version == kept->second.version && text != kept->second.words)
            fail("D1: " + what + " has other words than those that were kept");
    }
    for (const auto& [key, kept] : drafts_) {
        if (!states.contains(key)) fail("D1: " + name_of_key(key.first, key.second) + " was kept, and is gone");
    }
    for (const auto& [key, returned_at] : returned_) {
        const auto what = name_of_key(key.first, key.second);
        const auto state = states.find(key);
        if (state == states.end() || state->second == "draft") fail("D1: " + what + " was returned, and is not");
        for (const auto& [id, work] : rows) {
            if (Key{work.person, work.assignment} == key && work.returned_at != returned_at)
                fail("D2: " + what + " was returned at another time than was told");
        }
    }
}

void WorkLedger::look_at_sent(const records::Database& reader) {
    std::map<std::pair<Key, std::int64_t>, std::string> answers;
    auto rows = reader.read(
        "SELECT s.person, s.assignment, e.sent_at, e.words FROM sent_answers e JOIN submissions s ON s.id = "
        "e.submission");
    while (rows.next()) {
        const Key key{rows.get<PersonId>(0), rows.get<AssignmentId>(1)};
        auto text = rows.text(3);
        if (!sent_words_[key].contains(text))
            fail("D1: an answer to " + name_of_key(key.first, key.second) + " is sent that nobody sent");
        answers[{key, rows.number(2)}] = std::move(text);
    }
    for (const auto& [key, sent] : sent_) {
        const auto found = answers.find({key, sent.at.ms});
        if (found == answers.end() || found->second != sent.words)
            fail("D1: the answer to " + name_of_key(key.first, key.second) + " was sent, and is not");
    }
}

void WorkLedger::look_at_ballots(const records::Database& reader) {
    const auto count = reader.one<std::int64_t>("SELECT count(*) FROM ballots").value_or(0);
    const auto* open = open_poll(ledger_.room());
    if (open == nullptr && count > 0) fail("polls: ballots are kept, and no poll is open");
    if (open != nullptr && count != static_cast<std::int64_t>(votes_[open->id].size()))
        fail("D1: " + std::to_string(count) + " ballots are kept, and " + std::to_string(votes_[open->id].size()) +
             " people have answered");
}

void WorkLedger::look_at_feedback(const records::Database& reader) {
    const auto standing = people::feedback_of(reader, session);
    if (!standing) {
        if (ledger_.room().feedback) fail("D1: row and room do not agree on the feedback");
        return;
    }
    const auto answers = people::feedback_answers(reader, session);
    std::set<PersonId> given;
    auto rows = reader.read("SELECT person FROM feedback_given");
    while (rows.next()) given.insert(rows.get<PersonId>(0));
    if (answers < feedback_answers_) fail("feedback: answers that were kept are gone");
    if (answers > static_cast<std::int64_t>(feedback_tried_.size())) fail("feedback: somebody is counted twice");
    if (answers > 0 && answers < feedback_answers_min) fail("feedback: fewer than five answers are kept");
    if (!standing->is_closed) {
        if (is_feedback_closed_) fail("feedback: it was closed, and is open");
        if (answers != static_cast<std::int64_t>(given.size()))
            fail("feedback: " + std::to_string(given.size()) + " have answered, and " + std::to_string(answers) +
                 " answers are kept");
        if (!std::includes(given.begin(), given.end(), feedback_given_.begin(), feedback_given_.end()))
            fail("feedback: whose answer was kept is forgotten");
        if (!std::includes(feedback_tried_.begin(), feedback_tried_.end(), given.begin(), given.end()))
            fail("feedback: somebody has answered who never did");
        feedback_given_ = std::move(given);
    } else {
        if (!given.empty()) fail("feedback: it is closed, and who answered is not forgotten");
        if (!is_feedback_closed_) {
            // Five and more who waited are kept with the close, fewer never.
            std::set<PersonId> waited;
            std::set_difference(feedback_taken_.begin(), feedback_taken_.end(), feedback_given_.begin(),
                feedback_given_.end(), std::inserter(waited, waited.end()));
            const auto before = static_cast<std::int64_t>(feedback_given_.size());
            const auto with_close = static_cast<std::int64_t>(waited.size());
            const auto due = with_close < feedback_answers_min ? before : before + with_close;
            if (answers != due)
                fail("feedback: " + std::to_string(answers) + " answers are kept at the close, and " +
                     std::to_string(due) + " are due");
        } else if (answers != feedback_answers_) {
            fail("feedback: an answer was kept after the close");
        }
        is_feedback_closed_ = true;
        const auto& room = ledger_.room().feedback;
        if (room && room->count && room->count != (answers < feedback_answers_min ? 0 : answers))
            fail("feedback: the room is told of " + std::to_string(*room->count) + " answers, and " +
                 std::to_string(answers) + " are kept");
    }
    feedback_answers_ = answers;
}

/// It is noted that somebody's words are shown, before they are.
void WorkLedger::look_at_notes(const records::Database& reader) {
    for (const auto& [person, times] : opened_) {
        const auto notes = people::accesses_to(reader, person);
        const auto noted = std::count_if(
            notes.begin(), notes.end(), [](const auto& note) { return note.act == people::AccessAct::work_opened; });
        if (noted < times) fail("access: words of person " + std::to_string(person.value) + " were shown unnoted");
    }
}

void WorkLedger::look_at_cancelling(const records::Database& reader) {
    const auto row = people::cancelled_session(reader, session);
    if (row.has_value() != (ledger_.room().session.phase == Phase::cancelled))
        return fail("D1: row and room do not agree on whether the day is cancelled");
    if (row && !cancel_words_.contains(row->words)) fail("D1: the day is cancelled in words that nobody wrote");
    // The days before it, itself, and the one in its place.
    const auto due = session.value + (row && row->moved_to ? 1 : 0);
    if (reader.one<std::int64_t>("SELECT count(*) FROM sessions") != due)
        fail("D2: there is another number of days than were planned");
}

void WorkLedger::check_attendance() {
    const auto& room = ledger_.room();
    for (const auto& facts : attendance_of(room, room.now.at)) {
        const WorkNoted* best = nullptr;
        for (const auto& [id, work] : standing_) {
            if (work.person != facts.person || work.state == WorkState::draft || !work.returned_at) continue;
            const bool is_better = best == nullptr || (best->late && !work.late) ||
                                   (best->late == work.late && work.returned_at < best->returned_at);
            if (is_better) best = &work;
        }
        const auto who = "person " + std::to_string(facts.person.value);
        if ((best != nullptr) != facts.returned_at.has_value())
            fail("attendance: the day does not know whether " + who + " has returned their work");
        if (best == nullptr || !facts.returned_at) continue;
        if (facts.returned_at != best->returned_at || facts.returned_late.value_or(false) != best->late ||
            facts.work_source != best->source)
            fail("attendance: the day has another return of " + who);
        if (best->late && facts.work.count() > 0) fail("attendance: what " + who + " returned late counts as time");
    }
    for (const auto& [key, returned_at] : returned_) {
        const bool is_there = std::any_of(standing_.begin(), standing_.end(), [&](const auto& entry) {
            return Key{entry.second.person, entry.second.assignment} == key && entry.second.returned_at == returned_at;
        });
        if (!is_there) fail("attendance: " + name_of_key(key.first, key.second) + " was returned, and no step says so");
    }
}

}  // namespace etakahvila::simulation
