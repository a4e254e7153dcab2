#include "people/helpers.hpp"
#include "people/names.hpp"
#include "people/words.hpp"

using namespace etakahvila;
using namespace etakahvila::people;
using etakahvila::testing::test_file;

namespace {

constexpr UtcTime now{1'796'000'000'000};

RegistrationImport import_text(Records& records, SessionId session, std::string_view file, const Reach& reach = {},
    const SameAnswers& answers = {}) {
    return *import_registrations(records.database, session, read_registrations(file), reach, answers);
}

RegistrationImport import_file(Records& records, SessionId session, const std::string& name) {
    return import_text(records, session, test_file("data/registrations/" + name));
}

/// "3: 17 18 line 2": who is asked about, of which line.
TextLines asked(const std::vector<SameQuestion>& questions) {
    TextLines lines;
    for (const auto& question : questions) {
        auto text = std::to_string(question.line) + ":";
        for (const auto& one : question.people) text += ' ' + std::to_string(one.id.value);
        for (const auto line : question.lines) text += " line " + std::to_string(line);
        lines.push_back(text);
    }
    return lines;
}

SessionId plan_in(Records& records, const std::string& series, const std::string& date = "2026-12-03") {
    const auto draft = draft_of({.series = series,
        .theme = "Uni",
        .date = date,
        .start = "09:00",
        .end = "13:00",
        .question = {},
        .help_phone = {},
        .settings = {}});
    return plan_session(records.database, std::get<SessionDraft>(draft));
}

Reach of(const std::string& series) { return {.series = std::vector{series}}; }

PersonDetails make(std::string name, std::optional<std::string> supervisor, std::optional<std::string> phone,
    std::optional<std::string> email) {
    return {.name = std::move(name),
        .decision_type = {},
        .supervisor = std::move(supervisor),
        .phone = std::move(phone),
        .email = std::move(email),
        .needs = {}};
}

}  // namespace

TEST_CASE("Who is the same person, who may be, and who is another") {
    const auto known = make("Aino Aalto", "Olli Ohjaaja", "040 1234567", "aino@example.fi");
    const auto is = [&](const PersonDetails& told, Sameness wanted) {
        CAPTURE(told.name, told.supervisor, told.phone, told.email);
        CHECK(sameness(known, told) == wanted);
        CHECK(sameness(told, known) == wanted);
    };
    using enum Sameness;
    is(known, same);
    is(make("AALTO, AINO", "ohjaaja olli", "+358401234567", "Aino@Example.fi"), same);
    is(make("Aino Aalto", "Olli Ohjaaja", "050 7654321", "aino@example.fi"), same);
    is(make("Aino Aalto", "Siv Öhman", "040 1234567", "aino@example.fi"), same);
    is(make("Aino Aalto", "Olli Ohjaaja", "040 1234567", "new@example.fi"), same);
    is(make("Aino Aalto", "Siv Öhman", "0401234567", {}), same);
    is(make("Aino Aalto", {}, "0401234567", {}), same);
    is(make("Aino Aalto", {}, {}, "aino@example.fi"), same);
    is(make("Aino Aalto", "Olli Ohjaaja", {}, {}), same);
    is(make("Aino Aalto", "Siv Öhman", "050 7654321", "aino@example.fi"), doubtful);
    is(make("Aino Aalto", "Siv Öhman", "0401234567", "new@example.fi"), doubtful);
    is(make("Aino Aalto", "Olli Ohjaaja", "050 7654321", {}), doubtful);
    is(make("Aino Aalto", "Siv Öhman", {}, {}), doubtful);
    is(make("Aino Aalto", {}, "050 7654321", {}), doubtful);
    is(make("Aino Aalto", {}, {}, {}), doubtful);
    is(make("Aino Aalto", "Siv Öhman", "050 7654321", {}), other);
    is(make("Aino Aalto", "Siv Öhman", "050 7654321", "new@example.fi"), other);
    is(make("Aino Alto", {}, "0401234567", {}), doubtful);
    is(make("Aino Maria Aalto", {}, {}, "aino@example.fi"), doubtful);
    is(make("Aino Mäkinen", "Olli Ohjaaja", "0401234567", "aino@example.fi"), doubtful);
    is(make("Aino Mäkinen", "Olli Ohjaaja", "0401234567", {}), other);
    is(make("Heli Järvinen", "Olli Ohjaaja", "0401234567", "aino@example.fi"), other);
    is(make("Aino Alto", "Olli Ohjaaja", {}, {}), other);
    CHECK(sameness(make("Aino", {}, {}, {}), make("aino", {}, {}, {})) == same);
}

TEST_CASE("A list that Excel has saved is the same five people") {
    Records records;
    const auto session = records.plan();
    CHECK(import_file(records, session, "excel-plus-first.csv").imported == 5);
    const auto again = import_file(records, session, "excel-plus-second.csv");
    CHECK(told(again.faults) == TextLines{});
    CHECK(asked(again.questions) == TextLines{});
    CHECK(again.imported == 0);
    CHECK(again.unchanged == 5);
    CHECK(records.count("people") == 5);
    CHECK(person_details(records.database, PersonId{1})->phone == "+358401234560");
}

TEST_CASE("A field that is new is a change, and a name turned round is no name of another") {
    Records records;
    const auto session = records.plan();
    CHECK(import_file(records, session, "same-person-1.csv").imported == 1);
    const auto figures = [&](const std::string& name) {
        const auto done = import_file(records, session, name);
        CHECK(asked(done.questions) == TextLines{});
        return std::array{done.imported, done.changed, done.unchanged};
    };
    CHECK(figures("same-person-2-supervisor-turned.csv") == std::array<std::int64_t, 3>{0, 0, 1});
    CHECK(figures("same-person-3-new-phone.csv") == std::array<std::int64_t, 3>{0, 1, 0});
    CHECK(person_details(records.database, PersonId{1})->phone == "050 7654321");
    CHECK(figures("same-person-1.csv") == std::array<std::int64_t, 3>{0, 1, 0});
    CHECK(figures("same-person-4-new-supervisor.csv") == std::array<std::int64_t, 3>{0, 1, 0});
    CHECK(person_details(records.database, PersonId{1})->supervisor == "Siv Öhman");
    CHECK(figures("same-person-1.csv") == std::array<std::int64_t, 3>{0, 1, 0});
    CHECK(figures("same-person-5-name-turned.csv") == std::array<std::int64_t, 3>{0, 0, 1});
    CHECK(person_details(records.database, PersonId{1})->name == "Aino Aalto");
    CHECK(records.count("people") == 1);
}

TEST_CASE("A doubt is asked, nothing goes in before it is answered, and either answer is kept") {
    Records records;
    const auto session = records.plan();
    import_text(records, session, "Nimi;Työnjohtaja;Puh.\nAino Aalto;Olli;0401234567\n");
    const std::string file = "Nimi;Työnjohtaja;Puh.\nUusi Ihminen;Olli;0401111111\nAino Aalto;Olli;0507654321\n";
    const auto first = import_text(records, session, file);
    CHECK(asked(first.questions) == TextLines{"3: 1"});
    CHECK(records.count("people") == 1);
    CHECK(asked(look_at_records(records.database, session, read_registrations(file)).questions) == TextLines{"3: 1"});
    // Somebody who was not asked about is no answer, nor is an answer to another line.
    CHECK(asked(import_text(records, session, file, {}, {{3, PersonId{99}}}).questions) == TextLines{"3: 1"});
    CHECK(asked(import_text(records, session, file, {}, {{2, PersonId{1}}}).questions) == TextLines{"3: 1"});

    SECTION("the same person, changed") {
        const auto done = import_text(records, session, file, {}, {{3, PersonId{1}}});
        CHECK(done.imported == 1);
        CHECK(done.changed == 1);
        CHECK(records.count("people") == 2);
        CHECK(person_details(records.database, PersonId{1})->phone == "0507654321");
        CHECK(import_text(records, session, file).unchanged == 2);
    }
    SECTION("another person") {
        CHECK(import_text(records, session, file, {}, {{3, std::nullopt}}).imported == 2);
        CHECK(records.count("people") == 3);
        // Nobody is asked again, of neither list, nor about the two.
        CHECK(import_text(records, session, file).unchanged == 2);
        CHECK(import_text(records, session, "Nimi;Työnjohtaja;Puh.\nAino Aalto;Olli;0401234567\n").unchanged == 1);
        CHECK(KnownPeople{records.database, {}}.pairs(10).empty());
    }
}

TEST_CASE("Two rows that may be one person are asked about, unless both are known") {
    Records records;
    const auto session = records.plan();
    const std::string file = "Nimi;Työnjohtaja;Puh.\nAino;T1;0401234567\nAino;T1;0401234568\n";
    CHECK(asked(import_text(records, session, file).questions) == TextLines{"3: line 2"});
    CHECK(records.count("people") == 0);
    CHECK(import_text(records, session, file, {}, {{3, std::nullopt}}).imported == 2);
    CHECK(import_text(records, session, file).unchanged == 2);
}

TEST_CASE("One of another series is neither matched nor shown nor changed, and is asked about of who coordinates all") {
    Records records;
    const auto autumn = plan_in(records, "Syksy");
    const auto spring = plan_in(records, "Kevät", "2026-12-04");
    import_text(records, autumn,
        "Nimi;Työnjohtaja;Puh.;Sähköposti\nAsiakas Syksy;Ohjaaja Anna;0401234567;syksy@posti.example\n");
    for (const auto* row :
        {"Asiakas Syksy;Ohjaaja Anna;;varas@posti.example", "Asiakas Syksy;Ohjaaja Anna;0401234567;"}) {
        const auto done = import_text(
            records, spring, "Nimi;Työnjohtaja;Puh.;Sähköposti\n" + std::string{row} + "\n", of("Kevät"));
        CHECK(asked(done.questions) == TextLines{});
        CHECK(done.people.front() != PersonId{1});
    }
    const auto own = person_details(records.database, PersonId{1});
    CHECK(own->email == "syksy@posti.example");
    for (const auto& one : people_of(records.database, spring, now)) CHECK(one.person != PersonId{1});
    CHECK(std::get<RefusalWord>(change_person(records.database, spring, PersonId{1}, *own, of("Kevät"))) ==
          RefusalWord::not_found);
    CHECK_FALSE(KnownPeople{records.database, of("Kevät")}.knows(PersonId{1}));

    const auto pairs = KnownPeople{records.database, {}}.pairs(10);
    REQUIRE_FALSE(pairs.empty());
    CHECK(pairs.front().first.id == PersonId{1});
}

TEST_CASE("What is known of somebody who is in two series is changed by who coordinates both") {
    Records records;
    const auto autumn = plan_in(records, "Syksy");
    const auto spring = plan_in(records, "Kevät", "2026-12-04");
    const std::string file = "Nimi;Työnjohtaja;Sähköposti\nAino;Anna;a@posti.example\n";
    import_text(records, autumn, file);
    import_text(records, spring, file);
    CHECK(records.count("people") == 1);
    const auto changed = import_text(records, spring, "Nimi;Työnjohtaja;Sähköposti\nAino;Anna;varas@posti.example\n",
        of("Kevät"), {{2, PersonId{1}}});
    CHECK(changed.lines_kept_as_was == std::vector<std::int64_t>{2});
    CHECK(person_details(records.database, PersonId{1})->email == "a@posti.example");
    CHECK(std::get<RefusalWord>(change_person(records.database, spring, PersonId{1},
              make("Aino", "Anna", {}, "varas@posti.example"), of("Kevät"))) == RefusalWord::not_permitted);
    const Reach both{.series = std::vector<std::string>{"kevät", "SYKSY"}};
    CHECK(std::get<std::vector<Fault>>(
        change_person(records.database, spring, PersonId{1}, make("Aino", "Anna", {}, "b@posti.example"), both))
            .empty());
    CHECK(person_details(records.database, PersonId{1})->email == "b@posti.example");
}

TEST_CASE("Two are made one: sessions to come, invitations and letters go along, the past stays") {
    Records records;
    const auto past = records.plan("2026-11-05");
    const auto to_come = records.plan("2026-12-10");
    const auto both_in = records.plan("2026-12-17");
    const auto aino = records.add("Aino Aalto", both_in);
    const auto other = records.add("Aino Aalto", past);
    for (const auto session : {to_come, both_in}) REQUIRE_FALSE(register_person(records.database, session, other));
    records.database.script("UPDATE people SET phone = '0401234567' WHERE id = 2");
    CountedBytes random;
    const auto link = std::get<NewInvitation>(invite(records.database, to_come, other,
        {.not_before = now, .expires = UtcTime{now.ms + 9'000'000'000}}, now, random.bytes()));
    const auto coming = sessions_to_come(records.database, other, now);
    CHECK(coming == std::vector{to_come, both_in});
    CHECK_FALSE(make_one(records.database, aino, aino, coming));
    CHECK_FALSE(make_one(records.database, aino, PersonId{99}, coming));
    CHECK(make_one(records.database, aino, other, coming));
    CHECK_FALSE(make_one(records.database, aino, other, coming));
    const auto in = [&](SessionId session) {
        std::vector<PersonId> people;
        for (const auto& one : people_of(records.database, session, now)) people.push_back(one.person);
        return people;
    };
    CHECK(in(past) == std::vector{other});
    CHECK(in(to_come) == std::vector{aino});
    CHECK(in(both_in) == std::vector{aino});
    CHECK(invitation_of_secret(records.database, link.secret.to_link(), UtcTime{now.ms + 1})->person == aino);
    CHECK(person_details(records.database, aino)->phone == "0401234567");
    // A list finds the one who stayed.
    CHECK(import_text(records, to_come, "Nimi;Puh.\nAino Aalto;0401234567\n").people == std::vector{aino});
    CHECK(KnownPeople{records.database, {}}.pairs(10).empty());
}

TEST_CASE(
    "Of two registrations for one day an absence is told that either has told, and a call that either had is made") {
    Records records;
    const auto day = records.plan("2026-12-10");
    const auto aino = records.add("Aino Aalto", day);
    const auto other = records.add("Aino Aalto", day);
    const AbsenceNotice ill{
        .told_at = now, .note = "kuume", .reason = etakahvila::protocol::AbsenceReason::own_illness};
    REQUIRE_FALSE(set_absence(records.database, day, other, ill, "Päivi"));
    records.database.write(
        "INSERT INTO cancel_calls (session, person, told_at, told_by, tries) VALUES (?, ?, 7, 'Kaisa', 2), (?, ?, "
        "NULL, "
        "NULL, 1)",
        day, other, day, aino);
    REQUIRE(make_one(records.database, aino, other, std::vector{day}));
    const auto people = people_of(records.database, day, now);
    REQUIRE(people.size() == 1);
    CHECK(people[0].person == aino);
    REQUIRE(people[0].absence);
    CHECK(people[0].absence->note == "kuume");
    CHECK(people[0].absence->reason == ill.reason);
    CHECK(records.database.one<std::string>("SELECT absence_told_by FROM registrations") == "Päivi");
    CHECK(records.count("cancel_calls") == 1);
    CHECK(records.database.has(
        "SELECT 1 FROM cancel_calls WHERE person = ? AND told_at = 7 AND told_by = 'Kaisa' AND tries = 2", aino));

    // What was told of the one who stays is not replaced.
    const auto third = records.add("Aino Aalto", day);
    REQUIRE_FALSE(set_absence(records.database, day, third, AbsenceNotice{.told_at = now, .note = "matka"}));
    REQUIRE(make_one(records.database, aino, third, std::vector{day}));
    CHECK(people_of(records.database, day, now)[0].absence->note == "kuume");
}

TEST_CASE("A site's doubles of today are found, and a letter of today gets a name of its own") {
    records::SqliteDatabase database{":memory:"};
    // As the program before doubles were asked about left it, with everybody twice.
    bring_forward(database, "people", record_steps().first(6));
    database.script(
        "INSERT INTO people (is_client, name, name_key, phone) VALUES (1, 'Henkilö 0', 'henkilö 0', '+358401234560'), "
        "(1, 'Henkilö 0', 'henkilö 0', '358401234560'), (1, 'Toinen', 'toinen', NULL)");
    database.script(
        "INSERT INTO series (name, name_key) VALUES ('S', 's'); INSERT INTO sessions (series, theme, starts_at, "
        "ends_at, present_percent, grace_seconds) VALUES (1, 'U', 1, 2, 80, 0)");
    database.script(
        "INSERT INTO mails (session, person, made_at, state, tries, next_try_at) VALUES (1, 1, 1, 'waiting', 0, 1), "
        "(1, 2, 1, 'waiting', 0, 1)");
    migrate(database);
    const auto pairs = KnownPeople{database, {}}.pairs(10);
    REQUIRE(pairs.size() == 1);
    CHECK(pairs.front().first.id == PersonId{1});
    CHECK(pairs.front().second.id == PersonId{2});
    CHECK(database.one<int>("SELECT count(DISTINCT token) FROM mails WHERE length(token) = 32") == 2);
}

TEST_CASE("An apostrophe or a hyphen, however it was written, is the same name") {
    Records records;
    const auto session = plan_in(records, "Kevät");
    const auto first =
        import_text(records, session, "Nimi;Puh.\nMary O'Neill;0401234567\nAnna-Liisa Aalto;0401234568\n").people;
    for (const auto* list : {"Nimi;Puh.\nMary O’Neill;0401234567\nAnna‐Liisa Aalto;0401234568\n",
             "Nimi;Puh.\nMary OʼNeill;0401234567\nAnna‑Liisa Aalto;0401234568\n",
             "Nimi;Puh.\nMary O‘Neill;0401234567\nAnna–Liisa Aalto;0401234568\n",
             "Nimi;Puh.\nMary O´Neill;0401234567\nAnna−Liisa Aalto;0401234568\n"}) {
        CHECK(import_text(records, session, list).people == first);
    }
    CHECK(name_key("O’Neill") == name_key("O'Neill"));
    CHECK(name_key("ONeill") != name_key("O'Neill"));
}

TEST_CASE("Names that were kept with another apostrophe are found after an upgrade") {
    records::SqliteDatabase database{":memory:"};
    bring_forward(database, "people", record_steps().first(7));
    database.script(
        "INSERT INTO people (is_client, name, name_key) VALUES (1, 'Mary O’Neill', 'mary o’neill'), (1, 'Anna‑Liisa', "
        "'anna‐liisa'), (1, 'Oili', 'oili')");
    database.script(
        "INSERT INTO series (name, name_key) VALUES ('Kevät–kesä', 'kevät–kesä'), ('Kevät-kesä', 'kevät-kesä')");
    migrate(database);
    CHECK(database.one<std::string>(
              "SELECT group_concat(name_key, '|') FROM (SELECT name_key FROM people ORDER BY id)") ==
          name_key("Mary O'Neill") + "|" + name_key("Anna-Liisa") + "|oili");
    // Two series that were two stay two.
    CHECK(database.one<int>("SELECT count(*) FROM series") == 2);
}
