#include "people/helpers.hpp"
#include "people/programme_file.hpp"

using namespace etakahvila;
using namespace etakahvila::people;
using etakahvila::testing::test_file;

namespace {

SessionForm form() {
    return {.series = "Etäkahvila",
        .theme = "Uni",
        .date = "2026-12-03",
        .start = "09:00",
        .end = "13:00",
        .question = {},
        .help_phone = {},
        .settings = {}};
}

TextLines faults(SessionForm filled) {
    const auto drafted = draft_of(std::move(filled));
    const auto* found = std::get_if<std::vector<Fault>>(&drafted);
    return found == nullptr ? TextLines{} : told(*found);
}

std::int64_t minutes(const std::vector<etakahvila::protocol::AgendaItem>& items) {
    std::int64_t sum = 0;
    for (const auto& item : items) sum += item.minutes;
    return sum;
}

}  // namespace

TEST_CASE("The tables are made once, beside the journal's") {
    records::SqliteDatabase database{":memory:"};
    database.script(
        "CREATE TABLE schema_version (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT; INSERT INTO "
        "schema_version VALUES ('journal', 1)");
    migrate(database);
    const auto changes = database.one<std::int64_t>("SELECT total_changes()");
    migrate(database);
    CHECK(database.one<std::int64_t>("SELECT total_changes()") == changes);
    CHECK(database.one<std::string>(
              "SELECT group_concat(part || version) FROM (SELECT * FROM schema_version ORDER BY part)") ==
          "account_acts1,feedback1,improvements1,journal1,operator_acts1,people12,provider_sign_in1,"
          "second_step1,work2");
    CHECK(database.one<int>("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%' "
                            "AND NOT strict") == 0);
    database.script("UPDATE schema_version SET version = 1000 WHERE part = 'people'");
    CHECK_THROWS_AS(migrate(database), records::Error);
    database.script("BEGIN; COMMIT");
}

TEST_CASE("A session is planned with all that its room needs") {
    Records records;
    auto filled = form();
    filled.theme = "  Uni ja\tlepo ";
    filled.question = "Miten nukuit?";
    filled.help_phone = "000 000 0000";
    filled.settings = {.present_percent = 75, .present_minutes = 200, .grace_seconds = 60, .words = {"b", "a", "b"}};
    const auto session = plan_session(records.database, std::get<SessionDraft>(draft_of(filled)));
    const auto participant = records.add("Aino", session);
    const auto moderator = std::get<PersonId>(add_staff(records.database, session, Role::moderator, "Moderaattori 1"));

    const auto record = session_record(records.database, session);
    REQUIRE(record);
    CHECK(record->id == session);
    CHECK(record->series == "Etäkahvila");
    CHECK(record->theme == "Uni ja lepo");
    CHECK(record->question == "Miten nukuit?");
    CHECK(record->starts_at.ms == 1'796'281'200'000);
    CHECK(record->ends_at.ms == 1'796'295'600'000);
    CHECK(record->help_phone == "000 000 0000");
    CHECK(record->settings ==
          SessionSettings{.present_percent = 75, .present_minutes = 200, .grace_seconds = 60, .words = {"a", "b"}});
    CHECK(record->agenda == usual_agenda(240, "Miten nukuit?"));
    CHECK(record->roster ==
          std::vector<RosterEntry>{{participant, Role::participant, "work_activity",
                                       etakahvila::protocol::Duty::obligatory, std::nullopt, false, "Aino"},
              {moderator, Role::moderator, std::nullopt, std::nullopt, "Moderaattori 1", false, "Moderaattori 1"}});
    CHECK(record->staff_names() == TextLines{"Moderaattori 1"});
    CHECK_FALSE(session_record(records.database, SessionId{99}));

    records.plan("2026-11-05");
    const auto all = sessions(records.database);
    REQUIRE(all.size() == 2);
    CHECK(all[0].registered == 0);
    CHECK(all[1].id == session);
    CHECK(all[1].registered == 1);
    CHECK(records.count("series") == 1);
}

TEST_CASE("An experience-story day is planned, changed and copied, and tells no guest's name") {
    Records records;
    auto filled = form();
    filled.settings.anonymous_among_participants = true;
    const auto session = plan_session(records.database, std::get<SessionDraft>(draft_of(filled)));
    add_staff(records.database, session, Role::moderator, "Moderaattori 1");
    add_staff(records.database, session, Role::guest, "Raija Vierailija");
    CHECK(is_anonymous(records.database, session));
    auto record = session_record(records.database, session);
    CHECK(record->settings.anonymous_among_participants);
    CHECK(record->staff_names() == TextLines{"Moderaattori 1"});
    filled.date = "2026-12-10";
    const auto copy = copy_session(records.database, session, std::get<SessionDraft>(draft_of(filled)));
    CHECK(is_anonymous(records.database, copy.value()));
    filled.settings.anonymous_among_participants = false;
    REQUIRE(change_session(records.database, session, std::get<SessionDraft>(draft_of(filled))));
    CHECK_FALSE(is_anonymous(records.database, session));
    CHECK(session_record(records.database, session)->staff_names() == TextLines{"Moderaattori 1", "Raija Vierailija"});
    CHECK_FALSE(is_anonymous(records.database, SessionId{99}));
}

TEST_CASE("What is wrong with a form is named") {
    CHECK(faults(form()) == TextLines{});
    CHECK(
        faults({}) == TextLines{"series_missing", "theme_missing", "date_unclear ", "start_unclear ", "end_unclear "});
    const auto with = [](auto change) {
        auto filled = form();
        change(filled);
        return faults(filled);
    };
    CHECK(with([](auto& f) { f.theme = std::string(121, 'a'); }) == TextLines{"too_long theme"});
    CHECK(with([](auto& f) { f.series = "a\u202eb"; }) == TextLines{"not_allowed series"});
    CHECK(with([](auto& f) { f.date = "2026-02-30"; }) == TextLines{"date_unclear 2026-02-30"});
    CHECK(with([](auto& f) { f.end = "09:00"; }) == TextLines{"end_before_start 09:00"});
    CHECK(with([](auto& f) { f.end = "17:01"; }) == TextLines{"session_too_long 17:01"});
    CHECK(with([](auto& f) { f.end = "17:00"; }) == TextLines{});
    CHECK(with([](auto& f) { f.settings.present_percent = 101; }) == TextLines{"not_allowed present_percent"});
    CHECK(with([](auto& f) { f.settings.present_minutes = 0; }) == TextLines{"not_allowed present_minutes"});
    CHECK(with([](auto& f) {
        f.date = "2026-03-29";
        f.start = "03:30";
        f.end = "07:00";
    }) == TextLines{"time_does_not_exist 03:30"});
    CHECK(with([](auto& f) {
        f.date = "2026-10-25";
        f.start = "01:00";
        f.end = "03:30";
    }) == TextLines{"time_comes_twice 03:30"});
}

TEST_CASE("A session over a night of the clocks lasts as long as it lasts") {
    Records records;
    auto filled = form();
    filled.start = "01:00";
    filled.end = "05:00";
    for (const auto& [date, length] :
        {std::pair{"2026-03-29", 180}, std::pair{"2026-10-25", 300}, std::pair{"2026-12-31", 240}}) {
        filled.date = date;
        const auto record = session_record(
            records.database, plan_session(records.database, std::get<SessionDraft>(draft_of(filled))));
        CHECK(record->ends_at.ms - record->starts_at.ms == length * 60'000);
        CHECK(minutes(record->agenda) == length);
    }
}

TEST_CASE("An agenda that somebody made stays as it is, and its items keep their numbers") {
    Records records;
    using protocol::AgendaItem;
    using protocol::AgendaItemId;
    using protocol::AgendaKind;
    const auto made = [](std::vector<AgendaItem> items) {
        auto filled = form();
        filled.agenda = std::move(items);
        return draft_of(filled);
    };
    const auto draft = std::get<SessionDraft>(
        made({{.id = AgendaItemId{7}, .kind = AgendaKind::talk, .title = " Alku ", .minutes = 30, .question = {}},
            {.id = {}, .kind = AgendaKind::guest, .title = "Vieras", .minutes = 60, .question = " "},
            {.id = AgendaItemId{7},
                .kind = AgendaKind::closing,
                .title = "Loppu",
                .minutes = 10,
                .question = "Miten meni?"}}));
    const auto session = plan_session(records.database, draft);
    const std::vector<AgendaItem> wanted{
        {.id = AgendaItemId{7}, .kind = AgendaKind::talk, .title = "Alku", .minutes = 30, .question = {}},
        {.id = AgendaItemId{8}, .kind = AgendaKind::guest, .title = "Vieras", .minutes = 60, .question = {}},
        {.id = AgendaItemId{9},
            .kind = AgendaKind::closing,
            .title = "Loppu",
            .minutes = 10,
            .question = "Miten meni?"}};
    CHECK(session_record(records.database, session)->agenda == wanted);

    // Another length does not touch what somebody made; a copy has it too, and another order is kept.
    auto longer = form();
    longer.end = "14:00";
    CHECK(change_session(records.database, session, std::get<SessionDraft>(draft_of(longer))));
    CHECK(session_record(records.database, session)->agenda == wanted);
    auto other_day = form();
    other_day.date = "2026-12-10";
    CHECK(session_record(
              records.database, *copy_session(records.database, session, std::get<SessionDraft>(draft_of(other_day))))
              ->agenda == wanted);
    auto turned = form();
    turned.agenda = {wanted[2], wanted[0]};
    CHECK(change_session(records.database, session, std::get<SessionDraft>(draft_of(turned))));
    CHECK(session_record(records.database, session)->agenda == std::vector{wanted[2], wanted[0]});

    const auto faults = [&](AgendaItem item) { return std::get<std::vector<Fault>>(made({std::move(item)})); };
    CHECK(faults({.id = {}, .kind = AgendaKind::talk, .title = " ", .minutes = 5, .question = {}}).front().reason ==
          FaultReason::title_missing);
    CHECK(faults({.id = {}, .kind = AgendaKind::talk, .title = "x", .minutes = 0, .question = {}}).front() ==
          Fault{.reason = FaultReason::minutes_unclear, .value = "x"});
    CHECK(faults({.id = {}, .kind = AgendaKind::talk, .title = std::string(121, 'x'), .minutes = 5, .question = {}})
              .front() == Fault{.reason = FaultReason::too_long, .value = "title"});
    CHECK(std::holds_alternative<std::vector<Fault>>(made(std::vector<AgendaItem>(agenda_items_max + 1, wanted[0]))));
}

TEST_CASE("The usual agenda fills the session, whatever its length") {
    const auto usual = usual_agenda(240, "Miksi?");
    CHECK(usual.size() == 6);
    CHECK(usual[1].question == "Miksi?");
    CHECK_FALSE(usual[0].question);
    for (std::int64_t length = 1; length <= session_minutes_max; ++length) {
        const auto items = usual_agenda(length, {});
        REQUIRE(minutes(items) == length);
        for (const auto& item : items) REQUIRE(item.minutes >= 1);
    }
}

TEST_CASE("The programme of autumn 2020 goes in as it is, and the second time changes nothing") {
    Records records;
    const auto file = test_file("data/programme-autumn-2020.csv");
    const auto preview = preview_programme(file);
    CHECK(told(preview.faults) == TextLines{});
    CHECK(preview.rows_read == 19);
    TextLines fields;
    for (const auto& column : preview.columns)
        fields.push_back(column.field ? std::string{etakahvila::base::name_of(*column.field)} : "-");
    CHECK(fields == TextLines{"date", "start", "end", "series", "theme", "guests"});

    const auto first = import_programme(records.database, preview);
    CHECK(first.created.size() == preview.rows.size());
    CHECK(records.count("series") == 3);
    const auto all = sessions(records.database);
    CHECK(all[0].theme == "Asiakkaiden lomakuvat, alueliikunnan syksy, työväenopiston kurssit");
    CHECK(local_clock_text(all.front().starts_at) == "09:00");  // summer time
    CHECK(local_clock_text(all.back().ends_at) == "13:00");     // winter time
    CHECK(session_record(records.database, all[1].id)->staff_names() == TextLines{"Ohjaaja 1", "Ohjaaja 2",
                                                                            "Moderaattori 1", "Moderaattori 2",
                                                                            "kuntoutusneuvoja", "kokemusasiantuntija"});

    const auto changes = records.database.one<std::int64_t>("SELECT total_changes()");
    const auto second = import_programme(records.database, preview_programme(file));
    CHECK(second.created.empty());
    CHECK(second.unchanged == static_cast<std::int64_t>(preview.rows.size()));
    CHECK(records.database.one<std::int64_t>("SELECT total_changes()") == changes);
}

TEST_CASE("A bad programme is named line by line, and nothing of it goes in") {
    Records records;
    const auto result = import_programme(records.database, preview_programme("Päivä,Alkaa,Päättyy,Sarja,Teema\n"
                                                                             "3.12.2026,9.00,13.00,Etäkahvila,Uni\n"
                                                                             "3.12.2026,9,13,etäkahvila,Ravinto\n"
                                                                             "huomenna,9,13,Etäkahvila,\n"
                                                                             "29.3.2026,03:00,07:00,Etäkahvila,Yö\n"));
    CHECK(told(result.faults) == TextLines{"3 duplicate_of_line 2", "4 theme_missing", "4 date_unclear huomenna",
                                     "5 time_does_not_exist 03:00"});
    CHECK(records.count("sessions") == 0);
    CHECK(told(preview_programme("Teema;Päivä\nUni;3.12.2026\n").faults) ==
          TextLines{"1 heading_missing start", "1 heading_missing end", "1 heading_missing series"});
    // Found by fuzzing: a row that is wrong by itself is told after the headings that are missing.
    CHECK(
        told(preview_programme("Teema;Päivä\nUni;3.12.2026;liikaa\n").faults) ==
        TextLines{"1 heading_missing start", "1 heading_missing end", "1 heading_missing series", "2 cells_too_many"});
}

TEST_CASE("A programme never changes a session that is there") {
    Records records;
    records.plan("2026-12-03");
    const auto result = import_programme(records.database,
        preview_programme(
            "Date;Start;End;Series;Theme\n2026-12-10;9;13;Etäkahvila;Terveys\n2026-12-03;9;13;Etäkahvila;Ravinto\n"));
    CHECK(told(result.faults) == TextLines{"3 another_session_then Uni"});
    CHECK(records.count("sessions") == 1);
}
