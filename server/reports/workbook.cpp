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

struct Formats {
    lxw_format* heading;
    lxw_format* hours;
    lxw_format* date;
    lxw_format* clock;
};

Formats formats_of(lxw_workbook* book) {
    Formats formats{workbook_add_format(book), workbook_add_format(book), workbook_add_format(book), workbook_add_format(book)};
    format_set_bold(formats.heading);
    format_set_bottom(formats.heading, LXW_BORDER_THIN);
    format_set_num_format(formats.hours, "[h]:mm");
    format_set_num_format(formats.date, "d.m.yyyy");
    format_set_num_format(formats.clock, "h:mm");
    return formats;
}

/// A sheet's serial day of a date as 2026-12-03, and the part of a day of a clock as 09:02.
double serial_day(const std::string& date) {
    const auto whole = people::date_in(date).value_or(people::LocalDate{});
    lxw_datetime day{.year = whole.year, .month = static_cast<int>(whole.month), .day = static_cast<int>(whole.day), .hour = 0, .min = 0, .sec = 0};
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
    void operator()(const std::string& words) { worksheet_write_string(sheet, row, column, words.c_str(), nullptr); }
    void operator()(std::int64_t number) { worksheet_write_number(sheet, row, column, static_cast<double>(number), nullptr); }
    void operator()(Duration duration) { worksheet_write_number(sheet, row, column, static_cast<double>(duration.minutes) / 1440.0, formats.hours); }
    void operator()(DateCell date) { worksheet_write_number(sheet, row, column, serial_day(people::local_date_text(date.at)), formats.date); }
    void operator()(ClockCell clock) { worksheet_write_number(sheet, row, column, part_of_day(people::local_clock_text(clock.at)), formats.clock); }
    void operator()(const PictureCell& picture) {
        worksheet_set_row(sheet, row, picture_points, nullptr);
        lxw_image_options placed{};
        placed.x_offset = placed.y_offset = picture_margin_pixels;
        placed.object_position = LXW_OBJECT_MOVE_AND_SIZE;
        worksheet_insert_image_buffer_opt(sheet, row, column, reinterpret_cast<const unsigned char*>(picture.png.data()), picture.png.size(), &placed);
    }
};

/// How wide a cell's words are: characters, not bytes.
struct Width {
    std::size_t operator()(std::monostate) const { return 0; }
    std::size_t operator()(const std::string& words) const {
        return static_cast<std::size_t>(std::count_if(words.begin(), words.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    }
    std::size_t operator()(std::int64_t) const { return 6; }
    std::size_t operator()(Duration) const { return 7; }
    std::size_t operator()(DateCell) const { return 10; }
    std::size_t operator()(ClockCell) const { return 5; }
    std::size_t operator()(const PictureCell&) const { return 18; }
};

constexpr std::size_t column_width_max = 48;

void fill(lxw_worksheet* sheet, const Table& table, const Formats& formats) {
    Writer writer{.sheet = sheet, .formats = formats};
    std::vector<std::size_t> widths;
    for (const auto& heading : table.headings) {
        worksheet_write_string(sheet, 0, writer.column++, heading.c_str(), formats.heading);
        widths.push_back(Width{}(heading));
    }
    for (const auto& row : table.rows) {
        ++writer.row;
        writer.column = 0;
        for (const auto& cell : row) {
            auto& width = widths[writer.column];
            width = std::max(width, std::visit(Width{}, cell));
            std::visit(writer, cell);
            ++writer.column;
        }
    }
    for (std::size_t column = 0; column < widths.size(); ++column) {
        const auto at = static_cast<lxw_col_t>(column);
        worksheet_set_column(sheet, at, at, static_cast<double>(std::min(widths[column], column_width_max)) + 2.0, nullptr);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    if (!table.rows.empty()) worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(table.rows.size()), static_cast<lxw_col_t>(widths.size() - 1));
    worksheet_set_landscape(sheet);
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
