#pragma once

// What the room has to say: a greeting to newcomers, one batch of what has changed to each audience, answers and
// goodbyes to single connections. It is gathered until the room says that now is the time, and is one parcel then:
// the parcel leaves when all that it tells of is durable, or never; then something else is done in its place.

#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/loop.hpp"
#include "domain/room/room.hpp"
#include "runtime/arrival.hpp"
#include "runtime/hub.hpp"
#include "runtime/present.hpp"
#include "runtime/room_clock.hpp"
#include "runtime/room_saving.hpp"
#include "runtime/speech_board.hpp"
#include "runtime/ticket_office.hpp"

namespace etakahvila::runtime {

/// A message of the server, encoded.
Frame frame_of(const protocol::ServerFrame& frame);

/// On the room's thread, and so is what it hands out.
class Telling {
public:
    /// What it tells of, and what a welcome has in it. They stay where they are.
    struct Parts {
        SessionId session;
        std::string epoch;
        const RoomClock& clock;
        TicketOffice& tickets;
        const Present& present;
        const RoomSaving& saving;
        const SpeechBoard& speech;
        /// Null: nobody counts.
        Figures* figures = nullptr;
    };

    /// All that is up to step `told` has been told.
    Telling(Parts parts, domain::Seq told);

    // ---- what is to be in the next parcel

    /// The greeting of one who is here now: welcome, and all that they missed.
    void greet(ConnectionId connection, Arrival arrival) { arriving_.push_back({connection, std::move(arrival)}); }

    /// To one connection, that is here or says goodbye. `asked_at`: of an answer, for the figures.
    void tell(ConnectionId connection, Frame frame, std::optional<base::Instant> asked_at = {}) {
        directs_.push_back({connection, std::move(frame), asked_at});
    }
    void tell_staff(const Frame& frame);
    /// To everyone how it is with saving, and to the staff why.
    void tell_saving();

    /// To everyone, beside the room's steps.
    void speak(Frame frame) { spoken_.push_back(std::move(frame)); }

    /// To one who is still here, that they are hung up. False when they have not been greeted: they are hung up at
    /// once then.
    bool say_goodbye(ConnectionId connection, CloseCode code, std::int64_t retry_after_ms);

    /// One of them is run: `saved` after all else in the parcel, or `dropped`.
    void when_told(base::Task saved, base::Task dropped);

    // ---- the parcel

    struct Parcel {
        base::Task leave;
        /// In its place, when what it tells of could not be saved; empty when there is nothing to be done. Who was
        /// coming in is greeted with the next parcel; who went is hung up, and who was removed has not been.
        base::Task undo;
    };
    /// All that there is to tell, of the room as it is.
    Parcel gather(const domain::Room& room);

    /// What was for the next parcel, and not of the room as it is on stable storage, is not told: its answers are not
    /// known, or are asked for again. What is to be done in its place.
    base::Task drop();

    /// The room is as it was at step `seq` again. Where some have been told of more (not `is_whole`), nobody goes on
    /// from what they were told.
    void go_back(domain::Seq seq, bool is_whole);

private:
    struct Arriving {
        ConnectionId connection;
        Arrival arrival;
    };
    using Closings = std::vector<Delivery::Closing>;
    using BatchEnds = std::array<domain::Seq, domain::all_audiences.size()>;
    using Things = std::array<std::vector<domain::ThingRef>, domain::all_audiences.size()>;

    /// One delivery for each hub to which there is something to say.
    class Deliveries {
    public:
        Delivery& to(const std::shared_ptr<Hub>& hub);
        void deliver(SessionId session) const;

    private:
        std::vector<std::pair<std::shared_ptr<Hub>, std::shared_ptr<Delivery>>> all_;
    };

    void tell_changes(const domain::Room& room, Deliveries& deliveries);
    void tell_personal_changes(const domain::Room& room, const Things& things, const BatchEnds& before,
        const std::array<Frame, domain::all_audiences.size()>& shared, Deliveries& deliveries) const;
    void seat_newcomers(const domain::Room& room, Deliveries& deliveries) const;
    std::vector<Frame> greeting_of(const domain::Room& room, const Arriving& arriving) const;
    void count_coming(bool has_been_here, bool resumes) const;
    /// Of one who is here, or goes with the next parcel; null when neither.
    std::shared_ptr<Hub> hub_of(ConnectionId connection) const;
    base::Task undo_of(std::vector<Arriving> arriving, std::vector<base::Task> dropped);

    const Parts parts_;

    std::vector<Arriving> arriving_;
    std::vector<Delivery::Direct> directs_;
    std::vector<Frame> spoken_;
    Closings closing_;
    std::map<ConnectionId, std::shared_ptr<Hub>> gone_;
    std::vector<base::Task> when_saved_;
    std::vector<base::Task> when_dropped_;

    /// The step up to which all have been told, and that at which each audience's last batch ended.
    domain::Seq told_{};
    BatchEnds last_batch_{};
    /// The same, of what has left.
    BatchEnds last_batch_told_{};
};

}  // namespace etakahvila::runtime
