#pragma once

// How the second process shuts itself in: before it has read a byte it gives up whatever it could reach.

namespace etakahvila::media {

/// From here on this process reads from its input and writes to its output, takes memory and ends: to all else the
/// kernel says no (seccomp), for good. Its memory and its time are bounded. False where the kernel does not do that:
/// then nothing is to be read.
bool shut_in();

/// Tries what is not to be possible any more, and finds that it is not.
bool is_shut_in();

}  // namespace etakahvila::media
