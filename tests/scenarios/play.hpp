#pragma once

// A play while it is played: a room, the people by their names, and what came of the last thing
// that was asked.

#include <functional>
#include <map>
#include <set>
#include <string>

#include "scenarios/sentences.hpp"
#include "support/room_driver.hpp"

namespace etakahvila::testing {

class Play;

/// What one person sees of the room, as their client holds it.
struct Sight {
    const Play& play;
    std::string name;
    std::optional<PersonId> person;
    ClientView view;

    const Turn& turn() const;
    const FloorRequest& request(PersonId beneficiary) const;
    const Person& of(PersonId person) const;
    const Message& message(const std::string& text) const;
    const HelpRequest& help(PersonId person) const;
    const AttendanceRow& attendance(PersonId person) const;
};

class Play {
public:
    /// Before the first thing happens the plan may still be changed.
    SessionPlan& plan();
    RoomDriver& room();
    const RoomDriver& room() const { return *room_; }

    // ---- people

    PersonId person(std::string name) const;
    std::string name(PersonId person) const;
    /// A name that has not been used yet: expected, whether they come or not.
    PersonId newcomer(const std::string& name);
    bool is_known(const std::string& name) const { return people_.contains(name); }
    /// The first person of the role; for sentences that do not say who did it.
    PersonId someone(Role role) const;
    /// One of the staff.
    PersonId staff() const;
    /// A connection that was opened under a name of its own: "phone".
    std::map<std::pair<PersonId, std::string>, ConnectionId> devices;

    // ---- what happens

    /// Does it; what was refused must be said by the next sentence.
    void happen(const std::function<void()>& what);
    void ask(PersonId person, Command command);
    void keep(Answer answer) { last_ = std::move(answer); }
    const Answer& last() const { return last_; }
    /// The last refusal has been told.
    void refusal_was_told() const { refusal_told_ = true; }
    /// Nothing refused has been left unsaid.
    void end();

    // ---- what things are called

    std::map<std::string, MessageId> messages;
    std::map<std::string, ParkedId> parked;
    /// What comes up in this session, as the records have it.
    std::vector<CarriedQuestion> carried;
    std::map<PersonId, RequestId> requests;
    std::map<PersonId, HelpId> helps;
    std::map<std::string, PollId> polls;
    std::optional<TurnId> earlier_turn;
    MessageId message(const std::string& text) const;
    RequestId request(PersonId beneficiary) const;
    HelpId help(PersonId person) const;
    TurnId turn() const;
    std::int64_t review_version(const std::string& text) const;

    // ---- looking

    std::vector<Sight> sights_of(std::string viewers) const;
    Sight sight_of_staff() const;

private:
    void check_streams();

    SessionPlan plan_ = usual_plan();
    std::optional<RoomDriver> room_;
    std::map<std::string, PersonId> people_;
    Answer last_;
    bool refusal_pending_ = false;
    mutable bool refusal_told_ = false;
    /// What each person's client holds, had it been connected all the time.
    std::map<PersonId, std::pair<Seq, ClientView>> streams_;
};

template <class T>
void expect_same(const T& is, const T& should, const std::string& what) {
    if (is == should) return;
    if constexpr (std::is_same_v<T, std::string>)
        fail_play(what + " is \"" + is + "\"");
    else if constexpr (base::NamedEnum<T>)
        fail_play(what + " is " + std::string{base::name_of(is)});
    else if constexpr (std::is_same_v<T, base::Milliseconds>)
        fail_play(what + " is " + std::to_string(is.count()) + " ms");
    else
        fail_play(what + " is " + std::to_string(is));
}

inline void expect(bool claim, const std::string& otherwise) {
    if (!claim) fail_play(otherwise);
}

}  // namespace etakahvila::testing
