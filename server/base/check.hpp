#pragma once

#include <cstdio>
#include <cstdlib>

/// A claim that only a mistake in this program can break. Always on: a wrong room is worse than
/// a stopped one, and what was acknowledged is on disk.
#define ETAKAHVILA_CHECK(claim)                                                             \
    do {                                                                                    \
        if (!(claim)) [[unlikely]] {                                                        \
            std::fprintf(stderr, "check failed: %s (%s:%d)\n", #claim, __FILE__, __LINE__); \
            std::abort();                                                                   \
        }                                                                                   \
    } while (false)
