#include <array>
#include <chrono>

#include "player/script.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace etakahvila::player;
using namespace std::chrono_literals;
using Times = std::vector<std::chrono::milliseconds>;

namespace {

std::vector<BadRecord> faults_of(std::string_view text) {
    const auto read = read_meeting("kokous", text);
    const auto* bad = std::get_if<std::vector<BadRecord>>(&read);
    return bad == nullptr ? std::vector<BadRecord>{} : *bad;
}

Script script_of_text(std::string_view text) { return script_of(std::get<Meeting>(read_meeting("kokous", text))); }

template <class What>
Times times_of(const Script& script) {
    Times times;
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
    REQUIRE(meeting.records.size() == 4);
    CHECK(meeting.records[0].conn == "voice-0a");
    CHECK(meeting.records[1].len == 81);
    CHECK(meeting.records[2].by == "p02");
    CHECK(meeting.records[3].queue == std::vector<std::string>{"p01"});
}

TEST_CASE("lines are put in order of time, those of one moment as they stand") {
    const auto read = read_meeting("kokous", R"({"t":5,"op":"chat","who":"p01","len":1}
{"t":3,"op":"chat","who":"p02","len":2}
{"t":5,"op":"chat","who":"p03","len":3})");
    const auto& records = std::get<Meeting>(read).records;
    CHECK(records[0].who == "p02");
    CHECK(records[1].who == "p01");
    CHECK(records[2].who == "p03");
}

TEST_CASE("every bad line is named, and nothing is used") {
    const auto faults = faults_of(R"({"t":0,"op":"chat","who":"p01","len":5}
{"t":1,"op":"sing","who":"p01"}
{"t":2,"op":"chat","who":"p01"}

nothing)");
    REQUIRE(faults.size() == 3);
    CHECK(faults[0] == BadRecord{2, "op is not a word that is known"});
    CHECK(faults[1] == BadRecord{3, "lacks len"});
    CHECK(faults[2] == BadRecord{5, "is not JSON in UTF-8"});
    CHECK(to_words(faults) == "3 lines could not be read; first: line 2: op is not a word that is known");
    CHECK(to_words({faults[1]}) == "1 line could not be read; first: line 3: lacks len");
}

namespace {

struct Innocent {
    std::string_view what;
    std::string text;
    /// What the first record becomes.
    Record record;
};

Record says(std::chrono::milliseconds t, std::int64_t length = 5) {
    return {.t = t, .op = Op::chat, .who = "p01", .len = length};
}
std::string at(std::string_view t) { return R"({"t":)" + std::string{t} + R"(,"op":"chat","who":"p01","len":5})"; }
std::string of_length(std::string_view length) {
    return R"({"t":1,"op":"chat","who":"p01","len":)" + std::string{length} + "}";
}

const std::string mark = "\xef\xbb\xbf";

}  // namespace

TEST_CASE("Innocent but odd lines are taken, and what each becomes") {
    const Record looks{.t = 1s, .op = Op::show, .queue = std::vector<std::string>{}};
    const Record comes{.t = 1s, .op = Op::join, .who = "p01", .conn = "chat"};
    for (const auto& [what, text, record] : std::vector<Innocent>{
             {"whole seconds", at("2"), says(2s)},
             {"seconds written as a fraction", at("2.0"), says(2s)},
             {"a fraction", at("12.345"), says(12345ms)},
             {"tenths", at("0.1"), says(100ms)},
             {"what binary fractions cannot hold", at("0.3"), says(300ms)},
             {"a sum of floats", at("0.30000000000000004"), says(300ms)},
             {"microseconds, which are rounded", at("12.3456789"), says(12346ms)},
             {"less than a millisecond", at("0.0004"), says(0ms)},
             {"a time of a moment ago, rounded", at("1.9999999"), says(2s)},
             {"many digits", at("1.00000000000000000000000000000000001"), says(1s)},
             {"an exponent", at("1e1"), says(10s)},
             {"an exponent of a fraction", at("1.5E+1"), says(15s)},
             {"a small exponent", at("5e-1"), says(500ms)},
             {"nothing yet", at("0"), says(0s)},
             {"minus nothing", at("-0"), says(0s)},
             {"minus nothing as a fraction", at("-0.0"), says(0s)},
             {"the last moment", at("86400"), says(24h)},
             {"the last moment as a fraction", at("86400.000"), says(24h)},
             {"a line end", at("1") + "\n", says(1s)},
             {"no line end", at("1"), says(1s)},
             {"the line end of Windows", at("1") + "\r\n" + at("2") + "\r\n", says(1s)},
             {"the line end of an old Mac", at("1") + "\r" + at("2") + "\r", says(1s)},
             {"spaces after it", at("1") + "   \n", says(1s)},
             {"a tab after it", at("1") + "\t\n", says(1s)},
             {"spaces before it", "  " + at("1"), says(1s)},
             {"a byte order mark", mark + at("1"), says(1s)},
             {"a byte order mark and CR LF", mark + at("1") + "\r\n", says(1s)},
             {"a byte order mark in the middle, of files put together", at("1") + "\n" + mark + at("2"), says(1s)},
             {"a line of nothing but a byte order mark", mark + "\n" + at("1"), says(1s)},
             {"an empty line first", "\n" + at("1"), says(1s)},
             {"empty lines at the end", at("1") + "\n\n\n", says(1s)},
             {"empty lines between", at("1") + "\r\n\r\n" + at("2"), says(1s)},
             {"lines of spaces", "   \n\t\n" + at("1"), says(1s)},
             {"spaces inside", R"({ "t" : 1 , "op" : "chat" , "who" : "p01" , "len" : 5 })", says(1s)},
             {"another order of keys", R"({"who":"p01","len":5,"op":"chat","t":1})", says(1s)},
             {"escapes in a name", R"({"t":1,"op":"chat","who":"\u0070\u00301","len":5})", says(1s)},
             {"escapes in a key", R"({"\u0074":1,"op":"chat","who":"p01","len":5})", says(1s)},
             {"a length written as a fraction", of_length("5.0"), says(1s)},
             {"a length with an exponent", of_length("5e0"), says(1s)},
             {"the shortest", of_length("1"), says(1s, 1)},
             {"the longest", of_length("10000"), says(1s, 10'000)},
             {"null for what is not there",
                 R"({"t":1.0,"op":"chat","who":"p01","conn":null,"by":null,"len":5.0,"queue":null})", says(1s)},
             {"null for a length that is not there", R"({"t":1,"op":"join","who":"p01","conn":"chat","len":null})",
                 comes},
             {"null for who looks", R"({"t":1,"op":"show","who":null,"queue":[]})", looks},
             {"a queue of nobody, with a space in it", R"({"t":1,"op":"show","queue":[ ]})", looks},
             {"the same line twice", at("1") + "\n" + at("1"), says(1s)},
         }) {
        CAPTURE(what);
        const auto read = read_meeting("kokous", text);
        const auto* meeting = std::get_if<Meeting>(&read);
        REQUIRE(meeting != nullptr);
        CHECK(meeting->records.front() == record);
    }
}

TEST_CASE("Hostile and broken lines are refused, each with its reason") {
    const std::string good = at("1") + "\n";
    const auto named = [](std::string_view name) {
        return R"({"t":1,"op":"chat","who":")" + std::string{name} + R"(","len":5})";
    };
    const std::string json = "is not JSON in UTF-8";
    const std::string no_time = "t is not a time in seconds";
    const std::string far = "t is out of bounds";
    const std::string no_name = "a name is not of small letters, digits and '-'";
    for (const auto& [what, text, why] : std::vector<std::array<std::string, 3>>{
             {"a sentence", "nothing", json},
             {"half a line", R"({"t":1,"op":"chat")", json},
             {"two on one line", at("1") + at("2"), json},
             {"a comma after it, as in a list", at("1") + ",", json},
             {"single quotes", "{'t':1}", json},
             {"a comment", "# a meeting", json},
             {"NaN", at("NaN"), json},
             {"infinity", at("Infinity"), json},
             {"a number too large for any", at("1e999"), json},
             {"a time with a comma", at("12,345"), json},
             {"a time with a leading zero", at("01"), json},
             {"a time that ends in a point", at("1."), json},
             {"half of an emoji", named("\\ud83d"), json},
             {"a byte that is not UTF-8", named("\xff"), json},
             {"UTF-16", std::string{"\xff\xfe{\0\"\0t\0\"\0", 10}, json},
             {"a zero byte", at("1") + std::string(1, '\0'), json},
             {"spaces that are no spaces of JSON", "\xc2\xa0" + at("1"), json},
             {"a control character in a name", named("p\x01"), json},
             {"thousands of brackets", std::string(5000, '['), json},
             {"a list", "[1]", "is not an object"},
             {"a word", "\"chat\"", "is not an object"},
             {"null", "null", "is not an object"},
             {"an empty object", "{}", "lacks t"},
             {"no op", R"({"t":1,"who":"p01","len":5})", "lacks op"},
             {"a time in quotes", at("\"1\""), no_time},
             {"a time of day", at("\"09:00:00\""), no_time},
             {"a time that is null", at("null"), no_time},
             {"a time that is true", at("true"), no_time},
             {"a time that is a list", at("[1]"), no_time},
             {"before the beginning", at("-1"), far},
             {"a little before the beginning", at("-0.001"), far},
             {"a very little before the beginning", at("-1e-9"), far},
             {"after a day", at("86401"), far},
             {"milliseconds of an epoch", at("1606978800000"), far},
             {"a very large fraction", at("1e300"), far},
             {"64 bits", at("18446744073709551615"), far},
             {"an op that is not known", R"({"t":1,"op":"sing","who":"p01"})", "op is not a word that is known"},
             {"an op in capitals", R"({"t":1,"op":"CHAT","who":"p01","len":5})", "op is not a word that is known"},
             {"an op that is a number", R"({"t":1,"op":1,"who":"p01"})", "op is not a word that is known"},
             {"a key twice", R"({"t":1,"op":"chat","who":"p01","len":5,"len":6})", "has a key twice"},
             {"a key twice, once as null", R"({"t":1,"op":"chat","who":"p01","len":5,"len":null})", "has a key twice"},
             {"a key twice, once through an escape", R"({"t":1,"op":"chat","who":"p01","len":5,"l\u0065n":6})",
                 "has a key twice"},
             {"a key that is not known", R"({"t":1,"op":"chat","who":"p01","len":5,"mood":1})",
                 "has a key that is not known"},
             {"the words of a message", R"({"t":1,"op":"chat","who":"p01","len":5,"text":"hei"})",
                 "has a key that is not known"},
             {"no length", R"({"t":1,"op":"chat","who":"p01"})", "lacks len"},
             {"no connection", R"({"t":1,"op":"leave","who":"p01"})", "lacks conn"},
             {"null where it is needed", R"({"t":1,"op":"leave","who":"p01","conn":null})", "lacks conn"},
             {"nobody", R"({"t":1,"op":"chat","who":null,"len":5})", "lacks who"},
             {"somebody where nobody is", R"({"t":1,"op":"show","who":"p01","queue":[]})",
                 "has who, which show does not have"},
             {"a length of a join", R"({"t":1,"op":"join","who":"p01","conn":"chat","len":5})",
                 "has len, which join does not have"},
             {"half a letter", of_length("5.5"), "len is not a whole number"},
             {"a length in quotes", of_length("\"5\""), "len is not a whole number"},
             {"no letters", of_length("0"), "len is out of bounds"},
             {"fewer than none", of_length("-1"), "len is out of bounds"},
             {"too long", of_length("10001"), "len is out of bounds"},
             {"far too long", of_length("1e300"), "len is out of bounds"},
             {"a name of a person", named("Maija Mallikas"), no_name},
             {"an empty name", named(""), no_name},
             {"a name of 41 letters", named(std::string(41, 'p')), no_name},
             {"a path", named("../p01"), no_name},
             {"markup", named("<b>"), no_name},
             {"a name that is a number", R"({"t":1,"op":"chat","who":1,"len":5})", "who is not a text"},
             {"a queue that is a name", R"({"t":1,"op":"show","queue":"p01"})", "queue is not a list of names"},
             {"a queue of numbers", R"({"t":1,"op":"show","queue":[1]})", "queue is not a list of names"},
             {"a queue with null in it", R"({"t":1,"op":"show","queue":["p01",null]})", "queue is not a list of names"},
             {"a queue with a real name", R"({"t":1,"op":"show","queue":["Maija"]})", no_name},
         }) {
        CAPTURE(what);
        CHECK(faults_of(good + text + "\n" + good) == std::vector<BadRecord>{{2, why}});
    }
}

TEST_CASE("A file without a line is no meeting") {
    for (const std::string text : {"", "\n\n", "\r\n", "\xef\xbb\xbf", "   "})
        CHECK(faults_of(text) == std::vector<BadRecord>{{1, "there is none"}});
}

TEST_CASE("Lines are counted as an editor counts them, whatever ends them") {
    const auto faults = faults_of(at("1") + "\r\n\r\n" + "x\r" + at("2") + "\ry\n");
    CHECK(faults == std::vector<BadRecord>{{3, "is not JSON in UTF-8"}, {5, "is not JSON in UTF-8"}});
}

TEST_CASE("A meeting whose times have fractions is played with those times") {
    const auto script = script_of_text(etakahvila::testing::test_file("data/made-meetings/fractions.jsonl"));
    CHECK(times_of<Say>(script) == Times{3125ms, 3125ms, 33300ms});
    CHECK(times_of<Arrive>(script) == Times{0ms, 420ms, 3125ms, 8015ms});
    CHECK(times_of<Redial>(script) == Times{45750ms});
    CHECK(times_of<Depart>(script) == Times{60750ms, 61200ms, 61999ms});
    CHECK(script.length == 61999ms);
}

TEST_CASE("whoever writes without having come in is in from then on") {
    const auto script = script_of_text(R"({"t":4,"op":"chat","who":"p01","len":3}
{"t":6,"op":"join","who":"p01","conn":"voice-1"}
{"t":8,"op":"leave","who":"p01","conn":"voice-1"}
{"t":9,"op":"chat","who":"p01","len":3})");
    CHECK(script.connections == 2);
    CHECK(times_of<Arrive>(script) == Times{4s, 6s});
    CHECK(times_of<Depart>(script) == Times{8s});
    CHECK(script.length == 9s);
}

TEST_CASE("a connection that only ends was up before") {
    SECTION("from the start") {
        const auto script = script_of_text(R"({"t":4,"op":"chat","who":"p01","len":3}
{"t":6,"op":"leave","who":"p02","conn":"voice-1"})");
        CHECK(times_of<Arrive>(script) == Times{0s, 4s});
        CHECK(script.people == std::vector<std::string>{"p01", "p02"});
    }
    SECTION("since the line of that name began for another person") {
        const auto script = script_of_text(R"({"t":4,"op":"join","who":"p01","conn":"voice-1"}
{"t":6,"op":"leave","who":"p02","conn":"voice-1"})");
        CHECK(times_of<Arrive>(script) == Times{4s, 4s});
    }
}

TEST_CASE("a connection that begins again was lost and is taken up") {
    const auto script = script_of_text(R"({"t":1,"op":"join","who":"p01","conn":"chat"}
{"t":5,"op":"join","who":"p01","conn":"chat"}
{"t":7,"op":"leave","who":"p01","conn":"chat"}
{"t":8,"op":"leave","who":"p01","conn":"chat"})");
    CHECK(script.connections == 1);
    CHECK(times_of<Redial>(script) == Times{5s});
    CHECK(times_of<Depart>(script) == Times{7s});
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
