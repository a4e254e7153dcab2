#include "config/options.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <thread>

#include <toml++/toml.h>

#include "config/host.hpp"

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

std::optional<std::string> first_that_is_no_ip_address(const std::vector<std::string>& items) {
    const auto found = std::find_if_not(items.begin(), items.end(), is_ip_address);
    return found == items.end() ? std::nullopt : std::optional{*found};
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

/// Addresses with their ports: 127.0.0.1:9464, [::1]:9464.
Wrong take_listen_addresses(std::vector<ListenAddress>& into, const std::string& text) {
    constexpr auto why = "has something that is no address with a port. Write 127.0.0.1:9464, or [::1]:9464.";
    into.clear();
    for (const auto& item : items_of(text)) {
        const auto colon = item.rfind(':');
        auto host = item.substr(0, colon);
        const bool is_v6 = host.starts_with('[') && host.ends_with(']');
        if (is_v6) host = host.substr(1, host.size() - 2);
        ListenAddress address{.host = host};
        if (colon == item.npos || host.empty() || (!is_v6 && host.find(':') != host.npos)) return why;
        if (take_number(address.port, item.substr(colon + 1), 0, 65535)) return why;
        into.push_back(std::move(address));
    }
    return {};
}

/// An e-mail address, or a URI as RFC 9116 §2.5.3 asks for one.
Wrong take_contact(std::string& into, const std::string& text) {
    const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
    const bool is_uri = text.starts_with("mailto:") || text.starts_with("https://") || text.starts_with("tel:");
    if (!text.empty() && (!is_plain || (!is_uri && text.find('@') == text.npos)))
        return "is not somewhere to write to. Write an e-mail address, or an address that begins with https:// or "
               "tel:.";
    into = text.empty() || is_uri ? text : "mailto:" + text;
    return {};
}

/// As it is written on paper; empty: there is none.
Wrong take_phone(std::string& into, const std::string& text) {
    into = text;
    const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const bool is_number = digits >= 3 && text.size() <= 30 && text.find_first_not_of("0123456789 +-()") == text.npos;
    if (!text.empty() && !is_number) return "is not a number that can be called. Write it as on paper: 09 310 1000.";
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
            if (const auto wrong = first_that_is_no_ip_address(settings.listen))
                return "has something that is no address: " + *wrong +
                       ". Write 127.0.0.1 for this machine only, 0.0.0.0 "
                       "or :: for others too.";
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
        [](Settings& settings, const std::string& text) { return take_phone(settings.help_phone, text); }},
    Option{"operator-phone", "operator_phone", "ETAKAHVILA_OPERATOR_PHONE", "", "number",
        "The number that coordinators call when the server is in trouble; their page of troubles shows it.",
        [](Settings& settings, const std::string& text) { return take_phone(settings.operator_phone, text); }},
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
    Option{"picture-socket", "picture_socket", "ETAKAHVILA_PICTURE_SOCKET", "", "file",
        "A socket behind which somebody else starts that program for each photo, such as a unit of systemd. Empty: "
        "this program starts it.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.picture_socket = text;
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
            if (const auto wrong = first_that_is_no_ip_address(settings.trusted_proxies))
                return "has something that is not an IP address: " + *wrong +
                       ". Write the proxy's own, such as 127.0.0.1.";
            return {};
        }},
    Option{"redirect-listen", "redirect_listen", "ETAKAHVILA_REDIRECT_LISTEN", "", "addresses",
        "Where whoever comes without TLS is shown the way to the site: addresses with their ports, such as 0.0.0.0:80. "
        "Empty: nowhere.",
        [](Settings& settings, const std::string& text) {
            return take_listen_addresses(settings.redirect_listen, text);
        }},
    Option{"acme-folder", "acme_folder", "ETAKAHVILA_ACME_FOLDER", "", "folder",
        "The folder that certbot has as its --webroot-path; what it puts there is given out where --redirect-listen "
        "says.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.acme_folder = text;
            return {};
        }},
    Option{"security-contact", "security_contact", "ETAKAHVILA_SECURITY_CONTACT", "", "address",
        "Where a hole in security is reported: an e-mail address, or one that begins with https://. Empty: the site "
        "has no /.well-known/security.txt.",
        [](Settings& settings, const std::string& text) { return take_contact(settings.security_contact, text); }},
    Option{"pages", "pages", "ETAKAHVILA_PAGES", "", "folder",
        "The site's own words for instructions, accessibility and privacy, as NAME.LANGUAGE.md, such as "
        "controller.fi.md. Empty: those of the program, which leave open who is in charge.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.pages = text;
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
        "number",
        "Of these, from one address (IPv6: one /64) that is no trusted proxy's. Above it the oldest of the address "
        "makes "
        "way.",
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
    Option{"oidc-issuer", "oidc.issuer", "ETAKAHVILA_OIDC_ISSUER", "", "address",
        "The city's own sign-in (OpenID Connect), as its discovery document calls itself, such as "
        "https://login.microsoftonline.com/TENANT/v2.0. It sends people back to SITE/api/sign-in/provider/back. Empty: "
        "there is none.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.oidc_issuer = text;
            const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
            if (!text.empty() && (!text.starts_with("https://") || !is_plain || text.find_first_of("?#@") != text.npos))
                return "is no issuer. Write it as the provider does: https://host, and a path where it has one.";
            return {};
        }},
    Option{"oidc-client-id", "oidc.client_id", "ETAKAHVILA_OIDC_CLIENT_ID", "", "word",
        "What this site is called at the city's own sign-in.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.oidc_client_id = text;
            return {};
        }},
    Option{"oidc-client-secret-file", "oidc.client_secret_file", "ETAKAHVILA_OIDC_CLIENT_SECRET_FILE", "", "file",
        "A file with this site's secret there.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.oidc_client_secret_file = text;
            return {};
        }},
    Option{"oidc-name", "oidc.name", "ETAKAHVILA_OIDC_NAME", "", "words",
        "What the button says that leads there, such as Kirjaudu Helsingin tunnuksella.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.oidc_name = text;
            constexpr std::size_t bytes_max = 120;
            if (text.size() > bytes_max ||
                std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }))
                return "is too long for a button, or is not one line. Write a few words.";
            return {};
        }},
    Option{"oidc-authorities", "oidc.authorities", "ETAKAHVILA_OIDC_AUTHORITIES", "", "file",
        "Certificates of the authorities by which the provider's own is believed. Empty: those of this machine.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.oidc_authorities = text;
            return {};
        }},
    Option{"backup-folder", "backup.folder", "ETAKAHVILA_BACKUP_FOLDER", "/var/backups/etakahvila", "folder",
        "Where `etakahvila backup` puts a backup; best on another disk than the data.",
        [](Settings& settings, const std::string& text) -> Wrong {
            settings.backup_folder = text;
            if (text.empty()) return "is empty. Name a folder that this program may write.";
            return {};
        }},
    Option{"backup-keep", "backup.keep", "ETAKAHVILA_BACKUP_KEEP", "14", "number",
        "How many backups stay; the oldest end first. 0: as many as there are, until they are too old.",
        [](Settings& settings, const std::string& text) { return take_number(settings.backup_keep, text, 0, 10'000); }},
    Option{"backup-days", "backup.days", "ETAKAHVILA_BACKUP_DAYS", "30", "number",
        "How many days a backup stays. What was erased is in older ones until then. The last good one always stays.",
        [](Settings& settings, const std::string& text) { return take_number(settings.backup_days, text, 1, 3650); }},
    Option{"metrics-listen", "metrics.listen", "ETAKAHVILA_METRICS_LISTEN", "127.0.0.1:9464", "addresses",
        "Where Prometheus reads the figures, at /metrics: addresses with their ports, with commas between. Whoever can "
        "reach one reads how many people are there and when, and no name. Empty: there are no figures.",
        [](Settings& settings, const std::string& text) {
            return take_listen_addresses(settings.metrics_listen, text);
        }},
    Option{"log-level", "log_level", "ETAKAHVILA_LOG_LEVEL", "info", "word",
        "The least that is logged: debug, info, warning or error.", take_log_level},
};

std::string text_of(const toml::node& value, const std::string& key) {
    if (const auto* text = value.as_string()) return text->get();
    if (const auto* number = value.as_integer()) return std::to_string(number->get());
    if (const auto* is_so = value.as_boolean()) return is_so->get() ? "yes" : "no";
    if (const auto* list = value.as_array()) {
        std::string items;
        for (const auto& item : *list) {
            if (!items.empty()) items += ',';
            items += text_of(item, key);
        }
        return items;
    }
    throw Fault{"The setting " + key + " is neither a text, nor a whole number, nor yes or no, nor a list of them."};
}

void flatten(const toml::table& from, const std::string& prefix, Values& into) {
    for (const auto& [key, value] : from) {
        const auto name = prefix + std::string{key.str()};
        if (const auto* inner = value.as_table()) {
            flatten(*inner, name + ".", into);
        } else {
            into.emplace(name, text_of(value, name));
        }
    }
}

Values values_of_file(const std::filesystem::path& file) {
    auto values = values_in(file);
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
    const bool has_oidc = !settings.oidc_issuer.empty();
    const bool has_all_of_oidc = has_oidc && !settings.oidc_client_id.empty() && !settings.oidc_name.empty() &&
                                 !settings.oidc_client_secret_file.empty();
    const bool has_any_of_oidc = has_oidc || !settings.oidc_client_id.empty() || !settings.oidc_name.empty() ||
                                 !settings.oidc_client_secret_file.empty();
    if (has_any_of_oidc && !has_all_of_oidc)
        throw Fault{
            "The city's own sign-in needs all of --oidc-issuer, --oidc-client-id, --oidc-client-secret-file "
            "and --oidc-name. Name the others too."};
    if (has_oidc && !settings.site.starts_with("https://"))
        throw Fault{"--oidc-issuer needs a --site that begins with https://: that is where people are sent back to."};
    if (!settings.redirect_listen.empty() && !settings.site.starts_with("https://"))
        throw Fault{"--redirect-listen needs a --site that begins with https://: that is where it shows the way to."};
    if (!settings.acme_folder.empty() && settings.redirect_listen.empty())
        throw Fault{"--acme-folder needs --redirect-listen: authorities ask on port 80."};
}

}  // namespace

std::span<const Option> options() { return table; }

Values values_in(const std::filesystem::path& file) {
    if (!std::ifstream{file})
        throw Fault{
            "The file " + file.string() + " is not there, or this user cannot read it. Name another by --config."};
    Values values;
    try {
        flatten(toml::parse_file(file.string()), "", values);
    } catch (const toml::parse_error& error) {
        throw Fault{"The file " + file.string() + " cannot be read at line " +
                    std::to_string(error.source().begin.line) + ": " + std::string{error.description()} + "."};
    }
    return values;
}

Settings read(const Sources& sources) {
    const auto file = sources.file ? values_of_file(*sources.file) : Values{};
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
