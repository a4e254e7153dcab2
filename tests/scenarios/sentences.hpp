#pragma once

// What may be said in a play. Each subject brings its sentences (floor_sentences.cpp and so on):
//
//     says.does("<person> asks for the floor.", [](Play& play, const Blanks& blanks) { ... });
//     says.sees("<person> speaks, <clock> spoken.", [](const Sight& sight, const Blanks& blanks) { ... });
//
// `does` is something that happens; `tells` is what came of it. `sees` is what somebody sees, and
// makes two sentences of it: "Mustikka sees: …" and "Mustikka does not see: …", said of one
// person, of everyone, of the staff, or of the others (everyone who is not staff).
//
// Between < and > stand: person (a name, or "the facilitator", "the moderator", "the
// coordinator"), people ("Mustikka, Kanerva and Halla", or "nobody"), number, time ("1 minute 30
// seconds"), clock ("2:00", minutes and seconds), quote ("words in quotes"), word (a_word_like_this).
// What stands in ( and ) may be left out.

#include <functional>
#include <regex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.hpp"
#include "base/time.hpp"
#include "protocol/common.hpp"

namespace etakahvila::testing {

class Play;
struct Sight;

/// Something in the play is not as it says. The runner adds the file and the line.
struct PlayFailed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

[[noreturn]] inline void fail_play(const std::string& why) { throw PlayFailed{why}; }

/// The words that stood in place of <…>, in order.
class Blanks {
public:
    Blanks(const Play& play, std::vector<std::string> values) : play_{play}, values_{std::move(values)} {}

    const std::string& text(std::size_t index) const { return values_.at(index); }
    std::int64_t number(std::size_t index) const { return std::stoll(text(index)); }
    base::Milliseconds time(std::size_t index) const;
    base::Milliseconds clock(std::size_t index) const;
    protocol::PersonId person(std::size_t index) const;
    std::vector<protocol::PersonId> people(std::size_t index) const;
    template <base::NamedEnum E>
    E word(std::size_t index) const {
        const auto value = base::value_named<E>(text(index));
        if (!value) fail_play("\"" + text(index) + "\" is not such a word");
        return *value;
    }

private:
    const Play& play_;
    std::vector<std::string> values_;
};

class Sentences {
public:
    using Does = std::function<void(Play&, const Blanks&)>;
    using Tells = std::function<void(const Play&, const Blanks&)>;
    using Sees = std::function<void(const Sight&, const Blanks&)>;

    void does(std::string_view pattern, Does does);
    void tells(std::string_view pattern, Tells tells);
    void sees(std::string_view pattern, Sees sees);

    /// Plays one sentence. Throws PlayFailed, also for a sentence that nobody knows; that names
    /// those that are nearest to it.
    void play(Play& play, const std::string& sentence) const;

private:
    struct Row {
        std::string pattern;
        std::regex regex;
        std::size_t literal{};
        Does does;
        Tells tells;
        Sees sees;
    };
    void add(std::string_view pattern, Does does, Tells tells, Sees sees);
    std::string nearest(const std::string& sentence) const;

    std::vector<Row> rows_;
};

/// Makes the sentences of a subject known. Stands in the subject's own file, which no other names:
///     const Subject help_sentences{add_help_sentences};
class Subject {
public:
    using AddSentences = void (*)(Sentences&);
    explicit Subject(AddSentences add);
};

/// Those of all subjects.
const Sentences& all_sentences();

}  // namespace etakahvila::testing
