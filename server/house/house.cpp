#include "house/house.hpp"

#include <algorithm>
#include <fstream>
#include <future>

#include "base/secret.hpp"
#include "journal/private_files.hpp"
#include "people/cancelling.hpp"
#include "people/storage.hpp"
#include "reports/day_store.hpp"
#include "reports/day_recorder.hpp"
#include "house/doors.hpp"
#include "house/rows_of_step.hpp"
#include "house/session_plan.hpp"
#include "house/site_word_list.hpp"
#include "house/work_rows.hpp"

namespace etakahvila::house {
namespace {

constexpr std::chrono::milliseconds goodbye_within{5'000};
constexpr std::chrono::milliseconds drain_within{3'000};
/// A tenth of a second each: whoever is the last of so many networks is answered before the page gives up.
constexpr std::size_t passwords_waiting_max = 256;
/// Of a megabyte each: whoever does not get a place is told to try again.
constexpr std::size_t pictures_waiting_max = 64;

std::string written(const std::string& host, std::uint16_t port, bool is_tls) {
    const auto is_v6 = host.find(':') != host.npos;
    return std::string{is_tls ? "https://" : "http://"} + (is_v6 ? "[" + host + "]" : host) + ":" +
           std::to_string(port);
}

std::vector<boost::asio::ip::address> addresses_of(const std::vector<std::string>& texts) {
    std::vector<boost::asio::ip::address> addresses;
    for (const auto& text : texts) {
        boost::system::error_code error;
        addresses.push_back(boost::asio::ip::make_address(text, error));
        if (error) throw std::runtime_error{"--trusted-proxies has something that is not an IP address: " + text};
    }
    return addresses;
}

mail::SmtpServer mail_server_of(const config::Settings& settings) {
    mail::SmtpServer server{.address = settings.mail_server,
        .from = settings.mail_from,
        .user = settings.mail_user,
        .password = {},
        .authorities = settings.mail_authorities};
    if (settings.mail_password_file.empty()) return server;
    std::ifstream file{settings.mail_password_file};
    if (!std::getline(file, server.password))
        throw std::runtime_error{
            "The mail server's password cannot be read from " + settings.mail_password_file.string() + "."};
    return server;
}

}  // namespace

std::filesystem::path web_folder(const config::Settings& settings) {
    if (!settings.web.empty()) return settings.web;
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    for (const auto& folder : {program / "../../web-client/dist", program / "../share/etakahvila/web"}) {
        if (std::filesystem::is_regular_file(folder / "index.html", error)) return folder.lexically_normal();
    }
    return "/usr/share/etakahvila/web";
}

std::filesystem::path picture_program(const config::Settings& settings) {
    if (!settings.picture_program.empty()) return settings.picture_program;
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "etakahvila-picture";
}

std::filesystem::path data_file(const config::Settings& settings) {
    std::error_code error;
    std::filesystem::create_directories(settings.data, error);
    if (!std::filesystem::is_directory(settings.data))
        throw std::runtime_error{
            "The data folder cannot be made: " + settings.data.string() + ". Name another with --data."};
    auto file = settings.data / "etakahvila.sqlite";
    journal::make_private(file);
    return file;
}

House::House(
    const config::Settings& settings, const base::Clock& clock, base::Log& log, std::chrono::milliseconds sweep_every)
    : settings_{settings},
      clock_{clock},
      log_{log},
      workers_{settings.workers,
          {.clock = clock,
              .log = log,
              .metrics = metrics_,
              .newcomers = {.all_max = settings.newcomers_max, .per_address_max = settings.newcomers_per_address_max},
              .sweep_every = sweep_every}},
      store_{data_file(settings)},
      directory_{{.loops = workers_.loops(),
          .clock = clock,
          .journal = store_,
          .tickets = tickets_,
          .voice_tickets = voice_tickets_,
          .voice_figures = metrics_.voice,
          .plan_of =
              [this](protocol::SessionId session) {
                  auto plan = plan_of(*store_.open_reader(), session, *word_list());
                  if (plan && !plan->help_phone && !settings_.help_phone.empty())
                      plan->help_phone = settings_.help_phone;
                  return plan;
              },
          .damaged =
              [this](protocol::SessionId session, domain::Seq step) {
                  log_.error("room_damaged", {{"session", session.value}, {"from_step", step}});
              },
          .keep_day = [this](const domain::Room& room) { keep_day(room); },
          .work_of = [this](protocol::SessionId session) { return work_of(*store_.open_reader(), session); },
          .polls_of =
              [this](protocol::SessionId session) {
                  std::vector<domain::TakePoll> polls;
                  for (auto& poll : people::moved_polls(*store_.open_reader(), session))
                      polls.push_back({static_cast<std::int64_t>(polls.size()) + 1, std::move(poll)});
                  return polls;
              },
          .carried_to =
              [this](
                  protocol::SessionId session) { return carried_to(*store_.open_reader(), session, clock_.utc()); }}},
      pool_{store_, settings.api_threads},
      password_pool_{store_, 1, passwords_waiting_max},
      pictures_{picture_program(settings)},
      picture_pool_{store_, 1, pictures_waiting_max},
      rooms_{directory_, pool_},
      tls_{settings.has_tls() ? net::TlsContext::load(settings.tls_certificate, settings.tls_key) : nullptr},
      server_{workers_, metrics_},
      files_{net::StaticFiles::read(web_folder(settings))},
      origins_{{}},
      hosts_{{}} {
    store_.accompany([this](protocol::SessionId session, const domain::Step& step) {
        return rows_of_step(session, step, step_rows_);
    });
    // A server that was killed on a full disk comes back on it, to show and to help.
    store_.write_and_wait(people::migrate, journal::Need::vital);
    store_.write_and_wait(reports::migrate, journal::Need::vital);
    read_word_list();
    if (const auto damaged = store_.damaged_marks(); damaged > 0) log_.warning("marks_damaged", {{"count", damaged}});
    if (const auto why = pictures_.why_off()) log_.warning("photos_off", {{"why", base::OperatorText{*why}}});
    if (store_.saves() != journal::Saves::everything) tell_of_saving();
    store_.watch([this] {
        tell_of_saving();
        return true;
    });
    for (const auto& host : settings_.listen) {
        const auto bound = server_.bind({host, port_ != 0 ? port_ : settings_.port}, tls_);
        port_ = bound.port;
        listening_.push_back(written(host, bound.port, settings_.has_tls()));
    }
    site_address_ = settings_.site.empty() ? written("localhost", port_, settings_.has_tls()) : settings_.site;
    origins_ = net::Origins{allowed_origins()};
    hosts_ = allowed_hosts();
    post_ = std::make_unique<PostOffice>(PostOffice::Parts{.clock = clock_,
        .log = log_,
        .store = store_,
        .server = mail_server_of(settings_),
        .site = site_address_,
        .help_phone = settings_.help_phone});
    feedback_ = std::make_unique<FeedbackHouse>(FeedbackHouse::Parts{
        .clock = clock_, .log = log_, .store = store_, .directory = directory_, .random = base::fill_random});
    timekeeper_ = std::make_unique<Timekeeper>(store_, log_,
        std::vector<Timekeeper::Look>{
            {"feedback_failed", [this](const records::Database& reader) { feedback_->look_at_clock(reader); }},
            {"doors_failed",
                [this](const records::Database& reader) { open_doors_due(directory_, reader, clock_.utc()); }},
            {"carried_failed", [this](const records::Database& reader) { carried_look_.look(reader); }}});
    api_ = std::make_unique<api::Api>(api::Api::Parts{.clock = clock_,
        .log = log_,
        .metrics = metrics_,
        .store = store_,
        .pool = pool_,
        .password_pool = password_pool_,
        .pictures = pictures_,
        .picture_pool = picture_pool_,
        .origins = origins_,
        .directory = directory_,
        .tickets = tickets_,
        .mailer = *post_,
        .feedback = *feedback_,
        .step_rows = step_rows_,
        .site = site_address_,
        .help_phone = settings_.help_phone});
    site_ = std::make_unique<Site>(Site::Parts{
        .files = files_,
        .api = *api_,
        .metrics = metrics_,
        .gauges = [this]() -> std::map<std::string, double> {
            return {{"rooms_open", static_cast<double>(rooms_.size())},
                {"commit_queue", static_cast<double>(store_.waiting())},
                {"api_queue", static_cast<double>(pool_.waiting())}};
        },
        .is_ready = [this] { return is_ready_.load(); },
    });
    services_ = std::make_unique<net::Services>(net::Services{.origins = origins_,
        .http = *site_,
        .rooms = rooms_,
        .tickets = tickets_,
        .voice_tickets = voice_tickets_,
        .trusted_proxies = addresses_of(settings_.trusted_proxies),
        .hosts = hosts_,
        .is_site_https = site_address_.starts_with("https://"),
        .is_behind_proxy = site_address_.starts_with("https://") && !settings_.has_tls()});
}

House::~House() { close(); }

/// On the journal's thread.
void House::tell_of_saving() {
    switch (store_.saves()) {
        case journal::Saves::everything: return log_.info("saving_again");
        case journal::Saves::vital_only: return log_.error("disk_full", {{"saved", "help_and_presence"}});
        case journal::Saves::nothing_yet: return log_.error("disk_full", {{"saved", "nothing"}});
        case journal::Saves::nothing: return log_.error("disk_failed", {{"saved", "nothing_until_restart"}});
    }
}

void House::keep_day(const domain::Room& room) {
    store_.write([record = reports::record_of(room), now = clock_.utc()](
                     records::Database& database) { reports::keep_day(database, record, now); },
        {});
}

/// The site's own and those named: an exact list. Without a site the server is tried out on its own
/// machine, under every name of a loopback address.
std::vector<std::string> House::allowed_origins() const {
    auto origins = settings_.origins;
    origins.push_back(site_address_);
    if (!settings_.site.empty()) return origins;
    for (const auto& host : settings_.listen) {
        if (host != "127.0.0.1" && host != "::1") continue;
        origins.push_back(written(host, port_, settings_.has_tls()));
        origins.push_back(written("localhost", port_, settings_.has_tls()));
    }
    std::sort(origins.begin(), origins.end());
    origins.erase(std::unique(origins.begin(), origins.end()), origins.end());
    return origins;
}

/// The hosts of the origins. Without a site the server has no name of its own: it is asked by its addresses.
net::Hosts House::allowed_hosts() const {
    std::vector<std::string> names;
    for (const auto& origin : origins_.all()) {
        const auto scheme_end = origin.find("://");
        if (const auto name = net::host_name(
                scheme_end == origin.npos ? std::string_view{} : std::string_view{origin}.substr(scheme_end + 3)))
            names.emplace_back(*name);
    }
    return net::Hosts{std::move(names), settings_.site.empty()};
}

void House::open() {
    server_.open(*services_);
    workers_.start();
    timekeeper_->open();
    is_ready_ = true;
    log_.info("listening", {{"port", port_}, {"workers", workers_.all().size()}, {"tls", settings_.has_tls()}});
}

void House::close() {
    if (std::exchange(is_closed_, true)) return;
    if (timekeeper_) timekeeper_->close();
    if (is_ready_.exchange(false)) {
        log_.info("closing");
        server_.stop_accepting();
        const auto goodbye = std::make_shared<std::promise<void>>();
        directory_.shut_down(0, [goodbye] { goodbye->set_value(); });
        if (goodbye->get_future().wait_for(goodbye_within) != std::future_status::ready) log_.error("rooms_not_closed");
        server_.drain(drain_within);
    }
    workers_.stop();
    // What they do they do with parts that go before them.
    pool_.stop();
    password_pool_.stop();
    picture_pool_.stop();
    if (feedback_) feedback_->close();
    log_.info("closed");
}

void House::reload_certificate() {
    if (!settings_.has_tls()) return;
    try {
        tls_ = net::TlsContext::load(settings_.tls_certificate, settings_.tls_key, tls_.get());
        server_.use_certificate(tls_);
        log_.info("certificate_loaded");
    } catch (const std::exception& refused) {
        log_.error("certificate_refused", {{"why", base::OperatorText{refused.what()}}});
    }
}

void House::read_word_list() {
    if (settings_.word_list.empty()) return;
    auto read = read_site_word_list(settings_.word_list);
    for (const auto& bad : read.bad_entries)
        log_.warning("word_list_line_not_used", {{"line", bad.line}, {"why", base::OperatorText{bad.why}}});
    auto word_list = std::make_shared<const WordList>(std::move(read.entries));
    const std::lock_guard lock{word_list_mutex_};
    word_list_ = std::move(word_list);
}

std::shared_ptr<const House::WordList> House::word_list() const {
    const std::lock_guard lock{word_list_mutex_};
    return word_list_;
}

void House::reload_word_list() {
    try {
        read_word_list();
    } catch (const std::exception& refused) {
        log_.error("word_list_refused", {{"why", base::OperatorText{refused.what()}}});
        return;
    }
    for (const auto& room : directory_.open_rooms()) directory_.plan_changed(room->session());
}

}  // namespace etakahvila::house
