// Whether the time that an answer takes tells anything of a secret: the same question with two kinds
// of wrong answers, in turn and at random, and Welch's t of the two. Above 4.5 there is something to
// learn. One line of JSON each; a figure, never a test.

#include <array>
#include <chrono>
#include <cmath>
#include <iostream>
#include <string>

#include "base/secret.hpp"
#include "runtime/ticket_office.hpp"
#include "support/chance.hpp"

namespace {

using namespace etakahvila;

constexpr int samples = 1'000'000;
/// Longer than this is the machine's doing, not the question's.
constexpr double outlier_ns = 20'000;

class Series {
public:
    void add(double value) {
        ++count_;
        const auto delta = value - mean_;
        mean_ += delta / count_;
        squares_ += delta * (value - mean_);
    }
    double mean() const { return mean_; }
    double error() const { return squares_ / (count_ - 1) / count_; }

private:
    double count_ = 0;
    double mean_ = 0;
    double squares_ = 0;
};

/// `ask(which)`: the question with the one kind of wrong answer or the other.
template <class Ask>
void compare(const char* what, Ask ask) {
    testing::Chance chance{1};
    std::array<Series, 2> series;
    for (int sample = 0; sample < samples; ++sample) {
        const auto which = static_cast<std::size_t>(chance.number(0, 1));
        const auto from = std::chrono::steady_clock::now();
        ask(which);
        const auto ns = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - from).count();
        if (ns < outlier_ns) series[which].add(ns);
    }
    const auto t = (series[0].mean() - series[1].mean()) / std::sqrt(series[0].error() + series[1].error());
    std::cout << "{\"what\":\"" << what << "\",\"samples\":" << samples << ",\"mean_ns\":[" << series[0].mean() << ","
              << series[1].mean() << "],\"t\":" << t << "}" << std::endl;
}

std::string with_other_at(std::string secret, std::size_t at) {
    secret[at] = secret[at] == 'A' ? 'B' : 'A';
    return secret;
}

}  // namespace

int main() {
    const auto secret = base::random_text(16);
    const std::array wrong{with_other_at(secret, 0), with_other_at(secret, secret.size() - 1)};
    volatile bool seen = false;
    compare("a secret that differs in its first or in its last character",
        [&](std::size_t which) { seen = base::is_same_secret(wrong[which], secret); });
    // That the measuring is felt: the usual comparison, which ends at the first difference. Long, so
    // that it shows over the clock's own time.
    const std::string long_secret(4096, 'x');
    const std::array long_wrong{with_other_at(long_secret, 0), with_other_at(long_secret, long_secret.size() - 1)};
    compare("the same by ==, 4096 characters: this one must show",
        [&](std::size_t which) { seen = long_wrong[which] == long_secret; });
    compare("4096 characters as secrets are compared",
        [&](std::size_t which) { seen = base::is_same_secret(long_wrong[which], long_secret); });

    runtime::TicketOffice office;
    const auto ticket = office.issue({}, std::chrono::milliseconds{0}, std::chrono::hours{1});
    const std::array tickets{with_other_at(ticket, ticket.size() - 1), with_other_at(ticket, 0)};
    compare("a ticket that is right but for its last or for its first character", [&](std::size_t which) {
        seen = office.redeem(tickets[which], std::chrono::milliseconds{1}).pass.has_value();
    });
}
