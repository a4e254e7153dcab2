// What an operator writes: the file of options, and the site's word list. The same bytes are taken
// for each of them, and for the value of each option. Whatever they are, there are settings within
// their bounds, or a sentence that says what is wrong.

#include <array>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "config/options.hpp"
#include "fuzz/target.hpp"
#include "house/site_word_list.hpp"

using namespace etakahvila;

namespace {

/// A file in memory whose bytes are changed from run to run.
class MemoryFile {
public:
    MemoryFile() : file_{::memfd_create("configuration", MFD_CLOEXEC)} { HOLDS(file_ >= 0); }
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

void check(const config::Settings& settings) {
    HOLDS(!settings.listen.empty() && !settings.data.empty());
    HOLDS(settings.workers >= 1 && settings.workers <= 1024);
    HOLDS(settings.api_threads >= 1 && settings.api_threads <= 64);
    HOLDS(settings.newcomers_max >= 1 && settings.newcomers_per_address_max >= 1);
    HOLDS(settings.tls_certificate.empty() == settings.tls_key.empty());
    HOLDS(settings.mail_server.empty() || !settings.mail_from.empty());
    for (const auto& origin : settings.origins) HOLDS(origin.find("://") != origin.npos && !origin.ends_with('/'));
}

void read(const config::Sources& sources) {
    try {
        check(config::read(sources));
    } catch (const config::Fault& fault) {
        HOLDS(std::string_view{fault.what()}.ends_with('.'));
    }
}

void read_word_list(const std::filesystem::path& file) {
    try {
        const auto read = house::read_site_word_list(file);
        HOLDS(read.entries.size() <= house::site_word_entries_max);
        // What is left of the list is all used.
        const auto list = domain::parse_word_list(read.entries);
        HOLDS(list.bad_entries.empty());
        for (const auto& bad : read.bad_entries) HOLDS(bad.line >= 1 && !house::to_text(bad).empty());
        for (const auto& entry : read.entries) (void)domain::find_listed_word(list, entry);
    } catch (const std::runtime_error& refused) {
        HOLDS(std::string_view{refused.what()}.ends_with('.'));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static MemoryFile file;
    const std::string input{reinterpret_cast<const char*>(data), size};
    const auto path = file.put(input);
    read({.command_line = {}, .environment = {}, .file = path});
    read_word_list(path);
    const std::string value = input.substr(0, input.find('\0'));
    for (const auto& option : config::options()) {
        read({.command_line = {{std::string{option.name}, value}}, .environment = {}, .file = {}});
    }
    read({.command_line = {}, .environment = [&](const char*) { return value.c_str(); }, .file = {}});
    return 0;
}
