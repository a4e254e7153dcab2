#pragma once

// Files that the server needs beside its data.

#include "check/look.hpp"
#include "config/settings.hpp"

namespace etakahvila::check {

/// Fewer are a problem.
inline constexpr int certificate_days_least = 14;

Answer web_client(const config::Settings& settings);
/// certificate, and certificate_name where there is a site that it is for.
Answers certificate(const config::Settings& settings);
Answer word_list(const config::Settings& settings);
/// public_words: the pages that anyone may read say who is in charge.
Answer public_words(const config::Settings& settings);
Answer pictures(const config::Settings& settings);

}  // namespace etakahvila::check
