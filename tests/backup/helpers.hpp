#pragma once

// A site's store with a room or two, and a backup of it.

#include <algorithm>
#include <fstream>
#include <future>
#include <iterator>
#include <string>

#include "backup/backup.hpp"
#include "backup/facts.hpp"
#include "backup/files.hpp"
#include "backup/verify.hpp"
#include "base/clock.hpp"
#include "journal/sqlite_store.hpp"
#include "people/storage.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

namespace etakahvila::backup {

using domain::Seq;
using domain::Step;
using protocol::PersonId;
using protocol::PollId;
using protocol::SessionId;
using testing::TemporaryFolder;

inline constexpr SessionId room{7};
inline constexpr SessionId other_room{8};
/// 2026-12-03 07:00 in UTC.
inline constexpr base::UtcTime first_night{1'796'281'200'000};
inline constexpr std::int64_t second_ms = 1000;
inline constexpr std::int64_t day_ms = 24 * 60 * 60 * second_ms;

class StandingClock final : public base::Clock {
public:
    std::chrono::milliseconds monotonic() const override { return {}; }
    base::UtcTime utc() const override { return now; }
    base::UtcTime now = first_night;
};

inline Step step_of(Seq seq) {
    Step step{.seq = seq,
        .stamp = {.at = {seq * 10}, .utc = {1'600'000'000'000 + seq}},
        .member = PersonId{3},
        .command = "c" + std::to_string(seq),
        .refusal = {},
        .events = {}};
    step.events.emplace_back(domain::WhereWeAreSet{{"Rivi " + std::to_string(seq)}});
    return step;
}

/// Steps through `last` that follow those that are there, in one commit.
inline void go_on(journal::SqliteStore& store, SessionId session, Seq first, Seq last) {
    std::vector<Step> steps;
    for (auto seq = first; seq <= last; ++seq) steps.push_back(step_of(seq));
    std::promise<bool> durable;
    store.append(session, std::move(steps), [&](bool is) { durable.set_value(is); });
    REQUIRE(durable.get_future().get());
}

inline void bring_forward(records::Database& database) {
    people::migrate(database);
    migrate(database);
}

/// A store in a folder of its own, and a folder for backups beside it.
struct Site {
    Site() {
        std::filesystem::create_directory(database.parent_path());
        store.emplace(database);
        store->write_and_wait(bring_forward);
        for (const auto session : {room, other_room}) {
            store->load(session);
            go_on(*store, session, 1, 5);
        }
    }

    Kept back_up() {
        return make_backup(*store,
            {.database = database,
                .folder = shelf,
                .keeping = keeping,
                .is_time_doubted = is_time_doubted,
                .goes_on = {}},
            clock);
    }

    TemporaryFolder folder;
    std::filesystem::path database = folder.path() / "data" / "etakahvila.sqlite";
    std::filesystem::path shelf = folder.path() / "backups";
    Keeping keeping;
    bool is_time_doubted = false;
    StandingClock clock;

    std::optional<journal::SqliteStore> store;
};

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

inline void put_bytes(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream{file, std::ios::binary | std::ios::trunc} << bytes;
}

/// SHA256SUMS as they would be for the files that are there now: of somebody who knows how.
inline void sign_anew(const std::filesystem::path& backup) {
    Sums sums;
    for (const auto name : {database_name, manifest_name}) sums.emplace(name, sha256_of(backup / name));
    put_bytes(backup / sums_name, to_text(sums));
}

inline std::vector<std::string> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{folder})
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// All problems, a line each.
inline std::string problems_of(const std::filesystem::path& backup) {
    std::string all;
    for (const auto& problem : verify(backup).problems) all += problem + '\n';
    return all;
}

}  // namespace etakahvila::backup
