#pragma once

// Sends what the mail queue holds, one after the other, on a thread of its own. Links are not
// stored: those of mails that wait are held in memory, and made anew after a restart.

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "journal/sqlite_store.hpp"
#include "mail/smtp.hpp"
#include "people/mail_queue.hpp"
#include "reports/invitation_letter.hpp"

namespace etakahvila::transport {

class PostOffice {
public:
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::SqliteStore& store;
        mail::SmtpServer server;
        std::string site;
        std::string help_phone{};
    };

    explicit PostOffice(Parts parts);
    /// What is on its way is given up, and stays in the queue.
    ~PostOffice();
    PostOffice(const PostOffice&) = delete;
    PostOffice& operator=(const PostOffice&) = delete;

    bool is_open() const { return parts_.server.is_configured(); }

    /// What a mail that has just been queued carries. From any thread.
    void hold(people::MailId mail, const people::NewInvitation& invitation);

    /// Looks whether something is due. From any thread.
    void wake();

private:
    struct Held {
        std::string link;
        std::string code;
        people::InvitationId invitation;
    };

    void run();
    void deliver(const SQLite::Database& reader, const people::Mail& mail);
    void note_sent(const people::Mail& mail);
    std::optional<Held> held(people::MailId mail);
    /// Made anew, when it was lost; nothing when nobody can be invited any more.
    std::optional<Held> invited_anew(const people::Mail& mail, const people::SessionRecord& session);
    void fail(const people::Mail& mail, const mail::Trouble& trouble);

    Parts parts_;
    std::atomic<bool> is_closing_{false};
    std::mutex mutex_;
    std::condition_variable wake_;
    bool is_woken_ = false;
    std::map<people::MailId, Held> held_;
    /// Sent, and not noted yet. The thread's own.
    std::set<people::MailId> sent_;
    std::thread thread_;
};

/// Whom to call: the session's own number, or the site's; nothing when there is neither.
std::optional<std::string> help_phone_of(const people::SessionRecord& session, const std::string& site_phone);

/// What every letter of this house says.
struct LetterHead {
    std::string site;
    /// Empty: none.
    std::string help_phone;
};
/// A letter to a person of the session.
reports::InvitationLetter letter_to(const people::SessionRecord& session, people::PersonId person,
    const LetterHead& head, std::string link, std::string code);

/// The page on which a link of this role opens, to put its secret behind.
std::string_view page_of(people::Role role);

}  // namespace etakahvila::transport
