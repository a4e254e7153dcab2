#include "reports/invitation_sheet.hpp"

#include <stdexcept>

#include <png.h>
#include <qrcodegen/qrcodegen.hpp>

#include "people/secret.hpp"
#include "reports/table.hpp"

namespace etakahvila::reports {
namespace {

constexpr int pixels_a_module = 3;
constexpr int border_modules = 4;

std::string read_aloud(const std::string& code) {
    const auto spoken = people::SpokenCode::normalize_code(code);
    return spoken ? spoken->read_aloud() : std::string{};
}

std::string lines_of(const std::vector<LetterDay>& days) {
    std::string lines;
    for (const auto& day : days) lines += (lines.empty() ? "" : "\n") + day_line(day);
    return lines;
}

Table table_of(const std::vector<InvitationRow>& rows) {
    const bool is_of_season = !rows.empty() && rows.front().letter.period;
    Table table{.name = "Kutsut", .headings = {"Nimi", "Puhelin", "Sähköposti"}, .rows = {}};
    const auto head = [&](std::initializer_list<const char*> headings) {
        table.headings.insert(table.headings.end(), headings.begin(), headings.end());
    };
    if (is_of_season)
        head({"Kausi", "Ensimmäinen päivä", "Alkaa", "Päättyy", "Päivät"});
    else
        head({"Teema", "Päivä", "Alkaa", "Päättyy"});
    head({"Linkki", "Koodi", "Koodi luettuna", "Netiketti", "QR"});
    for (const auto& row : rows) {
        const auto& letter = row.letter;
        std::vector<Cell> cells{row.name, PhoneCell{row.phone}, row.email};
        const auto* first = letter.days.empty() ? nullptr : &letter.days.front();
        cells.emplace_back(letter.period ? *letter.period : first->theme);
        cells.emplace_back(first != nullptr ? Cell{DateCell{first->starts_at}} : Cell{});
        cells.emplace_back(first != nullptr ? Cell{ClockCell{first->starts_at}} : Cell{});
        cells.emplace_back(first != nullptr ? Cell{ClockCell{first->ends_at}} : Cell{});
        if (is_of_season) cells.emplace_back(lines_of(letter.days));
        for (Cell cell : {Cell{letter.link}, Cell{letter.code}, Cell{read_aloud(letter.code)},
                 Cell{netiquette_address(letter.site)}, Cell{PictureCell{qr_png(letter.link)}}})
            cells.push_back(std::move(cell));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

}  // namespace

std::string qr_png(const std::string& text) {
    const auto code = [&] {
        try {
            return qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
        } catch (const qrcodegen::data_too_long&) {
            throw std::runtime_error{"a link is too long for a QR code"};
        }
    }();
    const int side = (code.getSize() + 2 * border_modules) * pixels_a_module;
    std::vector<unsigned char> pixels;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x)
            pixels.push_back(
                code.getModule(x / pixels_a_module - border_modules, y / pixels_a_module - border_modules) ? 0 : 255);
    }
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = image.height = static_cast<png_uint_32>(side);
    image.format = PNG_FORMAT_GRAY;
    png_alloc_size_t bytes = 0;
    std::string png;
    bool is_made = png_image_write_to_memory(&image, nullptr, &bytes, 0, pixels.data(), 0, nullptr) != 0;
    png.resize(bytes);
    is_made = is_made && png_image_write_to_memory(&image, png.data(), &bytes, 0, pixels.data(), 0, nullptr) != 0;
    png_image_free(&image);
    if (!is_made) throw std::runtime_error{"a QR code cannot be drawn"};
    return png;
}

std::string invitation_sheet(const std::vector<InvitationRow>& rows, SheetFormat format, base::UtcTime now) {
    switch (format) {
        case SheetFormat::xlsx: return xlsx_of({table_of(rows)});
        case SheetFormat::csv: return csv_of(table_of(rows));
        case SheetFormat::ics: return calendar_of(calendar_entries(rows.at(0).letter, now));
    }
    return {};
}

}  // namespace etakahvila::reports
