#include "demo/day_before.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/secret.hpp"
#include "people/feedback.hpp"
#include "people/improvements.hpp"
#include "people/work.hpp"

namespace etakahvila::demo {
namespace {

using protocol::FaceAnswer;

constexpr std::int64_t week_ms = std::int64_t{7} * 24 * 60 * 60'000;

std::vector<people::FeedbackAnswer> answers_of_last_week() {
    using enum FaceAnswer;
    return {{.felt = good, .heard = good, .worked = fair, .words = "Kerrankin sain puhua rauhassa loppuun."},
        {.felt = good, .heard = fair, .worked = good, .words = "Mukava porukka."},
        {.felt = fair, .heard = good, .worked = poor, .words = "Ääni pätki. Teksti auttoi.", .helped = true},
        {.felt = fair, .heard = cannot_say, .worked = good, .words = {}},
        {.felt = good, .heard = good, .worked = good, .words = "Tauko oli liian lyhyt, kahvi jäi kesken."},
        {.felt = poor, .heard = fair, .worked = fair, .words = {}},
        {.felt = good, .heard = good, .worked = {}, .words = "Lisää liikuntaa!"}};
}

}  // namespace

protocol::AssignmentId plan_work(records::Database& database, protocol::SessionId session) {
    protocol::AssignmentBody body{.id = {},
        .version = {},
        .title = "Oma unirytmi",
        .text = "Mieti omaa nukkumistasi. Kirjoita omin sanoin. Väärää vastausta ei ole.",
        .questions = {"Milloin nukuit viimeksi hyvin? Mikä silloin auttoi?", "Mitä kokeilet tällä viikolla?"},
        .hint = "Yksi pieni asia riittää.",
        .item = {},
        .minutes = 60,
        .ways = {},
        .is_choice = {},
        .second_look = {}};
    if (const auto record = people::session_record(database, session)) {
        for (const auto& item : record->agenda) {
            if (item.kind == protocol::AgendaKind::assignment) body.item = item.id;
        }
    }
    const auto made = people::put_assignment(database, session, body);
    if (const auto* assignment = std::get_if<protocol::AssignmentId>(&made)) return *assignment;
    throw std::runtime_error{"The demo's assignment cannot be planned."};
}

void add_last_week(records::Database& database, const people::SessionForm& today,
    const std::vector<people::PersonId>& people, base::UtcTime now) {
    auto form = today;
    form.theme = "Liikunta";
    form.question = "Mikä saa sinut liikkeelle?";
    form.date = people::local_date_text({now.ms - week_ms});
    form.start = "12:00";
    form.end = "16:00";
    const auto draft = people::draft_of(form);
    const auto* good = std::get_if<people::SessionDraft>(&draft);
    if (good == nullptr) return;
    const auto session = people::plan_session(database, *good);

    people::FeedbackBatch batch{.people = people, .answers = answers_of_last_week()};
    batch.people.resize(std::min(batch.people.size(), batch.answers.size()));
    batch.answers.resize(batch.people.size());
    std::sort(batch.people.begin(), batch.people.end());
    std::sort(batch.answers.begin(), batch.answers.end());
    people::note_feedback_opened(database, session, good->ends_at);
    people::write_feedback(database, session, batch, base::fill_random);
    people::close_feedback(database, session);
    people::note_feedback_told(database, session);

    people::save_improvement(database, session,
        {.id = {},
            .version = {},
            .text = "Tauko on nyt 20 minuuttia. Toivoitte sitä viime viikolla.",
            .days = {session},
            .state = protocol::ImprovementState::shown},
        now);
}

}  // namespace etakahvila::demo
