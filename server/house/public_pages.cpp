#include "house/public_pages.hpp"

#include "pages/filling.hpp"

namespace etakahvila::house {
namespace {

/// As a telephone dials it.
std::string dialled(std::string_view phone) {
    std::string digits;
    for (const char c : phone) {
        if ((c >= '0' && c <= '9') || c == '+') digits += c;
    }
    return digits;
}

}  // namespace

void PublicPages::tell(const PageFacts& facts) {
    {
        const std::lock_guard lock{mutex_};
        if (!shown_->empty() && facts == facts_) return;
    }
    auto shown = std::make_shared<Pages>();
    for (const auto& [file, page] : built_) {
        const auto name = file.substr(0, file.rfind('.'));
        const auto dash = name.find('-');
        const auto language = dash == name.npos ? std::string{"fi"} : name.substr(dash + 1);
        const auto find = [&, this](std::string_view place) -> std::optional<std::string> {
            // The number alone: where there is none, what is said around it goes too.
            const auto fact = facts.find(place == "call" ? std::string_view{"help_phone"} : place);
            if (fact == facts.end()) return words_.find(place, language);
            if (fact->second.empty()) return std::string{};
            if (place != "help_phone")
                return place == "call" ? std::nullopt : std::optional{pages::as_html(fact->second)};
            return "<a class=\"phone-no\" href=\"tel:" + dialled(fact->second) + "\">" + pages::as_html(fact->second) +
                   "</a>";
        };
        shown->emplace("/" + name, std::make_shared<const std::string>(pages::filled(page, find)));
    }
    const std::lock_guard lock{mutex_};
    facts_ = facts;
    shown_ = std::move(shown);
}

std::optional<net::Response> PublicPages::find(const net::Request& request) const {
    std::shared_ptr<const Pages> shown;
    {
        const std::lock_guard lock{mutex_};
        shown = shown_;
    }
    const auto found = shown->find(request.path);
    if (found == shown->end()) return std::nullopt;
    net::Response answer{.content_type = "text/html; charset=utf-8", .body = found->second, .fields = {}};
    answer.is_kept_from_caches = false;
    answer.fields.emplace_back("Cache-Control", "no-cache");
    return answer;
}

}  // namespace etakahvila::house
