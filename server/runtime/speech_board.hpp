#pragma once

// The speech line: what is being said in a turn, as it is written. Not of the room's steps: everyone gets the latest,
// and nothing of it is kept. Who may write it the rules say (domain/turn_text/turn_text.hpp).

#include <algorithm>
#include <optional>
#include <utility>

#include "base/time.hpp"
#include "protocol/connection.hpp"

namespace etakahvila::runtime {

/// Of what is written within this everyone gets the latest.
inline constexpr base::Milliseconds speech_every{250};

/// On the room's thread; is told the time.
class SpeechBoard {
public:
    /// Written by somebody who may. How long to wait until it is to be told; nothing when that is under way already.
    std::optional<base::Milliseconds> write(protocol::Speech speech, base::Milliseconds now) {
        speech_ = std::move(speech);
        if (std::exchange(is_due_, true)) return std::nullopt;
        return std::max(told_at_ + speech_every - now, base::Milliseconds{0});
    }

    /// The wait is over: what is to be told. Nothing when its turn is not the one that is on.
    std::optional<protocol::Speech> tell(std::optional<protocol::TurnId> turn_on, base::Milliseconds now) {
        is_due_ = false;
        told_at_ = now;
        return speech_ && speech_->turn == turn_on ? speech_ : std::nullopt;
    }

    /// They may not write any more. The empty line that takes theirs off the screens, where they had one.
    std::optional<protocol::Speech> silence(protocol::PersonId person) {
        return speech_ && speech_->by == person ? wiped() : std::nullopt;
    }
    /// The same for what is written in a turn, whoever wrote it.
    std::optional<protocol::Speech> take_away(protocol::TurnId turn) {
        return speech_ && speech_->turn == turn ? wiped() : std::nullopt;
    }

    /// What a newcomer is shown, if anything.
    std::optional<protocol::Speech> shown(std::optional<protocol::TurnId> turn_on) const {
        return speech_ && speech_->turn == turn_on && !speech_->text.empty() ? speech_ : std::nullopt;
    }

private:
    std::optional<protocol::Speech> wiped() {
        if (speech_->text.empty()) return std::nullopt;
        speech_->text.clear();
        return speech_;
    }

    std::optional<protocol::Speech> speech_;
    bool is_due_ = false;
    base::Milliseconds told_at_{-speech_every};
};

}  // namespace etakahvila::runtime
