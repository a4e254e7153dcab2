#pragma once

// A room that lives: simulated people play a recorded meeting into it, over and over, beside
// whoever comes in by a link.
//
// - The meeting's beginning goes by quickly; from its lively part on it runs at its real speed.
// - The simulated facilitator gives the floor, and steps back for a minute whenever somebody else
//   has done a facilitator's work. A turn of a real person is given time.
// - The simulated moderator is slow, so that a newcomer can be first.
// - Two polls are made ahead; when one is opened the simulated people answer it.

#include <set>

#include "demo/day_work.hpp"
#include "player/coordinator.hpp"
#include "player/member.hpp"
#include "player/script.hpp"
#include "player/made_up_text.hpp"

namespace etakahvila::demo {

class Cafe final : public player::Watcher {
public:
    struct Parts {
        client::ClientLoop& loop;
        client::Client& client;
        player::Invited facilitator;
        player::Invited moderator;
        protocol::SessionId session;
        protocol::AssignmentId assignment;
        /// At least as many as the meeting has people.
        std::vector<player::Invited> participants;
    };

    Cafe(Parts parts, player::Script script);
    ~Cafe() override;

    /// `live` once, when the session is live.
    void open(std::function<void()> live);

    void told(player::Device& device, player::Instant at) override;
    void answered(player::Member& member, const protocol::Command& command, const protocol::Outcome& outcome,
        player::Instant sent, player::Instant at) override;
    void went_wrong(std::string what) override;
    void moved() override {}

private:
    struct Guest {
        std::unique_ptr<player::Member> member;
        std::map<std::string, std::shared_ptr<player::Device>> up;
    };

    std::unique_ptr<player::Member> make_member(const player::Invited& invited, std::string name);
    void prepare_room(std::function<void()> live);
    bool is_live() const;

    void tick();
    void play_due();
    void begin_meeting();
    void end_meeting();
    /// When something of the meeting happens, after its beginning.
    static std::chrono::milliseconds time_of(std::chrono::milliseconds t);

    void play(const player::Arrive& arrive);
    void play(const player::Depart& depart);
    void play(const player::Redial& redial);
    void play(const player::Say& say);
    void play(const player::Ask& ask);
    void play(const player::Withdraw& withdraw);
    void play(const player::Grant& grant);
    void play(const player::Look&) {}

    std::string next_sentence();
    Guest* somebody();
    bool is_ours(protocol::PersonId person) const { return ours_.contains(person); }

    void lead();
    void give_floor();
    void notice_other_hands(const player::View& view);
    void moderate();
    void need_help();
    void make_polls();
    void answer_poll();

    Parts parts_;
    player::Script script_;
    player::MadeUpText dice_{2020};
    DayWork work_;
    std::unique_ptr<simdjson::dom::parser> parser_;

    std::unique_ptr<player::Member> facilitator_;
    std::unique_ptr<player::Member> moderator_;
    std::vector<Guest> guests_;
    std::set<protocol::PersonId> ours_;
    std::shared_ptr<player::Device> chair_;
    std::shared_ptr<player::Device> desk_;

    player::Instant began_{};
    std::size_t next_{};
    bool is_playing_ = false;
    bool is_beginning_ = false;
    std::vector<std::size_t> deck_;

    /// What the facilitator has seen, and when somebody else last did a facilitator's work.
    std::optional<protocol::TurnId> turn_;
    std::optional<protocol::PersonId> speaker_;
    player::Instant turn_since_{};
    std::chrono::seconds turn_wish_{};
    std::optional<protocol::FloorInfo> floor_;
    std::optional<player::Instant> other_hands_at_;
    /// The steps of our own commands that touch the floor.
    std::set<std::int64_t> own_steps_;
    bool is_granting_ = false;
    player::Instant queue_idle_since_{};

    /// When what waits for a moderator was first seen.
    std::map<std::int64_t, player::Instant> held_since_;
    std::map<std::int64_t, player::Instant> help_since_;
    std::set<std::pair<std::int64_t, int>> tried_;
    player::Instant next_help_{};
    player::Instant next_link_{};
    /// Which poll each has answered last.
    std::map<protocol::PersonId, protocol::PollId> polled_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace etakahvila::demo
