// Whose the data is, and what they may.

#include <fstream>

#include <unistd.h>

#include "admin/owner.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

namespace etakahvila::admin {

TEST_CASE("Owner: what the owner of the data may is tried as the owner, and this process stays who it is") {
    const testing::TemporaryFolder folder;
    const auto data = folder.path() / "data";
    const auto file = folder.path() / "key.pem";
    std::filesystem::create_directory(data);
    std::ofstream{file} << "key";
    CHECK(owner_may(data, file, R_OK));
    CHECK(owner_may(folder.path() / "no data yet", file, R_OK));
    CHECK_FALSE(owner_may(data, folder.path() / "nowhere", R_OK));
    if (::geteuid() != 0) {
        WARN("not root: another owner of the data cannot be tried");
        return;
    }
    constexpr uid_t nobody = 65534;
    REQUIRE(::chown(data.c_str(), nobody, nobody) == 0);
    std::filesystem::permissions(folder.path(), std::filesystem::perms{0755});
    std::filesystem::permissions(file, std::filesystem::perms{0600});
    CHECK_FALSE(owner_may(data, file, R_OK));
    // By its group, as /etc/etakahvila/tls is made.
    REQUIRE(::chown(file.c_str(), 0, nobody) == 0);
    std::filesystem::permissions(file, std::filesystem::perms{0640});
    CHECK(owner_may(data, file, R_OK));
    CHECK_FALSE(owner_may(data, file, W_OK));
    // Behind a folder of root's own, as certbot keeps its keys.
    std::filesystem::permissions(folder.path(), std::filesystem::perms{0700});
    CHECK_FALSE(owner_may(data, file, R_OK));
    CHECK(::geteuid() == 0);
}

}  // namespace etakahvila::admin
