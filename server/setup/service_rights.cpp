#include "setup/service_rights.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "setup/interview.hpp"
#include "setup/put_file.hpp"

namespace etakahvila::setup {
namespace {

std::string text_of(const std::filesystem::path& file) {
    std::ifstream text{file};
    return {std::istreambuf_iterator<char>{text}, {}};
}

/// Whether it has changed. An empty text takes it away.
bool put_drop_in(const std::filesystem::path& place, const std::string& text) {
    if (text_of(place) == text) return false;
    if (text.empty())
        std::filesystem::remove(place);
    else
        put_file(place, text, 0644);
    return true;
}

/// As it stands in a unit, where % begins what systemd fills in.
std::string in_unit(const std::filesystem::path& path) {
    std::string text;
    for (const char c : path.string()) text += c == '%' ? "%%" : std::string{c};
    return text;
}

/// One word of several, with spaces in it or not.
std::string as_word(const std::string& text) {
    std::string word{"\""};
    for (const char c : text) word += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
    return word + "\"";
}

void give_low_ports(Asker& asker, const config::Settings& settings, const base::ServiceUnits& units,
    const std::filesystem::path& right) {
    const auto is_low = [](std::uint16_t port) { return port != 0 && port < base::open_ports_begin; };
    const bool needs_it = is_low(settings.port) ||
                          std::any_of(settings.redirect_listen.begin(), settings.redirect_listen.end(),
                              [&](const auto& each) { return is_low(each.port); });
    if (!needs_it || units.is_added(base::server_unit, base::right_to_low_ports)) return;
    const auto place = units.drop_ins(base::server_unit) / "low-port.conf";
    if (put_drop_in(place, text_of(right)))
        asker.tell("The service may use ports below 1024 now, by " + place.string() + ": systemctl daemon-reload");
}

void give_backup_folder(Asker& asker, const config::Settings& settings, const base::ServiceUnits& units) {
    constexpr auto name = "backup-folder.conf";
    const auto& folder = settings.backup_folder;
    // With a slash at the end, or without.
    const bool is_usual = (folder / "").lexically_normal() == settings_of({}).backup_folder / "";
    const auto begin = "# Written by etakahvila setup, for the folder of backups.\n";
    const auto for_server = begin + ("[Service]\nReadWritePaths=" + as_word("-" + in_unit(folder))) + "\n";
    const auto for_backup = begin + ("[Unit]\nConditionPathIsDirectory=\nConditionPathIsDirectory=" + in_unit(folder)) +
                            "\n\n[Service]\nReadWritePaths=" + as_word(in_unit(folder)) + "\n";
    const auto of_server = units.drop_ins(base::server_unit) / name;
    const auto of_backup = units.drop_ins(base::backup_unit) / name;
    const bool is_new_to_server = put_drop_in(of_server, is_usual ? "" : for_server);
    const bool is_new_to_backup = put_drop_in(of_backup, is_usual ? "" : for_backup);
    if (!is_new_to_server && !is_new_to_backup) return;
    const auto both = of_server.string() + " and " + of_backup.string();
    asker.tell(is_usual ? "Backups go into the usual folder again, without " + both + ": systemctl daemon-reload"
                        : "The service may write backups into " + folder.string() + " now, by " + both +
                              ": systemctl daemon-reload");
}

}  // namespace

void give_service_rights(Asker& asker, const config::Settings& settings, const base::ServiceUnits& units,
    const std::filesystem::path& low_port_right) {
    if (!units.has(base::server_unit)) return;
    give_low_ports(asker, settings, units, low_port_right);
    give_backup_folder(asker, settings, units);
}

}  // namespace etakahvila::setup
