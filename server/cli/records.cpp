#include "cli/records.hpp"

#include <algorithm>
#include <iostream>

#include "admin/owner.hpp"
#include "backup/before_upgrade.hpp"
#include "base/build.hpp"
#include "base/system_clock.hpp"
#include "house/house.hpp"

namespace etakahvila::cli {
namespace {

std::vector<std::string>& kept_arguments() {
    static std::vector<std::string> arguments;
    return arguments;
}

}  // namespace

std::unique_ptr<journal::SqliteStore> open_records(const config::Settings& settings) {
    admin::become_owner(settings.data);
    const base::SystemClock clock;
    const auto file = house::data_file(settings);
    auto store = std::make_unique<journal::SqliteStore>(file,
        backup::with_backup_before_upgrade(file, clock, [](const std::filesystem::path& place, const journal::Format&) {
            std::cerr << "The data is brought to a newer format. A backup was made before: " << place.string() << '\n';
        }));
    store->write_and_wait(house::migrate);
    return store;
}

std::string site_of(const config::Settings& settings) {
    if (!settings.site.empty()) return settings.site;
    return (settings.has_tls() ? "https://localhost:" : "http://localhost:") + std::to_string(settings.port);
}

std::filesystem::path first_link_file(const config::Settings& settings) { return settings.data / "first-sign-in.txt"; }

const std::vector<std::string>& typed_arguments() { return kept_arguments(); }

void keep_typed_arguments(int argc, const char* const* argv) {
    kept_arguments().assign(argv + std::min(argc, 1), argv + argc);
}

std::string_view program_version() { return base::build_version(); }

}  // namespace etakahvila::cli
