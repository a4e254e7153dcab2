#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "net/http_exchange.hpp"

namespace etakahvila::net {

/// The web client, read at the start and served from memory. A path is answered when it is exactly that of
/// a file. Nothing else of the disk is ever reached.
class StaticFiles {
public:
    StaticFiles() = default;

    /// All files of the folder; X.br and X.gz are X, compressed. Throws std::runtime_error with a
    /// sentence for the operator when the folder has no index.html.
    static StaticFiles read(const std::filesystem::path& folder);

    /// The files beneath this path ("/pages/"), by their names in it, as text; they are served no more.
    std::map<std::string, std::string> take(std::string_view path);

    /// The file for a GET or HEAD; nothing when there is none.
    std::optional<Response> find(const Request& request) const;

private:
    using Bytes = std::shared_ptr<const std::string>;
    struct File {
        std::string_view content_type;
        std::string etag;
        bool is_immutable{};
        bool runs_wasm{};
        Bytes plain;
        Bytes brotli;
        Bytes gzip;
    };

    std::map<std::string, File, std::less<>> files_;
};

}  // namespace etakahvila::net
