#include "work_people.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "protocol/api/cancelling.hpp"
#include "server.hpp"

namespace etakahvila::simulation {
namespace {

constexpr Microseconds given_up_after = 8 * second;
constexpr AgendaItemId work_item{2};
constexpr AgendaItemId closing_item{4};
const std::string of_session = "/api/sessions/" + std::to_string(session.value) + "/";

template <class T>
std::optional<T> read(const std::string& text) {
    static thread_local simdjson::dom::parser parser;
    auto found = base::json::from_text<T>(parser, text);
    if (auto* value = std::get_if<T>(&found)) return std::move(*value);
    return std::nullopt;
}

/// About the moment: the same is asked again.
bool is_for_now(unsigned status, std::optional<RefusalWord> word) {
    return status == 503 || word == RefusalWord::not_saving || word == RefusalWord::busy ||
           word == RefusalWord::too_fast;
}

bool is_answering(Role role) { return role == Role::facilitator || role == Role::moderator; }

}  // namespace

void WorkPeople::begin() {
    for (std::int64_t number = 1; number <= parts_.plan.participants + parts_.plan.staff; ++number) {
        const auto role = parts_.role_of(number);
        if (role != Role::participant && !is_answering(role)) continue;
        const auto devices = role == Role::participant && parts_.plan.has(Fault::second_device) &&
                                     parts_.chance.once_in(2)
                                 ? 2
                                 : 1;
        for (int count = 0; count < devices; ++count) {
            const auto device = std::make_shared<Device>();
            device->person = PersonId{number};
            device->role = role;
            devices_.push_back(device);
        }
    }
    if (parts_.plan.cancelled_after == 0) return;
    const auto device = std::make_shared<Device>();
    device->role = Role::coordinator;
    devices_.push_back(device);
    parts_.time.at(parts_.plan.cancelled_after * second, [this, device] { cancel(device); });
}

bool WorkPeople::has_unsent() const {
    return std::any_of(devices_.begin(), devices_.end(), [](const Shared& each) { return each->pending.has_value(); });
}

std::shared_ptr<Client> WorkPeople::one_of(Role role) {
    std::vector<std::shared_ptr<Client>> theirs;
    for (const auto& client : parts_.clients) {
        if (client->role() == role && client->is_online()) theirs.push_back(client);
    }
    return theirs.empty() ? nullptr : parts_.chance.one_of(theirs);
}
std::shared_ptr<Client> WorkPeople::participant() { return one_of(Role::participant); }

void WorkPeople::act() {
    auto& chance = parts_.chance;
    lead();
    if (chance.once_in(4)) return poll_act();
    // Those who answer are few, and have more to do.
    std::vector<Shared> free;
    for (const auto& device : devices_) {
        if (device->pending || device->role == Role::coordinator) continue;
        for (int count = is_answering(device->role) ? 3 : 1; count > 0; --count) free.push_back(device);
    }
    if (free.empty()) return;
    const auto device = chance.one_of(free);
    if (is_answering(device->role)) return staff_act(device);
    if (parts_.ledger.room().feedback && chance.once_in(2)) return feedback_act(device);
    participant_act(device);
}

// ---------------------------------------------------------------------------------- the room's own line

/// The phases of the day, by how much of it is over.
void WorkPeople::lead() {
    auto& time = parts_.time;
    if (time.now() - led_at_ < 3 * second) return;
    const auto facilitator = one_of(Role::facilitator);
    if (!facilitator) return;
    const auto& room = parts_.ledger.room();
    const auto done = time.now() * 100 / (parts_.plan.seconds * second);
    const auto say = [&](Command command) {
        led_at_ = time.now();
        facilitator->send(command);
    };
    switch (room.session.phase) {
        case Phase::planned:
            // Doors that should open by themselves are left to it for a while.
            if (done >= (parts_.plan.doors_open_after > 0 ? 25 : 2))
                say(parts_.chance.once_in(6) && room.seq < 40 ? Command{StartRehearsal{}} : Command{OpenDoors{}});
            break;
        case Phase::rehearsal:
            if (parts_.chance.once_in(3)) say(EndRehearsal{});
            break;
        case Phase::doors_open:
            if (done >= 6) say(GoLive{});
            break;
        case Phase::paused: say(EndBreak{}); break;
        case Phase::live:
            if (done >= 75)
                say(StartDebrief{});
            else if (done >= 60 && room.agenda.current != closing_item)
                say(SetCurrentItem{closing_item});
            else if (done >= 15 && done < 50 && room.agenda.current != work_item)
                say(SetCurrentItem{work_item});
            break;
        case Phase::debrief:
            if (done >= 80) say(CloseSession{});
            break;
        default: break;
    }
    const auto opened = std::count_if(
        room.work.opened.begin(), room.work.opened.end(), [](const auto& each) { return !each.second.is_closed; });
    for (const auto& each : room.session.plan.assignments.value_or(std::vector<PlannedAssignment>{})) {
        const bool may_open = opened < 2 && !each.item && state_of(room, each.assignment) == AssignmentState::draft &&
                              room.session.phase != Phase::planned && room.session.phase != Phase::rehearsal &&
                              !is_over(room.session.phase);
        if (may_open && parts_.chance.once_in(4)) say(OpenAssignment{each.assignment});
    }
    if (done >= 62 && !room.feedback) say(OpenFeedback{});
    // Noon of the next day: what is returned from then on is late, and the feedback closes.
    if (done >= 90 && room.feedback && !is_noon_past_) {
        is_noon_past_ = true;
        const auto left = room.feedback->closes_at.ms - time.utc().ms;
        if (left > 0) time.step_wall_clock(left + 60'000);
    }
}

void WorkPeople::poll_act() {
    auto& chance = parts_.chance;
    const auto& room = parts_.ledger.room();
    const auto* open = open_poll(room);
    if (open == nullptr) {
        const auto staff = one_of(chance.once_in(2) ? Role::facilitator : Role::moderator);
        if (!staff || !chance.once_in(2)) return;
        for (const auto& [id, poll] : room.polls.all) {
            if (poll.end() != nullptr && !poll.end()->shown_at && chance.once_in(2)) {
                staff->send(ShowPoll{.poll = id, .why = {}});
                return;
            }
        }
        staff->send(MakePoll{.question = "Pidetäänkö tauko?",
            .options = {"Kyllä", "Ei", "En osaa sanoa"},
            .choices_max = chance.number(1, 3),
            .right = {},
            .why = {},
            .open = true});
        return;
    }
    if (chance.once_in(3 * parts_.plan.participants)) {
        if (const auto staff = one_of(Role::facilitator)) staff->send(ClosePoll{open->id});
        return;
    }
    // Most who have not answered yet, and now and then somebody anew.
    auto voter = participant();
    for (int tries = 0; tries < 3 && voter && room.polls.box.contains(voter->person()); ++tries) voter = participant();
    std::vector<std::int64_t> options;
    for (auto count = chance.number(1, open->choices_max); count > 0; --count)
        options.push_back(chance.number(0, static_cast<std::int64_t>(open->options.size()) - 1));
    if (voter) voter->send(AnswerPoll{.poll = open->id, .options = std::move(options)});
}

// ------------------------------------------------------------------------------------- participants

void WorkPeople::participant_act(const Shared& device) {
    auto& chance = parts_.chance;
    if (!device->own || device->own->work.empty() || chance.once_in(6))
        return get(
            device, {.what = Asks::own, .by = device->person}, "/api/work", "", own_then(device, Deed::rows_looked_at));
    work_on(device, chance.one_of(device->own->work));
}

void WorkPeople::work_on(const Shared& device, const protocol::OwnWork& work) {
    auto& chance = parts_.chance;
    const auto assignment = work.assignment.id;
    const Asked asked{.what = Asks::own, .by = device->person, .person = device->person, .assignment = assignment};
    const auto asks = [&](Asks what, std::string words = {}) {
        auto changed = asked;
        changed.what = what;
        changed.words = std::move(words);
        return changed;
    };
    const auto* submission = work.submission ? &*work.submission : nullptr;
    const auto state = submission == nullptr ? WorkState::draft : submission->state;
    const auto version = submission == nullptr ? 0 : submission->version;
    const auto what = chance.number(1, 20);
    if (state == WorkState::draft) {
        if (what == 1)
            return post(device, asks(Asks::wish), "/api/work/wish",
                protocol::WishBody{
                    .assignment = assignment, .wants_call = true, .answers_by_phone = {}, .call_back = "040 1234567"},
                own_then(device, Deed::rows_looked_at));
        const bool settles = submission != nullptr && submission->other.has_value();
        const bool is_written = submission != nullptr && version > 0 && !submission->fields.empty() &&
                                !submission->fields[0].empty();
        if (what <= 12 || (what <= 15 && !is_written)) {
            const auto words = parts_.work.words(WorkLedger::Kind::work, device->person, "Kirjoitan omaa tekstiä");
            return post(device, asks(Asks::draft, words), "/api/work/draft",
                protocol::DraftBody{.assignment = assignment,
                    .version = version,
                    .fields = {words},
                    .settles = settles ? std::optional{true} : std::nullopt},
                own_then(device, Deed::draft_kept));
        }
        // What has been written, or some words more.
        const auto words = is_written && chance.once_in(2)
                               ? submission->fields[0]
                               : parts_.work.words(WorkLedger::Kind::work, device->person, "Tämä on vastaukseni");
        return post(device, asks(Asks::hand_in, words), "/api/work/return",
            protocol::ReturnBody{.assignment = assignment,
                .version = version,
                .fields = {words},
                .settles = settles ? std::optional{true} : std::nullopt,
                .sharing = {},
                .wants_call = chance.once_in(8) ? std::optional{true} : std::nullopt},
            own_then(device, Deed::return_answered));
    }
    if (!submission->answers.empty() && !submission->read_at)
        return post(device, asks(Asks::read), "/api/work/read", protocol::OwnWorkBody{assignment},
            own_then(device, Deed::rows_looked_at));
    if (!submission->answers.empty() && !submission->thanks && what <= 10) {
        const auto words = parts_.work.words(WorkLedger::Kind::thanks, device->person, "Kiitos vastauksesta");
        return post(device, asks(Asks::thanks, words), "/api/work/thanks",
            protocol::ThanksBody{.assignment = assignment, .text = words}, own_then(device, Deed::thanked));
    }
    if (submission->may_take_back && what <= 4)
        return post(device, asks(Asks::take_back), "/api/work/take-back", protocol::OwnWorkBody{assignment},
            own_then(device, Deed::rows_looked_at));
    if (what == 5)
        return post(device, asks(Asks::share), "/api/work/share",
            protocol::ShareBody{.assignment = assignment, .sharing = protocol::Sharing::without_name},
            own_then(device, Deed::rows_looked_at));
    // The button is pressed once more.
    if (what == 6 && submission->source == WorkSource::own)
        return post(device, asks(Asks::hand_in, submission->fields.at(0)), "/api/work/return",
            protocol::ReturnBody{.assignment = assignment,
                .version = version,
                .fields = submission->fields,
                .settles = {},
                .sharing = {},
                .wants_call = {}},
            own_then(device, Deed::return_answered));
    get(device, asks(Asks::own), "/api/work", "", own_then(device, Deed::rows_looked_at));
}

void WorkPeople::feedback_act(const Shared& device) {
    const Asked looks{.what = Asks::own_feedback, .by = device->person};
    // Whoever has answered looks whether they have: a server that was killed may ask them again.
    if (device->has_given_feedback || parts_.chance.once_in(4))
        return get(device, looks, "/api/feedback", "",
            [device](WorkLedger::TryId, const std::string& body, std::optional<RefusalWord>) {
                const auto own = read<protocol::OwnFeedbackAnswer>(body);
                if (own && own->state == protocol::OwnFeedback::open) device->has_given_feedback = false;
            });
    const auto words = parts_.work.words(WorkLedger::Kind::feedback, device->person, "Oli hyvä päivä");
    const auto face = static_cast<protocol::FaceAnswer>(parts_.chance.number(0, 4));
    post(device, {.what = Asks::feedback, .by = device->person}, "/api/feedback",
        protocol::FeedbackBody{
            .felt = face, .heard = {}, .worked = {}, .words = words, .helped = {}, .about_staff = {}},
        [device](WorkLedger::TryId, const std::string&, std::optional<RefusalWord> refused) {
            device->has_given_feedback = !refused || *refused == RefusalWord::already_handled;
        });
}

// ------------------------------------------------------------------------------------------- staff

void WorkPeople::plan_assignment(const Shared& device) {
    const bool has_item = device->planned == 0;
    ++device->planned;
    protocol::AssignmentBody body;
    body.title = "Millainen on sinun yösi?";
    body.questions = {"Mikä auttaa nukkumaan?"};
    if (has_item) body.item = work_item;
    body.minutes = 60;
    post(device, {.what = Asks::plan, .by = device->person}, of_session + "assignments", body,
        [this](WorkLedger::TryId, const std::string&, std::optional<RefusalWord> refused) {
            if (!refused) ++parts_.work.deeds[Deed::planned];
        });
}

/// Now and then another day is held in its place.
void WorkPeople::cancel(const Shared& device) {
    protocol::CancelBody body;
    body.why = protocol::CancelReason::staff_ill;
    body.words = parts_.work.words(WorkLedger::Kind::cancelling, nobody, "Ohjaaja on sairastunut");
    if (parts_.chance.once_in(2))
        body.moves_to = protocol::MoveBody{.date = "17.12.2020", .start = "9:00", .end = "13:00"};
    post(device, {.what = Asks::cancel, .by = nobody, .words = body.words}, of_session + "cancel", body,
        [](WorkLedger::TryId, const std::string&, std::optional<RefusalWord>) {});
}

void WorkPeople::staff_act(const Shared& device) {
    auto& chance = parts_.chance;
    const bool plans = device->role == Role::facilitator && device->planned < 2;
    if (plans && parts_.ledger.room().session.plan.assignments.value_or(std::vector<PlannedAssignment>{}).size() < 2)
        return plan_assignment(device);
    const bool has_rows = device->desk && !device->desk->rows.empty();
    if (!has_rows || chance.once_in(4))
        return get(device, {.what = Asks::desk, .by = device->person}, of_session + "work", "",
            [device](WorkLedger::TryId, const std::string& body, std::optional<RefusalWord> refused) {
                if (!refused) device->desk = read<protocol::DeskAnswer>(body);
            });
    if (chance.once_in(15))
        return post(device, {.what = Asks::deal, .by = device->person}, of_session + "work/deal",
            protocol::DealBody{.assignment = {}, .among = {}},
            [this](WorkLedger::TryId, const std::string& body, std::optional<RefusalWord> refused) {
                const auto dealt = refused ? std::nullopt : read<protocol::DealtAnswer>(body);
                if (!dealt) return;
                for (const auto& each : dealt->dealt) parts_.work.deeds[Deed::dealt] += each.count > 0 ? 1 : 0;
            });
    auto row = chance.one_of(device->desk->rows);
    // What has just been sent is looked at once more, before it leaves.
    for (const auto& each : device->desk->rows) {
        const bool is_leaving = each.sent_at && *each.sent_at > parts_.time.utc();
        if (is_leaving && each.claimed_by == device->person && chance.once_in(3)) return answer_row(device, each);
    }
    for (int tries = 0; tries < 4 && (!row.state || *row.state == WorkState::draft || *row.state == WorkState::read);
        ++tries)
        row = chance.one_of(device->desk->rows);
    answer_row(device, row);
}

void WorkPeople::answer_row(const Shared& device, const protocol::DeskRow& row) {
    auto& chance = parts_.chance;
    const auto assignment = row.assignment;
    const auto person = row.person;
    const auto asks = [&](Asks what, std::string words = {}) {
        return Asked{
            .what = what, .by = device->person, .person = person, .assignment = assignment, .words = std::move(words)};
    };
    const protocol::WorkBody body{.person = person, .assignment = assignment};
    const auto what = chance.number(1, 20);
    if (!row.state || *row.state == WorkState::draft) {
        if (what > 2) return;
        const auto words = parts_.work.words(WorkLedger::Kind::work, person, "Puhelimessa kerrottua");
        return post(device, asks(Asks::write_down, words), of_session + "work/note",
            protocol::WriteDownBody{
                .person = person, .assignment = assignment, .source = WorkSource::phone, .fields = {words}},
            row_then(device, Deed::rows_looked_at));
    }
    const bool is_mine = row.claimed_by == device->person;
    const bool is_sent = *row.state == WorkState::sent || *row.state == WorkState::read;
    const auto write = [&](Asks how, const std::string& path) {
        const auto version = device->answer_versions[{person, assignment}];
        const auto words = parts_.work.words(WorkLedger::Kind::answer, person, "Kiitos, kun kerroit");
        if (how == Asks::answer)
            return post(device, asks(how, words), path,
                protocol::AnswerBody{.person = person,
                    .assignment = assignment,
                    .version = version,
                    .text = words,
                    .settles = chance.once_in(3) ? std::optional{true} : std::nullopt},
                [this, device, key = std::pair{person, assignment}](
                    WorkLedger::TryId, const std::string& text, std::optional<RefusalWord> refused) {
                    const auto saved = refused ? std::nullopt : read<protocol::SavedAnswer>(text);
                    if (!saved) return;
                    device->answer_versions[key] = saved->answer.version;
                    ++parts_.work.deeds[Deed::answer_kept];
                });
        const auto asked = asks(how, words);
        post(device, asked, path,
            protocol::SendBody{.person = person, .assignment = assignment, .version = version, .text = words},
            [this, device, asked, is_sent](
                WorkLedger::TryId id, const std::string& text, std::optional<RefusalWord> refused) {
                const auto saved = refused ? std::nullopt : read<protocol::DeskRowAnswer>(text);
                if (!saved) return;
                parts_.work.saw_sent(id, asked, saved->row);
                ++parts_.work.deeds[is_sent ? Deed::corrected : Deed::sent];
                if (!device->desk) return;
                for (auto& known : device->desk->rows) {
                    if (known.person == asked.person && known.assignment == asked.assignment) known = saved->row;
                }
            });
    };
    if (is_sent) {
        if (!is_mine) return;
        if (what <= 6 && *row.state == WorkState::sent)
            return post(
                device, asks(Asks::send_back), of_session + "work/unsend", body, row_then(device, Deed::sent_back));
        if (what <= 12) return write(Asks::send, of_session + "work/send");
        return;
    }
    if (!is_mine && row.claimed_by && what <= 4)
        return post(device, asks(Asks::take_over), of_session + "work/take-over",
            protocol::TakeOverBody{.person = person, .assignment = assignment, .reason = "Jatkan tästä"},
            row_then(device, Deed::taken_over));
    if (what <= 7)
        return post(device, asks(Asks::claim), of_session + "work/claim", body, row_then(device, Deed::claimed));
    if (what == 8)
        return post(
            device, asks(Asks::release), of_session + "work/release", body, row_then(device, Deed::rows_looked_at));
    if (what == 9 && row.wants_call)
        return post(device, asks(Asks::worry), of_session + "work/worry",
            protocol::WorryBody{
                .person = person, .assignment = assignment, .wants_call = false, .done = "Soitettu, kaikki hyvin."},
            row_then(device, Deed::rows_looked_at));
    // Whoever answers has read the words first.
    if (what <= 12 || !device->answer_versions.contains({person, assignment}))
        return get(device, asks(Asks::open), of_session + "work/" + std::to_string(person.value),
            "assignment=" + std::to_string(assignment.value),
            [device, key = std::pair{person, assignment}](
                WorkLedger::TryId, const std::string& text, std::optional<RefusalWord> refused) {
                const auto opened = refused ? std::nullopt : read<protocol::OpenedWork>(text);
                if (opened) device->answer_versions[key] = opened->answer ? opened->answer->version : 0;
            });
    if (what <= 16) return write(Asks::answer, of_session + "work/answer");
    write(Asks::send, of_session + "work/send");
}

// ---------------------------------------------------------------------------------------- requests

WorkPeople::Then WorkPeople::own_then(const Shared& device, Deed done) {
    return [this, device, done](WorkLedger::TryId id, const std::string& body, std::optional<RefusalWord> refused) {
        if (refused) {
            parts_.work.deeds[Deed::draft_conflict] += *refused == RefusalWord::version_conflict ? 1 : 0;
            // It stands otherwise than the page has it.
            device->own.reset();
            return;
        }
        auto own = read<protocol::OwnWorkAnswer>(body);
        if (!own) return parts_.ledger.fail("http: an answer of one's own work cannot be read");
        parts_.work.saw_own(id, {.what = Asks::own, .by = device->person}, *own);
        device->own = std::move(own);
        if (done != Deed::rows_looked_at) ++parts_.work.deeds[done];
    };
}

WorkPeople::Then WorkPeople::row_then(const Shared& device, Deed done) {
    return [this, device, done](WorkLedger::TryId, const std::string& body, std::optional<RefusalWord> refused) {
        if (refused) {
            parts_.work.deeds[Deed::claim_refused] += *refused == RefusalWord::already_claimed ? 1 : 0;
            device->desk.reset();
            return;
        }
        const auto answer = read<protocol::DeskRowAnswer>(body);
        if (!answer) return parts_.ledger.fail("http: an answer about a row cannot be read");
        if (done != Deed::rows_looked_at) ++parts_.work.deeds[done];
        if (!device->desk) return;
        for (auto& row : device->desk->rows) {
            if (row.person == answer->row.person && row.assignment == answer->row.assignment) row = answer->row;
        }
    };
}

void WorkPeople::get(const Shared& device, Asked asked, const std::string& path, const std::string& query, Then then) {
    net::Request request;
    request.method = net::Request::Method::get;
    request.path = path;
    request.query = query;
    device->pending = Pending{.asked = std::move(asked), .request = std::move(request), .then = std::move(then)};
    attempt(device);
}

template <class Body>
void WorkPeople::post(const Shared& device, Asked asked, const std::string& path, const Body& body, Then then) {
    net::Request request;
    request.method = net::Request::Method::post;
    request.path = path;
    request.body = base::json::to_text(body);
    device->pending = Pending{.asked = std::move(asked), .request = std::move(request), .then = std::move(then)};
    attempt(device);
}

/// On a line as it is: what goes is late, or gone, and so is what comes back.
void WorkPeople::attempt(const Shared& device) {
    auto& chance = parts_.chance;
    auto& pending = *device->pending;
    auto& deeds = parts_.work.deeds;
    ++deeds[pending.tries++ == 0 ? Deed::asked : Deed::asked_again];
    const auto number = ++device->tries;
    const auto id = parts_.work.tried(pending.asked);
    const bool is_bad = parts_.plan.has(Fault::cut) || parts_.plan.has(Fault::black_hole);
    const auto latency = [&] {
        const bool is_slow = parts_.plan.has(Fault::freeze) && chance.once_in(12);
        return is_slow ? chance.number(500, 20'000) * millisecond : chance.number(2, 90) * millisecond;
    };
    const bool is_request_lost = is_bad && chance.once_in(15);
    const bool is_answer_lost = is_bad && chance.once_in(10);
    const auto there = latency();
    const auto back = latency();
    parts_.time.after(given_up_after, [this, device, number] { again_later(device, number); });
    if (is_request_lost) {
        ++deeds[Deed::request_lost];
        return parts_.work.lost(id);
    }
    auto request = pending.request;
    request.bearer = parts_.links.at(device->person);
    request.peer = "10.0.0." + std::to_string(device->person.value);
    parts_.time.after(there, [this, device, number, id, is_answer_lost, back, request = std::move(request)]() mutable {
        parts_.work.arrived(id);
        const bool is_heard = parts_.ask(
            std::move(request), [this, device, number, id, is_answer_lost, back](net::Response response) {
                parts_.ledger.mix(response.body->size() * 131 + response.status);
                parts_.work.answered(id, device->role, response.status, *response.body, parts_.time.utc());
                if (is_answer_lost) {
                    ++parts_.work.deeds[Deed::answer_lost];
                    return;
                }
                parts_.time.after(back, [this, device, number, id, response = std::move(response)] {
                    heard(device, number, id, response);
                });
            });
        if (is_heard) return;
        parts_.work.lost(id);
        again_later(device, number);
    });
}

void WorkPeople::heard(const Shared& device, int number, WorkLedger::TryId id, const net::Response& response) {
    if (number != device->tries || !device->pending) return;
    std::optional<RefusalWord> refused;
    if (response.status != 200) {
        const auto answer = read<protocol::RefusalAnswer>(*response.body);
        refused = answer ? answer->refusal.word : RefusalWord::busy;
        if (is_for_now(response.status, refused)) return again_later(device, number);
    }
    auto pending = std::move(*device->pending);
    device->pending.reset();
    pending.then(id, *response.body, refused);
}

void WorkPeople::again_later(const Shared& device, int number) {
    if (number != device->tries || !device->pending) return;
    // What comes of this try is passed over from now on.
    const auto waiting = ++device->tries;
    parts_.time.after(parts_.chance.number(300, 4'000) * millisecond, [this, device, waiting] {
        if (waiting == device->tries && device->pending) attempt(device);
    });
}

}  // namespace etakahvila::simulation
