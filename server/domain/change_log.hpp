#pragma once

#include <vector>

#include "domain/viewer.hpp"

namespace etakahvila::domain {

/// Which thing was touched by which step. The room's memory for those who come back: replaying
/// the journal makes it anew.
class ChangeLog {
public:
    void touch(Seq seq, ThingRef thing) {
        if (!touches_.empty() && touches_.back().seq == seq && touches_.back().thing == thing) return;
        touches_.push_back({seq, thing});
    }

    /// Each thing touched after `since`, once, in the order of its last touch.
    std::vector<ThingRef> since(Seq since) const;

private:
    struct Touch {
        Seq seq;
        ThingRef thing;
    };
    std::vector<Touch> touches_;
};

}  // namespace etakahvila::domain
