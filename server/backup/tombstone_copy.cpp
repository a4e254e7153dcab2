#include "backup/tombstone_copy.hpp"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <set>
#include <vector>

#include "backup/files.hpp"

namespace etakahvila::backup {
namespace {

/// Millions of lines.
constexpr std::size_t tombstones_bytes_max = std::size_t{256} << 20;

struct List {
    std::string_view heading;
    std::vector<std::string_view> lines;
};

List list_in(std::string_view text) {
    List list;
    bool is_first = true;
    for (auto end = text.find('\n'); end != text.npos; end = text.find('\n')) {
        if (is_first)
            list.heading = text.substr(0, end);
        else
            list.lines.push_back(text.substr(0, end));
        is_first = false;
        text.remove_prefix(end + 1);
    }
    return list;
}

std::int64_t number_of(std::string_view line) {
    std::int64_t number = 0;
    std::from_chars(line.data(), line.data() + line.size(), number);
    return number;
}

void replace_file(const std::filesystem::path& file, std::string_view bytes) {
    const auto growing = std::filesystem::path{file.string() + ".new"};
    std::filesystem::remove(growing);
    write_file(growing, bytes);
    move(growing, file);
}

}  // namespace

std::filesystem::path tombstones_of(const std::filesystem::path& database) { return database.string() + ".tombstones"; }

std::filesystem::path shelved_tombstones(const std::filesystem::path& folder) { return folder / "tombstones"; }

std::string union_of(std::string_view first, std::string_view second) {
    const auto one = list_in(first);
    const auto two = list_in(second);
    const auto heading = one.heading.empty() ? two.heading : one.heading;
    if (heading.empty()) return {};
    std::vector<std::string_view> lines;
    std::set<std::string_view> there;
    for (const auto& list : {one, two}) {
        if (list.heading != heading) continue;
        for (const auto line : list.lines) {
            if (there.insert(line).second) lines.push_back(line);
        }
    }
    std::stable_sort(
        lines.begin(), lines.end(), [](std::string_view a, std::string_view b) { return number_of(a) < number_of(b); });
    std::string text{heading};
    text += '\n';
    for (const auto line : lines) text.append(line) += '\n';
    return text;
}

std::string read_tombstones(const std::filesystem::path& file) {
    return std::filesystem::exists(file) ? read_file(file, tombstones_bytes_max) : std::string{};
}

std::string heading_of(std::string_view list) { return std::string{list_in(list).heading}; }

void keep_tombstones(const std::filesystem::path& list, const std::filesystem::path& copy) {
    // A backup and an erasure may want it at once.
    static std::mutex one_at_a_time;
    const std::lock_guard lock{one_at_a_time};
    const auto live = read_tombstones(list);
    const auto kept = read_tombstones(copy);
    const auto heading = heading_of(live);
    if (heading.empty()) return;
    const auto of_kept = heading_of(kept);
    if (!of_kept.empty() && of_kept != heading) {
        // Numbered: what was laid aside once is not written over.
        std::filesystem::path aside;
        for (int number = 1; aside.empty() || std::filesystem::exists(aside); ++number)
            aside = copy.string() + ".of-other-data-" + std::to_string(number);
        move(copy, aside);
    }
    const auto both = union_of(live, kept);
    if (both != kept) replace_file(copy, both);
}

void shelve_tombstones(const std::filesystem::path& database, const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::is_directory(folder, error))
        keep_tombstones(tombstones_of(database), shelved_tombstones(folder));
}

}  // namespace etakahvila::backup
