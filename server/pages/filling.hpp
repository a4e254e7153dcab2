#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace etakahvila::pages {

/// The page with its places filled. A place is <!--place:NAME-->usual words<!--/place-->: what `find` has for its name
/// comes in there, as HTML; where that is nothing the usual words stay. Places may hold others. A place without an end
/// stays as it is.
std::string filled(std::string_view page, const std::function<std::optional<std::string>(std::string_view name)>& find);

/// A text as HTML that shows it.
std::string as_html(std::string_view text);

}  // namespace etakahvila::pages
