// What lies beside the data in a backup, which may have been in foreign hands: the manifest, the sums, and the list of
// what was erased. Any bytes: each is refused, or is what is written again. What is put together of two lists has each
// line once, and nothing is lost by putting it together again.

#include <string>

#include "backup/manifest.hpp"
#include "backup/shelf.hpp"
#include "backup/tombstone_copy.hpp"
#include "fuzz/target.hpp"

using namespace etakahvila;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input{reinterpret_cast<const char*>(data), size};
    if (const auto manifest = backup::read_manifest(input)) {
        HOLDS(manifest->manifest == 1 && manifest->level >= 1);
        const auto again = backup::read_manifest(backup::to_text(*manifest));
        HOLDS(again && *again == *manifest);
    }
    if (const auto sums = backup::read_sums(input)) {
        for (const auto& [name, digest] : *sums) HOLDS(digest.size() == 64 && name.find('/') == name.npos);
        const auto again = backup::read_sums(backup::to_text(*sums));
        HOLDS(again && *again == *sums);
    }
    const auto middle = input.size() / 2;
    const auto all = backup::union_of(input.substr(0, middle), input.substr(middle));
    HOLDS(backup::union_of(all, all) == all);
    HOLDS(backup::union_of(all, input.substr(0, middle)) == all);
    if (const auto time = backup::time_in(input)) HOLDS(backup::name_of(*time) == input);
    return 0;
}
