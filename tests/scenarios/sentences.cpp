#include "scenarios/sentences.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <tuple>

#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

struct Slot {
    std::string_view name;
    std::string_view regex;
};
constexpr std::array slots{
    Slot{"person", R"(((?:[Tt]he )?[^\s",:.']+))"},
    Slot{"people", R"(([^",:.']+(?:, [^",:.']+)*))"},
    Slot{"number", R"((\d+))"},
    Slot{"time", R"((\d+ \w+(?: \d+ \w+)*))"},
    Slot{"clock", R"((\d+:\d\d))"},
    Slot{"quote", R"re("([^"]*)")re"},
    Slot{"word", R"((\w+))"},
};

/// The pattern as a regular expression over bytes, and how many of its characters are its own.
std::pair<std::string, std::size_t> to_regex(std::string_view pattern) {
    std::string regex;
    std::size_t literal = 0;
    while (!pattern.empty()) {
        if (pattern.front() == '<') {
            const auto end = pattern.find('>');
            const auto name = pattern.substr(1, end - 1);
            const auto slot = std::find_if(
                slots.begin(), slots.end(), [&](const Slot& each) { return each.name == name; });
            if (slot == slots.end()) throw std::logic_error{"no slot " + std::string{name}};
            regex += slot->regex;
            pattern.remove_prefix(end + 1);
            continue;
        }
        const char c = pattern.front();
        if (c == '(') {
            regex += "(?:";
        } else if (c == ')') {
            regex += ")?";
        } else {
            if (std::string_view{R"(.*+?^$|\[]{})"}.find(c) != std::string_view::npos) regex += '\\';
            regex += c;
            ++literal;
        }
        pattern.remove_prefix(1);
    }
    return {regex, literal};
}

std::vector<std::string> words_of(std::string_view sentence) {
    std::istringstream in{std::string{sentence}};
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

/// How many words must change to make one of the other; a slot is like any word.
std::size_t distance(const std::vector<std::string>& pattern, const std::vector<std::string>& words) {
    std::vector<std::size_t> row(words.size() + 1);
    for (std::size_t column = 0; column <= words.size(); ++column) row[column] = column;
    for (std::size_t line = 1; line <= pattern.size(); ++line) {
        auto corner = row[0];
        row[0] = line;
        for (std::size_t column = 1; column <= words.size(); ++column) {
            const bool is_like = pattern[line - 1] == words[column - 1] ||
                                 pattern[line - 1].find('<') != std::string::npos;
            const auto kept = corner + (is_like ? 0 : 1);
            corner = row[column];
            row[column] = std::min({kept, row[column] + 1, row[column - 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

base::Milliseconds Blanks::time(std::size_t index) const {
    std::istringstream in{text(index)};
    base::Milliseconds span{};
    std::int64_t number = 0;
    for (std::string unit; in >> number >> unit;) {
        if (unit.back() == 's') unit.pop_back();
        if (unit == "hour")
            span += std::chrono::hours{number};
        else if (unit == "minute")
            span += std::chrono::minutes{number};
        else if (unit == "second")
            span += std::chrono::seconds{number};
        else if (unit == "millisecond")
            span += base::Milliseconds{number};
        else
            fail_play("\"" + text(index) + "\" is not a time");
    }
    return span;
}

base::Milliseconds Blanks::clock(std::size_t index) const {
    const auto& at = text(index);
    const auto colon = at.find(':');
    return std::chrono::minutes{std::stoll(at.substr(0, colon))} +
           std::chrono::seconds{std::stoll(at.substr(colon + 1))};
}

protocol::PersonId Blanks::person(std::size_t index) const { return play_.person(text(index)); }

std::vector<protocol::PersonId> Blanks::people(std::size_t index) const {
    auto names = text(index);
    std::vector<protocol::PersonId> people;
    if (names == "nobody") return people;
    if (const auto last = names.find(" and "); last != std::string::npos) names.replace(last, 5, ", ");
    for (std::size_t from = 0; from <= names.size();) {
        const auto comma = std::min(names.find(", ", from), names.size());
        people.push_back(play_.person(names.substr(from, comma - from)));
        from = comma + 2;
    }
    return people;
}

void Sentences::add(std::string_view pattern, Does does, Tells tells, Sees sees) {
    const auto [regex, literal] = to_regex(pattern);
    rows_.push_back(
        {std::string{pattern}, std::regex{regex}, literal, std::move(does), std::move(tells), std::move(sees)});
}

void Sentences::does(std::string_view pattern, Does does) { add(pattern, std::move(does), {}, {}); }
void Sentences::tells(std::string_view pattern, Tells tells) { add(pattern, {}, std::move(tells), {}); }

void Sentences::sees(std::string_view pattern, Sees sees) {
    add("<person> see(s): " + std::string{pattern}, {}, {}, sees);
    add("<person> do(es) not see: " + std::string{pattern}, {}, {}, [sees](const Sight& sight, const Blanks& blanks) {
        try {
            sees(sight, blanks);
        } catch (const PlayFailed&) {
            return;
        }
        fail_play("it is seen");
    });
}

void Sentences::play(Play& play, const std::string& sentence) const {
    const Row* best = nullptr;
    std::smatch found;
    for (const auto& row : rows_) {
        std::smatch match;
        if ((best == nullptr || row.literal > best->literal) && std::regex_match(sentence, match, row.regex)) {
            best = &row;
            found = match;
        }
    }
    if (best == nullptr) fail_play("nobody knows this sentence. The nearest are:" + nearest(sentence));

    std::vector<std::string> values{std::next(found.begin()), found.end()};
    if (best->does) {
        play.happen([&] { best->does(play, Blanks{play, values}); });
    } else if (best->tells) {
        best->tells(play, Blanks{play, values});
    } else {
        const auto viewers = values.front();
        values.erase(values.begin());
        for (const auto& sight : play.sights_of(viewers)) {
            try {
                best->sees(sight, Blanks{play, values});
            } catch (const PlayFailed& failed) {
                fail_play(sight.name + ": " + failed.what());
            }
        }
    }
}

std::string Sentences::nearest(const std::string& sentence) const {
    const auto words = words_of(sentence);
    // Of those that are as near, the ones with more words of their own come first, whatever the order of the files.
    std::vector<std::tuple<std::size_t, std::ptrdiff_t, std::string_view>> by_distance;
    for (const auto& row : rows_)
        by_distance.emplace_back(distance(words_of(row.pattern), words),
            std::count(row.pattern.begin(), row.pattern.end(), '<'), row.pattern);
    std::sort(by_distance.begin(), by_distance.end());
    std::string out;
    for (std::size_t index = 0; index < std::min<std::size_t>(3, by_distance.size()); ++index)
        out.append("\n    ").append(std::get<std::string_view>(by_distance[index]));
    return out;
}

namespace {

std::vector<Subject::AddSentences>& subjects() {
    static std::vector<Subject::AddSentences> known;
    return known;
}

}  // namespace

Subject::Subject(AddSentences add) { subjects().push_back(add); }

const Sentences& all_sentences() {
    static const Sentences sentences = [] {
        Sentences says;
        for (const auto add : subjects()) add(says);
        return says;
    }();
    return sentences;
}

}  // namespace etakahvila::testing
