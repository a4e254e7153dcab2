// What whoever started the program hears of it, at the socket that it named.

#include "base/service_manager.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <string>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/build.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila;

namespace {

/// Whoever started the program, by a variable of its environment that goes with this.
class Manager {
public:
    Manager() : socket_{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)} {
        const auto name = (folder_.path() / "notify").string();
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        REQUIRE(name.size() < sizeof address.sun_path);
        std::memcpy(address.sun_path, name.c_str(), name.size());
        REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    }
    ~Manager() {
        ::unsetenv("NOTIFY_SOCKET");
        ::close(socket_);
    }
    Manager(const Manager&) = delete;
    Manager& operator=(const Manager&) = delete;

    /// The next that has come; empty when nothing has.
    std::string heard() const {
        std::array<char, 1024> bytes{};
        const auto came = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
        return came > 0 ? std::string{bytes.data(), static_cast<std::size_t>(came)} : std::string{};
    }

private:
    testing::TemporaryFolder folder_;
    int socket_;
};

/// A variable of the environment, as long as this lives.
class Variable {
public:
    Variable(const char* name, const std::string& value) : name_{name} { ::setenv(name, value.c_str(), 1); }
    ~Variable() { ::unsetenv(name_); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* name_;
};

}  // namespace

TEST_CASE("The service manager hears each state once, in order, as it was said") {
    const Manager manager;
    base::tell_service_manager("READY=1\nSTATUS=Listening on http://127.0.0.1:8080.");
    base::tell_service_manager("WATCHDOG=1");
    base::tell_service_manager("STOPPING=1");
    CHECK(manager.heard() == "READY=1\nSTATUS=Listening on http://127.0.0.1:8080.");
    CHECK(manager.heard() == "WATCHDOG=1");
    CHECK(manager.heard() == "STOPPING=1");
    CHECK(manager.heard().empty());
}

TEST_CASE("Where nobody manages the program, nothing is said and nothing fails") {
    ::unsetenv("NOTIFY_SOCKET");
    base::tell_service_manager("READY=1");
    const Variable gone{"NOTIFY_SOCKET", "/nowhere/notify"};
    base::tell_service_manager("READY=1");
    CHECK_FALSE(base::service_manager_patience());
}

TEST_CASE("A watch that is meant for this process is kept, and one that is meant for another is not") {
    const Variable patience{"WATCHDOG_USEC", "30000000"};
    CHECK(base::service_manager_patience() == std::chrono::seconds{30});
    {
        const Variable whose{"WATCHDOG_PID", std::to_string(::getpid())};
        CHECK(base::service_manager_patience() == std::chrono::seconds{30});
    }
    const Variable whose{"WATCHDOG_PID", "1"};
    CHECK_FALSE(base::service_manager_patience());
}

TEST_CASE("The program knows its version") {
    CHECK(base::build_version().find('.') != std::string_view::npos);
    const auto commit = base::build_commit();
    CHECK((commit.empty() || commit.size() >= 12));
}
