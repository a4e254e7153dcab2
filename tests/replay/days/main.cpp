// Plays recorded meetings into a room, second by second of its own clock, and says what its
// attendance counts: `meeting who seconds`, one person a line. tests/replay/attendance_oracle.py
// holds it against the record.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "player/meeting.hpp"
#include "player/script.hpp"
#include "support/room_driver.hpp"

using namespace etakahvila;

namespace {

class Day {
public:
    explicit Day(const player::Script& script) : script_{script} {}

    void play() {
        const auto facilitator = room_.admit("Ohjaaja", protocol::Role::facilitator);
        room_.go_live(facilitator);
        for (const auto& step : script_.steps) {
            pass_until(step.t);
            std::visit([this](const auto& what) { happen(what); }, step.what);
        }
        pass_until(script_.length);
        if (!room_.ask(facilitator, protocol::CloseSession{}).is_done())
            throw std::runtime_error{"the session does not close"};
        for (std::size_t number = 0; number < script_.people.size(); ++number) {
            const auto row = room_.room().attendance.rows.find(person(number));
            std::cout << script_.name << ' ' << script_.people[number] << ' '
                      << (row == room_.room().attendance.rows.end() ? 0 : row->second.proposed.connected_seconds)
                      << '\n';
        }
    }

private:
    static protocol::PersonId person(player::PersonNumber number) {
        return protocol::PersonId{static_cast<std::int64_t>(number) + 100};
    }

    void pass_until(base::Milliseconds t) {
        room_.pass(t - now_);
        now_ = t;
    }
    void happen(const player::Arrive& arrives) {
        if (room_.room().member(person(arrives.person)) == nullptr)
            room_.knock(person(arrives.person), "Marja " + script_.people[arrives.person]);
        up_[{arrives.person, arrives.conn}] = room_.connect(person(arrives.person));
    }
    void happen(const player::Depart& departs) {
        room_.leave(person(departs.person), up_.at({departs.person, departs.conn}));
    }
    void happen(const player::Redial& redials) {
        auto& connection = up_.at({redials.person, redials.conn});
        room_.lose(person(redials.person), connection);
        connection = room_.connect(person(redials.person));
    }
    template <class Other>
    void happen(const Other&) {}

    const player::Script& script_;
    testing::RoomDriver room_;
    std::map<std::pair<player::PersonNumber, std::string>, protocol::ConnectionId> up_;
    base::Milliseconds now_{};
};

}  // namespace

int main(int argc, char** argv) {
    for (int index = 1; index < argc; ++index) {
        const std::filesystem::path file{argv[index]};
        std::ifstream stream{file};
        const std::string text{std::istreambuf_iterator<char>{stream}, {}};
        const auto read = player::read_meeting(file.stem().string(), text);
        const auto* meeting = std::get_if<player::Meeting>(&read);
        if (meeting == nullptr) {
            std::cerr << file.string() << ": " << player::to_words(std::get<std::vector<player::BadRecord>>(read))
                      << '\n';
            return 1;
        }
        const auto script = player::script_of(*meeting);
        Day{script}.play();
    }
}
