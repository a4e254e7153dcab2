#include "api/absences.hpp"

#include "people/absences.hpp"
#include "reports/day_store.hpp"

namespace etakahvila::api {
namespace {

/// So long a day stays in the list after its end: a reason is often told the week after.
constexpr std::int64_t shown_for_ms = std::int64_t{28} * 24 * 60 * 60'000;

/// The marks of each session's day as it is kept, looked up once for all of its people.
class Marks {
public:
    explicit Marks(const records::Database& reader) : reader_{reader} {}

    std::optional<protocol::Mark> of(protocol::SessionId session, protocol::PersonId person) {
        const auto [found, is_new] = days_.try_emplace(session);
        if (is_new) {
            if (const auto day = reports::day_of(reader_, session)) {
                for (const auto& line : day->lines) found->second.emplace(line.person, line.mark);
            }
        }
        const auto line = found->second.find(person);
        return line == found->second.end() ? std::nullopt : line->second;
    }

private:
    const records::Database& reader_;
    std::map<protocol::SessionId, std::map<protocol::PersonId, std::optional<protocol::Mark>>> days_;
};

}  // namespace

void Absences::handle(Call<routes::ListAbsences>& call) {
    // A coordinator of one series is none here: the reasons of others' people are not theirs to read.
    const bool is_of_all = call.caller.roles.has(CallerRole::coordinator_of_all);
    const auto own = call.caller.supervisor_keys();
    const base::UtcTime since{parts_.clock.utc().ms - shown_for_ms};
    protocol::AbsencesAnswer answer{
        .people = people::people_with_days(call.reader, since,
            [&](const people::PersonDetails& details) { return is_of_all || people::is_supervised_by(details, own); })};
    Marks marks{call.reader};
    std::vector<protocol::PersonId> whose;
    for (auto& person : answer.people) {
        for (auto& day : person.days) {
            if (day.ends_at <= parts_.clock.utc()) day.mark = marks.of(day.session, person.person);
        }
        whose.push_back(person.person);
    }
    parts_.notes.note(call, people::AccessAct::people_listed, std::move(whose));
    call.reply.give(answer);
}

}  // namespace etakahvila::api
