#include "conformance/cases.hpp"

#include "conformance/wire.hpp"

namespace etakahvila::conformance {
namespace {

using namespace std::string_literals;

const std::string taken = "close 4501";
const std::string goodbye = frame(fin | close, close_payload(1000));

/// A hello that is understood and whose ticket is not known; `device` is any text.
std::string hello(std::string_view device = "x") {
    return R"({"type":"hello","version":1,"ticket":"nobody","device":")" + std::string{device} + "\"}";
}

/// The same, padded with blanks to a length.
std::string hello_of(std::size_t bytes) {
    auto text = hello();
    return text + std::string(bytes - text.size(), ' ');
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char byte : bytes)
        (out += digits[static_cast<unsigned char>(byte) >> 4]) += digits[static_cast<unsigned char>(byte) & 0xf];
    return out;
}

class Table {
public:
    void clause(std::string clause) { clause_ = std::move(clause); }
    void add(std::string name, std::vector<std::string> frames, std::string answer) {
        cases_.push_back({clause_, std::move(name), std::move(frames), std::move(answer)});
    }
    std::vector<Case> take() && { return std::move(cases_); }

private:
    std::string clause_;
    std::vector<Case> cases_;
};

void add_masking(Table& table) {
    table.clause("5.1");
    for (const unsigned opcode : {continuation, text, binary, close, ping, pong}) {
        table.add("a frame of opcode " + std::to_string(opcode) + " that is not masked",
            {frame(fin | opcode, opcode == close ? close_payload(1000) : "x", {.is_masked = false})}, "close 1002");
    }
    table.add("not masked, after one that was", {frame(fin | ping, "a"), frame(fin | ping, "b", {.is_masked = false})},
        "pong 1:a, close 1002");
    table.clause("5.3");
    for (const auto& mask : {"\0\0\0\0"s, "\xff\xff\xff\xff"s, "\x01\x80\x7f\xfe"s, "\0\0\0\x01"s})
        table.add("masked by " + hex(mask), {frame(fin | text, hello(), {.mask = mask})}, taken);
    table.add("each fragment masked by a key of its own",
        {frame(text, hello().substr(0, 5), {.mask = "abcd"}),
            frame(fin | continuation, hello().substr(5), {.mask = "\x80\x81\x82\x83"})},
        taken);
}

void add_base(Table& table) {
    table.clause("5.2");
    for (unsigned reserved = 1; reserved < 8; ++reserved)
        table.add("reserved bits " + std::to_string(reserved) + " on a text",
            {frame(fin | reserved << 4 | text, hello())}, "close 1002");
    for (const unsigned opcode : {continuation, binary, close, ping, pong})
        table.add("a reserved bit on opcode " + std::to_string(opcode), {frame(fin | 0x40 | opcode, "")}, "close 1002");
    for (const unsigned opcode : {3U, 4U, 5U, 6U, 7U, 11U, 12U, 13U, 14U, 15U}) {
        table.add("reserved opcode " + std::to_string(opcode), {frame(fin | opcode, "x")}, "close 1002");
        table.add("reserved opcode " + std::to_string(opcode) + " without FIN, after a ping",
            {frame(fin | ping, "a"), frame(opcode, "")}, "pong 1:a, close 1002");
    }
    for (const std::size_t bytes : {std::size_t{125}, std::size_t{126}, std::size_t{127}, std::size_t{128},
             std::size_t{4096}, std::size_t{16383}, std::size_t{16384}}) {
        table.add("a message of " + std::to_string(bytes) + " bytes", {frame(fin | text, hello_of(bytes))}, taken);
    }
    table.add("two bytes of length where the short form would do",
        {frame(fin | text, hello(), {.length = LengthForm::two_bytes})}, "close 1002");
    table.add("eight bytes of length where the short form would do",
        {frame(fin | text, hello(), {.length = LengthForm::eight_bytes})}, "close 1002");
    table.add("eight bytes of length where two would do",
        {frame(fin | text, hello_of(300), {.length = LengthForm::eight_bytes})}, "close 1002");
    table.add("two bytes of length that say nothing", {frame(fin | text, "", {.length = LengthForm::two_bytes})},
        "close 1002");
    table.add("eight bytes of length, the highest bit set",
        {frame(fin | text, "", {.announced = std::uint64_t{1} << 63})}, "close 4400");
    table.add("eight bytes of length, all bits set",
        {frame(fin | text, "", {.length = LengthForm::eight_bytes, .announced = ~std::uint64_t{0} - 1})}, "close 4400");
    table.clause("10.4");
    table.add("one byte more than a message may have", {frame(fin | text, hello_of(16385))}, "close 1009");
    table.add("a frame that announces 2^20 bytes", {frame(fin | text, "", {.announced = 1 << 20})}, "close 1009");
    table.add("a frame that announces 2^62 bytes", {frame(fin | text, "", {.announced = std::uint64_t{1} << 62})},
        "close 1009");
    table.add("two fragments that are too large together",
        {frame(text, std::string(16384, ' ')), frame(fin | continuation, " ")}, "close 1009");
    table.add("a small fragment, then one that announces the rest and one byte more",
        {frame(text, std::string(100, ' ')), frame(fin | continuation, "", {.announced = 16285})}, "close 1009");
    table.add("a ninth fragment",
        std::vector<std::string>{frame(text, " "), frame(0, " "), frame(0, " "), frame(0, " "), frame(0, " "),
            frame(0, " "), frame(0, " "), frame(0, " "), frame(0, " ")},
        "close 4400");
    table.add("a binary message", {frame(fin | binary, hello())}, "close 4400");
}

void add_fragments(Table& table) {
    table.clause("5.4");
    const auto whole = hello();
    for (std::size_t pieces = 2; pieces <= 8; ++pieces) {
        std::vector<std::string> frames;
        const auto step = whole.size() / pieces;
        for (std::size_t index = 0; index < pieces; ++index) {
            const bool is_last = index + 1 == pieces;
            frames.push_back(frame((is_last ? fin : 0) | (index == 0 ? text : continuation),
                whole.substr(index * step, is_last ? whole.npos : step)));
        }
        table.add("a message in " + std::to_string(pieces) + " fragments", frames, taken);
        std::vector<std::string> with_pings;
        for (const auto& one : frames) {
            with_pings.push_back(one);
            if (&one != &frames.back()) with_pings.push_back(frame(fin | ping, "p"));
        }
        std::string answer;
        for (std::size_t index = 1; index < pieces; ++index) answer += "pong 1:p, ";
        table.add(
            "a message in " + std::to_string(pieces) + " fragments with pings between", with_pings, answer + taken);
    }
    table.add("an empty first fragment", {frame(text, ""), frame(fin | continuation, whole)}, taken);
    table.add("an empty last fragment", {frame(text, whole), frame(fin | continuation, "")}, taken);
    table.add("empty fragments only", {frame(text, ""), frame(continuation, ""), frame(fin | continuation, "")},
        "close 4400");
    table.add("pongs between fragments",
        {frame(text, whole.substr(0, 3)), frame(fin | pong, "x"), frame(fin | continuation, whole.substr(3))}, taken);
    table.add("a continuation of nothing", {frame(fin | continuation, whole)}, "close 1002");
    table.add("a continuation of nothing, without FIN", {frame(continuation, "x")}, "close 1002");
    table.add("a continuation of nothing, after a ping", {frame(fin | ping, "a"), frame(fin | continuation, "x")},
        "pong 1:a, close 1002");
    table.add("a text within a text", {frame(text, "x"), frame(fin | text, whole)}, "close 1002");
    table.add("a text without FIN within a text", {frame(text, "x"), frame(text, whole)}, "close 1002");
    table.add("a binary within a text", {frame(text, "x"), frame(fin | binary, "y")}, "close 1002");
    table.add("a close within a message", {frame(text, "x"), goodbye}, "close 1000");
}

void add_control(Table& table) {
    table.clause("5.5");
    for (const unsigned opcode : {close, ping, pong}) {
        const auto payload = opcode == close ? close_payload(1000) : "x"s;
        table.add("a control frame of opcode " + std::to_string(opcode) + " in fragments",
            {frame(opcode, payload), frame(fin | continuation, "")}, "close 1002");
        table.add("a control frame of opcode " + std::to_string(opcode) + " with 126 bytes",
            {frame(fin | opcode,
                (opcode == close ? close_payload(1000) : ""s) + std::string(opcode == close ? 124 : 126, 'x'))},
            "close 1002");
        table.add("a control frame of opcode " + std::to_string(opcode) + " with a length of eight bytes",
            {frame(fin | opcode, payload, {.length = LengthForm::eight_bytes})}, "close 1002");
    }
    table.clause("5.5.2");
    for (const std::size_t bytes :
        {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{124}, std::size_t{125}}) {
        const std::string payload(bytes, 'x');
        table.add("a ping of " + std::to_string(bytes) + " bytes", {frame(fin | ping, payload), goodbye},
            "pong " + std::to_string(bytes) + ":" + payload + ", close 1000");
    }
    table.add("a ping whose payload is not text", {frame(fin | ping, "\0\xff\xfe"s), goodbye},
        "pong 3:\0\xff\xfe"s + ", close 1000");
    table.add("ten pings in a row",
        {frame(fin | ping, "0"), frame(fin | ping, "1"), frame(fin | ping, "2"), frame(fin | ping, "3"),
            frame(fin | ping, "4"), frame(fin | ping, "5"), frame(fin | ping, "6"), frame(fin | ping, "7"),
            frame(fin | ping, "8"), frame(fin | ping, "9"), goodbye},
        "pong 1:0, pong 1:1, pong 1:2, pong 1:3, pong 1:4, pong 1:5, pong 1:6, pong 1:7, pong 1:8, pong 1:9, close "
        "1000");
    table.clause("5.5.3");
    table.add("a pong that nobody asked for", {frame(fin | pong, "x"), goodbye}, "close 1000");
    table.add("an empty pong", {frame(fin | pong, ""), goodbye}, "close 1000");
    table.add("a pong of 125 bytes, then a ping",
        {frame(fin | pong, std::string(125, 'x')), frame(fin | ping, "a"), goodbye}, "pong 1:a, close 1000");
}

void add_closing(Table& table) {
    table.clause("5.5.1");
    table.add("a close without a code", {frame(fin | close, "")}, "close 1000");
    table.add("a close of one byte", {frame(fin | close, "\x03")}, "close 1002");
    table.add("a close with a reason", {frame(fin | close, close_payload(1000, "n\xc3\xa4kemiin"))}, "close 1000");
    table.add("a close with the longest reason", {frame(fin | close, close_payload(1000, std::string(123, 'x')))},
        "close 1000");
    table.add("frames after the close", {goodbye, frame(fin | ping, "late"), frame(fin | text, hello())}, "close 1000");
    table.add("a second close", {goodbye, frame(fin | close, close_payload(1001))}, "close 1000");
    table.clause("7.4");
    for (const unsigned code :
        {1000U, 1001U, 1002U, 1003U, 1007U, 1008U, 1009U, 1010U, 1011U, 1012U, 1013U, 3000U, 3999U, 4000U, 4999U}) {
        table.add("a close with code " + std::to_string(code), {frame(fin | close, close_payload(code))},
            "close " + std::to_string(code));
    }
    for (const unsigned code : {0U, 1U, 999U, 1004U, 1005U, 1006U, 1015U, 1016U, 1100U, 2000U, 2999U}) {
        table.add("a close with code " + std::to_string(code) + ", which no client may send",
            {frame(fin | close, close_payload(code))}, "close 1002");
    }
    // Codes from 5000 on have no meaning that the clause gives or forbids: they come back as they are.
    for (const unsigned code : {5000U, 65535U})
        table.add("a close with code " + std::to_string(code) + ", which means nothing",
            {frame(fin | close, close_payload(code))}, "close " + std::to_string(code));
}

void add_utf8(Table& table) {
    table.clause("8.1");
    const std::vector<std::string> broken{
        "\x80",
        "\xbf",
        "\xc0\x80",
        "\xc1\xbf",
        "\xc2",
        "\xc2\x41",
        "\xc3\xc3",
        "\xe0\x80\x80",
        "\xe0\x9f\xbf",
        "\xe1\x80",
        "\xe2\x28\xa1",
        "\xe2\x82\x28",
        "\xed\xa0\x80",
        "\xed\xad\xbf",
        "\xed\xae\x80",
        "\xed\xbf\xbf",
        "\xef\xbf",
        "\xf0\x80\x80\x80",
        "\xf0\x8f\xbf\xbf",
        "\xf0\x90\x80",
        "\xf0\x9f\x98",
        "\xf0\x28\x8c\xbc",
        "\xf0\x90\x28\xbc",
        "\xf0\x28\x8c\x28",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xf8\x88\x80\x80\x80",
        "\xfc\x84\x80\x80\x80\x80",
        "\xfe",
        "\xff",
        "\xfe\xfe\xff\xff",
        "\xed\xa0\xbd\xed\xb8\x80",
    };
    for (const auto& bytes : broken)
        table.add("bytes " + hex(bytes) + " in a text", {frame(fin | text, hello(bytes))}, "close 1007");
    table.add("broken bytes in the second fragment",
        {frame(text, R"({"type":"hello","version":1,"ticket":")"), frame(fin | continuation, "\xff\"}")}, "close 1007");
    table.add("a character that stops at the end of the message", {frame(fin | text, "\"\xc3")}, "close 1007");
    table.add("a character that stops at the end of the last fragment",
        {frame(text, "\"\xe2"), frame(fin | continuation, "\x82")}, "close 1007");
    const std::vector<std::string> sound{"\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
        "\xef\xbf\xbd", "\xef\xbf\xbe", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "\xf0\x9f\x98\x80"};
    for (const auto& bytes : sound) {
        table.add("the character " + hex(bytes), {frame(fin | text, hello(bytes))}, taken);
        const auto whole = hello(bytes);
        const auto cut = whole.find(bytes) + 1;
        table.add("the character " + hex(bytes) + " across two fragments",
            {frame(text, whole.substr(0, cut)), frame(fin | continuation, whole.substr(cut))}, taken);
    }
    // The connection fails, as the clause asks; Beast's number for it is that of a broken frame.
    table.add("the reason of a close is not UTF-8", {frame(fin | close, close_payload(1000, "\xff"))}, "close 1002");
    table.add("a ping within a character that is cut",
        {frame(text, hello().substr(0, hello().size() - 3) + "\xc3"), frame(fin | ping, "a"),
            frame(fin | continuation, "\xa4\"}")},
        "pong 1:a, " + taken);
}

}  // namespace

std::vector<Case> all_cases() {
    Table table;
    add_masking(table);
    add_base(table);
    add_fragments(table);
    add_control(table);
    add_closing(table);
    add_utf8(table);
    return std::move(table).take();
}

}  // namespace etakahvila::conformance
