// The file beside the database that says how far each room has been acknowledged: any bytes. What
// cannot be believed is counted and not believed, and the file goes on serving.

#include <string>

#include <sodium.h>

#include "fuzz/target.hpp"
#include "journal/high_water.hpp"
#include "support/simulated_disk.hpp"

using namespace etakahvila;

namespace {

constexpr auto file = "etakahvila.sqlite.marks";
constexpr std::size_t mark_bytes = 32;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static testing::SimulatedDisk disk;
    static sqlite3_vfs& vfs = *sqlite3_vfs_find(disk.vfs().c_str());
    static const bool is_ready = sodium_init() >= 0;
    HOLDS(is_ready);
    disk.put(file, std::string{reinterpret_cast<const char*>(data), size});
    const protocol::SessionId room{7};
    domain::Seq before{};
    std::size_t damaged{};
    {
        journal::HighWater marks{vfs, file};
        damaged = marks.damaged();
        HOLDS(damaged <= size / mark_bytes);
        before = marks.of(room).seq;
        marks.put(room, before + 1);
        HOLDS(marks.of(room).seq == before + 1);
    }
    const journal::HighWater again{vfs, file};
    HOLDS(again.of(room).seq == before + 1);
    // The new mark may have taken the place of one that was damaged, and of none that was whole.
    HOLDS(again.damaged() <= damaged);
    return 0;
}
