#pragma once

// One room on its worker's thread. The rules decide on what is asked. What they decide is applied and written down, and
// what is said of it waits until it is there. The rules are in domain. Who is here, what they are told, how it is with
// saving, what is being written and spoken are its parts, each in a file of its own.

#include <functional>
#include <optional>
#include <string>

#include "runtime/connections.hpp"
#include "runtime/ephemeral.hpp"
#include "runtime/figures.hpp"
#include "runtime/room_clock.hpp"
#include "runtime/room_figures.hpp"
#include "runtime/room_loop.hpp"
#include "runtime/room_saving.hpp"
#include "runtime/room_timer.hpp"
#include "runtime/room_voice.hpp"
#include "runtime/step_writer.hpp"
#include "runtime/telling.hpp"
#include "runtime/ticket_office.hpp"

namespace etakahvila::runtime {

/// At so many steps that are not yet handed to the journal, commands are refused as busy; and so much that was asked
/// waits while the room is read back: what comes then has no answer, and is sent again.
inline constexpr std::size_t undurable_steps_max = 4096;

/// What a room is opened with.
struct RoomParts {
    SessionId session;
    base::Loop& loop;
    const base::Clock& clock;
    journal::Journal& journal;
    TicketOffice& tickets;
    /// For the voice of this house; another office, so that no ticket opens the other's door.
    TicketOffice& voice_tickets;
    voice::Figures& voice_figures;
    DayKeeper keep_day{};
    /// Null: nobody counts.
    Figures* figures = nullptr;
};

/// What its host hands on (room_host.hpp), on the room's thread.
class HostedRoom {
public:
    HostedRoom(RoomLoop& loop, RoomParts parts, const journal::StoredRoom& stored);

    SessionId session() const { return parts_.session; }
    const domain::Room& room() const { return room_; }
    const RoomClock& clock() const { return clock_; }
    Connections& connections() { return connections_; }
    Ephemeral& ephemeral() { return ephemeral_; }
    const Ephemeral& ephemeral() const { return ephemeral_; }
    RoomVoice& voice() { return voice_; }

    /// The server has started with the room. What is due by then is due by this plan, not by the one of the room's last
    /// step: a day that was moved meanwhile opens no doors.
    void begin(std::optional<domain::SessionPlan> plan);
    void plan(domain::SessionPlan plan);
    /// How work stands in the records. What the room does not know becomes a step.
    void know_work(domain::KnowWork work);
    /// Which carried questions come up by now: what the room does not know becomes steps.
    void know_carried(domain::KnowCarried carried);

    using OutsideAnswer = std::function<void(std::optional<protocol::Refusal>)>;
    void take_from_outside(const domain::Input& input, const OutsideAnswer& answer);
    /// `asked_at`: when it was read, for the figures.
    void command(ConnectionId connection, std::string command_id, std::optional<protocol::Command> command,
        base::Instant asked_at);

    using Look = std::function<base::Task(const domain::Room&)>;
    void show(const Look& look);
    /// As it is, be it saved or not.
    RoomFigures figures() const;

    /// Does what is due, also by a wall's clock that was set. False when nothing can be done now.
    bool time_passes();

    void arrive_voice(VoiceArrival arrival);
    void journal_changed();
    void shut_down(std::int64_t retry_after_ms, const base::Task& done);
    bool may_rest() const;
    void rest() { connections_.shut(); }

private:
    void take_plan(domain::SessionPlan plan);
    /// Decides, applies and writes down. An empty step is not kept.
    domain::Outcome step(const domain::Input& input);
    void answer(
        ConnectionId connection, const std::string& command_id, const domain::Outcome& outcome, base::Instant asked_at);
    /// All that there is to tell, in one parcel.
    void tell();

    /// What could not be saved never happened: the room is read back as it is on stable storage.
    void start_over();
    void read_back();
    void go_on(ReadBack& back);
    /// What can be saved is not what it was: everybody is told, and what had to wait is done.
    void saves_anew();
    /// The room knows who is here, what was planned, what comes up, and how work stands.
    void catch_up();

    RoomLoop& loop_;
    const RoomParts parts_;
    domain::Room room_;
    const RoomClock clock_;

    RoomSaving saving_;
    StepWriter writer_;
    Connections connections_;
    Ephemeral ephemeral_;
    Telling telling_;
    RoomVoice voice_;
    RoomTimer timer_;

    /// What is planned, and may not be saved yet.
    std::optional<domain::SessionPlan> plan_;
    /// What the records knew when the room was opened, until the room has it on stable storage.
    std::optional<domain::KnowWork> work_;
    /// What comes up, and may not be saved yet.
    std::optional<domain::KnowCarried> carried_;
};

}  // namespace etakahvila::runtime
