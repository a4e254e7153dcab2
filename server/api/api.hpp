#pragma once

// The other door (protocol/http.md): what is asked over HTTP. Each request is answered on a
// thread of the pool, which may wait for the disk, or later by the room that it concerns.

#include <optional>
#include <span>
#include <string>
#include <variant>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "journal/sqlite_store.hpp"
#include "people/access_log.hpp"
#include "people/guess_limiter.hpp"
#include "people/invitations.hpp"
#include "people/limit_book.hpp"
#include "reports/invitation_letter.hpp"
#include "runtime/room_directory.hpp"
#include "api/caller.hpp"
#include "api/mailer.hpp"
#include "net/http_exchange.hpp"
#include "net/http_rules.hpp"
#include "net/metrics.hpp"
#include "journal/reader_pool.hpp"

namespace etakahvila::api {

class Api final : public net::HttpService {
public:
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        net::Metrics& metrics;
        journal::SqliteStore& store;
        journal::Pool& pool;
        /// For passwords, which keep a thread busy for long.
        journal::Pool& password_pool;
        const net::Origins& origins;
        runtime::RoomDirectory& directory;
        runtime::TicketOffice& tickets;
        Mailer& mailer;
        /// Where links lead to: "https://cafe.example.fi", without a slash at the end.
        std::string site;
        /// Whom people call who cannot get in; empty: nobody.
        std::string help_phone{};
    };

    explicit Api(Parts parts) : parts_{std::move(parts)} {}

    std::string methods(std::string_view path) const override;
    std::size_t body_bytes_max(const net::Request& request) const override;
    void answer(net::Request request, net::Answer answer) override;

    /// A route as people read it: what is asked, and who may ask it.
    struct Access {
        net::Request::Method method;
        /// A segment "ID" stands for a session's number, "PERSON" for a person's, "ACCOUNT" for an account's.
        std::string_view path;
        /// Empty: anyone, without saying who they are.
        CallerRoles who;
        /// A link whose time has not come is enough.
        bool is_open_early = false;
    };
    /// The whole table, for tests and for people to read.
    static std::vector<Access> access_table();

private:
    /// One request on its way through.
    struct Call {
        net::Request request;
        net::Answer answer;
        SQLite::Database& reader;
        /// Of the path, where it names one.
        protocol::SessionId session{};
        protocol::PersonId person{};
        people::AccountId account{};
        /// Where the route is not for anyone: who asks. They may.
        Caller caller{};
    };
    using Handler = void (Api::*)(Call&);
    struct Route {
        Access access;
        Handler handler;
        std::size_t body_bytes_max;
    };
    /// The numbers in a path.
    struct PathIds {
        protocol::SessionId session{};
        protocol::PersonId person{};
        people::AccountId account{};
    };
    static const std::span<const Route> routes;
    static bool matches(std::string_view form, std::string_view path, PathIds& ids);
    static const Route* route_of(const net::Request& request, PathIds& ids);
    void run(const Route& route, Call& call);

    // ---- api_access

    struct Denial {
        unsigned status{};
        protocol::Refusal refusal;
    };
    /// Finds who asks, and whether they may; nothing when they may. Nobody that is known: 401.
    /// Whoever has no right to the session learns nothing of it: not_found.
    std::optional<Denial> why_not(const Access& access, Call& call);
    std::variant<Caller, Denial> who_asks(const Access& access, const Call& call);
    /// By the cookie; nothing when nobody is signed in there.
    std::optional<Caller> signed_in_caller(const Call& call);
    /// Whether the request comes from a page of ours.
    bool is_from_our_page(const net::Request& request) const;
    std::string_view cookie_name() const;

    // ---- api_entry
    void site_facts(Call& call);
    void look(Call& call);
    void ask_at_door(Call& call);
    void enter(Call& call);
    /// A ticket, unless what it rests on was taken away while the room was asked: it is looked at after
    /// the ticket is there, so that whoever takes it away finds the ticket or is found by the look.
    void give_ticket(
        const net::Answer& answer, const runtime::Pass& pass, std::function<bool(const SQLite::Database&)> still_may);

    // ---- api_sign_in
    void sign_in(Call& call);
    void sign_out(Call& call);
    void show_me(Call& call);
    void look_at_password_link(Call& call);
    void refuse_password_link(const Call& call);
    void set_password(Call& call);
    void enter_session(Call& call);
    /// A new sign-in in the place of the one that the request shows.
    net::Response signed_in(const net::Request& request, people::AccountId account);
    std::string cookie_field(std::string_view value, std::int64_t seconds) const;
    /// The cookie by which a browser shows that this account's owner has signed in there before.
    std::string device_cookie_name(people::AccountId account) const;
    /// The word of such a device, when the request comes from one.
    std::optional<std::string> device_of(const Call& call, people::AccountId account);
    bool is_fresh_network(const net::Request& request);
    /// From the device's allowance, or else, and then it is no device any more, from the network's.
    std::optional<base::Milliseconds> take_password_guess(
        const std::string& name_key, std::optional<std::string>& device, const net::Request& request);

    // ---- api_messages
    void messages(Call& call);

    // ---- api_expected
    void expected(Call& call);

    // ---- api_accounts
    void list_accounts(Call& call);
    void add_account(Call& call);
    void change_account(Call& call);
    void make_password_link(Call& call);
    void lock_account(Call& call);
    void shut_out(const Call& call);

    // ---- api_sessions
    void list_sessions(Call& call);
    void plan_session(Call& call);
    void import_programme(Call& call);
    void change_session(Call& call);
    void copy_session(Call& call);
    void add_staff(Call& call);

    // ---- api_registrations
    void show_session(Call& call);
    void import_registrations(Call& call);
    void add_person(Call& call);
    void change_person(Call& call);
    void remove_person(Call& call);
    void note_absence(Call& call);

    // ---- api_same_people
    void list_same_people(Call& call);
    void answer_same_people(Call& call);
    /// Those of these sessions whose rooms somebody has not been in; `then` on the thread of a room, or at once.
    void with_unvisited(protocol::PersonId person, std::vector<protocol::SessionId> sessions,
        std::function<void(const std::vector<protocol::SessionId>&)> then);

    // ---- api_invitations
    void make_invitations(Call& call);
    void revoke_invitation(Call& call);
    void make_invitation_sheet(Call& call);
    void own_calendar(Call& call);
    void send_mail(Call& call);
    void show_mail(Call& call);
    reports::LetterHead letter_head() const;

    // ---- api_attendance
    void attendance(Call& call);
    void attendance_csv(Call& call);
    void attendance_xlsx(Call& call);
    void reports(Call& call);
    void reports_csv(Call& call);
    void reports_xlsx(Call& call);
    struct SeenDay;
    void with_day(Call& call, people::AccessAct act, net::Response (*make)(const SeenDay&));
    struct SeenDays;
    SeenDays days_seen_by(const Call& call);
    void note_days_seen(const Call& call, people::AccessAct act, const SeenDays& seen);

    // ---- api_audit
    void accesses(Call& call);

    // ---- api_help
    void help(Call& call);

    // ---- for all of them

    /// What a secret or a code is right for, however it stands; or how the request is refused: a
    /// wrong one is not found, too many wrong ones are too fast.
    std::variant<people::KnownInvitation, protocol::Refusal> known_invitation_of(
        const Call& call, const std::optional<std::string>& secret, const std::optional<std::string>& code);
    /// What a secret or a code opens now. One that is right is refused in its own word: too_early, over, revoked.
    std::variant<people::Invitation, protocol::Refusal> invitation_of(
        const Call& call, const std::optional<std::string>& secret, const std::optional<std::string>& code);

    /// Where there is a wait, it is noted for the coordinator and in the log, and refused as too_fast.
    std::optional<protocol::Refusal> held_back(people::GuessKind kind, std::optional<people::AccountId> account,
        const Call& call, std::optional<base::Milliseconds> wait);
    std::optional<base::Milliseconds> take_wrong_link(const Call& call);
    /// Whether the person has asked for tickets so often that they are to wait; then refused as too_fast.
    bool is_too_often(const Call& call, protocol::PersonId person);

    void refuse(const net::Answer& answer, const protocol::Refusal& refusal);
    void refuse(const net::Answer& answer, const Denial& denial);
    void refuse(const net::Answer& answer, protocol::RefusalWord word) { refuse(answer, refusal_of(word)); }
    static protocol::Refusal refusal_of(protocol::RefusalWord word, std::optional<std::int64_t> wait_seconds = {}) {
        return {.word = word, .standing = {}, .by = {}, .wait_seconds = wait_seconds};
    }

    /// The session's room; null, and refused as not_found, when there is no such session.
    /// Goes on with a request, once a room has answered, on a thread that may wait for the disk.
    void go_on(const net::Answer& answer, std::function<void()> work);
    std::shared_ptr<runtime::RoomHost> room_of(const Call& call, protocol::SessionId session);

    /// Notes that the caller saw or changed what is known of these people.
    void note_access(const Call& call, people::AccessAct act, std::vector<protocol::PersonId> whose);

    template <class T>
    static void give(const net::Answer& answer, const T& value) {
        answer(net::answer_of(200, base::json::to_text(value)));
    }

    /// The body as one JSON value; refused as invalid otherwise.
    template <class T>
    std::optional<T> body_of(const Call& call) {
        simdjson::dom::parser parser;
        auto read = base::json::from_text<T>(parser, call.request.body);
        if (auto* value = std::get_if<T>(&read)) return std::move(*value);
        refuse(call.answer, protocol::RefusalWord::invalid);
        return std::nullopt;
    }

    base::UtcTime utc() const { return parts_.clock.utc(); }
    bool is_tls() const { return parts_.site.starts_with("https://"); }

    Parts parts_;
    std::mutex guesses_mutex_;
    people::GuessLimiter code_guesses_;
    /// By network. Secrets cannot be guessed: this is for who tries it to be told, and seen.
    people::Allowances wrong_links_{{.burst = 60, .interval = base::Milliseconds{1'000}}};
    /// Of a name, known or not, from one network; of all names from it; and of what all networks share.
    people::GuessLimiter password_guesses_{{
        .same = {.burst = 8, .interval = base::Milliseconds{60'000}},
        .own = {.burst = 10, .interval = base::Milliseconds{60'000}},
        .drawn = {.burst = 20, .interval = base::Milliseconds{10'000}},
        .shared = {.burst = 200, .interval = base::Milliseconds{1'000}},
    }};
    /// By the word of a device in which the account's owner has signed in before.
    people::Allowances device_guesses_{{.burst = 8, .interval = base::Milliseconds{60'000}}};
    people::LimitBook limit_book_;
};

}  // namespace etakahvila::api
