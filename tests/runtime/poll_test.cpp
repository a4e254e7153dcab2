// A poll in a room that is hosted: what is chosen goes beside the steps, through the journal, and into no message.

#include <algorithm>

#include "journal/step_codec.hpp"
#include "runtime/room_scene.hpp"

namespace etakahvila::runtime {
namespace {

struct Polled : RoomScene {
    Guest ohjaaja = come(1, Role::facilitator, "Ohjaaja");
    std::vector<Guest> people;
    PollId poll;

    Polled() {
        for (std::int64_t person = 3; person <= 8; ++person)
            people.push_back(come(person, Role::participant, "Nimi " + std::to_string(person)));
        command(ohjaaja, OpenDoors{});
        command(ohjaaja, GoLive{});
        const auto made = command(
            ohjaaja, MakePoll{.question = "Tauko?", .options = {"Kyllä", "Ei", "Ehkä"}, .open = true});
        poll = PollId{outcome_of(ohjaaja.line, made)->seq};
    }

    /// Everyone chooses, and the person in that place begins.
    void all_answer(std::size_t first = 0) {
        for (std::size_t place = 0; place < people.size(); ++place) {
            const auto option = static_cast<std::int64_t>((place + first) % 3);
            answer(people[place], option);
        }
    }
    std::string answer(Guest& guest, std::int64_t option) {
        return command(guest, AnswerPoll{.poll = poll, .options = {option}});
    }
    void all_come_back() {
        ohjaaja = arrive(ohjaaja.person, ohjaaja.role);
        ohjaaja.commands = 100;
        for (auto& guest : people) {
            guest = arrive(guest.person, guest.role);
            guest.commands = 100;
        }
    }
    std::size_t in_box() {
        std::size_t count = 0;
        host->look([&](const domain::Room& room) { count = room.polls.box.size(); });
        time.run();
        return count;
    }
    /// As the line was last told.
    static std::optional<Poll> last_seen(const Guest& guest) {
        std::optional<Poll> last;
        for (const auto& batch : guest.line->all<Batch>()) {
            for (const auto& change : batch.changes) {
                if (const auto* told = std::get_if<Poll>(&change)) last = *told;
            }
        }
        return last;
    }
};

}  // namespace

TEST_CASE("a server that is killed in the midst of a poll loses no answer, and counts each once") {
    Polled day;
    day.all_answer();
    CHECK(Polled::last_seen(day.people[0])->answered == 6);
    day.die_and_open();
    CHECK(day.in_box() == 6);
    day.all_come_back();
    // One thinks better of it.
    const auto again = day.answer(day.people[0], 2);
    CHECK_FALSE(outcome_of(day.people[0].line, again)->refusal);
    day.command(day.ohjaaja, ClosePoll{day.poll});
    const auto closed = Polled::last_seen(day.ohjaaja);
    REQUIRE(closed);
    CHECK(closed->answered == 6);
    CHECK(closed->counts == std::vector<std::int64_t>{1, 2, 3});
    CHECK_FALSE(Polled::last_seen(day.people[0])->counts);
    CHECK(day.in_box() == 0);
    CHECK(day.memory.load(session).ballots.empty());
    day.die_and_open();
    CHECK(day.in_box() == 0);
    day.all_come_back();
    CHECK(Polled::last_seen(day.ohjaaja)->counts == std::vector<std::int64_t>{1, 2, 3});
}

TEST_CASE("an answer that could not be saved was not given, and what was saved lies in the box still") {
    Polled day;
    day.all_answer();
    day.journal.is_held = true;
    const auto lost = day.answer(day.people[0], 2);
    day.stop_saving(journal::Saves::nothing_yet);
    CHECK(outcome_of(day.people[0].line, lost) == nullptr);
    CHECK(day.in_box() == 6);
    day.save_again();
    day.command(day.ohjaaja, ClosePoll{day.poll});
    CHECK(Polled::last_seen(day.ohjaaja)->counts == std::vector<std::int64_t>{2, 2, 2});
}

TEST_CASE("what is kept and what is told is the same whoever chose what") {
    std::array<std::vector<std::string>, 2> kept;
    std::array<std::vector<std::string>, 2> told;
    for (const std::size_t first : {0U, 1U}) {
        Polled day;
        day.all_answer(first);
        day.command(day.ohjaaja, ClosePoll{day.poll});
        day.command(day.ohjaaja, ShowPoll{.poll = day.poll, .why = {}});
        for (const auto& step : day.memory.load(session).steps) kept.at(first).push_back(journal::encode_step(step));
        for (const auto& bytes : day.ohjaaja.line->bytes) told.at(first).push_back(*bytes);
        for (const auto& guest : day.people) {
            // All but the greeting, in which there is a ticket, and what names the room.
            for (const auto& bytes : guest.line->bytes) told.at(first).push_back(*bytes);
        }
        std::erase_if(told.at(first), [](const std::string& text) { return text.find("ticket") != std::string::npos; });
    }
    CHECK(kept[0] == kept[1]);
    CHECK(told[0] == told[1]);
    CHECK(std::any_of(told[0].begin(), told[0].end(),
        [](const std::string& text) { return text.find(R"("counts":[2,2,2])") != std::string::npos; }));
}

TEST_CASE("a store that is a backup's has no ballots: everyone is asked again, and told so") {
    Polled day;
    day.all_answer();
    auto stored = day.memory.load(session);
    stored.ballots.clear();
    day.host.reset();
    day.hub = std::make_shared<Hub>(day.time);
    day.host = RoomHost::open({.session = session,
                                  .loop = day.time,
                                  .clock = day.time,
                                  .journal = day.journal,
                                  .tickets = day.tickets,
                                  .voice_tickets = day.voice_tickets,
                                  .voice_figures = day.voice_figures},
        stored);
    day.time.run();
    day.all_come_back();
    CHECK(Polled::last_seen(day.people[0])->answered == 0);
    CHECK(day.in_box() == 0);
    day.all_answer();
    CHECK(Polled::last_seen(day.people[0])->answered == 6);
}

}  // namespace etakahvila::runtime
