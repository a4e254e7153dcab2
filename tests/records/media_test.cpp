// What records/media.hpp promises, of every store.

#include <memory>

#include "records/memory_media.hpp"
#include "support/catch.hpp"

namespace etakahvila::records {
namespace {

using namespace std::string_literals;
using Names = std::vector<std::string>;

std::unique_ptr<Media> media_named(const std::string&) { return std::make_unique<MemoryMedia>(); }
const auto every_media = {"memory"s};

void put(Media& media, std::string_view name, const std::string& bytes) {
    media.put(name, std::as_bytes(std::span{bytes}));
}

}  // namespace

TEST_CASE("bytes are kept whole under their name, of every store of media") {
    const auto name = GENERATE(values(every_media));
    CAPTURE(name);
    const auto media = media_named(name);
    CHECK(media->list().empty());

    SECTION("whatever they are") {
        const auto bytes = GENERATE(as<std::string>{}, "", "\0"s, "a\0b\xff"s, std::string(3'000'000, 'x'));
        put(*media, "page-1.jpg", bytes);
        CHECK(media->get("page-1.jpg") == bytes);
        CHECK(media->list() == Names{"page-1.jpg"});
    }

    SECTION("the newest of a name, and each name for itself") {
        put(*media, "b", "one");
        put(*media, "a", "two");
        put(*media, "b", "three");
        CHECK(media->get("a") == "two");
        CHECK(media->get("b") == "three");
        CHECK(media->list() == Names{"a", "b"});
        CHECK(media->drop("b"));
        CHECK_FALSE(media->drop("b"));
        CHECK(media->get("b") == std::nullopt);
        CHECK(media->list() == Names{"a"});
    }

    SECTION("a name that would lead elsewhere is refused, and is nothing to ask for") {
        const auto bad = GENERATE(as<std::string>{}, "", ".", "..", "../a", "a/b", ".a", "a.", "A", "ä", "a b", "a\0"s,
            std::string(media_name_bytes_max + 1, 'a'));
        CHECK_THROWS_AS(put(*media, bad, "x"), Error);
        CHECK(media->get(bad) == std::nullopt);
        CHECK_FALSE(media->drop(bad));
        CHECK(media->list().empty());
        put(*media, std::string(media_name_bytes_max, 'a'), "x");
        CHECK(media->list().size() == 1);
    }
}

}  // namespace etakahvila::records
