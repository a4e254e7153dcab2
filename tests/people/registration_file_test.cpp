#include "people/helpers.hpp"
#include "people/registration_file.hpp"
#include "people/words.hpp"

using namespace etakahvila::people;
using etakahvila::testing::test_file;

namespace {

RegistrationPreview preview_of(const std::string& name) {
    return read_registrations(test_file("data/registrations/" + name));
}

TextLines columns(const RegistrationPreview& preview) {
    TextLines all;
    for (const auto& column : preview.columns) {
        all.push_back(column.heading + " > " +
                      (column.field ? std::string{etakahvila::base::name_of(*column.field)} : "-") + " > " +
                      column.example);
    }
    return all;
}

std::string person(const PersonDetails& details) {
    std::string text = details.name + '|' + details.decision_type.value_or("");
    for (const auto& field : {details.supervisor, details.phone, details.email, details.needs})
        text += '|' + field.value_or("");
    return text;
}

TextLines people(const RegistrationPreview& preview) {
    TextLines all;
    for (const auto& row : preview.rows) all.push_back(std::to_string(row.line) + ' ' + person(row.person));
    return all;
}

TextLines faults_of(const std::string& text) { return told(read_registrations(text).faults); }

}  // namespace

TEST_CASE("A Finnish file of Windows-1252") {
    const auto preview = preview_of("finnish-windows-1252.csv");
    CHECK(preview.encoding == Encoding::windows_1252);
    CHECK(columns(preview) == TextLines{"Asiakas > name > Äijö Öhman",
                                  "Palvelu > decision_type > Kuntouttava työtoiminta",
                                  "Oma työntekijä > supervisor > Työnjohtaja 3", "Puh. > phone > 000 000 0001"});
    CHECK(told(preview.faults) == TextLines{});
    CHECK(preview.rows_read == 3);
    CHECK(people(preview) == TextLines{"2 Äijö Öhman|work_activity|Työnjohtaja 3|000 000 0001||",
                                 "3 Sirpa Sjöholm–Mäki|social_rehabilitation|Työnjohtaja 3|||",
                                 "5 Onni Ylä-Aho|disability_work_activity|Omatyöntekijä 1|+358 00 000 0003||"});
}

TEST_CASE("Finnish files of Excel for Mac, and of its CSV (MS-DOS)") {
    for (const auto& [name, encoding] :
        {std::pair{"finnish-macroman.csv", Encoding::mac_roman}, std::pair{"finnish-cp850.csv", Encoding::cp850}}) {
        const auto preview = preview_of(name);
        CHECK(preview.encoding == encoding);
        CHECK(told(preview.faults) == TextLines{});
        CHECK(people(preview) == TextLines{"2 Mäkinen Päivö|work_activity|Öhman Siv|040 1234567||",
                                     "3 Järvinen Heli|social_rehabilitation|Öhman Siv|040 7654321||"});
    }
}

TEST_CASE("A Swedish file with commas and a BOM") {
    const auto preview = preview_of("swedish-comma-bom.csv");
    CHECK(preview.encoding == Encoding::utf8_with_bom);
    CHECK(told(preview.faults) == TextLines{});
    CHECK(
        people(preview) == TextLines{"2 Åsa Ström|work_activity|Handledare 1||asa@exempel.example|Stor text, lugn takt",
                               "3 Börje Öst|social_rehabilitation|Handledare 1|||",
                               "4 Ulla Ek|disability_work_activity|Handledare 2|||"});
}

TEST_CASE("An English file with tabs, in both UTF-16") {
    const auto little = preview_of("english-tab-utf16le.txt");
    const auto big = preview_of("english-tab-utf16be.txt");
    CHECK(little.encoding == Encoding::utf16_le);
    CHECK(big.encoding == Encoding::utf16_be);
    CHECK(told(little.faults) == TextLines{});
    CHECK(people(little) == TextLines{"2 Zoë Ångström|work_activity|Supervisor 1|000 0001|zoe@post.example|",
                                "3 Sam Example|social_rehabilitation|Supervisor 2|||"});
    CHECK(people(big) == people(little));
}

TEST_CASE("A title above the headings, two columns of the name, quotes, line breaks, guarded cells") {
    const auto preview = preview_of("quotes-and-breaks.csv");
    CHECK(told(preview.faults) == TextLines{});
    CHECK(
        people(preview) == TextLines{"5 Matti \"Masa\" Virtanen||||matti@posti.example|rivi yksi rivi kaksi; ja vielä",
                               "7 Äiti O'Neill|||+358 00 000 0004||", "9 Ö =Yhtälö|||00000005||5\" näyttö"});
}

TEST_CASE("Every bad row is named by its line and its reason") {
    const auto preview = preview_of("faults.csv");
    CHECK(told(preview.faults) == TextLines{"7 name_missing", "8 decision_type_unclear kuntoutus",
                                      "9 decision_type_missing", "10 duplicate_of_line 2",
                                      "11 phone_unclear soita kotiin", "12 email_unclear osoite(at)posti",
                                      "13 cells_too_many", "14 too_long name", "15 not_allowed Asiakas"});
    CHECK(people(preview) == TextLines{"2 Osallistuja 1|work_activity|Työnjohtaja 3|000 000 0001||",
                                 "3 Osallistuja 2|social_rehabilitation|Työnjohtaja 3|||",
                                 "5 Osallistuja 3|disability_work_activity|Työnjohtaja 4|||"});
    CHECK(preview.rows_read == 12);
}

TEST_CASE("Faults of the whole file") {
    CHECK(faults_of("") == TextLines{"1 file_empty"});
    CHECK(faults_of("\n \n;;\n") == TextLines{"1 file_empty"});
    CHECK(faults_of("\nNimi;Puh.\n") == TextLines{"2 file_empty"});
    CHECK(faults_of("Puh.;Laji\n1;2\n") == TextLines{"1 heading_missing name"});
    CHECK(faults_of("Matti\nMaija\n") == TextLines{"1 heading_missing name"});
    // Found by fuzzing: a row that is wrong by itself is told after the heading that is missing.
    CHECK(faults_of("Puh.\n1;2\n") == TextLines{"1 heading_missing name", "2 cells_too_many"});
    CHECK(faults_of("Nimi;Puh.;Puhelin\nA;12345;12345\n") == TextLines{"1 heading_twice Puhelin"});
    CHECK(faults_of("Nimi;Puh.\n\"A;12345\n") == TextLines{"2 quote_unclosed"});
    CHECK(faults_of("PK\x03\x04") == TextLines{"1 spreadsheet"});
    CHECK(faults_of(std::string(file_bytes_max + 1, 'a')) == TextLines{"1 file_too_large"});
}

TEST_CASE("At the limit of rows, and one beyond") {
    std::string file = "Nimi;Puh.\n";
    for (int row = 1; row <= 5000; ++row) file += "Osallistuja " + std::to_string(row) + ";\n";
    CHECK(faults_of(file) == TextLines{});
    CHECK(faults_of(file + "Vielä yksi;\n") == TextLines{"5002 rows_too_many"});
}

TEST_CASE("Headings are forgiving of case, dots, hyphens and what is said in brackets") {
    const auto preview = read_registrations(
        "S-POSTI;nimi *;PÄÄTÖKSEN  LAJI (pakollinen);Muuta\na@b.example;Aino;soku;x\n");
    CHECK(columns(preview) == TextLines{"S-POSTI > email > a@b.example", "nimi * > name > Aino",
                                  "PÄÄTÖKSEN LAJI (pakollinen) > decision_type > soku", "Muuta > - > x"});
    CHECK(people(preview) == TextLines{"2 Aino|social_rehabilitation|||a@b.example|"});
}

TEST_CASE("What cannot be seen in a copied cell goes") {
    const auto preview = read_registrations("Nimi;Puh.\n Ai\xc2\xadno \xe2\x80\x8b\xc2\xa0M\xc3\xa4ki\xe2\x80\x8e ;\n");
    CHECK(people(preview) == TextLines{"2 Aino Mäki||||" + std::string{"|"}});
}

TEST_CASE("Kinds of decision in three languages") {
    const auto is = [](const char* text, std::optional<std::string> type) {
        CAPTURE(text);
        CHECK(decision_type_in(text, usual_kinds()) == type);
    };
    for (const auto* text : {"Sosiaalinen kuntoutus", "sosiaalisen kuntoutuksen päätös", "SOS. KUNTOUTUS",
             "Social rehabilitering", "social rehabilitation", "social_rehabilitation"}) {
        is(text, "social_rehabilitation");
    }
    for (const auto* text : {"Kuntouttava työtoiminta", "kuntouttavan työtoiminnan päätös", "kuntouttava", "Kutyö",
             "Arbetsverksamhet i rehabiliteringssyfte", "rehabiliterande arbetsverksamhet",
             "Rehabilitative work activity", "work_activity"}) {
        is(text, "work_activity");
    }
    for (const auto* text : {"Vammaisten työtoiminta", "kehitysvammaisten työtoiminta",
             "Arbetsverksamhet för personer med funktionsnedsättning", "arbetsverksamhet för handikappade",
             "Work activity for disabled persons", "disability_work_activity"}) {
        is(text, "disability_work_activity");
    }
    for (const auto* text : {"kuntoutus", "työtoiminta", "?", "", "Vammaisten kuntouttava työtoiminta",
             "sosiaalinen kuntoutus ja kuntouttava työtoiminta", "rehabilitering"})
        is(text, std::nullopt);
}

TEST_CASE("A kind of the site's own is known by its names, also when it has ended; one that it has not is unclear") {
    auto kinds = usual_kinds();
    kinds.push_back({.key = "tyopajatoiminta",
        .fi = "Työpajatoiminta",
        .sv = "Verkstadsverksamhet",
        .en = "Workshop activity",
        .duty = etakahvila::protocol::Duty::agreed,
        .reasons = {},
        .first_day = {},
        .last_day = "2020-12-31"});
    // Its name says more than the words that everybody uses.
    kinds.push_back({.key = "kuntouttava_verkossa",
        .fi = "Kuntouttava työtoiminta verkossa",
        .sv = "Kuntouttava työtoiminta verkossa",
        .en = "Kuntouttava työtoiminta verkossa"});
    for (const auto* text : {"Työpajatoiminta", "TYÖPAJA-TOIMINTA", "verkstadsverksamhet ", "Workshop activity"}) {
        CAPTURE(text);
        CHECK(decision_type_in(text, kinds) == "tyopajatoiminta");
        CHECK_FALSE(decision_type_in(text, usual_kinds()));
    }
    CHECK(decision_type_in("kuntouttava työtoiminta verkossa", kinds) == "kuntouttava_verkossa");
    CHECK(decision_type_in("Kuntouttava työtoiminta", kinds) == "work_activity");
    CHECK_FALSE(decision_type_in("soku", {}));

    const auto* file = "Nimi;Laji\nAino;Työpajatoiminta\nEino;soku\n";
    CHECK(people(preview_registrations(file, kinds)) ==
          TextLines{"2 Aino|tyopajatoiminta||||", "3 Eino|social_rehabilitation||||"});
    CHECK(told(preview_registrations(file, usual_kinds()).faults) ==
          TextLines{"2 decision_type_unclear Työpajatoiminta"});
    // A column is known by what stands in it, whatever it is called.
    CHECK(told(preview_registrations("Nimi;Muuta\nAino;Työpajatoiminta\n", kinds).faults) ==
          TextLines{"1 heading_unclear Muuta"});
}

TEST_CASE("Phone numbers and e-mail addresses") {
    CHECK(phone_key("+358 40 123 4567") == phone_key("040-1234567"));
    CHECK(phone_key("0035840 1234567") == phone_key("40 123 4567"));
    CHECK(phone_key("+358 (0)40 1234567") == phone_key("(040) 1234567"));
    CHECK(phone_key("+46 40 1234567") != phone_key("040 1234567"));
    const auto faults = [](std::optional<std::string> phone, std::optional<std::string> email) {
        PersonDetails details{.name = "Aino",
            .decision_type = {},
            .supervisor = {},
            .phone = std::move(phone),
            .email = std::move(email),
            .needs = {}};
        return told(tidy_details(details));
    };
    CHECK(faults("040 123 4567", "a.b-c@posti.example") == TextLines{});
    CHECK(faults("-", "ei ole") == TextLines{});
    CHECK(faults("1234", {}) == TextLines{"phone_unclear 1234"});
    CHECK(faults("040 123 4567 / 050 123 4567", {}) == TextLines{"phone_unclear 040 123 4567 / 050 123 4567"});
    for (const auto* bad : {"a", "@b.fi", "a@b", "a@b.", "a@@b.fi", "a b@c.fi", "a@b.fi, c@d.fi", "a@.fi"})
        CHECK(faults({}, bad) == TextLines{std::string{"email_unclear "} + bad});
}

TEST_CASE("Who is the same person") {
    const auto make = [](std::string name, std::optional<std::string> supervisor, std::optional<std::string> phone,
                          std::optional<std::string> email) {
        return PersonDetails{.name = std::move(name),
            .decision_type = {},
            .supervisor = std::move(supervisor),
            .phone = std::move(phone),
            .email = std::move(email),
            .needs = {}};
    };
    const auto full = make("Aino Mäki", "T1", "040 1", "a@b.fi");
    CHECK(is_exactly_same_person(full, make("AINO MÄKI", "t1", "+358 401", "A@B.fi")));
    CHECK(is_same_person(full, make("Aino Mäki", "T1", {}, {})));
    CHECK_FALSE(is_exactly_same_person(full, make("Aino Mäki", "T1", {}, {})));
    CHECK(is_same_person(full, make("Aino Mäki", {}, "0401", {})));
    CHECK_FALSE(is_same_person(full, make("Aino Mäki", "T2", "0401", {})));        // a namesake of another supervisor
    CHECK_FALSE(is_same_person(full, make("Eino Mäki", "T1", "0401", "a@b.fi")));  // a couple with one phone
    CHECK_FALSE(is_same_person(full, make("Aino Mäki", {}, {}, {})));              // nothing says so
    CHECK(is_exactly_same_person(make("Aino Mäki", {}, {}, {}), make("aino mäki", {}, {}, {})));
}
