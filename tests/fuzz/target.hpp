#pragma once

// One thing that takes bytes from outside, called with any bytes there are. libFuzzer calls it
// (clang, -DETAKAHVILA_FUZZ=ON); in every other build tests/fuzz/twin.cpp does, with seeds that it
// changes by itself.

#include <cstddef>
#include <cstdint>
#include <cstdio>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// What must hold, in every build: stops the program, so that the input is found.
#define HOLDS(claim)                                                                        \
    do {                                                                                    \
        if (!(claim)) {                                                                     \
            std::fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #claim); \
            __builtin_trap();                                                               \
        }                                                                                   \
    } while (false)
