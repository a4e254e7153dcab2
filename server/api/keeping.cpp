#include "api/keeping.hpp"

#include "api/save.hpp"
#include "keeping/page.hpp"
#include "keeping/person_data.hpp"

namespace etakahvila::api {

using people::AccessAct;
using protocol::PersonId;
using protocol::RefusalWord;

void Keeping::handle(Call<routes::ShowKeeping>& call) {
    call.reply.give(keeping::page_of(call.reader, parts_.clock.utc()));
}

void Keeping::handle(Call<routes::TryKeeping>& call) {
    call.reply.give({keeping::try_run(call.reader, parts_.clock.utc())});
}

void Keeping::handle(Call<routes::PutKeepingRule>& call) {
    const auto now = parts_.clock.utc();
    const auto by = call.caller.name(call.reader);
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        return keeping::put_time(
            database, call.body.rule, call.body.kind.value_or(std::string{}), call.body.time, by, now);
    });
    if (!is_saved) return;
    parts_.log.info("keeping_changed", {{"rule", call.body.rule}, {"time", call.body.time}});
    parts_.notes.note(call, AccessAct::keeping_changed, {});
    call.reply.give(keeping::page_of(call.reader, now));
}

void Keeping::handle(Call<routes::ConfirmTime>& call) {
    if (call.body.is_right) {
        parts_.keeper.confirm_time();
        parts_.log.info("keeping_time_confirmed");
        parts_.notes.note(call, AccessAct::keeping_changed, {});
    }
    call.reply.give(keeping::page_of(call.reader, parts_.clock.utc()));
}

void Keeping::handle(Call<routes::MakeHold>& call) {
    const auto now = parts_.clock.utc();
    const auto by = call.caller.name(call.reader);
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            const auto made = keeping::make_hold(database, call.body, by, now);
            if (const auto* word = std::get_if<RefusalWord>(&made)) return *word;
            return std::nullopt;
        });
    if (!is_saved) return;
    std::vector<PersonId> whose;
    if (call.body.person) whose.push_back(*call.body.person);
    parts_.notes.note(call, AccessAct::hold_made, std::move(whose));
    call.reply.give(keeping::page_of(call.reader, now));
}

void Keeping::handle(Call<routes::EndHold>& call) {
    const auto now = parts_.clock.utc();
    const auto person = keeping::held_person(call.reader, call.body.hold);
    const bool is_saved = save(parts_.store, call.reply,
        [&](records::Database& database) { return keeping::end_hold(database, call.body.hold, now); });
    if (!is_saved) return;
    std::vector<PersonId> whose;
    if (person) whose.push_back(*person);
    parts_.notes.note(call, AccessAct::hold_ended, std::move(whose));
    call.reply.give(keeping::page_of(call.reader, now));
}

void Keeping::handle(Call<routes::FindPeople>& call) {
    protocol::FoundAnswer answer{.people = keeping::find_people(call.reader, call.body.name)};
    std::vector<PersonId> whose;
    whose.reserve(answer.people.size());
    for (const auto& each : answer.people) whose.push_back(each.person);
    parts_.notes.note(call, AccessAct::person_searched, std::move(whose));
    call.reply.give(answer);
}

void Keeping::handle(Call<routes::ShowErasure>& call) {
    const auto shown = keeping::erasure_of(call.reader, parts_.rooms, call.person, parts_.clock.utc());
    if (!shown) return call.reply.refuse(RefusalWord::not_found);
    parts_.notes.note(call, AccessAct::erasure_viewed, {call.person});
    call.reply.give(*shown);
}

void Keeping::handle(Call<routes::ErasePerson>& call) {
    if (!call.body.is_understood) return call.reply.refuse(RefusalWord::invalid);
    if (parts_.store.saves() != journal::Saves::everything) return call.reply.refuse(RefusalWord::not_saving);
    if (const auto word = keeping::why_not_erase(call.reader, call.person, parts_.clock.utc()))
        return call.reply.refuse(*word);
    // Noted first: what was done is told also where it is cut off.
    const auto outcome = parts_.keeper.erase_person(
        call.person, [&] { parts_.notes.note(call, AccessAct::person_erased, {call.person}); });
    if (const auto* word = std::get_if<RefusalWord>(&outcome)) return call.reply.refuse(*word);
    const auto& erased = std::get<keeping::Keeper::Erased>(outcome);
    parts_.log.info("person_erased", {{"run", erased.run}, {"rooms", erased.rooms}, {"waiting", erased.waiting_days}});
    for (const auto session : erased.sessions) parts_.directory.plan_changed(session);
    parts_.directory.shut_out(call.person);
    call.reply.give({.run = erased.run, .rooms = erased.rooms, .waiting_days = erased.waiting_days});
}

void Keeping::handle(Call<routes::ExportPerson>& call) {
    const auto data = keeping::data_of(call.reader, parts_.rooms, call.person, parts_.clock.utc());
    if (!data) return call.reply.refuse(RefusalWord::not_found);
    parts_.notes.note(call, AccessAct::data_exported, {call.person});
    call.reply.give(*data);
}

}  // namespace etakahvila::api
