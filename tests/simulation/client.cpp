#include "client.hpp"

#include <algorithm>

namespace etakahvila::simulation {
namespace {

constexpr Microseconds silence_max = 10 * second;
constexpr std::uint16_t code_silent = 4410;
constexpr std::uint16_t code_gap = 4409;
constexpr std::uint16_t code_bad_ticket = 4501;
constexpr std::uint16_t code_broken = 1006;

bool may_come_back(std::uint16_t code) { return code < 4500; }

}  // namespace

void Client::start() { connect(); }

void Client::connect() {
    if (is_ended_ || link_ || is_entering_) return;
    const auto line = ++line_;
    if (!ticket_) {
        is_entering_ = true;
        const auto answered = std::make_shared<bool>(false);
        parts_.enter([self = shared_from_this(), line, answered](std::variant<std::string, Refusal> answer) {
            if (self->line_ != line || std::exchange(*answered, true)) return;
            self->is_entering_ = false;
            if (const auto* refusal = std::get_if<Refusal>(&answer)) {
                // Of a cancelled day the page tells, and does not knock again.
                if (refusal->word == RefusalWord::removed || refusal->word == RefusalWord::over)
                    self->is_ended_ = true;
                else
                    self->retry_later();
                return;
            }
            self->ticket_ = std::get<std::string>(answer);
            self->connect();
        });
        // A request that is not answered is given up, as a browser's fetch is.
        parts_.time.after(8 * second, [self = shared_from_this(), line] {
            if (self->line_ != line || !self->is_entering_) return;
            self->is_entering_ = false;
            self->retry_later();
        });
        return;
    }
    link_ = parts_.connect();
    if (!link_) return retry_later();
    heard_at_ = parts_.time.now();
    link_->down->on_delivery([weak = weak_from_this(), line](const Packet& packet) {
        if (const auto self = weak.lock(); self && self->line_ == line) self->hear(packet);
    });
    protocol::Hello hello{.version = 1, .ticket = *ticket_, .resume = {}, .device = "Android, Chrome"};
    if (epoch_ && !is_snapshot_due_) hello.resume = protocol::ResumePoint{.epoch = *epoch_, .seq = have_};
    post(hello);
}

void Client::post(const protocol::ClientFrame& frame) {
    if (!link_) return;
    const auto text = text_of(frame);
    link_->up->send(text, text.size());
}

void Client::retry_later() {
    const auto longest = std::min<Microseconds>(5 * second, (250 * millisecond) << std::min(attempt_, 10));
    const auto delay = std::max(wait_at_least_, parts_.chance.number(0, longest));
    ++attempt_;
    parts_.time.after(delay, [self = shared_from_this(), line = line_] {
        if (self->line_ == line) self->connect();
    });
}

void Client::tick() {
    if (link_ && parts_.time.now() - heard_at_ >= silence_max) give_up(code_silent);
}

/// The socket is abandoned, whatever the network says.
void Client::give_up(std::uint16_t code) {
    if (!link_) return;
    link_->up->send(Closed{1000});
    lost(code);
}

void Client::lost(std::uint16_t code) {
    if (link_) link_->down->end();
    link_.reset();
    ++line_;
    is_online_ = false;
    if (is_ended_) return;
    if (code == code_bad_ticket) {
        ticket_.reset();
        return retry_later();
    }
    if (!may_come_back(code)) {
        is_ended_ = true;
        return;
    }
    retry_later();
}

void Client::hear(const Packet& packet) {
    heard_at_ = parts_.time.now();
    if (std::holds_alternative<Ping>(packet)) return link_->up->send(Ping{});
    if (const auto* closed = std::get_if<Closed>(&packet)) return lost(closed->code);
    if (const auto* frame = std::get_if<runtime::Frame>(&packet)) {
        const auto heard = parts_.wire.read(*frame);
        if (heard) hear(*heard);
    }
}

void Client::hear(const Heard& heard) {
    parts_.ledger.mix(heard.bytes * 131 + static_cast<std::uint64_t>(person_.value));
    if (const auto* welcome = std::get_if<protocol::Welcome>(&heard.frame)) {
        attempt_ = 0;
        wait_at_least_ = 0;
        ticket_ = welcome->next_ticket;
        if (epoch_ && !is_snapshot_due_ && !welcome->resumed)
            parts_.ledger.fail("D4: person " + std::to_string(person_.value) + " at step " + std::to_string(have_) +
                               " was not resumed");
        is_snapshot_due_ = !welcome->resumed;
        epoch_ = welcome->epoch;
        is_online_ = true;
        send_pending();
    } else if (const auto* batch = std::get_if<protocol::Batch>(&heard.frame)) {
        const auto have = is_snapshot_due_ ? 0 : have_;
        if (batch->to <= have && batch->to != 0) return;
        if (batch->from > have) {
            parts_.ledger.fail("D4: person " + std::to_string(person_.value) + " has " + std::to_string(have) +
                               " and was told of " + std::to_string(batch->from) + " to " + std::to_string(batch->to));
            return give_up(code_gap);
        }
        if (is_snapshot_due_) view_ = {};
        is_snapshot_due_ = false;
        auto changes = heard.changes;
        if (parts_.plan.mutation == Mutation::lost_change && changes.size() > 1 && parts_.chance.once_in(20))
            changes.pop_back();
        view_.take(changes);
        have_ = batch->to;
    } else if (const auto* outcome = std::get_if<protocol::Outcome>(&heard.frame)) {
        const auto found = std::find_if(
            outbox_.begin(), outbox_.end(), [&](const Pending& each) { return each.id == outcome->id; });
        if (found == outbox_.end()) return;
        outbox_.erase(found);
        parts_.ledger.settled(person_, *outcome);
    } else if (const auto* saving = std::get_if<protocol::Saving>(&heard.frame)) {
        if (saving->state == protocol::SavingState::ok) send_pending();
    } else if (const auto* goodbye = std::get_if<protocol::Goodbye>(&heard.frame)) {
        wait_at_least_ = goodbye->retry_after_ms.value_or(0) * millisecond;
    }
}

void Client::send_pending() {
    for (const auto& [id, command] : outbox_) {
        auto sent = id;
        if (parts_.plan.mutation == Mutation::two_answers && parts_.chance.once_in(4)) sent += "'";
        post(protocol::CommandFrame{.id = sent, .command = command});
    }
}

bool Client::send(const Command& command) {
    if (is_ended_) return false;
    const auto id = "d" + std::to_string(device_) + "p" + std::to_string(reloads_) + "-" + std::to_string(count_ + 1);
    const protocol::CommandFrame frame{.id = id, .command = command};
    // The page's own fields let nobody write what the wire does not carry.
    if (!client_frame(text_of(protocol::ClientFrame{frame}))) return false;
    ++count_;
    outbox_.push_back({id, command});
    parts_.ledger.given(person_, id, command);
    if (is_online_) post(frame);
    return true;
}

void Client::send_raw(const std::string& text) {
    if (link_ && is_online_) link_->up->send(text, text.size());
}

void Client::send_again() {
    if (!outbox_.empty() && is_online_)
        post(protocol::CommandFrame{.id = outbox_.front().id, .command = outbox_.front().command});
}

void Client::leave() {
    if (!is_online_) return;
    post(protocol::Leave{});
    rest(parts_.chance.number(1, 60) * second);
}

void Client::reload() {
    if (is_ended_) return;
    if (link_) {
        link_->up->send(Closed{1001});
        link_->down->end();
        link_.reset();
    }
    ++line_;
    is_online_ = false;
    is_entering_ = false;
    is_snapshot_due_ = true;
    epoch_.reset();
    view_ = {};
    have_ = 0;
    ++reloads_;
    count_ = 0;
    if (parts_.plan.mutation == Mutation::forgotten_outbox) outbox_.clear();
    attempt_ = 0;
    connect();
}

void Client::rest(Microseconds span) {
    if (link_) {
        link_->up->send(Closed{1001});
        link_->down->end();
        link_.reset();
    }
    const auto line = ++line_;
    is_online_ = false;
    is_entering_ = false;
    parts_.time.after(span, [self = shared_from_this(), line] {
        if (self->line_ == line) self->connect();
    });
}

void Client::cut(bool is_noticed) {
    if (!link_) return;
    const auto link = *link_;
    if (is_noticed) {
        // A reset: what was under way is gone, and both learn of it.
        link.up->reset();
        lost(code_broken);
        return;
    }
    link.up->swallow();
    link.down->swallow();
}

void Client::freeze(Microseconds span, bool up, bool down) {
    if (!link_) return;
    if (up) link_->up->freeze_until(parts_.time.now() + span);
    if (down) link_->down->freeze_until(parts_.time.now() + span);
}

}  // namespace etakahvila::simulation
