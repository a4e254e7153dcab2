#pragma once

// Sends what the mail queue holds, one after the other, on a thread of its own. Links are not
// stored: those of mails that wait are held in memory, and made anew after a restart.

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "api/mailer.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "journal/records.hpp"
#include "mail/smtp.hpp"
#include "people/mail_queue.hpp"
#include "reports/invitation_letter.hpp"

namespace etakahvila::house {

class PostOffice final : public api::Mailer {
public:
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        mail::SmtpServer server;
        std::string site;
        std::string help_phone{};
    };

    explicit PostOffice(Parts parts);
    /// What is on its way is given up, and stays in the queue.
    ~PostOffice() override;
    PostOffice(const PostOffice&) = delete;
    PostOffice& operator=(const PostOffice&) = delete;

    bool is_open() const override { return parts_.server.is_configured(); }

    void hold(people::MailId mail, const people::NewInvitation& invitation) override;

    void wake() override;

    /// Tries that failed, since the start. From any thread.
    std::int64_t failed() const { return failed_; }

private:
    struct Held {
        std::string link;
        std::string code;
        people::InvitationId invitation;
    };

    void run();
    void deliver(const records::Database& reader, const people::Mail& mail);
    /// That a day is cancelled: it carries no link.
    void deliver_cancelled(const records::Database& reader, const people::Mail& mail);
    void send(const people::Mail& mail, const mail::Message& message);
    void note_sent(const people::Mail& mail);
    std::optional<Held> held(people::MailId mail);
    /// Made anew, when it was lost; nothing when nobody can be invited any more.
    std::optional<Held> invited_anew(const records::Database& reader, const people::Mail& mail);
    /// Nothing when there is no such session any more.
    std::optional<reports::InvitationLetter> letter_of(
        const records::Database& reader, const people::Mail& mail, const Held& carried) const;
    void fail(const people::Mail& mail, const mail::Trouble& trouble);

    Parts parts_;
    std::atomic<bool> is_closing_{false};
    std::atomic<std::int64_t> failed_{};
    std::mutex mutex_;
    std::condition_variable wake_;
    bool is_woken_ = false;
    std::map<people::MailId, Held> held_;
    /// Sent, and not noted yet. The thread's own.
    std::set<people::MailId> sent_;
    std::thread thread_;
};

}  // namespace etakahvila::house
