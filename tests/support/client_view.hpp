#pragma once

// What a client of the room holds: things, put and dropped (protocol/room.md, "Things and
// changes"). The twin of the browser's state, and what tests look at.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "domain/room/viewer.hpp"

namespace etakahvila::testing {

using domain::ThingRef;

/// The thing that a change is about.
ThingRef thing_of(const protocol::Change& change);

class ClientView {
public:
    ClientView() = default;
    explicit ClientView(const std::vector<protocol::Change>& snapshot) { take(snapshot); }

    /// Put, or drop; then only the newest messages are kept.
    void take(const std::vector<protocol::Change>& changes);
    /// The same, of changes that many clients hold.
    using Shared = std::shared_ptr<const protocol::Change>;
    void take(const std::vector<Shared>& changes);

    bool operator==(const ClientView& other) const;

    /// The thing of this kind and id; null when the client has none.
    template <class Thing>
    const Thing* find(protocol::ChangeKind kind, std::int64_t id = 0) const {
        const auto found = things_.find({kind, id});
        return found == things_.end() ? nullptr : &std::get<Thing>(*found->second);
    }
    template <class Thing>
    std::vector<const Thing*> all() const& {
        std::vector<const Thing*> found;
        for (const auto& [ref, thing] : things_) {
            if (const auto* is = std::get_if<Thing>(thing.get())) found.push_back(is);
        }
        return found;
    }
    /// Of a view that is gone at once: things, not pointers into it.
    template <class Thing>
    std::vector<Thing> all() && {
        return copies_of(std::as_const(*this).template all<Thing>());
    }

    const protocol::RoomInfo* room() const { return find<protocol::RoomInfo>(protocol::ChangeKind::room); }
    const protocol::Agenda* agenda() const { return find<protocol::Agenda>(protocol::ChangeKind::agenda); }
    const protocol::FloorInfo* floor() const { return find<protocol::FloorInfo>(protocol::ChangeKind::floor); }
    const protocol::Turn* turn() const { return find<protocol::Turn>(protocol::ChangeKind::turn); }
    const protocol::Round* round() const { return find<protocol::Round>(protocol::ChangeKind::round); }
    const protocol::ChatInfo* chat() const { return find<protocol::ChatInfo>(protocol::ChangeKind::chat); }
    const protocol::TurnText* turn_text(protocol::TurnId id) const {
        return find<protocol::TurnText>(protocol::ChangeKind::turn_text, id.value);
    }
    const protocol::Checkpoint* checkpoint() const {
        return find<protocol::Checkpoint>(protocol::ChangeKind::checkpoint);
    }
    const protocol::Person* person(protocol::PersonId id) const {
        return find<protocol::Person>(protocol::ChangeKind::person, id.value);
    }
    const protocol::FloorRequest* request(protocol::RequestId id) const {
        return find<protocol::FloorRequest>(protocol::ChangeKind::floor_request, id.value);
    }
    const protocol::Contribution* contribution(protocol::PersonId id) const {
        return find<protocol::Contribution>(protocol::ChangeKind::contribution, id.value);
    }
    const protocol::Message* message(protocol::MessageId id) const {
        return find<protocol::Message>(protocol::ChangeKind::message, id.value);
    }
    const protocol::ReviewItem* review_item(protocol::MessageId id) const {
        return find<protocol::ReviewItem>(protocol::ChangeKind::review_item, id.value);
    }
    const protocol::HelpMessage* help_line(protocol::HelpMessageId id) const {
        return find<protocol::HelpMessage>(protocol::ChangeKind::help_line, id.value);
    }
    const protocol::HelpRequest* help(protocol::HelpId id) const {
        return find<protocol::HelpRequest>(protocol::ChangeKind::help_request, id.value);
    }
    const protocol::AttendanceRow* attendance(protocol::PersonId id) const {
        return find<protocol::AttendanceRow>(protocol::ChangeKind::attendance_line, id.value);
    }

    /// The waiting list as a client orders it: replies first, then those in the line-up, in its
    /// order, then the rest by id.
    std::vector<const protocol::FloorRequest*> queue() const&;
    std::vector<protocol::FloorRequest> queue() && { return copies_of(std::as_const(*this).queue()); }
    /// The messages by place.
    std::vector<const protocol::Message*> messages() const&;
    std::vector<protocol::Message> messages() && { return copies_of(std::as_const(*this).messages()); }

    /// What differs, as JSON, one thing a line: for a person to read when a law is broken.
    std::string difference(const ClientView& other) const;

private:
    template <class Thing>
    static std::vector<Thing> copies_of(const std::vector<const Thing*>& things) {
        std::vector<Thing> copies;
        for (const auto* thing : things) copies.push_back(*thing);
        return copies;
    }
    void put(const Shared& change);
    void drop(ThingRef thing);
    void take_out(const protocol::Message& message);

    std::map<ThingRef, Shared> things_;
    /// In order of place, then id.
    std::vector<std::pair<std::int64_t, std::int64_t>> messages_;
};

}  // namespace etakahvila::testing
