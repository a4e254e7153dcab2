#include "api/links.hpp"

namespace etakahvila::api {

using people::GuessKind;
using people::KnownInvitation;
using people::Standing;
using protocol::Refusal;
using protocol::RefusalWord;

std::variant<KnownInvitation, Refusal> Links::known(
    const AnyCall& call, const std::optional<std::string>& secret, const std::optional<std::string>& code) {
    if (secret.has_value() == code.has_value()) return refusal_of(RefusalWord::invalid);
    return secret ? by_secret(call, *secret) : by_code(call, *code);
}

std::variant<people::Invitation, Refusal> Links::open(
    const AnyCall& call, const std::optional<std::string>& secret, const std::optional<std::string>& code) {
    const auto found = known(call, secret, code);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    const auto& invitation = std::get<KnownInvitation>(found);
    if (const auto word = people::why_closed(invitation.standing)) return refusal_of(*word);
    return invitation.invitation;
}

std::variant<KnownInvitation, Refusal> Links::by_secret(const AnyCall& call, const std::string& secret) {
    // A secret cannot be guessed, so one that is right opens whatever else comes from its network.
    if (const auto found = people::known_by_secret(call.reader, secret, clock_.utc())) return *found;
    if (const auto refused = guesses_.wrong_link(GuessKind::link, call.request)) return *refused;
    return refusal_of(RefusalWord::not_found);
}

std::variant<KnownInvitation, Refusal> Links::by_code(const AnyCall& call, const std::string& code) {
    const auto normalized = people::code_in(code).key;
    // By the code as it is understood, however it was typed, and whichever day is named behind it.
    const auto guessed = normalized ? normalized->to_text() : std::string{};
    if (const auto refused = guesses_.code(guessed, call.request)) return *refused;
    const auto found = people::known_by_code(call.reader, code, clock_.utc());
    if (!found) return refusal_of(RefusalWord::not_found);
    // What opens nothing any more costs as a guess does.
    if (found->standing == Standing::open || found->standing == Standing::early)
        guesses_.give_back_code(guessed, call.request);
    return *found;
}

}  // namespace etakahvila::api
