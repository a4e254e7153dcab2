// How long 1,000 registrations take from a file's bytes to stable storage: median and worst of ten, each into a new
// file.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <vector>

#include "journal/sqlite_store.hpp"
#include "people/registrations.hpp"

using namespace etakahvila;

namespace {

constexpr int people_count = 1000;
constexpr int rounds = 10;

std::string file_of(int count) {
    std::string text = "Nimi;Päätös;Työnjohtaja;Puhelin;Sähköposti\n";
    for (int one = 1; one <= count; ++one) {
        const auto number = std::to_string(one);
        text += "Osallistuja " + number + ";Kuntouttava työtoiminta;Työnjohtaja " + std::to_string(one % 40) + ";000 " +
                std::to_string(1'000'000 + one) + ";osallistuja" + number + "@esimerkki.fi\n";
    }
    return text;
}

/// Milliseconds from the bytes to the commit, first by a new session, then once more with nothing to change.
std::pair<double, double> one_round(const std::filesystem::path& folder, const std::string& file) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    journal::SqliteStore store{folder / "records.sqlite"};
    store.write_and_wait(people::migrate);
    people::SessionId session;
    const auto draft = people::draft_of({.series = "Etäkahvila",
        .theme = "Uni",
        .date = "2026-12-03",
        .start = "09:00",
        .end = "13:00",
        .question = {},
        .help_phone = {},
        .settings = {}});
    store.write_and_wait([&](records::Database& database) {
        session = people::plan_session(database, std::get<people::SessionDraft>(draft));
    });
    const auto import = [&](std::int64_t expected) {
        const auto begin = std::chrono::steady_clock::now();
        const auto preview = people::preview_registrations(file, people::decision_kinds(*store.open_reader()));
        std::optional<people::RegistrationImport> done;
        store.write_and_wait(
            [&](records::Database& database) { done = people::import_registrations(database, session, preview); });
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
        if (!done || done->imported != expected) std::exit(1);
        return took.count();
    };
    const auto first = import(people_count);
    return {first, import(0)};
}

}  // namespace

int main() {
    const auto folder = std::filesystem::temp_directory_path() / "etakahvila-bench-import";
    const auto file = file_of(people_count);
    std::vector<double> first, again;
    for (int round = 0; round < rounds; ++round) {
        const auto [new_ones, same_ones] = one_round(folder, file);
        first.push_back(new_ones);
        again.push_back(same_ones);
    }
    std::filesystem::remove_all(folder);
    for (auto* each : {&first, &again}) std::sort(each->begin(), each->end());
    std::cout << people_count << " registrations, file to disk: median " << first[rounds / 2] << " ms, worst "
              << first.back() << " ms; the same file again: median " << again[rounds / 2] << " ms\n";
}
