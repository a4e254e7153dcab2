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
#include "house/post_office.hpp"
#include "house/timekeeper.hpp"
#include "journal/sqlite_store.hpp"
#include "media/picture_process.hpp"
#include "net/server.hpp"
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

    /// One for each address that was asked for: "https://127.0.0.1:8443".
    const std::vector<std::string>& listening() const { return listening_; }
    std::uint16_t port() const { return port_; }
    /// What links begin with.
    const std::string& site() const { return site_address_; }

    journal::SqliteStore& store() { return store_; }
    runtime::RoomDirectory& directory() { return directory_; }
    const net::Metrics& metrics() const { return metrics_; }
    PostOffice& post_office() { return *post_; }
    Timekeeper& timekeeper() { return *timekeeper_; }

private:
    using WordList = std::vector<std::string>;

    std::vector<std::string> allowed_origins() const;
    net::Hosts allowed_hosts() const;
    void tell_of_saving();
    void read_word_list();
    std::shared_ptr<const WordList> word_list() const;
    /// Saves the day's record, whether anyone asks for it or not.
    void keep_day(const domain::Room& room);

    config::Settings settings_;
    const base::Clock& clock_;
    base::Log& log_;
    net::Metrics metrics_;
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
    media::PictureProcess pictures_;
    /// One thread, so that pictures take one core, and few in the queue: each of those holds its bytes.
    journal::Pool picture_pool_;
    net::RoomFinder rooms_;
    std::shared_ptr<const net::TlsContext> tls_;
    net::Server server_;
    std::uint16_t port_{};
    std::vector<std::string> listening_;
    std::string site_address_;
    net::StaticFiles files_;
    net::Origins origins_;
    net::Hosts hosts_;
    std::unique_ptr<PostOffice> post_;
    std::unique_ptr<FeedbackHouse> feedback_;
    CarriedLook carried_look_{directory_, clock_};
    std::unique_ptr<Timekeeper> timekeeper_;
    std::unique_ptr<api::Api> api_;
    std::unique_ptr<Site> site_;
    std::unique_ptr<net::Services> services_;
    std::atomic<bool> is_ready_{false};
    bool is_closed_ = false;
};

/// The settings' folder of the web client, or the first of the usual places that has one.
std::filesystem::path web_folder(const config::Settings& settings);

/// The settings' program that makes pictures, or the one beside this program.
std::filesystem::path picture_program(const config::Settings& settings);

/// The file of the records and journals, in the settings' data folder. The folder is made when it is not
/// there. Both are closed to other users of the machine. Throws std::runtime_error with a sentence for the
/// operator.
std::filesystem::path data_file(const config::Settings& settings);

}  // namespace etakahvila::house
