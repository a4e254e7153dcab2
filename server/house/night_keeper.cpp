#include "house/night_keeper.hpp"

namespace etakahvila::house {

NightKeeper::NightKeeper(keeping::Keeper& keeper, journal::Records& store, base::Log& log)
    : keeper_{keeper},
      log_{log},
      clock_{store, log, std::vector<Timekeeper::Look>{{"keeping_failed", [this](const records::Database& reader) {
                                                            look(reader);
                                                        }}}} {}

void NightKeeper::close() {
    is_closing_ = true;
    clock_.close();
}

void NightKeeper::look(const records::Database& reader) {
    if (!keeper_.is_night_job_due(reader)) return;
    const auto report = keeper_.run(keeping::ErasureBy::night, [this] { return !is_closing_; });
    std::int64_t rows = 0;
    std::int64_t rooms = 0;
    for (const auto& [rule, count] : report.counts) (rule == keeping::KeepingRule::room_words ? rooms : rows) += count;
    switch (report.ran) {
        case keeping::Ran::whole: return log_.info("keeping_done", {{"rows", rows}, {"rooms", rooms}});
        case keeping::Ran::cut_off: return log_.info("keeping_cut_off", {{"rows", rows}, {"rooms", rooms}});
        case keeping::Ran::time_doubted: return log_.error("keeping_clock_doubted");
        case keeping::Ran::not_saving: return;
    }
}

}  // namespace etakahvila::house
