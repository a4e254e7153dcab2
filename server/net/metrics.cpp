#include "net/metrics.hpp"

#include <algorithm>

#include "base/enum_names.hpp"

namespace etakahvila::net {
namespace {

double number(const Metrics::Counter& counted) { return static_cast<double>(counted.load()); }

std::string written(std::size_t status_class) { return std::to_string(status_class) + "xx"; }

}  // namespace

void Metrics::count_close(std::uint16_t code) {
    const std::lock_guard lock{mutex_};
    ++closes_[code];
}

void Metrics::count_answer(std::string_view method, std::string_view route, unsigned status, double seconds) {
    const auto& bounds = Answered::bounds;
    const auto step = std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin();
    const std::lock_guard lock{mutex_};
    auto& answered = answered_[{.route = route, .method = method, .status_class = class_of(status)}];
    ++answered.counts[static_cast<std::size_t>(step)];
    answered.sum += seconds;
}

std::vector<Figure> Metrics::figures() const {
    std::vector<Figure> figures{
        gauge("connections_open", "Open TCP connections", number(connections_open)),
        counter("connections_accepted_total", "TCP connections accepted", number(connections_accepted)),
        counter("connections_sent_away_total", "Connections closed to make way for newer ones before they were greeted",
            number(connections_sent_away)),
        counter("accept_pauses_total", "Times that accepting paused: no descriptors, or too many that have not spoken",
            number(accept_pauses)),
        gauge("websockets_open", "Open WebSockets", number(websockets_open)),
        counter("handshakes_refused_total", "WebSocket upgrades refused", number(handshakes_refused)),
        counter("hellos_total", "Connections greeted in a room", number(hellos)),
        counter("resume_total",
            "Connections that came into a room: resumed where they were, fresh, or anew because their place is gone")
            .with(number(rooms.resumed), {{"kind", "resumed"}})
            .with(number(rooms.fresh), {{"kind", "fresh"}})
            .with(number(rooms.anew), {{"kind", "anew"}}),
        counter("frames_received_total", "Messages received", number(frames_received)),
        counter("deliveries_total", "Messages given to connections", number(frames_sent)),
        counter("sent_bytes_total", "Bytes of WebSockets handed to the system", number(bytes_sent)),
        counter("writes_total", "Writes to WebSockets", number(writes)),
        counter("sweeps_total", "Rounds of the workers' deadlines", number(sweeps)),
        counter("handlers_thrown_total", "Exceptions that reached a worker's edge", number(handlers_thrown)),
        histogram("command_answer_seconds",
            "Time from a command that was read to its answer in the sender's queue, the commit included",
            rooms.command_answer_seconds),
        histogram("loop_lag_seconds", "How much too late a worker's timer rang", loop_lag_seconds),
    };
    add_voice(figures);
    add_requests(figures);
    return figures;
}

void Metrics::add_voice(std::vector<Figure>& figures) const {
    figures.push_back(
        counter("voice_frames_received_total", "Frames of voice received", number(voice.frames_received)));
    figures.push_back(counter(
        "voice_frames_passed_total", "Frames of voice that the floor let be heard", number(voice.frames_passed)));
    figures.push_back(
        counter("voice_deliveries_total", "Frames of voice given to listeners", number(voice.deliveries)));
    figures.push_back(counter("voice_dropped_total", "Frames of voice dropped, by why")
            .with(number(voice.frames_refused), {{"why", "not_sane"}})
            .with(number(voice.frames_unheard), {{"why", "not_heard"}})
            .with(number(voice.deliveries_dropped), {{"why", "slow_listener"}}));
}

void Metrics::add_requests(std::vector<Figure>& figures) const {
    auto requests = counter("requests_total", "HTTP requests answered");
    for (std::size_t group = 1; group < requests_by_class_.size(); ++group)
        requests.with(number(requests_by_class_[group]), {{"status", written(group)}});

    auto refusals = counter("refusals_total", "Refusals, by their word");
    for (std::size_t word = 0; word < refusals_.size(); ++word) {
        if (refusals_[word] != 0)
            refusals.with(number(refusals_[word]),
                {{"word", std::string{base::name_of(static_cast<protocol::RefusalWord>(word))}}});
    }

    auto closes = counter("closes_total", "WebSockets closed, by code");
    Figure answers{.kind = Figure::Kind::histogram,
        .name = "requests_seconds",
        .help = "How long HTTP requests took to be answered, by route",
        .values = {}};
    {
        const std::lock_guard lock{mutex_};
        for (const auto& [code, count] : closes_)
            closes.with(static_cast<double>(count), {{"code", std::to_string(code)}});
        for (const auto& [key, answered] : answered_)
            answers.values.push_back({.labels = {{"route", std::string{key.method} + " " + std::string{key.route}},
                                          {"status", written(key.status_class)}},
                .number = {},
                .histogram = {.bounds = {Answered::bounds.begin(), Answered::bounds.end()},
                    .counts = {answered.counts.begin(), answered.counts.end()},
                    .sum = answered.sum}});
    }
    for (auto* figure : {&requests, &refusals, &closes, &answers}) figures.push_back(std::move(*figure));
}

std::string Metrics::to_text(std::vector<Figure> more) const {
    auto all = figures();
    std::move(more.begin(), more.end(), std::back_inserter(all));
    return text_of(all);
}

}  // namespace etakahvila::net
