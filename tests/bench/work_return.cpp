// Ninety people chat over real WebSockets and return their assignments within a minute. How long does each wait for
// "it is returned", and how long do staff wait for the desk of all ninety?

#include <filesystem>
#include <iostream>
#include <map>
#include <random>

#include "base/json.hpp"
#include "player/coordinator.hpp"
#include "player/member.hpp"
#include "player/performance.hpp"
#include "protocol/api/work.hpp"
#include "support/child_server.hpp"

namespace {

using namespace etakahvila;
using namespace etakahvila::player;
using namespace protocol;
using namespace std::chrono_literals;

constexpr std::size_t people = 90;
/// Each of them writes to the chat so often, on average.
constexpr std::chrono::milliseconds writes_every{3000};
constexpr int desks = 30;

double milliseconds_since(Instant from) { return std::chrono::duration<double, std::milli>(now() - from).count(); }

class Hour final : public Watcher {
public:
    Hour(client::ClientLoop& loop, client::Client& client, std::string key, SessionId session,
        std::chrono::milliseconds within)
        : loop_{loop},
          client_{client},
          key_{std::move(key)},
          coordinator_{client, key_},
          path_{"/api/sessions/" + std::to_string(session.value)},
          session_{session},
          within_{within} {}

    void begin() {
        SessionWish wish{.planned = session_,
            .theme = "Uni",
            .series = "Mittaus",
            .question = {},
            .help_phone = {},
            .hours = session_today(),
            .registrations = made_up_registrations(people),
            .facilitators = {},
            .moderators = {}};
        coordinator_.make_session(std::move(wish), [this](std::variant<MadeSession, ApiFault> made) {
            if (const auto* fault = std::get_if<ApiFault>(&made)) return fail(fault->what);
            made_ = std::get<MadeSession>(std::move(made));
            plan_assignment();
        });
    }

    bool tell() {
        // Each over a connection of its own, with its handshake: what an answer costs without any work is beside it.
        const auto line = [](const char* what, std::vector<double> values) {
            const auto spread = spread_of(std::move(values));
            std::cout << what << ": " << spread.count << " measured, p50 " << spread.p50 << " ms, p99 " << spread.p99
                      << " ms, most " << spread.most << " ms\n";
        };
        line("looked at the assignment", looks_);
        line("saved a draft", drafts_);
        line("returned", returns_);
        line("the desk of 90", desks_);
        for (const auto& [what, count] : faults_) std::cout << "fault: " << what << " (" << count << ")\n";
        return faults_.empty() && returns_.size() == people;
    }

    void told(Device&, Instant) override {}
    void answered(Member&, const Command&, const Outcome& outcome, Instant, Instant) override {
        if (outcome.refusal) went_wrong("refused as " + std::string{base::name_of(outcome.refusal->word)});
    }
    void went_wrong(std::string what) override { ++faults_[what]; }
    void moved() override {}

private:
    using Next = std::function<void(const client::HttpAnswer&)>;

    void fail(const std::string& what) {
        went_wrong(what);
        loop_.stop();
    }

    /// How long the answer took goes to `times`.
    void ask(client::HttpRequest request, std::vector<double>* times, Next next) {
        client_.request(std::move(request), [this, times, asked = now(), next = std::move(next)](auto answer) {
            if (!answer.is_good())
                return fail("no answer: " + std::to_string(answer.status) + ' ' + answer.failure + answer.body);
            if (times != nullptr) times->push_back(milliseconds_since(asked));
            next(answer);
        });
    }

    void plan_assignment() {
        const AssignmentBody body{.id = {},
            .version = {},
            .title = "Oma unirytmi",
            .text = "Kirjoita omin sanoin.",
            .questions = {"Milloin nukuit viimeksi hyvin?", "Mitä kokeilet tällä viikolla?"},
            .hint = {},
            .item = {},
            .minutes = 60,
            .ways = {},
            .is_choice = {},
            .second_look = {}};
        ask({.method = "POST", .target = path_ + "/assignments", .body = base::json::to_text(body), .bearer = key_},
            nullptr, [this](const client::HttpAnswer& answer) {
                simdjson::dom::parser parser;
                auto read = base::json::from_text<AssignmentsAnswer>(parser, answer.body);
                const auto* listed = std::get_if<AssignmentsAnswer>(&read);
                if (listed == nullptr || !listed->changed) return fail("no assignment was made");
                assignment_ = *listed->changed;
                open_room();
            });
    }

    Member& add(const Invited& invited, std::string name) {
        return *members_.emplace_back(std::make_unique<Member>(Member::Parts{.loop = loop_,
            .client = client_,
            .watcher = *this,
            .parser = parser_,
            .secret = invited.secret,
            .nickname = std::move(name),
            .person = invited.person,
            .tab = static_cast<std::uint32_t>(dice_() & 0xffffffU)}));
    }

    void bring(Member& member, std::function<void()> in) {
        devices_.push_back(member.device("mittaus"));
        devices_.back()->come_in(std::move(in));
    }

    void open_room() {
        for (const auto& invited : made_.invited) {
            if (invited.role == Role::facilitator && facilitator_ == nullptr) {
                facilitator_secret_ = invited.secret;
                facilitator_ = &add(invited, {});
            } else if (invited.role == Role::participant) {
                secrets_.push_back(invited.secret);
                add(invited, "Marja " + std::to_string(secrets_.size()));
            }
        }
        bring(*facilitator_, [this] {
            facilitator_->ask(OpenDoors{});
            facilitator_->ask(GoLive{});
            facilitator_->ask(OpenAssignment{assignment_}, [this](const Outcome&) {
                for (const auto& member : members_) {
                    if (member.get() == facilitator_) continue;
                    bring(*member, [this] {
                        if (++in_ == people) begin_hour();
                    });
                }
            });
        });
    }

    void begin_hour() {
        for (const auto& member : members_) {
            if (member.get() != facilitator_) write_on(*member);
        }
        std::uniform_int_distribution<std::int64_t> when{0, within_.count()};
        for (const auto& secret : secrets_) {
            loop_.after(std::chrono::milliseconds{when(dice_)}, [this, secret] { look(secret); });
        }
    }

    void write_on(Member& member) {
        std::exponential_distribution<double> wait{1.0 / static_cast<double>(writes_every.count())};
        loop_.after(std::chrono::milliseconds{1500 + static_cast<std::int64_t>(wait(dice_) / 2)}, [this, &member] {
            if (is_over_) return;
            member.ask(SendMessage{.channel = Channel::room,
                .text = "Minua auttaa kirja, pari sivua, numero " + std::to_string(++texts_),
                .reply_to = {}});
            write_on(member);
        });
    }

    void look(const std::string& secret) {
        ask({.method = "GET", .target = "/api/work", .bearer = secret}, &looks_,
            [this, secret](const client::HttpAnswer&) { save(secret); });
    }

    void save(const std::string& secret) {
        const DraftBody draft{
            .assignment = assignment_, .version = 0, .fields = {"Viime tiistaina.", ""}, .settles = {}};
        ask({.method = "POST", .target = "/api/work/draft", .body = base::json::to_text(draft), .bearer = secret},
            &drafts_, [this, secret](const client::HttpAnswer&) { give_in(secret); });
    }

    void give_in(const std::string& secret) {
        const ReturnBody given{.assignment = assignment_,
            .version = 1,
            .fields = {"Viime tiistaina.", "Puhelin jää eteiseen."},
            .settles = {},
            .sharing = {},
            .wants_call = {}};
        ask({.method = "POST", .target = "/api/work/return", .body = base::json::to_text(given), .bearer = secret},
            &returns_, [this](const client::HttpAnswer&) {
                if (returns_.size() == people) open_desk();
            });
    }

    /// The chat goes on.
    void open_desk() {
        ask({.method = "GET", .target = path_ + "/work", .bearer = facilitator_secret_}, &desks_,
            [this](const client::HttpAnswer&) {
                if (desks_.size() < desks) return open_desk();
                is_over_ = true;
                devices_.clear();
                loop_.stop();
            });
    }

    client::ClientLoop& loop_;
    client::Client& client_;
    std::string key_;
    Coordinator coordinator_;
    std::string path_;
    SessionId session_;
    std::chrono::milliseconds within_;
    simdjson::dom::parser parser_;
    std::mt19937 dice_{20'261'129};

    MadeSession made_;
    AssignmentId assignment_;
    std::vector<std::unique_ptr<Member>> members_;
    std::vector<std::shared_ptr<Device>> devices_;
    Member* facilitator_{};
    std::string facilitator_secret_;
    std::vector<std::string> secrets_;
    std::size_t in_{};
    std::size_t texts_{};
    bool is_over_ = false;

    std::vector<double> looks_, drafts_, returns_, desks_;
    std::map<std::string, int> faults_;
};

}  // namespace

int main(int argc, char** argv) {
    const bool is_quick = argc > 1 && std::string_view{argv[1]} == "--quick";
    try {
        testing::ChildServer server{std::filesystem::read_symlink("/proc/self/exe").parent_path() / "etakahvila"};
        const SessionId session{server.plan_session("Mittaus")};
        auto key = server.make_key();
        const auto address = client::ServerAddress::parse(server.start());
        client::ClientLoop loop;
        client::Client client{loop, *address, false};
        Hour hour{loop, client, std::move(key), session, is_quick ? 10s : 60s};
        hour.begin();
        loop.run();
        const bool is_good = hour.tell();
        return server.end() == 0 && is_good ? 0 : 1;
    } catch (const std::exception& fault) {
        std::cerr << fault.what() << '\n';
        return 1;
    }
}
