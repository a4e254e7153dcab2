#pragma once

// One tab of one person: the C++ twin of the web client's line, outbox and state
// (web-client/src/connection/room_line.ts). It keeps what has no outcome, resumes with {epoch,
// seq}, sends again after each welcome and when saving is ok again, gives a silent socket up.

#include "ledger.hpp"
#include "network.hpp"

namespace etakahvila::simulation {

class Client : public std::enable_shared_from_this<Client> {
public:
    struct Parts {
        Time& time;
        testing::Chance& chance;
        Ledger& ledger;
        Wire& wire;
        const Plan& plan;
        /// Knocks at the door; the answer may never come.
        std::function<void(std::function<void(std::variant<std::string, Refusal>)>)> enter;
        /// Opens a connection; null when nobody listens.
        std::function<std::optional<Link>()> connect;
    };

    Client(Parts parts, PersonId person, Role role, int device)
        : parts_{std::move(parts)}, person_{person}, role_{role}, device_{device} {}

    void start();
    /// Once a second: gives up a line that is silent.
    void tick();

    /// Keeps the command until its outcome is known; false when it is no frame.
    bool send(const Command& command);
    /// What a client that is not ours may send.
    void send_raw(const std::string& text);
    /// Sends the oldest command that has no outcome once more.
    void send_again();
    void leave();
    /// The page is loaded anew: what is kept on its shelf stays.
    void reload();
    /// The person stays away for so long.
    void rest(Microseconds span);

    // ---- what the network does to it
    void cut(bool is_noticed);
    /// The server's process is gone: the kernel on the other side says so.
    void refused() {
        if (link_) lost(1006);
    }
    void freeze(Microseconds span, bool up, bool down);

    PersonId person() const { return person_; }
    Role role() const { return role_; }
    bool is_online() const { return is_online_; }
    bool is_ended() const { return is_ended_; }
    bool has_unsent() const { return !outbox_.empty(); }
    Seq have() const { return have_; }
    const ClientView& view() const { return view_; }
    bool has_view() const { return is_online_ && !is_snapshot_due_; }

private:
    struct Pending {
        std::string id;
        Command command;
    };

    void connect();
    void retry_later();
    void give_up(std::uint16_t code);
    void lost(std::uint16_t code);
    void hear(const Packet& packet);
    void hear(const Heard& heard);
    void send_pending();
    void post(const protocol::ClientFrame& frame);

    Parts parts_;
    PersonId person_;
    Role role_;
    int device_;
    int reloads_ = 0;
    std::int64_t count_ = 0;
    std::vector<Pending> outbox_;
    std::optional<std::string> ticket_;
    std::optional<std::string> epoch_;
    bool is_snapshot_due_ = true;
    Seq have_ = 0;
    ClientView view_;
    std::optional<Link> link_;
    /// Counted up with each line and each wait: what belongs to an earlier one is passed over.
    std::uint64_t line_ = 0;
    bool is_online_ = false;
    bool is_ended_ = false;
    bool is_entering_ = false;
    int attempt_ = 0;
    Microseconds wait_at_least_ = 0;
    Microseconds heard_at_ = 0;
};

}  // namespace etakahvila::simulation
