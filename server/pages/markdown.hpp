#pragma once

#include <string>
#include <string_view>

namespace etakahvila::pages {

/// CommonMark as HTML that harms nobody. HTML in it is left out, and so are pictures, of which the words stay. A link
/// leads within the site, to a telephone or to a letter; of one that leads elsewhere the address is written out, to be
/// read and not followed.
std::string safe_html(std::string_view markdown);

}  // namespace etakahvila::pages
