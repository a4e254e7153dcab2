#include "reports/table.hpp"

#include <cstdio>

#include "people/local_time.hpp"
#include "people/phone.hpp"
#include "reports/csv_writer.hpp"

namespace etakahvila::reports {

std::string hours_text(Duration duration) {
    char text[32];
    std::snprintf(text, sizeof text, "%lld:%02lld", static_cast<long long>(duration.minutes / 60),
        static_cast<long long>(duration.minutes % 60));
    return text;
}

std::string csv_of(const Table& table) {
    CsvWriter csv;
    for (const auto& heading : table.headings) csv.text(heading);
    csv.end_row();
    struct Writer {
        CsvWriter& csv;
        void operator()(std::monostate) { csv.text({}); }
        void operator()(const std::string& words) { csv.text(words); }
        void operator()(std::int64_t number) { csv.number(number); }
        void operator()(Duration duration) { csv.text(hours_text(duration)); }
        void operator()(DateCell date) { csv.text(people::local_date_text(date.at)); }
        void operator()(ClockCell clock) { csv.text(people::local_clock_text(clock.at)); }
        void operator()(const PictureCell&) { csv.text({}); }
        void operator()(const PhoneCell& phone) {
            // Digits and a plus alone: nothing that a spreadsheet would work out.
            const auto number = people::dialled(phone.number);
            if (number)
                csv.as_it_is(*number);
            else
                csv.text(phone.number);
        }
    };
    for (const auto& row : table.rows) {
        for (const auto& cell : row) std::visit(Writer{csv}, cell);
        csv.end_row();
    }
    return std::move(csv).take();
}

}  // namespace etakahvila::reports
