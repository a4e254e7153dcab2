#include "house/house.hpp"

#include <algorithm>
#include <fstream>
#include <future>

#include "backup/before_upgrade.hpp"
#include "backup/facts.hpp"
#include "backup/tombstone_copy.hpp"
#include "base/secret.hpp"
#include "journal/private_files.hpp"
#include "keeping/rules.hpp"
#include "keeping/storage.hpp"
#include "media/picture_process.hpp"
#include "media/picture_socket.hpp"
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
/// Each waits ten seconds at most for a provider that does not answer, and one of them finds that out for the others.
constexpr std::size_t provider_threads = 2;
constexpr std::size_t provider_waiting_max = 256;

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

journal::SqliteStore::Options store_options(
    const config::Settings& settings, const base::Clock& clock, base::Log& log) {
    return backup::with_backup_before_upgrade(
        data_file(settings), clock, [&log](const std::filesystem::path& place, const journal::Format& from) {
            log.info(
                "backup_before_upgrade", {{"place", base::OperatorText{place.string()}}, {"from_format", from.level}});
        });
}

/// The first line of a file, as whoever wrote it meant it: without what Windows puts around it, or white space behind
/// it. Nothing when there is none.
std::optional<std::string> secret_in(const std::filesystem::path& path) {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    std::ifstream file{path};
    std::string line;
    std::getline(file, line);
    if (line.starts_with(byte_order_mark)) line.erase(0, byte_order_mark.size());
    line.erase(line.find_last_not_of(" \t\r") + 1);
    if (line.empty()) return std::nullopt;
    return line;
}

}  // namespace

mail::SmtpServer mail_server_of(const config::Settings& settings) {
    mail::SmtpServer server{.address = settings.mail_server,
        .from = settings.mail_from,
        .user = settings.mail_user,
        .password = {},
        .authorities = settings.mail_authorities};
    if (settings.mail_password_file.empty()) return server;
    auto password = secret_in(settings.mail_password_file);
    if (!password)
        throw std::runtime_error{
            "The mail server's password cannot be read from " + settings.mail_password_file.string() +
            ". Write it there, readable by the server's user alone, or name another file by --mail-password-file."};
    server.password = *std::move(password);
    return server;
}

oidc::ProviderOptions provider_of(const config::Settings& settings, const std::string& site) {
    oidc::ProviderOptions options{.issuer = settings.oidc_issuer,
        .client_id = settings.oidc_client_id,
        .client_secret = {},
        .comes_back_to = site + std::string{protocol::routes::ComeBack::route.path},
        .authorities = settings.oidc_authorities};
    auto secret = secret_in(settings.oidc_client_secret_file);
    if (!secret)
        throw std::runtime_error{"This site's secret at the city's own sign-in cannot be read from " +
                                 settings.oidc_client_secret_file.string() +
                                 ". Write it there, readable by the server's user alone, or name another file by "
                                 "--oidc-client-secret-file."};
    options.client_secret = *std::move(secret);
    return options;
}

std::filesystem::path web_folder(const config::Settings& settings) {
    if (!settings.web.empty()) return settings.web;
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    for (const auto& folder : {program / "../../web-client/dist", program / "../share/etakahvila/web"}) {
        if (std::filesystem::is_regular_file(folder / "index.html", error)) return folder.lexically_normal();
    }
    return "/usr/share/etakahvila/web";
}

std::unique_ptr<media::PictureMaker> picture_maker(const config::Settings& settings) {
    if (!settings.picture_socket.empty()) return std::make_unique<media::PictureSocket>(settings.picture_socket);
    if (!settings.picture_program.empty()) return std::make_unique<media::PictureProcess>(settings.picture_program);
    std::error_code error;
    const auto own = std::filesystem::read_symlink("/proc/self/exe", error);
    return std::make_unique<media::PictureProcess>(own.parent_path() / "etakahvila-picture");
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

void migrate(records::Database& database) {
    people::migrate(database);
    reports::migrate(database);
    backup::migrate(database);
    keeping::migrate(database);
}

House::House(
    const config::Settings& settings, const base::Clock& clock, base::Log& log, std::chrono::milliseconds sweep_every)
    : settings_{settings},
      clock_{clock},
      log_{log},
      health_{
          clock, log, [this] { return store_.figures().under_way() > saving_hangs_after; }, settings.operator_phone},
      workers_{settings.workers,
          {.clock = clock,
              .log = log,
              .metrics = metrics_,
              .newcomers = {.all_max = settings.newcomers_max, .per_address_max = settings.newcomers_per_address_max},
              .sweep_every = sweep_every}},
      store_{data_file(settings), store_options(settings, clock, log)},
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
                  health_.note(protocol::Trouble::room_damaged, true);
              },
          .newer =
              [this](protocol::SessionId session, domain::Seq step) {
                  log_.error("room_newer", {{"session", session.value}, {"from_step", step}});
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
              [this](protocol::SessionId session) { return carried_to(*store_.open_reader(), session, clock_.utc()); },
          .figures = &metrics_.rooms}},
      pool_{store_, settings.api_threads},
      password_pool_{store_, 1, passwords_waiting_max},
      pictures_{picture_maker(settings)},
      picture_pool_{store_, 1, pictures_waiting_max},
      provider_pool_{store_, settings.oidc_issuer.empty() ? 0 : provider_threads, provider_waiting_max},
      rooms_{directory_, pool_},
      tls_{settings.has_tls() ? net::TlsContext::load(settings.tls_certificate, settings.tls_key) : nullptr},
      server_{workers_, metrics_},
      plain_server_{workers_, metrics_},
      figures_server_{workers_, metrics_},
      files_{net::StaticFiles::read(web_folder(settings))},
      pages_{files_, settings.pages.empty() ? pages::SiteWords{} : pages::SiteWords::read(settings.pages)},
      origins_{{}},
      hosts_{{}},
      keeper_{{.clock = clock_,
          .store = store_,
          .rooms = kept_rooms_,
          .tombstones = keeping::tombstones_beside(data_file(settings)),
          .list_grown = [this] { shelve_tombstones(); }}} {
    store_.accompany([this](protocol::SessionId session, const domain::Step& step) {
        return rows_of_step(session, step, step_rows_);
    });
    // A server that was killed on a full disk comes back on it, to show and to help.
    store_.write_and_wait(migrate, journal::Need::vital);
    store_.write_and_wait([this](records::Database& database) { keeping::note_first_start(database, clock_.utc()); },
        journal::Need::vital);
    catch_up();
    read_word_list();
    if (const auto damaged = store_.damaged_marks(); damaged > 0) log_.warning("marks_damaged", {{"count", damaged}});
    if (const auto why = pictures_->why_off()) log_.warning("photos_off", {{"why", base::OperatorText{*why}}});
    if (const auto behind = store_.behind_marks(); !behind.empty()) {
        const auto why = journal::sentence_of(behind);
        log_.error("marks_ahead", {{"rooms", behind.size()}, {"why", base::OperatorText{why}}});
    }
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
    for (const auto& [host, port] : settings_.redirect_listen) {
        const auto bound = plain_server_.bind({host, port}, nullptr);
        showing_the_way_.push_back(written(host, bound.port, false));
    }
    bind_figures();
    site_address_ = settings_.site.empty() ? written("localhost", port_, settings_.has_tls()) : settings_.site;
    origins_ = net::Origins{allowed_origins()};
    hosts_ = allowed_hosts();
    post_ = std::make_unique<PostOffice>(PostOffice::Parts{.clock = clock_,
        .log = log_,
        .store = store_,
        .server = mail_server_of(settings_),
        .site = site_address_,
        .help_phone = settings_.help_phone});
    if (!settings_.oidc_issuer.empty())
        provider_ = std::make_unique<oidc::Provider>(provider_of(settings_, site_address_), clock_);
    feedback_ = std::make_unique<FeedbackHouse>(FeedbackHouse::Parts{
        .clock = clock_, .log = log_, .store = store_, .directory = directory_, .random = base::fill_random});
    health_look_ = std::make_unique<HealthLook>(HealthLook::Parts{.clock = clock_,
        .health = health_,
        .data_file = data_file(settings_),
        .directory = directory_,
        .last_backup = backup::last_good_backup,
        .certificate_ends = [this] { return certificate_ends(); }});
    timekeeper_ = std::make_unique<Timekeeper>(store_, log_,
        std::vector<Timekeeper::Look>{
            {"feedback_failed", [this](const records::Database& reader) { feedback_->look_at_clock(reader); }},
            {"doors_failed",
                [this](const records::Database& reader) { open_doors_due(directory_, reader, clock_.utc()); }},
            {"carried_failed", [this](const records::Database& reader) { carried_look_.look(reader); }},
            {"pages_failed", [this](const records::Database& reader) { pages_.tell(page_facts(reader)); }},
            {"health_look_failed", [this](const records::Database& reader) { health_look_->look(reader); }}});
    night_keeper_ = std::make_unique<NightKeeper>(keeper_, store_, log_);
    pages_.tell(page_facts(*store_.open_reader()));
    api_ = std::make_unique<api::Api>(api::Api::Parts{.clock = clock_,
        .log = log_,
        .metrics = metrics_,
        .store = store_,
        .pool = pool_,
        .password_pool = password_pool_,
        .pictures = *pictures_,
        .picture_pool = picture_pool_,
        .origins = origins_,
        .directory = directory_,
        .tickets = tickets_,
        .mailer = *post_,
        .feedback = *feedback_,
        .health = health_,
        .step_rows = step_rows_,
        .keeper = keeper_,
        .kept_rooms = kept_rooms_,
        .site = site_address_,
        .help_phone = settings_.help_phone,
        .city = {.provider = provider_.get(), .pool = &provider_pool_, .name = settings_.oidc_name}});
    site_ = std::make_unique<Site>(Site::Parts{
        .files = files_,
        .pages = pages_,
        .api = *api_,
        .metrics = metrics_,
        .health = health_,
        .is_open = [this] { return is_ready_.load(); },
        .clock = clock_,
        .site = site_address_,
        .security_contact = settings_.security_contact,
    });
    services_ = std::make_unique<net::Services>(net::Services{.origins = origins_,
        .http = *site_,
        .rooms = rooms_,
        .tickets = tickets_,
        .voice_tickets = voice_tickets_,
        .trusted_proxies = addresses_of(settings_.trusted_proxies),
        .hosts = hosts_,
        .is_site_https = site_address_.starts_with("https://")});
    plain_door_ = std::make_unique<PlainDoor>(site_address_, settings_.acme_folder);
    // Strict-Transport-Security means nothing where there is no TLS (RFC 6797 §7.2): the site is not called https here.
    plain_services_ = std::make_unique<net::Services>(net::Services{.origins = no_origins_,
        .http = *plain_door_,
        .rooms = rooms_,
        .tickets = tickets_,
        .voice_tickets = voice_tickets_,
        .hosts = hosts_,
        .takes_sockets = false});
    figures_page_ = std::make_unique<FiguresPage>(FiguresPage::Parts{.metrics = metrics_,
        .store = store_,
        .pool = pool_,
        .directory = directory_,
        .health = health_,
        .look = *health_look_,
        .post = *post_,
        .api = *api_,
        .certificate_ends = [this] { return certificate_ends(); }});
    figures_services_ = std::make_unique<net::Services>(net::Services{.origins = no_origins_,
        .http = *figures_page_,
        .rooms = rooms_,
        .tickets = tickets_,
        .voice_tickets = voice_tickets_,
        .hosts = hosts_,
        .takes_sockets = false});
}

House::~House() { close(); }

/// What the pages that anyone may read tell of this site.
PageFacts House::page_facts(const records::Database& reader) const {
    PageFacts facts{{"help_phone", settings_.help_phone}, {"backup.days", std::to_string(settings_.backup_days)}};
    for (const auto& rule : keeping::rules())
        facts.emplace(
            "keeping." + std::string{base::name_of(rule.rule)}, std::to_string(keeping::time_of(reader, rule.rule)));
    return facts;
}

/// The café is worth more than its figures: where they cannot be shown it opens without them, and says so.
void House::bind_figures() {
    for (const auto& [host, port] : settings_.metrics_listen) {
        try {
            const auto bound = figures_server_.bind({host, port}, nullptr);
            if (figures_at_.empty()) figures_at_ = written(host, bound.port, false) + "/metrics";
        } catch (const std::exception& refused) {
            why_no_figures_ = std::string{"--metrics-listen: "} + refused.what();
            log_.warning("metrics_off", {{"why", base::OperatorText{why_no_figures_}}});
        }
    }
}

/// Before the first client asks, so that nobody is told that all is well because nobody has looked yet.
void House::look_at_health() {
    try {
        health_look_->look(*store_.open_reader());
    } catch (const std::exception&) {
        log_.error("health_look_failed");
    }
}

std::optional<base::UtcTime> House::certificate_ends() const {
    const std::lock_guard lock{tls_mutex_};
    return tls_ ? std::optional{tls_->not_after()} : std::nullopt;
}

/// On the journal's thread.
void House::tell_of_saving() {
    const auto saves = store_.saves();
    health_.note(
        protocol::Trouble::disk_full, saves == journal::Saves::vital_only || saves == journal::Saves::nothing_yet);
    health_.note(protocol::Trouble::disk_failed, saves == journal::Saves::nothing);
    switch (saves) {
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
    plain_server_.open(*plain_services_);
    figures_server_.open(*figures_services_);
    workers_.start();
    look_at_health();
    timekeeper_->open();
    night_keeper_->open();
    is_ready_ = true;
    log_.info("listening", {{"port", port_}, {"workers", workers_.all().size()}, {"tls", settings_.has_tls()}});
}

void House::catch_up() {
    try {
        const auto caught_up = keeper_.catch_up();
        if (caught_up.tombstones > 0) log_.warning("keeping_caught_up", {{"tombstones", caught_up.tombstones}});
        for (const auto person : caught_up.passed_over)
            log_.warning("erasure_passed_over", {{"person", person}, {"why", "a newer hold or account keeps them"}});
    } catch (const journal::NotSaved&) {
        log_.error("keeping_not_caught_up");
    }
}

void House::shelve_tombstones() {
    try {
        backup::shelve_tombstones(store_.file(), settings_.backup_folder);
    } catch (const std::exception& failed) {
        log_.warning("tombstones_not_copied", {{"why", base::OperatorText{failed.what()}}});
    }
}

void House::prove_life(const std::function<void()>& alive) const {
    const auto loops = workers_.loops();
    const auto silent = std::make_shared<std::atomic<std::size_t>>(loops.size());
    for (auto* loop : loops) {
        loop->post([silent, alive] {
            if (--*silent == 0) alive();
        });
    }
}

void House::close() {
    if (std::exchange(is_closed_, true)) return;
    if (timekeeper_) timekeeper_->close();
    if (night_keeper_) night_keeper_->close();
    if (is_ready_.exchange(false)) {
        log_.info("closing");
        server_.stop_accepting();
        plain_server_.stop_accepting();
        figures_server_.stop_accepting();
        const auto goodbye = std::make_shared<std::promise<void>>();
        directory_.shut_down(0, [goodbye] { goodbye->set_value(); });
        if (goodbye->get_future().wait_for(goodbye_within) != std::future_status::ready) log_.error("rooms_not_closed");
        server_.drain(drain_within);
    }
    // What has begun there may wait for a room's answer, as an erasure does: the rooms' loops end after it.
    pool_.stop();
    password_pool_.stop();
    picture_pool_.stop();
    if (provider_) provider_->give_up();
    provider_pool_.stop();
    workers_.stop();
    if (feedback_) feedback_->close();
    log_.info("closed");
}

void House::reload_certificate() {
    if (!settings_.has_tls()) return;
    try {
        const auto loaded = net::TlsContext::load(settings_.tls_certificate, settings_.tls_key, tls_.get());
        server_.use_certificate(loaded);
        {
            const std::lock_guard lock{tls_mutex_};
            tls_ = loaded;
        }
        timekeeper_->wake();
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
