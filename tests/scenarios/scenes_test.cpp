// Every play of this folder is a test: what its minutes say is done, and what they say is seen.
// A play is plain sentences, one on each line; lines that begin with # say what it is about.

#include <algorithm>
#include <filesystem>

#include "scenarios/play.hpp"
#include "scenarios/sentences.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

namespace etakahvila::testing {
namespace {

std::string trimmed(std::string line) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    line.erase(line.begin(), std::find_if_not(line.begin(), line.end(), is_blank));
    while (!line.empty() && is_blank(line.back())) line.pop_back();
    return line;
}

void perform(const std::string& file, const std::string& text) {
    Play play;
    std::size_t number = 0;
    std::size_t said = 0;
    const auto at_line = [&](const auto& what) {
        try {
            what();
        } catch (const PlayFailed& failed) {
            FAIL(file << ":" << number << ": " << failed.what());
        }
    };
    for (const auto& line : lines_of(text)) {
        ++number;
        const auto sentence = trimmed(line);
        if (sentence.empty() || sentence.front() == '#') continue;
        ++said;
        at_line([&] { all_sentences().play(play, sentence); });
    }
    at_line([&] { play.end(); });
    REQUIRE(said > 0);
    // What was played can be played again from its steps.
    const auto again = replayed(play.room().steps());
    for (const auto& viewer : all_viewers(play.room().room()))
        CHECK(snapshot(again, viewer) == snapshot(play.room().room(), viewer));
}

class Scene : public Catch::ITestInvoker {
public:
    explicit Scene(std::filesystem::path file) : file_{std::move(file)} {}
    void invoke() const override {
        perform(file_.filename().string(), test_file("scenarios/" + file_.filename().string()));
    }

private:
    std::filesystem::path file_;
};

/// Makes a test of each play.
struct Scenes {
    std::vector<std::unique_ptr<Catch::AutoReg>> registered;

    Scenes() {
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator{ETAKAHVILA_TESTS "/scenarios"}) {
            if (entry.path().extension() == ".scene") files.push_back(entry.path());
        }
        std::sort(files.begin(), files.end());
        for (const auto& file : files) {
            // The registry owns and deletes what invokes a test.
            registered.push_back(std::make_unique<Catch::AutoReg>(new Scene{file}, CATCH_INTERNAL_LINEINFO,
                Catch::StringRef{}, Catch::NameAndTags{file.stem().string(), "[scene]"}));
        }
    }
};

const Scenes scenes;

void perform_and_fail(const std::string& text) {
    Play play;
    for (const auto& line : lines_of(text)) all_sentences().play(play, line);
    play.end();
}

}  // namespace

TEST_CASE("a play with a sentence that nobody knows fails and names the nearest") {
    CHECK_THROWS_WITH(
        perform_and_fail("Mustikka comes in.\nMustikka comes out."), Catch::Contains("<person> comes in."));
}

TEST_CASE("a play that does not tell of a refusal fails") {
    CHECK_THROWS_WITH(perform_and_fail("Mustikka comes in.\nMustikka asks for the floor.\nMustikka leaves."),
        Catch::Contains("refused: not_now"));
    CHECK_THROWS_WITH(
        perform_and_fail("Mustikka comes in.\nMustikka asks for the floor."), Catch::Contains("refused: not_now"));
    CHECK_THROWS_WITH(perform_and_fail("Mustikka comes in.\nMustikka asks for the floor.\nIt is refused: busy."),
        Catch::Contains("not_now"));
    CHECK_THROWS_WITH(perform_and_fail("Mustikka comes in.\nIt is refused: busy."), Catch::Contains("done"));
}

TEST_CASE("a play that expects what is not seen fails, and so does one that sees what it denies") {
    CHECK_THROWS_AS(perform_and_fail("Mustikka comes in.\nMustikka sees: the phase is live."), PlayFailed);
    CHECK_THROWS_AS(perform_and_fail("Mustikka comes in.\nMustikka does not see: the phase is planned."), PlayFailed);
}

}  // namespace etakahvila::testing
