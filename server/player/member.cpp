#include "player/member.hpp"

#include <algorithm>
#include <charconv>

#include "base/json.hpp"

namespace etakahvila::player {
namespace {

/// Under what the room allows (20 a second, 40 at once), so that it has nothing to refuse.
constexpr double pace_per_second = 19;
constexpr double pace_burst = 30;
constexpr std::size_t in_flight_max = 64;
constexpr std::array<int, 6> back_within_ms{250, 500, 1000, 2000, 4000, 5000};
/// Of who does not wait at random.
constexpr std::chrono::milliseconds back_at_once{10};

std::chrono::milliseconds since_start() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(now().time_since_epoch());
}

std::string hex(std::uint32_t number) {
    std::array<char, 9> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
    return {digits.data(), end};
}

bool is_of_the_moment(const protocol::Outcome& outcome) {
    return outcome.refusal && (outcome.refusal->word == protocol::RefusalWord::too_fast ||
                                  outcome.refusal->word == protocol::RefusalWord::busy);
}

struct Entering {
    std::string secret;
    std::string name;
    bool netiquette = true;
};
BOOST_DESCRIBE_STRUCT(Entering, (), (secret, name, netiquette))

}  // namespace

// ------------------------------------------------------------------------------------ the person

Member::Member(Parts parts) : parts_{std::move(parts)}, pace_{pace_per_second, pace_burst} {}
Member::~Member() = default;

std::shared_ptr<Device> Member::device(std::string name) {
    std::erase_if(devices_, [](const auto& each) { return each->is_over(); });
    return devices_.emplace_back(std::make_shared<Device>(*this, std::move(name)));
}

Device* Member::up() const {
    for (const auto& device : devices_) {
        if (device->is_up()) return device.get();
    }
    return nullptr;
}

std::size_t Member::devices_up() const {
    return static_cast<std::size_t>(
        std::count_if(devices_.begin(), devices_.end(), [](const auto& device) { return device->is_up(); }));
}

void Member::ask(protocol::Command command, Answered answered) {
    queue_.push_back({.id = hex(parts_.tab) + "-" + std::to_string(++last_id_),
        .command = std::move(command),
        .answered = std::move(answered)});
    pump();
}

void Member::pump() {
    auto* device = up();
    if (device == nullptr) return;
    const auto may_send = [&] {
        const auto at = since_start();
        if (pace_.take(at)) return true;
        pump_later(pace_.wait(at));
        return false;
    };
    for (auto& [id, pending] : in_flight_) {
        if (pending.by != nullptr || pending.waits) continue;
        if (!may_send()) return;
        ++resent_;
        send(pending, *device);
    }
    while (!queue_.empty() && in_flight_.size() < in_flight_max && may_send()) {
        auto next = std::move(queue_.front());
        queue_.pop_front();
        auto id = next.id;
        send(in_flight_.emplace(std::move(id), std::move(next)).first->second, *device);
    }
}

void Member::pump_later(std::chrono::milliseconds delay) {
    if (std::exchange(pump_is_due_, true)) return;
    parts_.loop.after(delay, [this, alive = std::weak_ptr{alive_}] {
        if (alive.expired()) return;
        pump_is_due_ = false;
        pump();
    });
}

void Member::send(Pending& pending, Device& device) {
    pending.by = &device;
    pending.sent = now();
    device.socket_->send(base::json::to_text(protocol::CommandFrame{.id = pending.id, .command = pending.command}));
}

void Member::take(const protocol::Outcome& outcome) {
    const auto found = in_flight_.find(outcome.id);
    // The answer to a repeat may come when the first one has come already.
    if (found == in_flight_.end()) return;
    auto& pending = found->second;
    if (is_of_the_moment(outcome)) {
        ++held_back_;
        pending.by = nullptr;
        pending.waits = true;
        parts_.loop.after(std::chrono::seconds{outcome.refusal->wait_seconds.value_or(1)},
            [this, id = outcome.id, alive = std::weak_ptr{alive_}] {
                if (alive.expired()) return;
                if (const auto again = in_flight_.find(id); again != in_flight_.end()) again->second.waits = false;
                pump();
            });
        return;
    }
    const auto done = std::move(in_flight_.extract(found).mapped());
    parts_.watcher.answered(*this, done.command, outcome, done.sent, now());
    if (done.answered) done.answered(outcome);
    pump();
    parts_.watcher.moved();
}

void Member::lost(const Device& device) {
    for (auto& [id, pending] : in_flight_) {
        if (pending.by == &device) pending.by = nullptr;
    }
    pump();
}

// ------------------------------------------------------------------------------------ the device

Device::~Device() {
    if (socket_) socket_->cut();
}

void Device::prepare() {
    if (state_ == State::outside) enter();
}

void Device::come_in(std::function<void()> in) {
    wants_in_ = true;
    in_ = std::move(in);
    if (state_ == State::at_door)
        hello();
    else
        prepare();
}

void Device::leave(std::function<void()> out) {
    out_ = std::move(out);
    if (state_ != State::up) return be_over();
    state_ = State::leaving;
    socket_->send(base::json::to_text(protocol::Leave{}));
}

void Device::redial(std::function<void()> back) {
    in_ = std::move(back);
    // Lost already, and on its way back by itself.
    if (state_ != State::up) return;
    line_cut();
}

void Device::line_cut() {
    state_ = State::away;
    socket_->cut();
    ++losses_;
    member_.lost(*this);
    come_back({});
}

void Device::enter() {
    state_ = State::entering;
    const Entering entering{.secret = member_.parts_.secret, .name = member_.parts_.nickname};
    member_.parts_.client.request({.method = "POST", .target = "/api/enter", .body = base::json::to_text(entering)},
        [weak = weak_from_this()](const client::HttpAnswer& answer) {
            const auto self = weak.lock();
            if (!self || self->state_ != State::entering) return;
            simdjson::dom::element root;
            std::string_view ticket;
            if (answer.is_good() && self->member_.parts_.parser.parse(answer.body).get(root) == simdjson::SUCCESS &&
                root["ticket"].get(ticket) == simdjson::SUCCESS)
                return self->open(std::string{ticket});
            const bool is_of_the_moment = answer.status == 429 ||
                                          answer.body.find("\"not_saving\"") != std::string::npos;
            if (answer.status == 0 || is_of_the_moment || answer.status >= 500)
                return self->come_back(
                    self->member_.parts_.waits_at_random ? std::chrono::milliseconds{1000} : back_at_once);
            self->member_.parts_.watcher.went_wrong(
                "entering was refused with " + std::to_string(answer.status) + " " + answer.body);
            self->be_over();
        });
}

void Device::open(std::string ticket) {
    ticket_ = std::move(ticket);
    state_ = State::opening;
    socket_ = member_.parts_.client.open(
        "/room", {.opened =
                         [weak = weak_from_this()] {
                             const auto self = weak.lock();
                             if (!self) return;
                             self->state_ = State::at_door;
                             if (self->wants_in_)
                                 self->hello();
                             else
                                 self->member_.parts_.watcher.moved();
                         },
                     .received =
                         [weak = weak_from_this()](std::string_view text) {
                             if (const auto self = weak.lock()) self->received(text);
                         },
                     .closed =
                         [weak = weak_from_this()](unsigned code, std::string_view reason) {
                             if (const auto self = weak.lock()) self->closed(code, reason);
                         }});
}

void Device::hello() {
    state_ = State::greeting;
    protocol::Hello hello{
        .version = 1, .ticket = std::exchange(ticket_, {}), .resume = {}, .device = "Simuloitu laite"};
    if (was_in_) hello.resume = protocol::ResumePoint{.epoch = view_.epoch(), .seq = view_.have()};
    socket_->send(base::json::to_text(hello));
}

void Device::received(std::string_view text) {
    auto frame = base::json::from_text<protocol::ServerFrame>(member_.parts_.parser, text);
    if (const auto* fault = std::get_if<base::json::Fault>(&frame)) {
        return member_.parts_.watcher.went_wrong(
            "a frame of the server's cannot be read: " + fault->path + " " + std::string{fault->why});
    }
    std::visit([&](const auto& each) { take(each); }, std::get<protocol::ServerFrame>(frame));
}

void Device::take(const protocol::Welcome& welcome) {
    if (was_in_ && !welcome.resumed) ++fresh_snapshots_;
    view_.begin(welcome);
    next_ticket_ = welcome.next_ticket;
    is_saving_stopped_ = false;
    role_ = welcome.role;
    tries_ = 0;
}

void Device::take(const protocol::Batch& batch) {
    if (view_.take(batch) == View::Taken::gap) return line_cut();
    const bool comes_in = state_ == State::greeting;
    if (comes_in) {
        state_ = State::up;
        was_in_ = true;
    }
    member_.parts_.watcher.told(*this, now());
    if (!comes_in) return;
    if (const auto in = std::exchange(in_, {})) in();
    member_.pump();
    member_.parts_.watcher.moved();
}

void Device::take(const protocol::Saving& saving) {
    is_saving_stopped_ = saving.state == protocol::SavingState::stopped;
    if (is_saving_stopped_) return member_.parts_.watcher.went_wrong("the server cannot save");
    // What was under way when it stopped has no outcome: it is sent again.
    member_.lost(*this);
    member_.parts_.watcher.moved();
}

void Device::closed(unsigned code, std::string_view reason) {
    socket_.reset();
    constexpr unsigned bad_ticket = 4501, session_over = 4504, left = 4506;
    const auto was = state_;
    if (was == State::over) return;
    if (was == State::leaving) {
        if (code != left)
            member_.parts_.watcher.went_wrong(
                "goodbye was answered with " + std::to_string(code) + " " + std::string{reason});
        return be_over();
    }
    if (code == session_over) return be_over();
    if (was == State::at_door) {
        // Nobody said hello within the time.
        state_ = State::outside;
        return;
    }
    if (code >= 4500 && code != bad_ticket) {
        member_.parts_.watcher.went_wrong("the server closed with " + std::to_string(code));
        return be_over();
    }
    if (code == bad_ticket) next_ticket_.clear();
    if (was == State::up) {
        ++losses_;
        member_.parts_.watcher.went_wrong(
            "a line was lost by itself: " + std::to_string(code) + " " + std::string{reason});
    }
    state_ = State::away;
    member_.lost(*this);
    if (!member_.parts_.waits_at_random) return come_back(back_at_once);
    const auto within = back_within_ms[std::min(static_cast<std::size_t>(tries_), back_within_ms.size() - 1)];
    come_back(std::chrono::milliseconds{dice_() % static_cast<unsigned>(within)});
}

void Device::come_back(std::chrono::milliseconds delay) {
    state_ = State::away;
    ++tries_;
    const auto again = [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self || self->state_ != State::away) return;
        if (self->next_ticket_.empty())
            self->enter();
        else
            self->open(std::exchange(self->next_ticket_, {}));
    };
    if (delay.count() == 0)
        member_.parts_.loop.post(again);
    else
        member_.parts_.loop.after(delay, again);
}

void Device::be_over() {
    state_ = State::over;
    socket_.reset();
    member_.lost(*this);
    if (const auto out = std::exchange(out_, {})) out();
    member_.parts_.watcher.moved();
}

}  // namespace etakahvila::player
