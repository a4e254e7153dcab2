// The site's own words: what is let through, and what comes in its place.

#include <filesystem>
#include <fstream>

#include "pages/filling.hpp"
#include "pages/markdown.hpp"
#include "pages/site_words.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using pages::safe_html;

TEST_CASE("Headings, lists and plain words become what they are") {
    CHECK(safe_html("# Otsikko\n\nSanoja & *muita*.\n\n- yksi\n- kaksi\n") ==
          "<h1>Otsikko</h1>\n<p>Sanoja &amp; <em>muita</em>.</p>\n<ul>\n<li>yksi</li>\n<li>kaksi</li>\n</ul>\n");
    CHECK(safe_html("").empty());
}

TEST_CASE("No HTML of theirs comes through, whole or in pieces") {
    CHECK(safe_html("<script>alert(1)</script>\n") == "");
    CHECK(safe_html("ennen <b onclick=\"x()\">sana</b> jälkeen\n") == "<p>ennen sana jälkeen</p>\n");
    CHECK(safe_html("<iframe src=\"https://elsewhere.example\"></iframe>\n\nsanoja\n") == "<p>sanoja</p>\n");
    CHECK(safe_html("a &lt;script&gt; b\n") == "<p>a &lt;script&gt; b</p>\n");
    CHECK(safe_html("<!--place:help_phone-->x<!--/place-->\n").find("<!--") == std::string::npos);
}

TEST_CASE("A link leads within the site, to a telephone or a letter; of another the address is written out") {
    CHECK(safe_html("[seloste](/accessibility)") == "<p><a href=\"/accessibility\">seloste</a></p>\n");
    CHECK(safe_html("[soita](tel:0931010)") == "<p><a href=\"tel:0931010\">soita</a></p>\n");
    CHECK(safe_html("<a@example.fi>") == "<p><a href=\"mailto:a@example.fi\">a@example.fi</a></p>\n");
    CHECK(safe_html("[valtuutettu](https://tietosuoja.fi/)") == "<p>valtuutettu (https://tietosuoja.fi/)</p>\n");
    CHECK(safe_html("<https://tietosuoja.fi/>") == "<p>https://tietosuoja.fi/</p>\n");
    for (const auto* foreign : {"//elsewhere.example", "/\\\\elsewhere.example", "javascript:alert(1)",
             "data:text/html,x", "\\\\elsewhere.example", "http:elsewhere.example", "JAVASCRIPT:alert(1)"}) {
        CAPTURE(foreign);
        CHECK(safe_html("[x](" + std::string{foreign} + ")").find("href") == std::string::npos);
    }
    CHECK(safe_html("![kuppi](https://elsewhere.example/a.png)") == "<p>kuppi</p>\n");
    CHECK(safe_html("[![kuppi](a.png)](https://elsewhere.example)") == "<p>kuppi (https://elsewhere.example)</p>\n");
}

TEST_CASE("A place takes the site's words, or keeps the usual ones; places may hold others") {
    const auto find = [](std::string_view name) -> std::optional<std::string> {
        if (name == "a") return "A";
        if (name == "empty") return "";
        return std::nullopt;
    };
    CHECK(pages::filled("x <!--place:a-->usual<!--/place--> y", find) == "x A y");
    CHECK(pages::filled("x <!--place:b-->usual<!--/place--> y", find) == "x usual y");
    CHECK(pages::filled("<!--place:b-->1 <!--place:a-->2<!--/place--> 3<!--/place-->4", find) == "1 A 34");
    CHECK(pages::filled("<!--place:empty-->1 <!--place:a-->2<!--/place--> 3<!--/place-->4", find) == "4");
    CHECK(pages::filled("<!--place:a-->no end", find) == "<!--place:a-->no end");
    CHECK(pages::filled("<!--place:a", find) == "<!--place:a");
    CHECK(pages::filled("", find).empty());
    CHECK(pages::as_html("<a & \"b\">") == "&lt;a &amp; &quot;b&quot;&gt;");
}

TEST_CASE("The site's words are files by name and language; what means nothing is refused by its name") {
    const TemporaryFolder folder;
    const auto put = [&](const char* name, std::string_view text) { std::ofstream{folder.path() / name} << text; };
    put("controller.fi.md", "Esimerkin kaupunki");
    put("controller.en.txt", "City of Example");
    put("privacy.sv.md", "# Egen sida");
    put("notes.docx", "passed over");
    const auto words = pages::SiteWords::read(folder.path());
    CHECK(words.find("controller", "fi") == "<p>Esimerkin kaupunki</p>\n");
    CHECK(words.find("controller", "selko") == "<p>Esimerkin kaupunki</p>\n");
    CHECK(words.find("controller", "en") == "<p>City of Example</p>\n");
    CHECK(words.find("controller", "sv") == "<div lang=\"fi\"><p>Esimerkin kaupunki</p>\n</div>");
    CHECK(words.find("privacy", "sv") == "<h1>Egen sida</h1>\n");
    CHECK_FALSE(words.find("privacy", "en"));
    CHECK_FALSE(words.find("legal_basis", "fi"));
    CHECK_FALSE(pages::SiteWords{}.find("controller", "fi"));

    for (const auto* wrong : {"controler.fi.md", "README.md", "controller.de.md", "controller.fi.fi.md"}) {
        CAPTURE(wrong);
        put(wrong, "x");
        CHECK_THROWS_WITH(pages::SiteWords::read(folder.path()), Catch::Contains("whose name means nothing"));
        std::filesystem::remove(folder.path() / wrong);
    }
    put("legal_basis.fi.md", std::string(65 * 1024, 'x'));
    CHECK_THROWS_WITH(pages::SiteWords::read(folder.path()), Catch::Contains("longer than 64 KiB"));
    CHECK_THROWS_WITH(pages::SiteWords::read(folder.path() / "none"), Catch::Contains("--pages"));
}
