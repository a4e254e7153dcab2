// A file that somebody sends as a photo. Whatever it is, it becomes a picture of our own, within its bounds and with
// nothing beside it, or is refused.

#include <algorithm>
#include <string_view>

#include "fuzz/target.hpp"
#include "media/pictures.hpp"
#include "media/worker/image.hpp"
#include "media/worker/remake.hpp"

using namespace etakahvila::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view given{reinterpret_cast<const char*>(data), size};
    const auto made = remake(given);
    HOLDS(made.jpeg.empty() == (made.verdict != Verdict::made));
    if (made.verdict != Verdict::made) return 0;
    HOLDS(made.jpeg.size() <= picture_bytes_max);
    HOLDS(made.jpeg.starts_with("\xff\xd8\xff") && made.jpeg.ends_with("\xff\xd9"));
    for (const auto* beside : {"\xff\xe1", "\xff\xe2", "\xff\xed", "\xff\xfe"})
        HOLDS(made.jpeg.find(beside) == std::string::npos);
    const auto decoded = decode_jpeg(made.jpeg);
    const auto* again = std::get_if<Decoded>(&decoded);
    HOLDS(again != nullptr && again->orientation == 1);
    HOLDS(std::max(again->image.width, again->image.height) <= picture_side_max);
    HOLDS(std::min(again->image.width, again->image.height) >= 1);
    return 0;
}
