// Ninety people chat over real WebSockets. How long do a flood by one of them, and a call for help,
// take the others and the moderators?

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "base/json.hpp"
#include "player/coordinator.hpp"
#include "player/member.hpp"
#include "player/performance.hpp"
#include "support/child_server.hpp"

namespace {

using namespace etakahvila;
using namespace etakahvila::player;
using namespace protocol;
using namespace std::chrono_literals;

constexpr std::size_t people = 90;
/// Each of the others writes so often, on average.
constexpr std::chrono::milliseconds writes_every{3000};
constexpr std::chrono::milliseconds floods_every{20};
constexpr std::chrono::milliseconds asks_every{250};
/// A client sends no faster than a person may; three of one person's together do.
constexpr std::size_t flooding_clients = 3;

double milliseconds_between(Instant from, Instant to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

enum class Part : std::uint8_t { calm, flood, help };

class Evening final : public Watcher {
public:
    Evening(client::ClientLoop& loop, client::Client& client, std::string key, SessionId session,
        std::chrono::seconds part, int rounds)
        : loop_{loop},
          client_{client},
          coordinator_{client, std::move(key)},
          session_{session},
          part_length_{part},
          rounds_{rounds} {}

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
            cast(std::get<MadeSession>(made));
        });
    }

    bool tell() {
        const auto line = [](const char* what, std::vector<double> values) {
            const auto spread = spread_of(std::move(values));
            std::cout << what << ": " << spread.count << " measured, p50 " << spread.p50 << " ms, p99 " << spread.p99
                      << " ms, most " << spread.most << " ms\n";
            return spread.p99;
        };
        const auto calm = line("message of others to the last of 90, before the flood", message_times_[Part::calm]);
        const auto flood = line("message of others to the last of 90, during the flood", message_times_[Part::flood]);
        std::cout << "p99 during / before: " << flood / calm << "; of the flood " << flood_accepted_ << " accepted, "
                  << flood_refused_ << " refused as limit_reached\n";
        line("call for help to both moderators, while 90 chat", help_times_);
        for (const auto& [what, count] : faults_) std::cout << "fault: " << what << " (" << count << ")\n";
        return faults_.empty();
    }

    // ---- Watcher

    void told(Device& device, Instant at) override {
        for (const auto place : device.view().told_now()) last_told_[place] = at;
        if (device.role() != Role::moderator) return;
        for (const auto* help : device.view().all<HelpRequest>()) {
            if (help->state == HelpState::open) help_told_[help->id.value].try_emplace(&device, at);
        }
    }
    void answered(Member& member, const Command& command, const Outcome& outcome, Instant sent, Instant) override {
        const bool is_flooding = member.person() == flooder_;
        if (std::holds_alternative<SendMessage>(command)) {
            if (is_flooding)
                ++(outcome.refusal ? flood_refused_ : flood_accepted_);
            else if (outcome.refusal)
                went_wrong("a message was refused as " + std::string{base::name_of(outcome.refusal->word)});
            else
                sent_.emplace(outcome.seq, std::pair{sent, part_});
        }
        if (std::holds_alternative<AskForHelp>(command)) {
            if (outcome.refusal)
                return went_wrong(
                    "a call for help was refused as " + std::string{base::name_of(outcome.refusal->word)});
            help_sent_.emplace(outcome.seq, sent);
            member.ask(CancelHelp{HelpId{outcome.seq}});
        }
    }
    void went_wrong(std::string what) override { ++faults_[what]; }
    void moved() override {}

private:
    void fail(const std::string& what) {
        went_wrong(what);
        loop_.stop();
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

    void cast(const MadeSession& made) {
        std::size_t number = 0;
        for (const auto& invited : made.invited) {
            if (invited.role == Role::facilitator && facilitator_ == nullptr)
                facilitator_ = &add(invited, {});
            else if (invited.role == Role::moderator)
                add(invited, {});
            else if (invited.role == Role::participant)
                others_.push_back(&add(invited, "Marja " + std::to_string(++number)));
        }
        flooder_ = others_.back()->person();
        others_.pop_back();
        const auto flooding = std::find_if(
            made.invited.begin(), made.invited.end(), [&](const auto& invited) { return invited.person == flooder_; });
        for (std::size_t each = 0; each < flooding_clients; ++each) flooders_.push_back(&add(*flooding, "Marja 90"));
        bring(*facilitator_, [this] {
            facilitator_->ask(OpenDoors{});
            facilitator_->ask(GoLive{}, [this](const Outcome& outcome) {
                if (outcome.refusal) return fail("the session did not begin");
                for (const auto& member : members_) {
                    if (member.get() != facilitator_)
                        bring(*member, [this] {
                            if (++in_ + 1 == members_.size()) next_part();
                        });
                }
            });
        });
    }

    void bring(Member& member, std::function<void()> in) {
        devices_.push_back(member.device("mittaus"));
        devices_.back()->come_in(std::move(in));
    }

    /// Calm and flood take turns, so that what else the machine does falls on both; then help.
    void next_part() {
        const auto number = parts_done_++;
        if (number == 2 * rounds_ + 1) return conclude();
        part_ = number == 2 * rounds_ ? Part::help : number % 2 == 0 ? Part::calm : Part::flood;
        const auto until = now() + part_length_;
        if (number == 0)
            for (auto* other : others_) write_on(*other);
        if (part_ == Part::flood) flood_on(until);
        if (part_ == Part::help) ask_on(until);
        // What was sent last of a part is told in the pause after it.
        loop_.after(
            std::chrono::duration_cast<std::chrono::milliseconds>(part_length_) + 500ms, [this] { next_part(); });
    }

    void write_on(Member& member) {
        std::exponential_distribution<double> wait{1.0 / static_cast<double>(writes_every.count())};
        const std::chrono::milliseconds delay{2000 + static_cast<std::int64_t>(wait(dice_) / 3)};
        loop_.after(delay, [this, &member] {
            if (is_over_) return;
            member.ask(SendMessage{.channel = Channel::room,
                .text = "Minua auttaa kirja, pari sivua, numero " + std::to_string(++texts_),
                .reply_to = {}});
            write_on(member);
        });
    }

    void flood_on(Instant until) {
        if (now() >= until) return;
        flooders_[texts_ % flooders_.size()]->ask(
            SendMessage{.channel = Channel::room, .text = "Tulva " + std::to_string(++texts_), .reply_to = {}});
        loop_.after(floods_every, [this, until] { flood_on(until); });
    }

    void ask_on(Instant until) {
        if (now() >= until) return;
        others_[asked_++ % others_.size()]->ask(
            AskForHelp{.kind = HelpKind::cannot_hear, .words = {}, .call_back = {}});
        loop_.after(asks_every, [this, until] { ask_on(until); });
    }

    void conclude() {
        is_over_ = true;
        for (const auto& [place, sent] : sent_) {
            if (const auto told = last_told_.find(place); told != last_told_.end())
                message_times_[sent.second].push_back(milliseconds_between(sent.first, told->second));
            else
                went_wrong("a message of the others was told to nobody");
        }
        for (const auto& [help, sent] : help_sent_) {
            const auto& told = help_told_[help];
            // Cancelled as soon as it is answered, so a moderator may be told of the cancellation alone.
            if (told.size() < 2) continue;
            Instant last = sent;
            for (const auto& [device, at] : told) last = std::max(last, at);
            help_times_.push_back(milliseconds_between(sent, last));
        }
        devices_.clear();
        loop_.stop();
    }

    client::ClientLoop& loop_;
    client::Client& client_;
    Coordinator coordinator_;
    SessionId session_;
    std::chrono::seconds part_length_;
    int rounds_;
    simdjson::dom::parser parser_;
    std::mt19937 dice_{20'161'213};

    std::vector<std::unique_ptr<Member>> members_;
    std::vector<std::shared_ptr<Device>> devices_;
    Member* facilitator_{};
    std::vector<Member*> others_;
    std::vector<Member*> flooders_;
    PersonId flooder_;
    std::size_t in_{};
    int parts_done_{};
    Part part_{};
    bool is_over_ = false;
    std::size_t texts_{};
    std::size_t asked_{};

    std::map<std::int64_t, std::pair<Instant, Part>> sent_;
    std::map<std::int64_t, Instant> last_told_;
    std::map<std::int64_t, Instant> help_sent_;
    std::map<std::int64_t, std::map<Device*, Instant>> help_told_;
    std::map<Part, std::vector<double>> message_times_;
    std::vector<double> help_times_;
    std::size_t flood_accepted_{};
    std::size_t flood_refused_{};
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
        Evening evening{loop, client, std::move(key), session, is_quick ? 5s : 15s, is_quick ? 1 : 3};
        evening.begin();
        loop.run();
        const bool is_good = evening.tell();
        return server.end() == 0 && is_good ? 0 : 1;
    } catch (const std::exception& fault) {
        std::cerr << fault.what() << '\n';
        return 1;
    }
}
