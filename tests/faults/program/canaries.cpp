// What a log must never have, looked for in the most talkative one.

#include <signal.h>

#include "program/scenarios.hpp"

namespace etakahvila::faults {

using namespace std::chrono_literals;

Stage::Verdict canaries(const StageSettings& settings) {
    auto talkative = settings;
    talkative.log_level = "debug";
    Stage stage{talkative};
    const std::string secret = "Kanarialintukanarialint";
    std::size_t answers_left = 0;
    std::function<void()> then;
    const auto ask = [&](std::string method, std::string target, std::string body, std::string bearer = {}) {
        ++answers_left;
        stage.client().request({.method = std::move(method),
                                   .target = std::move(target),
                                   .body = std::move(body),
                                   .content_type = "application/json",
                                   .bearer = std::move(bearer)},
            [&](const client::HttpAnswer&) {
                if (--answers_left == 0) then();
            });
    };
    const auto knock = [&](std::function<void()> done) {
        then = std::move(done);
        const auto session = "/api/sessions/" + std::to_string(stage.session().value);
        ask("POST", "/api/enter", "{\"secret\":\"" + secret + "\",\"name\":\"" + secret + "\",\"netiquette\":true}");
        ask("POST", "/api/look", "{\"code\":\"" + secret + "\"}");
        ask("POST", "/api/sign-in", "{\"name\":\"" + secret + "\",\"password\":\"" + secret + "\"}");
        ask("POST", "/api/password/look", "{\"secret\":\"" + secret + "\"}");
        ask("GET", "/" + secret + "?" + secret, {});
        ask("GET", session, {}, secret);
        ask("POST", session + "/registrations", "nimi;päätös\n" + secret + ";ei mikään\n;;\n", stage.key());
        ask("POST", session + "/people", "{\"name\":\"" + secret + "\",\"phone\":\"" + secret + "\"}", stage.key());
        ask("POST", session, "{\"theme\":\"" + secret, stage.key());
    };
    std::string log;
    stage.run([&] {
        stage.loop.after(500ms, [&] {
            knock([&] {
                stage.crowd().cut_all([&] {
                    stage.server.hang_up();
                    stage.strike([&] { stage.server.kill(); });
                    stage.start();
                    stage.when_all_back([&] {
                        stage.strike([&] { stage.server.end(); });
                        stage.start();
                        stage.when_all_back([&] { stage.end(); });
                    });
                });
            });
        });
    });
    log = stage.server.log();
    if (log.find("anarialintu") != log.npos) stage.found("what somebody showed or wrote is in the log");
    std::size_t lines = 0;
    for (const auto each : log) lines += each == '\n';
    if (log.find("level=debug") == log.npos && log.find("level=info") == log.npos)
        stage.found("the log says nothing, so that nothing can be found in it");
    return stage.verdict("canaries", count_of("log_lines", lines));
}

}  // namespace etakahvila::faults
