#include "guests.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace etakahvila::bench {
namespace {

constexpr std::string_view filling = "huomenta kaikille nyt alkaa taas uusi viikko ja kahvi on kuumaa ";

std::int64_t number_at(std::string_view text) {
    std::int64_t number = -1;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// What follows `"name":`.
std::string_view after(std::string_view json, std::string_view key) {
    const auto at = json.find(key);
    return at == json.npos ? std::string_view{} : json.substr(at + key.size());
}

std::string text_after(std::string_view json, std::string_view key) {
    const auto value = after(json, key);
    return std::string{value.substr(0, value.find('"'))};
}

}  // namespace

// ------------------------------------------------------------------------------------ messages

std::string Tally::new_text(std::size_t bytes, std::size_t receivers) {
    auto text = std::string{mark} + std::to_string(first_number_ + static_cast<std::int64_t>(sent_.size())) + ' ';
    while (text.size() < bytes) text.append(filling);
    text.resize(bytes);
    text.back() = '!';
    sent_.push_back({Clock::now(), receivers});
    missing_ += receivers;
    return text;
}

void Tally::look(std::string_view received, Instant at) {
    for (auto found = received.find(mark); found != received.npos; found = received.find(mark, found + mark.size())) {
        const auto number = number_at(received.substr(found + mark.size(), 7)) - first_number_;
        if (number < 0 || number >= static_cast<std::int64_t>(sent_.size())) continue;
        auto& sent = sent_[static_cast<std::size_t>(number)];
        if (sent.left == 0) continue;
        --missing_;
        --sent.left;
        ++deliveries_;
        if (static_cast<std::size_t>(number) < first_) continue;
        latency_.add(at - sent.at);
        if (sent.left == 0) last_.add(at - sent.at);
    }
}

void Tally::begin() {
    first_ = sent_.size();
    deliveries_ = 0;
    latency_.clear();
    last_.clear();
}

// ------------------------------------------------------------------------------------ coming in

void Guest::come_in(bool resumes_tls, bool resumes) {
    is_in_ = false;
    only_fetches_ = false;
    resumes_ = resumes;
    step_ = 0;
    asked_.clear();
    line_.connect(resumes_tls);
}

void Guest::fetch_ticket() {
    only_fetches_ = true;
    line_.connect();
}

void Guest::connected(Line& line) {
    switch (parts_.target) {
        case Target::relay: return line.upgrade("/" + std::to_string(parts_.room));
        case Target::group_chat: return line.upgrade(parts_.path, "xmpp");
        case Target::room:
            if (has_ticket() && !only_fetches_) return line.upgrade("/room");
            line.request("POST", "/api/enter",
                R"({"secret":")" + parts_.invited->secret +
                    (is_staff() ? R"(","netiquette":true})"
                                : R"(","name":"Vieras )" + std::to_string(line.number()) + R"(","netiquette":true})"));
    }
}

void Guest::answered(Line& line, unsigned status, std::string_view body) {
    if (status != 200) {
        fault_ = "entering was answered with " + std::to_string(status) + " " + std::string{body};
        return line.cut();
    }
    ticket_ = text_after(body, R"("ticket":")");
    if (only_fetches_) return line.cut();
    line.upgrade("/room");
}

void Guest::upgraded(Line& line) {
    switch (parts_.target) {
        case Target::relay: return is_in_now();
        case Target::group_chat:
            return line.send(R"(<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="localhost" version="1.0"/>)");
        case Target::room: {
            auto hello = R"({"type":"hello","version":1,"ticket":")" + std::exchange(ticket_, {}) + '"';
            if (resumes_) hello += R"(,"resume":{"epoch":")" + epoch_ + R"(","seq":)" + std::to_string(have_) + '}';
            line.send(hello + '}');
        }
    }
}

void Guest::is_in_now() {
    is_in_ = true;
    came_in_at_ = Clock::now();
}

void Guest::received(Line&, std::string_view message) {
    parts_.tally.look(message, Clock::now());
    if (parts_.target == Target::room) received_of_room(message);
    if (parts_.target == Target::group_chat && !is_in_) received_of_group_chat(message);
}

void Guest::lost(Line& line, std::string_view why) {
    fault_ = std::string{why} + (is_in_ ? " (in the room)" : "");
    is_in_ = false;
    line.cut();
}

void Guest::received_of_room(std::string_view message) {
    constexpr std::string_view batch = R"({"type":"batch","from":)";
    constexpr std::string_view outcome = R"({"type":"outcome","id":")";
    if (message.starts_with(batch)) {
        have_ = number_at(after(message, R"("to":)"));
        if (!is_in_) is_in_now();
        return;
    }
    if (message.starts_with(outcome)) {
        const auto id = number_at(message.substr(outcome.size()));
        const auto found = std::find_if(
            asked_.begin(), asked_.end(), [&](const Context& asked) { return asked.id == id; });
        if (found == asked_.end()) return;
        const auto asked = std::move(*found);
        asked_.erase(found);
        parts_.answers.add(Clock::now() - asked.at);
        const bool is_refused = message.find(R"("refusal")") != message.npos;
        if (is_refused) fault_ = "refused: " + std::string{message.substr(0, 200)};
        standing_ = number_at(after(message, R"("standing":)"));
        if (asked.done) asked.done(is_refused ? std::nullopt : std::optional{number_at(after(message, R"("seq":)"))});
        return;
    }
    if (message.starts_with(R"({"type":"voice_ticket")")) {
        if (const auto got = std::exchange(got_voice_ticket_, {})) got(text_after(message, R"("ticket":")"));
        return;
    }
    if (message.starts_with(R"({"type":"welcome")")) {
        epoch_ = text_after(message, R"("epoch":")");
        ticket_ = text_after(message, R"("next_ticket":")");
    }
}

/// Anonymous sign-in, then a nickname in a room without its history.
void Guest::received_of_group_chat(std::string_view message) {
    const auto has = [&](std::string_view piece) { return message.find(piece) != message.npos; };
    const auto go_on = [&](std::string_view with) {
        ++step_;
        line_.send(with);
    };
    constexpr std::string_view open =
        R"(<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="localhost" version="1.0"/>)";
    if (step_ == 0 && has("mechanisms"))
        return go_on(R"(<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>)");
    if (step_ == 1 && has("<success")) return go_on(open);
    if (step_ == 2 && has("xmpp-bind"))
        return go_on(
            R"(<iq xmlns="jabber:client" type="set" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>)");
    if (step_ == 3 && has("<jid>")) {
        return go_on(R"(<presence xmlns="jabber:client" to="huone)" + std::to_string(parts_.room) +
                     "@rooms.localhost/vieras" + std::to_string(line_.number()) +
                     R"("><x xmlns="http://jabber.org/protocol/muc"><history maxstanzas="0"/></x></presence>)");
    }
    if (step_ == 4 && (has(R"(code="110")") || has("code='110'"))) is_in_now();
}

// ------------------------------------------------------------------------------------ talking

std::string Guest::framed(const std::string& text) {
    if (parts_.target == Target::relay) return text;
    if (parts_.target == Target::group_chat)
        return R"(<message xmlns="jabber:client" type="groupchat" to="huone)" + std::to_string(parts_.room) +
               R"(@rooms.localhost"><body>)" + text + "</body></message>";
    asked_.push_back({++last_command_, Clock::now(), {}});
    return R"({"type":"command","id":")" + std::to_string(last_command_) +
           R"(","command":{"type":"send_message","channel":"room","text":")" + text + R"("}})";
}

void Guest::say(const std::vector<std::string>& texts) {
    std::vector<std::string> frames;
    for (const auto& text : texts) frames.push_back(framed(text));
    const std::vector<std::string_view> views{frames.begin(), frames.end()};
    line_.send_all(views);
}

void Guest::ask(std::string_view command, std::function<void(std::optional<std::int64_t>)> done) {
    asked_.push_back({++last_command_, Clock::now(), std::move(done)});
    line_.send(
        R"({"type":"command","id":")" + std::to_string(last_command_) + R"(","command":)" + std::string{command} + "}");
}

void Guest::ask_voice_ticket(std::function<void(std::string)> got) {
    got_voice_ticket_ = std::move(got);
    line_.send(R"({"type":"ask_voice_ticket"})");
}

}  // namespace etakahvila::bench
