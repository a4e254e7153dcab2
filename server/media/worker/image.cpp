#include "media/worker/image.hpp"

#include <algorithm>
#include <cmath>

namespace etakahvila::media {
namespace {

/// Numbers in a block of TIFF, whose first letters say which end of them comes first.
class Tiff {
public:
    explicit Tiff(std::string_view bytes) : bytes_{bytes}, is_little_{bytes.starts_with("II")} {}

    bool is_one() const { return (is_little_ || bytes_.starts_with("MM")) && number(2, 2) == 42; }
    /// 0 where there is none.
    std::uint32_t number(std::size_t at, std::size_t size) const {
        if (at > bytes_.size() || bytes_.size() - at < size) return 0;
        std::uint32_t value = 0;
        for (std::size_t index = 0; index < size; ++index) {
            const auto place = is_little_ ? size - 1 - index : index;
            value = value << 8 | static_cast<unsigned char>(bytes_[at + place]);
        }
        return value;
    }

private:
    std::string_view bytes_;
    bool is_little_;
};

constexpr std::uint32_t orientation_tag = 0x0112;
constexpr std::size_t entry_bytes = 12;

/// Of the old points in a line, those that new ones cover, each with how much of it.
struct Cover {
    std::size_t first{};
    std::vector<float> shares;
};

std::vector<Cover> covers(unsigned before, unsigned after) {
    std::vector<Cover> all(after);
    const double width = static_cast<double>(before) / after;
    for (unsigned index = 0; index < after; ++index) {
        const double from = index * width;
        const double to = std::min<double>(from + width, before);
        auto& cover = all[index];
        cover.first = static_cast<std::size_t>(from);
        for (auto place = cover.first; place < before && static_cast<double>(place) < to; ++place) {
            const auto at = static_cast<double>(place);
            const double part = std::min(to, at + 1) - std::max(from, at);
            cover.shares.push_back(static_cast<float>(part / width));
        }
    }
    return all;
}

unsigned side_after(unsigned side, unsigned longer, unsigned most) {
    return std::max(1U, static_cast<unsigned>(std::lround(static_cast<double>(side) * most / longer)));
}

}  // namespace

Orientation orientation_in(std::string_view bytes) {
    const Tiff tiff{bytes};
    if (!tiff.is_one()) return 1;
    const std::size_t entries = tiff.number(4, 4);
    const auto count = tiff.number(entries, 2);
    for (std::uint32_t index = 0; index < count; ++index) {
        const auto entry = entries + 2 + entry_bytes * index;
        if (tiff.number(entry, 2) != orientation_tag) continue;
        // A short is what it should be; some write a long.
        const auto value = tiff.number(entry + 8, tiff.number(entry + 2, 2) == 4 ? 4 : 2);
        return value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
}

Image shrunk(const Image& image, unsigned side_max) {
    const auto longer = std::max(image.width, image.height);
    side_max = std::max(1U, side_max);
    if (longer <= side_max) return image;
    auto small = image_of(side_after(image.width, longer, side_max), side_after(image.height, longer, side_max));
    const auto across = covers(image.width, small.width);
    const auto down = covers(image.height, small.height);
    std::vector<float> row(small.row_bytes());
    for (unsigned y = 0; y < small.height; ++y) {
        std::fill(row.begin(), row.end(), 0.0F);
        for (std::size_t line = 0; line < down[y].shares.size(); ++line) {
            const auto* from = image.row(static_cast<unsigned>(down[y].first + line));
            const float share = down[y].shares[line];
            for (std::size_t x = 0; x < small.width; ++x) {
                const auto* point = from + 3 * across[x].first;
                for (const float part : across[x].shares) {
                    for (std::size_t color = 0; color < 3; ++color)
                        row[3 * x + color] += share * part * static_cast<float>(*point++);
                }
            }
        }
        std::transform(row.begin(), row.end(), small.row(y),
            [](float value) { return static_cast<unsigned char>(std::clamp(std::lround(value), 0L, 255L)); });
    }
    return small;
}

Image upright(const Image& image, Orientation orientation) {
    if (orientation <= 1 || orientation > 8) return image;
    const bool is_turned = orientation >= 5;
    const bool is_mirrored = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool is_overturned = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    auto turned = is_turned ? image_of(image.height, image.width) : image_of(image.width, image.height);
    for (unsigned y = 0; y < turned.height; ++y) {
        auto* point = turned.row(y);
        for (unsigned x = 0; x < turned.width; ++x) {
            const auto column = is_turned ? y : x;
            const auto line = is_turned ? x : y;
            const auto* from = image.row(is_overturned ? image.height - 1 - line : line) +
                               std::size_t{3} * (is_mirrored ? image.width - 1 - column : column);
            point = std::copy(from, from + 3, point);
        }
    }
    return turned;
}

}  // namespace etakahvila::media
