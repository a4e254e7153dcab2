#include <array>

#include <signal.h>

#include "program/scenarios.hpp"

#include "program/pace.hpp"

namespace etakahvila::faults {
namespace {

using namespace std::chrono_literals;

/// Long enough for a stretch of work, short enough to strike in the midst of things.
std::chrono::milliseconds moment(Stage& stage) { return 20ms + std::chrono::milliseconds{stage.dice() % 300}; }

/// The calls by which the server changes something outside of itself, or learns of it.
constexpr std::array struck_calls{"pwrite64", "fdatasync", "write", "read", "openat", "ftruncate", "unlink", "fcntl",
    "close", "epoll_ctl", "accept", "recvfrom"};

}  // namespace

Stage::Verdict kills(const StageSettings& settings, std::size_t times) {
    Stage stage{settings};
    std::size_t done = 0;
    std::function<void()> strike = [&] {
        if (done == times) return stage.end();
        stage.loop.after(moment(stage), [&] {
            stage.strike([&] { stage.server.kill(); });
            ++done;
            stage.start();
            stage.when_all_back(strike);
        });
    };
    stage.run(strike);
    return stage.verdict("kills", count_of("kills", done));
}

Stage::Verdict restarts(const StageSettings& settings, std::size_t times) {
    Stage stage{settings};
    std::size_t done = 0;
    std::function<void()> strike = [&] {
        if (done == times) return stage.end();
        stage.loop.after(moment(stage), [&] {
            stage.strike([&] { stage.server.end(); });
            ++done;
            stage.start();
            stage.when_all_back(strike);
        });
    };
    stage.run(strike);
    return stage.verdict("restarts", count_of("restarts", done));
}

Stage::Verdict syscall_kills(const StageSettings& settings, std::size_t each_max) {
    Stage stage{settings};
    std::size_t kills = 0, call = 0, number = 0, began_with = 0;
    std::string reached;
    std::function<void()> next, watch;
    const auto go_on = [&](bool is_reached) {
        stage.strike([&] { stage.server.kill(); });
        if (is_reached) ++kills;
        if (!is_reached || number == each_max) {
            reached += (reached.empty() ? "\"" : ",\"") + std::string{struck_calls[call]} +
                       "\":" + std::to_string(is_reached ? number : number - 1);
            ++call;
            number = 0;
        }
        stage.loop.post(next);
    };
    next = [&] {
        if (call == struck_calls.size()) {
            stage.start();
            return stage.end();
        }
        ++number;
        const std::string name = struck_calls[call];
        began_with = stage.crowd().ledger().size();
        // It may strike before the server listens.
        if (!stage.start({"strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + name, "-e",
                "inject=" + name + ":signal=KILL:when=" + std::to_string(number)}))
            return go_on(true);
        stage.crowd().when_lines_gone(watch);
    };
    watch = [&] {
        if (!stage.server.is_running()) return go_on(true);
        if (stage.crowd().ledger().size() >= began_with + stretch) return go_on(false);
        stage.loop.after(look_every, watch);
    };
    stage.run([&] {
        stage.strike([&] { stage.server.kill(); });
        next();
    });
    return stage.verdict("syscall_kills", count_of("kills", kills) + "\"reached\":{" + reached + "},");
}

Stage::Verdict pause(const StageSettings& settings, std::chrono::seconds span) {
    Stage stage{settings};
    stage.run([&] {
        ::kill(stage.server.pid(), SIGSTOP);
        stage.loop.after(span, [&] {
            ::kill(stage.server.pid(), SIGCONT);
            stage.when_all_back([&] { stage.loop.after(500ms, [&] { stage.end(); }); });
        });
    });
    return stage.verdict("pause", count_of("seconds", static_cast<std::size_t>(span.count())));
}

Stage::Verdict cuts(const StageSettings& settings, std::size_t times) {
    Stage stage{settings};
    std::size_t done = 0;
    std::function<void()> strike = [&] {
        if (done == times) return stage.end();
        stage.loop.after(moment(stage), [&] {
            ++done;
            const auto from = player::now();
            stage.crowd().cut_all([&, from] {
                stage.back_ms.push_back(std::chrono::duration<double, std::milli>(player::now() - from).count());
                strike();
            });
        });
    };
    stage.run(strike);
    return stage.verdict("cuts", count_of("cuts", done));
}

}  // namespace etakahvila::faults
