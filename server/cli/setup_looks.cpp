#include "cli/setup_looks.hpp"

#include <array>
#include <atomic>
#include <cstddef>

#include <grp.h>
#include <netdb.h>
#include <sys/stat.h>
#include <unistd.h>

#include "admin/call.hpp"
#include "admin/owner.hpp"
#include "base/secret.hpp"
#include "base/service_unit.hpp"
#include "check/letters.hpp"
#include "check/network.hpp"
#include "check/parts.hpp"
#include "config/host.hpp"
#include "house/house.hpp"
#include "mail/smtp.hpp"

namespace etakahvila::cli {
namespace {

using Sentences = setup::Looks::Sentences;

Sentences problems_of(const check::Answers& answers) {
    Sentences problems;
    for (const auto& answer : answers) {
        if (answer.grade == check::Grade::problem) problems.push_back(answer.sentence);
    }
    return problems;
}

/// Whose the data is, as who will serve it.
struct Owner {
    std::string user;
    std::string group;
};
Owner owner_of(const std::filesystem::path& data) {
    struct stat folder{};
    const bool is_there = ::stat(data.c_str(), &folder) == 0;
    const auto* group = ::getgrgid(is_there ? folder.st_gid : ::getegid());
    auto user = admin::name_of(is_there ? folder.st_uid : ::geteuid());
    return {.user = user, .group = group == nullptr ? user : group->gr_name};
}

/// Whether the server will be the package's service, which does not see all of the machine.
bool is_for_service() { return ::geteuid() == 0 && base::ServiceUnits{}.has(base::server_unit); }

Sentences readable(const std::filesystem::path& file, const std::filesystem::path& data) {
    if (admin::owner_may(data, file, R_OK) && !(is_for_service() && base::is_hidden_from_service(file))) return {};
    const auto [user, group] = owner_of(data);
    return {"The server's user " + user + " cannot read " + file.string() +
            ". Make a copy for it: install -o root -g " + group + " -m 0640 " + file.string() +
            " /etc/etakahvila/tls/. Then name the copy."};
}

/// The server that runs on the data already, which may have the port; 0: none does.
pid_t server_on(const std::filesystem::path& data) {
    try {
        return admin::server_of(data).value_or(0);
    } catch (const std::exception&) {
        return 0;
    }
}

/// What is new about a running server is told when it has been started again.
Sentences listen(const config::ListenAddress& place, pid_t server) {
    config::Settings settings;
    settings.listen = {place.host};
    settings.port = place.port;
    // What right the service lacks, setup gives it.
    const auto wrong_beside = [&](pid_t running) {
        return problems_of(check::listen(settings, running, std::nullopt));
    };
    auto problems = wrong_beside(0);
    return !problems.empty() && server != 0 && wrong_beside(server).empty() ? Sentences{} : problems;
}

Sentences send_test_letter(const config::Settings& settings, const std::string& to) {
    std::array<std::byte, 12> bytes{};
    base::fill_random(bytes);
    std::string number;
    for (const auto byte : bytes) number += std::to_string(std::to_integer<int>(byte));
    const mail::Message letter{.to = to,
        .sender = "Etäkahvila",
        .subject = "Etäkahvila: koekirje",
        .text =
            "Tämä on koekirje. Etäkahvilan posti toimii.\n\nThis is a test letter: the mail of Etäkahvila works.\n\n" +
            settings.site + "\n",
        .calendar = {},
        .id = number + "@" + config::host_of(settings.site)};
    const std::atomic<bool> gives_up{false};
    const auto trouble = mail::send(house::mail_server_of(settings), letter, gives_up);
    if (!trouble) return {};
    return {"The mail server did not take the test letter: " + trouble->words +
            ". Look at the address that the mail comes from, and at the name and the password."};
}

Sentences backup_folder(const std::filesystem::path& folder, const std::filesystem::path& data) {
    std::error_code error;
    const bool is_there = std::filesystem::is_directory(folder, error);
    const auto [user, group] = owner_of(data);
    if (!is_there || !admin::owner_may(data, folder, W_OK | X_OK))
        return {(is_there ? "The server's user " + user + " cannot write into " : "There is no folder ") +
                folder.string() + ". Make it for the server's user: install -d -o " + user + " -g " + group +
                " -m 0700 " + folder.string() + "."};
    if (is_for_service() && base::is_hidden_from_service(folder))
        return {"The service does not see " + folder.string() +
                ": homes and places for what is temporary are hidden from it. Name another folder, such as "
                "/srv/etakahvila-backups."};
    const auto inside = std::filesystem::weakly_canonical(folder, error).lexically_relative(data);
    if (!inside.empty() && *inside.begin() != "..")
        return {"The folder " + folder.string() + " is within the data itself. Backups lie elsewhere."};
    return {};
}

Sentences name_leads_somewhere(const config::Settings& settings) {
    const auto host = config::host_of(settings.site);
    addrinfo* found = nullptr;
    const int why = ::getaddrinfo(host.c_str(), nullptr, nullptr, &found);
    if (found != nullptr) ::freeaddrinfo(found);
    if (why == 0) return {};
    return {"Note: this machine finds no address for " + host + " yet (" + ::gai_strerror(why) +
            "). Have the name made before people come."};
}

}  // namespace

setup::Looks looks_of_this_machine(const std::filesystem::path& data) {
    const auto server = server_on(data);
    return {.readable = [data](const std::filesystem::path& file) { return readable(file, data); },
        .certificate = [](const config::Settings& settings) { return problems_of(check::certificate(settings)); },
        .listen = [server](const config::ListenAddress& place) { return listen(place, server); },
        .mail = [](const config::Settings& settings) { return problems_of(check::letters(settings)); },
        .test_letter = send_test_letter,
        .backup_folder = [data](const std::filesystem::path& folder) { return backup_folder(folder, data); },
        .name = name_leads_somewhere};
}

}  // namespace etakahvila::cli
