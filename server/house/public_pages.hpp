#pragma once

// Instructions, the statement of accessibility and the privacy notice: what the build has made, with the site's own
// words and with what is so here and now.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "net/http_exchange.hpp"
#include "net/static_files.hpp"
#include "pages/site_words.hpp"

namespace etakahvila::house {

/// What stands in a place of the pages, by its name: text, not HTML. help_phone; and of the times of keeping, as whole
/// numbers: keeping.NAME.
using PageFacts = std::map<std::string, std::string, std::less<>>;

/// From any thread.
class PublicPages {
public:
    /// Takes the pages out of `files`, which serves them no more.
    PublicPages(net::StaticFiles& files, pages::SiteWords words)
        : built_{files.take("/pages/")}, words_{std::move(words)} {}

    /// What is so now. Pages of before are served until it has been told once more.
    void tell(const PageFacts& facts);

    /// /privacy, /privacy-sv and so on. Nothing for another path, and nothing where the build has no pages.
    std::optional<net::Response> find(const net::Request& request) const;

private:
    using Pages = std::map<std::string, std::shared_ptr<const std::string>, std::less<>>;

    /// By their names in the build: "privacy-sv.html".
    const std::map<std::string, std::string> built_;
    const pages::SiteWords words_;
    mutable std::mutex mutex_;
    PageFacts facts_;
    std::shared_ptr<const Pages> shown_ = std::make_shared<const Pages>();
};

}  // namespace etakahvila::house
