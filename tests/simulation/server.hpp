#pragma once

// One process of the server: the real store, host, hubs, tickets and gate, and of the transport
// a twin that keeps its rules (hello, early commands, beats, silence, slow readers) without sockets.

#include <functional>
#include <vector>

#include "ledger.hpp"
#include "network.hpp"
#include "other_door.hpp"
#include "journal/sqlite_store.hpp"
#include "runtime/room_host.hpp"
#include "support/simulated_disk.hpp"

namespace etakahvila::simulation {

inline constexpr SessionId session{7};
inline constexpr std::size_t waiting_bytes_max = 256 * 1024;
inline constexpr std::size_t socket_bytes = 64 * 1024;

/// What outlives a process.
struct Surroundings {
    const Plan& plan;
    Time& time;
    testing::Chance& chance;
    testing::SimulatedDisk& disk;
    Ledger& ledger;
    Wire& wire;
    const SessionPlan& session_plan;
    /// How long the disk takes for a commit now.
    std::function<Microseconds()> commit_takes;
    /// Called before each effect of the process; it may end the process.
    std::function<void()> on_effect;

    // ---- of a day with work
    WorkLedger& work;
    PersonalLinks& links;
    std::function<Role(std::int64_t)> role_of;
};

class Process {
public:
    /// Starts on what is on the disk. `alive` becomes false when it is killed, at any effect: from
    /// then on nothing leaves. To be destroyed when nothing of it runs. Throws when it cannot be opened.
    Process(const Surroundings& around, std::shared_ptr<const bool> alive);
    ~Process();

    bool is_alive() const { return *alive_; }

    /// The door: as POST /api/enter. The ticket, or a refusal; nothing is answered by a dead process.
    using Answer = std::function<void(std::variant<std::string, Refusal>)>;
    void enter(PersonId person, Role role, const std::string& name, Answer answer);

    /// As POST /api/door/help: whoever cannot get in calls for help. Nothing, or a refusal; a dead process does not
    /// answer.
    void ask_at_door(AskAtDoor asks, std::function<void(std::optional<Refusal>)> answer);

    /// As over HTTP. A dead process does not answer.
    void ask(net::Request request, net::Answer answer);
    /// The rows, when what is in them can be believed; null where there are none.
    const records::Database* rows() const;

    /// A connection that a client has opened.
    void accept(const Link& link);

    /// SIGTERM: all say goodbye; `done` when it is durable and told.
    void shut_down(base::Task done);

    std::size_t seats() const { return hubs_[0]->seat_count() + hubs_[1]->seat_count(); }
    std::size_t lines_in_room() const;
    journal::Saves saves() const { return store_->saves(); }
    std::int64_t delivered() const { return delivered_; }

private:
    class Line;
    class Recorder;
    friend class Line;

    void open_day();
    bool effect();
    void beat();
    void commit();

    Surroundings around_;
    std::shared_ptr<const bool> alive_;
    std::array<std::unique_ptr<Loop>, 2> loops_;
    std::unique_ptr<journal::SqliteStore> store_;
    std::unique_ptr<Recorder> journal_;
    runtime::TicketOffice tickets_;
    runtime::TicketOffice voice_tickets_;
    voice::Figures voice_figures_;
    std::array<std::shared_ptr<runtime::Hub>, 2> hubs_;
    /// Where the day has work.
    std::unique_ptr<OtherDoor> door_;
    std::shared_ptr<runtime::RoomHost> host_;
    std::vector<std::shared_ptr<Line>> lines_;
    std::size_t accepted_ = 0;
    std::int64_t delivered_ = 0;
    int seconds_ = 0;
    bool skips_one_ = false;
    /// What the staff alone were shown last, for a mutation that shows it to the others.
    std::optional<protocol::ParkedQuestion> for_staff_;
    std::shared_ptr<bool> is_here_ = std::make_shared<bool>(true);
};

}  // namespace etakahvila::simulation
