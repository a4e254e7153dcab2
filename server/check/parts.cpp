#include "check/parts.hpp"

#include "config/host.hpp"
#include "house/house.hpp"
#include "house/site_word_list.hpp"
#include "net/static_files.hpp"
#include "net/tls.hpp"
#include "pages/site_words.hpp"

namespace etakahvila::check {
namespace {

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "no name" : text;
}

Answer certificate_name(const config::Settings& settings, const net::TlsContext& tls) {
    constexpr auto look = "certificate_name";
    const auto host = config::host_of(settings.site);
    if (tls.is_for(host)) return ok(look, "The certificate is for " + host + ".");
    return problem(look, "The certificate is not for " + host + ", which --site names; it is for " +
                             listed(tls.names()) + ". Get one for " + host + ", or mend --site.");
}

}  // namespace

Answer web_client(const config::Settings& settings) {
    constexpr auto look = "web_client";
    try {
        net::StaticFiles::read(house::web_folder(settings));
        return ok(look, "The web client is there.");
    } catch (const std::exception& fault) {
        return problem(look, std::string{fault.what()} + " Install the package again, or name the folder by --web.");
    }
}

Answers certificate(const config::Settings& settings) {
    constexpr auto look = "certificate";
    if (!settings.has_tls()) return {ok(look, "The server has no certificate of its own: a proxy is to have one.")};
    try {
        const auto tls = net::TlsContext::load(settings.tls_certificate, settings.tls_key);
        const auto days = tls->days_left();
        Answers answers{days < 0 ? problem(look,
                                       "The certificate has ended: nobody can come in. Renew it, then: systemctl "
                                       "reload etakahvila.")
                        : days < certificate_days_least
                            ? problem(look, "The certificate is good for " + days_text(days) +
                                                " only. Renew it, then: systemctl reload etakahvila.")
                            : ok(look, "The certificate is good for " + days_text(days) + ".")};
        if (settings.site.starts_with("https://")) answers.push_back(certificate_name(settings, *tls));
        return answers;
    } catch (const std::exception& fault) {
        return {problem(look, std::string{fault.what()} +
                                  " Name a certificate and its own key, which the server's user can read, by "
                                  "--tls-certificate and --tls-key.")};
    }
}

Answer word_list(const config::Settings& settings) {
    constexpr auto look = "word_list";
    if (settings.word_list.empty()) return ok(look, "The site has no word list of its own.");
    try {
        std::string bad;
        for (const auto& entry : house::read_site_word_list(settings.word_list).bad_entries)
            bad += (bad.empty() ? "" : ", ") + house::to_text(entry);
        if (bad.empty()) return ok(look, "Every line of the word list is used.");
        return problem(look, settings.word_list.string() + " has lines that are not used: " + bad +
                                 ". Mend them, then: systemctl reload etakahvila.");
    } catch (const std::exception& fault) {
        return problem(look, fault.what());
    }
}

Answer public_words(const config::Settings& settings) {
    constexpr auto look = "public_words";
    try {
        const auto words = settings.pages.empty() ? pages::SiteWords{} : pages::SiteWords::read(settings.pages);
        if (words.find("controller", "fi") || words.find("privacy", "fi"))
            return ok(look, "The privacy page says who is in charge.");
    } catch (const std::exception& fault) {
        return problem(look, std::string{fault.what()} + " Until then the server does not start.");
    }
    const auto host = config::host_of(settings.site);
    if (host.empty() || host == "localhost" || config::is_loopback(host))
        return ok(look, "The privacy page does not say who is in charge: the site is for this machine only.");
    return warning(look,
        "The privacy page does not say who is in charge. Name a folder by --pages and write "
        "controller.fi.md.");
}

Answer pictures(const config::Settings& settings) {
    constexpr auto look = "pictures";
    if (const auto why = house::picture_maker(settings)->why_off()) return problem(look, *why);
    return ok(look, "Photos can be read where they harm nothing.");
}

}  // namespace etakahvila::check
