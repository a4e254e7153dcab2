#include "api/series.hpp"

#include <set>

#include "api/forms.hpp"
#include "api/save.hpp"
#include "programme/enrolments.hpp"
#include "programme/series.hpp"

namespace etakahvila::api {
void Series::handle(Call<routes::ListSeries>& call) { call.reply.give({.series = programme::all_series(call.reader)}); }

void Series::handle(Call<routes::AddSeries>& call) { put(call.reply, call.body, {}); }

void Series::handle(Call<routes::ChangeSeries>& call) { put(call.reply, call.body, call.series); }

void Series::put(const ReplyWith<protocol::SeriesListAnswer>& reply, const protocol::SeriesBody& body,
    std::optional<protocol::SeriesId> known) {
    const auto now = parts_.clock.utc();
    programme::Put<protocol::SeriesId> stored;
    protocol::SeriesListAnswer answer;
    std::set<protocol::SessionId> changed;
    const bool is_saved = save(
        parts_.store, reply, [&](records::Database& database) -> std::optional<protocol::RefusalWord> {
            stored = programme::put_series(database, body, known, now);
            if (const auto* word = std::get_if<protocol::RefusalWord>(&stored)) return *word;
            const auto* series = std::get_if<protocol::SeriesId>(&stored);
            if (series == nullptr) return std::nullopt;
            for (const auto session : programme::days_to_come(database, *series, now)) changed.insert(session);
            for (const auto period : programme::periods_to_come(database, *series, now)) {
                for (const auto session : programme::bring_registrations_in_line(database, period, now))
                    changed.insert(session);
            }
            answer.series = programme::all_series(database);
            return std::nullopt;
        });
    if (!is_saved) return;
    if (const auto* faults = std::get_if<std::vector<people::Fault>>(&stored)) return refuse_form(reply, *faults);
    parts_.log.info("series_stored", {{"series", std::get<protocol::SeriesId>(stored)}});
    for (const auto session : changed) parts_.directory.plan_changed(session);
    reply.give(answer);
}

}  // namespace etakahvila::api
