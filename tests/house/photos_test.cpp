// Photos of the day's work from outside: made anew by the second process, seen by whom the words are, noted, refused
// with words, and gone with the work. What is made of a picture is in tests/media; the rows are in tests/people.

#include "people/access_log.hpp"
#include "people/work.hpp"
#include "support/catch.hpp"
#include "house/house.hpp"
#include "support/photo.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::string_literals;
using protocol::Role;

namespace {

/// Nothing but a picture to a browser, for nobody else's pages, kept nowhere, and run as nothing.
void looks_like_a_photo(const Reply& reply) {
    CHECK(reply.field("Content-Type") == "image/jpeg");
    CHECK(reply.field("X-Content-Type-Options") == "nosniff");
    CHECK(reply.field("Cache-Control") == "no-store");
    CHECK(reply.field("Content-Security-Policy").starts_with("default-src 'none'; script-src 'self';"));
    CHECK(reply.field("Cross-Origin-Resource-Policy") == "same-origin");
    CHECK(reply.field("Content-Disposition") == "attachment; filename=\"kuva.jpg\"");
    CHECK(reply.field("ETag").empty());
}

constexpr std::string_view place = "GPS 60.1699 N 24.9384 E";

/// A live session with an assignment that takes photos.
struct Afternoon {
    TestHouse house;
    protocol::SessionId session = house.plan_session();
    Invited maija = house.invite(session, Role::participant, "Maija Mäki");
    Invited eino = house.invite(session, Role::participant, "Eino Öhman");
    Invited olli = house.invite(session, Role::facilitator, "Olli");

    explicit Afternoon(HouseOptions options = {}) : house{std::move(options)} {
        const auto planned = post("/api/sessions/1/assignments", olli,
            R"({"title":"Kuvaa päiväsi","text":"","questions":[],"minutes":60,"ways":["text","photo"]})");
        REQUIRE(planned.status == 200);
        RoomClient room{house};
        room.come_in(enter(house, olli));
        std::int64_t commands = 0;
        for (protocol::Command command :
            {protocol::Command{protocol::OpenDoors{}}, protocol::Command{protocol::GoLive{}},
                protocol::Command{protocol::OpenAssignment{protocol::AssignmentId{1}}}}) {
            REQUIRE_FALSE(room.outcome_of("p" + std::to_string(++commands), std::move(command)).refusal);
        }
    }

    Reply get(const std::string& path, const Invited& who) { return ask(house, "GET", path, {}, {bearer(who.secret)}); }
    Reply post(const std::string& path, const Invited& who, const std::string& body) {
        return ask(house, "POST", path, body, {bearer(who.secret)});
    }
    Reply add(const Invited& who, const std::string& bytes) { return post("/api/work/photo?assignment=1", who, bytes); }
    std::string of(const Invited& whose) {
        return "/api/sessions/1/work/" + std::to_string(whose.person.value) + "/photo?photo=1";
    }
    std::int64_t notes(const Invited& whose) {
        std::int64_t count = 0;
        for (const auto& note : people::accesses_to(*house.store().open_reader(), whose.person))
            count += note.act == people::AccessAct::photo_opened ? 1 : 0;
        return count;
    }
};

}  // namespace

TEST_CASE("Photos: added, described, returned without a word, and opened by the staff, which is noted") {
    Afternoon day;
    const auto added = day.add(day.maija, photo_of(place));
    INFO(added.body);
    REQUIRE(added.status == 200);
    CHECK(has(added, R"("photos":[{"id":1,"description":""}])"));
    CHECK(has(added, R"("takes_photos":true)"));
    // The same once more, as after an answer that was lost.
    CHECK_FALSE(has(day.add(day.maija, photo_of(place)), R"("id":2)"));
    CHECK(has(day.post("/api/work/photo/describe", day.maija, R"({"photo":1,"description":"Harmaa piste"})"),
        "Harmaa piste"));

    const auto own = day.get("/api/work/photo?photo=1", day.maija);
    CHECK(own.status == 200);
    CHECK(has(own, "\xff\xd8\xff"));
    for (const auto part : {place, std::string_view{"<script>"}, std::string_view{"Exif"}}) CHECK_FALSE(has(own, part));
    looks_like_a_photo(own);
    CHECK(day.get("/api/work/photo?photo=1", day.eino).status == 404);

    // Of a draft the staff see nothing.
    CHECK(day.get(day.of(day.maija), day.olli).status == 404);
    CHECK(has(day.post("/api/work/return", day.maija, R"({"assignment":1,"version":0,"fields":[""]})"),
        R"("state":"returned")"));
    CHECK(has(day.post("/api/work/return", day.eino, R"({"assignment":1,"version":0,"fields":[""]})"), "text_empty"));
    CHECK(has(day.post("/api/work/photo/remove", day.maija, R"({"photo":1})"), "already_handled"));
    CHECK(has(day.get("/api/sessions/1/work/" + std::to_string(day.maija.person.value) + "?assignment=1", day.olli),
        R"("photos":[{"id":1,"description":"Harmaa piste"}])"));
    CHECK(day.notes(day.maija) == 0);
    const auto seen = day.get(day.of(day.maija), day.olli);
    CHECK(seen.status == 200);
    CHECK(seen.body == own.body);
    looks_like_a_photo(seen);
    CHECK(day.notes(day.maija) == 1);
    CHECK(day.get(day.of(day.eino), day.olli).status == 404);
    CHECK(day.get(day.of(day.maija), day.eino).status == 404);
    CHECK(day.get(day.of(day.maija), {.person = {}, .secret = day.house.coordinator_key(), .code = {}}).status == 403);
    CHECK_FALSE(day.house.log().find("piste") != std::string::npos);
}

TEST_CASE("Photos: what cannot be one is refused with its word, and nothing is lost") {
    Afternoon day;
    REQUIRE(day.add(day.maija, photo_of(place)).status == 200);
    CHECK(has(day.add(day.maija, "Hei!"), "not_a_picture"));
    CHECK(has(day.add(day.maija, ""), "not_a_picture"));
    CHECK(has(day.add(day.maija, photo_of(place).substr(0, 60)), "picture_cut_off"));
    CHECK(has(day.add(day.maija,
                  "\0\0\0\x18"
                  "ftypheic\0\0\0\0mif1heic"s),
        "picture_not_read"));
    auto bomb = photo_of("");
    bomb.replace(bomb.find("\xff\xc0") + 5, 4, "\x27\x10\x27\x10");
    CHECK(has(day.add(day.maija, bomb), "picture_too_large"));
    CHECK(day.add(day.maija, std::string(1024 * 1024 + 1, 'x')).status == 413);
    CHECK(has(day.post("/api/work/photo", day.maija, photo_of(place)), "invalid"));
    CHECK(has(day.post("/api/work/photo?assignment=9", day.maija, photo_of(place)), "not_found"));
    CHECK(has(day.get("/api/work", day.maija), R"("photos":[{"id":1,"description":""}])"));
    CHECK(has(day.post("/api/work/photo/remove", day.maija, R"({"photo":1})"), R"("work")"));
    CHECK_FALSE(has(day.get("/api/work", day.maija), "\"photos\""));
}

TEST_CASE("Photos: where there is no sandbox they are off, the log says so, and words go on") {
    Afternoon day{{.picture_program = "/nowhere/etakahvila-picture"}};
    CHECK(has(day.add(day.maija, photo_of(place)), "photos_off"));
    CHECK_FALSE(has(day.get("/api/work", day.maija), "takes_photos"));
    CHECK(day.house.log().find("photos_off") != std::string::npos);
    CHECK(has(day.post("/api/work/return", day.maija, R"({"assignment":1,"version":0,"fields":["k"]})"),
        R"("state":"returned")"));
}

TEST_CASE("Photos: they are there after a restart, and gone with a rehearsal") {
    Afternoon day;
    REQUIRE(day.add(day.maija, photo_of(place)).status == 200);
    const auto before = day.get("/api/work/photo?photo=1", day.maija).body;
    day.house.open_anew();
    CHECK(day.get("/api/work/photo?photo=1", day.maija).body == before);
    day.house.store().write_and_wait([&](records::Database& database) { people::forget_work(database, day.session); });
    CHECK(day.get("/api/work/photo?photo=1", day.maija).status == 404);
}
