
#include "people/helpers.hpp"

using namespace etakahvila;
using namespace etakahvila::people;
using etakahvila::testing::test_file;

namespace {

constexpr UtcTime now{1'796'000'000'000};

RegistrationImport import_text(Records& records, SessionId session, std::string_view file) {
    return *import_registrations(records.database, session, read_registrations(file));
}

struct Figures {
    std::int64_t imported{}, changed{}, unchanged{};
    bool operator==(const Figures&) const = default;
};

Figures figures(const RegistrationImport& result) { return {result.imported, result.changed, result.unchanged}; }

std::int64_t changes(Records& records) { return records.database.one<std::int64_t>("SELECT total_changes()").value(); }

}  // namespace

TEST_CASE("A file of registrations goes in, and the second time changes nothing") {
    for (const auto* name : {"finnish-windows-1252.csv", "swedish-comma-bom.csv", "quotes-and-breaks.csv"}) {
        CAPTURE(name);
        Records records;
        const auto session = records.plan();
        const auto file = test_file("data/registrations/" + std::string{name});
        CHECK(figures(import_text(records, session, file)) == Figures{3, 0, 0});
        const auto before = changes(records);
        CHECK(figures(import_text(records, session, file)) == Figures{0, 0, 3});
        CHECK(changes(records) == before);
        CHECK(people_of(records.database, session, now).size() == 3);
    }
}

TEST_CASE("Nothing is imported by half") {
    Records records;
    const auto session = records.plan();
    const auto result = import_text(records, session, test_file("data/registrations/faults.csv"));
    CHECK(result.faults.size() == 9);
    CHECK(figures(result) == Figures{});
    CHECK(records.count("people") == 0);
    CHECK(records.count("registrations") == 0);
    CHECK_FALSE(import_registrations(records.database, SessionId{99}, read_registrations("Nimi\nA\n")));
}

TEST_CASE("A database that breaks halfway takes nothing in, and says nothing of a person") {
    Records records;
    const auto session = records.plan();
    records.database.script(
        "CREATE TRIGGER broken BEFORE INSERT ON registrations WHEN (SELECT count(*) FROM registrations) = 1 BEGIN "
        "SELECT RAISE(ABORT, 'broken'); END");
    try {
        import_text(records, session, "Nimi;Puh.\nSalainen Nimi;0401234567\nToinen Nimi;0401234568\n");
        FAIL("it did not break");
    } catch (const records::Error& exception) {
        CHECK(std::string{exception.what()}.find("Nimi") == std::string::npos);
        CHECK(std::string{exception.what()}.find("0401") == std::string::npos);
    }
    CHECK(records.count("people") == 0);
    records.database.script("BEGIN; COMMIT");  // no transaction was left open
}

TEST_CASE("The import works inside a transaction of the caller's") {
    Records records;
    const auto session = records.plan();
    records.database.script("BEGIN");
    CHECK(figures(import_text(records, session, "Nimi\nA\n")) == Figures{1, 0, 0});
    CHECK(import_text(records, session, "Nimi;Puh.\nB;x\n").faults.size() == 1);
    records.database.script("COMMIT");
    CHECK(records.count("people") == 1);
}

TEST_CASE("A later file adds what was not known, and is another session's too") {
    Records records;
    const auto first = records.plan();
    const auto second = records.plan("2026-12-10");
    CHECK(figures(import_text(records, first, "Nimi;Työnjohtaja\nAino;T1\nEino;T1\n")) == Figures{2, 0, 0});
    const std::string more = "Nimi;Työnjohtaja;Puh.;Laji\nAino;T1;040 1234567;soku\n";
    CHECK(figures(import_text(records, first, more)) == Figures{0, 1, 0});
    CHECK(figures(import_text(records, first, more)) == Figures{0, 0, 1});
    CHECK(figures(import_text(records, second, more)) == Figures{1, 0, 0});
    CHECK(records.count("people") == 2);
    const auto aino = people_of(records.database, second, now);
    REQUIRE(aino.size() == 1);
    CHECK(aino[0].details.phone == "040 1234567");
    CHECK(aino[0].details.decision_type == "social_rehabilitation");
    // A file that tells less takes nothing away.
    CHECK(figures(import_text(records, first, "Nimi;Työnjohtaja\nAino;T1\n")) == Figures{0, 0, 1});
    CHECK(person_details(records.database, aino[0].person)->phone == "040 1234567");
}

TEST_CASE("Namesakes stay two people, and a row that fits both is asked about") {
    Records records;
    const auto session = records.plan();
    const std::string file = "Nimi;Työnjohtaja;Puh.\nAino;T1;0401234567\nAino;T2;0401234568\n";
    CHECK(figures(import_text(records, session, file)) == Figures{2, 0, 0});
    CHECK(figures(import_text(records, session, file)) == Figures{0, 0, 2});
    const auto preview = read_registrations("Nimi\nAino\n");
    const auto look = look_at_records(records.database, session, preview);
    REQUIRE(look.questions.size() == 1);
    CHECK(look.questions.front().people.size() == 2);
    CHECK(import_registrations(records.database, session, preview)->questions.size() == 1);
    CHECK(figures(import_text(records, session, "Nimi;Työnjohtaja\nAino;T2\n")) == Figures{0, 0, 1});
}

TEST_CASE("Two rows that are one person of the records are refused") {
    Records records;
    const auto session = records.plan();
    import_text(records, session, "Nimi;Puh.;E-mail\nAino;0401234567;a@b.fi\n");
    CHECK(told(import_text(records, session, "Nimi;Puh.;E-mail\nAino;0401234567;\nAino;;a@b.fi\n").faults) ==
          TextLines{"3 duplicate_of_line 2"});
}

TEST_CASE("A thousand registrations go in at once") {
    Records records;
    const auto session = records.plan();
    std::string file = "Nimi;Laji;Työnjohtaja;Puh.\n";
    for (int row = 0; row < 1000; ++row)
        file += "Osallistuja " + std::to_string(row) + ";kutyö;T" + std::to_string(row % 9) + ";0401" +
                std::to_string(100000 + row) + "\n";
    CHECK(figures(import_text(records, session, file)) == Figures{1000, 0, 0});
    CHECK(figures(import_text(records, session, file)) == Figures{0, 0, 1000});
}

TEST_CASE("A person by hand follows the rules of the file") {
    Records records;
    const auto session = records.plan();
    const auto bad = add_person(records.database,
        {.name = " ", .decision_type = {}, .supervisor = {}, .phone = "x", .email = "y", .needs = {}});
    CHECK(told(std::get<std::vector<Fault>>(bad)) == TextLines{"name_missing", "phone_unclear x", "email_unclear y"});
    const auto person = records.add("  Aino   Mäki ", session);
    CHECK(person_details(records.database, person)->name == "Aino Mäki");
    CHECK_FALSE(register_person(records.database, session, person));  // again: nothing happens
    CHECK(register_person(records.database, SessionId{99}, person) == RefusalWord::not_found);
    CHECK(register_person(records.database, session, PersonId{99}) == RefusalWord::not_found);
    CHECK(people_of(records.database, session, now).size() == 1);
    CHECK_FALSE(unregister(records.database, session, person));
    CHECK(unregister(records.database, session, person) == RefusalWord::not_found);
    CHECK(people_of(records.database, session, now).empty());
}

TEST_CASE("Staff and guests of a session") {
    Records records;
    const auto session = records.plan();
    const auto moderator = std::get<PersonId>(add_staff(records.database, session, Role::moderator, "Moderaattori 1"));
    CHECK(std::get<PersonId>(add_staff(records.database, session, Role::moderator, " moderaattori  1")) == moderator);
    CHECK(std::get<PersonId>(add_staff(records.database, session, Role::facilitator, "Moderaattori 1")) != moderator);
    CHECK(std::get<RefusalWord>(add_staff(records.database, session, Role::participant, "A")) == RefusalWord::invalid);
    CHECK(std::get<RefusalWord>(add_staff(records.database, session, Role::guest, " ")) == RefusalWord::name_empty);
    CHECK(std::get<RefusalWord>(add_staff(records.database, session, Role::guest, std::string(81, 'a'))) ==
          RefusalWord::name_too_long);
    CHECK(std::get<RefusalWord>(add_staff(records.database, session, Role::guest, "a\u202eb")) ==
          RefusalWord::name_not_allowed);
    CHECK(
        std::get<RefusalWord>(add_staff(records.database, SessionId{99}, Role::guest, "A")) == RefusalWord::not_found);
    // Staff are nobody's clients: a client of the same name is another person.
    CHECK(register_person(records.database, session, moderator) == RefusalWord::not_found);
    CHECK(figures(import_text(records, session, "Nimi\nModeraattori 1\n")) == Figures{1, 0, 0});
}

TEST_CASE("An absence that is told again by who may not read why keeps why, and by whom") {
    Records records;
    const auto session = records.plan();
    const auto person = records.add("Aino Aalto", session);
    using protocol::AbsenceReason;
    const UtcTime first{1'796'000'000'000}, second{1'796'000'060'000};
    const auto told = [&] { return people_of(records.database, session, first).front().absence.value(); };
    const auto by = [&] { return records.database.one<std::string>("SELECT absence_told_by FROM registrations"); };
    REQUIRE_FALSE(set_absence(records.database, session, person,
        AbsenceNotice{.told_at = first, .note = "kuumetta", .reason = AbsenceReason::own_illness}, "Päivi"));
    REQUIRE_FALSE(set_absence_unread(records.database, session, person, {.told_at = second}, "Moderaattori 1"));
    CHECK(told() == AbsenceNotice{.told_at = first, .note = "kuumetta", .reason = AbsenceReason::own_illness});
    CHECK(by() == "Päivi");
    REQUIRE_FALSE(set_absence_unread(
        records.database, session, person, {.told_at = second, .note = "soitti itse"}, "Moderaattori 1"));
    CHECK(told() == AbsenceNotice{.told_at = first, .note = "soitti itse", .reason = AbsenceReason::own_illness});
    // Where nothing was told it is told as any other.
    REQUIRE_FALSE(set_absence(records.database, session, person, {}));
    REQUIRE_FALSE(set_absence_unread(records.database, session, person, {.told_at = second}, "Moderaattori 1"));
    CHECK(told() == AbsenceNotice{.told_at = second});
    CHECK(by() == "Moderaattori 1");
    CHECK(set_absence_unread(records.database, session, PersonId{99}, {.told_at = second}, "Moderaattori 1") ==
          RefusalWord::not_found);
}

TEST_CASE("Absence is told, changed and taken back") {
    Records records;
    const auto session = records.plan();
    const auto person = records.add("Aino", session);
    CHECK_FALSE(set_absence(records.database, session, person, AbsenceNotice{.told_at = now, .note = " lääkäri "}));
    CHECK(people_of(records.database, session, now)[0].absence == AbsenceNotice{.told_at = now, .note = "lääkäri"});
    CHECK(session_record(records.database, session)->roster[0].is_excused);
    CHECK(set_absence(records.database, session, person,
              AbsenceNotice{.told_at = now, .note = std::string(501, 'a')}) == RefusalWord::text_too_long);
    CHECK_FALSE(set_absence(records.database, session, person, std::nullopt));
    CHECK_FALSE(people_of(records.database, session, now)[0].absence);
    CHECK(set_absence(records.database, session, PersonId{99}, std::nullopt) == RefusalWord::not_found);
}
