#include "api/kinds.hpp"

#include "api/forms.hpp"
#include "api/save.hpp"
#include "people/decision_kinds.hpp"

namespace etakahvila::api {
namespace {

using protocol::RefusalWord;

/// Answers with all kinds, as `write` has left them; what it refuses, and what is wrong with the form, is told.
template <class Route>
void answer_after(Call<Route>& call, journal::Records& store,
    const std::function<std::variant<std::vector<people::Fault>, RefusalWord>(records::Database&)>& write) {
    std::vector<people::Fault> faults;
    people::DecisionKinds kinds;
    const bool is_saved = save(store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
        auto done = write(database);
        if (const auto* word = std::get_if<RefusalWord>(&done)) return *word;
        faults = std::get<std::vector<people::Fault>>(std::move(done));
        kinds = people::decision_kinds(database);
        return std::nullopt;
    });
    if (!is_saved) return;
    if (!faults.empty()) return refuse_form(call.reply, faults);
    call.reply.give({std::move(kinds)});
}

}  // namespace

void Kinds::handle(Call<routes::ListKinds>& call) { call.reply.give({people::decision_kinds(call.reader)}); }

void Kinds::handle(Call<routes::PutKind>& call) {
    answer_after(
        call, parts_.store, [&](records::Database& database) { return people::put_kind(database, call.body); });
    // What a kind makes of taking part is of the plan of each room that is open.
    for (const auto& room : parts_.directory.open_rooms()) parts_.directory.plan_changed(room->session());
}

void Kinds::handle(Call<routes::RemoveKind>& call) {
    answer_after(
        call, parts_.store, [&](records::Database& database) -> std::variant<std::vector<people::Fault>, RefusalWord> {
            if (const auto word = people::remove_kind(database, call.body.key)) return *word;
            return {};
        });
}

}  // namespace etakahvila::api
