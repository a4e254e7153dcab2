#include "cli/records.hpp"

#include "people/storage.hpp"
#include "transport/house.hpp"

namespace etakahvila::cli {

std::unique_ptr<journal::SqliteStore> open_records(const config::Settings& settings) {
    auto store = std::make_unique<journal::SqliteStore>(transport::data_file(settings));
    store->write_and_wait(people::migrate);
    return store;
}

}  // namespace etakahvila::cli
