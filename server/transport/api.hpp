#pragma once

// The other door (protocol/README.md): what is asked over HTTP. Each request is answered on a
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
#include "runtime/room_directory.hpp"
#include "transport/http_exchange.hpp"
#include "transport/metrics.hpp"
#include "transport/pool.hpp"

namespace etakahvila::transport {

class Api final : public HttpService {
public:
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        Metrics& metrics;
        journal::SqliteStore& store;
        Pool& pool;
        runtime::RoomDirectory& directory;
        runtime::TicketOffice& tickets;
        /// Where links lead to: "https://cafe.example.fi", without a slash at the end.
        std::string site;
    };

    explicit Api(Parts parts) : parts_{std::move(parts)} {}

    std::size_t body_bytes_max(const Request& request) const override;
    void answer(Request request, Answer answer) override;

private:
    /// One request on its way through.
    struct Call {
        Request request;
        Answer answer;
        SQLite::Database& reader;
        /// Of the path, where it names one.
        protocol::SessionId session{};
    };
    using Handler = void (Api::*)(Call&);
    struct Route {
        Request::Method method;
        /// A segment "ID" stands for a session's number.
        std::string_view path;
        Handler handler;
        std::size_t body_bytes_max;
        bool is_coordinators;
    };
    static const std::span<const Route> routes;
    static const Route* route_of(const Request& request, protocol::SessionId* session);
    void run(const Route& route, Call& call);

    // ---- api_entry
    void look(Call& call);
    void enter(Call& call);

    // ---- api_messages
    void messages(Call& call);

    // ---- api_coordinator
    void list_sessions(Call& call);
    void plan_session(Call& call);
    void import_programme(Call& call);
    void show_session(Call& call);
    void import_registrations(Call& call);
    void add_staff(Call& call);
    void make_invitations(Call& call);

    // ---- api_attendance
    void attendance(Call& call);
    void attendance_csv(Call& call);

    // ---- for all of them

    /// What a secret or a code opens; or how the request is refused: a wrong one is not found,
    /// too many are too fast.
    std::variant<people::Invitation, protocol::Refusal> invitation_of(const Call& call, const std::optional<std::string>& secret, const std::optional<std::string>& code);

    void refuse(const Answer& answer, const protocol::Refusal& refusal);
    void refuse(const Answer& answer, protocol::RefusalWord word) { refuse(answer, protocol::Refusal{.word = word, .standing = {}, .by = {}, .wait_seconds = {}}); }

    /// The session's room; null, and refused as not_found, when there is no such session.
    std::shared_ptr<runtime::RoomHost> room_of(const Call& call, protocol::SessionId session);

    void note_access(const Call& call, people::AccessNote note, std::vector<protocol::PersonId> whose);

    template <class T>
    static void give(const Answer& answer, const T& value) { answer(answer_of(200, base::json::to_text(value))); }

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

    Parts parts_;
    std::mutex guesses_mutex_;
    people::GuessLimiter code_guesses_;
    /// Secrets cannot be guessed; this keeps those who try from the disk.
    people::GuessLimiter secret_guesses_{{
        .per_code = {.burst = 60, .interval = base::Milliseconds{1'000}},
        .per_address = {.burst = 600, .interval = base::Milliseconds{50}},
        .overall = {.burst = 5'000, .interval = base::Milliseconds{1}},
    }};
};

}  // namespace etakahvila::transport
