#include "runtime/telling.hpp"

#include <algorithm>
#include <utility>

#include "base/json.hpp"

namespace etakahvila::runtime {
namespace {

std::size_t index_of(domain::Audience audience) { return static_cast<std::size_t>(audience); }

protocol::Batch batch_for(const domain::Room& room, const domain::Viewer& viewer,
    const std::vector<domain::ThingRef>& things, domain::Seq from) {
    protocol::Batch batch{.from = from, .to = room.seq, .changes = {}};
    for (const auto thing : things) {
        if (auto change = see(room, thing, viewer)) batch.changes.push_back(std::move(*change));
    }
    return batch;
}

}  // namespace

Frame frame_of(const protocol::ServerFrame& frame) {
    return std::make_shared<const std::string>(base::json::to_text(frame));
}

Telling::Telling(Parts parts, domain::Seq told) : parts_{std::move(parts)}, told_{told} {
    last_batch_.fill(told);
    last_batch_told_ = last_batch_;
}

// -------------------------------------------------------------------- what is to be in the parcel

void Telling::tell_staff(const Frame& frame) {
    for (const auto& [connection, here] : parts_.present.all()) {
        if (domain::is_staff(here.role)) tell(connection, frame);
    }
}

void Telling::tell_saving() {
    for (const auto& [connection, here] : parts_.present.all())
        tell(connection, frame_of(parts_.saving.told_to(here.role)));
}

bool Telling::say_goodbye(ConnectionId connection, CloseCode code, std::int64_t retry_after_ms) {
    const auto unseated = std::find_if(
        arriving_.begin(), arriving_.end(), [&](const Arriving& each) { return each.connection == connection; });
    if (unseated != arriving_.end()) {
        close_unseated(unseated->arrival, code, retry_after_ms);
        arriving_.erase(unseated);
        return false;
    }
    gone_.emplace(connection, parts_.present.find(connection)->hub);
    closing_.push_back({.connection = connection, .code = code, .retry_after_ms = retry_after_ms});
    return true;
}

void Telling::when_told(base::Task saved, base::Task dropped) {
    when_saved_.push_back(std::move(saved));
    when_dropped_.push_back(std::move(dropped));
}

// ------------------------------------------------------------------------------------- the parcel

Telling::Parcel Telling::gather(const domain::Room& room) {
    Parcel parcel{.leave = {}, .undo = undo_of(arriving_, std::exchange(when_dropped_, {}))};
    Deliveries deliveries;
    tell_changes(room, deliveries);
    told_ = room.seq;
    if (!spoken_.empty()) {
        for (const auto& [hub, count] : parts_.present.hubs()) deliveries.to(hub).spoken = spoken_;
        spoken_.clear();
    }
    seat_newcomers(room, deliveries);
    for (auto& direct : directs_) {
        if (const auto hub = hub_of(direct.connection)) deliveries.to(hub).direct.push_back(std::move(direct));
    }
    for (const auto& closing : closing_) {
        if (const auto hub = hub_of(closing.connection)) deliveries.to(hub).closing.push_back(closing);
    }
    arriving_.clear();
    directs_.clear();
    closing_.clear();
    gone_.clear();
    parcel.leave = [this, ends = last_batch_, deliveries = std::move(deliveries),
                       when_saved = std::exchange(when_saved_, {})] {
        last_batch_told_ = ends;
        deliveries.deliver(parts_.session);
        for (const auto& saved : when_saved) saved();
    };
    return parcel;
}

/// One batch for each audience to which anything looks otherwise than before.
void Telling::tell_changes(const domain::Room& room, Deliveries& deliveries) {
    // The staff see all that changes; what only they see wakes no other.
    Things things;
    for (const auto audience : domain::all_audiences) things[index_of(audience)] = room.changes.since(told_, audience);
    if (things[index_of(domain::Audience::staff)].empty()) return;
    const auto before = last_batch_;
    std::array<Frame, domain::all_audiences.size()> shared;
    for (const auto audience : domain::all_audiences) {
        const auto index = index_of(audience);
        auto batch = batch_for(room, {.audience = audience, .person = {}}, things[index], before[index]);
        if (batch.changes.empty()) continue;
        shared[index] = frame_of(std::move(batch));
        last_batch_[index] = room.seq;
    }
    if (std::any_of(shared.begin(), shared.end(), [](const Frame& frame) { return frame != nullptr; })) {
        for (const auto& [hub, count] : parts_.present.hubs()) deliveries.to(hub).shared = shared;
    }
    tell_personal_changes(room, things, before, shared, deliveries);
}

/// One for each person to whom something looks otherwise than to their audience.
void Telling::tell_personal_changes(const domain::Room& room, const Things& things, const BatchEnds& before,
    const std::array<Frame, domain::all_audiences.size()>& shared, Deliveries& deliveries) const {
    std::vector<PersonId> viewers;
    for (const auto thing : things[index_of(domain::Audience::staff)]) add_personal_viewers(room, thing, viewers);
    if (viewers.empty()) return;
    const std::set<PersonId> seen_otherwise{viewers.begin(), viewers.end()};
    std::map<PersonId, Frame> personal;
    for (const auto& [connection, here] : parts_.present.all()) {
        if (!seen_otherwise.contains(here.person)) continue;
        const auto audience = domain::audience_of(here.role);
        const auto index = index_of(audience);
        auto own = batch_for(room, {.audience = audience, .person = here.person}, things[index], before[index]);
        // Where the others get a batch this person gets one too, be it empty: it ends where theirs does.
        if (own.changes.empty() && !shared[index]) continue;
        auto& frame = personal[here.person];
        if (!frame) frame = frame_of(std::move(own));
        deliveries.to(here.hub).personal[here.person] = frame;
    }
}

void Telling::seat_newcomers(const domain::Room& room, Deliveries& deliveries) const {
    for (const auto& each : arriving_) {
        if (!parts_.present.has(each.connection)) continue;
        const auto& pass = each.arrival.pass;
        deliveries.to(each.arrival.hub)
            .seated.push_back({.connection = each.connection,
                .person = pass.person,
                .audience = domain::audience_of(pass.role),
                .line = each.arrival.line,
                .greeting = greeting_of(room, each)});
    }
}

std::vector<Frame> Telling::greeting_of(const domain::Room& room, const Arriving& arriving) const {
    const auto& [connection, arrival] = arriving;
    const auto& [pass, line, hub, device, resume] = arrival;
    // Before its first step there is nothing to go on from: whoever has seen none is shown all.
    const bool resumes = resume && resume->epoch == parts_.epoch && resume->seq > 0 && resume->seq <= room.seq;
    count_coming(resume.has_value(), resumes);
    const domain::Viewer viewer{.audience = domain::audience_of(pass.role), .person = pass.person};
    protocol::Batch missed{.from = resumes ? resume->seq : 0, .to = room.seq, .changes = {}};
    missed.changes = resumes ? changes_since(room, resume->seq, viewer) : snapshot(room, viewer);
    protocol::Welcome welcome{.version = 1,
        .epoch = parts_.epoch,
        .seq = room.seq,
        .resumed = resumes,
        .me = pass.person,
        .role = pass.role,
        .connection = connection,
        .clock = parts_.clock.told(),
        .next_ticket = parts_.tickets.issue(pass, parts_.clock.monotonic(), TicketOffice::next_ticket_life)};
    std::vector<Frame> frames{frame_of(std::move(welcome)), frame_of(std::move(missed))};
    if (!parts_.saving.saves_everything()) frames.push_back(frame_of(parts_.saving.told_to(pass.role)));
    const auto& turn = room.floor.turn;
    if (auto speech = parts_.speech.shown(turn ? std::optional{turn->id} : std::nullopt))
        frames.push_back(frame_of(std::move(*speech)));
    return frames;
}

void Telling::count_coming(bool has_been_here, bool resumes) const {
    if (parts_.figures == nullptr) return;
    auto& figures = *parts_.figures;
    ++(resumes ? figures.resumed : has_been_here ? figures.anew : figures.fresh);
}

std::shared_ptr<Hub> Telling::hub_of(ConnectionId connection) const {
    if (const auto* here = parts_.present.find(connection)) return here->hub;
    const auto gone = gone_.find(connection);
    return gone == gone_.end() ? nullptr : gone->second;
}

// ------------------------------------------------------------------------- what could not be saved

base::Task Telling::drop() {
    auto undo = undo_of({}, std::exchange(when_dropped_, {}));
    directs_.clear();
    closing_.clear();
    gone_.clear();
    when_saved_.clear();
    return undo;
}

base::Task Telling::undo_of(std::vector<Arriving> arriving, std::vector<base::Task> dropped) {
    if (arriving.empty() && closing_.empty() && dropped.empty()) return {};
    std::vector<std::pair<std::shared_ptr<Hub>, Delivery::Closing>> gone;
    for (const auto& each : closing_) gone.emplace_back(gone_.at(each.connection), each);
    return [this, arriving = std::move(arriving), gone = std::move(gone), dropped = std::move(dropped)] {
        for (const auto& each : arriving) {
            if (parts_.present.has(each.connection))
                arriving_.push_back(each);
            else
                close_unseated(each.arrival, CloseCode::gap);
        }
        for (auto [hub, closing] : gone) {
            if (closing.code == CloseCode::removed) closing.code = CloseCode::gap;
            const auto delivery = std::make_shared<Delivery>();
            delivery->closing.push_back(closing);
            hub->deliver(parts_.session, delivery);
        }
        for (const auto& each : dropped) each();
    };
}

void Telling::go_back(domain::Seq seq, bool is_whole) {
    told_ = seq;
    if (is_whole)
        last_batch_ = last_batch_told_;
    else
        last_batch_.fill(seq);
}

// ------------------------------------------------------------------------------------- deliveries

Delivery& Telling::Deliveries::to(const std::shared_ptr<Hub>& hub) {
    auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& each) { return each.first == hub; });
    if (found == all_.end()) found = all_.insert(found, {hub, std::make_shared<Delivery>()});
    return *found->second;
}

void Telling::Deliveries::deliver(SessionId session) const {
    for (const auto& [hub, delivery] : all_) hub->deliver(session, delivery);
}

}  // namespace etakahvila::runtime
