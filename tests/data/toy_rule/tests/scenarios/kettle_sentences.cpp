#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

const Kettle& kettle_of(const Sight& sight) {
    const auto* kettle = sight.view.find<Kettle>(ChangeKind::kettle);
    expect(kettle != nullptr, "there is no kettle");
    return *kettle;
}

}  // namespace

void add_kettle_sentences(Sentences& says) {
    says.does("<person> puts the kettle on.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), PutKettleOn{}); });
    says.sees("the kettle of <person>.", [](const Sight& sight, const Blanks& blanks) {
        expect(kettle_of(sight).by == blanks.person(0), "somebody else put it on");
    });
    says.sees("coffee.", [](const Sight& sight, const Blanks&) { expect(kettle_of(sight).ready, "it is not ready"); });
}

const Subject kettle_sentences{add_kettle_sentences};

}  // namespace etakahvila::testing
