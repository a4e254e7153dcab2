#include "api/periods.hpp"

#include "api/forms.hpp"
#include "api/phases.hpp"
#include "api/save.hpp"
#include "base/base64.hpp"
#include "programme/enrolments.hpp"
#include "programme/packages.hpp"
#include "programme/period_file.hpp"
#include "programme/period_page.hpp"
#include "programme/places.hpp"

namespace etakahvila::api {
namespace {

using people::Fault;
using protocol::PeriodId;
using protocol::Phase;
using protocol::RefusalWord;
using protocol::SessionId;
using protocol::TodoKind;

using Rooms = std::map<SessionId, RoomNow>;

/// What stands between a form and its answer: a refusal, or all that is wrong with it. Nothing, when it was stored.
template <class Stored>
std::optional<RefusalWord> word_of(const programme::Put<Stored>& put) {
    const auto* word = std::get_if<RefusalWord>(&put);
    return word == nullptr ? std::nullopt : std::optional{*word};
}

/// Whether the form was refused with all that is wrong with it.
template <class Stored>
bool refuses_form(const Reply& reply, const programme::Put<Stored>& put) {
    const auto* faults = std::get_if<std::vector<Fault>>(&put);
    if (faults != nullptr) refuse_form(reply, *faults);
    return faults != nullptr;
}

bool has_ended(Phase phase) { return phase == Phase::closed || phase == Phase::sealed || phase == Phase::cancelled; }

/// Phases of days, and what is left to do by them.
void add_rooms(protocol::PeriodShown& shown, const Rooms& rooms, base::UtcTime now) {
    std::vector<SessionId> not_sealed;
    for (auto& day : shown.days) {
        const auto room = day.session ? rooms.find(*day.session) : rooms.end();
        if (room == rooms.end()) continue;
        day.phase = room->second.phase;
        if (day.phase == Phase::closed) not_sealed.push_back(*day.session);
        const bool is_on = day.starts_at <= now && day.ends_at > now && !has_ended(*day.phase);
        if (is_on && !room->second.has_staff)
            programme::add_todo(
                shown.todo, {.kind = TodoKind::nobody_of_staff, .session = day.session, .count = 1, .names = {}});
    }
    if (not_sealed.empty()) return;
    programme::add_todo(shown.todo, {.kind = TodoKind::attendance_open,
                                        .session = not_sealed.front(),
                                        .count = static_cast<std::int64_t>(not_sealed.size()),
                                        .names = {}});
}

}  // namespace

void Periods::tell(const std::vector<SessionId>& sessions) const {
    for (const auto session : sessions) parts_.directory.plan_changed(session);
}

void Periods::show(
    const AnyCall& call, const ReplyWith<protocol::PeriodShown>& reply, const records::Database& records) const {
    const auto now = parts_.clock.utc();
    auto page = programme::period_page(records, call.period, now);
    if (!page) return reply.refuse(RefusalWord::not_found);
    if (!page->named.empty()) parts_.notes.note(call, people::AccessAct::people_listed, page->named);
    std::map<SessionId, std::shared_ptr<runtime::RoomHost>> rooms;
    for (const auto& day : page->shown.days) {
        if (!day.session) continue;
        if (auto room = parts_.directory.room(*day.session)) rooms.emplace(*day.session, std::move(room));
    }
    with_phases(rooms, [shown = std::move(page->shown), reply, now](const Rooms& phases) mutable {
        add_rooms(shown, phases, now);
        reply.give(shown);
    });
}

void Periods::handle(Call<routes::ListPeriods>& call) { call.reply.give({.periods = programme::periods(call.reader)}); }

void Periods::handle(Call<routes::PreviewPeriod>& call) {
    std::optional<PeriodId> period;
    if (call.query.period) period = PeriodId{*call.query.period};
    const auto preview = programme::preview_period(call.reader, call.body, period);
    if (const auto* faults = std::get_if<std::vector<Fault>>(&preview)) return refuse_form(call.reply, *faults);
    call.reply.give(std::get<protocol::PeriodPreview>(preview));
}

void Periods::handle(Call<routes::SavePeriod>& call) { put(call.reply, call.body, {}); }

void Periods::handle(Call<routes::ChangePeriod>& call) { put(call.reply, call.body, call.period); }

void Periods::put(
    const ReplyWith<protocol::PeriodAnswer>& reply, const protocol::PeriodBody& body, std::optional<PeriodId> known) {
    programme::Put<PeriodId> stored;
    const bool is_saved = save(parts_.store, reply, [&](records::Database& database) {
        stored = programme::put_period(database, body, known);
        return word_of(stored);
    });
    if (!is_saved || refuses_form(reply, stored)) return;
    const auto period = std::get<PeriodId>(stored);
    parts_.log.info("period_stored", {{"period", period}});
    reply.give({period});
}

void Periods::handle(Call<routes::RemovePeriod>& call) {
    protocol::PeriodsAnswer answer;
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        const auto refused = programme::remove_period(database, call.period);
        answer.periods = programme::periods(database);
        return refused;
    });
    if (!is_saved) return;
    parts_.log.info("period_removed", {{"period", call.period}});
    call.reply.give(answer);
}

void Periods::handle(Call<routes::MakePeriod>& call) {
    programme::Put<protocol::PeriodMade> made;
    std::vector<SessionId> changed;
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        made = programme::make_period(database, call.period);
        if (std::holds_alternative<protocol::PeriodMade>(made))
            changed = programme::bring_registrations_in_line(database, call.period, parts_.clock.utc());
        return word_of(made);
    });
    if (!is_saved || refuses_form(call.reply, made)) return;
    for (const auto session : changed) parts_.directory.plan_changed(session);
    const auto& days = std::get<protocol::PeriodMade>(made);
    parts_.log.info("period_made", {{"period", call.period}, {"sessions", days.created.size()}});
    call.reply.give(days);
}

void Periods::handle(Call<routes::ShowPeriod>& call) { show(call, call.reply, call.reader); }

void Periods::handle(Call<routes::ImportPeriod>& call) {
    const auto bytes = base::from_base64(call.body.file);
    if (!bytes) return call.reply.refuse(RefusalWord::invalid);
    const auto file = programme::look_at_period_file(call.reader, call.period, *bytes);
    if (!file) return call.reply.refuse(RefusalWord::not_found);
    // A day that is over stays as it was.
    std::map<SessionId, std::shared_ptr<runtime::RoomHost>> rooms;
    for (const auto& day : file->days) {
        if (!day.changes) continue;
        if (auto room = parts_.directory.room(day.session)) rooms.emplace(day.session, std::move(room));
    }
    with_phases(rooms, [this, bytes = *bytes, period = call.period, dry_run = call.body.dry_run, reply = call.reply](
                           const Rooms& phases) {
        std::set<SessionId> over;
        for (const auto& [session, room] : phases) {
            if (has_ended(room.phase)) over.insert(session);
        }
        // Not on a room's thread: it waits for the disk.
        parts_.after_room.read_on(reply, [this, bytes, period, dry_run, reply, over](const records::Database& records) {
            take_file(reply, records, {.period = period, .bytes = bytes, .over = over, .dry_run = dry_run});
        });
    });
}

void Periods::take_file(
    const ReplyWith<protocol::PeriodFileAnswer>& reply, const records::Database& records, const TakenFile& taken) {
    const auto look = [&](const records::Database& database) {
        auto file = programme::look_at_period_file(database, taken.period, taken.bytes);
        if (!file) return file;
        std::vector<people::RowFault> late;
        for (const auto& day : file->days) {
            if (day.changes && taken.over.contains(day.session))
                late.push_back({.line = day.row.line,
                    .reason = people::FaultReason::day_over,
                    .value = people::local_date_text(day.row.session.starts_at)});
        }
        add(file->faults, late);
        return file;
    };
    auto file = look(records);
    if (!file) return reply.refuse(RefusalWord::not_found);
    if (!taken.dry_run && file->faults.empty()) {
        const bool is_saved = save(parts_.store, reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            file = look(database);
            if (!file) return RefusalWord::not_found;
            if (file->faults.empty()) programme::store_period_file(database, *file);
            return std::nullopt;
        });
        if (!is_saved) return;
    }
    protocol::PeriodFileAnswer answer{.columns = shown<protocol::ProgrammeColumn>(file->columns),
        .rows = file->rows_read,
        .errors = shown(file->faults),
        .changed = 0,
        .unchanged = 0};
    std::vector<SessionId> changed;
    for (const auto& day : file->days) {
        if (day.changes) changed.push_back(day.session);
        ++(day.changes ? answer.changed : answer.unchanged);
    }
    if (!taken.dry_run && file->faults.empty()) {
        parts_.log.info("period_programme_imported", {{"period", taken.period}, {"sessions", changed.size()}});
        tell(changed);
    }
    reply.give(answer);
}

void Periods::handle(Call<routes::ExportPeriod>& call) {
    if (!programme::period(call.reader, call.period)) return call.reply.refuse(RefusalWord::not_found);
    // With its mark spreadsheets read it as UTF-8.
    call.reply.send(file_of("\xef\xbb\xbf" + programme::period_file(call.reader, call.period), csv_type,
        "ohjelma-" + std::to_string(call.period.value) + ".csv"));
}

void Periods::handle(Call<routes::PutPackage>& call) {
    programme::Put<protocol::PackageId> stored;
    protocol::PackagesAnswer answer;
    std::vector<SessionId> changed;
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        stored = programme::put_package(database, call.period, call.body);
        if (std::holds_alternative<protocol::PackageId>(stored)) {
            changed = programme::bring_registrations_in_line(database, call.period, parts_.clock.utc());
            answer.packages = programme::packages(database, call.period);
        }
        return word_of(stored);
    });
    if (!is_saved || refuses_form(call.reply, stored)) return;
    parts_.log.info("package_stored", {{"period", call.period}});
    tell(changed);
    call.reply.give(answer);
}

void Periods::handle(Call<routes::RemovePackage>& call) {
    protocol::PackagesAnswer answer;
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        const auto refused = programme::remove_package(database, call.period, call.body.id);
        answer.packages = programme::packages(database, call.period);
        return refused;
    });
    if (!is_saved) return;
    parts_.log.info("package_removed", {{"period", call.period}});
    call.reply.give(answer);
}

void Periods::handle(Call<routes::PutSubstitute>& call) {
    programme::PlacesChanged changed;
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            auto put = programme::put_substitute(database, call.period, call.body, parts_.clock.utc());
            if (const auto* word = std::get_if<RefusalWord>(&put)) return *word;
            changed = std::get<programme::PlacesChanged>(std::move(put));
            return std::nullopt;
        });
    if (!is_saved) return;
    parts_.log.info("places_changed", {{"period", call.period}, {"sessions", changed.sessions.size()}});
    tell(changed.sessions);
    // A ticket may be in their hand; whoever has a role in the series comes in again by it.
    for (const auto& [person, session] : changed.left) parts_.directory.shut_out(person, session);
    show(call, call.reply, call.reader);
}

}  // namespace etakahvila::api
