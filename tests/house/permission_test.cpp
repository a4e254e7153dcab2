// The whole permission table, over the wire: whoever may not is told so, by the word of the table,
// and nothing happens. And the ids of another room, by every command that names one.

#include <future>
#include <numeric>

#include <boost/mp11/algorithm.hpp>

#include "domain/room/permission.hpp"
#include "support/catch.hpp"
#include "house/house.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using protocol::Phase;
using protocol::Role;

namespace {

using Commands = boost::mp11::mp_rename<protocol::Command::variant, boost::mp11::mp_list>;

template <class T>
constexpr bool is_id = false;
template <class Tag>
constexpr bool is_id<base::Id<Tag>> = true;

/// The least that the wire takes for the command, with these ids in it.
template <class T>
void fill(T& thing, std::int64_t id, std::int64_t person) {
    const auto id_of = [&]<class Id>(Id) { return Id{std::is_same_v<Id, protocol::PersonId> ? person : id}; };
    boost::mp11::mp_for_each<base::json::Members<T>>([&](auto member) {
        auto& field = thing.*member.pointer;
        using Field = std::remove_cvref_t<decltype(field)>;
        base::FieldLimit limit{};
        if constexpr (requires { T::limits; }) {
            for (const auto& each : T::limits) {
                if (each.field == std::string_view{member.name}) limit = each;
            }
        }
        const auto least = limit.least == base::no_least ? std::int64_t{0} : limit.least;
        if constexpr (is_id<Field>) {
            field = id_of(Field{});
        } else if constexpr (std::is_same_v<Field, std::int64_t>) {
            field = std::max<std::int64_t>(1, least);
        } else if constexpr (std::is_same_v<Field, std::string>) {
            field.assign(static_cast<std::size_t>(std::max<std::int64_t>(1, least)), 'x');
        } else if constexpr (base::json::is_optional<Field>) {
            if constexpr (is_id<typename Field::value_type>) field = id_of(typename Field::value_type{});
        } else if constexpr (base::json::is_vector<Field>) {
            using Item = typename Field::value_type;
            if constexpr (is_id<Item>) {
                field = {id_of(Item{})};
            } else if constexpr (std::is_same_v<Item, std::int64_t>) {
                field.resize(static_cast<std::size_t>(least));
                std::iota(field.begin(), field.end(), 0);
            } else {
                field.resize(static_cast<std::size_t>(least), Item(1, 'x'));
            }
        }
    });
}

template <class T>
bool has_id() {
    bool has = false;
    boost::mp11::mp_for_each<base::json::Members<T>>([&](auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        if constexpr (is_id<Field>)
            has = true;
        else if constexpr (base::json::is_optional<Field> || base::json::is_vector<Field>)
            has = has || is_id<typename Field::value_type>;
    });
    return has;
}

/// Somebody in the room who gives commands no faster than they are taken.
class Asker {
public:
    Asker(TestHouse& house, const Invited& invited, Role of, std::string_view name = {})
        : role{of}, house_{house}, client_{house} {
        client_.come_in(enter(house, invited, name));
    }

    protocol::Outcome ask(protocol::Command command) {
        if (++asked_ % 20 == 0) house_.clock.pass(1s);
        return client_.outcome_of(std::to_string(number_) + "-" + std::to_string(asked_), std::move(command));
    }

    Role role;

private:
    TestHouse& house_;
    RoomClient client_;
    /// Of this client among all: no id of its commands is another's.
    inline static int clients_ = 0;
    int number_ = ++clients_;
    int asked_{};
};

template <class Look>
auto in_room(TestHouse& house, protocol::SessionId session, Look look) {
    std::promise<decltype(look(std::declval<const domain::Room&>()))> seen;
    house.house->directory().room(session)->look([&](const domain::Room& room) { seen.set_value(look(room)); });
    return seen.get_future().get();
}

Phase phase_of(TestHouse& house, protocol::SessionId session) {
    return in_room(house, session, [](const domain::Room& room) { return room.session.phase; });
}

/// Whatever is proposed, everyone is excused, and the day is sealed.
void seal(TestHouse& house, protocol::SessionId session, Asker& moderator) {
    const auto attendance = in_room(house, session, [](const domain::Room& room) { return room.attendance; });
    for (const auto& [person, row] : attendance.rows) {
        if (!row.needs_decision()) continue;
        REQUIRE_FALSE(moderator
                .ask(protocol::MarkAttendance{.person = person,
                    .version = row.version,
                    .mark = protocol::Mark::excused,
                    .minutes = {},
                    .reason = "Sovittu",
                    .source = {}})
                .refusal);
    }
    const auto version = in_room(house, session, [](const domain::Room& room) { return room.attendance.version; });
    REQUIRE_FALSE(moderator.ask(protocol::SealAttendance{.version = version}).refusal);
}

}  // namespace

TEST_CASE(
    "Whoever may not is refused by the word of the table, for each command and everyone in the room, in every phase, "
    "and nothing happens") {
    TestHouse house;
    const auto session = house.plan_session();
    Asker facilitator{house, house.invite(session, Role::facilitator, "Olli Ohjaaja"), Role::facilitator};
    Asker moderator{house, house.invite(session, Role::moderator, "Mari Moderaattori"), Role::moderator};
    Asker participant{house, house.invite(session, Role::participant, "Maija Mustikka"), Role::participant, "Mustikka"};
    Asker guest{house, house.invite(session, Role::guest, "Ville Vieras"), Role::guest};
    std::vector<Asker*> present{&participant, &guest, &facilitator, &moderator};
    int refused = 0;

    const auto try_all_in = [&](Phase phase) {
        REQUIRE(phase_of(house, session) == phase);
        boost::mp11::mp_for_each<Commands>([&](auto command) {
            fill(command, 1, 1);
            for (auto* asker : present) {
                const auto word = domain::why_not(asker->role, command, phase);
                if (!word) continue;
                const auto outcome = asker->ask(command);
                INFO(decltype(command)::wire_name << " by a " << base::name_of(asker->role) << " while "
                                                  << base::name_of(phase));
                REQUIRE(outcome.refusal);
                CHECK(outcome.refusal->word == *word);
                ++refused;
            }
        });
        CHECK(phase_of(house, session) == phase);
    };
    const auto go = [&](const protocol::Command& command) { REQUIRE_FALSE(facilitator.ask(command).refusal); };

    try_all_in(Phase::planned);
    go(protocol::StartRehearsal{});
    try_all_in(Phase::rehearsal);
    go(protocol::EndRehearsal{});
    go(protocol::OpenDoors{});
    try_all_in(Phase::doors_open);
    go(protocol::GoLive{});
    try_all_in(Phase::live);
    go(protocol::StartBreak{5});
    try_all_in(Phase::paused);
    go(protocol::EndBreak{});
    // From here on the staff are among themselves.
    go(protocol::StartDebrief{});
    present = {&facilitator, &moderator};
    try_all_in(Phase::debrief);
    go(protocol::CloseSession{});
    try_all_in(Phase::closed);
    seal(house, session, moderator);
    try_all_in(Phase::sealed);
    CHECK(refused > 900);
}

TEST_CASE(
    "What is in another room is not found, by every command that names something, and answered as what is nowhere is") {
    TestHouse house;
    const auto here = house.plan_session();
    const auto there = house.plan_session();
    Asker other_facilitator{house, house.invite(there, Role::facilitator, "Outi Ohjaaja"), Role::facilitator};
    const auto elsewhere = house.invite(there, Role::participant, "Pekka Puolukka");
    Asker other{house, elsewhere, Role::participant, "Puolukka"};
    REQUIRE_FALSE(other_facilitator.ask(protocol::OpenDoors{}).refusal);
    REQUIRE_FALSE(other_facilitator.ask(protocol::GoLive{}).refusal);
    // Far more steps than the room here has, so that none of its numbers is one of here.
    std::vector<std::int64_t> things;
    for (int count = 0; count < 60; ++count)
        things.push_back(other_facilitator
                .ask(protocol::SendMessage{.channel = protocol::Channel::room, .text = "Hei", .reply_to = {}})
                .seq);
    things = {things.back(),
        other
            .ask(protocol::RequestFloor{
                .kind = protocol::FloorRequestKind::speak, .beneficiary = {}, .note = {}, .text = {}})
            .seq,
        other.ask(protocol::AskForHelp{.kind = protocol::HelpKind::cannot_hear, .words = {}, .call_back = {}}).seq};

    {
        Asker facilitator{house, house.invite(here, Role::facilitator, "Aino Avaaja"), Role::facilitator};
        REQUIRE_FALSE(facilitator.ask(protocol::OpenDoors{}).refusal);
        REQUIRE_FALSE(facilitator.ask(protocol::GoLive{}).refusal);
    }
    constexpr std::int64_t nowhere = 8'000'000'000'000'000;
    int tried = 0, not_found = 0;
    const std::pair<Role, Invited> everyone[] = {
        {Role::facilitator, house.invite(here, Role::facilitator, "Olli Ohjaaja")},
        {Role::moderator, house.invite(here, Role::moderator, "Mari Moderaattori")},
        {Role::participant, house.invite(here, Role::participant, "Maija Mustikka")}};
    for (const auto& [role, invited] : everyone) {
        Asker asker{house, invited, role, role == Role::participant ? "Mustikka" : ""};
        boost::mp11::mp_for_each<Commands>([&](auto command) {
            if (!has_id<decltype(command)>()) return;
            fill(command, nowhere, nowhere);
            const auto of_nothing = asker.ask(command).refusal;
            for (const auto id : things) {
                fill(command, id, elsewhere.person.value);
                const auto refusal = asker.ask(command).refusal;
                INFO(decltype(command)::wire_name << " of " << id << " by a " << base::name_of(asker.role));
                REQUIRE(refusal);
                CHECK(refusal == of_nothing);
                ++tried;
                not_found += refusal->word == protocol::RefusalWord::not_found;
            }
        });
    }
    CHECK(tried > 200);
    CHECK(not_found > 100);
    // And nothing has become of it there.
    std::promise<bool> stands;
    house.house->directory().room(there)->look([&](const domain::Room& room) {
        const auto is_untouched = [](const auto& message) {
            return std::holds_alternative<domain::PublishedMessage>(message.second.state);
        };
        stands.set_value(room.chat.messages.size() == 60 &&
                         std::all_of(room.chat.messages.begin(), room.chat.messages.end(), is_untouched) &&
                         room.help.cases.size() == 1 &&
                         room.member(elsewhere.person)->presence != protocol::PresenceState::removed);
    });
    CHECK(stands.get_future().get());
}
