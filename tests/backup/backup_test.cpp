// A backup while the rooms are at work: whole, of one moment, without what is nobody's to keep; or not there at all.

#include <atomic>
#include <csignal>
#include <thread>

#include <sys/resource.h>
#include <sys/stat.h>

#include "backup/contents.hpp"
#include "backup/helpers.hpp"
#include "records/sqlite_database.hpp"

namespace etakahvila::backup {
namespace {

using Catch::Contains;
using Catch::StartsWith;

mode_t mode_of(const std::filesystem::path& path) {
    struct stat found{};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    return found.st_mode & 07777;
}

/// No file of this process may grow beyond this, as on a disk that is full.
class SmallFiles {
public:
    explicit SmallFiles(rlim_t bytes) {
        before_ = std::signal(SIGXFSZ, SIG_IGN);
        REQUIRE(::getrlimit(RLIMIT_FSIZE, &limit_) == 0);
        auto small = limit_;
        small.rlim_cur = bytes;
        REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    }
    ~SmallFiles() {
        ::setrlimit(RLIMIT_FSIZE, &limit_);
        std::signal(SIGXFSZ, before_);
    }

private:
    struct rlimit limit_{};
    void (*before_)(int) = SIG_DFL;
};

}  // namespace

TEST_CASE("a backup has the records and each room's steps, says so, and is its user's alone") {
    Site site;
    const auto made = site.back_up().made;
    CHECK(made.place == site.shelf / "etakahvila-2026-12-03T070000Z");
    CHECK(names_in(made.place) == std::vector<std::string>{"SHA256SUMS", "etakahvila.sqlite", "manifest.json"});
    CHECK(mode_of(site.shelf) == 0700);
    CHECK(mode_of(made.place) == 0700);
    for (const auto& name : names_in(made.place)) CHECK(mode_of(made.place / name) == 0600);

    const auto verified = verify(made.place);
    CHECK(verified.problems.empty());
    REQUIRE(verified.manifest);
    CHECK(*verified.manifest == made.manifest);
    CHECK(verified.manifest->made_at == first_night);
    CHECK(verified.manifest->level == journal::format_level);
    REQUIRE(verified.manifest->rooms.size() == 2);
    CHECK(verified.manifest->rooms[0].session == room);
    CHECK(verified.manifest->rooms[0].steps == 5);

    // The same tables, whatever made them, and the numbers that were given.
    const auto live = site.store->open_reader();
    const auto copy = open_copy(made.place / database_name);
    const std::string schema =
        "SELECT group_concat(type || name || coalesce(sql, '')) FROM (SELECT * FROM sqlite_schema ORDER BY name)";
    CHECK(copy->one<std::string>(schema) == live->one<std::string>(schema));
    CHECK(copy->one<std::string>("PRAGMA integrity_check") == "ok");
    CHECK(last_good_backup(*live) == first_night);
    CHECK_FALSE(last_good_backup(*copy));
}

TEST_CASE("a backup while steps are appended ends at a commit, and has all that was acknowledged before it") {
    Site site;
    // Each step has a row beside it, in its commit; a commit is of ten.
    site.store->write_and_wait(
        [](records::Database& database) { database.script("CREATE TABLE beside (seq INTEGER PRIMARY KEY) STRICT"); });
    site.store->accompany([](SessionId, const Step& step) -> journal::Records::Write {
        return [seq = step.seq](records::Database& database) { database.write("INSERT INTO beside VALUES (?)", seq); };
    });
    constexpr SessionId busy{9};
    site.store->load(busy);
    std::atomic<Seq> acknowledged{0};
    std::atomic<bool> is_over{false};
    std::thread room_at_work{[&] {
        for (Seq first = 1; !is_over; first += 10) {
            std::vector<Step> steps;
            for (auto seq = first; seq < first + 10; ++seq) steps.push_back(step_of(seq));
            std::promise<bool> durable;
            site.store->append(busy, std::move(steps), [&](bool is) { durable.set_value(is); });
            if (!durable.get_future().get()) return;
            acknowledged = first + 9;
        }
    }};
    std::vector<std::pair<Seq, std::filesystem::path>> made;
    while (made.size() < 5) {
        while (acknowledged < static_cast<Seq>(made.size() + 1) * 50) std::this_thread::yield();
        site.clock.now.ms += second_ms;
        const auto before = acknowledged.load();
        made.emplace_back(before, site.back_up().made.place);
    }
    is_over = true;
    room_at_work.join();
    for (const auto& [before, place] : made) {
        CHECK(problems_of(place).empty());
        const auto copy = open_copy(place / database_name);
        const auto steps = copy->one<Seq>("SELECT max(seq) FROM steps WHERE session = 9").value_or(0);
        CHECK(steps >= before);
        CHECK(steps % 10 == 0);
        CHECK(copy->one<Seq>("SELECT count(*) FROM beside") == steps);
    }
}

TEST_CASE("what was chosen in an open poll is in no backup, and what was erased is not either") {
    Site site;
    auto voted = step_of(6);
    voted.ballot = domain::Ballot{.poll = PollId{4}, .person = PersonId{3}, .options = {1}};
    std::promise<bool> durable;
    site.store->append(room, {voted}, [&](bool is) { durable.set_value(is); });
    REQUIRE(durable.get_future().get());
    site.store->write_and_wait([](records::Database& database) {
        database.script(
            "CREATE TABLE words (text TEXT NOT NULL) STRICT; INSERT INTO words VALUES ('Kanerva asuu Rantakadulla')");
    });
    site.store->write_and_wait([](records::Database& database) { database.script("DELETE FROM words"); });
    REQUIRE(site.store->load(room).ballots.size() == 1);
    const auto place = site.back_up().made.place;
    const auto copy = open_copy(place / database_name);
    CHECK_FALSE(copy->has("SELECT 1 FROM ballots"));
    const auto bytes = bytes_of(place / database_name);
    CHECK(bytes.find("Rantakadulla") == bytes.npos);
    CHECK(bytes.find(".x......") == bytes.npos);
    CHECK(bytes.find("Rivi 5") != bytes.npos);
}

TEST_CASE("a backup that cannot be made leaves nothing behind, and says why") {
    Site site;
    const auto tried = [&](std::filesystem::path folder, std::function<bool()> goes_on = {}) {
        return make_backup(*site.store,
            {.database = site.database, .folder = std::move(folder), .keeping = {}, .goes_on = std::move(goes_on)},
            site.clock);
    };
    SECTION("its folder is a file") {
        put_bytes(site.folder.path() / "file", "x");
        CHECK_THROWS_WITH(tried(site.folder.path() / "file" / "backups"), StartsWith("Cannot make the folder"));
    }
    SECTION("whoever wanted it has gone") {
        for (Seq seq = 6; seq < 2000; seq += 100) go_on(*site.store, room, seq, seq + 99);
        CHECK_THROWS_WITH(tried(site.shelf, [] { return false; }), StartsWith("No backup was made"));
        CHECK(names_in(site.shelf).empty());
    }
    SECTION("there is no room") {
        for (Seq seq = 6; seq < 4000; seq += 100) go_on(*site.store, room, seq, seq + 99);
        const SmallFiles small{200'000};
        CHECK_THROWS_WITH(tried(site.shelf), StartsWith("No backup was made"));
        CHECK(names_in(site.shelf).empty());
    }
    SECTION("there is one of this second") {
        site.back_up();
        CHECK_THROWS_WITH(tried(site.shelf), Contains("there is one of this very second"));
        CHECK(names_in(site.shelf) == std::vector<std::string>{"etakahvila-2026-12-03T070000Z"});
    }
    SECTION("the disk has failed") {
        CHECK_THROWS_WITH(
            write_backup({.database = site.database, .copy = [](const auto&) { throw std::runtime_error{"failed"}; }},
                site.shelf, first_night),
            "failed");
        CHECK(names_in(site.shelf).empty());
    }
}

namespace {

std::vector<std::string> backup_names(const Site& site) {
    std::vector<std::string> names;
    for (const auto& one : backups_in(site.shelf)) names.push_back(one.place.filename().string());
    return names;
}

}  // namespace

TEST_CASE("older backups end by number and by age, and never the last good one; what is another's stays") {
    Site site;
    std::filesystem::create_directories(site.shelf / "etakahvila-of-somebody-else");
    std::filesystem::create_directories(site.shelf / "etakahvila-2026-02-31T000000Z");
    // A backup that was cut off.
    std::filesystem::create_directories(site.shelf / ".etakahvila-2026-12-01T000000Z.part");
    const auto left = [&] { return backup_names(site); };
    site.keeping = {.newest = 2, .days = 30};
    for (int night = 0; night < 4; ++night) {
        site.clock.now.ms = first_night.ms + night * day_ms;
        CHECK(site.back_up().ended == (night < 2 ? 0U : 1U));
    }
    CHECK(left() == std::vector<std::string>{"etakahvila-2026-12-06T070000Z", "etakahvila-2026-12-05T070000Z"});
    CHECK_FALSE(std::filesystem::exists(site.shelf / ".etakahvila-2026-12-01T000000Z.part"));

    site.keeping = {.newest = 0, .days = 30, .spared = 1};
    site.clock.now.ms += 30 * day_ms;
    CHECK(site.back_up().ended == 1);
    CHECK(left() == std::vector<std::string>{"etakahvila-2027-01-05T070000Z", "etakahvila-2026-12-06T070000Z"});
    // The last one, whatever its age.
    CHECK(end_old(site.shelf, {.newest = 0, .days = 1, .spared = 0}, {site.clock.now.ms + 400 * day_ms},
              site.shelf / "etakahvila-2027-01-05T070000Z") == 1);
    CHECK(left() == std::vector<std::string>{"etakahvila-2027-01-05T070000Z"});
    CHECK(std::filesystem::exists(site.shelf / "etakahvila-of-somebody-else"));
    CHECK(std::filesystem::exists(site.shelf / "etakahvila-2026-02-31T000000Z"));
}

TEST_CASE("backups of before an upgrade end by age too: what was erased since is in them") {
    Site site;
    const auto folder = before_upgrade_folder(site.database);
    std::filesystem::create_directories(folder / name_of(first_night));
    site.clock.now.ms += 31 * day_ms;
    CHECK(site.back_up().ended == 1);
    CHECK(names_in(folder).empty());
}

TEST_CASE("what a restore has laid aside ends by age too") {
    Site site;
    const auto folder = site.database.parent_path();
    const auto old = place_aside(folder, first_night);
    std::filesystem::create_directories(old);
    const auto of_the_same_second = place_aside(folder, first_night);
    CHECK(of_the_same_second.filename() == "before-restore-2026-12-03T070000Z-2");
    std::filesystem::create_directories(of_the_same_second);
    for (const auto* other : {"before-restore-x", "before-restore-2026-12-03T070000Z-", "before-restore-"})
        std::filesystem::create_directories(folder / other);
    std::filesystem::create_directories(place_aside(folder, {first_night.ms + 2 * day_ms}));
    site.clock.now.ms += 31 * day_ms;
    CHECK(site.back_up().ended == 2);
    REQUIRE(laid_aside_in(folder).size() == 1);
    CHECK(laid_aside_in(folder)[0].made_at.ms == first_night.ms + 2 * day_ms);
    CHECK(std::filesystem::exists(folder / "before-restore-x"));
}

TEST_CASE("a clock that is wrong takes no backup away") {
    Site site;
    site.keeping = {.newest = 0, .days = 30};
    const auto folder = before_upgrade_folder(site.database);
    std::filesystem::create_directories(folder / name_of(first_night));
    std::filesystem::create_directories(place_aside(site.database.parent_path(), first_night));
    for (int night = 0; night < 5; ++night) {
        site.clock.now.ms = first_night.ms + night * day_ms;
        CHECK(site.back_up().ended == 0);
    }
    const auto is_all_there = [&] {
        return names_in(folder).size() == 1 && laid_aside_in(site.database.parent_path()).size() == 1;
    };
    SECTION("one night far ahead, and right again the next") {
        site.clock.now.ms = first_night.ms + 400 * day_ms;
        CHECK(site.back_up().ended == 0);
        CHECK(is_all_there());
        site.clock.now.ms = first_night.ms + 5 * day_ms;
        // Its age is not known: it is the first to go, now that there are enough others.
        CHECK(site.back_up().ended == 1);
        CHECK(backup_names(site).size() == 6);
        CHECK(backup_names(site).front() == name_of(site.clock.now));
        CHECK(is_all_there());
    }
    SECTION("ahead by little more than a copy is kept") {
        site.clock.now.ms = first_night.ms + 36 * day_ms;
        CHECK(site.back_up().ended == 0);
        CHECK(is_all_there());
        // It stays so: the next night bears it out, and the last three stay whatever their age.
        site.clock.now.ms += day_ms;
        CHECK(site.back_up().ended > 0);
        CHECK(backup_names(site).size() == 3);
    }
    SECTION("the program doubts it") {
        site.keeping.newest = 1;
        site.clock.now.ms += day_ms;
        site.is_time_doubted = true;
        CHECK(site.back_up().ended == 0);
        CHECK(is_all_there());
    }
    SECTION("it went back: all others are dated ahead") {
        site.clock.now.ms = first_night.ms - 400 * day_ms;
        CHECK(site.back_up().ended == 0);
        CHECK(backup_names(site).size() == 6);
    }
}

TEST_CASE("the time of a backup is in its name, and back") {
    CHECK(name_of(first_night) == "etakahvila-2026-12-03T070000Z");
    CHECK(time_in("etakahvila-2026-12-03T070000Z") == first_night);
    for (const auto* other : {"etakahvila-2026-12-03T070000", "etakahvila-2026-13-03T070000Z", "2026-12-03T070000Z",
             "etakahvila-2026-12-03T070000Z-2", "etakahvila-x", ""})
        CHECK_FALSE(time_in(other));
}

}  // namespace etakahvila::backup
