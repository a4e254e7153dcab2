// The codec, cell by cell: each kind of field, and each way in which a text can be wrong.

#include "support/catch.hpp"

using namespace etakahvila::base;

namespace {

enum class Colour : std::uint8_t { red, green };
constexpr std::array<std::string_view, 2> names_of(Colour) { return {"red", "green"}; }

struct Inner {
    std::int64_t number{};
    bool operator==(const Inner&) const = default;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (number))

struct Whole {
    static constexpr std::string_view wire_name = "whole";
    bool flag{};
    std::int64_t number{};
    std::uint8_t small{};
    Id<struct CellTag> id;
    RoomTime at;
    Milliseconds span{};
    Colour colour{};
    std::string text;
    std::vector<std::int64_t> numbers;
    std::vector<std::string> texts;
    Inner inner;
    std::optional<std::string> note;
    static constexpr std::array<FieldLimit, 4> limits{{
        FieldLimit{"number", -5, 5, no_most},
        FieldLimit{"text", 1, 3, no_most},
        FieldLimit{"numbers", no_least, 2, no_most},
        FieldLimit{"texts", no_least, 2, 3},
    }};
    bool operator==(const Whole&) const = default;
};
BOOST_DESCRIBE_STRUCT(Whole, (), (flag, number, small, id, at, span, colour, text, numbers, texts, inner, note))

struct Other {
    static constexpr std::string_view wire_name = "other";
    bool operator==(const Other&) const = default;
};
BOOST_DESCRIBE_STRUCT(Other, (), ())

using Either = std::variant<Whole, Other>;

template <class T>
json::Result<T> read(std::string_view text) {
    simdjson::dom::parser parser;
    return json::from_text<T>(parser, text);
}

struct Field {
    std::string_view name;
    std::string_view good;
};
constexpr std::array fields{Field{"flag", "true"}, Field{"number", "3"}, Field{"small", "255"}, Field{"id", "12"},
    Field{"at", "3600000"}, Field{"span", "1500"}, Field{"colour", "\"green\""}, Field{"text", "\"äöå\""},
    Field{"numbers", "[1,2]"}, Field{"texts", "[\"a\",\"äöå\"]"}, Field{"inner", "{\"number\":7}"},
    Field{"note", "\"\""}};

/// The whole object; of one field another value, or none.
std::string object_with(std::string_view field = {}, std::string_view value = {}) {
    std::string text = R"({"type":"whole")";
    for (const auto& each : fields) {
        if (each.name == field && value.empty()) continue;
        text += ",\"" + std::string{each.name} + "\":" + std::string{each.name == field ? value : each.good};
    }
    return text + "}";
}

void check_fault(const std::string& text, std::string_view path, std::string_view why) {
    INFO(text);
    const auto result = read<Whole>(text);
    REQUIRE(std::holds_alternative<json::Fault>(result));
    CHECK(std::get<json::Fault>(result).path == path);
    CHECK(std::get<json::Fault>(result).why == why);
}

}  // namespace

TEST_CASE("json: a whole object is read, and written as it was") {
    const auto result = read<Whole>(object_with());
    REQUIRE(std::holds_alternative<Whole>(result));
    const auto& whole = std::get<Whole>(result);
    CHECK(whole.flag);
    CHECK(whole.small == 255);
    CHECK(whole.id.value == 12);
    CHECK(whole.at.ms == 3'600'000);
    CHECK(whole.span == Milliseconds{1500});
    CHECK(whole.colour == Colour::green);
    CHECK(whole.texts.back() == "äöå");
    CHECK(whole.inner.number == 7);
    CHECK(whole.note == "");
    CHECK(json::to_text(whole) == object_with());
}

TEST_CASE("json: every field but an optional one must be there") {
    for (const auto& field : fields) {
        if (field.name == "note")
            CHECK(std::holds_alternative<Whole>(read<Whole>(object_with(field.name))));
        else
            check_fault(object_with(field.name), "", "lacks a field");
    }
    check_fault("{}", "", "lacks a field");
}

TEST_CASE("json: every field at most once") {
    for (const auto& field : fields) {
        auto text = object_with();
        text.pop_back();
        check_fault(
            text + ",\"" + std::string{field.name} + "\":" + std::string{field.good} + "}", "", "has a key twice");
    }
}

TEST_CASE("json: a value of another type is refused in every field") {
    constexpr std::array values{std::string_view{"true"}, std::string_view{"1"}, std::string_view{"1.5"},
        std::string_view{"null"}, std::string_view{"\"x\""}, std::string_view{"[]"}, std::string_view{"{}"}};
    const auto fits = [](std::string_view field, std::string_view value) {
        if (field == "flag") return value == "true";
        if (field == "number" || field == "small" || field == "id" || field == "at" || field == "span")
            return value == "1";
        if (field == "text" || field == "note") return value == "\"x\"";
        if (field == "numbers" || field == "texts") return value == "[]";
        return false;
    };
    for (const auto& field : fields) {
        for (const auto value : values) {
            INFO(field.name << ": " << value);
            CHECK(
                std::holds_alternative<Whole>(read<Whole>(object_with(field.name, value))) == fits(field.name, value));
        }
    }
}

TEST_CASE("json: bounds of numbers, at them and one past them") {
    for (const auto* good : {"-5", "5", "0"})
        CHECK(std::holds_alternative<Whole>(read<Whole>(object_with("number", good))));
    for (const auto* bad : {"-6", "6"}) check_fault(object_with("number", bad), "number", "is out of bounds");
    CHECK(std::holds_alternative<Whole>(read<Whole>(object_with("small", "0"))));
    for (const auto* bad : {"-1", "256"}) check_fault(object_with("small", bad), "small", "is out of bounds");
    check_fault(object_with("id", "-1"), "id", "is out of bounds");
    CHECK(std::holds_alternative<Whole>(read<Whole>(object_with("at", "9007199254740991"))));
    check_fault(object_with("at", "9007199254740992"), "at", "is out of bounds");
    check_fault(object_with("span", "-9007199254740992"), "span", "is out of bounds");
    check_fault(object_with("at", "9223372036854775808"), "at", "is not an integer");
}

TEST_CASE("json: bounds of texts are counted in code points") {
    CHECK(std::holds_alternative<Whole>(read<Whole>(object_with("text", "\"😀😀😀\""))));
    check_fault(object_with("text", "\"\""), "text", "is too long or too short");
    check_fault(object_with("text", "\"abcd\""), "text", "is too long or too short");
}

TEST_CASE("json: bounds of lists, and of the texts in them") {
    check_fault(object_with("numbers", "[1,2,3]"), "numbers", "is too long");
    check_fault(object_with("texts", "[\"abcd\"]"), "texts", "is too long or too short");
    check_fault(object_with("numbers", "[1,\"2\"]"), "numbers", "is not an integer");
}

TEST_CASE("json: words of an enum are known, and spelled as they are") {
    for (const auto* bad : {"\"blue\"", "\"Red\"", "\"\"", "\"red \""})
        check_fault(object_with("colour", bad), "colour", "is not a word that is known");
    check_fault(object_with("colour", "0"), "colour", "is not a word");
}

TEST_CASE("json: keys that are not known are refused, outside and inside") {
    auto text = object_with();
    text.pop_back();
    check_fault(text + R"(,"else":1})", "", "has a key that is not known");
    check_fault(text + R"(,"":1})", "", "has a key that is not known");
    check_fault(object_with("inner", R"({"number":1,"else":1})"), "inner", "has a key that is not known");
    check_fault(object_with("inner", R"({"number":"1"})"), "inner.number", "is not an integer");
}

TEST_CASE("json: a variant is told by its type, wherever it stands") {
    CHECK(std::holds_alternative<Other>(std::get<Either>(read<Either>(R"({"type":"other"})"))));
    auto late = object_with();
    late.replace(late.find(R"("type":"whole",)"), std::string_view{R"("type":"whole",)"}.size(), "");
    late.pop_back();
    CHECK(std::holds_alternative<Either>(read<Either>(late + R"(,"type":"whole"})")));
    for (const auto* bad : {"{}", "[]", "1", "null", "\"other\"", R"({"type":1})", R"({"type":"third"})",
             R"({"type":"other","type":"other"})", R"({"type":"other","flag":true})"}) {
        INFO(bad);
        CHECK(std::holds_alternative<json::Fault>(read<Either>(bad)));
    }
}

TEST_CASE("json: eight levels are read, nine are too deep") {
    const auto nested = [](std::size_t depth) {
        return R"({"type":"other","x":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
    };
    const auto at = [&](std::size_t depth) { return std::get<json::Fault>(read<Other>(nested(depth))).why; };
    CHECK(at(8) == "has a key that is not known");
    CHECK(at(9) == "is nested too deep");
    CHECK(at(500) == "is nested too deep");
}

TEST_CASE("json: only UTF-8") {
    const auto with_text = [](std::string_view bytes) { return object_with("note", "\"" + std::string{bytes} + "\""); };
    for (const auto* good : {"ä", "€", "😀", "\xef\xbf\xbd", "\xf4\x8f\xbf\xbf"})
        CHECK(std::holds_alternative<Whole>(read<Whole>(with_text(good))));
    for (const auto* bad : {"\x80", "\xff", "\xc0\xaf", "\xc3", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80",
             "\xf8\x88\x80\x80\x80", "\xe0\x80\xaf"}) {
        check_fault(with_text(bad), "", "is not JSON in UTF-8");
    }
}

TEST_CASE("json: a text cut off anywhere is refused") {
    const auto whole = object_with();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CHECK(std::holds_alternative<json::Fault>(read<Whole>(whole.substr(0, length))));
    }
}

TEST_CASE("json: what is written is safe in a line and is read again") {
    std::string every;
    for (char c = 1; c < 0x7f; ++c) every += c;
    every += "\x7f äö€😀\u2028";
    Whole whole;
    whole.text = "x";
    whole.note = every;
    const auto text = json::to_text(whole);
    CHECK(text.find('\n') == std::string::npos);
    CHECK(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20; }));
    CHECK(std::get<Whole>(read<Whole>(text)) == whole);
}
