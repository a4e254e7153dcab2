#pragma once

// What the API needs of whoever sends its letters.

#include "people/invitations.hpp"
#include "people/mail_queue.hpp"

namespace etakahvila::api {

class Mailer {
public:
    virtual ~Mailer() = default;

    /// Whether letters can be sent from this site.
    virtual bool is_open() const = 0;

    /// What a mail that has just been queued carries. From any thread.
    virtual void hold(people::MailId mail, const people::NewInvitation& invitation) = 0;

    /// Looks whether something is due. From any thread.
    virtual void wake() = 0;
};

}  // namespace etakahvila::api
