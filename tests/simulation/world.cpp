// A room with its people, its server, its disk and its network, from one seed.

#include <algorithm>

#include "client.hpp"
#include "server.hpp"
#include "work_people.hpp"
#include "support/random_command.hpp"

namespace etakahvila::simulation {
namespace {

using testing::Chance;

constexpr std::int64_t sampled_views_short = 2;
constexpr Microseconds settles_within = 120 * second;
/// As often as the house looks at the clock.
constexpr Microseconds doors_open_within = 30 * second;
constexpr std::uint64_t small_disk = 24 * 1024 * 1024;

class World {
public:
    explicit World(const Plan& plan)
        : plan_{plan},
          chance_{plan.seed * 2654435761u + 17},
          faults_chance_{plan.seed * 40503u + 5},
          around_{plan_, time_, chance_, disk_, ledger_, wire_, session_plan_, [this] { return commit_takes(); },
              [this] { effect(); }, work_ledger_, links_, [this](std::int64_t person) { return role_of(person); }},
          work_{{.time = time_,
              .chance = chance_,
              .plan = plan_,
              .ledger = ledger_,
              .work = work_ledger_,
              .links = links_,
              .clients = clients_,
              .role_of = [this](std::int64_t person) { return role_of(person); },
              .ask =
                  [this](net::Request request, net::Answer answer) {
                      if (is_up()) process_->ask(std::move(request), std::move(answer));
                      return is_up();
                  }}} {
        if (plan_.has_work) ledger_.follow_by(work_ledger_);
        session_plan_.session = session;
        session_plan_.theme = "Uni ja lepo";
        session_plan_.series = "Etäkahvila";
        session_plan_.agenda = {
            AgendaItem{
                .id = AgendaItemId{1}, .kind = AgendaKind::talk, .title = "Alustus", .minutes = 30, .question = {}},
            AgendaItem{.id = AgendaItemId{2},
                .kind = AgendaKind::discussion,
                .title = "Keskustelu",
                .minutes = 60,
                .question = {}},
            AgendaItem{
                .id = AgendaItemId{3}, .kind = AgendaKind::closing, .title = "Lopetus", .minutes = 15, .question = {}}};
        session_plan_.word_list = {"hölmö"};
        disk_.on_effect = [this] {
            if (process_alive_ && *process_alive_) effect();
        };
        if (plan_.mutation == Mutation::lying_disk) disk_.lie_about_syncs();
    }
    ~World() {
        is_over_ = true;
        process_.reset();
        disk_.on_effect = {};
    }

    Result run() {
        start_process();
        come_in();
        if (plan_.has_work) work_.begin();
        if (plan_.doors_open_after > 0) faults_at_doors();
        faults_at_cancelling();
        act();
        if (!plan_.is_full_room)
            next_fault();
        else
            usual_faults();
        tick();
        watch();
        run_until(plan_.seconds * second);
        settle();
        result_.broken = ledger_.broken();
        result_.hash = ledger_.hash();
        result_.steps = ledger_.durable();
        result_.acknowledged = ledger_.acknowledged();
        result_.checks = ledger_.checks();
        result_.hidden = ledger_.hidden();
        result_.deeds = work_ledger_.deeds;
        result_.simulated_seconds = time_.now() / second;
        return result_;
    }

private:
    // ---------------------------------------------------------------------------------- the process

    /// Each write to the disk, each message that leaves: any of them may be the last.
    void effect() {
        if (!process_alive_ || !*process_alive_) return;
        const bool is_last = dies_after_ == 1;
        if (dies_after_ > 0) --dies_after_;
        if (is_last) {
            *process_alive_ = false;
            disk_.stop_process();
        }
    }

    void start_process() {
        process_alive_ = std::make_shared<bool>(true);
        try {
            auto process = std::make_unique<Process>(around_, process_alive_);
            if (*process_alive_) {
                process_ = std::move(process);
                return;
            }
        } catch (const std::exception& thrown) {
            if (*process_alive_ && !is_disk_failing_)
                ledger_.fail(std::string{"the data does not open again: "} + thrown.what());
            *process_alive_ = false;
            disk_.stop_process();
        }
        ended();
    }

    /// The process is gone: by kill -9, or with the power.
    void ended() {
        process_.reset();
        ++result_.restarts;
        const bool is_power_cut = is_power_cut_;
        is_power_cut_ = false;
        dies_after_ = 0;
        is_disk_failing_ = false;
        disk_.fail_sync_at(0);
        if (is_power_cut)
            disk_.after_power_cut(chance_, chance_.once_in(2) ? 512 : 4096);
        else
            disk_.after_kill();
        if (!is_power_cut) {
            for (const auto& client : clients_) client->refused();
        }
        const auto down = plan_.is_full_room   ? chance_.number(1, 8) * second
                          : chance_.once_in(4) ? chance_.number(0, 200) * second
                                               : chance_.number(50, 3'000) * millisecond;
        time_.after(down, [this] {
            // Now and then it dies again while it starts.
            if (!plan_.is_full_room && (plan_.has(Fault::kill) || plan_.has(Fault::power_cut)) && !is_settling_ &&
                chance_.once_in(6))
                dies_after_ = chance_.number(1, 60);
            start_process();
        });
    }

    void run_until(Microseconds until) {
        while (!ledger_.broken() && time_.step(until)) {
            if (process_ && !process_->is_alive()) ended();
            result_.broken_at = time_.now() / second;
        }
    }

    bool is_up() const { return process_ && process_->is_alive(); }

    Microseconds commit_takes() {
        const bool is_slow = plan_.has(Fault::slow_disk) && time_.now() < slow_until_;
        return is_slow ? chance_.number(50, 2'000) * millisecond : chance_.number(200, 900);
    }

    // ----------------------------------------------------------------------------------- the people

    Role role_of(std::int64_t person) const {
        if (person <= plan_.participants) return Role::participant;
        switch ((person - plan_.participants - 1) % 4) {
            case 0: return Role::facilitator;
            case 1: return Role::moderator;
            case 2: return plan_.is_full_room ? Role::facilitator : Role::coordinator;
            default: return Role::moderator;
        }
    }
    std::int64_t people() const { return plan_.participants + plan_.staff; }

    void add_client(std::int64_t number, int device, Microseconds comes_at) {
        const PersonId person{number};
        const auto role = role_of(number);
        const auto name = "Nimi " + std::to_string(number);
        auto client = std::make_shared<Client>(
            Client::Parts{.time = time_,
                .chance = chance_,
                .ledger = ledger_,
                .wire = wire_,
                .plan = plan_,
                .enter =
                    [this, person, role, name](auto answer) {
                        time_.after(chance_.number(5, 60) * millisecond, [this, person, role, name, answer] {
                            if (is_up())
                                process_->enter(person, role, name, [this, answer](auto what) {
                                    time_.after(chance_.number(5, 60) * millisecond, [answer, what] { answer(what); });
                                });
                        });
                    },
                .connect = [this]() -> std::optional<Link> {
                    if (!is_up()) return std::nullopt;
                    const auto latency = chance_.number(2, 80) * millisecond;
                    const Link link{.up = std::make_shared<Pipe>(time_, chance_, latency),
                        .down = std::make_shared<Pipe>(time_, chance_, latency)};
                    process_->accept(link);
                    return link;
                }},
            person, role, device);
        clients_.push_back(client);
        time_.at(comes_at, [client] { client->start(); });
    }

    void come_in() {
        for (std::int64_t person = 1; person <= people(); ++person) {
            const auto by = plan_.is_full_room ? 600 : 10;
            const bool is_staff = person > plan_.participants;
            add_client(person, 1, chance_.number(0, is_staff ? 2 : by) * second);
            if (plan_.has(Fault::second_device) && chance_.once_in(plan_.is_full_room ? 10 : 3))
                add_client(person, 2, chance_.number(5, by + 20) * second);
        }
    }

    const std::shared_ptr<Client>& someone() {
        return clients_[static_cast<std::size_t>(chance_.number(0, static_cast<std::int64_t>(clients_.size()) - 1))];
    }
    std::shared_ptr<Client> one_of(Role role) {
        std::vector<std::shared_ptr<Client>> theirs;
        for (const auto& client : clients_) {
            if (client->role() == role && client->is_online()) theirs.push_back(client);
        }
        return theirs.empty() ? nullptr : chance_.one_of(theirs);
    }

    void act() {
        const auto pause = plan_.is_full_room || plan_.has_work ? chance_.number(200, 1'000) : chance_.number(10, 400);
        time_.after(pause * millisecond, [this] {
            if (is_settling_) return;
            if (plan_.is_full_room)
                usual_act();
            else if (plan_.has_work && !chance_.once_in(3))
                work_.act();
            else
                any_act();
            act();
        });
    }

    /// Who is without a line calls for help at the door. What was answered as done is on the disk.
    void call_at_door(PersonId person, Role role) {
        if (!is_up()) return;
        AskAtDoor asks{.person = person, .role = role, .kind = HelpKind::something_else, .words = {}, .call_back = {}};
        if (chance_.once_in(2)) asks.words = chance_.once_in(2) ? "En pääse sisään, 050 7654321" : "Nimi ei kelpaa";
        if (chance_.once_in(2)) asks.call_back = chance_.once_in(2) ? "040 1234567 / 044 1112223" : "soita äidille";
        process_->ask_at_door(std::move(asks), [this, person](std::optional<Refusal> refusal) {
            if (refusal) return;
            const auto& cases = ledger_.room().help.cases;
            const bool is_known = std::any_of(
                cases.begin(), cases.end(), [&](const auto& entry) { return entry.second.person == person; });
            // A rehearsal that ends in the same commit has taken it away again.
            if (!is_known && !ledger_.has_called(person))
                ledger_.fail("D1: person " + std::to_string(person.value) +
                             " was told that their call at the door is made, and it is not on record");
        });
    }

    void any_act() {
        const auto& client = someone();
        if (!client->is_online() && chance_.once_in(12)) return call_at_door(client->person(), client->role());
        if (!client->is_online() && !chance_.once_in(4)) return;
        if (plan_.has(Fault::duplicate) && chance_.once_in(20)) return client->send_again();
        if (plan_.has(Fault::nonsense) && chance_.once_in(60))
            return client->send_raw(
                chance_.once_in(2) ? "{" : R"({"type":"command","id":"x","command":{"type":"no_such"}})");
        if (chance_.once_in(150)) return client->leave();
        if (chance_.once_in(5)) return hidden_act();
        const auto& room = ledger_.room();
        const bool is_running = room.session.phase == Phase::live;
        // Most of what people do makes sense; one in four things is whatever comes.
        for (int tries = chance_.once_in(4) ? 1 : 8; tries > 0; --tries) {
            auto command = !is_running && chance_.once_in(4) ? testing::next_phase(chance_, room)
                                                             : testing::any_command(chance_, room, people());
            if (is_running && testing::is_rare(command) && !chance_.once_in(12)) continue;
            // The day goes on as those who lead it have it.
            if (plan_.has_work && (testing::is_rare(command) || std::holds_alternative<SealAttendance>(command)))
                continue;
            if (tries > 1 &&
                testing::is_refused(
                    room, {.person = client->person(), .role = client->role(), .connection = {}}, command, room.now))
                continue;
            if (auto* message = std::get_if<SendMessage>(&command);
                message != nullptr && !message->text.empty() && !chance_.once_in(4))
                message->text += marked();
            client->send(command);
            return;
        }
    }

    /// MarkedMessage that are not everyone's: messages that wait, and what moderators and authors make of them.
    void hidden_act() {
        const auto& room = ledger_.room();
        const auto what = chance_.number(1, 12);
        if (what <= 3) {
            someone()->send(
                SendMessage{.channel = Channel::room, .text = "Kerron jotain omaa" + marked(), .reply_to = {}});
            return;
        }
        const auto staff = chance_.once_in(2) ? one_of(Role::moderator) : one_of(Role::facilitator);
        if (!staff) return;
        if (what == 4) {
            staff->send(SetChatMode{chance_.once_in(3) ? ChatMode::open : ChatMode::all_held});
            return;
        }
        if (what == 5) {
            if (!room.agenda.parked.empty())
                staff->send(ShowParked{.parked = chance_.one_of(room.agenda.parked).first,
                    .text = "Omin sanoin " + std::to_string(chance_.number(1, 99))});
            return;
        }
        if (room.chat.messages.empty()) return;
        const bool is_waiting = !room.chat.under_review.empty() && !chance_.once_in(3);
        const auto& message = room.chat.messages.at(
            is_waiting ? chance_.one_of(room.chat.under_review) : chance_.one_of(room.chat.messages).first);
        const auto version = message.review_version > 0 ? std::optional{message.review_version} : std::nullopt;
        switch (what) {
            case 6:
            case 7: staff->send(ParkQuestion{.message = message.id, .version = version, .text = {}}); return;
            case 8: staff->send(RequestFloorFromMessage{.message = message.id, .version = version}); return;
            case 9: staff->send(AskHelpFromMessage{.message = message.id, .version = version}); return;
            case 10:
                staff->send(RejectMessage{
                    .message = message.id, .version = version.value_or(1), .reason = "Ei muiden nimiä, kiitos."});
                return;
            default: break;
        }
        // Taken back: by its author, and one that was parked as a rule.
        auto taken = message.id;
        for (const auto& [id, parked] : room.agenda.parked) {
            if (parked.message && chance_.once_in(2)) taken = *parked.message;
        }
        const auto* known = find_message(room, taken);
        for (const auto& client : clients_) {
            if (known != nullptr && client->person() == known->author && client->is_online()) {
                client->send(RetractMessage{.message = taken});
                return;
            }
        }
    }
    std::string marked() { return " " + mark_of(++marks_); }

    /// What a day is made of: messages, turns, help, and the phases by the clock.
    void usual_act() {
        const auto& room = ledger_.room();
        const auto minute = time_.now() / (60 * second);
        const auto phase = room.session.phase;
        const auto facilitator = one_of(Role::facilitator);
        const auto moderator = one_of(Role::moderator);
        if (!facilitator || !moderator) return;
        const auto lead = [&](Command command) {
            if (time_.now() - led_at_ > 20 * second) {
                led_at_ = time_.now();
                facilitator->send(command);
            }
        };
        if (phase == Phase::planned) return lead(OpenDoors{});
        if (phase == Phase::doors_open && minute >= 10) return lead(GoLive{});
        if (phase == Phase::live && (minute == 90 || minute == 165) && !chance_.once_in(3)) return lead(StartBreak{10});
        if (phase == Phase::paused && minute != 90 && minute != 165 && minute % 15 == 10) return lead(EndBreak{});
        const auto what = chance_.number(1, 1000);
        const auto& anyone = someone();
        if (!anyone->is_online()) return;
        if (what <= 300) {
            anyone->send(SendMessage{.channel = Channel::room,
                .text = "Minua auttaa kirja, pari sivua " + std::to_string(chance_.number(1, 9999)),
                .reply_to = {}});
        } else if (what <= 340) {
            anyone->send(RequestFloor{.kind = FloorRequestKind::speak});
        } else if (what <= 375) {
            facilitator->send(GrantFloor{
                .request = {}, .expected_turn = room.floor.turn ? std::optional{room.floor.turn->id} : std::nullopt});
        } else if (what <= 385) {
            if (!room.chat.under_review.empty())
                moderator->send(ClaimReview{.message = chance_.one_of(room.chat.under_review)});
        } else if (what <= 395) {
            anyone->send(AskForHelp{.kind = HelpKind::cannot_hear});
        } else if (what <= 403) {
            if (!room.help.cases.empty()) moderator->send(ClaimHelp{.help = std::prev(room.help.cases.end())->first});
        } else if (what <= 411) {
            if (!room.help.cases.empty()) moderator->send(SolveHelp{.help = std::prev(room.help.cases.end())->first});
        } else if (what <= 440) {
            const auto command = testing::any_command(chance_, room, people());
            if (!testing::is_rare(command) && !std::holds_alternative<StartBreak>(command) &&
                !std::holds_alternative<SetChatMode>(command))
                anyone->send(command);
        } else if (what <= 460) {
            if (!room.chat.messages.empty())
                anyone->send(ReactToMessage{
                    .message = std::prev(room.chat.messages.end())->first, .reaction = Reaction::thanks, .on = true});
        } else if (what == 461) {
            moderator->send(SendCheckpoint{});
        } else if (what <= 470) {
            anyone->send(SayImBack{});
        }
    }

    // ----------------------------------------------------------------------------------- the faults

    void next_fault() {
        time_.after(chance_.number(500, 12'000) * millisecond, [this] {
            if (is_settling_) return;
            fault();
            next_fault();
        });
    }

    void fault() {
        const auto kind = static_cast<Fault>(faults_chance_.number(0, fault_count - 1));
        if (!plan_.has(kind)) return;
        ++result_.faults;
        const auto& client = someone();
        switch (kind) {
            case Fault::cut:
                // One, or all at once.
                if (chance_.once_in(8)) {
                    for (const auto& each : clients_) each->cut(true);
                } else {
                    client->cut(true);
                }
                return;
            case Fault::freeze:
                return client->freeze(
                    chance_.number(100, 40'000) * millisecond, chance_.once_in(2), !chance_.once_in(3));
            case Fault::black_hole: return client->cut(false);
            case Fault::reload: return client->reload();
            case Fault::second_device: return client->rest(chance_.number(0, 30) * second);
            case Fault::duplicate: return client->send_again();
            case Fault::nonsense: return client->send_raw("nonsense");
            case Fault::kill: dies_after_ = chance_.number(1, 40); return;
            case Fault::power_cut:
                dies_after_ = chance_.number(1, 40);
                is_power_cut_ = true;
                return;
            case Fault::goodbye:
                if (is_up())
                    process_->shut_down([this, process = process_alive_] {
                        time_.after(50 * millisecond, [this, process] {
                            if (process == process_alive_ && *process) dies_now();
                        });
                    });
                return;
            case Fault::slow_disk: slow_until_ = time_.now() + chance_.number(1, 20) * second; return;
            case Fault::full_disk:
                disk_.set_capacity(disk_.used() + static_cast<std::uint64_t>(chance_.number(0, 40'000)));
                time_.after(
                    chance_.number(1, 40) * second, [this] { disk_.set_capacity(disk_.used() + small_disk * 4); });
                return;
            case Fault::failed_sync:
                is_disk_failing_ = true;
                disk_.fail_sync_at(static_cast<std::uint64_t>(chance_.number(1, 20)));
                // An operator starts it anew.
                time_.after(chance_.number(5, 40) * second, [this, process = process_alive_] {
                    if (process == process_alive_ && *process) dies_now();
                });
                return;
            case Fault::wall_clock: time_.step_wall_clock(chance_.number(-3'700'000, 3'700'000)); return;
        }
    }

    /// As the doors are to open the server goes down, or the wall's clock is set.
    void faults_at_doors() {
        const auto doors_at = plan_.doors_open_after * second;
        if (plan_.has(Fault::kill) && chance_.once_in(2))
            time_.at(doors_at - chance_.number(0, 2'000) * millisecond, [this] { dies_after_ = chance_.number(1, 5); });
        if (plan_.has(Fault::wall_clock) && chance_.once_in(2))
            time_.at(chance_.number(0, doors_at), [this] { time_.step_wall_clock(chance_.number(-90'000, 90'000)); });
    }

    /// As the coordinator's wish to cancel the day arrives, the server goes down.
    void faults_at_cancelling() {
        if (plan_.cancelled_after == 0 || !plan_.has(Fault::kill) || chance_.once_in(3)) return;
        time_.at(plan_.cancelled_after * second + chance_.number(0, 120) * millisecond,
            [this] { dies_after_ = chance_.number(1, 3); });
    }

    void dies_now() {
        if (!is_up()) return;
        *process_alive_ = false;
        disk_.stop_process();
    }

    /// Someone every twenty seconds; the server three times; the wall clock once.
    void usual_faults() {
        drop_someone();
        for (const auto at : {3'000, 7'200, 11'000}) {
            time_.at((at + chance_.number(0, 900)) * second, [this] { dies_after_ = chance_.number(1, 200); });
        }
        time_.at(5'000 * second, [this] { time_.step_wall_clock(-3'600'000); });
    }
    void drop_someone() {
        time_.after(20 * second, [this] {
            if (is_settling_) return;
            ++result_.faults;
            const auto& client = someone();
            switch (chance_.number(1, 6)) {
                case 1: client->freeze(chance_.number(1, 20) * second, true, true); break;
                case 2: client->cut(false); break;
                case 3: client->reload(); break;
                case 4: client->rest(chance_.number(1, 200) * second); break;
                default: client->cut(true);
            }
            drop_someone();
        });
    }

    // ---------------------------------------------------------------------------------- the watching

    void tick() {
        time_.after(second, [this] {
            for (const auto& client : clients_) client->tick();
            tick();
        });
    }

    /// What a client holds against what a snapshot shows: after every step it would cost more than
    /// the steps; so some clients, twice a second of a short run and every ten seconds of a full one.
    void watch() {
        time_.after(plan_.is_full_room ? 10 * second : second / 2, [this] {
            for (auto count = sampled_views_short; count > 0; --count) check_view(*someone());
            if (const auto& reader = someone(); chance_.once_in(4))
                ledger_.check_older_messages(
                    reader->person(), reader->role(), chance_.number(1, ledger_.durable() + 1));
            if (chance_.once_in(20)) ledger_.check_attendance();
            if (plan_.has_work && chance_.once_in(10)) look_at_rows();
            if (plan_.doors_open_after > 0) look_at_doors();
            if (!is_settling_) watch();
        });
    }
    void look_at_doors() {
        const bool may_open = is_up() && process_->saves() == journal::Saves::everything;
        if (!may_open || !work_ledger_.are_doors_due(time_.utc()))
            doors_due_since_.reset();
        else if (!doors_due_since_)
            doors_due_since_ = time_.now();
        else if (time_.now() - *doors_due_since_ > doors_open_within)
            ledger_.fail("doors: it is time, and they do not open by themselves");
    }
    void look_at_rows() {
        const auto* rows = is_up() ? process_->rows() : nullptr;
        if (rows != nullptr) work_ledger_.look(*rows);
    }
    void check_view(const Client& client) {
        if (client.has_view()) ledger_.check_view(client.person(), client.role(), client.have(), client.view());
    }

    /// All faults end. Everyone is to have everything, and every command its answer.
    void settle() {
        is_settling_ = true;
        disk_.set_capacity(UINT64_MAX);
        slow_until_ = 0;
        if (is_disk_failing_ || (process_ && process_->is_alive() && process_->saves() == journal::Saves::nothing)) {
            dies_now();
            if (process_ && !process_->is_alive()) ended();
        }
        dies_after_ = 0;
        disk_.fail_sync_at(0);
        const auto until = time_.now() + 300 * second + settles_within;
        while (!ledger_.broken() && time_.now() < until) {
            run_until(time_.now() + 5 * second);
            if (is_settled()) break;
        }
        if (ledger_.broken()) return;
        // One more beat, so that what has just been said arrives.
        run_until(time_.now() + 20 * second);
        if (ledger_.broken()) return;
        for (const auto& client : clients_) {
            if (client->is_ended()) continue;
            if (!client->is_online())
                ledger_.fail("D5: person " + std::to_string(client->person().value) + " does not come back");
            if (client->has_unsent())
                ledger_.fail("D5: person " + std::to_string(client->person().value) + " still has something unsent");
            check_view(*client);
        }
        if (is_up() && process_->seats() != process_->lines_in_room())
            ledger_.fail("bounded: " + std::to_string(process_->seats()) + " seats for " +
                         std::to_string(process_->lines_in_room()) + " connections");
        if (is_up()) result_.delivered = process_->delivered();
        if (plan_.has_work) {
            if (work_.has_unsent()) ledger_.fail("D5: somebody's work has no answer");
            look_at_rows();
            work_ledger_.check_attendance();
        }
        if (std::none_of(clients_.begin(), clients_.end(),
                [](const auto& client) { return client->is_ended() && client->has_unsent(); }))
            ledger_.check_end();
    }
    bool is_settled() const {
        if (plan_.has_work && work_.has_unsent()) return false;
        return is_up() && std::all_of(clients_.begin(), clients_.end(), [](const auto& client) {
            return client->is_ended() || (client->is_online() && !client->has_unsent());
        });
    }

    const Plan plan_;
    Result result_;
    Time time_;
    Chance chance_;
    Chance faults_chance_;
    testing::SimulatedDisk disk_;
    Ledger ledger_;
    Wire wire_;
    SessionPlan session_plan_;
    WorkLedger work_ledger_{ledger_};
    PersonalLinks links_;
    Surroundings around_;
    std::shared_ptr<bool> process_alive_;
    std::unique_ptr<Process> process_;
    std::vector<std::shared_ptr<Client>> clients_;
    WorkPeople work_;
    std::int64_t marks_ = 0;
    std::int64_t dies_after_ = 0;
    bool is_power_cut_ = false;
    bool is_disk_failing_ = false;
    bool is_settling_ = false;
    bool is_over_ = false;
    Microseconds slow_until_ = 0;
    std::optional<Microseconds> doors_due_since_;
    Microseconds led_at_ = -1'000 * second;
};

}  // namespace

Result run(const Plan& plan) { return World{plan}.run(); }

}  // namespace etakahvila::simulation
