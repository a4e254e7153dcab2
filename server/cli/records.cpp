#include "cli/records.hpp"

#include "people/storage.hpp"
#include "house/house.hpp"

namespace etakahvila::cli {

std::unique_ptr<journal::SqliteStore> open_records(const config::Settings& settings) {
    auto store = std::make_unique<journal::SqliteStore>(house::data_file(settings));
    store->write_and_wait(people::migrate);
    return store;
}

std::string site_of(const config::Settings& settings) {
    if (!settings.site.empty()) return settings.site;
    return (settings.has_tls() ? "https://localhost:" : "http://localhost:") + std::to_string(settings.port);
}

}  // namespace etakahvila::cli
