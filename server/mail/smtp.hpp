#pragma once

// One message by SMTP, through libcurl: it makes the MIME and speaks the protocol.

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace etakahvila::mail {

struct SmtpServer {
    /// smtp://host:port or smtps://host:port; empty: no mail is sent.
    std::string address;
    /// Whom the messages are from: "kahvila@example.fi".
    std::string from;
    std::string user;
    std::string password;
    /// A file with the certificates of the authorities that are believed. Empty: the machine's own.
    std::filesystem::path authorities{};

    bool is_configured() const { return !address.empty(); }
};

struct Message {
    /// Not to be printed, as all of it: it has no stream operator.
    std::string to;
    /// Whom the reader sees it come from, in front of the address. Empty: the address alone.
    std::string sender{};
    std::string subject;
    /// Plain text, UTF-8, lines of LF.
    std::string text;
    /// An invitation for a calendar, sent along.
    std::string calendar;
    /// What the calendar is to do with it: PUBLISH or CANCEL.
    std::string calendar_method = "PUBLISH";
    /// Names the message: the same text for each try of one mail.
    std::string id;
};

struct Trouble {
    /// The server's answer, or what kept it from giving one.
    std::string words;
    /// Another try would meet the same.
    bool is_final{};
};

inline constexpr long send_within_seconds = 60;

/// Blocks until the server has taken the message or has not. Ends early when `gives_up` becomes true.
/// Without TLS nothing is said to any server but one on this machine itself; where the address is smtp://,
/// TLS begins by STARTTLS. The certificate is checked.
std::optional<Trouble> send(const SmtpServer& server, const Message& message, const std::atomic<bool>& gives_up);

/// As far as a letter would come without being one: the server is there, TLS is good, name and password are taken.
/// Blocks, greet_within_seconds at most.
std::optional<Trouble> greet(const SmtpServer& server);
inline constexpr long greet_within_seconds = 20;

/// Whether nothing may be said to this server without TLS: it is not on this machine.
bool needs_tls(std::string_view address);

/// A header's text of any characters, as RFC 2047 writes it.
std::string header_text(std::string_view utf8);

/// "Etäkahvila <kahvila@example.fi>", as a header has it. A name with a sign that means something there is quoted.
std::string header_sender(const std::string& sender, const std::string& address);

}  // namespace etakahvila::mail
