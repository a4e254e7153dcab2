// The questions of a first set-up, with answers that a test gives and a machine that a test makes up.

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/stat.h>
#include <unistd.h>

#include "setup/interview.hpp"
#include "setup/put_file.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using setup::Looks;
using setup::Question;

namespace {

/// Answers in turn, by the names of the questions; nothing is the usual answer.
class Scripted final : public setup::Asker {
public:
    using Answers = std::deque<std::pair<std::string, std::string>>;

    explicit Scripted(Answers answers) : answers_{std::move(answers)} {}

    std::string ask(const Question& question, const std::string& usual) override {
        asked.emplace_back(question.name);
        if (answers_.empty() || answers_.front().first != question.name) {
            if (asked.size() > 200) throw setup::GivenUp{"too often"};
            return usual;
        }
        const auto answer = answers_.front().second;
        answers_.pop_front();
        return answer;
    }
    void refuse(const Question& question, const std::string& why) override {
        refused.emplace_back(question.name);
        told += why + "\n";
        // Nobody who is refused gives the same answer for ever.
        if (refused.size() > 20) throw setup::GivenUp{"refused too often"};
    }
    void tell(const std::string& sentence) override { told += sentence + "\n"; }

    bool is_done() const { return answers_.empty(); }

    std::vector<std::string> asked;
    std::vector<std::string> refused;
    std::string told;

private:
    Answers answers_;
};

Looks all_is_well() {
    return {.readable = [](const auto&) { return Looks::Sentences{}; },
        .certificate = [](const auto&) { return Looks::Sentences{}; },
        .listen = [](const auto&) { return Looks::Sentences{}; },
        .mail = [](const auto&) { return Looks::Sentences{}; },
        .test_letter = [](const auto&, const auto&) { return Looks::Sentences{}; },
        .backup_folder = [](const auto&) { return Looks::Sentences{}; },
        .name = [](const auto&) { return Looks::Sentences{}; }};
}

struct CertificateFiles {
    TemporaryFolder folder;
    std::string certificate = (folder.path() / "chain.pem").string();
    std::string key = (folder.path() / "key.pem").string();

    CertificateFiles() {
        std::ofstream{certificate} << "chain";
        std::ofstream{key} << "key";
    }
};

std::string text_of(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("A site with a certificate of its own: what is answered stands in the options, and nothing else") {
    const CertificateFiles files;
    Scripted asker{{{"site", "HTTPS://Kahvila.Example.FI/"}, {"tls", "varmenne"}, {"certificate", files.certificate},
        {"key", files.key}, {"redirect", "kyllä"}, {"acme_folder", "/var/lib/etakahvila-acme"},
        {"mail", "posti.example.fi"}, {"mail_from", "kahvila@example.fi"}, {"help_phone", "09 310 1000"},
        {"operator_phone", "09 310 2000"}}};
    auto values = setup::interview(asker, all_is_well(), {});
    CHECK(asker.is_done());
    CHECK(asker.refused.empty());
    values.erase("backup.folder");
    CHECK(values == config::Values{{"site", "https://kahvila.example.fi"}, {"listen", "0.0.0.0, ::"}, {"port", "443"},
                        {"tls.certificate", files.certificate}, {"tls.key", files.key},
                        {"redirect_listen", "0.0.0.0:80, [::]:80"}, {"acme_folder", "/var/lib/etakahvila-acme"},
                        {"mail.server", "smtp://posti.example.fi:587"}, {"mail.from", "kahvila@example.fi"},
                        {"site_help_phone", "09 310 1000"}, {"operator_phone", "09 310 2000"}});
}

TEST_CASE("Behind a proxy of this machine the server listens to it alone, and believes it") {
    Scripted asker{{{"site", "kahvila.example.fi"}, {"tls", "proxy"}}};
    // A certificate of before is not served beside the proxy.
    auto values = setup::interview(asker, all_is_well(),
        {{"listen", "0.0.0.0"}, {"tls.certificate", "/old.pem"}, {"tls.key", "/old.key"}, {"workers", "3"}});
    CHECK(asker.is_done());
    values.erase("backup.folder");
    CHECK(values == config::Values{{"site", "https://kahvila.example.fi"}, {"trusted_proxies", "127.0.0.1"},
                        {"listen", "127.0.0.1"}, {"port", "8080"}, {"workers", "3"}});
    CHECK(std::count(asker.asked.begin(), asker.asked.end(), "redirect") == 0);
}

TEST_CASE("Asked again with nothing new to say, all stays as it was") {
    const CertificateFiles files;
    const config::Values before{{"site", "https://kahvila.example.fi"}, {"listen", "192.0.2.7"}, {"port", "8443"},
        {"tls.certificate", files.certificate}, {"tls.key", files.key}, {"redirect_listen", "192.0.2.7:80"},
        {"mail.server", "smtps://posti.example.fi:465"}, {"mail.from", "kahvila@example.fi"}, {"mail.user", "kahvila"},
        {"mail.password_file", files.key}, {"mail.authorities", "/etc/own.pem"}, {"site_help_phone", "09 123"},
        {"log_level", "debug"}};
    Scripted asker{{}};
    auto after = setup::interview(asker, all_is_well(), before);
    after.erase("backup.folder");
    CHECK(after == before);
}

TEST_CASE("An answer that cannot be is told why, and asked for again") {
    const CertificateFiles files;
    Scripted asker{{{"site", ""}, {"site", "http://kahvila.example.fi"}, {"site", "https://kahvila.example.fi/kahvila"},
        {"site", "https://kahvila.example.fi"}, {"tls", "perhaps"}, {"tls", "c"}, {"certificate", "chain.pem"},
        {"certificate", "/nowhere/chain.pem"}, {"certificate", files.certificate}, {"key", files.key},
        {"port", "99999"}, {"port", "443"}, {"redirect", "perhaps"}, {"redirect", "no"},
        {"mail", "http://posti.example.fi"}, {"mail", "-"}, {"help_phone", "call us"}, {"help_phone", "ei"},
        {"operator_phone", "the cellar"}, {"operator_phone", "-"}}};
    const auto values = setup::interview(asker, all_is_well(), {});
    CHECK(asker.is_done());
    CHECK(asker.refused == std::vector<std::string>{"site", "site", "site", "tls", "certificate", "certificate", "port",
                               "redirect", "mail", "help_phone", "operator_phone"});
    CHECK_FALSE(values.contains("redirect_listen"));
    CHECK_FALSE(values.contains("mail.server"));
    CHECK_FALSE(values.contains("site_help_phone"));
}

TEST_CASE("What the machine sees is looked at before the next question") {
    const CertificateFiles files;
    auto looks = all_is_well();
    int certificates = 0;
    looks.certificate = [&](const config::Settings& settings) {
        CHECK(settings.site == "https://kahvila.example.fi");
        CHECK(settings.tls_key == files.key);
        return ++certificates == 1 ? Looks::Sentences{"It is of another name."} : Looks::Sentences{};
    };
    std::vector<std::string> places;
    looks.listen = [&](const config::ListenAddress& place) {
        places.push_back(place.host + " " + std::to_string(place.port));
        return place.port == 443 && place.host == "::" ? Looks::Sentences{"Port 443 is taken by nginx."}
                                                       : Looks::Sentences{};
    };
    int servers = 0;
    looks.mail = [&](const config::Settings& settings) {
        CHECK(settings.mail_from == "kahvila@example.fi");
        return ++servers == 1 ? Looks::Sentences{"Nobody answers."} : Looks::Sentences{};
    };
    std::vector<std::string> letters;
    looks.test_letter = [&](const config::Settings&, const std::string& to) {
        letters.push_back(to);
        return letters.size() == 1 ? Looks::Sentences{"550 no such user"} : Looks::Sentences{};
    };
    looks.name = [](const config::Settings&) { return Looks::Sentences{"The name leads nowhere yet."}; };
    Scripted asker{{{"site", "kahvila.example.fi"}, {"certificate", files.certificate}, {"key", files.key},
        {"port", "443"}, {"port", "8443"}, {"mail", "smtp://posti.example.fi:587"}, {"mail_from", "kahvila@example.fi"},
        {"mail_test_to", "olematon@example.fi"}, {"mail_test_to", "pihla@example.fi"}}};
    const auto values = setup::interview(asker, looks, {});
    CHECK(asker.is_done());
    CHECK(asker.refused == std::vector<std::string>{"certificate", "port", "mail", "mail"});
    CHECK(certificates == 2);
    CHECK(
        places == std::vector<std::string>{"0.0.0.0 443", ":: 443", "0.0.0.0 8443", ":: 8443", "0.0.0.0 80", ":: 80"});
    CHECK(letters == std::vector<std::string>{"olematon@example.fi", "pihla@example.fi"});
    CHECK(asker.told.find("Port 443 is taken by nginx.") != std::string::npos);
    CHECK(asker.told.find("The name leads nowhere yet.") != std::string::npos);
    CHECK(values.at("port") == "8443");
}

TEST_CASE("A file that the server's user cannot read is not taken, whoever asks can or not") {
    const CertificateFiles files;
    const CertificateFiles copies;
    auto looks = all_is_well();
    looks.readable = [&](const std::filesystem::path& file) {
        return file == files.key ? Looks::Sentences{"The server's user cannot read it."} : Looks::Sentences{};
    };
    Scripted asker{{{"site", "kahvila.example.fi"}, {"certificate", files.certificate}, {"key", files.key},
        {"key", copies.key}, {"mail", "smtp://posti.example.fi:587"}, {"mail_from", "kahvila@example.fi"},
        {"mail_user", "kahvila"}, {"mail_password_file", files.key}, {"mail_password_file", copies.key}}};
    const auto values = setup::interview(asker, looks, {});
    CHECK(asker.is_done());
    CHECK(asker.refused == std::vector<std::string>{"key", "mail_password_file"});
    CHECK(values.at("tls.key") == copies.key);
    CHECK(values.at("mail.password_file") == copies.key);
}

TEST_CASE("Settings that no server would start with are told, and left out") {
    Scripted asker{{{"site", "kahvila.example.fi"}, {"tls", "proxy"}}};
    const auto values = setup::interview(
        asker, all_is_well(), {{"workers", "many"}, {"old_name", "1"}, {"port", "0x50"}});
    CHECK_FALSE(values.contains("workers"));
    CHECK_FALSE(values.contains("old_name"));
    CHECK(values.at("port") == "8080");
    for (const auto* key : {"workers", "old_name", "port"})
        CHECK(asker.told.find("The setting " + std::string{key} + " is left out") != std::string::npos);
}

TEST_CASE("The file says what each option means, and is read as what was written") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "etakahvila.toml";
    const config::Values values{{"site", "https://kahvila.example.fi"}, {"listen", "0.0.0.0, ::"}, {"port", "443"},
        {"data", "/srv/a \"folder\"\\with\tsigns ä"}, {"tls.certificate", "/etc/a.pem"}, {"tls.key", "/etc/b.pem"},
        {"limits.newcomers", "700"}, {"site_help_phone", "09 310 1000"}};
    setup::put_file(file, config::file_of(values), 0640);
    auto read = config::values_in(file);
    CHECK(read.at("listen") == "0.0.0.0,::");
    read.at("listen") = values.at("listen");
    CHECK(read == values);
    const auto settings = config::read({.command_line = {}, .environment = {}, .file = file});
    CHECK(settings.listen == std::vector<std::string>{"0.0.0.0", "::"});
    CHECK(settings.newcomers_max == 700);
    const auto text = text_of(file);
    for (const auto& option : config::options()) {
        const auto key = option.toml_key.substr(option.toml_key.find('.') + 1);
        CAPTURE(key);
        const bool is_set = values.contains(option.toml_key);
        CHECK(text.find("\n" + std::string{is_set ? "" : "#"} + std::string{key} + " = ") != std::string::npos);
        CHECK(text.find("\n# " + std::string{option.help.substr(0, 30)}) != std::string::npos);
    }
    struct stat about{};
    REQUIRE(::stat(file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777U) == 0640U);
}

TEST_CASE("What was there is kept beside it, and what cannot be written leaves it as it was") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "etakahvila.toml";
    auto backup = file;
    backup += ".bak";
    setup::keep_as_backup(file);
    CHECK_FALSE(std::filesystem::exists(backup));
    setup::put_file(file, "one", 0640);
    for (const auto* next : {"two", "three"}) {
        const auto before = text_of(file);
        setup::keep_as_backup(file);
        setup::put_file(file, next, 0640);
        CHECK(text_of(file) == next);
        CHECK(text_of(backup) == before);
    }
    // In the place of the file a folder: nothing is lost, and nothing is left beside it.
    const auto taken = folder.path() / "taken";
    std::filesystem::create_directories(taken / "full");
    CHECK_THROWS_WITH(setup::put_file(taken, "x", 0640), Catch::Contains("It is as it was."));
    CHECK(std::filesystem::exists(taken / "full"));
    CHECK_FALSE(std::filesystem::exists(folder.path() / "taken.new"));
    // A name that leads elsewhere goes on leading there.
    std::filesystem::create_symlink(file, folder.path() / "link.toml");
    setup::put_file(folder.path() / "link.toml", "four", 0640);
    CHECK(std::filesystem::is_symlink(folder.path() / "link.toml"));
    CHECK(text_of(file) == "four");
}

TEST_CASE("A terminal asks in Finnish and in English, and gives up when nobody answers") {
    std::istringstream in{"  kahvila.example.fi \n\n"};
    std::ostringstream out;
    setup::Terminal terminal{in, out};
    CHECK(terminal.ask(setup::question::site, "") == "kahvila.example.fi");
    CHECK(terminal.ask(setup::question::port, "443") == "443");
    for (const auto* part : {"Mistä osoitteesta", "At which address", "[443] > "})
        CHECK(out.str().find(part) != std::string::npos);
    CHECK_THROWS_AS(terminal.ask(setup::question::mail, ""), setup::GivenUp);
}

TEST_CASE("A file of answers is refused by the name of what is wrong in it") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "answers.toml";
    std::ostringstream out;
    const auto outcome = [&](const std::string& answers) {
        std::ofstream{file} << answers;
        setup::AnswersFile asker{file, out};
        return setup::interview(asker, all_is_well(), {});
    };
    CHECK(outcome("site = \"kahvila.example.fi\"\ntls = \"proxy\"\nmail = \"none\"\n").at("port") == "8080");
    CHECK(outcome("site = 'kahvila.example.fi'\ntls = 'proxy'\nproxy = '192.0.2.1'\nlisten = ['192.0.2.2']\n")
              .at("listen") == "192.0.2.2");
    CHECK_THROWS_WITH(outcome("tls = 'proxy'\n"), Catch::StartsWith("The answer site of "));
    CHECK_THROWS_WITH(outcome("site = 'a.example.fi'\ntls = 'both'\n"), Catch::StartsWith("The answer tls of "));
    CHECK_THROWS_WITH(outcome("sites = 'a.example.fi'\n"), Catch::Contains("answers what is not asked: sites."));
    CHECK_THROWS_WITH(outcome("site = "), Catch::Contains("cannot be read at line 1"));
    CHECK_THROWS_WITH(outcome("site = 'a.example.fi'\ntls = 'proxy'\nmail = 'posti.example.fi'\n"),
        Catch::StartsWith("The answer mail_from of "));
    // What is printed to begin with is such a file.
    std::ofstream{file} << setup::example_of_answers();
    CHECK_NOTHROW(setup::AnswersFile{file, out});
}
