#pragma once

#include <vector>

#include "domain/room/viewer.hpp"

namespace etakahvila::domain {

/// Which thing was touched by which step. The room's memory for those who come back: replaying
/// the journal makes it anew.
class ChangeLog {
public:
    /// `by`: participants, when it may look different to anyone; staff, when to the staff alone.
    void touch(Seq seq, ThingRef thing, Audience by = Audience::participants) {
        if (!touches_.empty() && touches_.back() == Touch{seq, thing, by}) return;
        touches_.push_back({seq, thing, by});
    }

    /// Each thing touched after `since` so that it may look different to the audience, once, in the
    /// order of its last touch.
    std::vector<ThingRef> since(Seq since, Audience audience = Audience::staff) const;

    /// Tells `look` of each thing that this step touched, which is the last one.
    template <class Look>
    void each_of(Seq last, Look look) const {
        for (auto touch = touches_.rbegin(); touch != touches_.rend() && touch->seq >= last; ++touch)
            look(touch->thing);
    }

private:
    struct Touch {
        Seq seq;
        ThingRef thing;
        Audience by;
        bool operator==(const Touch&) const = default;
    };
    std::vector<Touch> touches_;
};

}  // namespace etakahvila::domain
