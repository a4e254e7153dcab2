// What Prometheus reads, and where it reads it.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/histogram.hpp"
#include "house/house.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;

namespace {

bool has_line(const std::string& figures, const std::string& line) {
    return ("\n" + figures).find("\n" + line + "\n") != std::string::npos;
}

/// The value of a figure without labels, or with them as they are written.
double value(const std::string& figures, const std::string& name) {
    const auto at = ("\n" + figures).find("\n" + name + " ");
    INFO(name);
    REQUIRE(at != std::string::npos);
    return std::stod(figures.substr(at + name.size() + 1));
}

/// A port on which somebody else listens.
class TakenPort {
public:
    TakenPort() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(::listen(socket_, 1) == 0);
        REQUIRE(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
        number = ntohs(address.sin_port);
    }
    ~TakenPort() { ::close(socket_); }
    TakenPort(const TakenPort&) = delete;
    TakenPort& operator=(const TakenPort&) = delete;

    std::uint16_t number{};

private:
    int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
};

}  // namespace

TEST_CASE("Figures: on a listener of their own, which has nothing else; on the site's there are none") {
    TestHouse house{{.has_figures = true}};
    const auto on_figures = [&](std::string_view method, std::string_view path, std::string_view host = "localhost") {
        RawClient client{house.figures_port(), {}};
        return ask(client, method, path, {}, {}, host);
    };
    const auto page = on_figures("GET", "/metrics");
    CHECK(page.status == 200);
    CHECK(page.field("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
    // Prometheus asks by whatever name its file has.
    CHECK(on_figures("GET", "/metrics", "kahvila-1.internal").status == 200);
    CHECK(on_figures("POST", "/metrics").status == 405);
    for (const auto* path : {"/", "/healthz", "/readyz", "/api/site", "/room", "/voice", "/metrics/", "/staff"}) {
        CAPTURE(path);
        CHECK(on_figures("GET", path).status == 404);
    }
    for (const auto* field : {"X-Note: 1", "X-Forwarded-For: 127.0.0.1", "Via: 1.1 x"})
        CHECK(ask(house, "GET", "/metrics", {}, {field}).status == 404);
}

TEST_CASE("Figures: none when no address is named; where the port is taken the house opens without, and says so") {
    TestHouse house;
    CHECK(house.house->figures_at().empty());
    CHECK(house.house->why_no_figures().empty());

    const TakenPort taken;
    house.settings.metrics_listen = {{.host = "127.0.0.1", .port = taken.number}};
    house.open_anew();
    CHECK(house.house->figures_at().empty());
    const auto why = house.house->why_no_figures();
    INFO(why);
    CHECK(why.starts_with("--metrics-listen: Cannot listen on 127.0.0.1 port " + std::to_string(taken.number) + ": "));
    CHECK(why.find("is taken by") != why.npos);
    CHECK(house.log().find("metrics_off") != std::string::npos);
    CHECK(ask(house, "GET", "/healthz").status == 200);
}

TEST_CASE("Figures: requests by their routes, without the numbers that an address has") {
    TestHouse house{{.has_figures = true}};
    ask(house, "GET", "/");
    ask(house, "POST", "/api/look", R"({"secret":"AAAAAAAAAAAAAAAAAAAAAA"})");
    ask(house, "GET", "/api/sessions/7/cancelling");
    const auto figures = house.figures();
    INFO(figures);
    CHECK(has_line(figures, R"(etakahvila_refusals_total{word="not_found"} 1)"));
    CHECK(has_line(figures, R"(etakahvila_requests_seconds_count{route="POST /api/look",status="4xx"} 1)"));
    CHECK(has_line(
        figures, R"(etakahvila_requests_seconds_count{route="GET /api/sessions/ID/cancelling",status="4xx"} 1)"));
    CHECK(has_line(figures, R"(etakahvila_requests_seconds_count{route="GET page",status="2xx"} 1)"));
    CHECK(figures.find("/7/") == figures.npos);
    // Of the process, by the names of any process.
    CHECK(value(figures, "process_resident_memory_bytes") > 1e6);
    CHECK(value(figures, "process_open_fds") >= 3);
    CHECK(value(figures, "process_open_fds") < value(figures, "process_max_fds"));
    CHECK(value(figures, "process_start_time_seconds") > 1.6e9);
    CHECK(figures.find("etakahvila_build_info{version=\"") != figures.npos);
}

TEST_CASE("Figures: who is in the rooms, who waits for help and for how long, how lines came, and what was answered") {
    TestHouse house{{.has_figures = true}};
    const auto session = house.plan_session();
    const auto mustikka = house.invite(session, protocol::Role::participant, "Maija Mustikka");
    const auto ohjaaja = house.invite(session, protocol::Role::facilitator, "Outi Ohjaaja");
    RoomClient of_mustikka{house};
    const auto welcome = of_mustikka.come_in(enter(house, mustikka, "Maija"));
    RoomClient of_her_phone{house};
    of_her_phone.come_in(enter(house, mustikka));
    RoomClient of_ohjaaja{house};
    of_ohjaaja.come_in(enter(house, ohjaaja));
    const auto at_first = house.figures();
    INFO(at_first);
    CHECK(has_line(at_first, "etakahvila_rooms_open 1"));
    CHECK(has_line(at_first, "etakahvila_rooms_damaged 0"));
    // Two devices are one person.
    CHECK(has_line(at_first, R"(etakahvila_people_connected{role="participant"} 1)"));
    CHECK(has_line(at_first, R"(etakahvila_people_connected{role="facilitator"} 1)"));
    CHECK(has_line(at_first, R"(etakahvila_resume_total{kind="fresh"} 3)"));
    CHECK(has_line(at_first, "etakahvila_command_answer_seconds_count 0"));
    CHECK(has_line(at_first, "etakahvila_help_waiting 0"));

    CHECK_FALSE(of_mustikka
            .outcome_of(
                "c1", protocol::AskForHelp{.kind = protocol::HelpKind::cannot_hear, .words = {}, .call_back = {}})
            .refusal);
    house.pass(12s);
    wait_until([&] { return has_line(house.figures(), "etakahvila_command_answer_seconds_count 1"); });
    const auto later = house.figures();
    INFO(later);
    CHECK(has_line(later, "etakahvila_help_waiting 1"));
    CHECK(has_line(later, "etakahvila_help_oldest_wait_seconds 12"));
    CHECK(value(later, "etakahvila_commit_seconds_count") >= 3);
    CHECK(value(later, "etakahvila_commit_steps_sum") >= 4);

    // Who comes back goes on; who comes from a room of another making starts over.
    RoomClient back{house};
    back.come_in(enter(house, mustikka), protocol::ResumePoint{.epoch = welcome.epoch, .seq = welcome.seq});
    RoomClient stranger{house};
    stranger.come_in(enter(house, mustikka), protocol::ResumePoint{.epoch = "another", .seq = 5});
    const auto at_last = house.figures();
    CHECK(has_line(at_last, R"(etakahvila_resume_total{kind="resumed"} 1)"));
    CHECK(has_line(at_last, R"(etakahvila_resume_total{kind="anew"} 1)"));
    // Nobody's name, secret or theme is in it.
    for (const auto& secret : {std::string{"Maija"}, std::string{"Mustikka"}, std::string{"Outi"}, std::string{"Uni"},
             std::string{"Syksy"}, mustikka.secret})
        CHECK(at_last.find(secret) == at_last.npos);
}

TEST_CASE("A histogram: each value in the step that it reaches, from several threads, and none lost") {
    base::Histogram histogram{1, 2.5, 10};
    for (const double one : {0.5, 1.0, 1.1, 2.5, 9.0, 10.0, 10.5, 1000.0}) histogram.add(one);
    auto reading = histogram.read();
    CHECK(reading.bounds == std::vector<double>{1, 2.5, 10});
    CHECK(reading.counts == std::vector<std::int64_t>{2, 2, 2, 2});
    CHECK(reading.sum == Approx(1034.6));

    std::vector<std::thread> threads;
    for (int thread = 0; thread < 12; ++thread) {
        threads.emplace_back([&] {
            for (int count = 0; count < 1000; ++count) histogram.add(2);
        });
    }
    for (auto& thread : threads) thread.join();
    reading = histogram.read();
    CHECK(reading.counts == std::vector<std::int64_t>{2, 12'002, 2, 2});
    CHECK(reading.sum == Approx(25'034.6));
}
