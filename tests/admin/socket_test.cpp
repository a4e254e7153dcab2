// The socket with an act of the test's own behind it: who is let in, what comes through, and what harms nobody.

#include <atomic>
#include <condition_variable>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "admin/call.hpp"
#include "admin/owner.hpp"
#include "admin/place.hpp"
#include "admin/socket.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

namespace etakahvila::admin {
namespace {

using testing::TemporaryFolder;

struct Told {
    int exit_code{};
    std::string out;
    std::string err;
    bool operator==(const Told&) const = default;
};

struct TestSocket {
    using ActOf = std::function<int(
        const Request&, const Operator&, std::istream&, std::ostream&, std::ostream&, const std::function<bool()>&)>;

    explicit TestSocket(ActOf act, std::function<uid_t(int)> peer = {},
        std::chrono::milliseconds within = admin::request_within, std::string version = "1",
        std::set<std::string> long_commands = {})
        : socket{std::make_unique<Socket>(Socket::Parts{.log = log,
              .folder = folder.path(),
              .version = std::move(version),
              .act = std::move(act),
              .long_commands = std::move(long_commands),
              .peer = std::move(peer),
              .request_within = within})} {}

    Told ask(std::vector<std::string> arguments, const std::string& input = {}) const {
        std::ostringstream out;
        std::ostringstream err;
        const auto code = call(folder.path(),
            {.login = {}, .folder = "/", .arguments = std::move(arguments), .input = input}, "1", out, err);
        REQUIRE(code);
        return {*code, out.str(), err.str()};
    }

    TemporaryFolder folder;
    std::string lines;
    std::mutex mutex;
    base::Log log{base::LogLevel::debug, [this](std::string_view line) {
                      const std::lock_guard lock{mutex};
                      lines += line;
                  }};
    std::unique_ptr<Socket> socket;
};

int echo(const Request& request, const Operator&, std::istream& in, std::ostream& out, std::ostream& err,
    const std::function<bool()>&) {
    for (const auto& argument : request.arguments) out << argument << '\n';
    err << in.rdbuf();
    return static_cast<int>(request.arguments.size());
}

/// A connection that may send anything.
class Wire {
public:
    explicit Wire(const std::filesystem::path& folder) {
        const Place place{folder};
        const auto address = place.address();
        socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        is_connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~Wire() { end(); }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    bool is_connected() const { return is_connected_; }
    void send(std::string_view bytes) { (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
    void end() {
        if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    }
    /// All that comes until the server closes: what it says beside its hello.
    Told told() {
        FrameReader frames{piece_bytes_max};
        Told told{.exit_code = -1, .out = {}, .err = {}};
        char bytes[4096];
        for (auto count = ::recv(socket_, bytes, sizeof bytes, 0); count > 0;
            count = ::recv(socket_, bytes, sizeof bytes, 0)) {
            frames.feed({bytes, static_cast<std::size_t>(count)});
            while (const auto frame = frames.next()) {
                if (frame->kind == 'O') told.out += frame->payload;
                if (frame->kind == 'R') told.err += frame->payload;
                if (frame->kind == 'X') told.exit_code = std::stoi(frame->payload);
            }
        }
        return told;
    }

private:
    int socket_ = -1;
    bool is_connected_ = false;
};

/// Opened once.
class Gate {
public:
    void open() {
        const std::lock_guard lock{mutex_};
        is_open_ = true;
        opened_.notify_all();
    }
    void wait() {
        std::unique_lock lock{mutex_};
        opened_.wait(lock, [this] { return is_open_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable opened_;
    bool is_open_ = false;
};

}  // namespace

TEST_CASE("Admin socket: arguments and input go in; both outputs and the exit code come back") {
    const TestSocket socket{echo};
    CHECK(socket.ask({"staff", "add", "Aino Ääni"}, "from a file") ==
          Told{.exit_code = 3, .out = "staff\nadd\nAino Ääni\n", .err = "from a file"});
}

TEST_CASE("Admin socket: only its owner can reach it, in a folder whose path is longer than an address") {
    const TemporaryFolder outer;
    const auto folder = outer.path() / std::string(200, 'x');
    std::filesystem::create_directory(folder);
    base::Log log{base::LogLevel::error, [](std::string_view) {}};
    const Socket socket{{.log = log, .folder = folder, .version = "1", .act = echo}};
    struct stat found{};
    REQUIRE(::stat((folder / socket_name).c_str(), &found) == 0);
    CHECK(S_ISSOCK(found.st_mode));
    CHECK((found.st_mode & 07777U) == 0600);
    std::ostringstream out;
    CHECK(call(folder, {.login = {}, .folder = "/", .arguments = {"x"}}, "1", out, out) == 1);
    CHECK(server_of(folder) == ::getpid());
}

TEST_CASE("Admin socket: who asks is as the system tells; sudo's name is believed of root alone") {
    uid_t uid = 0;
    const auto who = [](const Request&, const Operator& by, std::istream&, std::ostream& out, std::ostream&,
                         const std::function<bool()>&) {
        out << by.uid << ' ' << by.name;
        return 0;
    };
    const TestSocket socket{who, [&](int) { return uid; }};
    const auto told = [&](const std::string& login) {
        Wire wire{socket.folder.path()};
        wire.send(frames_of({.login = login, .folder = "/", .arguments = {}}));
        return wire.told().out;
    };
    CHECK(told("") == "0 root");
    CHECK(told("aino") == "0 root (aino)");
    CHECK(told("aino\nroot") == "0 root");
    uid = ::geteuid();
    CHECK(told("aino") == (uid == 0 ? "0 root (aino)" : std::to_string(uid) + " " + name_of(uid)));
}

TEST_CASE("Admin socket: another user is refused before anything is read") {
    bool is_done = false;
    TestSocket socket{[&](const auto&...) {
                          is_done = true;
                          return 0;
                      },
        [](int) { return static_cast<uid_t>(4'000'000'000U); }};
    Wire wire{socket.folder.path()};
    wire.send(frames_of({.login = {}, .folder = "/", .arguments = {"session", "list"}}));
    CHECK(wire.told() == Told{.exit_code = 2,
                             .out = {},
                             .err = "etakahvila: Only the server's own user and root may ask it. Try it with sudo.\n"});
    socket.socket.reset();
    CHECK_FALSE(is_done);
    CHECK(socket.lines.find("operator_refused uid=4000000000") != std::string::npos);
}

TEST_CASE("Admin socket: an answer of many megabytes comes whole, also to one who is slow to take it") {
    const std::string line(997, 'x');
    const TestSocket socket{[&](const Request&, const Operator&, std::istream&, std::ostream& out, std::ostream&,
                                const std::function<bool()>&) {
        for (int count = 0; count < 12'000; ++count) out << line << '\n';
        return 0;
    }};
    const auto told = socket.ask({"long"});
    CHECK(told.exit_code == 0);
    CHECK(told.out.size() == 12'000 * 998);
}

TEST_CASE("Admin socket: when the caller goes away, the act ends, and the next one is done") {
    Gate begun;
    Gate ended;
    const TestSocket socket{[&](const Request& request, const Operator&, std::istream&, std::ostream& out,
                                std::ostream&, const std::function<bool()>& is_wanted) {
        if (request.arguments == std::vector<std::string>{"quick"}) return 0;
        begun.open();
        while (is_wanted()) std::this_thread::yield();
        try {
            out << "nobody reads this" << std::flush;
        } catch (const std::ios_base::failure&) {
            ended.open();
            throw;
        }
        return 0;
    }};
    {
        Wire wire{socket.folder.path()};
        wire.send(frames_of({.login = {}, .folder = "/", .arguments = {"endless"}}));
        begun.wait();
    }
    ended.wait();
    CHECK(socket.ask({"quick"}) == Told{});
}

TEST_CASE("Admin socket: what an act throws is told as a failure, and its reason is in the log alone") {
    TestSocket socket{[](const auto&...) -> int { throw std::runtime_error{"the reason"}; }};
    CHECK(socket.ask({"x"}) ==
          Told{.exit_code = 1, .out = {}, .err = "etakahvila: It failed. The server's log says why.\n"});
    socket.socket.reset();
    CHECK(socket.lines.find("operator_act_failed why=\"the reason\"") != std::string::npos);
}

TEST_CASE("Admin socket: garbage is refused, and the server goes on") {
    const TestSocket socket{echo};
    for (const auto& bytes : {std::string{"GET / HTTP/1.1\r\n\r\n"}, std::string(300, '\0'), std::string(300, '\xff'),
             frame(Kind::exit, "0"), frames_of({.login = {}, .folder = "here", .arguments = {}})}) {
        Wire wire{socket.folder.path()};
        wire.send(bytes);
        const auto told = wire.told();
        CHECK(told.exit_code == 2);
        CHECK(told.err.starts_with("etakahvila: "));
    }
    CHECK(socket.ask({"x"}).exit_code == 1);
}

TEST_CASE("Admin socket: one who writes too slowly is told, and keeps nobody waiting") {
    const TestSocket socket{echo, {}, std::chrono::milliseconds{50}};
    Wire slow{socket.folder.path()};
    slow.send(frames_of({.login = {}, .folder = "/", .arguments = {"x"}}).substr(0, 3));
    CHECK(socket.ask({"x"}).exit_code == 1);
    CHECK(slow.told() == Told{.exit_code = 2, .out = {}, .err = "etakahvila: The request did not come in time.\n"});
}

TEST_CASE("Admin socket: of a hundred at once those beyond its places are told to try again") {
    const TestSocket socket{echo};
    {
        std::vector<std::unique_ptr<Wire>> wires;
        for (int count = 0; count < 100; ++count) {
            wires.push_back(std::make_unique<Wire>(socket.folder.path()));
            REQUIRE(wires.back()->is_connected());
        }
        for (std::size_t index = callers_max; index < wires.size(); ++index) {
            CHECK(wires[index]->told() ==
                  Told{.exit_code = 2,
                      .out = {},
                      .err = "etakahvila: Too many commands at once. Try it again in a moment.\n"});
        }
        wires[3]->send(frames_of({.login = {}, .folder = "/", .arguments = {"x"}}));
        CHECK(wires[3]->told() == Told{.exit_code = 1, .out = "x\n", .err = {}});
    }
    // Their places are free before long.
    auto told = socket.ask({"x"});
    while (told.exit_code == 2) told = socket.ask({"x"});
    CHECK(told == Told{.exit_code = 1, .out = "x\n", .err = {}});
}

TEST_CASE("Admin socket: what a killed server has left is replaced; a socket that ends is gone") {
    TemporaryFolder folder;
    {
        // Bound, and never listened on again.
        const Place place{folder.path()};
        const auto address = place.address();
        const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
        REQUIRE(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        ::close(left);
    }
    std::ostringstream out;
    CHECK_FALSE(call(folder.path(), {.login = {}, .folder = "/", .arguments = {}}, "1", out, out));
    base::Log log{base::LogLevel::error, [](std::string_view) {}};
    {
        const Socket socket{{.log = log, .folder = folder.path(), .version = "1", .act = echo}};
        CHECK(call(folder.path(), {.login = {}, .folder = "/", .arguments = {}}, "1", out, out) == 0);
    }
    CHECK_FALSE(std::filesystem::exists(std::filesystem::symlink_status(folder.path() / socket_name)));
    CHECK_FALSE(server_of(folder.path()));
}

TEST_CASE("Admin socket: a folder that cannot hold it is told, and so is one that is not there") {
    TemporaryFolder folder;
    base::Log log{base::LogLevel::error, [](std::string_view) {}};
    std::filesystem::create_directory(folder.path() / socket_name);
    CHECK_THROWS_AS((Socket{{.log = log, .folder = folder.path(), .version = "1", .act = echo}}), NoSocket);
    CHECK_THROWS_AS((Socket{{.log = log, .folder = folder.path() / "nowhere", .version = "1", .act = echo}}), NoSocket);
}

TEST_CASE("Admin socket: a server of another version does nothing, and it is told") {
    bool is_done = false;
    TestSocket socket{[&](const auto&...) {
                          is_done = true;
                          return 0;
                      },
        {}, admin::request_within, "0.9"};
    CHECK_THROWS_WITH(socket.ask({"x"}),
        "The server that runs is of version 0.9, and this program of 1. Restart the service (systemctl restart "
        "etakahvila), then do it again.");
    socket.socket.reset();
    CHECK_FALSE(is_done);
}

TEST_CASE("Admin socket: a server of another folder does nothing, and it is told") {
    const TestSocket socket{echo};
    TemporaryFolder other;
    // The same socket, reached by a folder that is not its own.
    REQUIRE(::link((socket.folder.path() / socket_name).c_str(), (other.path() / socket_name).c_str()) == 0);
    std::ostringstream out;
    CHECK_THROWS_WITH(call(other.path(), {.login = {}, .folder = "/", .arguments = {"x"}}, "1", out, out),
        "The server that answers in " + other.path().string() +
            " keeps its data in another folder. Name that one by --data.");
    CHECK(out.str().empty());
}

TEST_CASE("Admin socket: nobody waits for a long command but who asks for it too") {
    Gate begun;
    Gate may_end;
    std::atomic<int> backups = 0;
    TestSocket socket{[&](const Request& request, const Operator&, std::istream&, std::ostream& out, std::ostream&,
                          const std::function<bool()>&) {
                          const auto& command = request.arguments.front();
                          if (command == "backup" && ++backups == 1) {
                              begun.open();
                              may_end.wait();
                          }
                          out << command << ' ' << backups;
                          return 0;
                      },
        {}, admin::request_within, "1", {"backup", "keeping"}};
    const auto begin = [&](std::vector<std::string> arguments) {
        auto wire = std::make_unique<Wire>(socket.folder.path());
        wire->send(frames_of({.login = {}, .folder = "/", .arguments = std::move(arguments)}));
        return wire;
    };
    const auto backup = begin({"backup"});
    begun.wait();
    const auto second = begin({"backup", "--keep", "1"});
    CHECK(socket.ask({"staff", "lock"}).out == "staff 1");
    CHECK(socket.ask({"keeping"}).out == "keeping 1");
    may_end.open();
    backup->told();
    CHECK(second->told().out == "backup 2");
}

TEST_CASE("Admin socket: it ends while an act is under way, which is told that nobody wants it") {
    Gate begun;
    bool is_told = false;
    TestSocket socket{[&](const Request&, const Operator&, std::istream&, std::ostream&, std::ostream&,
                          const std::function<bool()>& is_wanted) {
        begun.open();
        while (is_wanted()) std::this_thread::yield();
        is_told = true;
        return 0;
    }};
    Wire wire{socket.folder.path()};
    wire.send(frames_of({.login = {}, .folder = "/", .arguments = {}}));
    begun.wait();
    socket.socket.reset();
    CHECK(is_told);
}

}  // namespace etakahvila::admin
