#pragma once

// The coordinator's work through the server's own API: makes a session with its people, invites
// them, and reads the attendance when it is over.

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/api/attendance.hpp"
#include "protocol/common.hpp"
#include "client/client.hpp"
#include "player/session_today.hpp"

namespace etakahvila::player {

struct Invited {
    protocol::PersonId person;
    std::string name;
    protocol::Role role{};
    std::string link;
    /// The link's own part behind the '#'.
    std::string secret;
};

struct SessionWish {
    /// A session that is planned already, with its staff. 0: it is to be planned, and the staff named.
    protocol::SessionId planned{};
    std::string theme;
    std::string series;
    std::string question;
    std::string help_phone;
    SessionHours hours;
    /// A CSV file with the registrations.
    std::string registrations;
    /// Display names.
    std::vector<std::string> facilitators;
    std::vector<std::string> moderators;
};

struct MadeSession {
    protocol::SessionId id;
    std::vector<Invited> invited;
};

/// What the server said no to, for a person to read.
struct ApiFault {
    std::string what;
};

class Coordinator {
public:
    Coordinator(client::Client& client, std::string key) : client_{client}, key_{std::move(key)} {}

    void make_session(SessionWish wish, std::function<void(std::variant<MadeSession, ApiFault>)> made);
    void attendance(protocol::SessionId session,
        std::function<void(std::variant<std::vector<protocol::PersonDay>, ApiFault>)> told);

private:
    client::Client& client_;
    std::string key_;
};

/// A registrations file with so many people, each with a made-up name, a kind of decision and a
/// supervisor.
std::string made_up_registrations(std::size_t people);

}  // namespace etakahvila::player
