#include "media/worker/sandbox.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace etakahvila::media {
namespace {

/// The largest picture that is taken needs less than half of it.
constexpr rlim_t memory_bytes_max = rlim_t{640} * 1024 * 1024;
constexpr rlim_t processor_seconds_max = 10;
/// By the wall's clock; the parent gives up later.
constexpr unsigned seconds_max = 20;

#if defined(__x86_64__)
constexpr std::uint32_t machine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t machine = AUDIT_ARCH_AARCH64;
#else
// The numbers of its calls are not known here: there is no sandbox.
constexpr std::uint32_t machine = 0;
#endif

using Filter = std::vector<sock_filter>;

constexpr std::uint32_t refuse = SECCOMP_RET_ERRNO | EPERM;

void add(Filter& filter, sock_filter one) { filter.push_back(one); }

sock_filter load(std::size_t offset) { return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)); }
/// The lower half of an argument: the descriptors and flags that are looked at have no other. Both machines keep it
/// first.
sock_filter load_argument(std::size_t index) { return load(offsetof(seccomp_data, args) + 8 * index); }
sock_filter answer(std::uint32_t what) { return BPF_STMT(BPF_RET | BPF_K, what); }
/// So many steps on, where it is so and where it is not.
sock_filter is(std::uint32_t value, std::uint8_t so, std::uint8_t not_so) {
    return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, so, not_so);
}
sock_filter has_any(std::uint32_t bits, std::uint8_t so, std::uint8_t not_so) {
    return BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, so, not_so);
}

void allow(Filter& filter, long call) {
    add(filter, is(static_cast<std::uint32_t>(call), 0, 1));
    add(filter, answer(SECCOMP_RET_ALLOW));
}

/// With this descriptor alone.
void allow_with(Filter& filter, long call, int descriptor) {
    add(filter, is(static_cast<std::uint32_t>(call), 0, 4));
    add(filter, load_argument(0));
    add(filter, is(static_cast<std::uint32_t>(descriptor), 0, 1));
    add(filter, answer(SECCOMP_RET_ALLOW));
    add(filter, answer(refuse));
}

/// Memory that no file stands behind and that never runs as a program.
void allow_memory(Filter& filter) {
    add(filter, is(SYS_mmap, 0, 6));
    add(filter, load_argument(2));
    add(filter, has_any(PROT_EXEC, 3, 0));
    add(filter, load_argument(3));
    add(filter, has_any(MAP_ANONYMOUS, 0, 1));
    add(filter, answer(SECCOMP_RET_ALLOW));
    add(filter, answer(refuse));
    add(filter, is(SYS_mprotect, 0, 4));
    add(filter, load_argument(2));
    add(filter, has_any(PROT_EXEC, 1, 0));
    add(filter, answer(SECCOMP_RET_ALLOW));
    add(filter, answer(refuse));
    for (const long call : {SYS_munmap, SYS_mremap, SYS_brk, SYS_madvise}) allow(filter, call);
}

Filter rules() {
    Filter filter;
    add(filter, load(offsetof(seccomp_data, arch)));
    add(filter, is(machine, 1, 0));
    add(filter, answer(SECCOMP_RET_KILL_PROCESS));
    add(filter, load(offsetof(seccomp_data, nr)));
    allow_with(filter, SYS_read, STDIN_FILENO);
    allow_with(filter, SYS_write, STDOUT_FILENO);
    allow_memory(filter);
    // Of the C library's own: its locks, its clock, the way back from a signal, the end.
    for (const long call : {SYS_futex, SYS_clock_gettime, SYS_rt_sigreturn, SYS_exit, SYS_exit_group})
        allow(filter, call);
    add(filter, answer(refuse));
    return filter;
}

bool bound(int resource, rlim_t most) {
    const rlimit limit{.rlim_cur = most, .rlim_max = most};
    return ::setrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0;
}

bool is_refused(long result) { return result == -1 && errno == EPERM; }

}  // namespace

bool shut_in() {
    if (machine == 0) return false;
    // Whatever whoever started it had open.
    if (::syscall(SYS_close_range, 3U, ~0U, 0U) != 0) return false;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::prctl(PR_SET_DUMPABLE, 0);
    ::alarm(seconds_max);
    const bool is_bounded = bound(RLIMIT_AS, memory_bytes_max) && bound(RLIMIT_CPU, processor_seconds_max) &&
                            bound(RLIMIT_CORE, 0) && bound(RLIMIT_FSIZE, 0) && bound(RLIMIT_NPROC, 0);
    if (!is_bounded || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
    auto filter = rules();
    const sock_fprog program{.len = static_cast<unsigned short>(filter.size()), .filter = filter.data()};
    return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0U, &program) == 0;
}

bool is_shut_in() {
    const auto started = ::syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (started == 0) ::_exit(0);
    if (!is_refused(started)) return false;
    std::array<char*, 1> nothing{nullptr};
    return is_refused(::openat(AT_FDCWD, "/", O_RDONLY | O_DIRECTORY)) &&
           is_refused(::socket(AF_INET, SOCK_STREAM, 0)) && is_refused(::socket(AF_UNIX, SOCK_STREAM, 0)) &&
           is_refused(::execve("/bin/true", nothing.data(), nothing.data())) && is_refused(::kill(::getpid(), 0)) &&
           is_refused(::write(STDERR_FILENO, "", 0)) &&
           ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED;
}

}  // namespace etakahvila::media
