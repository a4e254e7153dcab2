// A file of answers to `etakahvila setup`, and a file of options from which it goes on. Whatever they are, what comes
// of them is options that a server can start with, or a sentence; and what is written is read as it was.

#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include <sstream>

#include "fuzz/target.hpp"
#include "setup/interview.hpp"

using namespace etakahvila;

namespace {

/// A file in memory whose bytes are changed from run to run.
class MemoryFile {
public:
    MemoryFile() : file_{::memfd_create("answers", MFD_CLOEXEC)} { HOLDS(file_ >= 0); }
    ~MemoryFile() { ::close(file_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    std::filesystem::path put(const std::string& bytes) {
        HOLDS(::ftruncate(file_, 0) == 0);
        HOLDS(::pwrite(file_, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
        return "/proc/self/fd/" + std::to_string(file_);
    }

private:
    int file_;
};

setup::Looks all_is_well() {
    using Sentences = setup::Looks::Sentences;
    return {.readable = [](const std::filesystem::path&) { return Sentences{}; },
        .certificate = [](const config::Settings&) { return Sentences{}; },
        .listen = [](const config::ListenAddress&) { return Sentences{}; },
        .mail = [](const config::Settings&) { return Sentences{}; },
        .test_letter = [](const config::Settings&, const std::string&) { return Sentences{}; },
        .backup_folder = [](const std::filesystem::path&) { return Sentences{}; },
        .name = [](const config::Settings&) { return Sentences{}; }};
}

/// Lists are written with their commas, and read without the spaces.
std::string without_spaces(std::string text) {
    std::erase(text, ' ');
    return text;
}

void set_up(const std::filesystem::path& answers, const config::Values& before, MemoryFile& written) {
    std::ostringstream told;
    try {
        setup::AnswersFile asker{answers, told};
        const auto values = setup::interview(asker, all_is_well(), before);
        const auto settings = setup::settings_of(values);
        HOLDS(settings.site.starts_with("https://") && !settings.listen.empty());
        HOLDS(settings.tls_certificate.empty() != settings.trusted_proxies.empty());
        const auto read = config::values_in(written.put(config::file_of(values)));
        HOLDS(read.size() == values.size());
        for (const auto& [key, value] : values) {
            const auto found = read.find(key);
            HOLDS(found != read.end() && without_spaces(found->second) == without_spaces(value));
        }
    } catch (const config::Fault& fault) {
        HOLDS(std::string_view{fault.what()}.ends_with('.'));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static MemoryFile answers;
    static MemoryFile options;
    static MemoryFile written;
    const std::string input{reinterpret_cast<const char*>(data), size};
    // The first part answers, the second is the file of before.
    const auto cut = input.find('\0');
    const auto path = answers.put(input.substr(0, cut));
    config::Values before;
    try {
        if (cut != input.npos) before = config::values_in(options.put(input.substr(cut + 1)));
    } catch (const config::Fault& fault) {
        HOLDS(std::string_view{fault.what()}.ends_with('.'));
    }
    set_up(path, before, written);
    return 0;
}
