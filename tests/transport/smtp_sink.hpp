#pragma once

// A mail server on 127.0.0.1 that takes every letter, or answers as it is told.

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace etakahvila::testing {

class SmtpSink {
public:
    SmtpSink();
    ~SmtpSink();
    SmtpSink(const SmtpSink&) = delete;
    SmtpSink& operator=(const SmtpSink&) = delete;

    std::string address() const;
    /// What RCPT TO is answered from now on; "250 ok" at first.
    void answer_recipients(std::string line);
    /// All that came between DATA and the lone dot.
    std::vector<std::string> letters() const;
    int refused() const { return refused_; }

private:
    void serve();
    void talk(int socket);

    int listening_ = -1;
    int port_ = 0;
    std::atomic<bool> is_closing_{false};
    std::atomic<int> refused_{0};
    mutable std::mutex mutex_;
    std::string recipient_answer_{"250 ok"};
    std::vector<std::string> letters_;
    std::thread thread_;
};

}  // namespace etakahvila::testing
