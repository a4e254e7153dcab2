#include <algorithm>
#include <set>

#include "people/nicknames.hpp"
#include "people/words.hpp"
#include "support/catch.hpp"
#include "text/text.hpp"

using namespace etakahvila;
using namespace etakahvila::people;

namespace {

std::vector<RosterEntry> roster_of(const std::vector<std::string>& names) {
    std::vector<RosterEntry> roster;
    for (const auto& name : names) {
        RosterEntry entry{.person = protocol::PersonId{static_cast<std::int64_t>(roster.size()) + 1}};
        entry.registered_name = name;
        roster.push_back(std::move(entry));
    }
    return roster;
}

bool has_name(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

TEST_CASE("nicknames: the list is enough for ninety, each is one name, and the door takes each as it stands") {
    const auto list = nickname_list();
    CHECK(list.size() >= 120);
    std::set<std::string> keys;
    for (const auto name : list) {
        INFO(name);
        CHECK(keys.insert(name_key(name)).second);
        const auto clean = text::clean_name(name, {});
        CHECK_FALSE(clean.fault);
        CHECK(clean.value == name);
    }
}

TEST_CASE("nicknames: nobody is offered what is a word of anybody's name, however it is written") {
    auto roster = roster_of({"Halonen, KANERVA", "Aino Mari Lehto-Lampi", "Olli Ohjaaja"});
    roster.back().display_name = "Karhu";
    const auto names = nicknames_for(roster);
    for (const auto* own : {"Kanerva", "Lampi", "Karhu"}) CHECK_FALSE(has_name(names, own));
    CHECK(has_name(names, "Saukko"));
    CHECK(has_name(nicknames_for({}), "Kanerva"));
}

TEST_CASE("nicknames: three hundred people have one each, and some are left") {
    const auto names = nicknames_for(roster_of(std::vector<std::string>(300, "Aino Mäki")));
    CHECK(names.size() >= 330);
    CHECK(std::set(names.begin(), names.end()).size() == names.size());
    for (const auto& name : names) CHECK_FALSE(text::clean_name(name, {}).fault);
}
