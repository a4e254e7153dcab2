#include "people/browser_kind.hpp"

#include "support/catch.hpp"

using namespace etakahvila::people;

TEST_CASE("a browser is known by what it says last, though it names others too") {
    const auto is = [](std::string_view text, BrowserKind browser, DeviceKind device) {
        INFO(text);
        CHECK(browser_kind(text) == browser);
        CHECK(device_kind(text) == device);
    };
    is("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
       "Safari/537.36",
        BrowserKind::chrome, DeviceKind::windows);
    is("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
       "Safari/537.36 Edg/131.0.0.0",
        BrowserKind::edge, DeviceKind::windows);
    is("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", BrowserKind::firefox,
        DeviceKind::linux_pc);
    is("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
       "Mobile/15E148 Safari/604.1",
        BrowserKind::safari, DeviceKind::iphone);
    is("Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-A546B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 "
       "Chrome/122.0.0.0 Mobile Safari/537.36",
        BrowserKind::samsung, DeviceKind::android);
    is("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0", BrowserKind::firefox,
        DeviceKind::mac);
    is("", BrowserKind::other, DeviceKind::other);
    is("\xff\x00<script>", BrowserKind::other, DeviceKind::other);
}
