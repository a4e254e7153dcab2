// Figures, never a test: what it costs to compact rooms of a full day.
//   build/bin/etakahvila-bench-compacting [rooms]
//
// Each is a day of four hours with 90 people (busy_day.hpp), sealed, in one store on this disk. The issue asks for 50
// of them within ten seconds.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <future>
#include <iostream>

#include "bench/busy_day.hpp"
#include "journal/sqlite_store.hpp"
#include "journal/step_codec.hpp"
#include "runtime/compaction.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

double ms_since(std::chrono::steady_clock::time_point begun) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
}

}  // namespace

int main(int count, char** given) {
    const std::int64_t rooms = count > 1 ? std::atoll(given[1]) : 50;
    const TemporaryFolder folder;
    journal::SqliteStore store{folder.path() / "data.sqlite"};
    const auto steps = sealed_busy_day().steps();
    std::size_t bytes = 0;
    for (std::int64_t session = 1; session <= rooms; ++session) {
        store.load(SessionId{session});
        std::promise<bool> kept;
        store.append(SessionId{session}, steps, [&](bool durable) { kept.set_value(durable); });
        if (!kept.get_future().get()) return EXIT_FAILURE;
    }
    double longest = 0;
    const auto begun = std::chrono::steady_clock::now();
    for (std::int64_t session = 1; session <= rooms; ++session) {
        const auto one = std::chrono::steady_clock::now();
        if (runtime::compact_stored(store, SessionId{session}) != runtime::Compaction::done) return EXIT_FAILURE;
        longest = std::max(longest, ms_since(one));
    }
    const auto all = ms_since(begun);
    for (const auto& step : store.load(SessionId{1}).steps) bytes += journal::encode_step(step).size();
    std::cout << rooms << " rooms of " << steps.size() << " steps: " << all << " ms, the longest " << longest
              << " ms; what is left of one: " << bytes << " bytes\n";
    return EXIT_SUCCESS;
}
