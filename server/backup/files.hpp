#pragma once

// Files that are on the disk when the call is over, and are their user's alone. All throw std::runtime_error with a
// sentence for the operator: which file, and what the system says.

#include <filesystem>
#include <string>
#include <string_view>

namespace etakahvila::backup {

/// Made with the folders above it, 0700, where it is not there.
void make_folder(const std::filesystem::path& folder);

/// A new file with nothing in it, 0600; one that is there already is an error.
void make_file(const std::filesystem::path& file);

void write_file(const std::filesystem::path& file, std::string_view bytes);

/// At most so many bytes are read: more is an error.
std::string read_file(const std::filesystem::path& file, std::size_t bytes_max);

void copy_whole(const std::filesystem::path& from, const std::filesystem::path& to);

/// A file, or the names in a folder, to the disk.
void sync(const std::filesystem::path& path);

/// Both are of one disk; what stands under the new name is written over. The folders are synced.
void move(const std::filesystem::path& from, const std::filesystem::path& to);

/// SHA-256 in hexadecimal digits, as `sha256sum` writes it.
std::string sha256_of(const std::filesystem::path& file);

/// How many bytes more an unprivileged user may write there.
std::int64_t free_bytes(const std::filesystem::path& folder);

}  // namespace etakahvila::backup
