#pragma once

// A mail server on this machine that takes every letter, or answers as it is told.

#include <atomic>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace etakahvila::testing {

/// A server as a house has one: it takes letters after STARTTLS only, and from this user.
struct SecureSmtp {
    /// False: one that has been set up wrongly, or somebody in between who wants to read along.
    bool offers_tls = true;
    std::filesystem::path certificate;
    std::filesystem::path key;
    std::string user;
    std::string password;
};

/// What a letter says, as it was written: its text out of quoted-printable.
std::string text_of_letter(const std::string& letter);

class SmtpSink {
public:
    /// On 127.0.0.1, as a mail server of this machine; a secure one on 127.0.0.2, which counts as another machine.
    explicit SmtpSink(std::optional<SecureSmtp> secure = {});
    ~SmtpSink();
    SmtpSink(const SmtpSink&) = delete;
    SmtpSink& operator=(const SmtpSink&) = delete;

    std::string address() const;
    /// What RCPT TO is answered from now on; "250 ok" at first.
    void answer_recipients(std::string line);
    /// All that came between DATA and the lone dot.
    std::vector<std::string> letters() const;
    int refused() const { return refused_; }
    /// KnownPeople that signed in, with the right password or a wrong one; and letters begun without TLS.
    int signed_in() const { return signed_in_; }
    int denied() const { return denied_; }
    int in_the_clear() const { return in_the_clear_; }

private:
    class Line;
    void serve();
    void talk(Line& line);

    const std::optional<SecureSmtp> secure_;

    int listening_ = -1;
    int port_ = 0;
    std::atomic<bool> is_closing_{false};
    std::atomic<int> refused_{0};
    std::atomic<int> signed_in_{0};
    std::atomic<int> denied_{0};
    std::atomic<int> in_the_clear_{0};
    mutable std::mutex mutex_;
    std::string recipient_answer_{"250 ok"};
    std::vector<std::string> letters_;
    std::thread thread_;
};

}  // namespace etakahvila::testing
