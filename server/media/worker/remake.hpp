#pragma once

// What is done with a picture behind the wall: looked at, decoded at the size that is wanted, turned upright, made
// small, and encoded anew. Pure: bytes in, bytes out.

#include <string>
#include <string_view>

#include "media/answers.hpp"

namespace etakahvila::media {

struct Remade {
    Verdict verdict = Verdict::not_a_picture;
    /// Where it was made.
    std::string jpeg;
};

/// May throw std::bad_alloc.
Remade remake(std::string_view given);

}  // namespace etakahvila::media
