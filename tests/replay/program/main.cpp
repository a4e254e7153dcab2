// etakahvila-replay: plays recorded meetings into a server as clients, over real WebSockets, and
// says whether the room kept its promises.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <optional>

#include <CLI/CLI.hpp>

#include "player/performance.hpp"
#include "support/child_server.hpp"

namespace {

using namespace etakahvila;

struct Options {
    std::vector<std::string> files;
    std::string server;
    std::string key;
    std::vector<std::int64_t> sessions;
    bool is_insecure = false;
    double rate = 60;
    std::size_t copies = 1;
    std::size_t parallel = 1;
    std::string mode = "open";
    bool is_json = false;
    std::uint64_t seed = 1;
};

constexpr std::size_t people_max = 297;

player::Script read_script(const std::string& file) {
    std::ifstream stream{file};
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    auto read = player::read_meeting(std::filesystem::path{file}.stem(), text);
    if (const auto* bad = std::get_if<std::vector<player::BadRecord>>(&read)) {
        throw std::runtime_error{file + ": " + player::to_words(*bad)};
    }
    return player::script_of(std::get<player::Meeting>(read));
}

/// How much memory the server has for each connection, seen at the moment of the most.
class MemoryWatch {
public:
    explicit MemoryWatch(const testing::ChildServer* server) : server_{server} {}

    void connections_changed(std::ptrdiff_t difference) {
        if (server_ == nullptr) return;
        if (before_kib_ == 0) before_kib_ = server_->memory_kib();
        connections_ += difference;
        if (connections_ <= most_) return;
        most_ = connections_;
        at_most_kib_ = server_->memory_kib();
    }

    std::string json() const {
        return "{\"server_kib_before\":" + std::to_string(before_kib_) +
               ",\"connections_most\":" + std::to_string(most_) +
               ",\"server_kib_at_most\":" + std::to_string(at_most_kib_) +
               ",\"kib_per_connection\":" + std::to_string(per_connection()) + "}";
    }
    std::string line() const {
        return "server: " + std::to_string(before_kib_) + " KiB before, " + std::to_string(at_most_kib_) +
               " KiB with " + std::to_string(most_) + " connections: " + std::to_string(per_connection()) +
               " KiB each, rooms and all";
    }

private:
    std::int64_t per_connection() const { return most_ == 0 ? 0 : (at_most_kib_ - before_kib_) / most_; }

    const testing::ChildServer* server_;
    std::int64_t before_kib_{};
    std::int64_t at_most_kib_{};
    std::ptrdiff_t connections_{};
    std::ptrdiff_t most_{};
};

class Program {
public:
    explicit Program(Options options) : options_{std::move(options)} {}

    int run() {
        for (const auto& file : options_.files) scripts_.push_back(read_script(file));
        for (const auto& script : scripts_) {
            if (script.people.size() * options_.copies > people_max)
                throw std::runtime_error{script.name + ": more people than a room takes"};
        }
        auto address = options_.server;
        if (address.empty()) {
            child_.emplace(std::filesystem::read_symlink("/proc/self/exe").parent_path() / "etakahvila");
            for (const auto& script : scripts_)
                options_.sessions.push_back(child_->plan_session("Toisto " + script.name));
            options_.key = child_->make_key();
            address = child_->start();
            options_.is_insecure = true;
        }
        if (!options_.sessions.empty() && options_.sessions.size() < scripts_.size())
            throw std::runtime_error{"--session names fewer sessions than there are meetings"};
        const auto server = client::ServerAddress::parse(address);
        if (!server) throw std::runtime_error{"--server is no address such as wss://cafe.example.fi"};

        client_.emplace(loop_, *server, !options_.is_insecure);
        coordinator_.emplace(*client_, options_.key);
        memory_.emplace(child_ ? &*child_ : nullptr);
        loop_.on_end_asked([this] { loop_.stop(); });
        for (std::size_t each = 0; each < options_.parallel; ++each) play_next();
        loop_.run();
        return conclude();
    }

private:
    void play_next() {
        if (next_ == scripts_.size()) {
            if (played_ == scripts_.size()) loop_.stop();
            return;
        }
        const auto number = next_++;
        player::PlaySettings settings{.rate = options_.rate,
            .copies = options_.copies,
            .mode = *base::value_named<protocol::ChatMode>(options_.mode),
            .seed = options_.seed + number};
        if (!options_.sessions.empty()) settings.session = protocol::SessionId{options_.sessions[number]};
        auto& performance = *performances_.emplace_back(std::make_unique<player::Performance>(
            player::Performance::Parts{.loop = loop_,
                .client = *client_,
                .coordinator = *coordinator_,
                .connections_changed = [this](std::ptrdiff_t difference) { memory_->connections_changed(difference); }},
            scripts_[number], settings));
        performance.play([this](const player::PlayReport& report) {
            ++played_;
            all_good_ = all_good_ && report.is_good();
            std::cout << (options_.is_json ? player::to_json(report) : player::to_line(report)) << std::endl;
            add_to_sum(report);
            play_next();
        });
    }

    void add_to_sum(const player::PlayReport& report) {
        sum_.people += report.people;
        sum_.connections += report.connections;
        sum_.messages_sent += report.messages_sent;
        sum_.messages_delivered += report.messages_delivered;
        sum_.lost += report.lost + report.doubled + report.reordered + report.gaps;
        sum_.queue_answers += report.queue_answers;
        sum_.queue_matched += report.queue_matched;
        sum_.queue_explained += report.queue_explained;
        sum_.attendance_error_max_seconds = std::max(
            sum_.attendance_error_max_seconds, report.attendance_error_max_seconds);
        for (const auto& [rule, count] : report.explained_by) sum_.explained_by[rule] += count;
    }

    int conclude() {
        const bool is_whole = played_ == scripts_.size();
        if (!options_.is_json) {
            std::cout << played_ << " meetings of " << scripts_.size() << ": " << sum_.people << " people, "
                      << sum_.connections << " connections, " << sum_.messages_sent << " messages, "
                      << sum_.messages_delivered << " delivered, " << sum_.lost << " lost, doubled or out of order; "
                      << sum_.queue_answers << " queues: " << sum_.queue_matched << " matched, " << sum_.queue_explained
                      << " explained, " << sum_.queue_answers - sum_.queue_matched - sum_.queue_explained
                      << " not; attendance within " << sum_.attendance_error_max_seconds << " s\n";
            for (const auto& [rule, count] : sum_.explained_by)
                std::cout << "explained by " << rule << ": " << count << '\n';
        }
        if (child_) {
            std::cout << (options_.is_json ? memory_->json() : memory_->line()) << std::endl;
            const auto code = child_->end();
            if (code != 0) {
                std::cerr << "The server ended with " << code << ".\n";
                return 1;
            }
        }
        return is_whole && all_good_ ? 0 : 1;
    }

    Options options_;
    std::vector<player::Script> scripts_;
    std::optional<testing::ChildServer> child_;
    client::ClientLoop loop_;
    std::optional<client::Client> client_;
    std::optional<player::Coordinator> coordinator_;
    std::optional<MemoryWatch> memory_;
    std::vector<std::unique_ptr<player::Performance>> performances_;
    std::size_t next_{};
    std::size_t played_{};
    bool all_good_ = true;
    player::PlayReport sum_;
};

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App program{
        "Plays recorded meetings into a server as clients, and says whether the room kept its promises. Starts a "
        "server of its own when none is named.",
        "etakahvila-replay"};
    program.add_option("files", options.files, "Recorded meetings, one JSON object a line")
        ->required()
        ->check(CLI::ExistingFile);
    auto* server = program.add_option("--server", options.server, "A server that runs: wss://host:port");
    program.add_option("--key", options.key, "Its coordinator's key")->needs(server);
    program
        .add_option("--session", options.sessions,
            "Sessions planned there with a facilitator and two moderators, one for each meeting; made by the API when "
            "none is named")
        ->needs(server);
    program.add_flag("--insecure", options.is_insecure, "Take its certificate unchecked")->needs(server);
    program.add_option("--rate", options.rate, "How many times faster than it was")
        ->check(CLI::Range(0.1, 1e6))
        ->capture_default_str();
    program.add_option("--copies", options.copies, "Each person so many times")
        ->check(CLI::Range(1, 50))
        ->capture_default_str();
    program.add_option("--parallel", options.parallel, "So many meetings at once, each in a room of its own")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    program.add_option("--mode", options.mode, "Of the chat")
        ->check(CLI::IsMember({"open", "first_held", "all_held"}))
        ->capture_default_str();
    program.add_option("--seed", options.seed, "Of the made-up texts")->capture_default_str();
    program.add_flag("--json", options.is_json, "One JSON object a line");
    CLI11_PARSE(program, argc, argv);
    try {
        return Program{std::move(options)}.run();
    } catch (const std::exception& fault) {
        std::cerr << "etakahvila-replay: " << fault.what() << '\n';
        return 1;
    }
}
