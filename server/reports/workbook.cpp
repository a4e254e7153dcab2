// XLSX by libxlsxwriter. The file is made in memory: names stay off the disk.

#include <algorithm>
#include <stdexcept>

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "people/local_time.hpp"
#include "reports/table.hpp"

namespace etakahvila::reports {
namespace {

class MemoryFile {
public:
    MemoryFile() : file_{::memfd_create("report", MFD_CLOEXEC)} {
        if (file_ < 0) throw std::runtime_error("a report cannot be made in memory");
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(file_); }

    std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }
    std::string read() const {
        const auto size = ::lseek(file_, 0, SEEK_END);
        std::string bytes(static_cast<std::size_t>(std::max<off_t>(0, size)), '\0');
        std::size_t have = 0;
        while (have < bytes.size()) {
            const auto got = ::pread(file_, bytes.data() + have, bytes.size() - have, static_cast<off_t>(have));
            if (got <= 0) throw std::runtime_error("a report cannot be read back");
            have += static_cast<std::size_t>(got);
        }
        return bytes;
    }

private:
    int file_;
};

/// Words, dates and clocks stand at the left; numbers at the right, a little off the words of the next column.
struct Formats {
    lxw_format* heading;
    lxw_format* heading_of_numbers;
    lxw_format* words;
    lxw_format* number;
    lxw_format* hours;
    lxw_format* date;
    lxw_format* clock;
};

Formats formats_of(lxw_workbook* book) {
    const auto made = [&](std::uint8_t side, const char* number_format = nullptr) {
        auto* format = workbook_add_format(book);
        format_set_align(format, side);
        if (side == LXW_ALIGN_RIGHT) format_set_indent(format, 1);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        if (number_format != nullptr) format_set_num_format(format, number_format);
        return format;
    };
    Formats formats{.heading = made(LXW_ALIGN_LEFT),
        .heading_of_numbers = made(LXW_ALIGN_RIGHT),
        .words = made(LXW_ALIGN_LEFT),
        .number = made(LXW_ALIGN_RIGHT),
        .hours = made(LXW_ALIGN_RIGHT, "[h]:mm"),
        .date = made(LXW_ALIGN_LEFT, "d.m.yyyy"),
        .clock = made(LXW_ALIGN_LEFT, "h:mm")};
    format_set_text_wrap(formats.words);
    for (auto* heading : {formats.heading, formats.heading_of_numbers}) {
        format_set_bold(heading);
        format_set_text_wrap(heading);
        format_set_align(heading, LXW_ALIGN_VERTICAL_BOTTOM);
        format_set_bottom(heading, LXW_BORDER_THIN);
    }
    return formats;
}

/// A sheet's serial day of a date as 2026-12-03, and the part of a day of a clock as 09:02.
double serial_day(const std::string& date) {
    const auto whole = people::date_in(date).value_or(people::LocalDate{});
    lxw_datetime day{.year = whole.year,
        .month = static_cast<int>(whole.month),
        .day = static_cast<int>(whole.day),
        .hour = 0,
        .min = 0,
        .sec = 0};
    return lxw_datetime_to_excel_datetime(&day);
}
double part_of_day(const std::string& clock) {
    const auto whole = people::clock_in(clock).value_or(people::ClockTime{});
    return (whole.hour * 60 + whole.minute) / 1440.0;
}

constexpr double picture_points = 105;
constexpr std::int32_t picture_margin_pixels = 4;

struct Writer {
    lxw_worksheet* sheet;
    const Formats& formats;
    lxw_row_t row{};
    lxw_col_t column{};

    void operator()(std::monostate) {}
    void operator()(const std::string& words) {
        worksheet_write_string(sheet, row, column, words.c_str(), formats.words);
    }
    void operator()(const PhoneCell& phone) { (*this)(phone.number); }
    void operator()(std::int64_t number) {
        worksheet_write_number(sheet, row, column, static_cast<double>(number), formats.number);
    }
    void operator()(Duration duration) {
        worksheet_write_number(sheet, row, column, static_cast<double>(duration.minutes) / 1440.0, formats.hours);
    }
    void operator()(DateCell date) {
        worksheet_write_number(sheet, row, column, serial_day(people::local_date_text(date.at)), formats.date);
    }
    void operator()(ClockCell clock) {
        worksheet_write_number(sheet, row, column, part_of_day(people::local_clock_text(clock.at)), formats.clock);
    }
    void operator()(const PictureCell& picture) {
        worksheet_set_row(sheet, row, picture_points, nullptr);
        lxw_image_options placed{};
        placed.x_offset = placed.y_offset = picture_margin_pixels;
        placed.object_position = LXW_OBJECT_MOVE_AND_SIZE;
        worksheet_insert_image_buffer_opt(sheet, row, column,
            reinterpret_cast<const unsigned char*>(picture.png.data()), picture.png.size(), &placed);
    }
};

std::size_t characters_of(std::string_view words) {
    return static_cast<std::size_t>(std::count_if(
        words.begin(), words.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// How wide a cell's words are: characters, not bytes.
struct Width {
    std::size_t operator()(std::monostate) const { return 0; }
    std::size_t operator()(const std::string& words) const { return characters_of(words); }
    std::size_t operator()(const PhoneCell& phone) const { return characters_of(phone.number); }
    std::size_t operator()(std::int64_t) const { return 6; }
    std::size_t operator()(Duration) const { return 7; }
    std::size_t operator()(DateCell) const { return 10; }
    std::size_t operator()(ClockCell) const { return 5; }
    std::size_t operator()(const PictureCell&) const { return 18; }
};

constexpr std::size_t column_width_max = 40;
/// Beside the words: the margins of a cell, and in the first row the button of the filter.
constexpr std::size_t cell_margin = 2;
constexpr std::size_t filter_button = 3;
constexpr double line_points = 15;
constexpr double page_margin_inches = 0.4;

template <class Take>
void each_word(std::string_view words, Take take) {
    while (!words.empty()) {
        const auto end = std::min(words.find(' '), words.size());
        take(characters_of(words.substr(0, end)));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
}

/// A heading is broken between its words: as wide as the longest of them.
std::size_t heading_width(std::string_view heading) {
    std::size_t longest = 0;
    each_word(heading, [&](std::size_t word) { longest = std::max(longest, word); });
    return longest + filter_button;
}

/// How many lines these words take in a column of this width: broken where they break themselves, and between words.
std::size_t lines_of(std::string_view words, std::size_t width) {
    std::size_t lines = 0;
    for (std::size_t begin = 0; begin <= words.size();) {
        const auto end = std::min(words.find('\n', begin), words.size());
        std::size_t used = 0;
        ++lines;
        each_word(words.substr(begin, end - begin), [&](std::size_t word) {
            if (used != 0 && used + 1 + word > width) {
                ++lines;
                used = 0;
            }
            used += (used == 0 ? 0 : 1) + word;
        });
        begin = end + 1;
    }
    return lines;
}

bool is_number(const Cell& cell) {
    return std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<Duration>(cell);
}

/// Whether the column has numbers in it, and nothing else.
bool has_numbers(const Table& table, std::size_t column) {
    const auto is_of_numbers = [&](const auto& row) {
        return is_number(row[column]) || std::holds_alternative<std::monostate>(row[column]);
    };
    return std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) { return is_number(row[column]); }) &&
           std::all_of(table.rows.begin(), table.rows.end(), is_of_numbers);
}

std::vector<std::size_t> widths_of(const Table& table) {
    std::vector<std::size_t> widths;
    widths.reserve(table.headings.size());
    for (const auto& heading : table.headings) widths.push_back(heading_width(heading));
    for (const auto& row : table.rows) {
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], std::visit(Width{}, row[column]));
    }
    for (auto& width : widths) width = std::min(width, column_width_max);
    return widths;
}

/// As high as the words need that do not fit their column on one line: not every program finds that by itself.
void set_height(lxw_worksheet* sheet, lxw_row_t row, std::size_t lines) {
    if (lines > 1) worksheet_set_row(sheet, row, line_points * static_cast<double>(lines), nullptr);
}

void fill(lxw_worksheet* sheet, const Table& table, const Formats& formats) {
    const auto widths = widths_of(table);
    Writer writer{.sheet = sheet, .formats = formats};
    std::size_t lines = 1;
    for (std::size_t column = 0; column < widths.size(); ++column) {
        const auto at = static_cast<lxw_col_t>(column);
        worksheet_set_column(sheet, at, at, static_cast<double>(widths[column] + cell_margin), nullptr);
        worksheet_write_string(sheet, 0, at, table.headings[column].c_str(),
            has_numbers(table, column) ? formats.heading_of_numbers : formats.heading);
        lines = std::max(lines, lines_of(table.headings[column], widths[column]));
    }
    set_height(sheet, 0, lines);
    for (const auto& row : table.rows) {
        ++writer.row;
        writer.column = 0;
        lines = 1;
        for (const auto& cell : row) {
            if (const auto* words = std::get_if<std::string>(&cell))
                lines = std::max(lines, lines_of(*words, widths[writer.column]));
            std::visit(writer, cell);
            ++writer.column;
        }
        set_height(sheet, writer.row, lines);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    if (!table.rows.empty())
        worksheet_autofilter(
            sheet, 0, 0, static_cast<lxw_row_t>(table.rows.size()), static_cast<lxw_col_t>(widths.size() - 1));
    constexpr std::uint8_t paper_a4 = 9;
    worksheet_set_paper(sheet, paper_a4);
    worksheet_set_landscape(sheet);
    worksheet_set_margins(sheet, page_margin_inches, page_margin_inches, page_margin_inches, 2 * page_margin_inches);
    worksheet_set_footer(sheet, "&L&A&R&P / &N");
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
}

}  // namespace

std::string xlsx_of(const std::vector<Table>& tables) {
    const MemoryFile file;
    const auto path = file.path();
    auto* book = workbook_new(path.c_str());
    if (book == nullptr) throw std::runtime_error("a workbook cannot be made");
    const auto formats = formats_of(book);
    for (const auto& table : tables) {
        auto* sheet = workbook_add_worksheet(book, table.name.c_str());
        if (sheet != nullptr) fill(sheet, table, formats);
    }
    if (workbook_close(book) != LXW_NO_ERROR) throw std::runtime_error("a workbook cannot be made");
    return file.read();
}

}  // namespace etakahvila::reports
