#include "keeping/tombstones.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/enum_names.hpp"
#include "keeping/lives.hpp"
#include "keeping/storage.hpp"

namespace etakahvila::keeping {
namespace {

constexpr std::string_view heading = "etakahvila-tombstones ";
constexpr std::string_view person_word = "person";
/// A line NUMBER MOMENT taken_back FIRST LAST: the lines of these numbers do not count.
constexpr std::string_view taken_back_word = "taken_back";

std::runtime_error trouble(const std::filesystem::path& file, const std::string& what) {
    return std::runtime_error{"The file of what was erased " + what + ": " + file.string() + "."};
}

std::runtime_error system_trouble(const std::filesystem::path& file, const std::string& what) {
    return trouble(file, what + " (" + std::system_category().message(errno) + ")");
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

struct Line {
    Tombstone tombstone;
    bool takes_back{};
};

/// NUMBER MOMENT RULE ID OTHER, and LIFE where it is not the first.
std::optional<Line> line_in(std::string_view line) {
    std::array<std::string_view, 6> words;
    std::size_t count = 0;
    for (auto end = line.find(' '); count < words.size(); end = line.find(' ')) {
        words[count++] = line.substr(0, end);
        line.remove_prefix(end == line.npos ? line.size() : end + 1);
        if (end == line.npos) break;
    }
    if (count < 5 || !line.empty()) return std::nullopt;
    const auto number = number_in(words[0]);
    const auto at = number_in(words[1]);
    const auto rule = base::value_named<protocol::KeepingRule>(words[2]);
    const auto id = number_in(words[3]);
    const auto other = number_in(words[4]);
    const auto life = count == 5 ? first_life : number_in(words[5]);
    const bool takes_back = words[2] == taken_back_word;
    if (!number || !at || !id || !other || !life || (!rule && !takes_back && words[2] != person_word))
        return std::nullopt;
    return Line{.tombstone = {.number = *number, .at = {*at}, .rule = rule, .id = *id, .other = *other, .life = *life},
        .takes_back = takes_back};
}

std::string line_of(const Line& line) {
    const auto& [number, at, rule, id, other, life] = line.tombstone;
    const auto word = line.takes_back ? taken_back_word : rule ? base::name_of(*rule) : person_word;
    return std::to_string(number) + ' ' + std::to_string(at.ms) + ' ' + std::string{word} + ' ' + std::to_string(id) +
           ' ' + std::to_string(other) + (life == first_life ? "" : ' ' + std::to_string(life)) + '\n';
}

/// Closed at its end.
class OpenFile {
public:
    OpenFile(const std::filesystem::path& file, int flags) : handle_{::open(file.c_str(), flags | O_CLOEXEC, 0600)} {
        if (handle_ < 0) throw system_trouble(file, "cannot be opened");
    }
    ~OpenFile() { ::close(handle_); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int handle() const { return handle_; }

private:
    int handle_;
};

void sync(const std::filesystem::path& file, int flags) {
    const OpenFile opened{file, flags};
    if (::fsync(opened.handle()) != 0) throw system_trouble(file, "cannot be brought to the disk");
}

}  // namespace

std::filesystem::path tombstones_beside(const std::filesystem::path& database) {
    return database.string() + ".tombstones";
}

std::optional<std::string> tombstone_heading(const records::Database& database) {
    const auto identity = fact(database, Fact::identity);
    return identity ? std::optional{std::string{heading} + std::to_string(*identity)} : std::nullopt;
}

TombstoneFile::Read TombstoneFile::read() const {
    Read found;
    auto& [identity, whole_bytes] = found.end;
    std::ifstream stream{file_, std::ios::binary};
    if (!stream) {
        if (std::filesystem::exists(file_)) throw trouble(file_, "cannot be read");
        return found;
    }
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    for (auto end = text.find('\n'); end != text.npos; end = text.find('\n', whole_bytes)) {
        const auto line = std::string_view{text}.substr(whole_bytes, end - whole_bytes);
        if (whole_bytes == 0) {
            if (line.starts_with(heading)) identity = number_in(line.substr(heading.size()));
            if (!identity) throw trouble(file_, "is none, or is damaged");
        } else {
            const auto known = line_in(line);
            if (!known) throw trouble(file_, "has a line that this program does not know");
            const auto& tombstone = known->tombstone;
            found.last_number = std::max(found.last_number, tombstone.number);
            if (known->takes_back)
                std::erase_if(found.tombstones, [&](const Tombstone& each) {
                    return each.number >= tombstone.id && each.number <= tombstone.other;
                });
            else
                found.tombstones.push_back(tombstone);
        }
        whole_bytes = end + 1;
    }
    end_ = found.end;
    return found;
}

TombstoneFile::End TombstoneFile::end_of_file() const {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(file_, error);
    return !error && end_ && end_->whole_bytes == bytes ? *end_ : read().end;
}

std::optional<std::int64_t> TombstoneFile::identity() const { return end_of_file().identity; }

std::vector<Tombstone> TombstoneFile::all() const { return read().tombstones; }

std::int64_t TombstoneFile::last_number() const { return read().last_number; }

void TombstoneFile::append(std::int64_t identity, std::span<const Tombstone> tombstones) {
    std::string lines;
    for (const auto& tombstone : tombstones) lines += line_of({.tombstone = tombstone});
    append_lines(identity, lines);
}

void TombstoneFile::take_back(std::int64_t identity, std::span<const Tombstone> tombstones) {
    if (tombstones.empty()) return;
    append_lines(identity, line_of({.tombstone = {.number = last_number() + 1,
                                        .at = tombstones.back().at,
                                        .rule = {},
                                        .id = tombstones.front().number,
                                        .other = tombstones.back().number},
                               .takes_back = true}));
}

void TombstoneFile::append_lines(std::int64_t identity, std::string_view added) {
    const auto found = end_of_file();
    if (found.identity && *found.identity != identity) throw trouble(file_, "is of other data");
    std::string lines;
    if (!found.identity) lines = std::string{heading} + std::to_string(identity) + '\n';
    lines += added;
    {
        const OpenFile opened{file_, O_WRONLY | O_CREAT};
        if (::fchmod(opened.handle(), 0600) != 0) throw system_trouble(file_, "cannot be closed to others");
        // What the power cut left of a line goes.
        if (::ftruncate(opened.handle(), static_cast<off_t>(found.whole_bytes)) != 0 ||
            ::lseek(opened.handle(), 0, SEEK_END) < 0)
            throw system_trouble(file_, "cannot be written");
        for (std::string_view left{lines}; !left.empty();) {
            const auto written = ::write(opened.handle(), left.data(), left.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) throw system_trouble(file_, "cannot be written");
            left.remove_prefix(static_cast<std::size_t>(written));
        }
        if (::fsync(opened.handle()) != 0) throw system_trouble(file_, "cannot be brought to the disk");
    }
    const auto folder = file_.parent_path();
    end_ = {.identity = identity, .whole_bytes = found.whole_bytes + lines.size()};
    if (!found.identity) sync(folder.empty() ? std::filesystem::path{"."} : folder, O_RDONLY | O_DIRECTORY);
}

}  // namespace etakahvila::keeping
