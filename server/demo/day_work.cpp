#include "demo/day_work.hpp"

#include <array>

#include "base/json.hpp"
#include "protocol/api/feedback.hpp"
#include "protocol/api/work.hpp"

namespace etakahvila::demo {

using namespace protocol;
using namespace std::chrono_literals;

namespace {

struct Returned {
    std::array<std::string_view, 2> fields;
    bool wants_call;
};
constexpr auto returned = std::to_array<Returned>({
    {{"Viime sunnuntaina. Olin ollut metsässä koko päivän.", "Kävelen joka ilta vartin."}, false},
    {{"En muista. Siitä on kauan.", "En oikein tiedä. Valvon taas monta yötä peräkkäin."}, true},
    {{"Mökillä kesällä. Siellä on hiljaista.", "Jätän puhelimen yöksi keittiöön."}, false},
});
constexpr std::string_view answered =
    "Hei! Oli ilo lukea metsäpäivästäsi. Vartti illassa on hyvä alku, ja sen jaksaa myös väsyneenä. "
    "Kerrothan ensi kerralla, miltä kävely tuntui.";
/// The last of them returns when somebody looks on.
constexpr auto last_returns_after = 40s;
/// Each gives feedback within about so many looks.
constexpr std::size_t looks_before_feedback = 30;

constexpr auto said = std::to_array<std::string_view>(
    {"Tänään oli hyvä aihe.", "Kiitos, kun kuuntelitte.", "Olisin puhunut enemmän.", "Ääni kuului hyvin."});

}  // namespace

template <class Body>
void DayWork::post(const std::string& target, const Body& body, const std::string& secret, std::function<void()> then) {
    parts_.client.request({.method = "POST", .target = target, .body = base::json::to_text(body), .bearer = secret},
        // A demo goes on: what is refused was only a play.
        [then = std::move(then)](const client::HttpAnswer&) { then(); });
}

void DayWork::begin(std::function<void()> ready) {
    if (parts_.participants.size() < returned.size()) return ready();
    give_in(0, [this, ready = std::move(ready)] { give_in(1, [this, ready] { answer(0, ready); }); });
    parts_.loop.after(last_returns_after, [this] { give_in(2, [] {}); });
}

void DayWork::give_in(std::size_t number, std::function<void()> then) {
    const auto& one = returned.at(number);
    const ReturnBody body{.assignment = parts_.assignment,
        .version = 0,
        .fields = {std::string{one.fields[0]}, std::string{one.fields[1]}},
        .settles = {},
        .sharing = {},
        .wants_call = one.wants_call};
    post("/api/work/return", body, parts_.participants.at(number).secret, std::move(then));
}

void DayWork::answer(std::size_t number, std::function<void()> then) {
    const auto path = "/api/sessions/" + std::to_string(parts_.session.value) + "/work/";
    const auto person = parts_.participants.at(number).person;
    post(path + "claim", WorkBody{.person = person, .assignment = parts_.assignment}, parts_.facilitator.secret,
        [this, path, person, then = std::move(then)] {
            const SendBody body{
                .person = person, .assignment = parts_.assignment, .version = 0, .text = std::string{answered}};
            post(path + "send", body, parts_.facilitator.secret, then);
        });
}

void DayWork::look_at(const player::View& view) {
    const auto feedback = view.all<Feedback>();
    if (feedback.empty() || feedback.front()->state != FeedbackState::open) return;
    for (const auto number : were_there_) {
        if (gave_feedback_.contains(number) || dice_.pick(looks_before_feedback) != 0) continue;
        gave_feedback_.insert(number);
        const auto face = [&] { return static_cast<FaceAnswer>(dice_.pick(3)); };
        FeedbackBody body{
            .felt = face(), .heard = face(), .worked = face(), .words = {}, .helped = {}, .about_staff = {}};
        if (dice_.pick(3) == 0) body.words = std::string{said[dice_.pick(said.size())]};
        post("/api/feedback", body, parts_.participants.at(number).secret, [] {});
    }
}

}  // namespace etakahvila::demo
