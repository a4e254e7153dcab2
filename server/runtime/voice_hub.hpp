#pragma once

// The sockets of voice that one worker serves, by room. A room gives each worker one frame, and
// the hub hands the same bytes to all who listen.

#include <memory>
#include <unordered_map>
#include <vector>

#include "base/loop.hpp"
#include "runtime/voice_line.hpp"

namespace etakahvila::runtime {

/// On the worker's own thread, but for `loop`.
class VoiceHub : public std::enable_shared_from_this<VoiceHub> {
public:
    struct Seat {
        voice::VoiceId voice{};
        protocol::PersonId person;
        bool listens{};
        std::weak_ptr<VoiceLine> line;
    };

    explicit VoiceHub(base::Loop& loop) : loop_{loop} {}

    base::Loop& loop() { return loop_; }

    void seat(protocol::SessionId session, Seat seat) { rooms_[session].push_back(std::move(seat)); }

    void unseat(protocol::SessionId session, voice::VoiceId voice) {
        const auto room = rooms_.find(session);
        if (room == rooms_.end()) return;
        std::erase_if(room->second, [voice](const Seat& seat) { return seat.voice == voice; });
        if (room->second.empty()) rooms_.erase(room);
    }

    std::shared_ptr<VoiceLine> line(protocol::SessionId session, voice::VoiceId voice) const {
        const auto room = rooms_.find(session);
        if (room == rooms_.end()) return nullptr;
        for (const auto& seat : room->second) {
            if (seat.voice == voice) return seat.line.lock();
        }
        return nullptr;
    }

    /// A frame of this person, for all others; `introduction` goes before it when there is one.
    void pass_on(
        protocol::SessionId session, protocol::PersonId speaker, const Frame& introduction, const Frame& frame) const {
        const auto room = rooms_.find(session);
        if (room == rooms_.end()) return;
        for (const auto& seat : room->second) {
            if (!seat.listens) continue;
            const auto line = seat.line.lock();
            if (!line) continue;
            if (introduction) line->say(introduction);
            if (seat.person != speaker) line->hear(frame);
        }
    }

private:
    base::Loop& loop_;
    std::unordered_map<protocol::SessionId, std::vector<Seat>> rooms_;
};

}  // namespace etakahvila::runtime
