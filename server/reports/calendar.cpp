#include "reports/calendar.hpp"

#include <date/date.h>

namespace etakahvila::reports {
namespace {

constexpr std::size_t line_octets_max = 75;

std::string utc_text(base::UtcTime at) {
    const date::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds{at.ms}};
    return date::format("%Y%m%dT%H%M%SZ", date::floor<std::chrono::seconds>(time));
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\r') continue;
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '\\' || c == ';' || c == ',') out += '\\';
        out += c;
    }
    return out;
}

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

class FoldedText {
public:
    void add(std::string_view line) {
        bool is_first = true;
        while (!line.empty() || is_first) {
            // A folded line begins with a space, which counts.
            const auto most = line_octets_max - (is_first ? 0 : 1);
            auto length = std::min(most, line.size());
            while (length < line.size() && length > 0 && is_inside_character(line[length])) --length;
            if (!is_first) text_ += ' ';
            text_.append(line.substr(0, length)).append("\r\n");
            line.remove_prefix(length);
            is_first = false;
        }
    }
    std::string take() && { return std::move(text_); }

private:
    std::string text_;
};

}  // namespace

std::string calendar_of(const CalendarEntry& entry) {
    FoldedText lines;
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add("PRODID:-//Etakahvila//Etakahvila//FI");
    lines.add("METHOD:PUBLISH");
    lines.add("BEGIN:VEVENT");
    lines.add("UID:" + escaped(entry.uid));
    lines.add("DTSTAMP:" + utc_text(entry.made_at));
    lines.add("SEQUENCE:" + std::to_string(entry.sequence));
    lines.add("DTSTART:" + utc_text(entry.starts_at));
    lines.add("DTEND:" + utc_text(entry.ends_at));
    lines.add("SUMMARY:" + escaped(entry.title));
    lines.add("DESCRIPTION:" + escaped(entry.description));
    lines.add("LOCATION:" + escaped(entry.link));
    lines.add("URL:" + entry.link);
    // Others who see the calendar see that the time is taken, and nothing else.
    lines.add("CLASS:PRIVATE");
    lines.add("END:VEVENT");
    lines.add("END:VCALENDAR");
    return std::move(lines).take();
}

}  // namespace etakahvila::reports
