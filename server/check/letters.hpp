#pragma once

#include "check/look.hpp"
#include "config/settings.hpp"

namespace etakahvila::check {

/// mail_password and mail_server: the mail server is there, takes the name and the password, and would take a letter;
/// none is sent. Waits for it 20 seconds at most.
Answers letters(const config::Settings& settings);

}  // namespace etakahvila::check
