#pragma once

// What the demo's people do of the day's work beside the room: three return the assignment, one of whom asks for a
// call; one is answered, the others wait for a newcomer. When feedback is opened they give it.

#include <set>

#include "player/coordinator.hpp"
#include "player/made_up_text.hpp"
#include "player/view.hpp"

namespace etakahvila::demo {

class DayWork {
public:
    struct Parts {
        client::ClientLoop& loop;
        client::Client& client;
        protocol::SessionId session;
        protocol::AssignmentId assignment;
        player::Invited facilitator;
        std::vector<player::Invited> participants;
    };

    explicit DayWork(Parts parts) : parts_{std::move(parts)} {}

    /// When the assignment is open. `ready` once, when those who return at first have.
    void begin(std::function<void()> ready);
    /// Each has so been in the room that they may say how it was.
    void came(std::size_t participant) { were_there_.insert(participant); }
    void look_at(const player::View& view);

private:
    template <class Body>
    void post(const std::string& target, const Body& body, const std::string& secret, std::function<void()> then);
    void give_in(std::size_t number, std::function<void()> then);
    void answer(std::size_t number, std::function<void()> then);

    Parts parts_;
    player::MadeUpText dice_{2027};
    std::set<std::size_t> were_there_;
    std::set<std::size_t> gave_feedback_;
};

}  // namespace etakahvila::demo
