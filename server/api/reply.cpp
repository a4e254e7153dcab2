#include "api/reply.hpp"

namespace etakahvila::api {

void Reply::refuse(const Denial& denial) const {
    metrics_.count_refusal(denial.refusal.word);
    auto refused = net::answer_of(denial.status, base::json::to_text(protocol::RefusalAnswer{denial.refusal}));
    // For programs that know HTTP and not us: proxies, and a browser's own tools.
    if (denial.status == 429 && denial.refusal.wait_seconds)
        refused.fields.emplace_back("Retry-After", std::to_string(*denial.refusal.wait_seconds));
    send(std::move(refused));
}

net::Response file_of(std::string bytes, std::string_view type, const std::string& name) {
    auto file = net::answer_of(200, std::move(bytes), type);
    file.fields.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
    return file;
}

}  // namespace etakahvila::api
