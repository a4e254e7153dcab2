#include "program/multitude.hpp"

#include <algorithm>
#include <future>
#include <iostream>

#include "player/made_up_text.hpp"
#include "program/pace.hpp"

namespace etakahvila::faults {

using namespace std::chrono_literals;

Multitude::Multitude(client::ClientLoop& told, const client::ServerAddress& server, std::string key)
    : told_{told},
      client_{loop_, server, false},
      coordinator_{client_, std::move(key)},
      thread_{[this] { loop_.run(); }} {}

Multitude::~Multitude() {
    loop_.stop();
    thread_.join();
}

void Multitude::seat(const player::Invited& invited, std::size_t lines) {
    const auto number = members_.size();
    auto& member = members_.emplace_back(std::make_unique<player::Member>(player::Member::Parts{.loop = loop_,
        .client = client_,
        .watcher = *this,
        .parser = parser_,
        .secret = invited.secret,
        .nickname = invited.role == protocol::Role::participant ? player::nickname(number) : std::string{},
        .person = invited.person,
        .tab = static_cast<std::uint32_t>(number + 100'000),
        .waits_at_random = false}));
    for (std::size_t line = 0; line < lines; ++line) devices_.push_back(member->device(std::to_string(line)));
    lines_ = devices_.size();
}

void Multitude::bring(const std::vector<player::Invited>& people, std::size_t lines_each, Task done) {
    loop_.post([this, people, lines_each, done = std::move(done)] {
        const auto first = devices_.size();
        for (const auto& invited : people) seat(invited, lines_each);
        for (auto at = first; at < devices_.size(); ++at) devices_[at]->come_in([] {});
        when_all_in(done);
    });
}

void Multitude::fill_room(std::size_t people, Task done) {
    loop_.post([this, people, done = std::move(done)] {
        player::SessionWish wish{.planned = {},
            .theme = "Uni",
            .series = "Sali " + std::to_string(++rooms_),
            .question = {},
            .help_phone = {},
            .hours = player::session_today(),
            .registrations = player::made_up_registrations(people),
            .facilitators = {"Ohjaaja"},
            .moderators = {"Moderaattori"}};
        coordinator_.make_session(
            std::move(wish), [this, done](std::variant<player::MadeSession, player::ApiFault> made) {
                if (const auto* fault = std::get_if<player::ApiFault>(&made)) return went_wrong(fault->what);
                const auto& invited = std::get<player::MadeSession>(made).invited;
                const auto chair = std::find_if(invited.begin(), invited.end(),
                    [](const auto& each) { return each.role == protocol::Role::facilitator; });
                const auto first = devices_.size();
                seat(*chair, 1);
                auto& facilitator = *members_.back();
                for (auto each = invited.begin(); each != invited.end(); ++each) {
                    if (each != chair) seat(*each, 1);
                }
                devices_[first]->come_in([this, first, done, &facilitator] {
                    facilitator.ask(protocol::OpenDoors{});
                    facilitator.ask(protocol::GoLive{}, [this, first, done](const protocol::Outcome&) {
                        for (auto at = first + 1; at < devices_.size(); ++at) devices_[at]->come_in([] {});
                        when_all_in(done);
                    });
                });
            });
    });
}

void Multitude::cut_all(std::function<void(double)> done) {
    loop_.post([this, done = std::move(done)] {
        const auto from = player::now();
        for (const auto& device : devices_) device->redial([] {});
        when_all_in([from, done] { done(std::chrono::duration<double, std::milli>(player::now() - from).count()); });
    });
}

void Multitude::freeze(std::chrono::seconds span, Task done) {
    loop_.post([this, span, done = std::move(done)] {
        std::vector<std::int64_t> losses;
        for (const auto& device : devices_) losses.push_back(device->losses());
        // The thread itself stands still, as a stopped process would.
        std::this_thread::sleep_for(span);
        when_lost(std::move(losses), done);
    });
}

/// What was written to them meanwhile is read first, and with it that the line is lost.
void Multitude::when_lost(std::vector<std::int64_t> before, Task done) {
    for (std::size_t at = 0; at < before.size(); ++at) {
        if (devices_[at]->losses() == before[at])
            return loop_.after(
                look_every, [this, before = std::move(before), done = std::move(done)] { when_lost(before, done); });
    }
    when_all_in(std::move(done));
}

void Multitude::when_all_in(Task done) {
    if (std::all_of(devices_.begin(), devices_.end(), [](const auto& device) { return device->is_up(); }))
        return told_.post(std::move(done));
    loop_.after(look_every, [this, done = std::move(done)] { when_all_in(done); });
}

std::size_t Multitude::stream_faults() {
    std::promise<std::size_t> counted;
    loop_.post([this, &counted] {
        std::size_t faults = surprises_;
        for (const auto& device : devices_)
            faults += static_cast<std::size_t>(device->fresh_snapshots() + device->view().faults().gaps +
                                               device->view().faults().doubled + device->view().faults().reordered);
        counted.set_value(faults);
    });
    return counted.get_future().get();
}

void Multitude::went_wrong(std::string what) {
    if (what.starts_with("a line was lost by itself")) {
        ++losses_;
        return;
    }
    ++surprises_;
    std::cerr << "the multitude: " << what << '\n';
}

}  // namespace etakahvila::faults
