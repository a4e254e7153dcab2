#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace etakahvila::client {

struct OwnCertificate {
    std::filesystem::path certificate;
    std::filesystem::path key;
};

/// Makes a certificate that nobody vouches for, for a month, with its key: for a demo and for
/// tests. `names` are host names and addresses. Files in the folder, readable by their owner only.
/// Throws std::runtime_error with a sentence for the operator.
OwnCertificate make_own_certificate(const std::filesystem::path& folder, const std::vector<std::string>& names);

}  // namespace etakahvila::client
