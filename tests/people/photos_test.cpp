#include "people/photos.hpp"

#include <span>

#include "people/helpers.hpp"
#include "people/sessions.hpp"

using namespace etakahvila::people;
using namespace etakahvila;
using protocol::WorkState;
using protocol::WorkWay;

namespace {

/// A Thursday in Helsinki, 11:30.
constexpr UtcTime now{1'796'281'200'000 + 9'000'000};

struct Day {
    Records records;
    records::SqliteDatabase& database = records.database;
    SessionId session = records.plan();
    PersonId aino = records.add("Aino Aalto", session);
    PersonId eino = records.add("Eino Öhman", session);
    AssignmentId assignment = plan({WorkWay::text, WorkWay::photo});

    AssignmentId plan(std::vector<WorkWay> ways, bool opens = true) {
        const auto made = std::get<AssignmentId>(put_assignment(database, session,
            {.id = {},
                .version = {},
                .title = "Kuvaa paikka, jossa lepäät",
                .text = "",
                .questions = {"Mikä paikka?"},
                .hint = {},
                .item = {},
                .minutes = 30,
                .ways = std::move(ways),
                .is_choice = {},
                .second_look = {}}));
        if (opens) note_assignment_opened(database, made, now, end_of_day(now));
        return made;
    }

    /// Its number, or why not.
    std::string add(PersonId person, std::string_view bytes, std::optional<AssignmentId> to = {}, UtcTime at = now) {
        const auto added = add_photo(
            database, session, to.value_or(assignment), person, std::as_bytes(std::span{bytes}), at);
        if (const auto* word = std::get_if<RefusalWord>(&added)) return std::string{base::name_of(*word)};
        return std::to_string(std::get<PhotoId>(added).value);
    }
    std::string give(PersonId person, const std::vector<std::string>& fields, std::int64_t version = 0) {
        const auto saved = save_to_return(database, session, person,
            {.assignment = assignment,
                .version = version,
                .fields = fields,
                .settles = {},
                .sharing = {},
                .wants_call = {}},
            now);
        const auto* word = std::get_if<RefusalWord>(&saved);
        return word == nullptr ? "given" : std::string{base::name_of(*word)};
    }
    void stands(PersonId person, WorkState state, std::int64_t version) {
        put_standing(database,
            {.noted = {.id = work_of(database, session, assignment, person).value(),
                 .assignment = assignment,
                 .person = person,
                 .state = state,
                 .version = version,
                 .source = protocol::WorkSource::own,
                 .late = false,
                 .returned_at = now},
                .left_at = {}},
            now);
    }
    std::vector<protocol::PhotoShown> own(PersonId person) {
        return own_work(database, session, person, now)
            .work.at(0)
            .submission.value()
            .photos.value_or(std::vector<protocol::PhotoShown>{});
    }
};

std::string word_of(std::optional<RefusalWord> word) { return word ? std::string{base::name_of(*word)} : "done"; }

}  // namespace

TEST_CASE("Photos: three at most, in their order, and the same once more is the one that is there") {
    Day day;
    CHECK(day.add(day.aino, "yksi") == "1");
    CHECK(day.add(day.aino, "kaksi") == "2");
    CHECK(day.add(day.aino, "yksi") == "1");
    CHECK(day.add(day.aino, "kolme") == "3");
    CHECK(day.add(day.aino, "neljä") == "limit_reached");
    CHECK(day.add(day.aino, "kolme") == "3");
    CHECK(day.own(day.aino).size() == 3);
    CHECK(day.own(day.aino)[1].id == PhotoId{2});
    CHECK(remove_photo(day.database, day.session, day.aino, PhotoId{2}, now) == std::nullopt);
    CHECK(remove_photo(day.database, day.session, day.aino, PhotoId{2}, now) == std::nullopt);
    CHECK(day.add(day.aino, "neljä") == "4");
    // Another's are another's.
    CHECK(day.add(day.eino, "yksi") == "5");
    CHECK(remove_photo(day.database, day.session, day.aino, PhotoId{5}, now) == std::nullopt);
    CHECK(day.own(day.eino).size() == 1);
}

TEST_CASE("Photos: bytes come back as they were, to their author, and to staff when the work is returned") {
    Day day;
    const std::string bytes{"\xff\xd8\0\x80 kuva \xff\xd9", 12};
    REQUIRE(day.add(day.aino, bytes) == "1");
    const PhotoId photo{1};
    CHECK(own_photo(day.database, day.session, day.aino, photo) == bytes);
    CHECK_FALSE(own_photo(day.database, day.session, day.eino, photo));
    CHECK_FALSE(own_photo(day.database, SessionId{99}, day.aino, photo));
    CHECK_FALSE(returned_photo(day.database, day.session, day.aino, photo));
    const auto opened = [&] { return opened_work(day.database, day.session, day.assignment, day.aino, {}, now); };
    CHECK_FALSE(opened()->photos);
    REQUIRE(day.give(day.aino, {""}) == "given");
    day.stands(day.aino, WorkState::returned, 1);
    CHECK(returned_photo(day.database, day.session, day.aino, photo) == bytes);
    CHECK_FALSE(returned_photo(day.database, day.session, day.eino, photo));
    CHECK(opened()->photos->size() == 1);
    // Taken back, it is its author's alone again.
    day.stands(day.aino, WorkState::draft, 2);
    CHECK_FALSE(returned_photo(day.database, day.session, day.aino, photo));
    CHECK_FALSE(opened()->photos);
}

TEST_CASE("Photos: a photo is something, so it may be returned without a word; neither is refused") {
    Day day;
    CHECK(day.give(day.aino, {" "}) == "text_empty");
    REQUIRE(day.add(day.aino, "kuva") == "1");
    CHECK(day.give(day.aino, {""}) == "given");
    day.stands(day.aino, WorkState::returned, 1);
    CHECK(day.give(day.aino, {""}) == "given");
    CHECK(day.give(day.eino, {"k"}) == "given");
}

TEST_CASE("Photos: a description is asked for, and none is allowed") {
    Day day;
    REQUIRE(day.add(day.aino, "kuva") == "1");
    const auto describe = [&](std::string_view words, PhotoId photo = PhotoId{1}) {
        return word_of(describe_photo(day.database, day.session, day.aino, photo, words, now));
    };
    CHECK(day.own(day.aino)[0].description.empty());
    CHECK(describe(" Kissa\nikkunalla ") == "done");
    CHECK(day.own(day.aino)[0].description == "Kissa ikkunalla");
    std::string longest;
    for (std::size_t count = 0; count < photo_description_code_points_max; ++count) longest += "ä";
    CHECK(describe(longest) == "done");
    CHECK(describe(longest + "ä") == "text_too_long");
    CHECK(describe("a\u202E") == "text_not_allowed");
    CHECK(day.own(day.aino)[0].description == longest);
    CHECK(describe("") == "done");
    CHECK(day.own(day.aino)[0].description.empty());
    CHECK(describe("?", PhotoId{9}) == "not_found");
}

TEST_CASE("Photos: only where they are a way, while it is open, and while it is a draft") {
    Day day;
    const auto words_alone = day.plan({WorkWay::text});
    const auto closed = day.plan({WorkWay::photo});
    const auto not_yet = day.plan({WorkWay::photo}, false);
    note_assignment_closed(day.database, closed, now);
    CHECK(day.add(day.aino, "kuva", words_alone) == "not_permitted");
    CHECK(day.add(day.aino, "kuva", closed) == "not_now");
    CHECK(day.add(day.aino, "kuva", not_yet) == "not_found");
    CHECK(day.add(day.aino, "kuva", AssignmentId{99}) == "not_found");
    CHECK(day.add(PersonId{99}, "kuva") == "not_found");
    CHECK(day.records.count("submissions") == 0);

    REQUIRE(day.add(day.aino, "kuva") == "1");
    REQUIRE(day.give(day.aino, {""}) == "given");
    day.stands(day.aino, WorkState::returned, 1);
    CHECK(day.add(day.aino, "toinen") == "already_handled");
    CHECK(word_of(describe_photo(day.database, day.session, day.aino, PhotoId{1}, "?", now)) == "already_handled");
    CHECK(word_of(remove_photo(day.database, day.session, day.aino, PhotoId{1}, now)) == "already_handled");
    day.stands(day.aino, WorkState::draft, 2);
    note_assignment_closed(day.database, day.assignment, now);
    CHECK(word_of(remove_photo(day.database, day.session, day.aino, PhotoId{1}, now)) == "not_now");
    CHECK(day.own(day.aino).size() == 1);
}

TEST_CASE("Photos: they go with their work, whatever erases it") {
    Day day;
    REQUIRE(day.add(day.aino, "kuva") == "1");
    REQUIRE(day.add(day.eino, "toinen kuva") == "2");
    day.database.write("DELETE FROM submissions WHERE person = ?", day.aino);
    CHECK(day.records.count("photos") == 1);
    forget_work(day.database, day.session);
    CHECK(day.records.count("photos") == 0);
}
