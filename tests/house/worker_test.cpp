// The time by which clients are judged.

#include "net/worker.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace std::chrono_literals;

TEST_CASE("A pause of the process is no time of anybody's, whoever looks at the clock first after it") {
    testing::HandClock clock;
    base::Log log{base::LogLevel::error};
    net::Metrics metrics;
    // Nothing is swept meanwhile: its thread is not started.
    net::Worker worker{{.clock = clock, .log = log, .metrics = metrics}};
    const auto before = worker.now();
    clock.pass(1h);
    CHECK(worker.now() == before);
    clock.pass(1s);
    CHECK(worker.now() == before + 1s);
}
