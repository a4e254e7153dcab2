#pragma once

#include <map>
#include <mutex>

#include "records/media.hpp"

namespace etakahvila::records {

/// Keeps what it is given as long as it is there itself.
class MemoryMedia final : public Media {
public:
    void put(std::string_view name, Bytes bytes) override {
        if (!is_media_name(name)) throw Error{Fault::other, "a name of a file that is none"};
        const std::lock_guard lock{mutex_};
        kept_.insert_or_assign(
            std::string{name}, std::string{reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    }
    std::optional<std::string> get(std::string_view name) const override {
        const std::lock_guard lock{mutex_};
        const auto found = kept_.find(name);
        return found == kept_.end() ? std::nullopt : std::optional{found->second};
    }
    bool drop(std::string_view name) override {
        const std::lock_guard lock{mutex_};
        const auto found = kept_.find(name);
        if (found == kept_.end()) return false;
        kept_.erase(found);
        return true;
    }
    std::vector<std::string> list() const override {
        const std::lock_guard lock{mutex_};
        std::vector<std::string> names;
        for (const auto& [name, bytes] : kept_) names.push_back(name);
        return names;
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::string, std::less<>> kept_;
};

}  // namespace etakahvila::records
