// A parked question that is carried from one day of a series to the next, asked of the whole server.

#include <future>

#include "house/house.hpp"
#include "people/carried_questions.hpp"
#include "people/sessions.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using protocol::MessageId;
using protocol::ParkedId;
using protocol::ParkedQuestion;
using protocol::ParkedState;
using protocol::Role;
using protocol::SessionId;

namespace {

/// Two sessions of one series: this morning's, and one of an afternoon a week later, or of the day that is told.
struct TwoDays {
    explicit TwoDays(const std::string& date = "2026-12-10") {
        house.store().write_and_wait([&](records::Database& database) {
            const auto record = people::session_record(database, first);
            const auto draft = people::draft_of({.series = record->series,
                .theme = "Ruoka",
                .date = date,
                .start = "14:00",
                .end = "18:00",
                .question = {},
                .help_phone = {},
                .settings = {}});
            next = people::plan_session(database, std::get<people::SessionDraft>(draft));
        });
    }

    std::int64_t done(RoomClient& client, protocol::Command command) {
        const auto outcome = client.outcome_of("c" + std::to_string(++commands), std::move(command));
        INFO((outcome.refusal ? base::name_of(outcome.refusal->word) : ""));
        REQUIRE_FALSE(outcome.refusal);
        return outcome.seq;
    }
    /// The parked questions that a newcomer is shown.
    std::vector<ParkedQuestion> parked_for(const Invited& invited, std::string_view name = {}) {
        std::vector<ParkedQuestion> found;
        RoomClient client{house};
        client.come_in(enter(house, invited, name));
        const auto shown = client.expect<protocol::Batch>();
        for (const auto& change : shown.changes) {
            if (const auto* question = std::get_if<ParkedQuestion>(&change)) found.push_back(*question);
        }
        return found;
    }

    /// How many are parked in the next session's room by now, once its open room has been told.
    std::size_t parked_next() {
        house.house->timekeeper().wake();
        std::promise<std::size_t> seen;
        house.house->directory().room(next)->look(
            [&](const domain::Room& room) { seen.set_value(room.agenda.parked.size()); });
        return seen.get_future().get();
    }

    TestHouse house;
    SessionId first = house.plan_session();
    SessionId next;
    std::int64_t commands = 0;
};

protocol::SendMessage said(std::string text) {
    return {.channel = protocol::Channel::room, .text = std::move(text), .reply_to = {}};
}
/// A held message by its first version; one that is shown has none.
protocol::ParkQuestion park(std::optional<MessageId> message, std::optional<std::string> text) {
    return {.message = message,
        .version = message ? std::optional<std::int64_t>{1} : std::nullopt,
        .text = std::move(text)};
}

}  // namespace

TEST_CASE("a carried question comes up in the next session of its series, for those who may see it, once") {
    TwoDays days;
    const auto maija = days.house.invite(days.first, Role::participant, "Maija Mäki");
    const auto olli = days.house.invite(days.first, Role::facilitator, "Olli");
    {
        RoomClient facilitator{days.house};
        facilitator.come_in(enter(days.house, olli));
        days.done(facilitator, protocol::OpenDoors{});
        days.done(facilitator, protocol::GoLive{});
        RoomClient participant{days.house};
        participant.come_in(enter(days.house, maija, "Mustikka"));
        const auto say_and_park = [&](const char* text) {
            const MessageId message{days.done(participant, said(text))};
            const ParkedId parked{days.done(facilitator, park(message, {}))};
            days.done(facilitator, protocol::ResolveParked{.parked = parked, .state = ParkedState::carried});
            return message;
        };
        say_and_park("Mistä saa bussikortin?");
        const auto regretted = say_and_park("Voiko tästä kertoa pomolle?");
        const ParkedId own{days.done(facilitator, park({}, "Entä liikunta?"))};
        days.done(facilitator, protocol::ResolveParked{.parked = own, .state = ParkedState::carried});
        days.done(facilitator, protocol::SetChatMode{protocol::ChatMode::all_held});
        const MessageId held{days.done(participant, said("Äitini juo, mitä voin tehdä?"))};
        const ParkedId for_staff{days.done(facilitator, park(held, {}))};
        days.done(facilitator, protocol::ResolveParked{.parked = for_staff, .state = ParkedState::carried});
        days.done(participant, protocol::RetractMessage{.message = regretted, .reason = {}, .version = {}});
        days.done(facilitator, protocol::CloseSession{});
    }
    // The row has the words alone: neither a name nor a message.
    days.house.store().write_and_wait([&](records::Database& database) {
        CHECK(database.one<std::int64_t>("SELECT count(*) FROM carried_questions") == 3);
    });
    CHECK(days.house.log().find("bussikortin") == std::string::npos);

    days.house.clock.pass(7 * 24h);
    for (int restarts = 0; restarts < 2; ++restarts) {
        days.house.open_anew();
        const auto aino = days.house.invite(days.next, Role::participant, "Aino " + std::to_string(restarts));
        const auto paula = days.house.invite(days.next, Role::facilitator, "Paula " + std::to_string(restarts));
        const auto seen = days.parked_for(paula);
        REQUIRE(seen.size() == 3);
        CHECK(seen[0].text == "Mistä saa bussikortin?");
        CHECK(seen[0].state == ParkedState::waiting);
        CHECK(seen[0].carried_from == base::UtcTime{1'796'281'200'000});
        CHECK_FALSE(seen[0].asked_by);
        CHECK_FALSE(seen[0].message);
        CHECK(seen[1].text == "Entä liikunta?");
        CHECK(seen[1].seen_by == protocol::SeenBy::all);
        CHECK(seen[2].seen_by == protocol::SeenBy::staff);
        auto of_all = seen;
        of_all.pop_back();
        CHECK(days.parked_for(aino, "Kanerva " + std::to_string(restarts)) == of_all);
    }
}

TEST_CASE("a question that came up is answered there, and does not come up again") {
    TwoDays days;
    const auto olli = days.house.invite(days.first, Role::facilitator, "Olli");
    const auto paula = days.house.invite(days.next, Role::facilitator, "Paula");
    {
        RoomClient facilitator{days.house};
        facilitator.come_in(enter(days.house, olli));
        days.done(facilitator, protocol::OpenDoors{});
        days.done(facilitator, protocol::GoLive{});
        const ParkedId parked{days.done(facilitator, park({}, "Entä liikunta?"))};
        days.done(facilitator, protocol::ResolveParked{.parked = parked, .state = ParkedState::carried});
        days.done(facilitator, protocol::CloseSession{});
    }
    // The clock jumps, as a server's does that was down for a week.
    days.house.clock.pass(7 * 24h);
    days.house.open_anew();
    const auto came = days.parked_for(paula);
    REQUIRE(came.size() == 1);
    RoomClient next{days.house};
    next.come_in(enter(days.house, paula));
    days.done(next, protocol::OpenDoors{});
    days.done(next, protocol::GoLive{});
    days.done(next, protocol::ResolveParked{.parked = came[0].id, .state = ParkedState::answered});
    const auto later = days.house.clock.utc();
    days.house.store().write_and_wait([&](records::Database& database) {
        CHECK(database.one<std::int64_t>("SELECT brought_up_in FROM carried_questions") == days.next.value);
        CHECK(people::carried_to(database, days.next, later).size() == 1);
    });
    CHECK(days.parked_for(paula).at(0).state == ParkedState::answered);
}

TEST_CASE("a carried question of somebody who is erased goes from the records, and from the room that it came to") {
    TwoDays days{"2026-12-03"};
    const auto maija = days.house.invite(days.first, Role::participant, "Maija Mäki");
    const auto olli = days.house.invite(days.first, Role::facilitator, "Olli");
    const auto paula = days.house.invite(days.next, Role::facilitator, "Paula");
    {
        RoomClient facilitator{days.house};
        facilitator.come_in(enter(days.house, olli));
        days.done(facilitator, protocol::OpenDoors{});
        days.done(facilitator, protocol::GoLive{});
        RoomClient participant{days.house};
        participant.come_in(enter(days.house, maija, "Mustikka"));
        const MessageId message{days.done(participant, said("Mistä saa bussikortin?"))};
        for (const auto& parking : {park(message, {}), park({}, "Entä liikunta?")}) {
            const ParkedId parked{days.done(facilitator, parking)};
            days.done(facilitator, protocol::ResolveParked{.parked = parked, .state = ParkedState::carried});
        }
    }
    RoomClient next{days.house};
    next.come_in(enter(days.house, paula));
    wait_until([&] { return days.parked_next() == 2; });
    days.house.clock.pass(4h + 1min);
    const std::vector<std::string> key{bearer(days.house.coordinator_key())};
    const auto person = "/api/people/" + std::to_string(maija.person.value);
    const auto data = ask(days.house, "GET", person + "/data", {}, key);
    CHECK(has(data, R"("kind":"carried_question","text":"Mistä saa bussikortin?")"));
    CHECK_FALSE(has(data, "liikunta"));
    CHECK(has(ask(days.house, "GET", person + "/erasure", {}, key), R"({"thing":"carried_words","count":1})"));
    // The room in which it was asked, and the one that was told: each has the words in its steps.
    CHECK(has(ask(days.house, "POST", person + "/erasure", R"({"is_understood":true})", key), R"("waiting_days":2)"));
    wait_until([&] { return days.parked_next() == 1; });
    const auto reader = days.house.store().open_reader();
    CHECK(reader->one<std::string>("SELECT group_concat(text) FROM carried_questions") == "Entä liikunta?");
    CHECK(reader->has("SELECT 1 FROM rooms_to_compact WHERE session = ?", days.next));
}

TEST_CASE("an open room is told what is carried to it, and what is taken back where it was asked") {
    TwoDays days{"2026-12-03"};
    const auto maija = days.house.invite(days.first, Role::participant, "Maija Mäki");
    const auto olli = days.house.invite(days.first, Role::facilitator, "Olli");
    const auto paula = days.house.invite(days.next, Role::facilitator, "Paula");
    CHECK(days.parked_for(paula).empty());
    RoomClient facilitator{days.house};
    facilitator.come_in(enter(days.house, olli));
    days.done(facilitator, protocol::OpenDoors{});
    days.done(facilitator, protocol::GoLive{});
    RoomClient participant{days.house};
    participant.come_in(enter(days.house, maija, "Mustikka"));
    const MessageId message{days.done(participant, said("Mistä saa bussikortin?"))};
    const ParkedId parked{days.done(facilitator, park(message, {}))};
    days.done(facilitator, protocol::ResolveParked{.parked = parked, .state = ParkedState::carried});
    wait_until([&] { return days.parked_next() == 1; });
    CHECK(days.parked_for(paula).at(0).text == "Mistä saa bussikortin?");
    days.done(participant, protocol::RetractMessage{.message = message, .reason = {}, .version = {}});
    wait_until([&] { return days.parked_next() == 0; });
}
