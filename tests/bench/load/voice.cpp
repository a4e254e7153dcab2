#include "voice.hpp"

#include <cstring>

namespace etakahvila::bench {
namespace {

using namespace std::chrono_literals;

constexpr auto late_after = 100ms;
constexpr std::size_t head_bytes = 8;

/// A head and a packet that ends with the number of the frame.
std::string frame_of(std::uint64_t number, std::uint16_t seq, std::size_t packet_bytes) {
    std::string frame(head_bytes + packet_bytes, '\x55');
    const auto clock = static_cast<std::uint32_t>(seq * 960U);
    const char head[] = {'\x11', '\0', static_cast<char>(seq >> 8), static_cast<char>(seq & 0xff), static_cast<char>(clock >> 24), static_cast<char>(clock >> 16 & 0xff), static_cast<char>(clock >> 8 & 0xff), static_cast<char>(clock & 0xff)};
    std::memcpy(frame.data(), head, head_bytes);
    // 20 ms of one frame, for servers that look.
    frame[head_bytes] = '\xf8';
    std::memcpy(frame.data() + frame.size() - sizeof number, &number, sizeof number);
    return frame;
}

}  // namespace

class Voice::Socket final : public Talk {
public:
    Socket(Voice& voice, std::size_t number) : voice_{voice}, line_{voice.way_, *this, number} {}

    void open() {
        if (!voice_.options_.is_room) return line_.connect();
        voice_.guests_[line_.number()]->ask_voice_ticket([this](std::string ticket) {
            ticket_ = std::move(ticket);
            line_.connect();
        });
    }
    Line& line() { return line_; }

private:
    std::size_t room() const { return line_.number() / voice_.options_.people; }

    void connected(Line& line) override { line.upgrade(voice_.options_.is_room ? "/voice" : "/" + std::to_string(room())); }
    void upgraded(Line& line) override {
        if (!voice_.options_.is_room) return ++voice_.open_, void();
        line.send(R"({"type":"voice_hello","version":1,"ticket":")" + ticket_ + R"(","listen":true})");
    }
    void received(Line&, std::string_view message) override {
        if (message.starts_with(R"({"type":"voice_welcome")")) ++voice_.open_;
        voice_.heard(message, Clock::now());
    }
    void lost(Line&, std::string_view) override { ++voice_.lost_; }

    Voice& voice_;
    Line line_;
    std::string ticket_;
};

Voice::Voice(const Way& way, const std::vector<std::unique_ptr<Guest>>& guests, Options options) : way_{way}, guests_{guests}, options_{options}, next_(options.rooms) {
    for (std::size_t number = 0; number < options.rooms * options.people; ++number) sockets_.push_back(std::make_unique<Socket>(*this, number));
}

Voice::~Voice() = default;

bool Voice::open() {
    std::size_t begun = 0;
    return way_.loop.run_until(
        [&] {
            for (; begun < sockets_.size() && begun < open_ + 64; ++begun) sockets_[begun]->open();
            return open_ == sockets_.size();
        },
        60s);
}

void Voice::begin() {
    for (std::size_t each = 0; each < options_.frozen; ++each) sockets_[options_.people - 1 - each]->line().freeze();
    if (options_.is_silent) return;
    for (std::size_t room = 0; room < options_.rooms; ++room) {
        next_[room] = Clock::now() + options_.frame * room / options_.rooms;
        way_.loop.at(next_[room], [this, room] { speak(room); });
    }
}

void Voice::speak(std::size_t room) {
    const auto number = sent_.size();
    sent_.push_back(Clock::now());
    sockets_[room * options_.people]->line().send_binary(frame_of(number, static_cast<std::uint16_t>(number), options_.bytes));
    next_[room] += options_.frame;
    way_.loop.at(next_[room], [this, room] { speak(room); });
}

void Voice::heard(std::string_view message, Instant at) {
    ++messages_;
    if (message.size() < head_bytes + sizeof(std::uint64_t) || message.front() == '{') return;
    std::uint64_t number{};
    std::memcpy(&number, message.data() + message.size() - sizeof number, sizeof number);
    if (number < first_ || number >= sent_.size()) return;
    const auto took = at - sent_[number];
    ++deliveries_;
    if (took > late_after) ++late_;
    latency_.add(took);
}

void Voice::measure(const std::vector<pid_t>& processes, std::chrono::milliseconds span, Report& report) {
    first_ = sent_.size();
    messages_ = 0;
    const auto resident = resident_kib(processes);
    const auto server_before = cpu_time(processes);
    const auto began = Clock::now();
    way_.loop.run_for(span);
    const auto took = Clock::now() - began;
    const auto server = cpu_time(processes) - server_before;
    const auto frames = static_cast<double>(sent_.size() - first_);
    // What is under way comes within this.
    const auto last = sent_.size();
    const auto counted = deliveries_;
    way_.loop.run_for(300ms);
    const auto listeners = options_.people - (options_.is_room ? 1 : 0);
    report.tell("frames", frames);
    report.tell("deliveries", static_cast<double>(counted));
    if (counted != 0) {
        report.tell("cpu_us_per_delivery", static_cast<double>(server.count()) / 1e3 / static_cast<double>(counted));
        report.tell("late_share", static_cast<double>(late_) / static_cast<double>(deliveries_));
        const auto expected = static_cast<double>((last - first_) * listeners) - frames / static_cast<double>(options_.rooms) * static_cast<double>(options_.frozen);
        report.tell("missing", expected - static_cast<double>(counted));
    }
    report.tell("server_cpu", static_cast<double>(server.count()) / static_cast<double>(took.count()));
    report.tell("messages_per_second", static_cast<double>(messages_) / static_cast<double>(sockets_.size()) / std::chrono::duration<double>(took).count());
    report.tell("grown_kib", static_cast<double>(resident_kib(processes) - resident));
    report.tell("lost_voice_lines", static_cast<double>(lost_));
    report.tell_json("voice_ms", latency_.json());
}

}  // namespace etakahvila::bench
