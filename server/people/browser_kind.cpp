#include "people/browser_kind.hpp"

#include <array>
#include <utility>

namespace etakahvila::people {
namespace {

/// The first mark that stands in the text names it: browsers name those that they are like too, behind themselves.
template <class Kind, std::size_t N>
Kind first_named(std::string_view text, const std::array<std::pair<std::string_view, Kind>, N>& marks) {
    for (const auto& [mark, kind] : marks) {
        if (text.find(mark) != text.npos) return kind;
    }
    return Kind::other;
}

}  // namespace

BrowserKind browser_kind(std::string_view user_agent) {
    using enum BrowserKind;
    static constexpr std::array<std::pair<std::string_view, BrowserKind>, 10> marks{{
        {"Edg/", edge},
        {"EdgA/", edge},
        {"EdgiOS/", edge},
        {"SamsungBrowser/", samsung},
        {"OPR/", other},
        {"Firefox/", firefox},
        {"FxiOS/", firefox},
        {"Chrome/", chrome},
        {"CriOS/", chrome},
        {"Safari/", safari},
    }};
    return first_named(user_agent, marks);
}

DeviceKind device_kind(std::string_view user_agent) {
    using enum DeviceKind;
    static constexpr std::array<std::pair<std::string_view, DeviceKind>, 6> marks{{
        {"Android", android},
        {"iPhone", iphone},
        {"iPad", ipad},
        {"Windows", windows},
        {"Macintosh", mac},
        {"Linux", linux_pc},
    }};
    return first_named(user_agent, marks);
}

}  // namespace etakahvila::people
