#pragma once

// A figure as Prometheus reads it, with a word on what it says and all of its values. Names and labels are words that
// stand in the source, or the schema's routes: never a person, a text or a secret.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/histogram.hpp"

namespace etakahvila::net {

struct Figure {
    enum class Kind : std::uint8_t { gauge, counter, histogram };
    using Label = std::pair<std::string_view, std::string>;
    struct Value {
        std::vector<Label> labels;
        double number{};
        /// Of a histogram, in place of the number.
        base::Histogram::Reading histogram{};
    };

    Kind kind{};
    /// Ours begin with etakahvila_, which is put before it; those of any process with process_, as they are.
    std::string_view name;
    std::string_view help;
    std::vector<Value> values;

    Figure& with(double number, std::vector<Label> labels = {}) {
        values.push_back({.labels = std::move(labels), .number = number});
        return *this;
    }
};

inline Figure gauge(std::string_view name, std::string_view help) {
    return {.kind = Figure::Kind::gauge, .name = name, .help = help, .values = {}};
}
inline Figure gauge(std::string_view name, std::string_view help, double number) {
    return std::move(gauge(name, help).with(number));
}
inline Figure counter(std::string_view name, std::string_view help) {
    return {.kind = Figure::Kind::counter, .name = name, .help = help, .values = {}};
}
inline Figure counter(std::string_view name, std::string_view help, double number) {
    return std::move(counter(name, help).with(number));
}
inline Figure histogram(std::string_view name, std::string_view help, const base::Histogram& counted) {
    return {.kind = Figure::Kind::histogram,
        .name = name,
        .help = help,
        .values = {{.labels = {}, .number = {}, .histogram = counted.read()}}};
}

/// Prometheus' text, in the order given; a figure without a value is left out.
std::string text_of(std::span<const Figure> figures);

}  // namespace etakahvila::net
