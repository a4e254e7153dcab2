#include "net/figure.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace etakahvila::net {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr std::string_view of_any_process = "process_";

MetricType type_of(Figure::Kind kind) {
    switch (kind) {
        case Figure::Kind::counter: return MetricType::Counter;
        case Figure::Kind::histogram: return MetricType::Histogram;
        default: return MetricType::Gauge;
    }
}

ClientMetric::Histogram cumulative(const base::Histogram::Reading& reading) {
    ClientMetric::Histogram counted;
    for (std::size_t step = 0; step < reading.counts.size(); ++step) {
        counted.sample_count += static_cast<std::uint64_t>(reading.counts[step]);
        if (step < reading.bounds.size())
            counted.bucket.push_back({.cumulative_count = counted.sample_count, .upper_bound = reading.bounds[step]});
    }
    counted.sample_sum = reading.sum;
    return counted;
}

ClientMetric metric_of(Figure::Kind kind, const Figure::Value& value) {
    ClientMetric metric;
    for (const auto& [name, text] : value.labels) metric.label.push_back({std::string{name}, text});
    switch (kind) {
        case Figure::Kind::counter: metric.counter.value = value.number; break;
        case Figure::Kind::histogram: metric.histogram = cumulative(value.histogram); break;
        default: metric.gauge.value = value.number;
    }
    return metric;
}

}  // namespace

std::string text_of(std::span<const Figure> figures) {
    std::vector<MetricFamily> families;
    for (const auto& figure : figures) {
        if (figure.values.empty()) continue;
        const auto* prefix = figure.name.starts_with(of_any_process) ? "" : "etakahvila_";
        MetricFamily family{.name = prefix + std::string{figure.name},
            .help = std::string{figure.help},
            .type = type_of(figure.kind),
            .metric = {}};
        for (const auto& value : figure.values) family.metric.push_back(metric_of(figure.kind, value));
        families.push_back(std::move(family));
    }
    return prometheus::TextSerializer{}.Serialize(families);
}

}  // namespace etakahvila::net
