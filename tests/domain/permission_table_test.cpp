// Prints the whole table, role by command by phase, and compares it with the one that people
// have read: data/permission-table.txt. What changes here changes who may do what.

#include <iostream>
#include <sstream>

#include <boost/mp11/algorithm.hpp>

#include "domain/room/permission.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace etakahvila;
using namespace etakahvila::domain;

namespace {

using Commands = boost::mp11::mp_rename<Command::variant, boost::mp11::mp_list>;

constexpr std::array all_roles{Role::participant, Role::guest, Role::facilitator, Role::moderator, Role::coordinator};
constexpr std::array all_phases{Phase::planned, Phase::rehearsal, Phase::doors_open, Phase::live, Phase::paused,
    Phase::debrief, Phase::closed, Phase::sealed, Phase::cancelled};

std::string printed() {
    std::ostringstream out;
    out << "x may   . not now   (nothing) never\n"
           "phases in each column: planned, rehearsal, doors open, live, break, debrief, closed, sealed, cancelled\n\n";
    const auto cell = [&](const std::string& text, std::size_t width) {
        out << text << std::string(width - text.size(), ' ');
    };
    cell("command", 28);
    for (const auto role : all_roles) cell(std::string{base::name_of(role)}, role == Role::coordinator ? 11 : 13);
    out << "\n";
    boost::mp11::mp_for_each<Commands>([&](auto command) {
        std::ostringstream line;
        const std::string name{decltype(command)::wire_name};
        line << name << std::string(28 - name.size(), ' ');
        for (const auto role : all_roles) {
            std::string marks;
            for (const auto phase : all_phases) {
                const auto word = why_not(role, Command{command}, phase);
                marks += !word ? 'x' : word == RefusalWord::not_now ? '.' : ' ';
            }
            line << marks << std::string(4, ' ');
        }
        auto text = line.str();
        text.erase(text.find_last_not_of(' ') + 1);
        out << text << "\n";
    });
    out << "\nin a day without a room (by phone, an appointment), and nothing else:\n";
    boost::mp11::mp_for_each<Commands>([&](auto command) {
        std::string line{decltype(command)::wire_name};
        line.resize(28, ' ');
        bool is_ever = false;
        for (const auto role : all_roles) {
            for (const auto phase : all_phases) {
                const auto word = why_not_without_room(role, Command{command}, phase);
                is_ever = is_ever || !word;
                line += !word ? 'x' : word == RefusalWord::not_now ? '.' : ' ';
            }
            line += "    ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        if (is_ever) out << line << "\n";
    });
    out << "\nat the door, without a line to the room:\n";
    for (const auto& row : door_permissions()) {
        std::string line{row.command};
        line.resize(28, ' ');
        for (const auto role : all_roles) {
            for (const auto phase : all_phases) {
                const auto word = why_not_ask_at_door(role, phase);
                line += !word ? 'x' : word == RefusalWord::not_now ? '.' : ' ';
            }
            line += "    ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out << line << "\n";
    }
    return out.str();
}

}  // namespace

TEST_CASE("the permission table is the one that people have read") {
    const auto now = printed();
    const auto read = testing::test_file("data/permission-table.txt");
    if (now != read) std::cout << now;
    CHECK((now == read));
}

TEST_CASE("every command has one row in the table, and each refusal says whether it is for ever") {
    CHECK(permission_table().size() == boost::mp11::mp_size<Commands>::value);
    boost::mp11::mp_for_each<Commands>([&](auto command) {
        for (const auto role : all_roles) {
            for (const auto phase : all_phases) {
                const auto word = why_not(role, Command{command}, phase);
                CHECK((!word || word == RefusalWord::not_permitted || word == RefusalWord::not_now));
            }
        }
    });
}

TEST_CASE("on a day that is cancelled nobody does anything") {
    boost::mp11::mp_for_each<Commands>([&](auto command) {
        for (const auto role : all_roles) CHECK(why_not(role, Command{command}, Phase::cancelled));
    });
    for (const auto role : all_roles) CHECK(why_not_ask_at_door(role, Phase::cancelled));
}

TEST_CASE(
    "in a sealed session attendance is corrected, an assignment is closed, feedback is asked for and nothing else is "
    "done, and what is for staff is never for others") {
    boost::mp11::mp_for_each<Commands>([&]<class T>(T command) {
        constexpr bool is_correction = std::is_same_v<T, CorrectAttendance> || std::is_same_v<T, DismissLateJoin>;
        // What is late is taken for days, and feedback is given until noon of the next day.
        constexpr bool is_after_day = std::is_same_v<T, CloseAssignment> || std::is_same_v<T, OpenFeedback>;
        for (const auto role : all_roles) {
            const bool may = (is_correction && (role == Role::moderator || role == Role::coordinator)) ||
                             (is_after_day && is_staff(role));
            CHECK(why_not(role, Command{command}, Phase::sealed).has_value() == !may);
        }
    });
    for (const auto phase : all_phases) {
        CHECK(why_not(Role::participant, Command{CloseSession{}}, phase) == RefusalWord::not_permitted);
        CHECK(why_not(Role::guest, Command{RemovePerson{}}, phase) == RefusalWord::not_permitted);
        CHECK(why_not(Role::moderator, Command{GrantFloor{}}, phase) == RefusalWord::not_permitted);
        CHECK(why_not(Role::coordinator, Command{PublishMessage{}}, phase) == RefusalWord::not_permitted);
    }
}
