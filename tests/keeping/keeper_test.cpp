// The keeper on a real store: what it says beforehand is what goes, a clock that nobody believes stops it, and a
// restored database is brought to where it was.

#include "keeping/keeper.hpp"

#include <fstream>
#include <future>
#include <iterator>
#include <sstream>

#include <sys/stat.h>

#include "journal/sqlite_store.hpp"
#include "keeping/command.hpp"
#include "keeping/lives.hpp"
#include "keeping/person_data.hpp"
#include "keeping/storage.hpp"
#include "people/cancelling.hpp"
#include "people/registrations.hpp"
#include "people/storage.hpp"
#include "reports/day_store.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila;
using namespace etakahvila::keeping;
using namespace std::chrono_literals;
using testing::TemporaryFolder;

namespace {

constexpr std::int64_t day_ms = 24 * 60 * 60'000LL;

UtcTime moment(const std::string& day, int hour = 12) {
    return std::get<UtcTime>(people::utc_of(people::date_in(day).value(), {.hour = hour, .minute = 0}));
}

class SetClock final : public base::Clock {
public:
    std::chrono::milliseconds monotonic() const override { return 0ms; }
    UtcTime utc() const override { return now; }
    UtcTime now = moment("2026-12-10");
};

/// Rooms whose words go when they are asked to.
class AskedRooms final : public Rooms {
public:
    Outcome compact(protocol::SessionId session) override {
        asked.push_back(session);
        if (meanwhile) meanwhile();
        return outcome;
    }
    std::vector<domain::Step> steps_of(protocol::SessionId) override { return {}; }
    bool write_pages_anew() override {
        ++rewrites;
        return true;
    }
    int rewrites = 0;
    std::vector<protocol::SessionId> asked;
    Outcome outcome = Outcome::done;
    /// What others do while a room is compacted.
    std::function<void()> meanwhile;
};

/// A store whose disk is full: from the reserve it saves what is vital, or nothing.
class FullDisk final : public journal::Records {
public:
    explicit FullDisk(journal::Records& store) : store_{store} {}

    void accompany(Companion companion) override { store_.accompany(std::move(companion)); }
    void write(Write write, journal::Journal::Done done, journal::Need need) override {
        if (takes(need)) return store_.write(std::move(write), std::move(done), need);
        done(false);
    }
    void write_and_wait(const Write& write, journal::Need need) override {
        if (!takes(need)) throw journal::NotSaved{};
        store_.write_and_wait(write, need);
    }
    void note_erased() override { store_.note_erased(); }
    std::unique_ptr<records::Database> open_reader() const override { return store_.open_reader(); }
    void copy_to(const std::filesystem::path& into, const std::function<bool()>& goes_on) const override {
        store_.copy_to(into, goes_on);
    }
    journal::Saves saves() const override { return standing; }

    journal::Saves standing = journal::Saves::vital_only;

private:
    bool takes(journal::Need need) const {
        return standing == journal::Saves::everything ||
               (standing == journal::Saves::vital_only && need == journal::Need::vital);
    }

    journal::Records& store_;
};

/// A day of the third of December with one person, whose phone is known and whose day is sealed.
struct Site {
    explicit Site(const std::filesystem::path& folder) : file{folder / "etakahvila.sqlite"}, store{file} {
        store.write_and_wait([&](records::Database& database) {
            people::migrate(database);
            reports::migrate(database);
            keeping::migrate(database);
            note_first_start(database, clock.now);
        });
    }
    void plant() {
        store.write_and_wait([&](records::Database& database) {
            const auto draft = people::draft_of({.series = "Syksy",
                .theme = "Uni",
                .date = "2026-12-03",
                .start = "09:00",
                .end = "13:00",
                .question = {},
                .help_phone = {},
                .settings = {}});
            session = people::plan_session(database, std::get<people::SessionDraft>(draft));
            person = std::get<PersonId>(people::add_person(database, {.name = "Maija Mäki", .phone = "040 123"}));
            people::register_person(database, session, person);
            reports::keep_day(database,
                {.session = session,
                    .version = 1,
                    .phase = protocol::Phase::sealed,
                    .lines = {{.person = person, .mark = protocol::Mark::present}},
                    .sealed_at = moment("2026-12-03")},
                clock.now);
            database.write("INSERT INTO rooms (session, epoch) VALUES (?, 'e')", session);
            database.write("INSERT INTO steps (session, seq, record, digest) VALUES (?, 1, '{}', ?)", session,
                std::array<unsigned char, 16>{});
        });
    }
    std::optional<std::string> phone() {
        return store.open_reader()->one<std::string>("SELECT phone FROM people WHERE id = ?", person);
    }
    std::string name() {
        return store.open_reader()->one<std::string>("SELECT name FROM people WHERE id = ?", person).value();
    }
    HoldId hold() {
        HoldId made;
        store.write_and_wait([&](records::Database& database) {
            made = std::get<HoldId>(make_hold(
                database, {.person = person, .reason = "Kantelu", .last_day = "31.12.2027"}, "Kaisa", clock.now));
        });
        return made;
    }
    void tell_phone(const std::string& number) {
        store.write_and_wait([&](records::Database& database) {
            database.write("UPDATE people SET phone = ? WHERE id = ?", number, person);
        });
    }
    PersonId add_person(const std::string& name, const std::string& number) {
        PersonId added{};
        store.write_and_wait([&](records::Database& database) {
            added = std::get<PersonId>(people::add_person(database, {.name = name, .phone = number}));
            people::register_person(database, session, added);
        });
        return added;
    }
    void hold(const protocol::HoldBody& body) {
        store.write_and_wait([&](records::Database& database) {
            REQUIRE(std::holds_alternative<HoldId>(make_hold(database, body, "Kaisa", clock.now)));
        });
    }
    std::string name_of(PersonId whose) {
        return store.open_reader()->one<std::string>("SELECT name FROM people WHERE id = ?", whose).value();
    }
    RunReport run() {
        return keeper.run(ErasureBy::night, [] { return true; });
    }

    SetClock clock;
    std::filesystem::path file;
    journal::SqliteStore store;
    AskedRooms rooms;
    Keeper keeper{{.clock = clock, .store = store, .rooms = rooms, .tombstones = tombstones_beside(file)}};
    protocol::SessionId session{1};
    PersonId person{1};
};

std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

/// The data of a store that is closed, with its log where there is one.
void copy_data(const TemporaryFolder& from, const TemporaryFolder& to) {
    for (const auto* name : {"etakahvila.sqlite", "etakahvila.sqlite-wal"}) {
        if (std::filesystem::exists(from.path() / name))
            std::filesystem::copy_file(from.path() / name, to.path() / name);
    }
}

std::int64_t count_in(const std::vector<KeepingCount>& counts, KeepingRule rule) {
    return counts.at(static_cast<std::size_t>(rule)).count;
}

}  // namespace

TEST_CASE("What would go is what then goes, and the log tells it without a word") {
    const TemporaryFolder folder;
    Site site{folder.path()};
    site.plant();
    site.clock.now = moment("2027-01-04");
    const auto tried = try_run(*site.store.open_reader(), site.clock.now);
    CHECK(count_in(tried, KeepingRule::room_words) == 1);
    CHECK(count_in(tried, KeepingRule::contacts) == 1);
    CHECK(site.phone() == "040 123");
    const auto report = site.run();
    CHECK(report.ran == Ran::whole);
    CHECK(report.counts == tried);
    CHECK(site.rooms.asked == std::vector{site.session});
    CHECK_FALSE(site.phone());
    const auto reader = site.store.open_reader();
    CHECK(reader->one<std::int64_t>("SELECT sum(count) FROM erasure_counts WHERE run = ?", report.run) == 2);
    CHECK(standing_of(*reader).ran_at == site.clock.now);
    CHECK_FALSE(standing_of(*reader).failed_at);
    // What was moved about in the pages goes with them.
    CHECK(site.rooms.rewrites == 1);
    // And nothing the second time.
    const auto again = site.run();
    CHECK(again.ran == Ran::whole);
    for (const auto& [rule, count] : again.counts) CHECK(count == 0);
    CHECK(site.rooms.rewrites == 1);
}

TEST_CASE("A room that cannot be compacted tonight is tried again the next night") {
    const TemporaryFolder folder;
    Site site{folder.path()};
    site.plant();
    site.clock.now = moment("2027-01-04");
    site.rooms.outcome = Rooms::Outcome::not_now;
    CHECK(count_in(site.run().counts, KeepingRule::room_words) == 0);
    site.rooms.outcome = Rooms::Outcome::done;
    site.clock.now = moment("2027-01-05");
    CHECK(count_in(site.run().counts, KeepingRule::room_words) == 1);
}

TEST_CASE("Somebody who wants it to end ends it between two transactions, and the next goes on") {
    const TemporaryFolder folder;
    Site site{folder.path()};
    site.plant();
    site.clock.now = moment("2027-01-04");
    const auto cut = site.keeper.run(ErasureBy::command, [] { return false; });
    CHECK(cut.ran == Ran::cut_off);
    CHECK(site.phone() == "040 123");
    CHECK(standing_of(*site.store.open_reader()).failed_at);
    CHECK(site.run().ran == Ran::whole);
    CHECK_FALSE(site.phone());
}

TEST_CASE("A hold that is made while a rule is at work keeps what it names from the next transaction on") {
    const TemporaryFolder folder;
    Site site{folder.path()};
    site.plant();
    PersonId last{};
    for (int number = 0; number < 60; ++number)
        last = site.add_person(
            std::string{"Väinö "} + static_cast<char>('A' + number / 26) + static_cast<char>('a' + number % 26),
            "041 123");
    site.clock.now = moment("2027-01-04");
    const auto with_phone = [&] {
        return site.store.open_reader()->one<std::int64_t>("SELECT count(*) FROM people WHERE phone IS NOT NULL");
    };
    const auto report = site.keeper.run(ErasureBy::night, [&] {
        const auto left = with_phone();
        if (left < 61 && left > 1 && holds_shown(*site.store.open_reader(), people::local_day(site.clock.now)).empty())
            site.hold({.person = last, .reason = "Kantelu", .last_day = "31.1.2027"});
        return true;
    });
    CHECK(report.ran == Ran::whole);
    CHECK(with_phone() == 1);
    CHECK(site.store.open_reader()->has("SELECT 1 FROM people WHERE id = ? AND phone IS NOT NULL", last));
    CHECK(count_in(report.counts, KeepingRule::contacts) == 60);
    CHECK(site.store.open_reader()->one<std::int64_t>(
              "SELECT count FROM erasure_counts WHERE run = ? AND rule = 'contacts'", report.run) == 60);
    // A restore does not take what was held either.
    CHECK(text_of(tombstones_beside(site.file)).find(" contacts " + std::to_string(last.value) + " ") ==
          std::string::npos);
}

TEST_CASE("A hold that is made while another room is compacted keeps the next") {
    const TemporaryFolder folder;
    Site site{folder.path()};
    site.plant();
    const auto first = site.session;
    site.plant();
    const auto second = site.session;
    REQUIRE(first != second);
    site.clock.now = moment("2027-01-04");
    site.rooms.meanwhile = [&] {
        if (site.rooms.asked.size() == 1) site.hold({.session = second, .reason = "Kantelu", .last_day = "31.1.2027"});
    };
    CHECK(count_in(site.run().counts, KeepingRule::room_words) == 1);
    CHECK(site.rooms.asked == std::vector{first});
}

TEST_CASE("A request that comes while the night's job is at work is refused, and nobody waits for it") {
    const TemporaryFolder folder;
    Site site{folder.path()};
    site.plant();
    site.clock.now = moment("2027-01-04");
    std::optional<std::variant<Keeper::Erased, protocol::RefusalWord>> outcome;
    bool has_begun = false;
    site.rooms.meanwhile = [&] {
        outcome = std::async(std::launch::async, [&] {
            return site.keeper.erase_person(site.person, [&] { has_begun = true; });
        }).get();
    };
    CHECK(site.run().ran == Ran::whole);
    REQUIRE(outcome);
    CHECK(std::get<protocol::RefusalWord>(*outcome) == protocol::RefusalWord::busy);
    CHECK_FALSE(has_begun);
    CHECK(site.name_of(site.person) == "Maija Mäki");
}

TEST_CASE("A request that came before a hold is refused where the hold is there when it is done") {
    const TemporaryFolder folder;
    Site site{folder.path()};
    site.plant();
    const auto outcome = site.keeper.erase_person(
        site.person, [&] { site.hold({.person = site.person, .reason = "Kantelu", .last_day = "31.1.2027"}); });
    CHECK(std::get<protocol::RefusalWord>(outcome) == protocol::RefusalWord::not_now);
    CHECK(site.name_of(site.person) == "Maija Mäki");
    CHECK_FALSE(std::filesystem::exists(tombstones_beside(site.file)));
}

TEST_CASE("While the clock is not believed nothing goes, until somebody says that it is right") {
    const TemporaryFolder folder;
    Site site{folder.path()};
    site.plant();
    const auto jumped = GENERATE(true, false);
    if (jumped) {
        // Exactly 40 days is no jump.
        site.clock.now.ms += time_jump_days * day_ms;
        CHECK_FALSE(is_time_doubted(*site.store.open_reader(), site.clock.now));
        site.clock.now.ms += 1;
    } else {
        site.clock.now.ms += 30 * day_ms;
        CHECK(site.run().ran == Ran::whole);
        site.tell_phone("040 456");
        site.clock.now.ms -= 120'000;
    }
    const auto before = site.phone();
    REQUIRE(before);
    CHECK(site.run().ran == Ran::time_doubted);
    CHECK(site.phone() == before);
    CHECK(standing_of(*site.store.open_reader()).is_time_doubted);
    std::ostringstream said;
    CHECK(keeping_command(
              Wanted::now, site.keeper, *site.store.open_reader(), site.clock.now, [] { return true; }, said) == 1);
    CHECK(said.str().find("--time-is-right") != std::string::npos);
    site.keeper.confirm_time();
    CHECK_FALSE(standing_of(*site.store.open_reader()).is_time_doubted);
    CHECK(site.run().ran == Ran::whole);
    CHECK_FALSE(site.phone());
}

TEST_CASE("The night's job is due once a day, from ten past three in Helsinki on") {
    const TemporaryFolder folder;
    Site site{folder.path()};
    const auto is_due = [&] { return site.keeper.is_night_job_due(*site.store.open_reader()); };
    // The day of the first start has none.
    CHECK_FALSE(is_due());
    site.clock.now = moment("2026-12-11", 3);
    CHECK_FALSE(is_due());
    site.clock.now.ms += 10 * 60'000;
    CHECK(is_due());
    CHECK(site.run().ran == Ran::whole);
    CHECK_FALSE(is_due());
    site.clock.now = moment("2026-12-12", 4);
    CHECK(is_due());
    // One that did not go through is tried again, half an hour later.
    site.plant();
    site.clock.now = moment("2027-01-04", 4);
    CHECK(site.keeper.run(ErasureBy::night, [] { return false; }).ran == Ran::cut_off);
    CHECK_FALSE(is_due());
    site.clock.now.ms += 31 * 60'000;
    CHECK(is_due());
}

TEST_CASE("What was erased is erased again after a restore, and what was told since stays") {
    const TemporaryFolder folder;
    const TemporaryFolder restored;
    {
        Site site{folder.path()};
        site.plant();
    }
    copy_data(folder, restored);
    {
        Site site{folder.path()};
        site.clock.now = moment("2027-01-04");
        CHECK(site.run().ran == Ran::whole);
        CHECK_FALSE(site.phone());
        // She comes again, and tells her number.
        site.tell_phone("050 999");
        CHECK(site.keeper.catch_up().tombstones == 0);
        CHECK(site.phone() == "050 999");
    }
    const auto stones = tombstones_beside(folder.path() / "etakahvila.sqlite");
    struct ::stat found{};
    REQUIRE(::stat(stones.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
    CHECK(text_of(stones).find("Maija") == std::string::npos);
    std::filesystem::copy_file(stones, tombstones_beside(restored.path() / "etakahvila.sqlite"));

    Site site{restored.path()};
    site.clock.now = moment("2027-01-05");
    CHECK(site.phone() == "040 123");
    CHECK(site.keeper.catch_up().tombstones == 2);
    CHECK_FALSE(site.phone());
    CHECK(site.rooms.asked == std::vector{site.session});
    site.tell_phone("050 999");
    CHECK(site.keeper.catch_up().tombstones == 0);
    CHECK(site.phone() == "050 999");
}

TEST_CASE("A person's erasure is done again after a restore") {
    const TemporaryFolder folder;
    const TemporaryFolder restored;
    {
        Site site{folder.path()};
        site.plant();
    }
    copy_data(folder, restored);
    {
        Site site{folder.path()};
        const auto erased = std::get<Keeper::Erased>(site.keeper.erase_person(site.person));
        CHECK(erased.rooms == 1);
        CHECK(erased.waiting_days == 0);
    }
    const auto stones = tombstones_beside(folder.path() / "etakahvila.sqlite");
    std::filesystem::copy_file(stones, tombstones_beside(restored.path() / "etakahvila.sqlite"));
    Site site{restored.path()};
    site.keeper.catch_up();
    CHECK(site.store.open_reader()->one<std::string>("SELECT name FROM people WHERE id = ?", site.person) ==
          pseudonym_of(site.person));
    CHECK(site.rooms.asked == std::vector{site.session});
}

TEST_CASE("The room of a cancelled day is compacted as that of a sealed one, from the day of the cancelling on") {
    const TemporaryFolder folder;
    Site site{folder.path()};
    site.plant();
    site.store.write_and_wait([&](records::Database& database) {
        database.write("DELETE FROM days");
        CHECK_FALSE(ended_at(database, site.session));
        people::cancel_session(database, site.session,
            {.why = protocol::CancelReason::staff_ill, .words = "Ohjaaja on sairas.", .by_name = "Kaisa"},
            moment("2026-12-03"));
        CHECK(ended_at(database, site.session) == moment("2026-12-03"));
    });
    SECTION("at its time") {
        site.clock.now = moment("2027-01-02");
        CHECK(count_in(try_run(*site.store.open_reader(), site.clock.now), KeepingRule::room_words) == 0);
        site.clock.now = moment("2027-01-03");
        CHECK(unsealed_days(*site.store.open_reader(), Moment{*site.store.open_reader(), site.clock.now}).empty());
        CHECK(count_in(site.run().counts, KeepingRule::room_words) == 1);
    }
    SECTION("on request") {
        const auto shown = erasure_of(*site.store.open_reader(), site.rooms, site.person, site.clock.now);
        CHECK(shown->waiting_days == 0);
        const auto erased = std::get<Keeper::Erased>(site.keeper.erase_person(site.person));
        CHECK(erased.rooms == 1);
        CHECK(erased.waiting_days == 0);
    }
    CHECK(site.rooms.asked == std::vector{site.session});
}

TEST_CASE("An erasure that is refused is taken back, and no later start carries it out") {
    const TemporaryFolder folder;
    const auto refuse = GENERATE("BEFORE INSERT ON erased_people", "BEFORE UPDATE OF phone ON people");
    {
        Site site{folder.path()};
        site.plant();
        site.store.write_and_wait([&](records::Database& database) {
            database.script("CREATE TRIGGER refuse " + std::string{refuse} + " BEGIN SELECT RAISE(ABORT, 'no'); END");
        });
        CHECK_THROWS(site.keeper.erase_person(site.person));
        CHECK(TombstoneFile{tombstones_beside(site.file)}.all().empty());
        // The night's job is no other.
        site.clock.now = moment("2027-01-04");
        if (refuse == std::string{"BEFORE UPDATE OF phone ON people"}) {
            CHECK_THROWS(site.run());
            const auto left = TombstoneFile{tombstones_beside(site.file)}.all();
            CHECK(std::none_of(
                left.begin(), left.end(), [](const auto& each) { return each.rule == KeepingRule::contacts; }));
        }
        site.store.write_and_wait([](records::Database& database) { database.script("DROP TRIGGER refuse"); });
    }
    Site site{folder.path()};
    CHECK(site.keeper.catch_up().tombstones == 0);
    CHECK(site.name() == "Maija Mäki");
    CHECK(site.phone() == "040 123");
    // Asked again it is done, and stays done.
    site.keeper.erase_person(site.person);
    CHECK(site.name() == pseudonym_of(site.person));
    CHECK(site.keeper.catch_up().tombstones == 0);
}

TEST_CASE("A room that could not be compacted leaves no tombstone") {
    const TemporaryFolder folder;
    Site site{folder.path()};
    site.plant();
    site.clock.now = moment("2027-01-04");
    site.rooms.outcome = Rooms::Outcome::not_sealed;
    site.run();
    for (const auto& tombstone : TombstoneFile{tombstones_beside(site.file)}.all())
        CHECK(tombstone.rule != KeepingRule::room_words);
}

TEST_CASE("Catching up passes over whom something newer than the tombstone keeps, and tells it") {
    const TemporaryFolder folder;
    const TemporaryFolder restored;
    const bool is_newer = GENERATE(true, false);
    {
        Site site{folder.path()};
        site.plant();
        // It ends, and only then are they erased: the copy has it still.
        site.hold();
    }
    copy_data(folder, restored);
    {
        Site site{folder.path()};
        site.clock.now = moment("2026-12-12");
        site.store.write_and_wait(
            [&](records::Database& database) { CHECK_FALSE(end_hold(database, HoldId{1}, site.clock.now)); });
        site.keeper.erase_person(site.person);
        // Why they were held was told of them.
        CHECK(site.store.open_reader()->one<std::string>("SELECT reason FROM keeping_holds") == erased_words);
    }
    std::filesystem::copy_file(tombstones_beside(folder.path() / "etakahvila.sqlite"),
        tombstones_beside(restored.path() / "etakahvila.sqlite"));
    Site site{restored.path()};
    site.clock.now = moment("2026-12-13");
    if (is_newer) site.hold();
    const auto caught_up = site.keeper.catch_up();
    CHECK(caught_up.passed_over == (is_newer ? std::vector{site.person} : std::vector<PersonId>{}));
    CHECK(site.name() == (is_newer ? "Maija Mäki" : pseudonym_of(site.person)));
    CHECK(site.keeper.catch_up().tombstones == 0);
}

TEST_CASE("On a full disk what was erased is erased again from the reserve, and else by the next run before all else") {
    const TemporaryFolder folder;
    const TemporaryFolder restored;
    {
        Site site{folder.path()};
        site.plant();
    }
    copy_data(folder, restored);
    {
        Site site{folder.path()};
        site.keeper.erase_person(site.person);
    }
    std::filesystem::copy_file(tombstones_beside(folder.path() / "etakahvila.sqlite"),
        tombstones_beside(restored.path() / "etakahvila.sqlite"));
    Site site{restored.path()};
    FullDisk disk{site.store};
    Keeper keeper{
        {.clock = site.clock, .store = disk, .rooms = site.rooms, .tombstones = tombstones_beside(site.file)}};
    SECTION("the reserve is there") {
        // The room waits for space.
        site.rooms.outcome = Rooms::Outcome::not_now;
        CHECK(keeper.catch_up().tombstones == 2);
        CHECK(site.name_of(site.person) == pseudonym_of(site.person));
        CHECK(site.store.open_reader()->has("SELECT 1 FROM rooms_to_compact WHERE session = ?", site.session));
    }
    SECTION("nothing is saved, until there is space") {
        disk.standing = journal::Saves::nothing_yet;
        CHECK_THROWS_AS(keeper.catch_up(), journal::NotSaved);
        CHECK(site.name_of(site.person) == "Maija Mäki");
        disk.standing = journal::Saves::everything;
        // Somebody else's lines come behind, and do not hide these.
        const auto other = site.add_person("Eino Öhman", "041 123");
        if (GENERATE(true, false))
            CHECK(keeper.run(ErasureBy::night, [] { return true; }).ran == Ran::whole);
        else
            CHECK(std::holds_alternative<Keeper::Erased>(keeper.erase_person(other)));
        CHECK(site.name_of(site.person) == pseudonym_of(site.person));
    }
}

TEST_CASE("What was erased in another life takes nobody who has the same number in this one") {
    const TemporaryFolder first_backup;
    const TemporaryFolder second_backup;
    {
        const TemporaryFolder live;
        {
            Site site{live.path()};
            site.plant();
        }
        copy_data(live, first_backup);
        {
            Site site{live.path()};
            CHECK(site.add_person("Eino Öhman", "041 123") == PersonId{2});
        }
        copy_data(live, second_backup);
    }
    const auto stones = tombstones_beside(first_backup.path() / "etakahvila.sqlite");
    {
        Site site{first_backup.path()};
        CHECK(site.keeper.begin_life().tombstones == 0);
        const auto aino = site.add_person("Aino Öhman", "041 123");
        CHECK(aino == PersonId{2});
        site.keeper.erase_person(aino);
        site.keeper.erase_person(site.person);
        CHECK(site.name_of(aino) == pseudonym_of(aino));
    }
    std::filesystem::copy_file(stones, tombstones_beside(second_backup.path() / "etakahvila.sqlite"));
    Site site{second_backup.path()};
    CHECK(site.keeper.begin_life().tombstones > 0);
    CHECK(site.name_of(PersonId{2}) == "Eino Öhman");
    // Who was there before the lives parted is the same in both.
    CHECK(site.name_of(site.person) == pseudonym_of(site.person));
    CHECK(lives_of(*site.store.open_reader()).size() == 2);
}

TEST_CASE("A torn last line of the tombstones is passed over, and cut off before the next is written") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "x.tombstones";
    TombstoneFile file{path};
    CHECK(file.all().empty());
    const Tombstone first{.number = 1, .at = {5}, .rule = KeepingRule::contacts, .id = 41};
    file.append(7, std::array{first});
    std::ofstream{path, std::ios::app} << "2 6 conta";
    CHECK(file.all() == std::vector{first});
    const Tombstone second{.number = 2, .at = {6}, .rule = {}, .id = 42};
    file.append(7, std::array{second});
    CHECK(file.all() == std::vector{first, second});
    CHECK(text_of(path) == "etakahvila-tombstones 7\n1 5 contacts 41 0\n2 6 person 42 0\n");
    CHECK_THROWS(file.append(8, std::array{second}));
    const Tombstone third{.number = 3, .at = {7}, .rule = {}, .id = 43, .life = 99};
    file.append(7, std::array{third});
    CHECK(file.all() == std::vector{first, second, third});
    CHECK(text_of(path).ends_with("3 7 person 43 0 99\n"));
    // Another has written to it since.
    std::ofstream{path, std::ios::app} << "4 8 person 44 0\n5 9 per";
    const Tombstone sixth{.number = 6, .at = {9}, .rule = {}, .id = 45};
    file.append(7, std::array{sixth});
    CHECK(text_of(path).ends_with("\n4 8 person 44 0\n6 9 person 45 0\n"));
    // Taken back: no line of these numbers counts any more, and none of them is given again.
    file.take_back(7, std::array{sixth});
    CHECK(file.all().size() == 4);
    CHECK(text_of(path).ends_with("6 9 person 45 0\n7 9 taken_back 6 6\n"));
    CHECK(file.last_number() == 7);
    std::ofstream{path, std::ios::app} << "8 7 of_the_future 1 0\n";
    CHECK_THROWS(file.all());
}

TEST_CASE("Tombstones of other data are refused, and nothing of them is done") {
    const TemporaryFolder folder;
    const TemporaryFolder other;
    {
        Site site{folder.path()};
        site.plant();
        site.keeper.erase_person(site.person);
    }
    Site site{other.path()};
    site.plant();
    site.clock.now = moment("2027-01-04");
    site.run();
    site.tell_phone("050 999");
    std::filesystem::copy_file(tombstones_beside(folder.path() / "etakahvila.sqlite"),
        tombstones_beside(other.path() / "etakahvila.sqlite"), std::filesystem::copy_options::overwrite_existing);
    CHECK_THROWS(Keeper{
        {.clock = site.clock, .store = site.store, .rooms = site.rooms, .tombstones = tombstones_beside(site.file)}}
            .catch_up());
    CHECK(site.phone() == "050 999");
}
