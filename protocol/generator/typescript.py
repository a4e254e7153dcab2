"""Writes protocol/ts: the types of the frames, and those of HTTP with a function for each route."""

import json
import re

from .lines import COLUMNS, jsdoc, wrap
from .schema import BANNER, FRAME_BYTES_MAX, SUBJECTS, Definition, camel, snake

TYPES = {"string": "string", "integer": "number", "boolean": "boolean"}


def type_of(schema, subject, field):
    if "$ref" in field:
        return schema.resolve(subject, field["$ref"]).name
    if "x-union" in field:
        return field["x-union"]
    return f"{type_of(schema, subject, field['items'])}[]" if field["type"] == "array" else TYPES[field["type"]]


def definition(schema, d):
    lines = jsdoc(d.text) if d.text else []
    if d.kind in ("id", "room_time", "utc_time"):
        return [*lines, f"export type {d.name} = number;", ""]
    if d.kind == "enum":
        name = f"{snake(d.name).upper()}S"
        lines += wrap(f"export const {name} = [", [json.dumps(value) for value in d.body["enum"]], "] as const;", "  ")
        return [*lines, f"export type {d.name} = (typeof {name})[number];", ""]
    lines.append(f"export interface {d.name} {{")
    if d.kind not in ("struct", "query"):
        lines.append(f"  type: {json.dumps(d.wire)};")
    for name, field in d.fields.items():
        if "description" in field:
            lines += jsdoc(field["description"], "  ")
        lines.append(f"  {name}{'' if name in d.required else '?'}: {type_of(schema, d.subject, field)};")
    return [*lines, "}", ""]


def frames_file(schema):
    lines = [f"// {BANNER}", ""]
    for subject in SUBJECTS:
        for d in schema.of(subject):
            lines += definition(schema, d)
    lines += [
        "/** The thing is no longer there for this client. Things without a key have id 0. */",
        "export interface Dropped {",
        '  type: "dropped";',
        "  kind: ChangeKind;",
        "  id: number;",
        "}",
        "",
    ]
    unions = {
        "Command": "command",
        "ClientFrame": "frame_in",
        "ServerFrame": "frame_out",
        "VoiceClientFrame": "voice_in",
        "VoiceServerFrame": "voice_out",
    }
    for name, kind in unions.items():
        lines.append(f"export type {name} =\n  | " + "\n  | ".join(d.name for d in schema.of_kind(kind)) + ";\n")
    changes = schema.of_kind("change")
    lines.append("/** A thing of the room that a client may hold. */")
    lines.append("export type Thing =\n  | " + "\n  | ".join(d.name for d in changes) + ";\n")
    lines.append("export type Change = Thing | Dropped;\n")
    lines.append('export type ChangeKind = Thing["type"];\n')
    lines.append("/** The field that is the key of each kind of thing; null where there is one at most. */")
    lines.append("export const KEY_OF = {")
    lines += [f"  {d.wire}: {json.dumps(d.body['x-key'])}," for d in changes]
    lines += ["} as const satisfies Record<ChangeKind, string | null>;", ""]
    lines.append("/** The longest text, in code points, that a command's field takes. */")
    lines.append("export const TEXT_MAX = {")
    for d in schema.of_kind("command"):
        texts = {name: field["maxLength"] for name, field in d.fields.items() if "maxLength" in field}
        if texts:
            lines.append(f"  {d.wire}: {{ {', '.join(f'{name}: {most}' for name, most in texts.items())} }},")
    lines += ["} as const;", ""]
    lines += [
        "/** A larger frame closes the line (1009). */",
        f"export const FRAME_BYTES_MAX = {FRAME_BYTES_MAX['frame_in']};",
        "",
    ]
    return "\n".join(lines)


# ---------------------------------------------------------------- HTTP

QUESTION = """/** A question over HTTP, sent by who has the line. A body makes it a POST; a Blob is sent as it is. */
export interface Question<A> {
  readonly path: string;
  readonly body?: object;
  /** A field that every answer of the server has: one without it comes from somebody between us and the server. */
  readonly has?: keyof A;
  /** The answer is a file. */
  readonly is_file?: true;
}

/** What has a value, as it is written in an address: numbers, dates, marks and words of ours. */
export function queryText(query: object): string {
  const fields = Object.entries(query).filter(([, value]) => value || value === 0);
  const parts = fields.map(([name, value]) => `${name}=${value === true ? 1 : value}`);
  return parts.length > 0 ? `?${parts.join("&")}` : "";
}
"""


def route(r):
    parameters = [f"{field}: {kind}" for field, kind in r.numbers]
    path = r.path_with(lambda field: f"${{{field}}}")
    parts = []
    if r.body is not None:
        is_empty = isinstance(r.body, Definition) and not r.body.fields
        if not is_empty:
            parameters.append(f"body: {r.body.name if isinstance(r.body, Definition) else 'Blob'}")
        parts.append("body: {}" if is_empty else "body")
    if r.query:
        parameters.append(f"query: {r.query.name}{'' if r.query.required else ' = {}'}")
        fixed = "&".join(f"{name}=${{query.{name}}}" for name in r.query.fields)
        path += f"?{fixed}" if r.query.required == set(r.query.fields) else "${queryText(query)}"
    parts.insert(0, f"path: `{path}`" if "$" in path else f'path: "{path}"')
    answer = "Blob" if isinstance(r.answer, list) else r.answer.name
    always = [name for name in r.answer.fields if name in r.answer.required] if isinstance(r.answer, Definition) else []
    if always:
        parts.append(f'has: "{always[0]}"')
    if answer == "Blob":
        parts.append("is_file: true")
    head = wrap(f"export const {camel(r.name)} = (", parameters, f"): Question<{answer}> => ({{", "  ")
    lines = [*jsdoc(f"{r.method} {r.path}: {r.text}")]
    one = f"{head[-1]} {', '.join(parts)} }});"
    if len(one) <= COLUMNS:
        return [*lines, *head[:-1], one, ""]
    return [*lines, *head, *(f"  {part}," for part in parts), "});", ""]


# Asked by screens that the participant's page brings later: their functions are files of their own, so that they come
# with them.
ASKED_LATER = (
    *("work", "feedback", "own_page", "absences", "phone_days", "appointments"),
    *("own_account", "keeping", "provider"),
)


def subject_of(r):
    return r.subject.removeprefix("api/")


def later_file(schema, subject):
    routes = [r for r in schema.routes if subject_of(r) == subject]
    body = [line for r in routes for line in route(r)]
    words = set(re.findall(r"\w+", "\n".join(line for line in body if not line.lstrip().startswith(("/*", "*")))))
    here = {d.name for each in schema.api_subjects for d in schema.of(each)} | {"Question"}
    of_frames = {d.name for each in SUBJECTS for d in schema.of(each)}
    lines = [f"// {BANNER}", ""]
    lines += wrap("import type { ", sorted(words & here), ' } from "./api";', "  ")
    if words & of_frames:
        lines += wrap("import type { ", sorted(words & of_frames), ' } from "./protocol";', "  ")
    if "queryText" in words:
        lines.append('import { queryText } from "./api";')
    return "\n".join([*lines, "", *body])


def api_file(schema):
    body = []
    for subject in schema.api_subjects:
        for d in schema.of(subject):
            body += definition(schema, d)
    at_once = [r for r in schema.routes if subject_of(r) not in ASKED_LATER]
    for r in at_once:
        body += route(r)
    used = {kind for r in at_once for _, kind in r.numbers}
    for subject in schema.api_subjects:
        for d in schema.of(subject):
            used |= {type_of(schema, subject, field).rstrip("[]") for field in d.fields.values()}
    of_frames = sorted(name for name in used if name in schema.by_name and schema.by_name[name].subject in SUBJECTS)
    lines = [f"// {BANNER}", "", *wrap("import type { ", of_frames, ' } from "./protocol";', "  "), ""]
    return "\n".join([*lines, *QUESTION.splitlines(), "", *body])


def write(schema):
    later = {f"ts/api_{subject}.ts": later_file(schema, subject) for subject in ASKED_LATER}
    return {"ts/protocol.ts": frames_file(schema), "ts/api.ts": api_file(schema)} | later
