// Disks that fail and disks that fill.

#include <fstream>
#include <iostream>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <unistd.h>

#include "program/scenarios.hpp"

#include "program/pace.hpp"

namespace etakahvila::faults {
namespace {

using namespace std::chrono_literals;
using protocol::RefusalWord;

/// More syncs than opening the data makes.
constexpr std::size_t syncs_of_start_max = 20;
/// The data, its log of full size, the reserve, the margin at which it is made again, and some.
constexpr auto small_disk = "size=48m";

std::vector<std::string> failing(const std::string& calls, const std::string& error, std::size_t number) {
    return {"-e", "trace=" + calls, "-e", "inject=" + calls + ":error=" + error + ":when=" + std::to_string(number)};
}

/// All that must be so while nothing can be saved, one after the other; then `then`.
void look_while_stopped(Stage& stage, Crowd::Taken taken, std::function<void()> then) {
    stage.crowd().ask_everyone(protocol::SayImBack{}, [&stage, taken, then = std::move(then)](Crowd::Answers said) {
        if ((taken == Crowd::Taken::nothing ? said.others : said.not_saving) != 0)
            stage.found(taken == Crowd::Taken::nothing ? "a sign was taken though nothing can be saved"
                                                       : "a sign of being there was not taken from the reserve");
        stage.crowd().ask_everyone(
            protocol::SendMessage{.channel = protocol::Channel::room, .text = "Kuuluuko?", .reply_to = {}},
            [&stage, then](Crowd::Answers written) {
                if (written.others != 0) stage.found("a message was taken though it cannot be saved");
                stage.crowd().look_in([&stage, then](bool sees_all) {
                    if (!sees_all) stage.found("who came in while nothing could be saved did not see the room");
                    then();
                });
            });
    });
}

/// A file system of its own for this process and its children, or why there can be none.
std::optional<std::string> mount_small_disk(const std::filesystem::path& folder) {
    if (::unshare(CLONE_NEWNS) != 0) {
        const auto user = ::getuid();
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return "this user may not have file systems of its own";
        std::ofstream{"/proc/self/uid_map"} << user << ' ' << user << " 1";
    }
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", folder.c_str(), "tmpfs", 0, small_disk) != 0)
        return "a small file system cannot be mounted here";
    return {};
}

/// A file that takes all the space there is.
class Filling {
public:
    explicit Filling(std::filesystem::path file) : file_{std::move(file)} {}
    ~Filling() { empty(); }
    Filling(const Filling&) = delete;
    Filling& operator=(const Filling&) = delete;

    void fill() {
        const int file = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        const std::vector<char> bytes(4096);
        while (::write(file, bytes.data(), bytes.size()) > 0) {}
        ::close(file);
    }
    void empty() { ::unlink(file_.c_str()); }

private:
    std::filesystem::path file_;
};

}  // namespace

Stage::Verdict failing_fsyncs(const StageSettings& settings, std::size_t times) {
    Stage stage{settings};
    std::size_t number = 0, refused_starts = 0;
    std::function<void()> next;
    const auto end_server = [&] {
        stage.strike([&] {
            if (number % 2 == 0)
                stage.server.kill();
            else if (stage.server.end() != 0)
                stage.found("a server that cannot save did not end in order");
        });
    };
    next = [&] {
        if (++number > times) return stage.end();
        // Counted from here on: what the start needs has been done.
        stage.server.trace(failing("fdatasync,fsync", "EIO", number));
        stage.crowd().when_saving_stopped([&] {
            look_while_stopped(stage, Crowd::Taken::nothing, [&] {
                end_server();
                stage.start();
                stage.when_all_back(next);
            });
        });
    };
    stage.run([&] {
        stage.crowd().expect_stops(Crowd::Taken::nothing);
        // At the start: who cannot have what is there on the disk does not listen. Of files, and of
        // the folder with their names.
        stage.strike([&] { stage.server.kill(); });
        for (const std::string call : {"fdatasync", "fsync"}) {
            const auto before = refused_starts;
            for (std::size_t at = 1; at <= syncs_of_start_max; ++at) {
                std::vector<std::string> under{"strace", "-f", "-qq", "-o", "/dev/null"};
                for (auto& word : failing(call, "EIO", at)) under.push_back(std::move(word));
                const bool is_listening = stage.start(under);
                stage.server.kill();
                if (is_listening) break;
                ++refused_starts;
            }
            if (refused_starts == before) stage.found("a start went on over a " + call + " that had failed");
        }
        stage.start();
        stage.when_all_back(next);
    });
    if (stage.crowd().acknowledged_when_stopped() != 0) stage.found("something was acknowledged after a failed fsync");
    return stage.verdict(
        "failing_fsyncs", count_of("fsyncs_failed", times) + count_of("starts_refused", refused_starts));
}

Stage::Verdict full_disks(const StageSettings& settings, std::size_t times) {
    const testing::TemporaryFolder folder;
    if (const auto why = mount_small_disk(folder.path())) {
        std::cerr << "The full disk is not tried: " << *why << ".\n";
        return {.json = "{\"scenario\":\"full_disk\",\"not_tried\":\"" + *why + "\"}", .is_good = true};
    }
    Filling filling{folder.path() / "filling"};
    auto on_small_disk = settings;
    on_small_disk.data_parent = folder.path();
    std::vector<double> again_ms;
    std::size_t done = 0, exhausted = 0, killed = 0;
    {
        Stage stage{on_small_disk};
        std::function<void()> next;
        const auto make_space = [&] {
            filling.empty();
            stage.crowd().when_saving_again([&, from = player::now()] {
                again_ms.push_back(std::chrono::duration<double, std::milli>(player::now() - from).count());
                // Someone is helped with what they asked for, others ask again.
                stage.crowd().ask_everyone(
                    protocol::SendMessage{.channel = protocol::Channel::room, .text = "Taas mennään", .reply_to = {}},
                    [&](Crowd::Answers written) {
                        if (written.not_saving != 0) stage.found("a message was not taken though there is space again");
                        next();
                    });
            });
        };
        const auto go_on = [&] {
            if (done % 3 == 0) {
                // Now the reserve goes as well.
                ++exhausted;
                filling.fill();
            }
            if (done % 2 == 0) {
                ++killed;
                stage.strike([&] { stage.server.kill(); });
                if (!stage.start()) {
                    // It needs some room to begin: it says so, and begins when there is some.
                    filling.empty();
                    stage.start();
                }
                // That the disk is full is found out anew.
                return stage.when_all_back([&] { stage.crowd().when_saving_stopped(make_space); });
            }
            make_space();
        };
        next = [&] {
            if (done == times) return stage.end();
            ++done;
            filling.fill();
            stage.crowd().when_saving_stopped([&] { look_while_stopped(stage, Crowd::Taken::vital, go_on); });
        };
        stage.run([&] {
            stage.crowd().expect_stops(Crowd::Taken::vital);
            next();
        });
        if (stage.crowd().acknowledged_when_stopped() != 0)
            stage.found("something that is not vital was acknowledged on a full disk");
        return stage.verdict("full_disk", count_of("times", done) + count_of("reserve_used_up", exhausted) +
                                              count_of("killed_while_full", killed) +
                                              json_of("saved_again_ms", player::spread_of(again_ms)) + ",");
    }
}

Stage::Verdict lacking_space(const StageSettings& settings, std::size_t times) {
    Stage stage{settings};
    std::size_t number = 0, began_with = 0;
    std::function<void()> next, watch;
    next = [&] {
        stage.server.let_go();
        if (++number > times) return stage.end();
        began_with = stage.crowd().ledger().size();
        stage.server.trace(failing("pwrite64", "ENOSPC", number));
        watch();
    };
    // Not every write is one that people wait for: of some they hear nothing.
    watch = [&] {
        if (stage.crowd().ledger().size() < began_with + stretch) return stage.loop.after(look_every, watch);
        stage.crowd().when_saving_again(next);
    };
    stage.run([&] {
        stage.crowd().expect_stops(Crowd::Taken::vital);
        next();
    });
    if (stage.crowd().acknowledged_when_stopped() != 0)
        stage.found("something that is not vital was acknowledged without space");
    return stage.verdict(
        "no_space", count_of("writes_without_space", times) + count_of("stops_told", stage.crowd().stops_told()));
}

}  // namespace etakahvila::faults
