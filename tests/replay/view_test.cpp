#include "player/view.hpp"
#include "player/made_up_text.hpp"
#include "support/catch.hpp"

using namespace etakahvila::player;
using namespace etakahvila::protocol;

namespace {

Welcome welcome(bool resumed = false) {
    Welcome greeting;
    greeting.version = 1;
    greeting.epoch = "alku";
    greeting.resumed = resumed;
    return greeting;
}

Message message(std::int64_t id, std::int64_t place, MessageState state = MessageState::published) {
    Message made;
    made.id = MessageId{id};
    made.place = place;
    made.author = PersonId{7};
    made.channel = Channel::room;
    made.state = state;
    made.text = "hyvää huomenta";
    return made;
}

FloorRequest request(std::int64_t id, std::int64_t person, FloorRequestKind kind = FloorRequestKind::speak) {
    FloorRequest made;
    made.id = RequestId{id};
    made.kind = kind;
    made.beneficiary = PersonId{person};
    made.requested_by = PersonId{person};
    made.state = FloorRequestState::accepted;
    return made;
}

View view_at(std::int64_t seq, std::vector<Change> things = {}) {
    View view;
    view.begin(welcome());
    view.take({.from = 0, .to = seq, .changes = std::move(things)});
    return view;
}

}  // namespace

TEST_CASE("batches are applied, skipped, or show a gap") {
    auto view = view_at(10);
    CHECK(view.take({.from = 10, .to = 12, .changes = {message(11, 11)}}) == View::Taken::applied);
    CHECK(view.have() == 12);
    CHECK(view.take({.from = 10, .to = 12, .changes = {message(11, 11)}}) == View::Taken::skipped);
    CHECK(view.take({.from = 11, .to = 15, .changes = {}}) == View::Taken::applied);
    CHECK(view.take({.from = 16, .to = 17, .changes = {message(17, 17)}}) == View::Taken::gap);
    CHECK(view.have() == 15);
    CHECK(view.faults().gaps == 1);
    CHECK(view.message(MessageId{17}) == nullptr);
}

TEST_CASE("an empty snapshot of an empty room is one") {
    View view;
    view.begin(welcome());
    CHECK(view.take({.from = 0, .to = 0, .changes = {}}) == View::Taken::applied);
    CHECK(view.take({.from = 0, .to = 3, .changes = {message(2, 2)}}) == View::Taken::applied);
    CHECK(view.told_later() == std::set<std::int64_t>{2});
}

TEST_CASE("what is dropped is gone") {
    auto view = view_at(10, {request(3, 1)});
    CHECK(view.waiting(PersonId{1}) != nullptr);
    view.take({.from = 10, .to = 11, .changes = {Dropped{.kind = ChangeKind::floor_request, .id = 3}}});
    CHECK(view.waiting(PersonId{1}) == nullptr);
}

TEST_CASE("a greeting that resumes keeps what is had, any other forgets it") {
    auto view = view_at(10, {message(3, 3)});
    view.begin(welcome(true));
    CHECK(view.have() == 10);
    view.begin(welcome(false));
    CHECK(view.have() == 0);
    CHECK(view.message(MessageId{3}) == nullptr);
}

TEST_CASE("messages are counted once, and what comes twice or too late is noticed") {
    auto view = view_at(10, {message(3, 3), message(9, 9, MessageState::held)});
    CHECK(view.told_at_first() == std::set<std::int64_t>{3});
    CHECK(view.others_at_first() == 1);
    view.take({.from = 10, .to = 20, .changes = {message(9, 15), message(18, 18)}});
    CHECK(view.told_now() == std::vector<std::int64_t>{15, 18});
    CHECK(view.faults().doubled == 0);
    CHECK(view.faults().reordered == 0);
    view.take({.from = 20, .to = 21, .changes = {message(18, 18)}});
    CHECK(view.faults().doubled == 1);
    view.take({.from = 21, .to = 22, .changes = {message(16, 16)}});
    CHECK(view.faults().reordered == 1);
    auto thanked = message(18, 18);
    thanked.reactions = std::vector{ReactionCount{.reaction = Reaction::thanks, .count = 1}};
    view.take({.from = 22, .to = 23, .changes = {thanked}});
    CHECK(view.faults().doubled == 1);
}

TEST_CASE("the newest messages are kept") {
    auto view = view_at(10);
    for (std::int64_t seq = 11; seq <= 260; ++seq)
        view.take({.from = seq - 1, .to = seq, .changes = {message(seq, seq)}});
    CHECK(view.all<Message>().size() == messages_kept);
    CHECK(view.message(MessageId{60}) == nullptr);
    CHECK(view.message(MessageId{61}) != nullptr);
    CHECK(view.told_later().size() == 250);
}

TEST_CASE("the queue: replies, then the line-up, then by id") {
    FloorInfo floor;
    floor.line_up = {RequestId{6}, RequestId{99}, RequestId{4}};
    const auto view = view_at(
        10, {request(4, 1), request(5, 2), request(6, 3), request(8, 4, FloorRequestKind::reply), floor});
    std::vector<std::int64_t> order;
    for (const auto* each : view.queue()) order.push_back(each->id.value);
    CHECK(order == std::vector<std::int64_t>{8, 6, 4, 5});
}

TEST_CASE("made-up texts have the length asked for, and the same seed makes the same") {
    MadeUpText words{5}, again{5};
    for (std::size_t length = 1; length <= 300; ++length) {
        const auto text = words.text(length);
        CHECK(etakahvila::base::json::code_points(text) == length);
        CHECK(text.front() != ' ');
        CHECK(text.back() != ' ');
        CHECK(text == again.text(length));
    }
    CHECK(pieces_of(2500, 1000) == std::vector<std::size_t>{1000, 1000, 500});
    CHECK(pieces_of(1000, 1000) == std::vector<std::size_t>{1000});
    CHECK(nickname(0) == "Mustikka");
    CHECK(nickname(60) == "Mustikka 2");
}
