// A bit that has turned over, and a file that has been cut short, at every place of a small
// journal: each is found and named, or has harmed nothing; what is whole is served; the other
// room goes on where its own records are whole. ETAKAHVILA_EVERY_BIT=1 tries all of them.

#include <cstdlib>
#include <fstream>
#include <map>

#include "journal/sqlite_store.hpp"
#include "journal/step_codec.hpp"
#include "support/catch.hpp"
#include "support/simulated_disk.hpp"

namespace etakahvila::journal {
namespace {

using namespace domain;
using testing::SimulatedDisk;

constexpr auto file = "etakahvila.sqlite";
constexpr std::array sessions{SessionId{7}, SessionId{8}};
constexpr Seq steps_of_room = 24;

Step step_of(SessionId session, Seq seq) {
    Step step{.seq = seq,
        .stamp = {.at = {seq * 10}, .utc = {1'600'000'000'000 + seq}},
        .member = PersonId{session.value},
        .command = "c" + std::to_string(seq),
        .refusal = {},
        .events = {}};
    step.events.emplace_back(
        WhereWeAreSet{{"Rivi " + std::to_string(seq), std::string(static_cast<std::size_t>(seq * 7), 'y')}});
    return step;
}

/// How a damaged journal shows itself.
enum class Found : std::uint8_t { by_record, not_opened, marks, harmless, missed };
constexpr std::array<std::string_view, 5> names_of(Found) {
    return {"by_record", "not_opened", "marks", "harmless", "missed"};
}

/// A journal as a server left it, and what can be done to it.
struct Left {
    std::map<std::string, std::string> files;

    explicit Left(bool is_killed) {
        SimulatedDisk disk;
        auto store = std::make_unique<SqliteStore>(file, SqliteStore::Options{.vfs = disk.vfs(), .has_thread = false});
        for (const auto session : sessions) store->load(session);
        for (Seq seq = 1; seq <= steps_of_room; ++seq) {
            for (const auto session : sessions)
                store->append(session, {step_of(session, seq)}, [](bool durable) { REQUIRE(durable); });
            store->commit_waiting();
            // So that the database and its log have something each.
            if (is_killed && seq == steps_of_room / 2) {
                store.reset();
                store = std::make_unique<SqliteStore>(
                    file, SqliteStore::Options{.vfs = disk.vfs(), .has_thread = false});
            }
        }
        if (is_killed) disk.stop_process();
        store.reset();
        for (const auto& name : disk.files()) {
            if (!name.ends_with(".reserve")) files[name] = disk.bytes(name);
        }
    }

    Found look(SimulatedDisk& disk) const {
        disk.stop_process();
        disk.after_kill();
        std::unique_ptr<SqliteStore> store;
        try {
            store = std::make_unique<SqliteStore>(file, SqliteStore::Options{.vfs = disk.vfs(), .has_thread = false});
        } catch (const std::runtime_error&) {
            return Found::not_opened;
        }
        bool is_named = false;
        for (const auto session : sessions) {
            StoredRoom stored;
            try {
                stored = store->load(session);
            } catch (const std::runtime_error&) {
                return Found::not_opened;
            }
            const auto kept = static_cast<Seq>(stored.steps.size());
            for (const auto& step : stored.steps) {
                if (encode_step(step) != encode_step(step_of(session, step.seq))) return Found::missed;
            }
            if (!stored.damaged_at && kept != steps_of_room) return Found::missed;
            if (stored.damaged_at && *stored.damaged_at != kept + 1) return Found::missed;
            is_named = is_named || stored.damaged_at.has_value();
        }
        if (is_named) return Found::by_record;
        return store->damaged_marks() > 0 ? Found::marks : Found::harmless;
    }

    void put(SimulatedDisk& disk) const {
        for (const auto& name : disk.files()) disk.remove(name);
        for (const auto& [name, bytes] : files) disk.put(name, bytes);
    }
};

std::string told(const std::map<Found, std::int64_t>& counts) {
    std::string text;
    for (const auto& [found, count] : counts)
        text += ",\"" + std::string{base::name_of(found)} + "\":" + std::to_string(count);
    return text;
}

void report(const std::string& what, const std::map<Found, std::int64_t>& counts) {
    std::int64_t all = 0;
    for (const auto& [found, count] : counts) all += count;
    if (const auto* into = std::getenv("ETAKAHVILA_FIGURES")) {
        std::ofstream{into, std::ios::app} << R"({"what":")" << what << R"(","times":)" << all << told(counts)
                                           << R"(,"lost":)"
                                           << (counts.contains(Found::missed) ? counts.at(Found::missed) : 0) << "}\n";
    }
}

}  // namespace

TEST_CASE("a journal that is whole is found whole") {
    const bool is_killed = GENERATE(false, true);
    const Left left{is_killed};
    SimulatedDisk disk;
    left.put(disk);
    CHECK(left.look(disk) == Found::harmless);
}

TEST_CASE("every bit that turns over is found, or harms nothing") {
    const bool is_killed = GENERATE(false, true);
    const Left left{is_killed};
    SimulatedDisk disk;
    const std::size_t stride = std::getenv("ETAKAHVILA_EVERY_BIT") != nullptr ? 1 : 211;
    std::map<Found, std::int64_t> counts;
    for (const auto& [name, bytes] : left.files) {
        for (std::size_t bit = 0; bit < bytes.size() * 8; bit += stride) {
            left.put(disk);
            auto harmed = bytes;
            harmed[bit / 8] = static_cast<char>(harmed[bit / 8] ^ (1 << (bit % 8)));
            disk.put(name, harmed);
            const auto found = left.look(disk);
            ++counts[found];
            if (found == Found::missed)
                FAIL_CHECK("missed: bit " << bit % 8 << " of byte " << bit / 8 << " of " << name);
        }
    }
    CHECK(counts[Found::by_record] > 0);
    report(is_killed ? "single bits of a journal after a kill" : "single bits of a journal at rest", counts);
}

TEST_CASE("every length that a file is cut to is found, or harms nothing") {
    const bool is_killed = GENERATE(false, true);
    const Left left{is_killed};
    SimulatedDisk disk;
    const std::size_t stride = std::getenv("ETAKAHVILA_EVERY_BIT") != nullptr ? 1 : 97;
    std::map<Found, std::int64_t> counts;
    for (const auto& [name, bytes] : left.files) {
        for (std::size_t length = 0; length < bytes.size(); length += stride) {
            left.put(disk);
            disk.put(name, bytes.substr(0, length));
            const auto found = left.look(disk);
            // Without its marks a journal is as it was before there were any.
            ++counts[found];
            if (found == Found::missed) FAIL_CHECK("missed: " << name << " cut to " << length);
        }
    }
    CHECK(counts[Found::by_record] > 0);
    report(is_killed ? "lengths of a journal after a kill" : "lengths of a journal at rest", counts);
}

TEST_CASE("one room's damage leaves the other its own") {
    const Left left{false};
    SimulatedDisk disk;
    left.put(disk);
    auto harmed = left.files.at(file);
    const auto at = harmed.find("Rivi 9");
    REQUIRE(at != std::string::npos);
    harmed[at] = 'X';
    disk.put(file, harmed);
    SqliteStore store{file, SqliteStore::Options{.vfs = disk.vfs(), .has_thread = false}};
    std::int64_t damaged = 0;
    std::int64_t goes_on = 0;
    for (const auto session : sessions) {
        const auto stored = store.load(session);
        if (stored.damaged_at) {
            ++damaged;
            CHECK(stored.damaged_at == 9);
            CHECK(stored.steps.size() == 8);
            continue;
        }
        store.append(session, {step_of(session, steps_of_room + 1)}, [&](bool durable) { goes_on += durable ? 1 : 0; });
    }
    store.commit_waiting();
    CHECK(damaged == 1);
    CHECK(goes_on == 1);
}

}  // namespace etakahvila::journal
