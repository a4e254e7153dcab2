#include "server.hpp"

#include <algorithm>

#include "runtime/command_id.hpp"

namespace etakahvila::simulation {
namespace {

constexpr std::chrono::milliseconds dead_after{15'000};
constexpr int beat_every_seconds = 5;
constexpr std::size_t early_commands_max = 64;
constexpr auto database = "etakahvila.sqlite";
constexpr auto write_ahead_log = "etakahvila.sqlite-wal";

}  // namespace

/// Between the host and the store: tells the ledger what passes, and makes the mistakes of a mutation.
class Process::Recorder final : public journal::Journal {
public:
    explicit Recorder(Process& process) : process_{process} {}

    void append(SessionId, std::vector<Step> steps, Done done, journal::Need need) override {
        process_.around_.ledger.appended(steps);
        const bool is_early = process_.around_.plan.mutation == Mutation::early_release &&
                              process_.around_.chance.once_in(20);
        if (is_early) done(true);
        process_.store_->append(
            session, std::move(steps),
            [this, is_early, done = std::move(done)](bool durable) {
                if (!process_.is_alive()) return;
                if (durable)
                    process_.around_.ledger.committed(!process_.around_.disk.has_unsynced(write_ahead_log) ||
                                                      process_.around_.plan.mutation == Mutation::lying_disk);
                else
                    process_.around_.ledger.refused(process_.store_->saves() != journal::Saves::nothing);
                if (!is_early) done(durable);
            },
            need);
        process_.commit();
    }
    journal::StoredRoom load(SessionId) override {
        auto stored = process_.store_->load(session);
        if (process_.is_alive()) process_.around_.ledger.loaded(stored);
        return stored;
    }
    void load_later(SessionId, Loaded loaded) override {
        process_.store_->load_later(session, std::move(loaded));
        process_.commit();
    }
    /// Nothing is compacted in a day: it is done a month later.
    void compact(SessionId, domain::Seq, Step, Done done) override { done(false); }
    journal::Saves saves() const override { return process_.store_->saves(); }
    void watch(std::function<bool()> changed) override { process_.store_->watch(std::move(changed)); }

private:
    Process& process_;
};

/// As net/websocket_connection.
class Process::Line final : public runtime::Line, public std::enable_shared_from_this<Process::Line> {
public:
    Line(Process& process, const Link& link, std::size_t worker)
        : process_{process}, link_{link}, worker_{worker}, heard_at_{process.around_.time.monotonic()} {}

    void start() {
        link_.up->on_delivery([weak = weak_from_this()](const Packet& packet) {
            const auto self = weak.lock();
            if (!self || !self->process_.is_alive()) return;
            if (std::holds_alternative<Ping>(packet)) {
                self->heard_at_ = self->process_.around_.time.monotonic();
                return;
            }
            // A worker's thread reads; what it does is done in the order of its loop.
            self->process_.loops_[self->worker_]->post([self, packet] { self->take(packet); });
        });
    }

    void send(runtime::Frame frame) override {
        if (!is_open() || !process_.effect()) return;
        if (link_.down->waiting() > waiting_bytes_max + socket_bytes) return close(runtime::CloseCode::slow_reader, 0);
        auto& around = process_.around_;
        if (around.plan.mutation == Mutation::leaked_words) frame = with_leak(std::move(frame));
        const auto heard = around.wire.read(frame);
        if (!heard) return around.ledger.fail("the wire: a frame of the server's cannot be read");
        around.ledger.said(pass_->person, pass_->role, *heard);
        ++process_.delivered_;
        if (around.plan.mutation == Mutation::skipped_batch && std::holds_alternative<protocol::Batch>(heard->frame) &&
            around.chance.once_in(200))
            return;
        const auto bytes = frame->size();
        link_.down->send(std::move(frame), bytes);
    }

    void close(runtime::CloseCode code, std::int64_t retry_after_ms) override { close_with(code, retry_after_ms, {}); }

    void beat(const runtime::Frame& heartbeat, bool beats) {
        if (state_ != State::in_room) return;
        const auto now = process_.around_.time.monotonic();
        if (now - heard_at_ >= dead_after) return close_with(runtime::CloseCode::silent, 0, now - heard_at_);
        if (!beats) return;
        link_.down->send(Ping{});
        link_.down->send(heartbeat, heartbeat->size());
    }

    bool is_in_room() const { return state_ == State::in_room; }
    bool is_over() const { return state_ == State::closed; }

private:
    enum class State : std::uint8_t { awaiting_hello, arriving, in_room, closed };

    bool is_open() const { return state_ != State::closed && process_.is_alive(); }

    /// A parked question of the staff's goes to whoever is told something next: nothing in it but
    /// the words says whose they are.
    runtime::Frame with_leak(runtime::Frame frame) {
        const auto heard = process_.around_.wire.read(frame);
        const auto* batch = heard == nullptr ? nullptr : std::get_if<protocol::Batch>(&heard->frame);
        if (batch == nullptr) return frame;
        for (const auto& change : heard->changes) {
            const auto* parked = std::get_if<protocol::ParkedQuestion>(&*change);
            if (parked != nullptr && parked->seen_by == protocol::SeenBy::staff) process_.for_staff_ = *parked;
        }
        if (is_staff(pass_->role) || !process_.for_staff_) return frame;
        protocol::Batch wider{.from = batch->from, .to = batch->to, .changes = {}};
        for (const auto& change : heard->changes) wider.changes.push_back(*change);
        auto leaked = *std::exchange(process_.for_staff_, {});
        leaked.asked_by.reset();
        leaked.message.reset();
        leaked.seen_by = protocol::SeenBy::all;
        wider.changes.emplace_back(std::move(leaked));
        return std::make_shared<const std::string>(text_of(protocol::ServerFrame{std::move(wider)}));
    }

    void take(const Packet& packet) {
        if (!is_open()) return;
        heard_at_ = process_.around_.time.monotonic();
        if (std::holds_alternative<Closed>(packet)) return reading_ended();
        const auto* text = std::get_if<std::string>(&packet);
        if (text == nullptr) return;
        auto frame = client_frame(*text);
        if (!frame) {
            auto id = runtime::command_id_of(*text);
            return id ? take(*id, {}) : close(runtime::CloseCode::bad_frame, 0);
        }
        std::visit([this](auto& one) { take(one); }, *frame);
    }

    void take(protocol::Hello& hello) {
        if (state_ != State::awaiting_hello) return close(runtime::CloseCode::bad_frame, 0);
        const auto [pass, wait] = process_.tickets_.redeem(hello.ticket, process_.around_.time.monotonic());
        if (wait.count() > 0) return close(runtime::CloseCode::flood, wait.count());
        pass_ = pass;
        if (!pass_) return close(runtime::CloseCode::bad_ticket, 0);
        state_ = State::arriving;
        const auto self = shared_from_this();
        process_.host_->arrive({.pass = *pass_,
                                   .line = self,
                                   .hub = process_.hubs_[worker_],
                                   .device = std::move(hello.device),
                                   .resume = std::move(hello.resume)},
            [self](ConnectionId connection) {
                self->process_.around_.ledger.connected(
                    self->pass_->person, connection, self->process_.host_->clock().room);
                self->process_.loops_[self->worker_]->post([self, connection] { self->taken(connection); });
            });
    }

    void taken(ConnectionId connection) {
        connection_ = connection;
        if (state_ == State::closed) return tell_lost({});
        state_ = State::in_room;
        for (const auto& [id, command] : std::exchange(early_, {})) ask(id, command);
    }

    void take(protocol::AskVoiceTicket&) {
        if (state_ == State::awaiting_hello) return close(runtime::CloseCode::no_hello, 0);
        if (state_ == State::in_room) process_.host_->ask_voice_ticket(connection_);
    }

    void take(protocol::Caption& line) {
        if (state_ == State::awaiting_hello) return close(runtime::CloseCode::no_hello, 0);
        if (state_ == State::in_room) process_.host_->write_speech(connection_, std::move(line));
    }

    void take(protocol::CommandFrame& command) { take(command.id, command.command); }

    void take(const std::string& id, const std::optional<protocol::Command>& command) {
        if (state_ == State::awaiting_hello) return close(runtime::CloseCode::no_hello, 0);
        if (state_ == State::arriving) {
            if (early_.size() >= early_commands_max) return close(runtime::CloseCode::flood, 0);
            early_.emplace_back(id, command);
            return;
        }
        ask(id, command);
    }

    void ask(const std::string& id, const std::optional<protocol::Command>& command) {
        auto& around = process_.around_;
        if (around.plan.mutation == Mutation::doubled_command && around.chance.once_in(20))
            process_.host_->command(connection_, id + "+", command);
        process_.host_->command(connection_, id, command);
    }

    void take(protocol::Leave&) {
        if (state_ == State::awaiting_hello) return close(runtime::CloseCode::no_hello, 0);
        has_left_ = true;
        close(runtime::CloseCode::left, 0);
    }

    void reading_ended() {
        state_ = State::closed;
        link_.down->end();
        tell_lost({});
    }

    void close_with(
        runtime::CloseCode code, std::int64_t retry_after_ms, std::optional<std::chrono::milliseconds> silence) {
        if (!is_open()) return;
        state_ = State::closed;
        tell_lost(silence);
        const auto goodbye = protocol::Goodbye{.code = static_cast<std::int64_t>(code),
            .retry_after_ms = retry_after_ms != 0 ? std::optional{retry_after_ms} : std::nullopt};
        auto frame = std::make_shared<const std::string>(text_of(protocol::ServerFrame{goodbye}));
        link_.down->send(frame, frame->size());
        link_.down->send(Closed{static_cast<std::uint16_t>(code)});
        link_.up->end();
    }

    void tell_lost(std::optional<std::chrono::milliseconds> silence) {
        if (has_told_ || !connection_) return;
        has_told_ = true;
        auto at = process_.host_->clock().room;
        if (silence && process_.around_.plan.mutation != Mutation::unmarked_time) at = at - *silence;
        process_.around_.ledger.disconnected(connection_, at);
        if (has_left_)
            process_.host_->left(connection_);
        else
            process_.host_->lost(connection_, silence);
    }

    Process& process_;
    Link link_;
    std::size_t worker_;
    State state_ = State::awaiting_hello;
    std::optional<runtime::Pass> pass_;
    ConnectionId connection_;
    std::chrono::milliseconds heard_at_;
    bool has_told_ = false;
    bool has_left_ = false;
    std::vector<std::pair<std::string, std::optional<protocol::Command>>> early_;
};

Process::Process(const Surroundings& around, std::shared_ptr<const bool> alive)
    : around_{around}, alive_{std::move(alive)} {
    for (auto& loop : loops_) loop = std::make_unique<Loop>(around_.time, around_.chance);
    store_ = std::make_unique<journal::SqliteStore>(
        database, journal::SqliteStore::Options{.vfs = around_.disk.vfs(), .has_thread = false});
    journal_ = std::make_unique<Recorder>(*this);
    for (std::size_t worker = 0; worker < hubs_.size(); ++worker)
        hubs_[worker] = std::make_shared<runtime::Hub>(*loops_[worker]);
    if (around_.plan.has_work) {
        open_day();
        return;
    }
    const auto stored = journal_->load(session);
    if (!is_alive()) return;
    host_ = runtime::RoomHost::open({.session = session,
                                        .loop = *loops_[0],
                                        .clock = around_.time,
                                        .journal = *journal_,
                                        .tickets = tickets_,
                                        .voice_tickets = voice_tickets_,
                                        .voice_figures = voice_figures_},
        stored);
    journal_->watch([this] {
        if (host_) host_->journal_changed();
        return host_ != nullptr;
    });
    host_->plan(around_.session_plan);
    beat();
}

void Process::open_day() {
    door_ = std::make_unique<OtherDoor>(OtherDoor::Parts{.plan = around_.plan,
        .time = around_.time,
        .chance = around_.chance,
        .work = around_.work,
        .links = around_.links,
        .role_of = around_.role_of,
        .store = *store_,
        .journal = *journal_,
        .loop = *loops_[0],
        .tickets = tickets_,
        .voice_tickets = voice_tickets_,
        .voice_figures = voice_figures_,
        .alive = alive_});
    host_ = door_->open_room();
    if (!is_alive()) return;
    around_.work.loaded(door_->reader());
    beat();
}

void Process::ask(net::Request request, net::Answer answer) {
    if (!is_alive() || !door_) return;
    door_->ask(std::move(request), [this, answer = std::move(answer)](net::Response response) {
        if (effect()) answer(std::move(response));
    });
}

const records::Database* Process::rows() const {
    if (!is_alive() || !door_ || store_->saves() == journal::Saves::nothing) return nullptr;
    return &door_->reader();
}

Process::~Process() {
    *is_here_ = false;
    for (const auto& loop : loops_) loop->end();
    host_.reset();
    door_.reset();
    lines_.clear();
    hubs_ = {};
    store_.reset();
}

/// False when the process has ended just before.
bool Process::effect() {
    if (is_alive()) around_.on_effect();
    return is_alive();
}

/// The store's thread: takes what waits when the disk gets to it.
void Process::commit() {
    around_.time.after(around_.commit_takes(), [this, here = is_here_] {
        if (*here && is_alive()) store_->commit_waiting();
    });
}

void Process::beat() {
    around_.time.after(second, [this, here = is_here_] {
        if (!*here || !is_alive()) return;
        ++seconds_;
        const bool beats = seconds_ % beat_every_seconds == 0;
        const auto heartbeat = std::make_shared<const std::string>(
            text_of(protocol::ServerFrame{protocol::Heartbeat{host_->clock()}}));
        const auto lines = lines_;
        for (const auto& line : lines) line->beat(heartbeat, beats);
        std::erase_if(lines_, [](const auto& line) { return line->is_over() && line.use_count() == 1; });
        // Where there was no space the store looks for some, every second.
        if (store_->saves() == journal::Saves::vital_only || store_->saves() == journal::Saves::nothing_yet)
            store_->commit_waiting();
        if (door_ && is_alive()) door_->look_at_clock();
        if (*here && is_alive()) beat();
    });
}

void Process::enter(PersonId person, Role role, const std::string& name, Answer answer) {
    if (!is_alive()) return;
    if (tickets_.ask_entry(person, around_.time.monotonic()).count() > 0) return answer(refused(RefusalWord::too_fast));
    host_->admit({.person = person,
                     .role = role,
                     .decision_type = role == Role::participant ? std::optional{"work_activity"} : std::nullopt,
                     .name = name,
                     .accepts_netiquette = true},
        [this, person, role, answer = std::move(answer)](std::optional<Refusal> refusal) {
            if (!is_alive()) return;
            if (refusal) {
                around_.work.deeds[Deed::turned_away] += refusal->word == RefusalWord::over ? 1 : 0;
                return answer(*refusal);
            }
            answer(tickets_.issue({.session = session, .person = person, .role = role}, around_.time.monotonic(),
                runtime::TicketOffice::first_ticket_life));
        });
}

void Process::ask_at_door(AskAtDoor asks, std::function<void(std::optional<Refusal>)> answer) {
    if (!is_alive()) return;
    host_->ask_at_door(std::move(asks), [this, answer = std::move(answer)](std::optional<Refusal> refusal) {
        if (is_alive()) answer(refusal);
    });
}

void Process::accept(const Link& link) {
    if (!is_alive()) return;
    const auto line = std::make_shared<Line>(*this, link, accepted_++ % 2);
    line->start();
    lines_.push_back(line);
}

void Process::shut_down(base::Task done) {
    host_->shut_down(100, [this, done = std::move(done)] {
        if (door_ && is_alive()) door_->close();
        done();
    });
}

std::size_t Process::lines_in_room() const {
    return static_cast<std::size_t>(
        std::count_if(lines_.begin(), lines_.end(), [](const auto& line) { return line->is_in_room(); }));
}

}  // namespace etakahvila::simulation
