#pragma once

#include <variant>

#include "domain/room/ballot.hpp"
#include "domain/room/rules.hpp"

namespace etakahvila::domain {

using EventList = OfAllRules<EventsOf>;
using AnyEvent = boost::mp11::mp_rename<EventList, std::variant>;

/// Something that happened in the room. Event names are never reused; an event once stored is
/// understood for ever. What a variant of so many does with each of them is compiled once, in event.cpp, and not in
/// every file that holds one.
class Event : public AnyEvent {
public:
    using AnyEvent::AnyEvent;
    Event();
    Event(const Event&);
    Event(Event&&) noexcept;
    Event& operator=(const Event&);
    Event& operator=(Event&&) noexcept;
    ~Event();

    const AnyEvent& any() const { return *this; }
};

/// One step of the room, as the journal keeps it: what was asked and what came of it. A refusal
/// is a step too, so that a repeat gets the same answer.
struct Step {
    Seq seq{};
    Stamp stamp;
    /// Who asked, and by which command id; not there for the server's own steps.
    std::optional<PersonId> member;
    std::string command;
    std::optional<Refusal> refusal;
    std::vector<Event> events;
    /// What is kept beside the step, and is no part of its record.
    std::optional<Ballot> ballot{};
};

}  // namespace etakahvila::domain
