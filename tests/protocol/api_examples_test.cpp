// The golden requests of protocol/examples/api, which the browser's tests read too.

#include <filesystem>
#include <set>

#include <boost/mp11/algorithm.hpp>

#include "base/json.hpp"
#include "protocol/api/forms.hpp"
#include "protocol/api/routes.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace etakahvila;
using namespace etakahvila::protocol;

namespace {

struct RequestExample {
    std::string name;
    std::string route;
    std::string address;
    /// As the file has them, without spaces; empty: none.
    std::string body;
    std::string answer;
    bool ok = true;
    std::string why;
    std::string path;
};

std::vector<RequestExample> all_requests() {
    std::vector<RequestExample> examples;
    simdjson::dom::parser parser;
    const auto text_in = [](simdjson::dom::element each, std::string_view field) {
        std::string_view text;
        return each[field].get(text) == simdjson::SUCCESS ? std::string{text} : std::string{};
    };
    const auto value_in = [](simdjson::dom::element each, std::string_view field) {
        simdjson::dom::element value;
        return each[field].get(value) == simdjson::SUCCESS ? simdjson::minify(value) : std::string{};
    };
    for (const auto& entry : std::filesystem::directory_iterator{ETAKAHVILA_PROTOCOL "/examples/api"}) {
        const auto file = testing::protocol_file("examples/api/" + entry.path().filename().string());
        for (const auto each : simdjson::dom::array{parser.parse(file)}) {
            RequestExample example;
            example.name = text_in(each, "name");
            example.route = text_in(each, "route");
            example.address = text_in(each, "address");
            example.body = value_in(each, "body");
            example.answer = value_in(each, "answer");
            bool ok{};
            if (each["ok"].get(ok) == simdjson::SUCCESS) example.ok = ok;
            example.why = text_in(each, "why");
            example.path = text_in(each, "path");
            examples.push_back(std::move(example));
        }
    }
    return examples;
}

/// What was read is written again as it was.
template <class T>
void check_text(const RequestExample& example, const std::string& text) {
    if constexpr (std::is_same_v<T, Nothing> || std::is_same_v<T, File>) {
        CHECK(text.empty());
    } else {
        simdjson::dom::parser parser;
        const auto result = base::json::from_text<T>(parser, text);
        if (const auto* fault = std::get_if<base::json::Fault>(&result)) {
            INFO(fault->path << " " << fault->why);
            CHECK_FALSE(example.ok);
            CHECK(fault->why == example.why);
            CHECK(fault->path == example.path);
            return;
        }
        CHECK(example.ok);
        CHECK(base::json::to_text(std::get<T>(result)) == text);
    }
}

/// Whether the address, without its query, has the route's method and path.
bool is_address_of(const Route& route, std::string_view address) {
    address = address.substr(0, address.find('?'));
    std::string_view form = route.path;
    const std::string_view method = route.method == Route::Method::post ? "POST " : "GET ";
    if (!address.starts_with(method)) return false;
    address.remove_prefix(method.size());
    const auto next = [](std::string_view& path) {
        path.remove_prefix(1);
        const auto segment = path.substr(0, path.find('/'));
        path.remove_prefix(segment.size());
        return segment;
    };
    while (!form.empty() && !address.empty()) {
        const auto wanted = next(form);
        const auto given = next(address);
        const bool is_number = wanted == "ID" || wanted == "PERSON" || wanted == "ACCOUNT" || wanted == "SERIES" ||
                               wanted == "PERIOD";
        if (wanted == "TOKEN") continue;
        if (is_number ? given.find_first_not_of("0123456789") != given.npos : wanted != given) return false;
    }
    return form.empty() && address.empty();
}

}  // namespace

TEST_CASE("each golden request is read, or refused for the reason that it names, and each route has one") {
    const auto examples = all_requests();
    std::set<std::string> names;
    for (const auto& example : examples) CHECK(names.insert(example.name).second);
    std::size_t known = 0;
    boost::mp11::mp_for_each<Routes>([&](auto chosen) {
        using R = decltype(chosen);
        bool has_one = false;
        for (const auto& example : examples) {
            if (example.route != R::name) continue;
            INFO(example.name << "\n" << example.body << "\n" << example.answer);
            ++known;
            check_text<typename R::Body>(example, example.body);
            if (!example.ok) continue;
            has_one = true;
            check_text<typename R::Answer>(example, example.answer);
            CHECK(is_address_of(R::route, example.address));
        }
        INFO(R::name);
        CHECK(has_one);
    });
    CHECK(known == examples.size());
}

TEST_CASE("an answer that says no has its word's status") {
    CHECK(status_of(RefusalWord::invalid) == 400);
    CHECK(status_of(RefusalWord::not_permitted) == 403);
    CHECK(status_of(RefusalWord::not_found) == 404);
    CHECK(status_of(RefusalWord::too_fast) == 429);
    CHECK(status_of(RefusalWord::over) == 409);
    const RefusalAnswer plain{{.word = RefusalWord::too_fast, .wait_seconds = 3}};
    CHECK(base::json::to_text(plain) == R"({"refusal":{"word":"too_fast","wait_seconds":3}})");
    const FormRefusal form{{.word = RefusalWord::invalid}, {{.reason = FaultReason::date_unclear, .value = "31.2."}}};
    CHECK(base::json::to_text(form) == R"({"refusal":{"word":"invalid"},)"
                                       R"("errors":[{"reason":"date_unclear","value":"31.2."}]})");
}
