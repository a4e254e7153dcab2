#pragma once

// What is asked when a site is set up.

#include <array>
#include <string_view>

namespace etakahvila::setup {

struct Question {
    /// In a file of answers.
    std::string_view name;
    std::string_view finnish;
    std::string_view english;
    /// What an answer may look like.
    std::string_view example;
};

namespace question {

inline constexpr Question site{.name = "site",
    .finnish = "Mistä osoitteesta ihmiset löytävät kahvilan?",
    .english = "At which address do people find the site?",
    .example = "https://kahvila.example.fi"};
inline constexpr Question tls{.name = "tls",
    .finnish = "Onko palvelimella oma varmenne, vai onko sen edessä välityspalvelin?",
    .english = "Has the server a certificate of its own, or is a proxy before it?",
    .example = "certificate, proxy"};
inline constexpr Question certificate{.name = "certificate",
    .finnish = "Missä tiedostossa varmenne ja sen ketju ovat?",
    .english = "Which file has the certificate with its chain?",
    .example = "/etc/etakahvila/tls/fullchain.pem"};
inline constexpr Question key{.name = "key",
    .finnish = "Missä tiedostossa varmenteen avain on?",
    .english = "Which file has the certificate's key?",
    .example = "/etc/etakahvila/tls/privkey.pem"};
inline constexpr Question proxy{.name = "proxy",
    .finnish = "Mikä on välityspalvelimen IP-osoite?",
    .english = "What is the proxy's IP address?",
    .example = "127.0.0.1"};
inline constexpr Question listen{.name = "listen",
    .finnish = "Missä osoitteissa palvelin kuuntelee?",
    .english = "On which addresses does the server listen?",
    .example = "127.0.0.1 (this machine), 0.0.0.0, :: (everybody)"};
inline constexpr Question port{
    .name = "port", .finnish = "Missä portissa?", .english = "On which port?", .example = "443, 8080"};
inline constexpr Question redirect{.name = "redirect",
    .finnish = "Vastaako palvelin portissa 80 ja neuvoo tien sivustolle?",
    .english = "Does the server answer on port 80 and show the way to the site?",
    .example = "yes, no"};
inline constexpr Question acme_folder{.name = "acme_folder",
    .finnish = "Mikä on certbotin --webroot-path?",
    .english = "What is certbot's --webroot-path?",
    .example = "/var/lib/etakahvila-acme"};
inline constexpr Question mail{.name = "mail",
    .finnish = "Mikä palvelin lähettää sähköpostin?",
    .english = "Which server sends the mail?",
    .example = "smtp://mail.example.fi:587"};
inline constexpr Question mail_from{.name = "mail_from",
    .finnish = "Mistä osoitteesta posti tulee?",
    .english = "From which address does the mail come?",
    .example = "kahvila@example.fi"};
inline constexpr Question mail_user{.name = "mail_user",
    .finnish = "Millä nimellä postipalvelimeen kirjaudutaan?",
    .english = "By which name does one sign in to the mail server?",
    .example = "kahvila"};
inline constexpr Question mail_password_file{.name = "mail_password_file",
    .finnish = "Missä tiedostossa sen salasana on?",
    .english = "Which file has its password?",
    .example = "/etc/etakahvila/mail-password"};
inline constexpr Question mail_test_to{.name = "mail_test_to",
    .finnish = "Kenelle lähetetään koekirje nyt?",
    .english = "Who gets a test letter now?",
    .example = "sinun.nimi@example.fi"};
inline constexpr Question help_phone{.name = "help_phone",
    .finnish = "Mihin numeroon soitetaan, jos kahvilaan ei pääse?",
    .english = "Which number do people call who cannot get in?",
    .example = "09 310 1000"};
inline constexpr Question operator_phone{.name = "operator_phone",
    .finnish = "Mihin numeroon koordinaattori soittaa, kun palvelin on rikki?",
    .english = "Which number does the coordinator call when the server is broken?",
    .example = "09 310 2000"};
inline constexpr Question backup_folder{.name = "backup_folder",
    .finnish = "Mihin kansioon varmuuskopiot tehdään?",
    .english = "Into which folder are backups made?",
    .example = "/var/backups/etakahvila"};
inline constexpr Question write{.name = "write",
    .finnish = "Kirjoitetaanko nämä asetukset?",
    .english = "Are these settings written?",
    .example = "yes, no"};
inline constexpr Question coordinator{.name = "coordinator",
    .finnish = "Kuka on ensimmäinen koordinaattori?",
    .english = "Who is the first coordinator?",
    .example = "Etunimi Sukunimi"};

}  // namespace question

/// In the order in which they are asked.
inline constexpr std::array all_questions{question::site, question::tls, question::certificate, question::key,
    question::proxy, question::listen, question::port, question::redirect, question::acme_folder, question::mail,
    question::mail_from, question::mail_user, question::mail_password_file, question::mail_test_to,
    question::help_phone, question::operator_phone, question::backup_folder, question::write, question::coordinator};

}  // namespace etakahvila::setup
