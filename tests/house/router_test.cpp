// The table of routes: which handler takes a request, what does not compile, and how a query is read.

#include "support/catch.hpp"
#include "api/router.hpp"

using namespace etakahvila;
using api::Call;
using api::read_query;
namespace routes = protocol::routes;

namespace {

struct Whole {
    using Routes = protocol::HelpRoutes;
    void handle(Call<routes::HelpFigures>&) {}
};

struct Silent {
    using Routes = protocol::HelpRoutes;
};

struct Meddler {
    using Routes = protocol::HelpRoutes;
    void handle(Call<routes::HelpFigures>&) {}
    void handle(Call<routes::Look>&) {}
};

template <class Subject>
constexpr bool is_right() {
    bool all = true;
    boost::mp11::mp_for_each<protocol::Routes>(
        [&]<class Route>(Route) { all = all && api::is_rightly_handled<Subject, Route>; });
    return all;
}

template <class Query>
std::optional<Query> query_in(std::string_view text) {
    net::Request request;
    request.query = text;
    Query query;
    return read_query(request, query) ? std::optional{query} : std::nullopt;
}

}  // namespace

TEST_CASE("A route without a handler, and a handler of another subject's route, do not compile") {
    STATIC_REQUIRE(is_right<Whole>());
    STATIC_REQUIRE_FALSE(is_right<Silent>());
    STATIC_REQUIRE_FALSE(is_right<Meddler>());
}

TEST_CASE("What a query must have is refused when it cannot be read") {
    CHECK(query_in<protocol::MessagesQuery>("before=12")->before == 12);
    CHECK(query_in<protocol::MessagesQuery>("unheard=1&before=0")->before == 0);
    for (const auto* text : {"", "before", "before=", "before=-1", "before=1x", "before= 1", "before=1.0", "after=1",
             "before=99999999999999999999"}) {
        INFO(text);
        CHECK_FALSE(query_in<protocol::MessagesQuery>(text));
    }
}

TEST_CASE("What a query may have is passed over when it cannot be read") {
    const auto day = query_in<protocol::DayQuery>("decision_type=unheard_of&language=unheard_of");
    CHECK(day->decision_type == "unheard_of");
    CHECK_FALSE(day->language);
    CHECK(query_in<protocol::DayQuery>("language=en")->language == protocol::ReportLanguage::en);
    CHECK(query_in<protocol::FileQuery>("dry_run=1")->dry_run == true);
    for (const auto* text : {"", "dry_run", "dry_run=", "dry_run=0", "dry_run=true"}) {
        INFO(text);
        CHECK_FALSE(query_in<protocol::FileQuery>(text)->dry_run.value_or(false));
    }
    const auto answers = query_in<protocol::RegistrationsQuery>("dry_run=1&answers=3:17,5:0")->answers;
    CHECK(answers == "3:17,5:0");
}
