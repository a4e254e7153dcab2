// A machine that has slept, for stories that last a whole day: loaded into the server before everything else
// (DayClock in running_site.ts). The clock of the wall, and the one that counts while a machine sleeps, are ahead by as
// many milliseconds as the file says, whenever it says so. The one that stands still meanwhile, by which waits are
// measured, is as it was.

#include <array>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <ctime>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

/// As they lie in the file: of the wall, and since the machine was started.
using Ahead = std::array<std::int64_t, 2>;

Ahead* open_file() {
    const char* name = std::getenv("ETAKAHVILA_SLEPT_CLOCK");
    const int file = name == nullptr ? -1 : ::open(name, O_RDWR | O_CLOEXEC);
    if (file < 0) std::abort();
    void* const at = ::mmap(nullptr, sizeof(Ahead), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    if (at == MAP_FAILED) std::abort();
    return static_cast<Ahead*>(at);
}

std::int64_t ahead_of(std::size_t clock) {
    static Ahead* const file = open_file();
    return std::atomic_ref{(*file)[clock]}.load();
}

void move(timespec& at, std::int64_t ahead_ms) {
    constexpr std::int64_t second_ns = 1'000'000'000;
    const std::int64_t ns = at.tv_nsec + ahead_ms % 1000 * 1'000'000 + second_ns;
    at.tv_sec += ahead_ms / 1000 + ns / second_ns - 1;
    at.tv_nsec = ns % second_ns;
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* at) noexcept {
    const auto result = static_cast<int>(::syscall(SYS_clock_gettime, clock, at));
    if (result != 0) return result;
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) move(*at, ahead_of(0));
    if (clock == CLOCK_BOOTTIME) move(*at, ahead_of(1));
    return result;
}

time_t time(time_t* result) noexcept {
    timespec at{};
    ::clock_gettime(CLOCK_REALTIME, &at);
    if (result != nullptr) *result = at.tv_sec;
    return at.tv_sec;
}

int gettimeofday(timeval* result, void*) noexcept {
    timespec at{};
    ::clock_gettime(CLOCK_REALTIME, &at);
    *result = {.tv_sec = at.tv_sec, .tv_usec = at.tv_nsec / 1000};
    return 0;
}
}
