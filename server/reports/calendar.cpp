#include "reports/calendar.hpp"

#include <array>

#include <date/date.h>

#include "people/local_time.hpp"

namespace etakahvila::reports {
namespace {

constexpr std::size_t line_octets_max = 75;

std::string utc_text(base::UtcTime at) {
    const date::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds{at.ms}};
    return date::format("%Y%m%dT%H%M%SZ", date::floor<std::chrono::seconds>(time));
}

/// 20261203T090000, as Helsinki's clock shows it.
std::string local_text(base::UtcTime at) {
    auto text = people::local_date_text(at) + "T" + people::local_clock_text(at) + "00";
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

/// Since 1996, and for all years of a calendar.
constexpr std::array<std::string_view, 17> helsinki{"BEGIN:VTIMEZONE", "TZID:Europe/Helsinki", "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0200", "TZOFFSETTO:+0300", "TZNAME:EEST", "DTSTART:19960331T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT", "BEGIN:STANDARD", "TZOFFSETFROM:+0300",
    "TZOFFSETTO:+0200", "TZNAME:EET", "DTSTART:19961027T040000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD", "END:VTIMEZONE"};

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
    void add(std::string_view text_line) {
        bool is_first = true;
        while (!text_line.empty() || is_first) {
            // A folded line begins with a space, which counts.
            const auto most = line_octets_max - (is_first ? 0 : 1);
            auto length = std::min(most, text_line.size());
            while (length < text_line.size() && length > 0 && is_inside_character(text_line[length])) --length;
            if (!is_first) text_ += ' ';
            text_.append(text_line.substr(0, length)).append("\r\n");
            text_line.remove_prefix(length);
            is_first = false;
        }
    }
    std::string take() && { return std::move(text_); }

private:
    std::string text_;
};

}  // namespace

std::string calendar_of(std::span<const CalendarEntry> entries, CalendarMethod method, std::string_view organizer) {
    FoldedText text;
    text.add("BEGIN:VCALENDAR");
    text.add("VERSION:2.0");
    text.add("PRODID:-//Tapaaminen verkossa//FI");
    text.add(method == CalendarMethod::cancel ? "METHOD:CANCEL" : "METHOD:PUBLISH");
    for (const auto rule : helsinki) text.add(rule);
    for (const auto& entry : entries) {
        text.add("BEGIN:VEVENT");
        text.add("UID:" + escaped(entry.uid));
        text.add("DTSTAMP:" + utc_text(entry.made_at));
        text.add("SEQUENCE:" + std::to_string(entry.sequence));
        if (!organizer.empty()) text.add("ORGANIZER:mailto:" + std::string{organizer});
        text.add("DTSTART;TZID=Europe/Helsinki:" + local_text(entry.starts_at));
        text.add("DTEND;TZID=Europe/Helsinki:" + local_text(entry.ends_at));
        text.add("SUMMARY:" + escaped(entry.title));
        text.add("DESCRIPTION:" + escaped(entry.description));
        text.add("LOCATION:" + escaped(entry.address));
        text.add("URL:" + entry.address);
        if (entry.is_cancelled) text.add("STATUS:CANCELLED");
        // Others who see the calendar see that the time is taken, and nothing else.
        text.add("CLASS:PRIVATE");
        text.add("END:VEVENT");
    }
    text.add("END:VCALENDAR");
    return std::move(text).take();
}

}  // namespace etakahvila::reports
