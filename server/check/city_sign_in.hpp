#pragma once

// The city's own sign-in: whether it can be used as the options say.

#include "check/look.hpp"
#include "config/settings.hpp"

namespace etakahvila::check {

/// oidc_secret, oidc.
Answers city_sign_in(const config::Settings& settings);

}  // namespace etakahvila::check
