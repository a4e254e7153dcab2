#pragma once

// What is wrong now, on one board. Whoever knows of a trouble notes it here, and that it has passed. /readyz, the
// figures, and the coordinator's page are all made from it, so that they never say different things.

#include <functional>
#include <map>
#include <mutex>

#include "api/health_board.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"

namespace etakahvila::house {

/// A commit that takes so long is one that does not come back: the disk hangs.
inline constexpr std::chrono::seconds saving_hangs_after{10};

class Health final : public api::HealthBoard {
public:
    /// `is_hanging`: whether a commit has been under way for saving_hangs_after. From any thread; looked at each time,
    /// since nobody is told of what does not happen. `operator_phone`: whom to call; empty: nobody is named.
    Health(const base::Clock& clock, base::Log& log, std::function<bool()> is_hanging, std::string operator_phone = {})
        : clock_{clock}, log_{log}, is_hanging_{std::move(is_hanging)}, operator_phone_{std::move(operator_phone)} {}

    /// The trouble is there, or is not. Logged when that is new. `at`: the trouble's own time (protocol::TroubleShown).
    /// From any thread.
    void note(protocol::Trouble what, bool is_there, std::optional<base::UtcTime> at = {});

    protocol::HealthShown health() override;

    /// Whether clients should not be sent here because of it.
    static bool keeps_clients_away(protocol::Trouble what);

private:
    struct Noted {
        base::UtcTime since;
        std::optional<base::UtcTime> at;
    };

    const base::Clock& clock_;
    base::Log& log_;
    const std::function<bool()> is_hanging_;
    const std::string operator_phone_;
    std::mutex mutex_;
    /// In the order of the enum: the urgent ones first.
    std::map<protocol::Trouble, Noted> noted_;
};

}  // namespace etakahvila::house
