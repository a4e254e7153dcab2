#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace etakahvila::base {

/// So many per second, and so many at once. Told the time, never asks.
class TokenBucket {
public:
    TokenBucket(double per_second, double burst) : per_second_{per_second}, burst_{burst}, tokens_{burst} {}

    /// Takes one, if there is one.
    bool take(std::chrono::milliseconds now) {
        refill(now);
        if (tokens_ < 1.0) return false;
        tokens_ -= 1.0;
        return true;
    }

    /// How long until there is one again.
    std::chrono::milliseconds wait(std::chrono::milliseconds now) {
        refill(now);
        if (tokens_ >= 1.0) return {};
        return std::chrono::milliseconds{static_cast<std::int64_t>((1.0 - tokens_) * 1000.0 / per_second_) + 1};
    }

    /// Whether nothing has been taken that has not come back.
    bool is_full(std::chrono::milliseconds now) const {
        TokenBucket later = *this;
        later.refill(now);
        return later.tokens_ >= burst_;
    }

private:
    void refill(std::chrono::milliseconds now) {
        if (now > last_)
            tokens_ = std::min(burst_, tokens_ + per_second_ * static_cast<double>((now - last_).count()) / 1000.0);
        last_ = std::max(last_, now);
    }

    double per_second_;
    double burst_;
    double tokens_;
    std::chrono::milliseconds last_{};
};

}  // namespace etakahvila::base
