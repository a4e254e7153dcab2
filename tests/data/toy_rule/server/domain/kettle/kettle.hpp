#pragma once

// The coffee of the café: anyone in the room puts the kettle on, and everyone sees when it is ready.

#include "domain/kettle/events.hpp"
#include "domain/room/rule.hpp"

namespace etakahvila::domain {

class Decision;

inline constexpr Milliseconds kettle_boils_for{4 * 60'000};

struct KettleOn {
    PersonId by;
    RoomTime since;
    bool is_ready{};
};

Decision decide(const Room&, const Context&, const PutKettleOn&);

class KettleRule final : public Rule {
public:
    struct State {
        std::optional<KettleOn> kettle;
    };
    using Events = KettleEvents;
    static constexpr std::array shows{ChangeKind::kettle};

    void add_due(const Room&, const Stamp&, std::vector<Event>& out) const override;
    std::optional<RoomTime> next_due(const Room&) const override;
    void clear(Room&, const Context&) const override;

    void add_things(const Room&, const Viewer&, std::vector<ThingRef>& out) const override;
    std::optional<Change> see(const Room&, ThingRef, const Viewer&) const override;
};

}  // namespace etakahvila::domain
