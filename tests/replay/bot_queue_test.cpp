#include <filesystem>

#include "player/bot_queue.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace etakahvila::player;
using Kind = BotQueue::Verdict::Kind;
using Queue = std::vector<PersonNumber>;

TEST_CASE("queues that show each person's first place alike match") {
    BotQueue bot;
    bot.asked(1);
    bot.asked(2);
    bot.asked(1);
    CHECK(bot.judge({1, 2, 1}, {1, 2}).kind == Kind::matched);
    CHECK(bot.waits_in_room(1));
}

TEST_CASE("whoever had asked twice and was given the floor waits no more") {
    BotQueue bot;
    bot.asked(1);
    bot.asked(2);
    bot.asked(1);
    bot.granted(1);
    const auto verdict = bot.judge({2, 1}, {2});
    CHECK(verdict.kind == Kind::explained);
    CHECK(verdict.rules == std::vector{QueueRule::one_open_request_per_person});
    CHECK_FALSE(bot.waits_in_room(1));

    SECTION("asking anew they stand at the end, where the bot still had their old place") {
        bot.asked(3);
        bot.asked(1);
        CHECK(bot.judge({2, 1, 3, 1}, {2, 3, 1}).kind == Kind::explained);
        CHECK(bot.judge({2, 1, 3, 1}, {2, 1, 3}).kind == Kind::matched);

        SECTION("and the floor ends that waiting too") {
            bot.granted(1);
            const auto after = bot.judge({2, 3, 1}, {2, 3});
            CHECK(after.kind == Kind::explained);
            CHECK(after.rules == std::vector{QueueRule::a_turn_ends_the_waiting});
        }
    }
}

TEST_CASE("whoever takes a request back waits no more") {
    BotQueue bot;
    bot.asked(1);
    bot.asked(2);
    bot.asked(1);
    bot.took_back(1);
    CHECK(bot.judge({2, 1}, {2}).rules == std::vector{QueueRule::one_open_request_per_person});
    bot.asked(1);
    bot.took_back(1);
    CHECK(bot.judge({2, 1}, {2}).rules == std::vector{QueueRule::taking_back_ends_the_waiting});
}

TEST_CASE("whoever says goodbye gives up their place") {
    BotQueue bot;
    bot.asked(1);
    bot.asked(2);
    bot.left(1);
    const auto verdict = bot.judge({1, 2}, {2});
    CHECK(verdict.kind == Kind::explained);
    CHECK(verdict.rules == std::vector{QueueRule::leaving_gives_up_the_place});
}

TEST_CASE("a difference that no rule gives stays one") {
    BotQueue bot;
    bot.asked(1);
    bot.asked(2);
    CHECK(bot.judge({1, 2}, {2, 1}).kind == Kind::unmatched);
    CHECK(bot.judge({1, 2}, {1}).kind == Kind::unmatched);
    CHECK(bot.judge({1, 2}, {1, 2, 3}).kind == Kind::unmatched);
    bot.asked(1);
    bot.granted(1);
    // The rule would give {2}; it does not excuse what else is missing, nor another bot.
    CHECK(bot.judge({2, 1}, {}).kind == Kind::unmatched);
    CHECK(bot.judge({1, 2, 1}, {2}).kind == Kind::unmatched);
}

namespace {

/// The room's queue as RULES.md has it, written down once more in the simplest way.
struct PlainQueue {
    Queue waiting;

    void ask(PersonNumber person) {
        if (std::find(waiting.begin(), waiting.end(), person) == waiting.end()) waiting.push_back(person);
    }
    void stop(PersonNumber person) { std::erase(waiting, person); }
};

}  // namespace

TEST_CASE("all recorded meetings: the bot's answers match the rules or are explained by them") {
    std::size_t answers = 0, explained = 0;
    for (const auto& file : std::filesystem::directory_iterator{ETAKAHVILA_TESTS "/data/meetings"}) {
        const auto name = file.path().filename().string();
        CAPTURE(name);
        auto read = read_meeting(name, etakahvila::testing::test_file("data/meetings/" + name));
        REQUIRE(std::holds_alternative<Meeting>(read));
        BotQueue bot;
        PlainQueue room;
        for (const auto& step : script_of(std::get<Meeting>(read)).steps) {
            if (const auto* ask = std::get_if<Ask>(&step.what)) {
                bot.asked(ask->person);
                room.ask(ask->person);
            } else if (const auto* withdraw = std::get_if<Withdraw>(&step.what)) {
                bot.took_back(withdraw->person);
                room.stop(withdraw->person);
            } else if (const auto* grant = std::get_if<Grant>(&step.what)) {
                bot.granted(grant->person);
                room.stop(grant->person);
            }
            if (!step.answer) continue;
            ++answers;
            const auto verdict = bot.judge(*step.answer, room.waiting);
            CAPTURE(step.t);
            CHECK(verdict.kind != Kind::unmatched);
            if (verdict.kind == Kind::explained) ++explained;
        }
    }
    CHECK(answers == 570);
    CHECK(explained > 0);
    CHECK(explained < answers / 10);
}
