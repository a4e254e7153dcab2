#include <random>

#include "people/csv.hpp"
#include "people/helpers.hpp"

using namespace etakahvila::people;
using namespace std::string_literals;

namespace {

using Cells = std::vector<std::vector<std::string>>;

Cells cells(const CsvTable& table) {
    Cells all;
    for (const auto& row : table.rows) all.push_back(row.cells);
    return all;
}

std::vector<std::int64_t> lines(const CsvTable& table) {
    std::vector<std::int64_t> all;
    for (const auto& row : table.rows) all.push_back(row.line);
    return all;
}

void check_text(const std::string& bytes, Encoding encoding, const std::string& text) {
    const auto decoded = decode_text(bytes);
    REQUIRE(std::holds_alternative<DecodedText>(decoded));
    CHECK(std::get<DecodedText>(decoded).encoding == encoding);
    CHECK(std::get<DecodedText>(decoded).text == text);
}

void check_refused(const std::string& bytes, FaultReason reason) {
    const auto decoded = decode_text(bytes);
    REQUIRE(std::holds_alternative<FaultReason>(decoded));
    CHECK(std::get<FaultReason>(decoded) == reason);
}

}  // namespace

TEST_CASE("The encoding is found by the BOM, or by what the bytes can be") {
    check_text("äö", Encoding::utf8, "äö");
    check_text("\xef\xbb\xbf\xc3\xa4", Encoding::utf8_with_bom, "ä");
    check_text("\xff\xfe\xe4\x00=\xd8\x0a\xde"s, Encoding::utf16_le, "ä\xf0\x9f\x98\x8a");
    check_text("\xfe\xff\x00\xe4\xd8=\xde\x0a"s, Encoding::utf16_be, "ä\xf0\x9f\x98\x8a");
    check_text("\xc4ij\xf6 \x80 \x96", Encoding::windows_1252, "Äijö € –");
    check_text("", Encoding::utf8, "");
}

TEST_CASE("Windows, Mac and DOS are told apart by Finnish letters in words") {
    check_text("M\x8akinen P\x8aiv\x9a", Encoding::mac_roman, "Mäkinen Päivö");
    check_text("M\x84kinen P\x84iv\x94", Encoding::cp850, "Mäkinen Päivö");
    check_text(
        "Nimi;\x80ij\x8al\x8a;\x81"
        "berg",
        Encoding::mac_roman, "Nimi;Äijälä;Åberg");
    check_text(
        "Nimi;\x8eij\x84l\x84;\x8f"
        "berg",
        Encoding::cp850, "Nimi;Äijälä;Åberg");
    check_text("\x8aukelo", Encoding::windows_1252, "Šukelo");
    check_text("Ivo \x8etefanov, P\xe4ivi", Encoding::windows_1252, "Ivo Žtefanov, Päivi");
    check_text("Nimi;\x93Masa\x94 P\xe4iv\xf6", Encoding::windows_1252, "Nimi;“Masa” Päivö");
    check_text("5 \x80, O\x92Neill \x96 M\xe4ki", Encoding::windows_1252, "5 €, O’Neill – Mäki");
    check_text("Ren\xe9 Fran\xe7ois", Encoding::windows_1252, "René François");
    check_text("P\xc3\x83\xc2\xa4ivi", Encoding::utf8, "Päivi");
    check_text("S\xc3\x83O Paulo", Encoding::utf8, "SÃO Paulo");
    // One letter that is Ž to Windows and Ä to DOS, and nothing beside it that tells: asked, not guessed.
    check_refused("Ivo \x8etefanov", FaultReason::encoding_unclear);
    check_refused("P\xe4ivi P\xc3\xa4ivi T\xc3\xb6ni", FaultReason::encoding_unclear);
    check_refused("q\xa7r\xa4s\xb6t", FaultReason::encoding_unclear);
}

TEST_CASE("What is no text is refused") {
    check_refused("a\0b"s, FaultReason::not_text);
    check_refused("\xff\xfe\xe4"s, FaultReason::not_text);                      // half a unit of UTF-16
    check_refused("\xff\xfe=\xd8"s, FaultReason::not_text);                     // half a pair
    check_refused("\xef\xbb\xbf\xe4"s, FaultReason::not_text);                  // a BOM that lies
    check_refused("\xe4\x81"s, FaultReason::not_text);                          // not assigned in Windows-1252
    check_refused("\xff\xfe\x00\x00\x41\x00\x00\x00"s, FaultReason::not_text);  // UTF-32
    check_refused("PK\x03\x04rest"s, FaultReason::spreadsheet);
    check_refused("\xd0\xcf\x11\xe0rest"s, FaultReason::spreadsheet);
}

TEST_CASE("The separator is the one that splits most rows alike") {
    CHECK(read_csv("a;b\n1,5;2\n").separator == ';');
    CHECK(read_csv("a,b\n1,2\n").separator == ',');
    CHECK(read_csv("a\tb\n1,2\t3;4\n").separator == '\t');
    CHECK(read_csv("Nimi;Puh\nVirtanen, Matti;1\nMäki, Maija;2\n").separator == ';');
    CHECK(read_csv("\"Virtanen, M\";\"a, b\"\n\"Mäki, M\";\"c, d\"\n").separator == ';');
    CHECK(read_csv("one column\nof words\n").separator == ';');
    const auto named = read_csv("sep=,\r\na,b\r\n");
    CHECK(named.separator == ',');
    CHECK(cells(named) == Cells{{"a", "b"}});
    CHECK(lines(named) == std::vector<std::int64_t>{2});
}

TEST_CASE("Quotes, doubled quotes and line breaks in cells; lines of LF, CRLF and CR") {
    CHECK(cells(read_csv("\"a;b\";\"say \"\"hi\"\"\"\r\n\"two\r\nlines\";\"\"\r\n")) ==
          Cells{{"a;b", "say \"hi\""}, {"two\r\nlines", ""}});
    CHECK(cells(read_csv("a;5\" screen\nb;it's\n")) == Cells{{"a", "5\" screen"}, {"b", "it's"}});
    CHECK(cells(read_csv("\"a\"b;c\n")) == Cells{{"ab", "c"}});
    CHECK(cells(read_csv("a;b\rc;d\re;f")) == Cells{{"a", "b"}, {"c", "d"}, {"e", "f"}});
    CHECK(cells(read_csv("a;b;\n;;c")) == Cells{{"a", "b", ""}, {"", "", "c"}});
    CHECK(read_csv("").rows.empty());
    CHECK(read_csv("\n\r\n;;\n \t \n").rows.empty());
}

TEST_CASE("A row of nothing that is seen is an empty row") {
    CHECK(cells(read_csv("Nimi;Puh\nAino;1\n;\n \t; \n\u00a0;\u00a0\n\u2007\u200b;\ufeff\n\"\u202f\";\u3000\n")) ==
          Cells{{"Nimi", "Puh"}, {"Aino", "1"}});
    CHECK(cells(read_csv("Nimi;Puh\n\u00a0;1\n")).size() == 2);
}

TEST_CASE("A row is named by the line on which it begins") {
    CHECK(lines(read_csv("a;b\r\n\r\n\"x\r\ny\";1\r\n;\r\nc;d\r\n")) == std::vector<std::int64_t>{1, 3, 6});
}

TEST_CASE("A quote that is never closed is named by its line") {
    CHECK(read_csv("a;b\n1;\"open\nc;d\n").unclosed_quote_line == 2);
    CHECK_FALSE(read_csv("a;b\n1;\"closed\"").unclosed_quote_line);
}

TEST_CASE("No bytes whatever break the reader") {
    std::mt19937 dice{7};
    const std::string letters = "a\xe4\xc3;,\t\"\"\r\n\n=' "s + '\0';
    for (int round = 0; round < 3000; ++round) {
        std::string bytes;
        for (auto left = dice() % 60; left > 0; --left) bytes += letters[dice() % letters.size()];
        const auto decoded = decode_text(bytes);
        if (const auto* text = std::get_if<DecodedText>(&decoded)) {
            const auto table = read_csv(text->text);
            std::int64_t last = 0;
            for (const auto& row : table.rows) {
                REQUIRE(row.line > last);
                last = row.line;
            }
        }
    }
}
