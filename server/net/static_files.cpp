#include "net/static_files.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <openssl/sha.h>

#include "net/http_rules.hpp"

namespace etakahvila::net {
namespace {

constexpr std::string_view page_of_participant = "/index.html";
constexpr std::string_view page_of_staff = "/staff.html";
constexpr std::string_view page_of_netiquette = "/netiquette.html";

std::string_view content_type_of(const std::filesystem::path& file) {
    static const std::map<std::string, std::string_view, std::less<>> types{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".txt", "text/plain; charset=utf-8"},
        {".wasm", "application/wasm"},
    };
    const auto found = types.find(file.extension().string());
    return found == types.end() ? "application/octet-stream" : found->second;
}

/// The worker that decodes speech where the browser cannot: the one script that runs WebAssembly.
constexpr std::string_view wasm_script = "listening_wasm_worker-";

/// Vite's names: something, a hyphen, eight characters of a hash, an ending.
bool has_hashed_name(const std::filesystem::path& file) {
    const auto stem = file.stem().string();
    const auto hyphen = stem.find_last_of('-');
    return hyphen != stem.npos && stem.size() - hyphen - 1 >= 8 && file.parent_path().filename() == "assets";
}

std::shared_ptr<const std::string> bytes_of(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file) throw std::runtime_error{"A file of the web client cannot be read: " + path.string()};
    return std::make_shared<const std::string>(std::move(bytes).str());
}

std::shared_ptr<const std::string> bytes_if_any(std::filesystem::path path, const char* ending) {
    path += ending;
    return std::filesystem::is_regular_file(path) ? bytes_of(path) : nullptr;
}

std::string etag_of(const std::string& bytes) {
    static constexpr std::string_view hex = "0123456789abcdef";
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    std::string etag{"W/\""};
    for (std::size_t index = 0; index < 12; ++index) {
        etag += hex[digest[index] >> 4];
        etag += hex[digest[index] & 15];
    }
    return etag + '"';
}

/// Whether the list has the coding, not with a weight of nought.
bool accepts(std::string_view accept_encoding, std::string_view coding) {
    while (!accept_encoding.empty()) {
        const auto end = accept_encoding.find(',');
        auto item = accept_encoding.substr(0, end);
        accept_encoding.remove_prefix(end == accept_encoding.npos ? accept_encoding.size() : end + 1);
        const auto semicolon = item.find(';');
        const auto weight = semicolon == item.npos ? std::string_view{} : item.substr(semicolon + 1);
        item = item.substr(0, semicolon);
        if (!list_has(item, coding)) continue;
        const auto value = weight.find("q=0");
        return value == weight.npos || weight.find_first_of("123456789", value) != weight.npos;
    }
    return false;
}

}  // namespace

StaticFiles StaticFiles::read(const std::filesystem::path& folder) {
    StaticFiles files;
    std::error_code error;
    if (!std::filesystem::is_regular_file(folder / "index.html", error)) {
        throw std::runtime_error{
            "There is no built web client in " + folder.string() + ". Build it, or name its folder with --web."};
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        const auto& path = entry.path();
        const auto ending = path.extension();
        if (!entry.is_regular_file() || ending == ".br" || ending == ".gz") continue;
        File file{
            .content_type = content_type_of(path),
            .etag = {},
            .is_immutable = has_hashed_name(path),
            .runs_wasm = has_hashed_name(path) && path.filename().string().starts_with(wasm_script),
            .plain = bytes_of(path),
            .brotli = bytes_if_any(path, ".br"),
            .gzip = bytes_if_any(path, ".gz"),
        };
        file.etag = etag_of(*file.plain);
        files.files_.emplace("/" + std::filesystem::relative(path, folder).generic_string(), std::move(file));
    }
    return files;
}

std::map<std::string, std::string> StaticFiles::take(std::string_view path) {
    std::map<std::string, std::string> taken;
    for (auto each = files_.lower_bound(path); each != files_.end() && each->first.starts_with(path);) {
        taken.emplace(each->first.substr(path.size()), *each->second.plain);
        each = files_.erase(each);
    }
    return taken;
}

std::optional<Response> StaticFiles::find(const Request& request) const {
    std::string_view path = request.path;
    if (path == "/") path = page_of_participant;
    if (path == "/staff") path = page_of_staff;
    if (path == "/netiquette") path = page_of_netiquette;
    const auto found = files_.find(path);
    if (found == files_.end()) return std::nullopt;
    const auto& file = found->second;

    Response answer{.content_type = file.content_type,
        .body = file.plain,
        .fields = {},
        .is_kept_from_caches = false,
        .runs_wasm = file.runs_wasm};
    answer.fields.emplace_back("Cache-Control", file.is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
    answer.fields.emplace_back("ETag", file.etag);
    if (file.brotli || file.gzip) answer.fields.emplace_back("Vary", "Accept-Encoding");
    if (has_entity_tag(request.if_none_match, file.etag)) {
        answer.status = 304;
        return answer;
    }
    if (file.brotli && accepts(request.accept_encoding, "br")) {
        answer.body = file.brotli;
        answer.fields.emplace_back("Content-Encoding", "br");
    } else if (file.gzip && accepts(request.accept_encoding, "gzip")) {
        answer.body = file.gzip;
        answer.fields.emplace_back("Content-Encoding", "gzip");
    }
    return answer;
}

}  // namespace etakahvila::net
