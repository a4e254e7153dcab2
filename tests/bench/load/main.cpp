// etakahvila-bench-load: plays people in rooms against one server, and tells as one line of JSON
// what that cost the server and how long it took. One thread, for one core of its own.

#include <fstream>
#include <iostream>
#include <random>
#include <set>
#include <sstream>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "voice.hpp"

namespace {

using namespace etakahvila::bench;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

struct Options {
    std::string target = "relay";
    std::uint16_t port{};
    bool is_tls = false;
    std::string origin;
    std::string path;
    /// For each person of a room a line `room role secret`, a facilitator first.
    std::string people_file;
    std::vector<pid_t> processes;
    std::string work = "messages";
    std::size_t rooms = 1;
    std::size_t people = 90;
    std::size_t bytes = 120;
    std::size_t burst = 1;
    double rate = 40;
    double seconds = 4;
    /// The session mix, so many times as fast.
    double hurry = 1;
    std::size_t at_once = 64;
    bool resumes_tls = false;
    std::chrono::milliseconds voice_frame{20};
    std::size_t voice_bytes = 60;
    double chat_every = 0;
    std::size_t frozen = 0;
    bool is_silent = false;
};

class Load {
public:
    explicit Load(Options options) : options_{std::move(options)} {
        way_.port = options_.port;
        way_.origin = options_.origin;
        if (options_.is_tls) way_.tls = Line::make_tls();
        const auto target = options_.target == "room"         ? Target::room
                            : options_.target == "group_chat" ? Target::group_chat
                                                              : Target::relay;
        auto invited = read_people();
        for (std::size_t room = 0; room < options_.rooms; ++room) {
            for (std::size_t person = 0; person < options_.people; ++person) {
                Guest::Parts parts{.way = way_,
                    .tally = tally_,
                    .answers = answers_,
                    .target = target,
                    .room = room,
                    .path = options_.path};
                if (target == Target::room) parts.invited = invited.at(room).at(person);
                guests_.push_back(std::make_unique<Guest>(std::move(parts), guests_.size()));
            }
        }
    }

    int run() {
        if (options_.work == "joins") {
            joins();
        } else {
            const auto before = resident_kib(options_.processes);
            if (options_.work != "voice" || options_.target == "room") everyone_in();
            report_.tell("kib_per_connection",
                static_cast<double>(resident_kib(options_.processes) - before) / static_cast<double>(guests_.size()));
            if (options_.work == "messages") messages();
            if (options_.work == "mix") mix();
            if (options_.work == "idle") idle();
            if (options_.work == "voice") voice();
        }
        if (options_.work != "voice" || options_.target == "room")
            report_.tell("lost_lines", static_cast<double>(lost_lines()));
        std::cout << report_.json() << std::endl;
        return 0;
    }

private:
    std::vector<std::vector<Invited>> read_people() const {
        std::vector<std::vector<Invited>> rooms;
        std::ifstream file{options_.people_file};
        std::size_t room = 0;
        for (Invited invited; file >> room >> invited.role >> invited.secret;) {
            if (rooms.size() <= room) rooms.resize(room + 1);
            rooms[room].push_back(invited);
        }
        return rooms;
    }

    std::size_t lost_lines() const {
        return static_cast<std::size_t>(
            std::count_if(guests_.begin(), guests_.end(), [](const auto& guest) { return !guest->is_in(); }));
    }

    [[noreturn]] void stop(const std::string& why) {
        for (const auto& guest : guests_) {
            if (!guest->fault().empty()) throw std::runtime_error{why + ": " + guest->fault()};
        }
        throw std::runtime_error{why};
    }

    /// Does something for each of the guests, so many at once, until all are as they should be.
    template <class Begin, class IsDone>
    void for_all(
        const std::vector<Guest*>& guests, std::size_t at_once, const char* what, Begin begin, IsDone is_done) {
        std::size_t begun = 0;
        std::size_t done = 0;
        const bool is_whole = loop_.run_until(
            [&] {
                while (done < begun && is_done(*guests[done])) ++done;
                std::size_t open = 0;
                for (std::size_t index = done; index < begun; ++index) open += is_done(*guests[index]) ? 0 : 1;
                for (; begun < guests.size() && open < at_once; ++begun, ++open) begin(*guests[begun]);
                return done == guests.size();
            },
            120s);
        if (!is_whole) stop(std::string{"not all have "} + what);
    }

    std::vector<Guest*> all() const {
        std::vector<Guest*> guests;
        for (const auto& guest : guests_) guests.push_back(guest.get());
        return guests;
    }

    /// Those who open the doors first.
    void everyone_in() {
        std::vector<Guest*> first;
        std::vector<Guest*> others;
        for (const auto& guest : guests_)
            (guest->line().number() % options_.people == 0 ? first : others).push_back(guest.get());
        const auto come_in = [](Guest& guest) { guest.come_in(); };
        const auto is_in = [](const Guest& guest) { return guest.is_in(); };
        for_all(first, options_.at_once, "come in", come_in, is_in);
        if (options_.target == "room") {
            std::size_t live = 0;
            for (auto* host : first) {
                // In a later run on the same server the session is live already.
                host->ask(R"({"type":"open_doors"})",
                    [&live, host](auto) { host->ask(R"({"type":"go_live"})", [&live](auto) { ++live; }); });
            }
            if (!loop_.run_until([&] { return live == first.size(); }, 20s)) stop("not all rooms are live");
        }
        for_all(others, options_.at_once, "come in", come_in, is_in);
        loop_.run_for(500ms);
    }

    Guest& guest_of(std::size_t room, std::size_t person) { return *guests_[room * options_.people + person]; }

    /// Participants in turn say single messages; staff, whom no rule holds, say several back to back.
    std::vector<std::vector<Guest*>> speakers() {
        std::vector<std::vector<Guest*>> rooms(options_.rooms);
        const bool are_staff = options_.burst > 1 && options_.target == "room";
        for (const auto& guest : guests_) {
            if (options_.target != "room" || guest->is_staff() == are_staff)
                rooms[guest->room()].push_back(guest.get());
        }
        return rooms;
    }

    void say(Guest& guest) {
        std::vector<std::string> texts;
        for (std::size_t each = 0; each < options_.burst; ++each)
            texts.push_back(tally_.new_text(options_.bytes, options_.people));
        guest.say(texts);
    }

    /// `rate` messages a second in all, one room after another.
    void messages() {
        const auto speakers = this->speakers();
        const auto between = std::chrono::duration_cast<Clock::duration>(
            std::chrono::duration<double>{static_cast<double>(options_.burst) / options_.rate});
        std::size_t turn = 0;
        Instant next = Clock::now();
        std::function<void()> talk = [&] {
            const auto& room = speakers[turn % speakers.size()];
            say(*room[turn / speakers.size() % room.size()]);
            ++turn;
            next += between;
            loop_.at(next, talk);
        };
        talk();
        loop_.run_for(500ms);
        measure([&] { loop_.run_for(milliseconds{static_cast<std::int64_t>(options_.seconds * 1000)}); });
    }

    void measure(const std::function<void()>& work) {
        tally_.begin();
        answers_.clear();
        std::uint64_t bytes_before = 0, bytes_after = 0;
        for (const auto& guest : guests_) bytes_before += guest->line().bytes_received();
        const auto began = Clock::now();
        const auto server_before = cpu_time(options_.processes);
        const auto own_before = cpu_time({::getpid()});
        work();
        const auto took = Clock::now() - began;
        const auto server = cpu_time(options_.processes) - server_before;
        const auto own = cpu_time({::getpid()}) - own_before;
        for (const auto& guest : guests_) bytes_after += guest->line().bytes_received();
        const auto deliveries = static_cast<double>(tally_.deliveries());
        report_.tell("deliveries", deliveries);
        report_.tell("cpu_us_per_delivery", static_cast<double>(server.count()) / 1e3 / deliveries);
        report_.tell("bytes_per_delivery", static_cast<double>(bytes_after - bytes_before) / deliveries);
        report_.tell("server_cpu", static_cast<double>(server.count()) / static_cast<double>(took.count()));
        report_.tell("load_cpu", static_cast<double>(own.count()) / static_cast<double>(took.count()));
        report_.tell_json("delivery_ms", tally_.latency().json());
        report_.tell_json("last_ms", tally_.last().json());
        report_.tell_json("answer_ms", answers_.json());
    }

    // -------------------------------------------------------------------------- the session mix

    /// For each room: one who speaks 70 % of the time while all others listen, a message every 2 s,
    /// a floor change every 10 s, someone who drops and resumes every 20 s; each room at moments of
    /// its own.
    void mix() {
        const bool has_voice = options_.voice_frame.count() > 0;
        if (has_voice) {
            voice_ = std::make_unique<Voice>(way_, guests_,
                Voice::Options{.processes = options_.processes,
                    .is_room = true,
                    .rooms = options_.rooms,
                    .people = options_.people,
                    .frame = options_.voice_frame,
                    .bytes = options_.voice_bytes,
                    .spoken_of_ten_seconds = 7s});
            if (!voice_->open()) stop("not all can hear");
            voice_->begin();
        }
        for (std::size_t room = 0; room < options_.rooms; ++room) {
            rooms_.push_back({});
            loop_.after(any_part_of(2s), [this, room] { chat(room); });
            loop_.after(any_part_of(10s), [this, room] { change_floor(room); });
            loop_.after(any_part_of(20s), [this, room] { drop_and_resume(room); });
        }
        loop_.run_for(3s);
        if (has_voice) voice_->count();
        measure([&] { loop_.run_for(milliseconds{static_cast<std::int64_t>(options_.seconds * 1000)}); });
        if (has_voice) voice_->tell_lateness(report_);
        report_.tell("floor_changes", floor_changes_);
        report_.tell("resumed", resumed_);
        report_.tell_json("resume_ms", resume_times_.json());
        // Who drops may miss on that line what the resumed one brings: all is told once in the end.
        loop_.run_until([&] { return tally_.missing() == 0; }, 5s);
        report_.tell("missing", static_cast<double>(tally_.missing()));
    }

    std::chrono::microseconds hurried(milliseconds time) const {
        return std::chrono::microseconds{
            static_cast<std::int64_t>(static_cast<double>(time.count()) * 1000 / options_.hurry)};
    }
    std::chrono::microseconds any_part_of(milliseconds time) {
        return std::chrono::microseconds{dice_() % static_cast<unsigned>(hurried(time).count())};
    }

    Guest& any_participant(std::size_t room) {
        const auto& first = guest_of(room, 0);
        while (true) {
            auto& guest = guest_of(room, dice_() % options_.people);
            if (&guest != &first && guest.is_in() && !guest.is_staff()) return guest;
        }
    }

    void chat(std::size_t room) {
        // How late the last one gets it would tell of whoever is away just now; in a hurry nobody asks.
        if (options_.hurry <= 1 && rooms_[room].has_one_away) return loop_.after(50ms, [this, room] { chat(room); });
        say(any_participant(room));
        loop_.after(hurried(2s), [this, room] { chat(room); });
    }

    void change_floor(std::size_t room) {
        any_participant(room).ask(
            R"({"type":"request_floor","kind":"speak"})", [this, room](std::optional<std::int64_t> asked) {
                if (!asked) return;
                const auto turn = rooms_[room].turn;
                guest_of(room, 0).ask(turn ? R"({"type":"grant_floor","expected_turn":)" + std::to_string(*turn) + "}"
                                           : R"({"type":"grant_floor"})",
                    [this, room](std::optional<std::int64_t> granted) {
                        // A turn has the number of the step that made it; one of an earlier run stands in the way until
                        // it is named.
                        const auto standing = guest_of(room, 0).standing();
                        if (granted)
                            rooms_[room].turn = granted;
                        else if (standing > 0)
                            rooms_[room].turn = standing;
                        floor_changes_ += granted ? 1 : 0;
                    });
            });
        loop_.after(hurried(10s), [this, room] { change_floor(room); });
    }

    void drop_and_resume(std::size_t room) {
        auto& guest = any_participant(room);
        guest.cut();
        rooms_[room].has_one_away = true;
        loop_.after(200ms, [this, &guest] {
            const auto began = Clock::now();
            guest.come_in(true, true);
            await_in(guest, began);
        });
        loop_.after(hurried(20s), [this, room] { drop_and_resume(room); });
    }

    void await_in(Guest& guest, Instant began) {
        if (guest.is_in()) {
            ++resumed_;
            resume_times_.add(guest.came_in_at() - began);
            rooms_[guest.room()].has_one_away = false;
            if (voice_) voice_->open_again(guest.line().number());
        } else if (Clock::now() - began < 10s) {
            loop_.after(5ms, [this, &guest, began] { await_in(guest, began); });
        } else {
            rooms_[guest.room()].has_one_away = false;
        }
    }

    // ------------------------------------------------------------------------------------ joins

    /// All come in as far as they were let, and leave; then all at once, with a snapshot each.
    void joins() {
        const auto guests = all();
        everyone_in();
        for (auto* guest : guests) guest->cut();
        loop_.run_for(2s);
        std::size_t resumed_tls = 0;
        Times each;
        const auto began = Clock::now();
        const auto server_before = cpu_time(options_.processes);
        std::vector<Instant> begun(guests.size());
        for_all(
            guests, options_.at_once, "come in again",
            [&](Guest& guest) {
                begun[guest.line().number()] = Clock::now();
                guest.come_in(options_.resumes_tls);
            },
            [](const Guest& guest) { return guest.is_in(); });
        const auto took = Clock::now() - began;
        const auto server = cpu_time(options_.processes) - server_before;
        for (auto* guest : guests) {
            each.add(guest->came_in_at() - begun[guest->line().number()]);
            resumed_tls += guest->line().tls_was_resumed() ? 1 : 0;
        }
        report_.tell("joins", static_cast<double>(guests.size()));
        report_.tell("seconds", std::chrono::duration<double>(took).count());
        report_.tell("cpu_us_per_join", static_cast<double>(server.count()) / 1e3 / static_cast<double>(guests.size()));
        report_.tell("tls_resumed", static_cast<double>(resumed_tls));
        report_.tell_json("join_ms", each.json());
    }

    /// Nobody says anything: what their lines cost in memory, and in CPU time for heartbeats.
    void idle() {
        const auto before = cpu_time(options_.processes);
        const auto began = Clock::now();
        loop_.run_for(milliseconds{static_cast<std::int64_t>(options_.seconds * 1000)});
        report_.tell("server_cpu", static_cast<double>((cpu_time(options_.processes) - before).count()) /
                                       static_cast<double>((Clock::now() - began).count()));
    }

    // ------------------------------------------------------------------------------------ voice

    /// In each room the first speaks, all others listen; with `chat_every` they write too.
    void voice() {
        Voice voice{way_, guests_,
            {.processes = options_.processes,
                .is_room = options_.target == "room",
                .rooms = options_.rooms,
                .people = options_.people,
                .frame = options_.voice_frame,
                .bytes = options_.voice_bytes,
                .frozen = options_.frozen,
                .is_silent = options_.is_silent}};
        if (!voice.open()) stop("not all can hear");
        loop_.run_for(500ms);
        std::vector<std::unique_ptr<std::function<void()>>> chats;
        if (options_.chat_every > 0) {
            const auto every = milliseconds{static_cast<std::int64_t>(options_.chat_every * 1000)};
            for (std::size_t room = 0; room < options_.rooms; ++room) {
                auto& chat = *chats.emplace_back(std::make_unique<std::function<void()>>());
                chat = [this, room, every, &chat] {
                    const auto text = tally_.new_text(120, options_.people);
                    any_participant(room).say({text});
                    loop_.after(every, chat);
                };
                loop_.after(any_part_of(every), chat);
            }
        }
        voice.begin();
        loop_.run_for(1s);
        tally_.begin();
        answers_.clear();
        voice.measure(milliseconds{static_cast<std::int64_t>(options_.seconds * 1000)}, report_);
        if (options_.chat_every > 0) {
            report_.tell_json("answer_ms", answers_.json());
            report_.tell_json("chat_ms", tally_.latency().json());
        }
    }

    struct RoomState {
        std::optional<std::int64_t> turn;
        bool has_one_away = false;
    };

    Options options_;
    Loop loop_;
    Way way_{.loop = loop_};
    Tally tally_;
    Times answers_;
    Report report_;
    std::vector<std::unique_ptr<Guest>> guests_;
    std::minstd_rand dice_{2020};
    std::vector<RoomState> rooms_;
    std::unique_ptr<Voice> voice_;
    double floor_changes_{};
    double resumed_{};
    Times resume_times_;
};

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App program{"People in rooms against one server, for the bench."};
    program.add_option("--target", options.target, "relay, room or group_chat");
    program.add_option("--port", options.port)->required();
    program.add_flag("--tls", options.is_tls);
    program.add_option("--origin", options.origin);
    program.add_option("--path", options.path);
    program.add_option("--people-file", options.people_file);
    program.add_option("--process", options.processes, "The server's processes, whose CPU time counts")->required();
    program.add_option("--work", options.work, "messages, mix, idle, joins or voice");
    program.add_option("--rooms", options.rooms);
    program.add_option("--people", options.people, "In each room");
    program.add_option("--bytes", options.bytes, "Of a message's text");
    program.add_option("--burst", options.burst, "Messages back to back");
    program.add_option("--rate", options.rate, "Messages a second, in all rooms together");
    program.add_option("--seconds", options.seconds);
    program.add_option("--hurry", options.hurry, "The mix, so many times as fast");
    program.add_option("--at-once", options.at_once, "Of those who are coming in");
    program.add_flag("--resumes-tls", options.resumes_tls, "Joins with the session tickets of TLS");
    std::int64_t voice_frame_ms = options.voice_frame.count();
    program.add_option(
        "--voice-frame", voice_frame_ms, "Milliseconds of one frame of voice; the mix goes without for 0");
    program.add_option("--voice-bytes", options.voice_bytes, "Of one packet of voice");
    program.add_option("--chat-every", options.chat_every, "Seconds between a room's messages, beside voice");
    program.add_option("--frozen", options.frozen, "Listeners of the first room who do not read");
    program.add_flag("--silent", options.is_silent, "Nobody speaks: what silence costs");
    CLI11_PARSE(program, argc, argv);
    options.voice_frame = std::chrono::milliseconds{voice_frame_ms};
    try {
        return Load{std::move(options)}.run();
    } catch (const std::exception& fault) {
        std::cerr << "load: " << fault.what() << '\n';
        return 1;
    }
}
