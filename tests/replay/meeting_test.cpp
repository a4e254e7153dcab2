#include "player/script.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace etakahvila::player;

namespace {

std::vector<BadLine> faults_of(std::string_view text) {
    const auto read = read_meeting("kokous", text);
    const auto* bad = std::get_if<std::vector<BadLine>>(&read);
    return bad == nullptr ? std::vector<BadLine>{} : *bad;
}

Script script_of_text(std::string_view text) { return script_of(std::get<Meeting>(read_meeting("kokous", text))); }

template <class What>
std::vector<std::int64_t> times_of(const Script& script) {
    std::vector<std::int64_t> times;
    for (const auto& step : script.steps) {
        if (std::holds_alternative<What>(step.what)) times.push_back(step.t);
    }
    return times;
}

}  // namespace

TEST_CASE("a meeting is read line by line") {
    const auto read = read_meeting("kokous", R"({"t":0,"op":"join","who":"p01","conn":"voice-0a"}
{"t":9,"op":"chat","who":"p02","len":81}
{"t":12,"op":"request","who":"p01","by":"p02","queue":["p01"]}
{"t":20,"op":"show","queue":["p01"]}
)");
    const auto& meeting = std::get<Meeting>(read);
    REQUIRE(meeting.lines.size() == 4);
    CHECK(meeting.lines[0].conn == "voice-0a");
    CHECK(meeting.lines[1].len == 81);
    CHECK(meeting.lines[2].by == "p02");
    CHECK(meeting.lines[3].queue == std::vector<std::string>{"p01"});
}

TEST_CASE("lines are put in order of time, those of one second as they stand") {
    const auto read = read_meeting("kokous", R"({"t":5,"op":"chat","who":"p01","len":1}
{"t":3,"op":"chat","who":"p02","len":2}
{"t":5,"op":"chat","who":"p03","len":3})");
    const auto& lines = std::get<Meeting>(read).lines;
    CHECK(lines[0].who == "p02");
    CHECK(lines[1].who == "p01");
    CHECK(lines[2].who == "p03");
}

TEST_CASE("every bad line is named, and nothing is used") {
    const auto faults = faults_of(R"({"t":0,"op":"chat","who":"p01","len":5}
{"t":1,"op":"sing","who":"p01"}
{"t":2,"op":"chat","who":"p01"}
{"t":3,"op":"chat","who":"p01","len":5,"len":6}
{"t":4,"op":"chat","who":"p01","len":5,"mood":1}
{"t":5,"op":"leave","who":"p01"}
{"t":6,"op":"show","who":"p01","queue":[]}
{"t":-1,"op":"chat","who":"p01","len":5}
{"t":7,"op":"chat","who":"Maija Meikäläinen","len":5}

nothing)");
    REQUIRE(faults.size() == 10);
    CHECK(faults[0] == BadLine{2, "op is not a word that is known"});
    CHECK(faults[1] == BadLine{3, "lacks len"});
    CHECK(faults[2] == BadLine{4, "has a key twice"});
    CHECK(faults[3] == BadLine{5, "has a key that is not known"});
    CHECK(faults[4] == BadLine{6, "lacks conn"});
    CHECK(faults[5] == BadLine{7, "has who, which show does not have"});
    CHECK(faults[6].line == 8);
    CHECK(faults[7].line == 9);
    CHECK(faults[8].line == 10);
    CHECK(faults[9].line == 11);
    CHECK(faults_of("").size() == 1);
}

TEST_CASE("whoever writes without having come in is in from then on") {
    const auto script = script_of_text(R"({"t":4,"op":"chat","who":"p01","len":3}
{"t":6,"op":"join","who":"p01","conn":"voice-1"}
{"t":8,"op":"leave","who":"p01","conn":"voice-1"}
{"t":9,"op":"chat","who":"p01","len":3})");
    CHECK(script.connections == 2);
    CHECK(times_of<Arrive>(script) == std::vector<std::int64_t>{4, 6});
    CHECK(times_of<Depart>(script) == std::vector<std::int64_t>{8});
    CHECK(script.seconds == 9);
}

TEST_CASE("a connection that only ends was up before") {
    SECTION("from the start") {
        const auto script = script_of_text(R"({"t":4,"op":"chat","who":"p01","len":3}
{"t":6,"op":"leave","who":"p02","conn":"voice-1"})");
        CHECK(times_of<Arrive>(script) == std::vector<std::int64_t>{0, 4});
        CHECK(script.people == std::vector<std::string>{"p01", "p02"});
    }
    SECTION("since the line of that name began for another person") {
        const auto script = script_of_text(R"({"t":4,"op":"join","who":"p01","conn":"voice-1"}
{"t":6,"op":"leave","who":"p02","conn":"voice-1"})");
        CHECK(times_of<Arrive>(script) == std::vector<std::int64_t>{4, 4});
    }
}

TEST_CASE("a connection that begins again was lost and is taken up") {
    const auto script = script_of_text(R"({"t":1,"op":"join","who":"p01","conn":"chat"}
{"t":5,"op":"join","who":"p01","conn":"chat"}
{"t":7,"op":"leave","who":"p01","conn":"chat"}
{"t":8,"op":"leave","who":"p01","conn":"chat"})");
    CHECK(script.connections == 1);
    CHECK(times_of<Redial>(script) == std::vector<std::int64_t>{5});
    CHECK(times_of<Depart>(script) == std::vector<std::int64_t>{7});
}

TEST_CASE("one for whom others ask is there") {
    const auto script = script_of_text(R"({"t":3,"op":"request","who":"p01","by":"p02","queue":["p01"]})");
    CHECK(script.connections == 2);
    CHECK(std::get<Ask>(script.steps.back().what).by == PersonNumber{1});
    CHECK(script.steps.back().answer == std::vector<PersonNumber>{0});
}

TEST_CASE("the time of several connections is that of their union") {
    CHECK(length_of_union({}) == 0);
    CHECK(length_of_union({{0, 10}, {5, 15}, {20, 30}, {22, 24}}) == 25);
    CHECK(length_of_union({{5, 15}, {0, 5}}) == 15);
    CHECK(length_of_union({{5, 5}}) == 0);
}
