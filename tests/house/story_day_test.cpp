// An experience-story day, from the door to the files. All that two participants and a guest are sent over the day, by
// the room and by every answer, is searched for every registered name but their own; the journal for every word that
// was said in a turn; the files for names.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "api/api.hpp"
#include "house/house.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using people::StaffRole;
using protocol::Role;

namespace {

const std::vector<std::string> registered{"Aino Virtanen", "Eino Korpela", "Kanerva Salonen", "Raija Vierailija"};
/// Said in turns, live; kept nowhere.
const std::string spoken = "Istutettu tarina";

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

/// One participant or guest, and all that they were ever sent.
struct Guestbook {
    Invited who;
    std::string own_name;
    std::string nickname{};
    std::unique_ptr<RoomClient> client{};
    std::string sent{};

    /// Reads all frames up to the outcome of this command.
    void read_to(const std::string& id) {
        while (const auto frame = client->next()) {
            sent += frame->payload;
            if (frame->payload.find(R"("id":")" + id + '"') != std::string::npos) return;
        }
    }
};

class StoryDay {
public:
    StoryDay() : session{house.plan_session({.anonymous_among_participants = true})} {
        olli = house.invite(session, Role::facilitator, "Olli Ohjaava");
        mari = house.invite(session, Role::moderator, "Mari Moderoiva");
        for (std::size_t number = 0; number < registered.size(); ++number) {
            const bool is_guest = number + 1 == registered.size();
            people.push_back(
                {.who = house.invite(session, is_guest ? Role::guest : Role::participant, registered[number]),
                    .own_name = registered[number]});
        }
        house.store().write_and_wait([](records::Database& database) {
            database.write("UPDATE people SET supervisor = 'Soile Sopanen' WHERE is_client = 1");
        });
        house.house->directory().plan_changed(session);
        key = {bearer(house.coordinator_key())};
    }

    Reply look(const Guestbook& one) { return ask(house, "POST", "/api/look", secret_body(one.who.secret)); }
    static std::vector<std::string> offered(const Reply& looked) {
        std::vector<std::string> names;
        const auto from = looked.body.find(R"("nicknames":[)");
        if (from == std::string::npos) return names;
        std::istringstream list{looked.body.substr(from + 13, looked.body.find(']', from) - from - 13)};
        for (std::string name; std::getline(list, name, ',');) names.push_back(name.substr(1, name.size() - 2));
        return names;
    }
    Reply try_to_enter(const Guestbook& one, const std::string& name) {
        return ask(house, "POST", "/api/enter",
            R"({"secret":")" + one.who.secret + R"(","netiquette":true,"name":")" + name + "\"}");
    }
    void come_in(Guestbook& one) {
        one.client = std::make_unique<RoomClient>(house);
        one.client->hello(enter(house, one.who, one.nickname));
        asks(one, protocol::SayImBack{});
    }
    /// Whatever comes of it.
    void asks(Guestbook& one, protocol::Command command) {
        const auto id = "p" + std::to_string(++commands_);
        one.client->command(id, std::move(command));
        one.read_to(id);
    }
    protocol::Outcome of_staff(RoomClient& client, protocol::Command command) {
        auto outcome = client.outcome_of("s" + std::to_string(++commands_), std::move(command));
        INFO((outcome.refusal ? base::name_of(outcome.refusal->word) : ""));
        CHECK_FALSE(outcome.refusal);
        return outcome;
    }
    /// Every route that only reads, as this person asks.
    void ask_all(Guestbook& one) {
        for (const auto& route : api::Api::routes()) {
            if (route.method != protocol::Route::Method::get) continue;
            std::string path{route.path};
            for (const std::string_view word : {"PERSON", "ID", "ACCOUNT", "SERIES", "PERIOD"}) {
                for (auto at = path.find(word); at != path.npos; at = path.find(word))
                    path.replace(at, word.size(), "1");
            }
            const auto reply = ask(house, "GET", path, {}, {bearer(one.who.secret)});
            one.sent += reply.head + reply.body;
        }
        one.sent += look(one).body;
    }
    std::string steps() const {
        std::string all;
        const auto reader = house.store().open_reader();
        auto rows = reader->read("SELECT record FROM steps");
        while (rows.next()) all += rows.text(0);
        return all;
    }
    std::string data_bytes() const {
        std::string all;
        for (const auto& entry : std::filesystem::recursive_directory_iterator{house.folder.path() / "data"}) {
            if (entry.is_regular_file() && !entry.path().filename().string().ends_with(".reserve"))
                all += bytes_of(entry.path());
        }
        return all;
    }
    Reply change(bool is_anonymous) {
        return ask(house, "POST", "/api/sessions/1",
            R"({"theme":"Uni","series":"Syksy","date":"2026-12-03","start":"09:00","end":"13:00",)"
            R"("anonymous_among_participants":)" +
                std::string{is_anonymous ? "true" : "false"} + "}",
            key);
    }

    TestHouse house;
    protocol::SessionId session;
    Invited olli;
    Invited mari;
    std::vector<Guestbook> people;
    std::vector<std::string> key;

private:
    int commands_ = 0;
};

bool names_anybody(const std::string& text) {
    return std::any_of(registered.begin(), registered.end(), [&](const std::string& name) {
        return text.find(name) != std::string::npos || text.find(name.substr(0, name.find(' '))) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("At the door of an experience-story day names are chosen from a list, and nobody is offered their own") {
    StoryDay day;
    auto& aino = day.people[0];
    auto& guest = day.people[3];
    const auto looked = day.look(aino);
    const auto names = StoryDay::offered(looked);
    REQUIRE(names.size() == 12);
    for (const auto& one : day.people) {
        const auto offered = StoryDay::offered(day.look(one));
        CHECK(offered.size() == 12);
        CHECK(std::find(offered.begin(), offered.end(), "Kanerva") == offered.end());
    }
    CHECK_FALSE(has(day.look(guest), R"("name")"));
    for (const auto* name : {"Aino Virtanen", "Aino", "Matti Möttönen", "Kanerva"})
        CHECK(has(day.try_to_enter(aino, name), R"("word":"name_not_offered")"));
    CHECK(has(day.try_to_enter(guest, "Raija Vierailija"), R"("word":"name_not_offered")"));
    const auto without_manners = R"({"secret":")" + guest.who.secret + R"(","name":")" + names[4] +
                                 R"(","netiquette":false})";
    CHECK(has(ask(day.house, "POST", "/api/enter", without_manners), R"("word":"netiquette_not_accepted")"));
    CHECK(day.try_to_enter(aino, names[3]).status == 200);
    CHECK(has(day.try_to_enter(guest, names[3]), R"("word":"name_not_offered")"));
    // The same link, later: the nickname is theirs.
    const auto again = day.look(aino);
    CHECK(has(again, R"("name":")" + names[3] + R"(","entered":true,"nicknames":[")" + names[3] + "\"]"));
    CHECK(day.try_to_enter(aino, names[4]).status == 200);
    CHECK(StoryDay::offered(day.look(aino)) == std::vector{names[3]});
}

TEST_CASE("Whether a day is an experience-story day is chosen until the doors open") {
    StoryDay day;
    CHECK(has(ask(day.house, "GET", "/api/sessions/1", {}, day.key), R"("anonymous_among_participants":true)"));
    CHECK(day.change(false).status == 200);
    CHECK(StoryDay::offered(day.look(day.people[0])).empty());
    CHECK(day.change(true).status == 200);
    RoomClient room{day.house};
    room.come_in(enter(day.house, day.olli));
    day.of_staff(room, protocol::OpenDoors{});
    CHECK(has(day.change(false), R"("word":"not_now")"));
    CHECK(day.change(true).status == 200);
}

TEST_CASE("Over an experience-story day nobody is sent a name, no word of a turn is kept, and files have counts") {
    StoryDay day;
    RoomClient olli{day.house};
    olli.come_in(enter(day.house, day.olli));
    RoomClient mari{day.house};
    mari.come_in(enter(day.house, day.mari));
    day.of_staff(olli, protocol::OpenDoors{});
    for (auto& one : day.people) {
        one.nickname = StoryDay::offered(day.look(one)).front();
        day.come_in(one);
    }
    auto& aino = day.people[0];
    auto& eino = day.people[1];
    auto& kanerva = day.people[2];
    auto& guest = day.people[3];
    day.of_staff(olli, protocol::GoLive{});
    day.asks(aino, protocol::SendMessage{.channel = protocol::Channel::room, .text = "Hei", .reply_to = {}});
    day.of_staff(olli, protocol::SetOnStage{.person = guest.who.person, .on = true});
    day.asks(eino,
        protocol::AskForHelp{.kind = protocol::HelpKind::something_else, .words = "Ääni katkeilee", .call_back = {}});
    day.of_staff(olli, protocol::MakePoll{.question = "Tauko?", .options = {"Kyllä", "Ei"}, .open = true});
    // A turn: written live for everyone, and in no way kept.
    const protocol::TurnId turn{day.of_staff(olli, protocol::GrantFloorTo{.person = aino.who.person}).seq};
    aino.client->send(protocol::Caption{.turn = turn, .text = spoken});
    day.asks(aino, protocol::KeepTurnText{.turn = turn, .text = spoken});
    CHECK(aino.sent.find(R"("word":"anonymous_day")") != std::string::npos);
    CHECK(mari.outcome_of("kept", protocol::KeepTurnText{.turn = turn, .text = spoken}).refusal->word ==
          protocol::RefusalWord::anonymous_day);
    day.asks(kanerva,
        protocol::RequestFloor{.kind = protocol::FloorRequestKind::written, .beneficiary = {}, .text = spoken});
    CHECK(kanerva.sent.find(R"("word":"anonymous_day")") != std::string::npos);
    day.asks(aino, protocol::ReleaseTurn{.turn = turn, .later = {}});
    for (auto& one : day.people) day.asks(one, protocol::SayImBack{});
    day.of_staff(olli, protocol::CloseSession{});
    for (auto& one : day.people) {
        day.ask_all(one);
        // What somebody is told who comes now.
        day.come_in(one);
    }

    // Nothing that goes to a calendar tells what day it is.
    const auto entry = ask(day.house, "GET", "/api/invitation.ics", {}, {bearer(aino.who.secret)});
    CHECK(entry.status == 200);
    for (const auto* word : {"okemustarina", "anonym", "empinim"}) CHECK_FALSE(has(entry, word));

    for (auto& one : day.people) {
        INFO(one.own_name);
        // That something is searched: the message, its author's nickname, staff by their names.
        CHECK(one.sent.find("Hei") != std::string::npos);
        CHECK(one.sent.find(aino.nickname) != std::string::npos);
        CHECK(one.sent.find("Olli Ohjaava") != std::string::npos);
        for (const auto& other : day.people) {
            if (&other != &one) CHECK(one.sent.find(other.own_name) == std::string::npos);
        }
        // Who has not shown themselves is not told of.
        const bool is_told = one.sent.find('"' + kanerva.nickname + '"') != std::string::npos;
        CHECK(is_told == (&one == &kanerva));
        CHECK((one.sent.find('"' + guest.nickname + '"') != std::string::npos));
    }

    day.house.store().write_and_wait([](records::Database&) {});
    const auto steps = day.steps();
    CHECK(steps.find("Hei") != std::string::npos);
    CHECK(steps.find(aino.nickname) != std::string::npos);
    for (const auto& one : day.people) CHECK(steps.find(one.own_name) == std::string::npos);
    CHECK(day.data_bytes().find("Ääni katkeilee") != std::string::npos);
    CHECK(day.data_bytes().find(spoken) == std::string::npos);

    // Marks are right: who marks knows whom they mark. A facilitator knows nicknames.
    const std::string path = "/api/sessions/1/attendance";
    CHECK(has(ask(day.house, "GET", path, {}, {bearer(day.mari.secret)}), "Aino Virtanen"));
    CHECK(has(ask(day.house, "GET", path, {}, day.key), "Aino Virtanen"));
    for (const auto* route : {"/api/sessions/1/attendance", "/api/sessions/1/expected", "/api/sessions/1/work"}) {
        const auto reply = ask(day.house, "GET", route, {}, {bearer(day.olli.secret)});
        CHECK(reply.status == 200);
        CHECK_FALSE(names_anybody(reply.body));
    }
    for (const auto& as : {std::vector{bearer(day.mari.secret)}, day.key}) {
        const auto file = ask(day.house, "GET", path + ".csv", {}, as);
        CHECK(file.status == 200);
        CHECK_FALSE(names_anybody(file.body));
        CHECK(has(file, ";Ei merkintää;;;;\"Kokemustarinapäivä, vain määrä: 3\";"));
    }
    const auto report = ask(day.house, "GET", "/api/reports", {}, day.key);
    CHECK(has(report, "Aino Virtanen"));
    CHECK(has(report, R"("paper_totals":[])"));
    const auto reports = ask(day.house, "GET", "/api/reports.csv", {}, day.key);
    CHECK_FALSE(names_anybody(reports.body));
    CHECK(has(
        ask(day.house, "POST", "/api/sessions/1/invitations/sheet", R"({"format":"csv","invitations":[]})", day.key),
        R"("word":"anonymous_day")"));
}
