#include "other_door.hpp"

#include <algorithm>
#include <stdexcept>

#include "api/api.hpp"
#include "house/doors.hpp"
#include "house/feedback_house.hpp"
#include "house/rows_of_step.hpp"
#include "house/session_plan.hpp"
#include "house/work_rows.hpp"
#include "people/invitations.hpp"
#include "people/storage.hpp"
#include "reports/day_store.hpp"
#include "server.hpp"

namespace etakahvila::simulation {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t doors_minutes = 15;
/// Longer than anybody waits, and short beside a commit.
constexpr Microseconds looks_again_after = 400;

/// No letter leaves this server.
class NoMail final : public api::Mailer {
public:
    bool is_open() const override { return false; }
    void hold(people::MailId, const people::NewInvitation&) override {}
    void wake() override {}
};

class NoTrouble final : public api::HealthBoard {
public:
    protocol::HealthShown health() override { return {}; }
};

/// Nothing is erased here.
class NoRooms final : public keeping::Rooms {
public:
    Outcome compact(SessionId) override { return Outcome::not_now; }
    std::vector<Step> steps_of(SessionId) override { return {}; }
    bool write_pages_anew() override { return false; }
};

class NoPictures final : public media::PictureMaker {
public:
    std::variant<std::string, protocol::RefusalWord> make(std::string_view) override {
        return protocol::RefusalWord::photos_off;
    }
    std::optional<std::string> why_off() const override { return "The simulation has no second process."; }
};

/// Two letters for each number: names of people have no digits.
std::string letters_of(std::int64_t number) {
    std::string letters;
    letters += static_cast<char>('A' + number / 26 % 26);
    letters += static_cast<char>('a' + number % 26);
    return letters;
}

people::SessionDraft draft_at(base::UtcTime starts_at) {
    people::SessionDraft draft{
        .series = "Etäkahvila",
        .theme = "Uni ja lepo",
        .question = {},
        .starts_at = starts_at,
        .ends_at = base::UtcTime{starts_at.ms + 4 * hour_ms},
        .help_phone = {},
        .settings = {},
    };
    draft.settings.words = {"hölmö"};
    const auto item = [](std::int64_t id, AgendaKind kind, const char* title, std::int64_t minutes) {
        return AgendaItem{.id = AgendaItemId{id}, .kind = kind, .title = title, .minutes = minutes, .question = {}};
    };
    draft.agenda = {item(1, AgendaKind::talk, "Alustus", 60), item(2, AgendaKind::assignment, "Oma tehtävä", 60),
        item(3, AgendaKind::discussion, "Keskustelu", 90), item(4, AgendaKind::closing, "Lopetus", 30)};
    return draft;
}

}  // namespace

struct OtherDoor::Inside {
    Inside(Parts& parts, api::StepRows& step_rows, people::RandomBytes random)
        : log{base::LogLevel::info, [&work = parts.work](std::string_view line) { work.logged(line); }},
          origins{{}},
          pool{parts.store, 0},
          password_pool{parts.store, 0},
          picture_pool{parts.store, 0},
          reader{parts.store.open_reader()},
          directory{{.loops = {&parts.loop},
              .clock = parts.time,
              .journal = parts.journal,
              .tickets = parts.tickets,
              .voice_tickets = parts.voice_tickets,
              .voice_figures = parts.voice_figures,
              .plan_of = [this](SessionId asked) { return house::plan_of(*reader, asked, {}); },
              .damaged = [](SessionId, Seq) {},
              .work_of = [this](SessionId asked) { return house::work_of(*reader, asked); }}},
          feedback{{.clock = parts.time,
              .log = log,
              .store = parts.store,
              .directory = directory,
              .random = std::move(random)}},
          keeper{{.clock = parts.time, .store = parts.store, .rooms = kept_rooms, .tombstones = "/nowhere/tombstones"}},
          api{{.clock = parts.time,
              .log = log,
              .metrics = metrics,
              .store = parts.store,
              .pool = pool,
              .password_pool = password_pool,
              .pictures = pictures,
              .picture_pool = picture_pool,
              .origins = origins,
              .directory = directory,
              .tickets = parts.tickets,
              .mailer = mailer,
              .feedback = feedback,
              .health = health,
              .step_rows = step_rows,
              .keeper = keeper,
              .kept_rooms = kept_rooms,
              .site = "https://kahvila.esimerkki.fi"}} {}

    base::Log log;
    net::Metrics metrics;
    net::Origins origins;
    NoMail mailer;
    NoTrouble health;
    NoPictures pictures;
    NoRooms kept_rooms;
    journal::Pool pool;
    journal::Pool password_pool;
    journal::Pool picture_pool;
    std::unique_ptr<records::Database> reader;
    runtime::RoomDirectory directory;
    house::FeedbackHouse feedback;
    keeping::Keeper keeper;
    api::Api api;
    std::int64_t under_way = 0;
    bool is_pumping = false;
    bool is_closed = false;
};

OtherDoor::OtherDoor(Parts parts) : parts_{std::move(parts)} {
    parts_.store.accompany([this](SessionId of, const Step& step) -> journal::Records::Write {
        const auto is_noted = [](const Event& event) { return std::holds_alternative<WorkNoted>(event.any()); };
        const auto is_cancelling = [](const Event& event) {
            const auto* changed = std::get_if<PhaseChanged>(&event.any());
            return changed != nullptr && changed->phase == Phase::cancelled;
        };
        const auto has = [&](auto is_it) { return std::any_of(step.events.begin(), step.events.end(), is_it); };
        if (parts_.plan.mutation == Mutation::lost_row &&
            ((has(is_noted) && parts_.chance.once_in(4)) || has(is_cancelling)))
            return {};
        return house::rows_of_step(of, step, step_rows_);
    });
    parts_.store.write_and_wait(people::migrate, journal::Need::vital);
    parts_.store.write_and_wait(reports::migrate, journal::Need::vital);
    const people::RandomBytes random = [&chance = parts_.chance](std::span<std::byte> bytes) {
        for (auto& byte : bytes) byte = static_cast<std::byte>(chance.number(0, 255));
    };
    if (parts_.links.empty()) make_day();
    inside_ = std::make_unique<Inside>(parts_, step_rows_, random);
}

OtherDoor::~OtherDoor() {
    *is_here_ = false;
    inside_.reset();
}

/// As the coordinator does: the session, its people and their links. Before it there are other days, so that it has its
/// number.
void OtherDoor::make_day() {
    const auto& plan = parts_.plan;
    const auto now = parts_.time.utc();
    const people::RandomBytes random = [&chance = parts_.chance](std::span<std::byte> bytes) {
        for (auto& byte : bytes) byte = static_cast<std::byte>(chance.number(0, 255));
    };
    PersonalLinks links;
    parts_.store.write_and_wait([&](records::Database& database) {
        const bool opens_itself = plan.doors_open_after > 0;
        const base::UtcTime doors_at{now.ms + plan.doors_open_after * 1'000};
        const auto starts_at = base::UtcTime{
            opens_itself ? doors_at.ms + doors_minutes * 60'000 : now.ms + hour_ms / 2};
        for (auto weeks = session.value - 1; weeks >= 0; --weeks) {
            auto draft = draft_at(base::UtcTime{starts_at.ms - weeks * 7 * 24 * hour_ms});
            if (weeks == 0 && opens_itself) {
                draft.settings.doors_minutes = doors_minutes;
                parts_.work.plan_doors(doors_at, draft.ends_at);
            }
            const auto planned = people::plan_session(database, draft);
            if (weeks == 0 && planned != session) throw std::logic_error{"the session has another number"};
        }
        for (std::int64_t number = 1; number <= plan.participants + plan.staff; ++number) {
            const auto role = parts_.role_of(number);
            const bool is_registered = role != Role::coordinator;
            PersonId person;
            if (role == Role::facilitator || role == Role::moderator) {
                person = std::get<PersonId>(
                    people::add_staff(database, session, role, "Ohjaaja " + letters_of(number)));
            } else {
                people::PersonDetails details;
                details.name = "Osallistuja " + letters_of(number);
                details.decision_type = "work_activity";
                person = std::get<PersonId>(people::add_person(database, details));
                if (is_registered) people::register_person(database, session, person);
            }
            if (person.value != number) throw std::logic_error{"a person has another number"};
            if (!is_registered) continue;
            const auto made = people::invite(database, session, person,
                {.not_before = base::UtcTime{now.ms - 24 * hour_ms},
                    .expires = base::UtcTime{starts_at.ms + 4 * 24 * hour_ms}},
                now, random);
            links[person] = std::get<people::NewInvitation>(made).secret.to_link();
        }
        if (plan.cancelled_after == 0) return;
        const auto key = people::make_coordinator_key(database, "Kaisa Koordinaattori",
            {.not_before = base::UtcTime{now.ms - 24 * hour_ms}, .expires = base::UtcTime{now.ms + 90 * 24 * hour_ms}},
            now, random);
        links[nobody] = std::get<people::NewInvitation>(key).secret.to_link();
    });
    parts_.links = std::move(links);
}

std::shared_ptr<runtime::RoomHost> OtherDoor::open_room() { return inside_->directory.room(session); }

const records::Database& OtherDoor::reader() const { return *inside_->reader; }

void OtherDoor::ask(net::Request request, net::Answer answer) {
    if (!*parts_.alive) return;
    ++inside_->under_way;
    inside_->api.answer(
        std::move(request), [this, here = is_here_, answer = std::move(answer)](net::Response response) {
            if (!*here) return;
            --inside_->under_way;
            if (*parts_.alive) answer(std::move(response));
        });
    pump();
}

void OtherDoor::pump() {
    if (std::exchange(inside_->is_pumping, true)) return;
    parts_.time.after(looks_again_after, [this, here = is_here_] {
        if (!*here || !*parts_.alive) return;
        inside_->is_pumping = false;
        inside_->pool.run_waiting(*inside_->reader);
        if (*parts_.alive && (inside_->under_way > 0 || inside_->pool.waiting() > 0)) pump();
    });
}

void OtherDoor::look_at_clock() {
    if (inside_->is_closed || parts_.store.saves() != journal::Saves::everything) return;
    try {
        inside_->feedback.look_at_clock(*inside_->reader);
    } catch (const std::exception&) {
        // As the house does: it is tried again.
        inside_->log.error("feedback_failed");
    }
    try {
        house::open_doors_due(inside_->directory, *inside_->reader, parts_.time.utc());
    } catch (const std::exception&) {
        inside_->log.error("doors_failed");
    }
}

void OtherDoor::close() {
    inside_->is_closed = true;
    inside_->feedback.close();
}

}  // namespace etakahvila::simulation
