// Two servers do not share a port, whatever their workers share among themselves.

#include <unistd.h>

#include "house/house.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

namespace etakahvila::testing {

TEST_CASE("Port: a second server is refused the port of the first, and told who has it") {
    const TestHouse first{{.workers = 3}};
    auto settings = first.settings;
    settings.data = first.folder.path() / "other";
    settings.port = first.port();
    for (const auto* host : {"127.0.0.1", "0.0.0.0"}) {
        settings.listen = {host};
        const auto port = std::to_string(first.port());
        CHECK_THROWS_WITH((house::House{settings, first.clock, *first.log_}),
            Catch::StartsWith(
                "Cannot listen on " + std::string{host} + " port " + port + ": port " + port + " is taken by ") &&
                Catch::Contains("(pid " + std::to_string(::getpid()) + ")"));
    }
    CHECK(ask(first, "GET", "/readyz").status == 200);
}

TEST_CASE("Port: a server that comes back takes its port again, with all of its workers") {
    TestHouse house{{.workers = 3}};
    house.settings.port = house.port();
    CHECK(ask(house, "GET", "/readyz").status == 200);
    house.open_anew();
    for (int count = 0; count < 30; ++count) CHECK(ask(house, "GET", "/readyz").status == 200);
}

}  // namespace etakahvila::testing
