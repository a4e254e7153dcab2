// Drop-ins beside the package's units, in folders that a test makes up.

#include <filesystem>
#include <fstream>
#include <sstream>

#include "setup/interview.hpp"
#include "setup/service_rights.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

struct Machine {
    TemporaryFolder folder;
    base::ServiceUnits units{.packaged = folder.path() / "packaged", .added = folder.path() / "added"};
    std::filesystem::path right = folder.path() / "low-port.conf";
    std::filesystem::path of_server = units.drop_ins(base::server_unit);
    std::filesystem::path of_backup = units.drop_ins(base::backup_unit);

    Machine() {
        std::filesystem::create_directory(units.packaged);
        for (const auto unit : {base::server_unit, base::backup_unit})
            std::ofstream{units.packaged / unit} << "[Unit]\n";
        std::ofstream{right} << "[Service]\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n";
    }

    /// What was told.
    std::string give(const config::Values& values) const {
        std::istringstream in;
        std::ostringstream out;
        setup::Terminal asker{in, out};
        setup::give_service_rights(asker, setup::settings_of(values), units, right);
        return out.str();
    }
};

std::string text_of(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("Rights: a port below 1024 is the service's once it is answered, and told of once") {
    const Machine machine;
    CHECK(machine.give({{"port", "8080"}}).empty());
    CHECK_FALSE(std::filesystem::exists(machine.units.added));
    CHECK(machine.give({{"port", "443"}}).find("systemctl daemon-reload") != std::string::npos);
    CHECK(text_of(machine.of_server / "low-port.conf") == text_of(machine.right));
    CHECK(machine.give({{"port", "443"}}).empty());
    // Port 80 alone, on a machine where somebody has given the right by another name.
    std::filesystem::rename(machine.of_server / "low-port.conf", machine.of_server / "override.conf");
    CHECK(machine.give({{"site", "https://a.example.fi"}, {"redirect_listen", "0.0.0.0:80"}}).empty());
    CHECK_FALSE(std::filesystem::exists(machine.of_server / "low-port.conf"));
}

TEST_CASE("Rights: another folder of backups is writable to both units, and looked for by the nightly one") {
    const Machine machine;
    const auto told = machine.give({{"backup.folder", "/srv/old copies/50 %"}});
    CHECK(told.find("/srv/old copies/50 %") != std::string::npos);
    CHECK(text_of(machine.of_server / "backup-folder.conf")
            .ends_with("[Service]\nReadWritePaths=\"-/srv/old copies/50 %%\"\n"));
    CHECK(text_of(machine.of_backup / "backup-folder.conf")
            .ends_with("[Unit]\nConditionPathIsDirectory=\nConditionPathIsDirectory=/srv/old copies/50 %%\n\n"
                       "[Service]\nReadWritePaths=\"/srv/old copies/50 %%\"\n"));
    CHECK(machine.give({{"backup.folder", "/srv/old copies/50 %"}}).empty());
    // Back at the usual one, nothing keeps the night's copy waiting for the other.
    CHECK_FALSE(machine.give({{"backup.folder", "/var/backups/etakahvila/"}}).empty());
    CHECK(std::filesystem::is_empty(machine.of_server));
    CHECK(std::filesystem::is_empty(machine.of_backup));
    CHECK(machine.give({}).empty());
}

TEST_CASE("Rights: where the package's units are not, or somebody has others, nothing is written") {
    const Machine machine;
    std::filesystem::create_directory(machine.units.added);
    std::filesystem::create_symlink("/dev/null", machine.units.added / base::server_unit);
    CHECK(machine.give({{"port", "443"}, {"backup.folder", "/srv/copies"}}).empty());
    std::filesystem::remove_all(machine.units.added);
    std::filesystem::remove_all(machine.units.packaged);
    CHECK(machine.give({{"port", "443"}, {"backup.folder", "/srv/copies"}}).empty());
    CHECK_FALSE(std::filesystem::exists(machine.units.added));
}
