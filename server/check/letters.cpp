#include "check/letters.hpp"

#include "house/house.hpp"
#include "mail/smtp.hpp"

namespace etakahvila::check {

Answers letters(const config::Settings& settings) {
    if (settings.mail_server.empty()) return {ok("mail_server", "No mail is sent: there is no --mail-server.")};
    mail::SmtpServer server;
    try {
        server = house::mail_server_of(settings);
    } catch (const std::exception& fault) {
        return {problem("mail_password", fault.what())};
    }
    if (const auto trouble = mail::greet(server))
        return {
            problem("mail_server", "The mail server " + settings.mail_server + " cannot be used: " + trouble->words +
                                       ". Look at --mail-server, --mail-user and the password, and whether a firewall "
                                       "is between.")};
    return {ok("mail_server", "The mail server " + settings.mail_server + " is there.")};
}

}  // namespace etakahvila::check
