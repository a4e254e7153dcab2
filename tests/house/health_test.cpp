// What is wrong with the house, made so: /readyz, the figures, the log and the API say it alike, and say it no more
// when it has passed.

#include "base/json.hpp"
#include "house/health_look.hpp"
#include "house/house.hpp"
#include "support/catch.hpp"
#include "support/default_disk.hpp"
#include "support/smtp_sink.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;

namespace {

/// A house that is looked at from all sides.
struct Watched {
    explicit Watched(HouseOptions options = {})
        : house{with_figures(std::move(options))}, key{bearer(house.coordinator_key())} {}

    static HouseOptions with_figures(HouseOptions options) {
        options.has_figures = true;
        return options;
    }

    Reply readyz() { return ask(house, "GET", "/readyz"); }
    std::string health() { return ask(house, "GET", "/api/health", {}, {key}).body; }

    /// All of them say that it is there; since when the test's clock stood where it does now.
    void expect(const std::string& what, const std::string& severity, int readyz_status) {
        CAPTURE(what);
        const auto line = what + " since ";
        wait_until([&] { return has(readyz(), line); });
        CHECK(readyz().status == readyz_status);
        const auto shown = health();
        INFO(shown);
        CHECK(shown.find("{\"what\":\"" + what + "\",\"severity\":\"" + severity + "\",\"since\":") != shown.npos);
        CHECK(house.figures().find("etakahvila_trouble{what=\"" + what + "\"} 1") != std::string::npos);
        CHECK(house.log().find("trouble_began what=" + what) != std::string::npos);
    }

    void expect_passed(const std::string& what) {
        CAPTURE(what);
        wait_until([&] { return !has(readyz(), what); });
        CHECK(readyz().status == 200);
        CHECK(health().find(what) == std::string::npos);
        CHECK(house.figures().find("etakahvila_trouble{what=\"" + what + "\"} 0") != std::string::npos);
        CHECK(house.log().find("trouble_ended what=" + what) != std::string::npos);
    }

    bool has_figure(const std::string& line) { return house.figures().find(line + "\n") != std::string::npos; }
    void look() { house.house->timekeeper().wake(); }

    TestHouse house;
    std::string key;
};

void save_something(TestHouse& house) {
    house.store().write_and_wait([](records::Database& database) {
        database.write("CREATE TABLE IF NOT EXISTS of_the_test (number INTEGER)");
        database.write("INSERT INTO of_the_test VALUES (1)");
    });
}

/// What can be looked at, and set, without a house around it: its look's own board.
struct Looked {
    class SetClock final : public base::Clock {
    public:
        std::chrono::milliseconds monotonic() const override { return passed; }
        base::UtcTime utc() const override { return {1'796'281'200'000 + passed.count() + set_by.count()}; }
        std::chrono::milliseconds passed{1h};
        std::chrono::milliseconds set_by{};
    };

    bool sees(protocol::Trouble what) {
        look.look(*house.store().open_reader());
        const auto shown = health.health().troubles;
        return std::any_of(shown.begin(), shown.end(), [&](const auto& one) { return one.what == what; });
    }

    TestHouse house;
    SetClock clock;
    base::Log log{base::LogLevel::error};
    house::Health health{clock, log, [] { return false; }};
    std::optional<std::int64_t> free_bytes = std::int64_t{50} << 30;
    std::optional<base::UtcTime> last_backup;
    std::optional<base::UtcTime> certificate;
    house::HealthLook look{{.clock = clock,
        .health = health,
        .data_file = house::data_file(house.settings),
        .directory = house.house->directory(),
        .last_backup = [this](const records::Database&) { return last_backup; },
        .certificate_ends = [this] { return certificate; },
        .free_bytes = [this](const std::filesystem::path&) { return free_bytes; }}};
};

}  // namespace

TEST_CASE("Health: nothing is wrong with a house that has just opened, and only who coordinates all may ask") {
    Watched watched;
    CHECK(watched.readyz().body.starts_with("ready\n"));
    CHECK(watched.readyz().status == 200);
    CHECK(watched.has_figure("etakahvila_saving{state=\"everything\"} 1"));
    CHECK(watched.has_figure("etakahvila_saving{state=\"nothing\"} 0"));
    CHECK(ask(watched.house, "GET", "/api/health").status == 401);
    // How full the disk is depends on the machine; the urgent ones do not.
    CHECK(watched.health().find("urgent") == std::string::npos);
}

TEST_CASE("Health: a full disk") {
    DefaultDisk disk;
    Watched watched;
    disk.set_capacity(disk.used());
    CHECK_THROWS_AS(save_something(watched.house), journal::NotSaved);
    watched.expect("disk_full", "urgent", 503);
    CHECK(watched.has_figure("etakahvila_saving{state=\"vital_only\"} 1"));
    CHECK(watched.has_figure("etakahvila_saving{state=\"everything\"} 0"));
    // It is seen without being asked for: a load balancer learns it, and so does who asks only whether it runs.
    CHECK(watched.readyz().body.starts_with("not ready\ndisk_full since 2026-12-03T07:00:00Z\n"));
    CHECK(ask(watched.house, "GET", "/healthz").status == 200);

    // What is wrong is the operator's to know; whoever comes through a proxy learns whether, and no more.
    for (const auto* field : {"X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 127.0.0.1", "Forwarded: for=192.0.2.1"})
        CHECK(ask(watched.house, "GET", "/readyz", {}, {field}).body == "not ready\n");

    disk.set_capacity(UINT64_MAX);
    watched.expect_passed("disk_full");
    save_something(watched.house);
}

TEST_CASE("Health: a disk that has failed stays so until the server starts anew") {
    DefaultDisk disk;
    Watched watched;
    disk.fail_sync_at(1);
    CHECK_THROWS_AS(save_something(watched.house), journal::NotSaved);
    watched.expect("disk_failed", "urgent", 503);
    CHECK(watched.has_figure("etakahvila_saving{state=\"nothing\"} 1"));
    CHECK(watched.readyz().body.find("disk_full") == std::string::npos);
    watched.house.open_anew();
    CHECK(watched.readyz().status == 200);
    CHECK(watched.health().find("disk_failed") == std::string::npos);
}

TEST_CASE("Health: a damaged room closes no other, and clients are sent here all the same") {
    Watched watched;
    const auto session = watched.house.plan_session();
    const auto mustikka = watched.house.invite(session, protocol::Role::participant, "Maija Mustikka");
    enter(watched.house, mustikka, "Mustikka");
    watched.house.store().write_and_wait([&](records::Database& database) {
        database.write("UPDATE steps SET record = 'x' WHERE session = ? AND seq = 1", session);
    });
    watched.house.open_anew();
    ask(watched.house, "POST", "/api/look", secret_body(mustikka.secret));
    REQUIRE(watched.house.house->directory().room(session) != nullptr);
    watched.expect("room_damaged", "urgent", 200);
    CHECK(watched.has_figure("etakahvila_rooms_damaged 1"));
    CHECK(watched.has_figure("etakahvila_rooms_open 1"));
}

TEST_CASE("Health: a certificate that ends in ten days, until a new one is read") {
    Watched watched{{.has_tls = true}};
    const auto in_days = [&](std::int64_t days) {
        return base::UtcTime{watched.house.clock.utc().ms + days * 86'400'000};
    };
    make_certificate(watched.house.folder.path(), in_days(10));
    watched.house.house->reload_certificate();
    watched.expect("certificate_ends", "soon", 200);
    CHECK(watched.health().find("\"at\":" + std::to_string(in_days(10).ms)) != std::string::npos);
    CHECK(watched.has_figure("etakahvila_certificate_not_after_seconds " + std::to_string(in_days(10).ms / 1000)));

    make_certificate(watched.house.folder.path(), in_days(60));
    watched.house.house->reload_certificate();
    watched.expect_passed("certificate_ends");
}

TEST_CASE("Health: letters that do not go out, until they do") {
    SmtpSink sink;
    sink.answer_recipients("451 not now");
    Watched watched{{.mail_server = sink.address()}};
    watched.house.plan_session();
    REQUIRE(ask(watched.house, "POST", "/api/sessions/1/people", R"({"name":"Matti","email":"matti@esimerkki.fi"})",
                {watched.key})
                .status == 200);
    ask(watched.house, "POST", "/api/sessions/1/mail", "{}", {watched.key});
    wait_until([&] { return watched.has_figure("etakahvila_mail_failed_total 1"); });
    // Once is a server that was just starting.
    watched.look();
    wait_until([&] { return watched.has_figure("etakahvila_mail_waiting 1"); });
    CHECK(watched.health().find("mail_stuck") == std::string::npos);
    watched.house.clock.pass(61s);
    watched.house.house->post_office().wake();
    wait_until([&] { return watched.has_figure("etakahvila_mail_failed_total 2"); });
    watched.look();
    watched.expect("mail_stuck", "soon", 200);

    sink.answer_recipients("250 ok");
    watched.house.clock.pass(6min);
    watched.house.house->post_office().wake();
    wait_until([&] { return !sink.letters().empty(); });
    wait_until([&] {
        watched.look();
        return !has(watched.readyz(), "mail_stuck");
    });
    watched.expect_passed("mail_stuck");
}

TEST_CASE("Health: a backup that was never made, of a site that is in use for longer than a day") {
    Watched watched;
    watched.house.add_account("Aino", {});
    watched.house.clock.pass(25h);
    watched.look();
    CHECK(watched.health().find("backup_old") == std::string::npos);
    watched.house.clock.pass(2h);
    watched.look();
    watched.expect("backup_old", "soon", 200);
}

TEST_CASE("Health, as it is looked at: each trouble from its bound on, and not before") {
    using enum protocol::Trouble;
    Looked looked;
    const auto now = [&] { return looked.clock.utc(); };
    for (const auto what : {disk_low, certificate_ends, backup_old, mail_stuck, clock_jumped})
        CHECK_FALSE(looked.sees(what));

    looked.free_bytes = 2'000'000'000;
    CHECK_FALSE(looked.sees(disk_low));
    looked.free_bytes = 1'999'999'999;
    CHECK(looked.sees(disk_low));
    // A disk that does not say is no disk that is full.
    looked.free_bytes.reset();
    CHECK_FALSE(looked.sees(disk_low));

    looked.certificate = base::UtcTime{now().ms + 14 * 86'400'000LL};
    CHECK_FALSE(looked.sees(certificate_ends));
    looked.certificate = base::UtcTime{looked.certificate->ms - 1};
    CHECK(looked.sees(certificate_ends));
    looked.certificate = base::UtcTime{now().ms - 1};
    CHECK(looked.sees(certificate_ends));

    looked.last_backup = base::UtcTime{now().ms - 26 * 3'600'000LL};
    CHECK_FALSE(looked.sees(backup_old));
    looked.last_backup = base::UtcTime{looked.last_backup->ms - 1};
    CHECK(looked.sees(backup_old));
    const auto shown = looked.health.health().troubles;
    const auto old = std::find_if(shown.begin(), shown.end(), [](const auto& one) { return one.what == backup_old; });
    REQUIRE(old != shown.end());
    CHECK(old->at == looked.last_backup);
    looked.last_backup = base::UtcTime{now().ms + 24 * 3'600'000LL};
    CHECK_FALSE(looked.sees(backup_old));
    // Of one that is dated ahead nobody knows how old it is.
    looked.last_backup = base::UtcTime{looked.last_backup->ms + 1};
    CHECK(looked.sees(backup_old));
    looked.last_backup = now();

    looked.clock.set_by = 9s;
    CHECK_FALSE(looked.sees(clock_jumped));
    looked.clock.set_by = -1h;
    CHECK(looked.sees(clock_jumped));
    looked.clock.passed += 59min;
    CHECK(looked.sees(clock_jumped));
    looked.clock.passed += 1min;
    CHECK_FALSE(looked.sees(clock_jumped));
}

TEST_CASE("Health: the board says whom to call, where somebody is named") {
    base::Log log{base::LogLevel::debug, [](std::string_view) {}};
    const HandClock clock;
    CHECK(house::Health{clock, log, [] { return false; }, "09 000 0000"}.health().operator_phone == "09 000 0000");
}

TEST_CASE("Health: a commit that does not come back is one that does not save") {
    std::string lines;
    base::Log log{base::LogLevel::debug, [&](std::string_view line) { lines += line; }};
    const HandClock clock;
    bool hangs = false;
    house::Health health{clock, log, [&] { return hangs; }};
    CHECK(health.health().troubles.empty());
    hangs = true;
    REQUIRE(health.health().troubles.size() == 1);
    CHECK(health.health().troubles.front() == protocol::TroubleShown{.what = protocol::Trouble::not_saving,
                                                  .severity = protocol::Severity::urgent,
                                                  .since = clock.utc(),
                                                  .at = {}});
    CHECK(house::Health::keeps_clients_away(protocol::Trouble::not_saving));
    CHECK_FALSE(health.health().operator_phone);
    hangs = false;
    CHECK(health.health().troubles.empty());
    // Told once each, however often it is looked at.
    CHECK(lines.find("trouble_began") == lines.rfind("trouble_began"));
    CHECK(lines.find("trouble_ended") != lines.npos);
}
