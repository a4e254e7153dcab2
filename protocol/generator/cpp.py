"""Writes protocol/cpp/protocol: plain structs, described for the codec, and the rows of HTTP's routes. Of each rule it
writes server/domain/<rule>/events.hpp: its events, likewise."""

from .lines import COLUMNS, comment, wrap
from .schema import BANNER, SUBJECTS, pascal

KEYWORDS = {"break", "continue", "default", "delete", "new", "private", "public", "this"}
TYPES = {"string": "std::string", "integer": "std::int64_t", "boolean": "bool"}
OPENING = ["namespace etakahvila::protocol {", ""]
CLOSING = ["}  // namespace etakahvila::protocol", ""]
# Told apart by the name that goes with them.
NAMED = ["command", "change", "frame_in", "frame_out", "voice_in", "voice_out", "event"]


def type_of(schema, subject, field):
    if "$ref" in field:
        return schema.resolve(subject, field["$ref"]).name
    if "x-union" in field:
        return field["x-union"]
    if field["type"] == "array":
        return f"std::vector<{type_of(schema, subject, field['items'])}>"
    return TYPES[field["type"]]


def limits_of(fields):
    rows = []
    for name, field in fields.items():
        least = field.get("minimum", field.get("minLength"))
        most = field.get("maximum", field.get("maxLength", field.get("maxItems")))
        item_most = field.get("items", {}).get("maxLength")
        if least is None and most is None and item_most is None:
            continue
        bounds = (
            least if least is not None else "base::no_least",
            most if most is not None else "base::no_most",
            item_most if item_most is not None else "base::no_most",
        )
        rows.append(f'base::FieldLimit{{"{name}", {", ".join(str(bound) for bound in bounds)}}}')
    return rows


def struct(schema, d):
    lines = comment("///", d.text)
    lines.append(f"struct {d.name} {{")
    if d.kind in NAMED:
        lines.append(f'    static constexpr std::string_view wire_name = "{d.wire}";')
    for name, field in d.fields.items():
        kind = type_of(schema, d.subject, field)
        if name not in d.required:
            kind = f"std::optional<{kind}>"
        lines += comment("///", field.get("description", ""), "    ")
        lines.append(f"    {kind} {name}{{{field.get('default', '')}}};")
    limits = limits_of(d.fields)
    if limits:
        lines.append(f"    static constexpr std::array<base::FieldLimit, {len(limits)}> limits{{{{")
        lines += [f"        {row}," for row in limits]
        lines.append("    }};")
    lines += [f"    bool operator==(const {d.name}&) const = default;", "};"]
    return lines + wrap(f"BOOST_DESCRIBE_STRUCT({d.name}, (), (", list(d.fields), "))")


def enum(name, values, text=""):
    safe = [value + "_" if value in KEYWORDS else value for value in values]
    lines = comment("///", text)
    lines += wrap(f"enum class {name} : std::uint8_t {{ ", safe, " };")
    quoted = [f'"{value}"' for value in values]
    head = f"constexpr std::array<std::string_view, {len(values)}> names_of({name}) {{"
    one = f"{head} return {{{', '.join(quoted)}}}; }}"
    if len(one) <= COLUMNS:
        return [*lines, one]
    return [*lines, head, *wrap("    return {", quoted, "};", "        "), "}"]


def union(name, definitions, text):
    return [*comment("///", text), f"using {name} = std::variant<", ",\n".join(f"    {d}" for d in definitions) + ">;"]


# What a class declares, so that a variant's own functions are not compiled in each file that has one.
OWN = (
    "{name}()",
    "{name}(const {name}&)",
    "{name}({name}&&) noexcept",
    "{name}& operator=(const {name}&)",
    "{name}& operator=({name}&&) noexcept",
    "~{name}()",
)


def choice(name, definitions, text):
    """A union of so many that what it does with each of them is compiled once (choice_bodies)."""
    own = [f"    {each.format(name=name)};" for each in OWN]
    listed = ",\n".join(f"    {d}" for d in definitions)
    head = [f"class {name} : public std::variant<", f"{listed}> {{", "public:", "    using variant::variant;"]
    return [*comment("///", text), *head, *own, "};"]


def choice_bodies(name):
    for each in OWN:
        result, _, function = each.format(name=name).rpartition("& ")
        yield f"{result + '& ' if result else ''}{name}::{function} = default;"


def definition(schema, d):
    if d.kind == "id":
        return [*comment("///", d.text), f"using {d.name} = base::Id<struct {d.name}Tag>;"]
    if d.kind in ("room_time", "utc_time"):
        return [f"using base::{d.name};"]
    return enum(d.name, d.body["enum"], d.text) if d.kind == "enum" else struct(schema, d)


def frame_files(schema):
    files = {}
    for subject in SUBJECTS:
        lines = [f"// {BANNER}", "#pragma once", ""]
        if subject == "common":
            lines += [
                "#include <array>",
                "#include <cstdint>",
                "#include <optional>",
                "#include <string>",
                "#include <string_view>",
                "#include <utility>",
                "#include <variant>",
                "#include <vector>",
                "",
                "#include <boost/describe/class.hpp>",
                "",
                '#include "base/field_limit.hpp"',
                '#include "base/id.hpp"',
                '#include "base/time.hpp"',
            ]
        elif subject == "connection":
            lines += ['#include "protocol/messages.hpp"']
        else:
            lines += [f'#include "protocol/{ref}.hpp"' for ref in schema.refs(subject)]
        lines += ["", *OPENING]
        mine = schema.of(subject)
        for d in mine:
            lines += [*definition(schema, d), ""]

        def names(kind, mine=mine):
            return [d.name for d in mine if d.kind == kind]

        if subject == "connection":
            lines += union("ClientFrame", names("frame_in"), "What a client may send.")
            lines += [*union("ServerFrame", names("frame_out"), "What the server sends."), ""]
        if subject == "voice":
            lines += union("VoiceClientFrame", names("voice_in"), "What a client may send on /voice.")
            lines += [*union("VoiceServerFrame", names("voice_out"), "What the server sends on /voice."), ""]
        files[f"cpp/protocol/{subject}.hpp"] = "\n".join(lines + CLOSING)
    return files


def keys(changes):
    for d in changes:
        key = d.body["x-key"]
        named, value = (" thing", f"thing.{key}.value") if key else ("", "0")
        yield f"std::int64_t key_of(const {d.name}&{named}) {{ return {value}; }}"
    yield "std::int64_t key_of(const Dropped& thing) { return thing.id; }"


KIND_AND_KEY = """
std::pair<ChangeKind, std::int64_t> kind_and_key(const Change& change) {
    const auto* dropped = std::get_if<Dropped>(&change);
    const auto kind = dropped != nullptr ? dropped->kind : static_cast<ChangeKind>(change.index());
    return {kind, std::visit([](const auto& thing) { return key_of(thing); }, change)};
}
"""


def messages_file(schema):
    changes, commands = schema.of_kind("change"), schema.of_kind("command")
    lines = [f"// {BANNER}", "#pragma once", ""]
    lines += [f'#include "protocol/{each}.hpp"' for each in SUBJECTS if each != "connection"]
    lines += ["", *OPENING]
    lines += enum("ChangeKind", [d.wire for d in changes], "What a change is about.")
    lines += [
        "",
        "/// The thing is no longer there for this client. Things without a key have id 0.",
        "struct Dropped {",
        '    static constexpr std::string_view wire_name = "dropped";',
        "    ChangeKind kind{};",
        "    std::int64_t id{};",
        "    bool operator==(const Dropped&) const = default;",
        "};",
        "BOOST_DESCRIBE_STRUCT(Dropped, (), (kind, id))",
        "",
    ]
    lines += choice("Command", [d.name for d in commands], "What a client may ask of the room.")
    lines += choice("Change", [d.name for d in changes] + ["Dropped"], "What a client is told of the room.")
    lines += [
        "",
        *comment(
            "///",
            "What a change is about: its kind, and the key of the thing among those of its kind; 0 where there is one "
            "at most.",
        ),
        "std::pair<ChangeKind, std::int64_t> kind_and_key(const Change& change);",
    ]
    bodies = [f"// {BANNER}", '#include "protocol/messages.hpp"', "", *OPENING]
    for name in ("Command", "Change"):
        bodies += [*choice_bodies(name), ""]
    bodies += ["namespace {", "", *keys(changes), "", "}  // namespace", *KIND_AND_KEY.splitlines(), ""]
    return {
        "cpp/protocol/messages.hpp": "\n".join([*lines, "", *CLOSING]),
        "cpp/protocol/messages.cpp": "\n".join([*bodies, *CLOSING]),
    }


# ---------------------------------------------------------------- HTTP

ROUTE = """
/// Without a query, a body or fields in the answer.
struct Nothing {};
/// A file, in place of JSON.
struct File {};

/// A route as the server's router and people read it.
struct Route {
    enum class Method : std::uint8_t { get, post };
    Method method{};
    /// A segment ID stands for the number of a session, PERSON, ACCOUNT, SERIES and PERIOD for theirs. TOKEN is a text.
    std::string_view path;
    /// Empty: anyone, without saying who they are.
    std::span<const CallerRole> who;
    std::size_t body_bytes_max{};
    /// A link whose time has not come is enough.
    bool is_open_early = false;
    /// Whoever asks, it is a page of ours that does.
    bool is_from_our_page = false;
    /// A link is enough before its day and after it, until the own page ends; a spoken code is not.
    bool is_of_own_page = false;
    /// After its day a link is enough too, until the own page ends; on its day a spoken code is as good.
    bool is_open_late = false;
    /// Whoever is signed in has shown password or code a short time ago.
    bool asks_proof = false;
};
"""


def cpp_given(given):
    """What a route takes or answers, as a type."""
    return "Nothing" if given is None else "File" if isinstance(given, list) else given.name


def route(r):
    roles = [f"CallerRole::{role}" for role in r.who]
    who = wrap("    static constexpr std::array who{", roles, "};", "        ") if roles else []
    flags = [r.is_open_early, r.is_from_our_page, r.is_of_own_page, r.is_open_late, r.asks_proof]
    while flags and not flags[-1]:
        flags.pop()
    items = [f"Route::Method::{r.method.lower()}", f'"{r.path}"', "who" if roles else "{}", str(r.body_bytes_max)]
    items += [str(flag).lower() for flag in flags]
    return [
        *comment("///", f"{r.method} {r.path}: {r.text}"),
        f"struct {pascal(r.name)} {{",
        f'    static constexpr std::string_view name = "{r.name}";',
        *who,
        *wrap("    static constexpr Route route{", items, "};", "        "),
        f"    using Query = {cpp_given(r.query)};",
        f"    using Body = {cpp_given(r.body)};",
        f"    using Answer = {cpp_given(r.answer)};",
        "};",
    ]


def route_list(name, routes, text):
    items = [f"routes::{pascal(r.name)}" for r in routes]
    return [*comment("///", text), *wrap(f"using {name} = boost::mp11::mp_list<", items, ">;")]


def status_function(schema):
    lines = [
        "/// The status of the answer that refuses with this word.",
        "constexpr unsigned status_of(RefusalWord word) {",
        "    switch (word) {",
    ]
    lines += [f"        case RefusalWord::{word}: return {status};" for word, status in schema.statuses.items() if word]
    return [*lines, f"        default: return {schema.statuses['']};", "    }", "}"]


def api_files(schema):
    files = {}
    for subject in schema.api_subjects:
        mine = [r for r in schema.routes if r.subject == subject]
        refs = [ref for ref in schema.refs(subject) if ref != "api/access"]
        own = ["boost/mp11/list.hpp"] if mine else []
        lines = [f"// {BANNER}", "#pragma once", ""]
        if subject == "api/access":
            lines += ["#include <span>", ""]
        lines += [f"#include <{each}>" for each in own] + [""] * len(own)
        if subject != "api/access":
            refs.insert(0, "api/access")
        lines += [f'#include "protocol/{ref}.hpp"' for ref in refs] + ["", *OPENING]
        for d in schema.of(subject):
            lines += [*definition(schema, d), ""]
        if subject == "api/access":
            lines += [*status_function(schema), *ROUTE.splitlines(), ""]
        if mine:
            lines += ["namespace routes {", ""]
            for r in mine:
                lines += [*route(r), ""]
            lines += ["}  // namespace routes", ""]
            name = pascal(subject[len("api/") :])
            lines += [*route_list(f"{name}Routes", mine, schema.files[subject]["description"]), ""]
        files[f"cpp/protocol/{subject}.hpp"] = "\n".join(lines + CLOSING)
    with_routes = [s for s in schema.api_subjects if schema.files[s].get("routes")]
    lines = [f"// {BANNER}", "#pragma once", "", "#include <boost/mp11/algorithm.hpp>", ""]
    lines += [f'#include "protocol/{subject}.hpp"' for subject in with_routes] + ["", *OPENING]
    lists = [f"{pascal(s[len('api/') :])}Routes" for s in with_routes]
    lines += ["/// All of them.", *wrap("using Routes = boost::mp11::mp_append<", lists, ">;"), ""]
    files["cpp/protocol/api/routes.hpp"] = "\n".join(lines + CLOSING)
    return files


# ---------------------------------------------------------------- the events of the rules


def event_files(schema):
    files = {}
    for subject in schema.rules:
        rule = subject[len("domain/") :]
        events = [d.name for d in schema.of(subject) if d.kind == "event"]
        lines = [
            "// Generated by protocol/generate.py from server/domain/schema. Do not edit.",
            "// clang-format off",
            "#pragma once",
            "",
            "#include <boost/mp11/list.hpp>",
            "",
            '#include "domain/room/context.hpp"',
        ]
        lines += [f'#include "{ref}/events.hpp"' for ref in schema.refs(subject) if ref in schema.rules]
        lines += ["", "namespace etakahvila::domain {", "", "struct Room;", ""]
        for d in schema.of(subject):
            lines += [*definition(schema, d), ""]
        lines += [*wrap(f"using {pascal(rule)}Events = boost::mp11::mp_list<", events, ">;"), ""]
        lines += [f"void apply(Room&, const Context&, const {event}&);" for event in events]
        files[f"../server/domain/{rule}/events.hpp"] = "\n".join([*lines, "", "}  // namespace etakahvila::domain", ""])
    return files


def write(schema):
    return {**frame_files(schema), **messages_file(schema), **api_files(schema), **event_files(schema)}
