#include "voice.hpp"

#include <algorithm>
#include <cstring>

#include <unistd.h>

namespace etakahvila::bench {
namespace {

using namespace std::chrono_literals;

constexpr auto late_after = 100ms;
constexpr std::size_t head_bytes = 8;

/// A head and a packet that ends with the number of the frame.
std::string frame_of(
    std::uint64_t number, std::uint16_t seq, std::chrono::milliseconds length, std::size_t packet_bytes) {
    std::string frame(head_bytes + packet_bytes, '\x55');
    const auto clock = static_cast<std::uint32_t>(seq * length.count() * 48);
    const char head[] = {'\x11', '\0', static_cast<char>(seq >> 8), static_cast<char>(seq & 0xff),
        static_cast<char>(clock >> 24), static_cast<char>(clock >> 16 & 0xff), static_cast<char>(clock >> 8 & 0xff),
        static_cast<char>(clock & 0xff)};
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

    void connected(Line& line) override {
        line.upgrade(voice_.options_.is_room ? "/voice" : "/" + std::to_string(room()));
    }
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

Voice::Voice(const Way& way, const std::vector<std::unique_ptr<Guest>>& guests, Options options)
    : way_{way}, guests_{guests}, options_{options}, next_(options.rooms) {
    for (std::size_t number = 0; number < options.rooms * options.people; ++number)
        sockets_.push_back(std::make_unique<Socket>(*this, number));
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

void Voice::open_again(std::size_t number) {
    sockets_[number]->line().cut();
    sockets_[number]->open();
}

void Voice::begin() {
    resident_kib_ = resident_kib(options_.processes);
    for (std::size_t each = 0; each < options_.frozen; ++each) sockets_[options_.people - 1 - each]->line().freeze();
    if (options_.is_silent) return;
    began_ = Clock::now();
    for (std::size_t room = 0; room < options_.rooms; ++room) {
        next_[room] = began_ + options_.frame * room / options_.rooms;
        way_.loop.at(next_[room], [this, room] { speak(room); });
    }
}

void Voice::speak(std::size_t room) {
    const auto part = std::chrono::duration_cast<std::chrono::milliseconds>(next_[room] - began_) +
                      10s * room / options_.rooms;
    if (part % 10s < options_.spoken_of_ten_seconds) {
        const auto number = sent_.size();
        sent_.push_back(next_[room]);
        sockets_[room * options_.people]->line().send_binary(
            frame_of(number, static_cast<std::uint16_t>(number), options_.frame, options_.bytes));
    }
    next_[room] += options_.frame;
    way_.loop.at(next_[room], [this, room] { speak(room); });
}

void Voice::heard(std::string_view message, Instant at) {
    ++messages_;
    if (message.size() < head_bytes + sizeof(std::uint64_t) || message.front() == '{') return;
    std::uint64_t number{};
    std::memcpy(&number, message.data() + message.size() - sizeof number, sizeof number);
    if (number < first_ || number >= std::min(sent_.size(), last_)) return;
    const auto took = at - sent_[number];
    ++deliveries_;
    if (took > late_after) ++late_;
    latency_.add(took);
}

void Voice::count() {
    first_ = sent_.size();
    messages_ = deliveries_ = late_ = 0;
    latency_.clear();
}

void Voice::tell_lateness(Report& report) {
    if (deliveries_ == 0) return;
    report.tell("late_share", static_cast<double>(late_) / static_cast<double>(deliveries_));
    report.tell_json("voice_ms", latency_.json());
}

void Voice::measure(std::chrono::milliseconds span, Report& report) {
    count();
    const auto server_before = cpu_time(options_.processes);
    const auto own_before = cpu_time({::getpid()});
    const auto began = Clock::now();
    way_.loop.run_for(span);
    const auto took = Clock::now() - began;
    const auto server = cpu_time(options_.processes) - server_before;
    const auto own = cpu_time({::getpid()}) - own_before;
    const auto grown = resident_kib(options_.processes) - resident_kib_;
    const auto last = sent_.size();
    const auto in_time = deliveries_;
    // What is under way comes within this; what is spoken meanwhile does not count.
    last_ = last;
    way_.loop.run_for(500ms);
    const auto listeners = options_.people - (options_.is_room ? 1 : 0);
    report.tell("frames", static_cast<double>(last - first_));
    report.tell("deliveries", static_cast<double>(in_time));
    if (in_time != 0) {
        report.tell("cpu_us_per_delivery", static_cast<double>(server.count()) / 1e3 / static_cast<double>(in_time));
        const auto of_one_room = (last - first_) / options_.rooms;
        report.tell("missing", static_cast<double>((last - first_) * listeners) -
                                   static_cast<double>(of_one_room * options_.frozen) -
                                   static_cast<double>(deliveries_));
    }
    report.tell("server_cpu", static_cast<double>(server.count()) / static_cast<double>(took.count()));
    report.tell("load_cpu", static_cast<double>(own.count()) / static_cast<double>(took.count()));
    report.tell("messages_per_second", static_cast<double>(messages_) / static_cast<double>(sockets_.size()) /
                                           std::chrono::duration<double>(took).count());
    report.tell("grown_kib", static_cast<double>(grown));
    report.tell("lost_voice_lines", static_cast<double>(lost_));
    tell_lateness(report);
}

}  // namespace etakahvila::bench
