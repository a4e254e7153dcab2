#include "house/carried_rows.hpp"

#include "house/has_event.hpp"

namespace etakahvila::house {
namespace {

/// What one event means for the rows; most mean nothing.
struct Rows {
    records::Database& database;
    protocol::SessionId session;
    base::UtcTime at;

    void operator()(const domain::ParkedResolved& event) const {
        if (event.came_as) people::keep_carried(database, session, *event.came_as);
        if (!event.carried) return people::end_carrying(database, session, event.parked);
        const auto& words = *event.carried;
        people::carry_question(database, session, event.parked,
            {.text = words.text,
                .seen_by = words.seen_by,
                .earlier = words.is_anew ? std::nullopt : event.came_as,
                .asked_at = words.asked_at});
    }
    void operator()(const domain::ParkedShown& event) const {
        people::show_carried(database, session, event.parked, event.text);
    }
    void operator()(const domain::CarriedWithdrawn& event) const {
        people::withdraw_carried(database, session, event.parked, event.for_staff);
    }
    void operator()(const domain::PhaseChanged& event) const {
        if (event.phase == protocol::Phase::live) people::keep_carried(database, session, at);
    }
    template <class Other>
    void operator()(const Other&) const {}
};

}  // namespace

journal::Records::Write carried_rows(protocol::SessionId session, const domain::Step& step) {
    using namespace domain;
    if (!has_event<ParkedResolved, ParkedShown, CarriedWithdrawn, PhaseChanged>(step)) return {};
    return [session, events = step.events, at = step.stamp.utc](records::Database& database) {
        for (const auto& event : events)
            std::visit(Rows{.database = database, .session = session, .at = at}, event.any());
    };
}

domain::KnowCarried carried_to(const records::Database& reader, protocol::SessionId session, base::UtcTime now) {
    domain::KnowCarried known;
    for (auto& question : people::carried_to(reader, session, now)) {
        known.questions.push_back({.id = question.id,
            .text = std::move(question.text),
            .seen_by = question.seen_by,
            .asked_at = question.asked_at});
    }
    return known;
}

void CarriedLook::look(const records::Database& reader) {
    std::map<protocol::SessionId, domain::KnowCarried> told;
    for (const auto& room : directory_.open_rooms()) {
        auto known = carried_to(reader, room->session(), clock_.utc());
        if (known != told_[room->session()]) room->know_carried(known);
        told.emplace(room->session(), std::move(known));
    }
    told_ = std::move(told);
}

}  // namespace etakahvila::house
