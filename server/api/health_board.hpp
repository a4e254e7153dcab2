#pragma once

// What the API needs of whoever knows what is wrong with the house.

#include "protocol/api/health.hpp"

namespace etakahvila::api {

class HealthBoard {
public:
    virtual ~HealthBoard() = default;

    /// From any thread. Does not wait for the disk.
    virtual protocol::HealthShown health() = 0;
};

}  // namespace etakahvila::api
