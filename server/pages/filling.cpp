#include "pages/filling.hpp"

namespace etakahvila::pages {
namespace {

constexpr std::string_view place_begin = "<!--place:";
constexpr std::string_view begin_end = "-->";
constexpr std::string_view place_end = "<!--/place-->";

/// Where the place's own end begins, behind those of the places that it holds.
std::size_t end_of(std::string_view page, std::size_t from) {
    for (int depth = 1;;) {
        const auto end = page.find(place_end, from);
        if (end == page.npos) return end;
        const auto inner = page.find(place_begin, from);
        if (inner < end) {
            ++depth;
            from = inner + place_begin.size();
        } else {
            if (--depth == 0) return end;
            from = end + place_end.size();
        }
    }
}

}  // namespace

std::string filled(
    std::string_view page, const std::function<std::optional<std::string>(std::string_view name)>& find) {
    std::string text;
    while (true) {
        const auto begin = page.find(place_begin);
        const auto name_begin = begin + place_begin.size();
        const auto name_end = begin == page.npos ? begin : page.find(begin_end, name_begin);
        const auto end = name_end == page.npos ? name_end : end_of(page, name_end);
        if (end == page.npos) return text.append(page);
        text.append(page.substr(0, begin));
        const auto usual = page.substr(name_end + begin_end.size(), end - name_end - begin_end.size());
        const auto own = find(page.substr(name_begin, name_end - name_begin));
        text.append(own ? *own : filled(usual, find));
        page.remove_prefix(end + place_end.size());
    }
}

std::string as_html(std::string_view text) {
    std::string html;
    for (const char c : text) {
        switch (c) {
            case '&': html += "&amp;"; break;
            case '<': html += "&lt;"; break;
            case '>': html += "&gt;"; break;
            case '"': html += "&quot;"; break;
            default: html += c;
        }
    }
    return html;
}

}  // namespace etakahvila::pages
