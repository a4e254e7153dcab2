#pragma once

// What the outside world knows: what was asked, what was appended, what is durable by the disk's
// own account, what was said to whom, who was connected when. It is asked after each step whether
// the promises D1 to D7 hold, and keeps the first that does not.

#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "plan.hpp"
#include "domain/room/room.hpp"
#include "journal/journal.hpp"
#include "wire.hpp"

namespace etakahvila::simulation {

using namespace domain;

class WorkLedger;

class Ledger {
public:
    /// It is told of each durable step, and of what stands in frames.
    void follow_by(WorkLedger& work) { work_ = &work; }

    // ---- what the journal was given, and what the disk made of it

    void appended(const std::vector<Step>& steps);
    /// The store says that all that was appended is durable; `is_on_disk`: the disk says so too.
    void committed(bool is_on_disk);
    /// The store has refused what was appended. Uncertain: after a failed fsync it may be there all the same.
    void refused(bool is_certain);
    /// What a new process reads back.
    void loaded(const journal::StoredRoom& stored);

    // ---- what was asked, and said

    void given(PersonId person, const std::string& id, const Command& command);
    void said(PersonId person, Role role, const Heard& heard);
    /// A client takes the outcome as the answer to its command.
    void settled(PersonId person, const protocol::Outcome& outcome);

    // ---- who was connected

    void connected(PersonId person, ConnectionId connection, RoomTime at);
    void disconnected(ConnectionId connection, RoomTime at);

    // ---- questions

    /// The person's client holds `view` as of step `have`.
    void check_view(PersonId person, Role role, Seq have, const ClientView& view);
    void check_attendance();
    /// What the person is given when they turn back over HTTP.
    void check_older_messages(PersonId person, Role role, std::int64_t before);
    /// Nothing is under way any more: every command given has one answer, and was done as often as it says.
    void check_end();

    void fail(const std::string& promise);
    const std::optional<std::string>& broken() const { return broken_; }

    /// Whether a call for help of the person is on stable storage, whatever has become of it since.
    bool has_called(PersonId person) const { return called_.contains(person); }
    /// The room as it is on stable storage.
    const Room& room() const { return room_; }
    Seq durable() const { return room_.seq; }
    std::uint64_t hash() const { return hash_; }
    std::int64_t acknowledged() const { return acknowledged_; }
    std::int64_t checks() const { return checks_; }
    const Hidden& hidden() const { return hidden_; }
    void mix(std::uint64_t number) { hash_ = (hash_ ^ number) * 0x100000001B3ULL; }

    bool is_attendance_known() const { return is_attendance_known_; }
    /// From now on the day's attendance is known to the ledger less exactly than to within a blink.
    void forget_attendance() { is_attendance_known_ = false; }

private:
    void take(const Step& step);
    void check_ballots(const journal::StoredRoom& stored);
    void check_step(const Room& before, const Step& step);
    void check_room(const Step& step);
    void check_privacy(PersonId person, Role role, const Heard& heard);
    /// Nobody but its author and the staff is told a word of a message that was never published, or
    /// has been taken back, in whatever thing; `as_of`: the step that what is told shows.
    void check_words(PersonId person, Role role, const std::vector<std::int64_t>& marks, Seq as_of);
    void note_words(const Step& step);

    struct Known {
        std::uint64_t hash{};
        PersonId member;
        std::string command;
        std::string outcome;
    };
    struct Context {
        Command command;
        /// The seq of the step that did it.
        Seq done_at{};
        std::optional<std::string> said;
        bool is_settled{};
        bool was_settled_as_done{};
    };
    struct Stay {
        PersonId person;
        ConnectionId connection;
        RoomTime from;
        std::optional<RoomTime> to;
        /// As the network knows it; it counts when the journal has it.
        std::optional<RoomTime> ended;
        bool is_on_record{};
        bool by_outage{};
    };
    /// One message with a mark in it.
    struct MarkedMessage {
        PersonId author;
        Channel channel{};
        std::optional<Seq> published;
        std::optional<Seq> retracted;
    };
    struct Outage {
        RoomTime from;
        RoomTime to;
    };

    Room room_;
    std::vector<Known> steps_;
    std::vector<Step> pending_;
    std::vector<Step> doubtful_;
    std::map<std::pair<PersonId, std::string>, Context> asked_;
    std::unordered_set<std::string> done_;
    std::vector<Stay> stays_;
    std::map<ConnectionId, std::size_t> open_;
    std::vector<Outage> outages_;
    std::map<MessageId, MarkedMessage> words_;
    std::map<std::int64_t, std::vector<MessageId>> marked_;
    Hidden hidden_;
    std::optional<RoomTime> down_since_;
    std::optional<std::string> broken_;
    std::uint64_t hash_ = 0xCBF29CE484222325ULL;
    std::int64_t acknowledged_ = 0;
    std::int64_t checks_ = 0;
    bool is_attendance_known_ = true;
    std::set<PersonId> called_;
    WorkLedger* work_ = nullptr;
};

}  // namespace etakahvila::simulation
