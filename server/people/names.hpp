#pragma once

// Names of people: when two are one name, and in which order they stand in a list.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace etakahvila::people {

/// Two names with the same key are one name, whichever way they are written: case, spaces, commas
/// and the order of their words are folded. "Aalto, Aino" and "AINO AALTO" are one.
std::string person_key(std::string_view name);

/// Stands for a person's name as name_mark (words.hpp) does, the same for every way to write it.
std::string person_mark(std::string_view name);

/// Whether one may be the other with a slip of the pen, a second first name more, or another surname.
/// Each is what person_key makes.
enum class Likeness : std::uint8_t { same, near, shares_a_word, other };
Likeness likeness(std::string_view one, std::string_view other);

/// How many letters must be put in, taken out or changed to make one of the other; at most `most` + 1.
std::size_t letters_apart(std::string_view one, std::string_view other, std::size_t most);

/// What puts names in Finnish order when it is compared by bytes: … Z Å Ä Ö.
std::string finnish_order_key(std::string_view name);

/// Sorts by the names that `name_of` gives; what has the same name stays in its order.
template <class T, class NameOf>
void sort_in_finnish_order(std::vector<T>& things, NameOf name_of) {
    std::vector<std::pair<std::string, std::size_t>> keys;
    keys.reserve(things.size());
    for (std::size_t index = 0; index < things.size(); ++index)
        keys.emplace_back(finnish_order_key(name_of(things[index])), index);
    std::sort(keys.begin(), keys.end());
    std::vector<T> sorted;
    sorted.reserve(things.size());
    for (const auto& [key, index] : keys) sorted.push_back(std::move(things[index]));
    things = std::move(sorted);
}

}  // namespace etakahvila::people
