#pragma once

// A simulated person: comes in by an invitation as anyone does, over one connection for each of
// their devices, and does things by commands. On the loop's thread.

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/token_bucket.hpp"
#include "player/view.hpp"
#include "client/client.hpp"

namespace simdjson::dom {
class parser;
}

namespace etakahvila::player {

using Instant = std::chrono::steady_clock::time_point;
inline Instant now() { return std::chrono::steady_clock::now(); }

class Device;
class Member;

/// Who is told what happens to members. Each may be called from within the other's calls.
class Watcher {
public:
    virtual ~Watcher() = default;
    /// The device has taken a batch.
    virtual void told(Device& device, Instant at) = 0;
    /// The command's effect is durable, or it was refused.
    virtual void answered(Member& member, const protocol::Command& command, const protocol::Outcome& outcome,
        Instant sent, Instant at) = 0;
    /// Something that a well-kept promise does not let happen, in words without a name in them.
    virtual void went_wrong(std::string what) = 0;
    /// Somebody is in, out or back.
    virtual void moved() = 0;
};

class Member {
public:
    struct Parts {
        client::ClientLoop& loop;
        client::Client& client;
        Watcher& watcher;
        simdjson::dom::parser& parser;
        /// Of the link.
        std::string secret;
        std::string nickname;
        protocol::PersonId person;
        /// What tells this client's commands from those of another.
        std::uint32_t tab{};
        /// Off: comes back at once after a loss, as no client does by itself. What is measured is then the
        /// server.
        bool waits_at_random = true;
    };

    explicit Member(Parts parts);
    ~Member();
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;

    protocol::PersonId person() const { return parts_.person; }

    /// A new connection, which is not made yet.
    std::shared_ptr<Device> device(std::string name);

    using Answered = std::function<void(const protocol::Outcome&)>;
    /// Sent in order as soon as a device is up and no faster than the room allows; sent again with
    /// the same id when the line was lost or the room was busy. `answered` once.
    void ask(protocol::Command command, Answered answered = {});

    /// Commands that have no answer yet.
    std::size_t waiting() const { return queue_.size() + in_flight_.size(); }
    bool is_in() const { return up() != nullptr; }
    std::size_t devices_up() const;

    std::int64_t resent() const { return resent_; }
    std::int64_t held_back() const { return held_back_; }

private:
    friend class Device;

    struct Pending {
        std::string id;
        protocol::Command command;
        Answered answered;
        Instant sent;
        /// Null while it is to be sent again.
        const Device* by = nullptr;
        bool waits = false;
    };

    Device* up() const;
    void pump();
    void pump_later(std::chrono::milliseconds delay);
    void send(Pending& pending, Device& device);
    void take(const protocol::Outcome& outcome);
    void lost(const Device& device);

    Parts parts_;
    std::vector<std::shared_ptr<Device>> devices_;
    std::deque<Pending> queue_;
    std::map<std::string, Pending> in_flight_;
    std::int64_t last_id_{};
    base::TokenBucket pace_;
    bool pump_is_due_ = false;
    std::int64_t resent_{};
    std::int64_t held_back_{};
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

class Device : public std::enable_shared_from_this<Device> {
public:
    Device(Member& member, std::string name) : member_{member}, name_{std::move(name)}, dice_{member.parts_.tab} {}
    ~Device();

    /// Everything up to the hello, so that it can be said at its time.
    void prepare();
    /// Says hello as soon as it can; `in` when the greeting and the snapshot are there.
    void come_in(std::function<void()> in);
    /// Says goodbye; `out` when the server has closed. Nothing of this device may wait for an answer.
    void leave(std::function<void()> out);
    /// Cuts the line and takes it up again; `back` when it has told what was missed.
    void redial(std::function<void()> back);

    const std::string& name() const { return name_; }
    Member& member() const { return member_; }
    const View& view() const { return view_; }
    bool is_up() const { return state_ == State::up; }
    bool is_preparing() const { return state_ == State::entering || state_ == State::opening; }
    /// Left, or the session is over.
    bool is_over() const { return state_ == State::over; }
    protocol::Role role() const { return role_; }
    /// How often the line was lost, by redial or by itself, and how often a snapshot came in place of what was missed.
    std::int64_t losses() const { return losses_; }
    std::int64_t fresh_snapshots() const { return fresh_snapshots_; }
    /// With which it will come back; what a log must never have.
    const std::string& next_ticket() const { return next_ticket_; }
    /// The server has said on this line that it cannot save, and not yet that it can again.
    bool is_saving_stopped() const { return is_saving_stopped_; }
    /// How far somebody else's picture was when this one said goodbye; whoever leaves must have had all of that.
    std::int64_t owed{};

private:
    friend class Member;
    enum class State : std::uint8_t { outside, entering, opening, at_door, greeting, up, leaving, away, over };

    void line_cut();
    void enter();
    void open(std::string ticket);
    void hello();
    void received(std::string_view text);
    void take(const protocol::Welcome& welcome);
    void take(const protocol::Batch& batch);
    void take(const protocol::Outcome& outcome) { member_.take(outcome); }
    void take(const protocol::Saving& saving);
    void take(const protocol::Heartbeat&) {}
    void take(const protocol::LineFigures&) {}
    void take(const protocol::VoiceTicket&) {}
    void take(const protocol::VoiceOff&) {}
    void take(const protocol::Speech&) {}
    void take(const protocol::Goodbye&) {}
    void closed(unsigned code, std::string_view reason);
    void come_back(std::chrono::milliseconds delay);
    void be_over();

    Member& member_;
    std::string name_;
    State state_ = State::outside;
    bool wants_in_ = false;
    bool was_in_ = false;
    bool is_saving_stopped_ = false;
    std::shared_ptr<client::ClientSocket> socket_;
    std::string ticket_;
    std::string next_ticket_;
    View view_;
    protocol::Role role_{};
    std::function<void()> in_;
    std::function<void()> out_;
    std::int64_t losses_{};
    std::int64_t fresh_snapshots_{};
    int tries_{};
    std::minstd_rand dice_;
};

}  // namespace etakahvila::player
