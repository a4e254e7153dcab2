#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace etakahvila::testing {

/// An empty folder that goes, with all that is in it, when this goes. Below `parent`, by default the system's for what
/// is temporary.
class TemporaryFolder {
public:
    explicit TemporaryFolder(const std::filesystem::path& parent = {}) {
        auto name =
            ((parent.empty() ? std::filesystem::temp_directory_path() : parent) / "etakahvila-test-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace etakahvila::testing
