#include "transport/api.hpp"

#include <charconv>

#include "people/secret.hpp"

namespace etakahvila::transport {
namespace {

using protocol::RefusalWord;

constexpr std::size_t json_bytes_max = 64 * 1024;
constexpr std::size_t file_bytes_max = 1024 * 1024;

struct RefusalBody {
    protocol::Refusal refusal;
};
BOOST_DESCRIBE_STRUCT(RefusalBody, (), (refusal))

std::string text_of(const protocol::Refusal& refusal) { return base::json::to_text(RefusalBody{refusal}); }

unsigned status_of(RefusalWord word) {
    switch (word) {
        case RefusalWord::invalid: return 400;
        case RefusalWord::not_permitted: return 403;
        case RefusalWord::not_found: return 404;
        case RefusalWord::too_fast: return 429;
        default: return 409;
    }
}

std::string_view next_segment(std::string_view& path) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    const auto segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

/// Whether the path is of this form; the number where the form says ID.
bool matches(std::string_view form, std::string_view path, protocol::SessionId* session) {
    while (!form.empty() && !path.empty()) {
        const auto expected = next_segment(form);
        const auto segment = next_segment(path);
        if (expected != "ID") {
            if (expected != segment) return false;
            continue;
        }
        std::int64_t number{};
        const auto [end, error] = std::from_chars(segment.data(), segment.data() + segment.size(), number);
        if (error != std::errc{} || end != segment.data() + segment.size() || number <= 0 || number > base::json::integer_most) return false;
        if (session != nullptr) *session = protocol::SessionId{number};
    }
    return form.empty() && path.empty();
}

}  // namespace

const std::span<const Api::Route> Api::routes = [] {
    using enum Request::Method;
    static const std::array table{
        Route{post, "/api/look", &Api::look, json_bytes_max, false},
        Route{post, "/api/enter", &Api::enter, json_bytes_max, false},
        Route{get, "/api/messages", &Api::messages, 0, false},
        Route{get, "/api/sessions", &Api::list_sessions, 0, true},
        Route{post, "/api/sessions", &Api::plan_session, json_bytes_max, true},
        Route{post, "/api/programme", &Api::import_programme, file_bytes_max, true},
        Route{get, "/api/sessions/ID", &Api::show_session, 0, true},
        Route{post, "/api/sessions/ID/registrations", &Api::import_registrations, file_bytes_max, true},
        Route{post, "/api/sessions/ID/invitations", &Api::make_invitations, json_bytes_max, true},
        Route{post, "/api/sessions/ID/staff", &Api::add_staff, json_bytes_max, true},
        Route{get, "/api/sessions/ID/attendance", &Api::attendance, 0, true},
        Route{get, "/api/sessions/ID/attendance.csv", &Api::attendance_csv, 0, true},
    };
    return std::span{table};
}();

const Api::Route* Api::route_of(const Request& request, protocol::SessionId* session) {
    for (const auto& route : routes) {
        if (route.method == request.method && matches(route.path, request.path, session)) return &route;
    }
    return nullptr;
}

std::size_t Api::body_bytes_max(const Request& request) const {
    const auto* route = route_of(request, nullptr);
    return route == nullptr ? 0 : route->body_bytes_max;
}

void Api::answer(Request request, Answer answer) {
    protocol::SessionId session;
    const auto* route = route_of(request, &session);
    if (route == nullptr) {
        return answer(answer_of(404, text_of({.word = RefusalWord::not_found})));
    }
    const auto shared = std::make_shared<Request>(std::move(request));
    const bool is_taken = parts_.pool.run([this, route, session, shared, answer](SQLite::Database& reader) {
        Call call{.request = std::move(*shared), .answer = answer, .reader = reader, .session = session};
        try {
            run(*route, call);
        } catch (const std::exception&) {
            // The disk, or what is on it. What was thrown may name what may not be logged.
            parts_.log.error("request_failed", {{"route", base::OperatorText{route->path}}});
            answer(answer_of(503, "{}"));
        }
    });
    if (!is_taken) answer(answer_of(503, "{}"));
}

void Api::run(const Route& route, Call& call) {
    if (route.is_coordinators) {
        if (call.request.bearer.empty()) return call.answer(answer_of(401, text_of({.word = RefusalWord::not_permitted})));
        const auto found = invitation_of(call, call.request.bearer, {});
        const auto* refusal = std::get_if<protocol::Refusal>(&found);
        if (refusal != nullptr && refusal->word != RefusalWord::not_found) return refuse(call.answer, *refusal);
        if (refusal != nullptr || std::get<people::Invitation>(found).kind != people::InvitationKind::coordinator) return refuse(call.answer, RefusalWord::not_permitted);
    }
    (this->*route.handler)(call);
}

std::variant<people::Invitation, protocol::Refusal> Api::invitation_of(const Call& call, const std::optional<std::string>& secret, const std::optional<std::string>& code) {
    const auto refused = [](RefusalWord word, std::optional<std::int64_t> wait_seconds = {}) { return protocol::Refusal{.word = word, .standing = {}, .by = {}, .wait_seconds = wait_seconds}; };
    if (secret.has_value() == code.has_value()) return refused(RefusalWord::invalid);

    const auto normalized = code ? people::SpokenCode::normalize_code(*code) : std::nullopt;
    // By the code as it is understood, however it was typed; of secrets each address has its own.
    const auto guessed = normalized ? normalized->to_text() : call.request.peer;
    auto& guesses = code ? code_guesses_ : secret_guesses_;
    const auto now = parts_.clock.monotonic();
    {
        const std::lock_guard lock{guesses_mutex_};
        if (const auto wait = guesses.take(guessed, call.request.peer, now)) return refused(RefusalWord::too_fast, wait->count() / 1000 + 1);
    }
    const auto found = code ? people::find_by_code(call.reader, *code, utc()) : people::find_by_secret(call.reader, *secret, utc());
    if (!found) return refused(RefusalWord::not_found);
    const std::lock_guard lock{guesses_mutex_};
    guesses.give_back(guessed, call.request.peer);
    return *found;
}

void Api::refuse(const Answer& answer, const protocol::Refusal& refusal) {
    parts_.metrics.count_refusal(refusal.word);
    answer(answer_of(status_of(refusal.word), text_of(refusal)));
}

std::shared_ptr<runtime::RoomHost> Api::room_of(const Call& call, protocol::SessionId session) {
    auto room = parts_.directory.room(session);
    if (!room) refuse(call.answer, RefusalWord::not_found);
    return room;
}

void Api::note_access(const Call& call, people::AccessNote note, std::vector<protocol::PersonId> whose) {
    note.at = utc();
    if (note.session == std::nullopt && call.session) note.session = call.session;
    parts_.store.write([note, whose = std::move(whose)](SQLite::Database& database) { people::note_access(database, note, whose); }, {});
}

}  // namespace etakahvila::transport
