#pragma once

// The whole server: every part, made in this order and gone in the other. What `serve` and `demo`
// run, and the tests.

#include <atomic>
#include <memory>
#include <mutex>

#include "config/settings.hpp"
#include "api/api.hpp"
#include "house/carried_rows.hpp"
#include "house/feedback_house.hpp"
#include "house/figures_page.hpp"
#include "house/health.hpp"
#include "house/health_look.hpp"
#include "house/plain_door.hpp"
#include "house/kept_rooms.hpp"
#include "house/night_keeper.hpp"
#include "house/post_office.hpp"
#include "house/public_pages.hpp"
#include "house/timekeeper.hpp"
#include "journal/sqlite_store.hpp"
#include "media/pictures.hpp"
#include "net/server.hpp"
#include "oidc/provider.hpp"
#include "house/site.hpp"

namespace etakahvila::house {

class House {
public:
    /// Opens the data and binds the addresses; nobody is let in yet. `sweep_every` is for tests.
    /// Throws std::runtime_error with a sentence for the operator.
    House(const config::Settings& settings, const base::Clock& clock, base::Log& log,
        std::chrono::milliseconds sweep_every = net::Wheel::tick);
    ~House();

    /// Lets clients in.
    void open();

    /// Lets nobody in any more, has all rooms say goodbye, waits until what they did is durable
    /// and told. From any thread but the house's own; once.
    void close();

    /// Reads the certificate anew, for new connections. A pair that cannot be served is refused,
    /// logged, and the old one stays.
    void reload_certificate();

    /// Reads the site's word list anew, for all rooms. One that cannot be read is logged, and the
    /// old one stays; an entry that cannot be used is logged by its number.
    void reload_word_list();

    /// Calls `alive` once the loop of every worker has answered, from the last of them. From any thread, while it is
    /// open.
    void prove_life(const std::function<void()>& alive) const;

    /// One for each address that was asked for: "https://127.0.0.1:8443".
    const std::vector<std::string>& listening() const { return listening_; }
    /// Where the figures are: "http://127.0.0.1:9464/metrics". Empty: nowhere.
    const std::string& figures_at() const { return figures_at_; }
    /// Why they are nowhere though they were asked for, in a sentence for the operator.
    const std::string& why_no_figures() const { return why_no_figures_; }
    std::uint16_t port() const { return port_; }
    /// Where whoever comes without TLS is shown the way to the site: "http://0.0.0.0:80".
    const std::vector<std::string>& showing_the_way() const { return showing_the_way_; }
    /// What links begin with.
    const std::string& site() const { return site_address_; }

    journal::SqliteStore& store() { return store_; }
    runtime::RoomDirectory& directory() { return directory_; }
    const net::Metrics& metrics() const { return metrics_; }
    PostOffice& post_office() { return *post_; }
    Timekeeper& timekeeper() { return *timekeeper_; }
    keeping::Keeper& keeper() { return keeper_; }
    NightKeeper& night_keeper() { return *night_keeper_; }

private:
    using WordList = std::vector<std::string>;

    std::vector<std::string> allowed_origins() const;
    net::Hosts allowed_hosts() const;
    PageFacts page_facts(const records::Database& reader) const;
    void tell_of_saving();
    void bind_figures();
    void look_at_health();
    std::optional<base::UtcTime> certificate_ends() const;
    void read_word_list();
    std::shared_ptr<const WordList> word_list() const;
    /// Erases again what a restore has brought back. On a full disk the night's job does it.
    void catch_up();
    /// What was erased is told beside the backups too.
    void shelve_tombstones();
    /// Saves the day's record, whether anyone asks for it or not.
    void keep_day(const domain::Room& room);

    config::Settings settings_;
    const base::Clock& clock_;
    base::Log& log_;
    net::Metrics metrics_;
    Health health_;
    net::Workers workers_;
    // Not an atomic shared_ptr: GCC 12's lets a load race with a later store.
    mutable std::mutex word_list_mutex_;
    std::shared_ptr<const WordList> word_list_ = std::make_shared<const WordList>();
    api::StepRows step_rows_;
    journal::SqliteStore store_;
    runtime::TicketOffice tickets_;
    runtime::TicketOffice voice_tickets_;
    runtime::RoomDirectory directory_;
    journal::Pool pool_;
    /// One thread, so that passwords take one core and 64 MiB at most, and few in the queue.
    journal::Pool password_pool_;
    std::unique_ptr<media::PictureMaker> pictures_;
    /// One thread, so that pictures take one core, and few in the queue: each of those holds its bytes.
    journal::Pool picture_pool_;
    /// What the city's own sign-in says is waited for here, and nowhere else.
    journal::Pool provider_pool_;
    net::RoomFinder rooms_;
    /// Guards tls_, which is read for the figures while it is loaded anew.
    mutable std::mutex tls_mutex_;
    std::shared_ptr<const net::TlsContext> tls_;
    net::Server server_;
    /// Where there is no TLS, and nothing but the way to the site.
    net::Server plain_server_;
    net::Server figures_server_;
    std::uint16_t port_{};
    std::vector<std::string> listening_;
    std::vector<std::string> showing_the_way_;
    std::string site_address_;
    std::string figures_at_;
    std::string why_no_figures_;
    net::StaticFiles files_;
    PublicPages pages_;
    net::Origins origins_;
    net::Hosts hosts_;
    std::unique_ptr<PostOffice> post_;
    /// Null: there is none.
    std::unique_ptr<oidc::Provider> provider_;
    std::unique_ptr<FeedbackHouse> feedback_;
    CarriedLook carried_look_{directory_, clock_};
    std::unique_ptr<HealthLook> health_look_;
    std::unique_ptr<Timekeeper> timekeeper_;
    DirectoryRooms kept_rooms_{store_, directory_, log_};
    keeping::Keeper keeper_;
    std::unique_ptr<NightKeeper> night_keeper_;
    std::unique_ptr<api::Api> api_;
    std::unique_ptr<Site> site_;
    std::unique_ptr<net::Services> services_;
    std::unique_ptr<PlainDoor> plain_door_;
    std::unique_ptr<net::Services> plain_services_;
    const net::Origins no_origins_{{}};
    std::unique_ptr<FiguresPage> figures_page_;
    std::unique_ptr<net::Services> figures_services_;
    std::atomic<bool> is_ready_{false};
    bool is_closed_ = false;
};

/// The settings' folder of the web client, or the first of the usual places that has one.
std::filesystem::path web_folder(const config::Settings& settings);

/// By the settings' socket or program, or by the program beside this one. It has looked whether that runs.
std::unique_ptr<media::PictureMaker> picture_maker(const config::Settings& settings);

/// Throws std::runtime_error with a sentence for the operator when its password cannot be read.
mail::SmtpServer mail_server_of(const config::Settings& settings);

/// The city's own sign-in, whose people come back to `site`. Reads the file with the secret, and throws what is wrong
/// with it.
oidc::ProviderOptions provider_of(const config::Settings& settings, const std::string& site);

/// The file of the records and journals, in the settings' data folder. The folder is made when it is not
/// there. Both are closed to other users of the machine. Throws std::runtime_error with a sentence for the
/// operator.
std::filesystem::path data_file(const config::Settings& settings);

/// Brings all tables of the records to this program's version; once done it does nothing.
void migrate(records::Database& database);

}  // namespace etakahvila::house
