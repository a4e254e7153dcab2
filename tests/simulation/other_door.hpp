#pragma once

// What is asked over HTTP, in the simulated process: the real API with its links and permissions, the real directory of
// rooms and keeper of the feedback, over the rows of the real store on the simulated disk. Without threads: what a pool
// would do is done a little later, by the simulation's own time.

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "time.hpp"
#include "work_ledger.hpp"
#include "api/step_rows.hpp"
#include "journal/sqlite_store.hpp"
#include "net/http_exchange.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::simulation {

/// By whose link each person asks. Made once, with the session.
using PersonalLinks = std::map<PersonId, std::string>;
/// Whose link is the coordinator's key.
inline constexpr PersonId nobody{};

class OtherDoor {
public:
    struct Parts {
        const Plan& plan;
        Time& time;
        testing::Chance& chance;
        WorkLedger& work;
        PersonalLinks& links;
        std::function<Role(std::int64_t)> role_of;
        journal::SqliteStore& store;
        journal::Journal& journal;
        base::Loop& loop;
        runtime::TicketOffice& tickets;
        runtime::TicketOffice& voice_tickets;
        voice::Figures& voice_figures;
        std::shared_ptr<const bool> alive;
    };

    /// The tables are brought up to date, and the session is planned where there is none. Throws when the disk is dead.
    explicit OtherDoor(Parts parts);
    ~OtherDoor();
    OtherDoor(const OtherDoor&) = delete;
    OtherDoor& operator=(const OtherDoor&) = delete;

    std::shared_ptr<runtime::RoomHost> open_room();

    /// A dead process does not answer.
    void ask(net::Request request, net::Answer answer);
    /// Once a second: what the house's own threads look for.
    void look_at_clock();
    /// As when the server is stopped: what waits to be kept is kept.
    void close();

    const records::Database& reader() const;

private:
    struct Inside;
    void make_day();
    void pump();

    Parts parts_;
    api::StepRows step_rows_;
    std::unique_ptr<Inside> inside_;
    std::shared_ptr<bool> is_here_ = std::make_shared<bool>(true);
};

}  // namespace etakahvila::simulation
