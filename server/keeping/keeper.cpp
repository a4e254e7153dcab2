#include "keeping/keeper.hpp"

#include <algorithm>
#include <limits>

#include "base/secret.hpp"
#include "keeping/apply.hpp"
#include "keeping/lives.hpp"
#include "keeping/person_data.hpp"
#include "keeping/storage.hpp"

namespace etakahvila::keeping {
namespace {

/// So many in one transaction: some milliseconds of the writer.
constexpr std::size_t subjects_together_max = 50;

constexpr std::int64_t time_jump_ms = time_jump_days * 24 * 60 * 60'000;
constexpr std::int64_t try_again_ms = 30 * 60'000;
/// A clock that is set by a second now and then has not gone back.
constexpr std::int64_t set_back_ms = 60'000;

std::optional<UtcTime> moment_of(const records::Database& reader, Fact which) {
    const auto value = fact(reader, which);
    return value ? std::optional{UtcTime{*value}} : std::nullopt;
}

std::int64_t add_run(records::Database& database, ErasureBy by, UtcTime now) {
    return database.add<std::int64_t>(
        "INSERT INTO erasure_runs (at, made_by, is_whole) VALUES (?, ?, 0) RETURNING id", now, by);
}

void end_run(records::Database& database, std::int64_t run) {
    database.write("UPDATE erasure_runs SET is_whole = 1 WHERE id = ?", run);
}

Tombstone tombstone_of(const records::Database& database, std::int64_t number, std::optional<KeepingRule> rule,
    Subject subject, UtcTime now) {
    return {.number = number,
        .at = now,
        .rule = rule,
        .id = subject.id,
        .other = subject.other,
        .life = life_of(database, rule, subject)};
}

bool is_compacted(Rooms::Outcome outcome) {
    return outcome == Rooms::Outcome::done || outcome == Rooms::Outcome::was_done;
}

/// The lines of an erasure. Unless they stand in the end, they are taken back.
class Lines {
public:
    Lines(TombstoneFile& file, std::int64_t list) : file_{file}, list_{list} {}
    ~Lines() {
        try {
            file_.take_back(list_, appended_);
        } catch (const std::runtime_error&) {
            // A disk that takes nothing: the next start asks whether something has come since (apply.hpp).
        }
    }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;

    /// A write that is done again appends nothing twice.
    void append(std::vector<Tombstone> tombstones) {
        if (appended_ == tombstones) return;
        file_.take_back(list_, appended_);
        appended_ = std::move(tombstones);
        file_.append(list_, appended_);
    }
    void stand() { appended_.clear(); }

private:
    TombstoneFile& file_;
    std::int64_t list_;
    std::vector<Tombstone> appended_;
};

}  // namespace

Standing standing_of(const records::Database& reader) {
    Standing standing{.ran_at = moment_of(reader, Fact::ran_at),
        .failed_at = moment_of(reader, Fact::failed_at),
        .time_doubted_at = moment_of(reader, Fact::time_doubted_at)};
    standing.is_time_doubted = standing.time_doubted_at.has_value();
    return standing;
}

bool is_time_doubted(const records::Database& reader, UtcTime now) {
    const auto believed = moment_of(reader, Fact::time_believed_at);
    if (!believed) return false;
    return now.ms < believed->ms - set_back_ms || now.ms > believed->ms + time_jump_ms;
}

std::vector<KeepingCount> try_run(const records::Database& reader, UtcTime now) {
    const Moment moment{reader, now};
    std::vector<KeepingCount> counts;
    for (const auto& rule : rules())
        counts.push_back({rule.rule, static_cast<std::int64_t>(due(reader, rule.rule, moment).size())});
    return counts;
}

std::int64_t Keeper::identity() {
    if (identity_) return *identity_;
    const auto of_file = file_.identity();
    auto known = fact(*parts_.store.open_reader(), Fact::identity);
    if (!known) {
        std::int64_t made{};
        base::fill_random(std::as_writable_bytes(std::span{&made, 1}));
        // Where there is a file, the data is of a time before there was any identity.
        known = of_file.value_or(made & std::numeric_limits<std::int64_t>::max());
        parts_.store.write_and_wait(
            [&](records::Database& database) { put_fact(database, Fact::identity, *known); }, journal::Need::vital);
    }
    const auto found = *known;
    if (of_file && *of_file != found)
        throw std::runtime_error{"The file of what was erased is of other data: " + parts_.tombstones.string() +
                                 ". Put back the one that belongs to this database, or move this one away."};
    identity_ = found;
    return found;
}

Keeper::CaughtUp Keeper::catch_up() {
    const std::lock_guard lock{mutex_};
    return catch_up_locked();
}

Keeper::CaughtUp Keeper::begin_life() {
    const std::lock_guard lock{mutex_};
    auto done = catch_up_locked();
    parts_.store.write_and_wait([](records::Database& database) { keeping::begin_life(database); });
    return done;
}

Keeper::CaughtUp Keeper::catch_up_locked() {
    if (!file_.identity()) return {};
    identity();
    auto tombstones = file_.all();
    const auto reader = parts_.store.open_reader();
    const auto known = fact(*reader, Fact::tombstone).value_or(0);
    if (tombstones.empty() || tombstones.back().number <= known) return {};
    const auto last = tombstones.back().number;
    // What is of a life that this data has never had names somebody else here.
    const auto lives = lives_of(*reader);
    std::erase_if(tombstones, [&](const Tombstone& each) { return !lives.contains(each.life); });
    const auto now = parts_.clock.utc();
    const auto theirs = in_rooms_of_erased(*reader, tombstones, parts_.rooms, now);
    Applied applied;
    std::int64_t run{};
    parts_.store.write_and_wait(
        [&](records::Database& database) {
            applied = apply(database, tombstones, theirs, now);
            put_fact(database, Fact::tombstone, last);
            // A day that this data has not had yet may be held anew. What cannot be compacted now is owed, and the next
            // night does it.
            std::erase_if(applied.rooms,
                [&](SessionId session) { return !database.has("SELECT 1 FROM rooms WHERE session = ?", session); });
            for (const auto session : applied.rooms)
                database.write(
                    "INSERT INTO rooms_to_compact (session, since) VALUES (?, ?) ON CONFLICT (session) DO NOTHING",
                    session, now);
            run = add_run(database, ErasureBy::restore, now);
            for (const auto& [rule, rows] : applied.rows) {
                if (rule != KeepingRule::room_words) count(database, run, rule, rows);
            }
            put_fact(database, Fact::pages_hold_erased, 1);
            parts_.store.note_erased();
        },
        journal::Need::vital);
    for (const auto session : applied.rooms) {
        if (const auto outcome = parts_.rooms.compact(session); is_compacted(outcome))
            note_room(session, outcome, run, now);
    }
    parts_.store.write_and_wait([&](records::Database& database) { end_run(database, run); }, journal::Need::vital);
    write_pages_anew(now);
    return {.tombstones = applied.tombstones, .passed_over = std::move(applied.passed_over)};
}

void Keeper::write_pages_anew(UtcTime now) {
    const auto reader = parts_.store.open_reader();
    if (!fact(*reader, Fact::pages_hold_erased)) return;
    const bool is_a_day_on = reader->has(
        "SELECT 1 FROM sessions WHERE starts_at <= ? AND ends_at > ? AND id NOT IN (SELECT session FROM "
        "cancelled_sessions)",
        now, now);
    if (is_a_day_on || !parts_.rooms.write_pages_anew()) return;
    parts_.store.write_and_wait(
        [](records::Database& database) { drop_fact(database, Fact::pages_hold_erased); }, journal::Need::vital);
}

bool Keeper::is_night_job_due(const records::Database& reader) const {
    const auto now = parts_.clock.utc();
    const auto tried = moment_of(reader, Fact::tried_at);
    if (!tried) return false;
    // What did not go through is tried again, and not at once.
    const bool is_again = fact(reader, Fact::failed_at) && now.ms > tried->ms + try_again_ms;
    if (!is_again && people::local_day(*tried) == people::local_day(now)) return false;
    const auto clock = people::clock_in(people::local_clock_text(now));
    return clock && *clock >= night_job_at;
}

void Keeper::count(records::Database& database, std::int64_t run, KeepingRule rule, std::int64_t count) {
    database.write(
        "INSERT INTO erasure_counts (run, rule, count) VALUES (?, ?, ?) ON CONFLICT (run, rule) DO UPDATE SET count = "
        "erasure_counts.count + excluded.count",
        run, rule, count);
}

std::int64_t Keeper::next_number() {
    const auto known = fact(*parts_.store.open_reader(), Fact::tombstone).value_or(0);
    return std::max(known, file_.last_number()) + 1;
}

void Keeper::tell_grown() const {
    if (parts_.list_grown) parts_.list_grown();
}

std::int64_t Keeper::take(const Batch& batch) {
    const bool is_told = rule_of(batch.rule).has_tombstones;
    Lines lines{file_, is_told ? identity() : 0};
    auto number = is_told ? next_number() : 0;
    std::int64_t taken = 0;
    parts_.store.write_and_wait([&](records::Database& database) {
        std::vector<Subject> subjects{batch.subjects.begin(), batch.subjects.end()};
        if (holds_seen(database) != batch.seen) {
            const auto still = due(database, batch.rule, Moment{database, batch.now});
            std::erase_if(subjects,
                [&](const Subject& each) { return std::find(still.begin(), still.end(), each) == still.end(); });
        }
        if (subjects.empty()) return;
        if (is_told) {
            std::vector<Tombstone> tombstones;
            tombstones.reserve(subjects.size());
            for (const auto& subject : subjects)
                tombstones.push_back(tombstone_of(database, number++, batch.rule, subject, batch.now));
            put_fact(database, Fact::tombstone, tombstones.back().number);
            lines.append(std::move(tombstones));
        }
        for (const auto& subject : subjects) erase(database, batch.rule, subject);
        taken = static_cast<std::int64_t>(subjects.size());
        count(database, batch.run, batch.rule, taken);
        put_fact(database, Fact::pages_hold_erased, 1);
        parts_.store.note_erased();
    });
    lines.stand();
    return taken;
}

bool Keeper::take_room(SessionId session, std::int64_t run, UtcTime now) {
    const auto tombstone = tombstone_of(
        *parts_.store.open_reader(), next_number(), KeepingRule::room_words, {session.value, 0}, now);
    Lines lines{file_, identity()};
    lines.append({tombstone});
    const auto outcome = parts_.rooms.compact(session);
    if (!is_compacted(outcome)) return false;
    lines.stand();
    note_room(session, outcome, run, now, tombstone.number);
    return true;
}

void Keeper::note_room(
    SessionId session, Rooms::Outcome outcome, std::int64_t run, UtcTime now, std::optional<std::int64_t> tombstone) {
    parts_.store.write_and_wait(
        [&](records::Database& database) {
            if (tombstone) put_fact(database, Fact::tombstone, *tombstone);
            note_compacted(database, session, now);
            if (outcome == Rooms::Outcome::done) count(database, run, KeepingRule::room_words, 1);
            put_fact(database, Fact::pages_hold_erased, 1);
            parts_.store.note_erased();
        },
        journal::Need::vital);
}

RunReport Keeper::run(ErasureBy by, const std::function<bool()>& goes_on) {
    const std::lock_guard lock{mutex_};
    RunReport report;
    for (const auto& rule : rules()) report.counts.push_back({rule.rule, 0});
    if (parts_.store.saves() != journal::Saves::everything) {
        report.ran = Ran::not_saving;
        return report;
    }
    catch_up_locked();
    const auto now = parts_.clock.utc();
    const auto reader = parts_.store.open_reader();
    const bool is_doubted = is_time_doubted(*reader, now);
    parts_.store.write_and_wait([&](records::Database& database) {
        put_fact(database, Fact::tried_at, now.ms);
        if (is_doubted) {
            if (!fact(database, Fact::time_doubted_at)) put_fact(database, Fact::time_doubted_at, now.ms);
            return;
        }
        drop_fact(database, Fact::time_doubted_at);
        put_fact(database, Fact::time_believed_at, now.ms);
        // Until it has gone through.
        put_fact(database, Fact::failed_at, now.ms);
    });
    if (is_doubted) {
        report.ran = Ran::time_doubted;
        return report;
    }
    parts_.store.write_and_wait([&](records::Database& database) { report.run = add_run(database, by, now); });
    for (std::size_t place = 0; place < rules().size(); ++place) {
        const auto rule = rules()[place].rule;
        const auto seen = holds_seen(*reader);
        const auto found = due(*reader, rule, Moment{*reader, now});
        for (std::span<const Subject> left{found}; !left.empty();) {
            if (!goes_on()) {
                report.ran = Ran::cut_off;
                tell_grown();
                return report;
            }
            const auto batch = left.first(
                std::min(left.size(), rule == KeepingRule::room_words ? std::size_t{1} : subjects_together_max));
            auto& count = report.counts[place].count;
            if (rule != KeepingRule::room_words)
                count += take({.rule = rule, .subjects = batch, .seen = seen, .run = report.run, .now = now});
            else if (const SessionId session{batch.front().id};
                !held_on(*reader, people::local_day(now)).sessions.contains(session) &&
                take_room(session, report.run, now))
                ++count;
            left = left.subspan(batch.size());
        }
    }
    tell_grown();
    write_pages_anew(now);
    parts_.store.write_and_wait([&](records::Database& database) {
        end_run(database, report.run);
        put_fact(database, Fact::ran_at, now.ms);
        drop_fact(database, Fact::failed_at);
    });
    report.ran = Ran::whole;
    return report;
}

void Keeper::confirm_time() {
    const auto now = parts_.clock.utc();
    parts_.store.write_and_wait([&](records::Database& database) {
        put_fact(database, Fact::time_believed_at, now.ms);
        drop_fact(database, Fact::time_doubted_at);
        // What was not done while it was doubted is done now.
        put_fact(database, Fact::tried_at, now.ms - 24LL * 60 * 60'000);
    });
}

std::variant<Keeper::Erased, RefusalWord> Keeper::erase_person(PersonId person, const std::function<void()>& begins) {
    const std::unique_lock lock{mutex_, std::try_to_lock};
    if (!lock) return RefusalWord::busy;
    catch_up_locked();
    if (begins) begins();
    const auto now = parts_.clock.utc();
    const auto theirs = in_rooms(*parts_.store.open_reader(), parts_.rooms, person, now);
    const auto number = next_number();
    Lines lines{file_, identity()};
    Erased erased;
    std::optional<RefusalWord> refused;
    parts_.store.write_and_wait([&](records::Database& database) {
        refused = why_not_erase(database, person, now);
        if (refused) return;
        lines.append({tombstone_of(database, number, {}, {person.value, 0}, now)});
        put_fact(database, Fact::tombstone, number);
        erased.run = add_run(database, ErasureBy::request, now);
        erased.sessions = keeping::erase_person(database, person, theirs, now);
        count(database, erased.run, KeepingRule::contacts, 1);
        end_run(database, erased.run);
        put_fact(database, Fact::pages_hold_erased, 1);
        parts_.store.note_erased();
    });
    lines.stand();
    if (refused) return *refused;
    const auto reader = parts_.store.open_reader();
    for (const auto session : theirs.owed()) {
        const bool is_done = ended_at(*reader, session) && take_room(session, erased.run, now);
        ++(is_done ? erased.rooms : erased.waiting_days);
    }
    tell_grown();
    write_pages_anew(now);
    return erased;
}

}  // namespace etakahvila::keeping
