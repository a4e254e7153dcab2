#include "people/carried_questions.hpp"

#include "people/helpers.hpp"
#include "people/cancelling.hpp"

using namespace etakahvila::people;
using etakahvila::protocol::CarriedId;
using etakahvila::protocol::ParkedId;

namespace {

using Texts = std::vector<std::string>;

struct Series : Records {
    /// A question of the first day is carried.
    void carry(const std::string& text, SeenBy seen_by = SeenBy::all) {
        carry_question(database, first, ParkedId{++parked}, {.text = text, .seen_by = seen_by});
    }
    Texts texts(SessionId session, UtcTime at) {
        Texts all;
        for (const auto& question : carried_to(database, session, at)) all.push_back(question.text);
        return all;
    }
    void cancel(SessionId session) {
        cancel_session(database, session,
            {.why = CancelReason::other, .words = "Ei ole.", .by_name = "Kaisa", .has_mail = false}, now);
    }
    UtcTime start_of(SessionId session) { return session_record(database, session)->starts_at; }
    UtcTime end_of(SessionId session) { return session_record(database, session)->ends_at; }

    SessionId first = plan("2026-12-03");
    SessionId third = plan("2026-12-17");
    SessionId second = plan("2026-12-10");
    UtcTime now = start_of(first);
    std::int64_t parked = 0;
};

}  // namespace

TEST_CASE("a carried question comes up in the next session of its series, and in no other") {
    Series series;
    const auto other = std::get<SessionDraft>(draft_of({.series = "Virtuaaliverstas",
        .theme = "Kuvat",
        .date = "2026-12-04",
        .start = "09:00",
        .end = "13:00",
        .question = {},
        .help_phone = {},
        .settings = {}}));
    const auto elsewhere = plan_session(series.database, other);
    series.carry("Bussikortti?");
    series.carry("Äitini juo", SeenBy::staff);
    const auto questions = carried_to(series.database, series.second, series.now);
    REQUIRE(questions.size() == 2);
    CHECK(questions[0].text == "Bussikortti?");
    CHECK(questions[0].seen_by == SeenBy::all);
    CHECK(questions[0].asked_at == series.start_of(series.first));
    CHECK(questions[1].seen_by == SeenBy::staff);
    for (const auto session : {series.first, series.third, elsewhere}) CHECK(series.texts(session, series.now).empty());
}

TEST_CASE("what is carried neither comes into a group nor leaves it") {
    Series series;
    series.database.script(R"(
        INSERT INTO periods (name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes, skip_moves_turn,
          is_closed) VALUES ('Ryhmä', 'ryhmä', '2026-12-01', '2026-12-31', 4, '09:00', '13:00', 0, 0, 1);)");
    series.database.write("UPDATE sessions SET period = 1 WHERE id = ?", series.second);
    series.carry("Bussikortti?", SeenBy::staff);
    CHECK(series.texts(series.second, series.now).empty());
    CHECK(series.texts(series.third, series.now) == Texts{"Bussikortti?"});
    carry_question(series.database, series.second, ParkedId{9}, {.text = "Ryhmän oma", .seen_by = SeenBy::all});
    CHECK(series.texts(series.third, series.now) == Texts{"Bussikortti?"});
    CHECK(next_day(series.database, series.first) == series.start_of(series.third));
}

TEST_CASE("a day that is cancelled, moved behind another or never held gives a carried question on") {
    Series series;
    series.carry("Bussikortti?");
    SECTION("cancelled") { series.cancel(series.second); }
    SECTION("moved") {
        series.database.write("UPDATE sessions SET starts_at = starts_at + ?, ends_at = ends_at + ? WHERE id = ?",
            std::int64_t{20} * 86'400'000, std::int64_t{20} * 86'400'000, series.second);
    }
    SECTION("never held") { series.now = series.end_of(series.second); }
    CHECK(series.texts(series.second, series.now).empty());
    CHECK(series.texts(series.third, series.now) == Texts{"Bussikortti?"});
}

TEST_CASE("from live on the session keeps what came up in it, also when a day is added before it") {
    Series series;
    series.carry("Bussikortti?");
    keep_carried(series.database, series.second, series.start_of(series.second));
    const auto between = series.plan("2026-12-07");
    const auto later = series.end_of(series.second);
    CHECK(series.texts(series.second, later) == Texts{"Bussikortti?"});
    CHECK(series.texts(between, series.now).empty());
    CHECK(series.texts(series.third, later).empty());
    // What is carried after that comes up in the added day, which has not been yet.
    series.carry("Entä uni?");
    CHECK(series.texts(between, series.now) == Texts{"Entä uni?"});
}

TEST_CASE("a question that is carried again goes on as the one of its first day, and is taken back everywhere") {
    Series series;
    series.carry("Bussikortti?");
    const auto came = carried_to(series.database, series.second, series.now).at(0);
    keep_carried(series.database, series.second, came.id);
    carry_question(series.database, series.second, ParkedId{70},
        {.text = came.text, .seen_by = came.seen_by, .earlier = came.id, .asked_at = came.asked_at});
    const auto again = carried_to(series.database, series.third, series.now);
    REQUIRE(again.size() == 1);
    CHECK(again[0].asked_at == series.start_of(series.first));
    CHECK(series.texts(series.second, series.now) == Texts{"Bussikortti?"});

    SECTION("by a moderator: it stays for the staff") {
        withdraw_carried(series.database, series.first, ParkedId{1}, true);
        CHECK(carried_to(series.database, series.third, series.now).at(0).seen_by == SeenBy::staff);
    }
    SECTION("by its author: it is gone, and is not carried any more") {
        withdraw_carried(series.database, series.first, ParkedId{1}, false);
        CHECK(series.count("carried_questions") == 0);
        carry_question(series.database, series.second, ParkedId{70},
            {.text = came.text, .seen_by = came.seen_by, .earlier = came.id, .asked_at = came.asked_at});
        CHECK(series.count("carried_questions") == 0);
    }
    SECTION("by its author, when it was written anew: that stays") {
        show_carried(series.database, series.second, ParkedId{70}, "Mistä saa kortin?");
        withdraw_carried(series.database, series.first, ParkedId{1}, false);
        CHECK(series.texts(series.second, series.now).empty());
        CHECK(series.texts(series.third, series.now) == Texts{"Mistä saa kortin?"});
    }
}

TEST_CASE("a question that is answered before it came up is carried no longer, and carried once more is one row") {
    Series series;
    series.carry("Bussikortti?");
    carry_question(series.database, series.first, ParkedId{1}, {.text = "Bussikortti?", .seen_by = SeenBy::staff});
    CHECK(series.count("carried_questions") == 1);
    CHECK(carried_to(series.database, series.second, series.now).at(0).seen_by == SeenBy::staff);
    end_carrying(series.database, series.first, ParkedId{1});
    CHECK(series.count("carried_questions") == 0);

    series.carry("Entä uni?");
    keep_carried(series.database, series.second, series.start_of(series.second));
    end_carrying(series.database, series.first, ParkedId{2});
    CHECK(series.texts(series.second, series.now) == Texts{"Entä uni?"});
}
