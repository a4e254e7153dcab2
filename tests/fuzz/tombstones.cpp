// The file beside the database that says what was erased: any bytes. It is refused in words, or is read as it was
// written; what is added stands behind all that was there, and is taken back alone; what a power cut left of a line is
// passed over.

#include <algorithm>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <string>

#include "fuzz/target.hpp"
#include "keeping/tombstones.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const testing::TemporaryFolder folder;
    static const auto path = keeping::tombstones_beside(folder.path() / "etakahvila.sqlite");
    std::ofstream{path, std::ios::binary}.write(
        reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    keeping::TombstoneFile file{path};
    std::vector<keeping::Tombstone> all;
    try {
        all = file.all();
    } catch (const std::runtime_error& refused) {
        HOLDS(std::string{refused.what()}.starts_with("The file of what was erased "));
        return 0;
    }
    const auto known = file.identity();
    HOLDS(known || all.empty());
    const auto last = file.last_number();
    for (const auto& each : all) HOLDS(each.number <= last);
    // Numbers rise: whoever has written the last that there is writes no more.
    if (last >= std::numeric_limits<std::int64_t>::max() - 2) return 0;
    const auto identity = known.value_or(7);
    const keeping::Tombstone added{
        .number = last + 1, .at = {1'796'281'200'000}, .rule = protocol::KeepingRule::contacts, .id = 5, .other = -1};
    const auto before = all;
    file.append(identity, {&added, 1});
    all.push_back(added);
    keeping::TombstoneFile again{path};
    HOLDS(again.identity() == identity && again.all() == all && again.last_number() == added.number);
    again.take_back(identity, {&added, 1});
    HOLDS(again.all() == before && again.last_number() == added.number + 1);
    return 0;
}
