#include "demo/demo.hpp"

#include <array>
#include <cstring>
#include <iostream>
#include <optional>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <qrcodegen/qrcodegen.hpp>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "base/secret.hpp"
#include "base/system_clock.hpp"
#include "config/options.hpp"
#include "demo/cafe.hpp"
#include "demo/day_before.hpp"
#include "demo/demo_meeting.hpp"
#include "people/invitations.hpp"
#include "people/password.hpp"
#include "people/staff.hpp"
#include "client/client_certificate.hpp"
#include "house/house.hpp"

namespace etakahvila::demo {
namespace {

constexpr std::uint16_t ports_tried = 50;

class TemporaryFolder {
public:
    TemporaryFolder() {
        auto name = (std::filesystem::temp_directory_path() / "etakahvila-demo-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"No temporary folder can be made."};
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

bool is_free(std::uint16_t port, bool on_all_addresses) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return false;
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(on_all_addresses ? INADDR_ANY : INADDR_LOOPBACK);
    const bool is_bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                          ::listen(socket, 1) == 0;
    ::close(socket);
    return is_bound;
}

std::uint16_t free_port(std::uint16_t first, bool on_all_addresses) {
    for (std::uint16_t step = 0; step < ports_tried; ++step) {
        const auto port = static_cast<std::uint16_t>(first + step);
        if (port >= first && is_free(port, on_all_addresses)) return port;
    }
    throw std::runtime_error{
        "Neither port " + std::to_string(first) + " nor any of the next is free. Name another with --port."};
}

/// The machine's address in its own network; nothing when it has none.
std::optional<std::string> address_in_network() {
    ifaddrs* all = nullptr;
    if (::getifaddrs(&all) != 0) return std::nullopt;
    std::optional<std::string> found;
    for (const auto* each = all; each != nullptr && !found; each = each->ifa_next) {
        const bool is_up = (each->ifa_flags & IFF_UP) != 0 && (each->ifa_flags & IFF_LOOPBACK) == 0;
        if (each->ifa_addr == nullptr || each->ifa_addr->sa_family != AF_INET || !is_up) continue;
        std::array<char, INET_ADDRSTRLEN> text{};
        sockaddr_in address{};
        std::memcpy(&address, each->ifa_addr, sizeof address);
        if (::inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size()) != nullptr) found = text.data();
    }
    ::freeifaddrs(all);
    return found;
}

/// Two rows of squares in each line, black on white whatever the terminal's colours, with the
/// quiet border that readers need.
void print_qr(const std::string& text) {
    const auto code = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::LOW);
    constexpr int border = 2;
    const bool has_colours = ::isatty(STDOUT_FILENO) == 1;
    for (int y = -border; y < code.getSize() + border; y += 2) {
        std::cout << "  " << (has_colours ? "\x1b[30;107m" : "");
        for (int x = -border; x < code.getSize() + border; ++x) {
            const bool above = code.getModule(x, y), below = code.getModule(x, y + 1);
            std::cout << (above && below ? "█" : above ? "▀" : below ? "▄" : " ");
        }
        std::cout << (has_colours ? "\x1b[0m\n" : "\n");
    }
}

/// Today's session, from the last half hour on; ended before midnight.
people::SessionForm form_of_today(base::UtcTime now) {
    const auto clock = people::local_clock_text(now);
    const auto minute = clock.substr(3) < "30" ? "00" : "30";
    const auto hour = std::stoi(clock.substr(0, 2));
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return {.series = "Teemakerrat",
        .theme = "Uni",
        .date = people::local_date_text(now),
        .start = clock.substr(0, 3) + minute,
        .end = hour + 4 < 24 ? two(hour + 4) + ":" + minute : std::string{"23:59"},
        .question = "Mikä auttaa sinua nukahtamaan?",
        .help_phone = "09 000 0000",
        .settings = {}};
}

/// What the demo has to hand out.
struct Made {
    protocol::SessionId session;
    protocol::AssignmentId assignment;
    player::Invited facilitator, moderator;
    std::vector<player::Invited> participants;
    std::string participant_link, moderator_link, facilitator_link, coordinator_link, sign_in_page, account_password;
};

/// For trying the sign-in.
constexpr std::string_view account_name = "Kaisa Koordinaattori";

/// Plans the session, with people and their invitations.
class Planner {
public:
    Planner(house::House& house, base::UtcTime now) : house_{house}, now_{now} {}

    Made make(std::size_t simulated) {
        Made made;
        house_.store().write_and_wait([&](records::Database& database) {
            const auto form = form_of_today(now_);
            const auto draft = people::draft_of(form);
            const auto* good = std::get_if<people::SessionDraft>(&draft);
            if (good == nullptr) return;
            made.session = people::plan_session(database, *good);
            made.assignment = plan_work(database, made.session);
            using enum protocol::Role;
            made.facilitator = invited(
                database, made.session, staff(database, made.session, facilitator, "Ohjaaja Aino"), facilitator);
            made.facilitator_link = invited(
                database, made.session, staff(database, made.session, facilitator, "Ohjaaja Eero"), facilitator)
                                        .link;
            made.moderator = invited(
                database, made.session, staff(database, made.session, moderator, "Moderaattori Liisa"), moderator);
            made.moderator_link = invited(
                database, made.session, staff(database, made.session, moderator, "Moderaattori Otso"), moderator)
                                      .link;
            const auto preview = people::preview_registrations(
                player::made_up_registrations(simulated + 1), people::decision_kinds(database));
            people::import_registrations(database, made.session, preview);
            std::vector<people::PersonId> participants;
            for (const auto& one : people::people_of(database, made.session, now_)) {
                if (one.role != participant) continue;
                participants.push_back(one.person);
                made.participants.push_back(invited(database, made.session, one.person, participant));
            }
            add_last_week(database, form, participants, now_);
            const people::InvitationTimes a_week{.not_before = now_, .expires = {now_.ms + 7LL * 24 * 3600 * 1000}};
            const auto key = people::make_coordinator_key(
                database, "Kaisa Koordinaattori", a_week, now_, base::fill_random);
            made.sign_in_page = house_.site() + "/staff";
            made.account_password = base::random_text(9);
            add_account(database, made.account_password);
            made.coordinator_link = house_.site() + "/staff#" + std::get<people::NewInvitation>(key).secret.to_link();
        });
        if (made.participants.size() != simulated + 1)
            throw std::runtime_error{
                "The demo's session cannot be planned now. Shortly before midnight there is no time left for one: try "
                "again after it."};
        made.participant_link = made.participants.back().link;
        made.participants.pop_back();
        return made;
    }

private:
    void add_account(records::Database& database, const std::string& password) const {
        using enum people::StaffRole;
        const auto added = people::add_account(database,
            {.name = std::string{account_name},
                .roles = {{.role = coordinator, .series = {}}, {.role = facilitator, .series = {}}},
                .supervises = {}},
            now_);
        const auto link = people::make_password_link(
            database, std::get<people::AccountId>(added), now_, base::fill_random);
        people::set_password(database, std::get<people::Secret>(link).to_link(), people::password_hash(password), now_);
    }

    static people::PersonId staff(
        records::Database& database, protocol::SessionId session, protocol::Role role, std::string_view name) {
        return std::get<people::PersonId>(people::add_staff(database, session, role, name));
    }

    player::Invited invited(records::Database& database, protocol::SessionId session, protocol::PersonId person,
        protocol::Role role) const {
        const people::InvitationTimes a_week{.not_before = now_, .expires = {now_.ms + 7LL * 24 * 3600 * 1000}};
        const auto made = people::invite(database, session, person, a_week, now_, base::fill_random);
        const auto secret = std::get<people::NewInvitation>(made).secret.to_link();
        const bool is_staff = role == protocol::Role::facilitator || role == protocol::Role::moderator;
        return {.person = person,
            .name = {},
            .role = role,
            .link = house_.site() + (is_staff ? "/staff#" : "/#") + secret,
            .secret = secret};
    }

    house::House& house_;
    base::UtcTime now_;
};

void print_links(const Made& made, bool has_tls) {
    std::cout
        << "\nEtäkahvila: a room to look at. Theme: Uni. Everything in it is made up, and gone when you end it.\n\n"
        << "  participant  " << made.participant_link << '\n'
        << "  moderator    " << made.moderator_link << '\n'
        << "  facilitator  " << made.facilitator_link << '\n'
        << "  coordinator  " << made.coordinator_link << "\n\n"
        << "  or sign in   " << made.sign_in_page << "   name: " << account_name
        << "   password: " << made.account_password << "\n\n";
    print_qr(made.participant_link);
    if (has_tls) std::cout << "\nThe certificate is the demo's own: each browser will warn once.";
    std::cout
        << "\nThe day's assignment is open: write it as the participant, answer those who have returned it as the "
           "facilitator.\nTwo polls are ready to be asked. The coordinator has last week's feedback.\n"
           "\nOpen each link in a window of its own. Ctrl-C ends the demo.\n"
        << std::flush;
}

}  // namespace

int run_demo(const DemoOptions& options) {
    const TemporaryFolder folder;
    const auto port = free_port(options.port, options.has_tls);
    auto settings = config::read(
        {.command_line = {}, .environment = [](const char*) -> const char* { return nullptr; }, .file = {}});
    settings.listen = {options.has_tls ? "0.0.0.0" : "127.0.0.1"};
    settings.port = port;
    settings.data = folder.path() / "data";
    settings.web = options.web;
    settings.log_level = base::LogLevel::error;
    // Others may run beside it.
    settings.metrics_listen = {};
    if (options.has_tls) {
        const auto host = address_in_network().value_or("127.0.0.1");
        const auto made = client::make_own_certificate(folder.path(), {host, "localhost", "127.0.0.1"});
        settings.tls_certificate = made.certificate;
        settings.tls_key = made.key;
        settings.site = "https://" + host + ":" + std::to_string(port);
        settings.origins = {"https://localhost:" + std::to_string(port), "https://127.0.0.1:" + std::to_string(port)};
    } else {
        settings.site = "http://localhost:" + std::to_string(port);
        settings.origins = {"http://127.0.0.1:" + std::to_string(port)};
    }

    auto meeting = player::read_meeting("demo", recorded_meeting);
    const auto script = player::script_of(std::get<player::Meeting>(std::move(meeting)));

    const base::SystemClock clock;
    base::Log log{settings.log_level};
    house::House house{settings, clock, log};
    if (!std::filesystem::exists(house::web_folder(settings) / "index.html"))
        std::cerr << "The pages have not been built; deploy/start.sh builds them.\n";
    const auto made = Planner{house, clock.utc()}.make(script.people.size());
    house.open();

    client::ClientLoop loop;
    const client::ServerAddress address{.host = "127.0.0.1", .port = port, .is_tls = options.has_tls};
    client::Client client{loop, address, false};
    Cafe cafe{{.loop = loop,
                  .client = client,
                  .facilitator = made.facilitator,
                  .moderator = made.moderator,
                  .session = made.session,
                  .assignment = made.assignment,
                  .participants = made.participants},
        script};
    loop.on_end_asked([&] { loop.stop(); });
    cafe.open([&] { print_links(made, options.has_tls); });
    loop.run();
    std::cout << "\nThe demo ends.\n" << std::flush;
    house.close();
    return 0;
}

}  // namespace etakahvila::demo

namespace etakahvila::cli {

void add_demo(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand(
        "demo", "A room that lives, with simulated people, to look at: prints four links, and keeps nothing.");
    const auto options = std::make_shared<demo::DemoOptions>();
    command->add_option("--port", options->port, "The next free one when it is taken")->capture_default_str();
    command->add_flag(
        "--tls", options->has_tls, "Over TLS with a certificate of its own, on all addresses, for phones");
    command->add_option("--web", options->web, "The built web client");
    command->callback([options, &exit_code] { exit_code = demo::run_demo(*options); });
}

}  // namespace etakahvila::cli
