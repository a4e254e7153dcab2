#include "net/metrics.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include "base/enum_names.hpp"

namespace etakahvila::net {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

MetricFamily family(std::string name, std::string help, MetricType type) {
    return {.name = "etakahvila_" + std::move(name), .help = std::move(help), .type = type, .metric = {}};
}

void add(MetricFamily& family, double value, std::string label = {}, std::string label_value = {}) {
    ClientMetric metric;
    if (!label.empty()) metric.label.push_back({std::move(label), std::move(label_value)});
    if (family.type == MetricType::Counter) {
        metric.counter.value = value;
    } else {
        metric.gauge.value = value;
    }
    family.metric.push_back(std::move(metric));
}

}  // namespace

void Metrics::count_close(std::uint16_t code) {
    const std::lock_guard lock{mutex_};
    ++closes_[code];
}

std::string Metrics::to_text(const std::map<std::string, double>& gauges) const {
    std::vector<MetricFamily> families;
    const auto single = [&](const char* name, const char* help, MetricType type, const Counter& value) {
        families.push_back(family(name, help, type));
        add(families.back(), static_cast<double>(value.load()));
    };
    single("connections_open", "Open TCP connections", MetricType::Gauge, connections_open);
    single("connections_accepted_total", "TCP connections accepted", MetricType::Counter, connections_accepted);
    single("connections_sent_away_total", "Connections closed to make way for newer ones before they were greeted",
        MetricType::Counter, connections_sent_away);
    single("accept_pauses_total", "Times that accepting paused: no descriptors, or too many that have not spoken",
        MetricType::Counter, accept_pauses);
    single("websockets_open", "Open WebSockets", MetricType::Gauge, websockets_open);
    single("handshakes_refused_total", "WebSocket upgrades refused", MetricType::Counter, handshakes_refused);
    single("hellos_total", "Connections greeted in a room", MetricType::Counter, hellos);
    single("frames_received_total", "Messages received", MetricType::Counter, frames_received);
    single("deliveries_total", "Messages given to connections", MetricType::Counter, frames_sent);
    single("sent_bytes_total", "Bytes of WebSockets handed to the system", MetricType::Counter, bytes_sent);
    single("writes_total", "Writes to WebSockets", MetricType::Counter, writes);
    single("sweeps_total", "Rounds of the workers' deadlines", MetricType::Counter, sweeps);
    single("handlers_thrown_total", "Exceptions that reached a worker's edge", MetricType::Counter, handlers_thrown);

    single("voice_frames_received_total", "Frames of voice received", MetricType::Counter, voice.frames_received);
    single("voice_frames_passed_total", "Frames of voice that the floor let be heard", MetricType::Counter,
        voice.frames_passed);
    single("voice_deliveries_total", "Frames of voice given to listeners", MetricType::Counter, voice.deliveries);
    auto dropped = family("voice_dropped_total", "Frames of voice dropped, by why", MetricType::Counter);
    add(dropped, static_cast<double>(voice.frames_refused.load()), "why", "not_sane");
    add(dropped, static_cast<double>(voice.frames_unheard.load()), "why", "not_heard");
    add(dropped, static_cast<double>(voice.deliveries_dropped.load()), "why", "slow_listener");
    families.push_back(std::move(dropped));

    auto requests = family("requests_total", "HTTP requests answered", MetricType::Counter);
    for (std::size_t group = 1; group < requests_by_class_.size(); ++group)
        add(requests, static_cast<double>(requests_by_class_[group].load()), "status", std::to_string(group) + "xx");
    families.push_back(std::move(requests));

    auto refusals = family("refusals_total", "Refusals, by their word", MetricType::Counter);
    for (std::size_t word = 0; word < refusals_.size(); ++word) {
        if (const auto count = refusals_[word].load(); count != 0)
            add(refusals, static_cast<double>(count), "word",
                std::string{base::name_of(static_cast<protocol::RefusalWord>(word))});
    }
    if (!refusals.metric.empty()) families.push_back(std::move(refusals));

    auto closes = family("closes_total", "WebSockets closed, by code", MetricType::Counter);
    {
        const std::lock_guard lock{mutex_};
        for (const auto& [code, count] : closes_) add(closes, static_cast<double>(count), "code", std::to_string(code));
    }
    if (!closes.metric.empty()) families.push_back(std::move(closes));

    for (const auto& [name, value] : gauges) {
        families.push_back(family(name, name, MetricType::Gauge));
        add(families.back(), value);
    }
    return prometheus::TextSerializer{}.Serialize(families);
}

}  // namespace etakahvila::net
