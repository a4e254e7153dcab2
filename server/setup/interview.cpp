#include "setup/interview.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <optional>
#include <utility>

#include "config/host.hpp"

namespace etakahvila::setup {
namespace {

using Wrong = std::optional<std::string>;

const config::Option* option_of(std::string_view key) {
    for (const auto& option : config::options()) {
        if (option.toml_key == key) return &option;
    }
    return nullptr;
}

/// What the option's own rule says of it.
Wrong wrong_with(std::string_view key, const std::string& text) {
    config::Settings tried;
    const auto wrong = option_of(key)->take(tried, text);
    return wrong ? std::optional{"\"" + text + "\" " + *wrong} : std::nullopt;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

bool is_one_of(const std::string& text, std::initializer_list<std::string_view> words) {
    const auto word = lower(text);
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::optional<bool> yes_or_no(const std::string& answer) {
    if (is_one_of(answer, {"yes", "y", "kyllä", "k", "joo"})) return true;
    if (is_one_of(answer, {"no", "n", "ei", "e"})) return false;
    return std::nullopt;
}

std::string neither_yes_nor_no(const std::string& answer) { return "\"" + answer + "\" is neither yes nor no."; }

bool is_nothing(const std::string& answer) { return is_one_of(answer, {"", "-", "none", "no", "ei", "ei mitään"}); }

std::string joined(const Looks::Sentences& sentences) {
    std::string all;
    for (const auto& one : sentences) all += (all.empty() ? "" : " ") + one;
    return all;
}

/// 0.0.0.0 and port 80: "0.0.0.0:80"; of IPv6 with brackets.
std::string with_port(const config::ListenAddress& address) {
    const bool is_v6 = address.host.find(':') != std::string::npos;
    return (is_v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

class Interview {
public:
    Interview(Asker& asker, const Looks& looks, config::Values before)
        : asker_{asker}, looks_{looks}, values_{std::move(before)} {}

    config::Values run() {
        forget_what_is_wrong();
        ask_site();
        if (has_certificate()) {
            ask_certificate();
            ask_where_to_listen("0.0.0.0, ::", "443");
            ask_redirect();
        } else {
            ask_proxy();
        }
        ask_mail();
        ask_phone(question::help_phone, "site_help_phone");
        ask_phone(question::operator_phone, "operator_phone");
        if (option_of("backup.folder") != nullptr) ask_backup_folder();
        settings_of(values_);
        return values_;
    }

private:
    /// Asks until nothing is wrong with the answer, which `look` may tidy.
    template <class Look>
    std::string ask(const Question& question, const std::string& usual, Look look) {
        while (true) {
            auto answer = asker_.ask(question, usual);
            const Wrong wrong = look(answer);
            if (!wrong) return answer;
            asker_.refuse(question, *wrong);
        }
    }

    std::string value(const std::string& key, std::string otherwise = {}) const {
        const auto found = values_.find(key);
        return found == values_.end() || found->second.empty() ? std::move(otherwise) : found->second;
    }

    /// An empty one is the default: it does not stand in the file.
    void set(const std::string& key, std::string text) {
        if (text.empty())
            values_.erase(key);
        else
            values_[key] = std::move(text);
    }

    void drop(std::initializer_list<const char*> keys) {
        for (const auto* key : keys) values_.erase(key);
    }

    config::Settings settings_with(std::initializer_list<const char*> keys) const {
        config::Values some;
        for (const auto* key : keys) {
            if (const auto found = values_.find(key); found != values_.end()) some.insert(*found);
        }
        return settings_of(some);
    }

    Wrong wrong_file(const std::string& path) const {
        std::error_code error;
        if (!std::filesystem::path{path}.is_absolute())
            return "\"" + path + "\" is no whole path. Write it from the first slash on.";
        if (!std::filesystem::is_regular_file(path, error))
            return "There is no file " + path + ", or this user cannot see it.";
        const auto wrong = looks_.readable(path);
        return wrong.empty() ? Wrong{} : joined(wrong);
    }

    std::string ask_file(const Question& question, const std::string& usual) {
        return ask(question, usual, [this](const std::string& path) { return wrong_file(path); });
    }

    /// A file that cannot be used is mended here, and not given back to whoever wanted to mend it.
    void forget_what_is_wrong() {
        for (auto each = values_.begin(); each != values_.end();) {
            const auto* option = option_of(each->first);
            const auto wrong = option == nullptr ? Wrong{"is not known."} : wrong_with(each->first, each->second);
            if (wrong) asker_.tell("The setting " + each->first + " is left out: " + *wrong);
            each = wrong ? values_.erase(each) : std::next(each);
        }
    }

    void ask_site() {
        values_["site"] = ask(question::site, value("site"), [](std::string& answer) -> Wrong {
            if (answer.empty())
                return "Links cannot be made without it. Write what people type, such as "
                       "https://kahvila.example.fi.";
            answer = lower(answer);
            if (answer.find("://") == std::string::npos) answer = "https://" + answer;
            while (answer.ends_with('/')) answer.pop_back();
            if (answer.starts_with("http://"))
                return "Without https browsers let nobody speak, and all can be read on the way. Write https://…, with "
                       "a certificate or a proxy that has one.";
            return wrong_with("site", answer);
        });
        for (const auto& sentence : looks_.name(settings_with({"site"}))) asker_.tell(sentence);
    }

    bool has_certificate() {
        const bool is_behind_proxy = !value("trusted_proxies").empty() && value("tls.certificate").empty();
        bool has = true;
        ask(question::tls, is_behind_proxy ? "proxy" : "certificate", [&](const std::string& answer) -> Wrong {
            has = is_one_of(answer, {"certificate", "varmenne", "c", "v"});
            if (has || is_one_of(answer, {"proxy", "välityspalvelin", "p"})) return {};
            return "\"" + answer + "\" is neither certificate nor proxy.";
        });
        return has;
    }

    void ask_certificate() {
        drop({"trusted_proxies"});
        while (true) {
            set("tls.certificate", ask_file(question::certificate, value("tls.certificate")));
            set("tls.key", ask_file(question::key, value("tls.key")));
            const auto wrong = looks_.certificate(settings_with({"site", "tls.certificate", "tls.key"}));
            if (wrong.empty()) return;
            asker_.refuse(question::certificate, joined(wrong));
        }
    }

    void ask_proxy() {
        drop({"tls.certificate", "tls.key", "redirect_listen", "acme_folder"});
        set("trusted_proxies",
            ask(question::proxy, value("trusted_proxies", "127.0.0.1"), [](const std::string& answer) -> Wrong {
                if (is_nothing(answer)) return "Without it everybody shares the limits of one address.";
                return wrong_with("trusted_proxies", answer);
            }));
        ask_where_to_listen(config::is_loopback(value("trusted_proxies")) ? "127.0.0.1" : "", "8080");
    }

    void ask_where_to_listen(const std::string& usual_listen, const std::string& usual_port) {
        // Behind a proxy of this machine nobody else is to come, and without one everybody is: what was so before the
        // other was chosen is no usual answer.
        const auto before = value("listen");
        const bool is_kept = !before.empty() && config::is_loopback(before) == config::is_loopback(usual_listen);
        set("listen", ask(question::listen, is_kept ? before : usual_listen,
                          [](const std::string& answer) { return wrong_with("listen", answer); }));
        set("port", ask(question::port, value("port", usual_port), [&](const std::string& answer) -> Wrong {
            if (auto wrong = wrong_with("port", answer)) return wrong;
            auto tried = settings_with({"listen"});
            std::from_chars(answer.data(), answer.data() + answer.size(), tried.port);
            Looks::Sentences wrong;
            for (const auto& host : tried.listen) {
                for (auto& sentence : looks_.listen({.host = host, .port = tried.port}))
                    wrong.push_back(std::move(sentence));
            }
            return wrong.empty() ? Wrong{} : joined(wrong);
        }));
    }

    void ask_redirect() {
        const auto listen = settings_with({"listen"}).listen;
        std::string places;
        bool is_wanted = true;
        ask(question::redirect, "yes", [&](const std::string& answer) -> Wrong {
            const auto said = yes_or_no(answer);
            if (!said) return neither_yes_nor_no(answer);
            is_wanted = *said;
            places.clear();
            Looks::Sentences wrong;
            for (const auto& host : listen) {
                const config::ListenAddress place{.host = host, .port = 80};
                places += (places.empty() ? "" : ", ") + with_port(place);
                if (!is_wanted) continue;
                for (auto& sentence : looks_.listen(place)) wrong.push_back(std::move(sentence));
            }
            return wrong.empty() ? Wrong{} : joined(wrong);
        });
        set("redirect_listen", is_wanted ? places : "");
        if (!is_wanted) return drop({"acme_folder"});
        const auto folder = ask(
            question::acme_folder, value("acme_folder", "-"), [](const std::string& answer) -> Wrong {
                if (is_nothing(answer) || std::filesystem::path{answer}.is_absolute()) return {};
                return "\"" + answer + "\" is no whole path. Write it from the first slash on.";
            });
        set("acme_folder", is_nothing(folder) ? "" : folder);
    }

    void ask_mail() {
        while (true) {
            const auto server = ask(question::mail, value("mail.server", "-"), [](std::string& answer) -> Wrong {
                if (is_nothing(answer)) return {};
                if (answer.find("://") == std::string::npos)
                    answer = "smtp://" + answer + (answer.find(':') == std::string::npos ? ":587" : "");
                return wrong_with("mail.server", answer);
            });
            if (is_nothing(server)) return drop({"mail.server", "mail.from", "mail.user", "mail.password_file"});
            set("mail.server", server);
            set("mail.from", ask(question::mail_from, value("mail.from"), [](const std::string& answer) -> Wrong {
                if (answer.empty()) return "Letters come from somewhere. Write an e-mail address.";
                return wrong_with("mail.from", answer);
            }));
            ask_mail_password();
            const auto settings = settings_with(
                {"site", "mail.server", "mail.from", "mail.user", "mail.password_file", "mail.authorities"});
            auto wrong = looks_.mail(settings);
            if (wrong.empty()) {
                const auto to = ask(question::mail_test_to, "-", [](const std::string& answer) -> Wrong {
                    return is_nothing(answer) ? Wrong{} : wrong_with("mail.from", answer);
                });
                if (is_nothing(to)) return;
                wrong = looks_.test_letter(settings, to);
                if (wrong.empty()) return asker_.tell("Kirje on lähetetty. The letter was sent: look whether it came.");
            }
            asker_.refuse(question::mail, joined(wrong));
        }
    }

    void ask_mail_password() {
        const auto user = ask(
            question::mail_user, value("mail.user", "-"), [](const std::string&) -> Wrong { return {}; });
        set("mail.user", is_nothing(user) ? "" : user);
        if (is_nothing(user)) return drop({"mail.password_file"});
        set("mail.password_file", ask_file(question::mail_password_file, value("mail.password_file")));
    }

    void ask_phone(const Question& question, const std::string& key) {
        const auto phone = ask(question, value(key, "-"),
            [&](const std::string& answer) -> Wrong { return is_nothing(answer) ? Wrong{} : wrong_with(key, answer); });
        set(key, is_nothing(phone) ? "" : phone);
    }

    void ask_backup_folder() {
        const std::string usual{option_of("backup.folder")->default_text};
        set("backup.folder",
            ask(question::backup_folder, value("backup.folder", usual), [&](const std::string& answer) -> Wrong {
                if (!std::filesystem::path{answer}.is_absolute())
                    return "\"" + answer + "\" is no whole path. Write it from the first slash on.";
                if (auto wrong = wrong_with("backup.folder", answer)) return wrong;
                const auto wrong = looks_.backup_folder(answer);
                return wrong.empty() ? Wrong{} : joined(wrong);
            }));
    }

    Asker& asker_;
    const Looks& looks_;
    config::Values values_;
};

}  // namespace

config::Settings settings_of(const config::Values& values) {
    config::Sources sources{.command_line = {}, .environment = {}, .file = {}};
    for (const auto& option : config::options()) {
        if (const auto found = values.find(option.toml_key); found != values.end())
            sources.command_line.emplace(option.name, found->second);
    }
    return config::read(sources);
}

config::Values interview(Asker& asker, const Looks& looks, config::Values before) {
    return Interview{asker, looks, std::move(before)}.run();
}

bool ask_whether(Asker& asker, const Question& question, bool usual) {
    while (true) {
        const auto answer = asker.ask(question, usual ? "yes" : "no");
        if (const auto said = yes_or_no(answer)) return *said;
        asker.refuse(question, neither_yes_nor_no(answer));
    }
}

std::string ask_coordinator(Asker& asker) {
    const auto name = asker.ask(question::coordinator, "-");
    return is_nothing(name) ? std::string{} : name;
}

}  // namespace etakahvila::setup
