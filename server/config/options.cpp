#include "config/options.hpp"

#include <algorithm>
#include <charconv>
#include <thread>

#include <toml++/toml.h>

namespace etakahvila::config {
namespace {

using Wrong = std::optional<std::string>;

std::vector<std::string> items_of(std::string_view text) {
    std::vector<std::string> items;
    while (!text.empty()) {
        const auto end = text.find(',');
        auto item = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
        while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
        if (!item.empty()) items.emplace_back(item);
    }
    return items;
}

template <class Number>
Wrong take_number(Number& into, const std::string& text, std::uint64_t least, std::uint64_t most) {
    std::uint64_t number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < least || number > most) {
        return "is not a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".";
    }
    into = static_cast<Number>(number);
    return {};
}

/// scheme://host[:port], as a browser writes an origin.
bool is_origin(std::string_view text) {
    const auto scheme_end = text.find("://");
    if (scheme_end == text.npos) return false;
    const auto scheme = text.substr(0, scheme_end);
    const auto host = text.substr(scheme_end + 3);
    const bool is_lower = std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return (scheme == "https" || scheme == "http") && !host.empty() && is_lower &&
           host.find_first_of("/?#@ \t") == host.npos;
}

Wrong take_origins(std::vector<std::string>& into, const std::string& text) {
    into = items_of(text);
    for (const auto& origin : into) {
        if (!is_origin(origin))
            return "has an origin that no browser would send. Write https://host, in small letters, without a slash at "
                   "the end.";
    }
    return {};
}

Wrong take_log_level(Settings& settings, const std::string& text) {
    const auto level = base::value_named<base::LogLevel>(text);
    if (!level) return "is none of debug, info, warning, error.";
    settings.log_level = *level;
    return {};
}

constexpr std::array table{
    Option{"listen", "listen", "ETAKAHVILA_LISTEN", "127.0.0.1", "addresses",
        "The addresses to listen on, with commas between. 0.0.0.0 and :: are all of IPv4 and of IPv6.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.listen = items_of(text);
            if (settings.listen.empty()) return "is empty. Name at least one address, such as 127.0.0.1.";
            return {};
        }},
    Option{"port", "port", "ETAKAHVILA_PORT", "8080", "number",
        "The port to listen on. 0 takes one that is free, and serve prints it.",
        [](Settings& settings, const std::string& text) { return take_number(settings.port, text, 0, 65535); }},
    Option{"site", "site", "ETAKAHVILA_SITE", "", "address",
        "Where people find the site, such as https://cafe.example.fi; links begin with it. Empty: localhost and the "
        "port.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.site = text;
            if (!text.empty() && !is_origin(text))
                return "is not an address of a site. Write https://host, in small letters, without a slash at the end.";
            return {};
        }},
    Option{"site-help-phone", "site_help_phone", "ETAKAHVILA_SITE_HELP_PHONE", "", "number",
        "The number that people call who cannot get in; every page of the door shows it, and every session without a "
        "number of its own.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.help_phone = text;
            const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
            const bool is_number = digits >= 3 && text.size() <= 30 &&
                                   text.find_first_not_of("0123456789 +-()") == text.npos;
            if (!text.empty() && !is_number)
                return "is not a number that can be called. Write it as on paper: 09 310 1000.";
            return {};
        }},
    Option{"origins", "origins", "ETAKAHVILA_ORIGINS", "", "addresses",
        "Further origins whose pages may open a connection, beside the site's own.",
        [](Settings& settings, const std::string& text) { return take_origins(settings.origins, text); }},
    Option{"data", "data", "ETAKAHVILA_DATA", "/var/lib/etakahvila", "folder", "Where everything is kept.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.data = text;
            if (text.empty()) return "is empty. Name a folder that this program may write.";
            return {};
        }},
    Option{"web", "web", "ETAKAHVILA_WEB", "", "folder",
        "The built web client. Empty: web-client/dist near the program, or /usr/share/etakahvila/web.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.web = text;
            return {};
        }},
    Option{"picture-program", "picture_program", "ETAKAHVILA_PICTURE_PROGRAM", "", "file",
        "The program that makes photos anew, in a sandbox of its own. Empty: etakahvila-picture beside this program.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.picture_program = text;
            return {};
        }},
    Option{"tls-certificate", "tls.certificate", "ETAKAHVILA_TLS_CERTIFICATE", "", "file",
        "The certificate with its chain, PEM. Read anew on SIGHUP. Empty: no TLS, for this machine or behind a proxy "
        "only.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.tls_certificate = text;
            return {};
        }},
    Option{"tls-key", "tls.key", "ETAKAHVILA_TLS_KEY", "", "file", "The certificate's key, PEM.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.tls_key = text;
            return {};
        }},
    Option{"trusted-proxies", "trusted_proxies", "ETAKAHVILA_TRUSTED_PROXIES", "", "addresses",
        "Proxies whose X-Forwarded-For is believed.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.trusted_proxies = items_of(text);
            return {};
        }},
    Option{"word-list", "word_list", "ETAKAHVILA_WORD_LIST", "", "file",
        "Words that hold a message until a moderator has looked at it, one a line, found in their inflected forms too; "
        "word* is any that begins so, # a remark. Read anew on SIGHUP.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.word_list = text;
            return {};
        }},
    Option{"workers", "workers", "ETAKAHVILA_WORKERS", "0", "number",
        "Threads that serve connections and rooms. 0: as many as there are processors.",
        [](Settings& settings, const std::string& text) -> Wrong {
            if (auto wrong = take_number(settings.workers, text, 0, 256)) return wrong;
            if (settings.workers == 0) settings.workers = std::max(1U, std::thread::hardware_concurrency());
            return {};
        }},
    Option{"api-threads", "api_threads", "ETAKAHVILA_API_THREADS", "2", "number",
        "Threads that may wait for the disk on behalf of the API.",
        [](Settings& settings, const std::string& text) { return take_number(settings.api_threads, text, 1, 64); }},
    Option{"newcomers-max", "limits.newcomers", "ETAKAHVILA_NEWCOMERS_MAX", "512", "number",
        "Connections that have not been greeted in a room. Above it the oldest make way, and others wait to be "
        "accepted.",
        [](Settings& settings, const std::string& text) {
            return take_number(settings.newcomers_max, text, 1, 100'000);
        }},
    Option{"newcomers-per-address-max", "limits.newcomers_per_address", "ETAKAHVILA_NEWCOMERS_PER_ADDRESS_MAX", "256",
        "number", "Of these, from one address (IPv6: one /64). Above it the oldest of the address makes way.",
        [](Settings& settings, const std::string& text) {
            return take_number(settings.newcomers_per_address_max, text, 1, 100'000);
        }},
    Option{"mail-server", "mail.server", "ETAKAHVILA_MAIL_SERVER", "", "address",
        "The mail server for invitations: smtp://host:587 (with STARTTLS) or smtps://host:465. Empty: no mail is sent.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.mail_server = text;
            if (!text.empty() && !text.starts_with("smtp://") && !text.starts_with("smtps://"))
                return "is not a mail server. Write smtp://host:port or smtps://host:port.";
            return {};
        }},
    Option{"mail-from", "mail.from", "ETAKAHVILA_MAIL_FROM", "", "address",
        "The e-mail address that invitations come from.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.mail_from = text;
            if (!text.empty() && (text.find('@') == text.npos || text.find_first_of(" <>\r\n") != text.npos))
                return "is not an e-mail address.";
            return {};
        }},
    Option{"mail-user", "mail.user", "ETAKAHVILA_MAIL_USER", "", "name",
        "The name at the mail server, where it asks for one.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.mail_user = text;
            return {};
        }},
    Option{"mail-password-file", "mail.password_file", "ETAKAHVILA_MAIL_PASSWORD_FILE", "", "file",
        "A file with the password at the mail server.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.mail_password_file = text;
            return {};
        }},
    Option{"mail-authorities", "mail.authorities", "ETAKAHVILA_MAIL_AUTHORITIES", "", "file",
        "Certificates of the authorities by which the mail server's own is believed. Empty: those of this machine.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.mail_authorities = text;
            return {};
        }},
    Option{"log-level", "log_level", "ETAKAHVILA_LOG_LEVEL", "info", "word",
        "The least that is logged: debug, info, warning or error.", take_log_level},
};

std::string text_of(const toml::node& value, const std::string& key) {
    if (const auto* text = value.as_string()) return text->get();
    if (const auto* number = value.as_integer()) return std::to_string(number->get());
    if (const auto* list = value.as_array()) {
        std::string items;
        for (const auto& item : *list) {
            if (!items.empty()) items += ',';
            items += text_of(item, key);
        }
        return items;
    }
    throw Fault{"The setting " + key + " is neither a text, nor a whole number, nor a list of them."};
}

void flatten(
    const toml::table& from, const std::string& prefix, std::map<std::string, std::string, std::less<>>& into) {
    for (const auto& [key, value] : from) {
        const auto name = prefix + std::string{key.str()};
        if (const auto* inner = value.as_table()) {
            flatten(*inner, name + ".", into);
        } else {
            into.emplace(name, text_of(value, name));
        }
    }
}

std::map<std::string, std::string, std::less<>> values_of_file(const std::filesystem::path& file) {
    std::map<std::string, std::string, std::less<>> values;
    try {
        flatten(toml::parse_file(file.string()), "", values);
    } catch (const toml::parse_error& error) {
        throw Fault{"The file " + file.string() + " cannot be read at line " +
                    std::to_string(error.source().begin.line) + ": " + std::string{error.description()} + "."};
    }
    for (const auto& [key, value] : values) {
        if (std::none_of(table.begin(), table.end(), [&](const Option& option) { return option.toml_key == key; })) {
            throw Fault{"The file " + file.string() + " has a setting that is not known: " + key +
                        ". All of them: etakahvila config reference."};
        }
    }
    return values;
}

void check_together(const Settings& settings) {
    if (settings.tls_certificate.empty() != settings.tls_key.empty())
        throw Fault{"TLS needs both --tls-certificate and --tls-key. Name the other one too."};
    if (!settings.mail_server.empty() && settings.mail_from.empty())
        throw Fault{"--mail-server needs --mail-from: the address that the mail comes from."};
}

}  // namespace

std::span<const Option> options() { return table; }

Settings read(const Sources& sources) {
    const auto file = sources.file ? values_of_file(*sources.file) : std::map<std::string, std::string, std::less<>>{};
    Settings settings;
    for (const auto& option : table) {
        std::string value{option.default_text};
        std::string where = "--" + std::string{option.name};
        if (const auto given = sources.command_line.find(option.name); given != sources.command_line.end()) {
            value = given->second;
        } else if (const auto* variable = sources.environment
                                              ? sources.environment(std::string{option.environment}.c_str())
                                              : nullptr) {
            value = variable;
            where = "The variable " + std::string{option.environment};
        } else if (const auto kept = file.find(option.toml_key); kept != file.end()) {
            value = kept->second;
            where = "The setting " + std::string{option.toml_key} + " of " + sources.file->string();
        }
        if (const auto wrong = option.take(settings, value)) throw Fault{where + " " + *wrong};
    }
    check_together(settings);
    return settings;
}

std::string reference() {
    std::string page =
        "# Options\n\nThe command line is stronger than the environment, and the environment than the file (--config "
        "FILE, TOML).\n";
    for (const auto& option : table) {
        page += "\n--" + std::string{option.name} + " (" + std::string{option.kind} + ")\n    " +
                std::string{option.help} + "\n    In the file: " + std::string{option.toml_key} +
                "; in the environment: " + std::string{option.environment} +
                "; default: " + (option.default_text.empty() ? "none" : std::string{option.default_text}) + "\n";
    }
    return page;
}

}  // namespace etakahvila::config
