"""The definitions as plain JSON Schema 2020-12, for the documents that others read."""

from .schema import Definition

OPEN_TAGS = ("command", "change", "frame_in", "frame_out", "voice_in", "voice_out")
# What the server reads; it refuses a field that it does not know.
READ = ("command", "frame_in", "voice_in")


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


class Components:
    """The schemas of what is named, and of all that those are made of."""

    def __init__(self, schema):
        self.schema, self.schemas = schema, {}

    def name(self, definition, is_read=False):
        """A reference to the definition, which is then part of the document."""
        if definition.name not in self.schemas:
            self.schemas[definition.name] = {}
            self.schemas[definition.name] = self._whole(definition, is_read or definition.kind in READ)
        return ref(definition.name)

    def sorted(self):
        return dict(sorted(self.schemas.items()))

    def value(self, subject, field, is_read=False):
        if "x-union" in field:
            return self._union(field["x-union"])
        if "$ref" in field:
            found = self.name(self.schema.resolve(subject, field["$ref"]), is_read)
            return {**found, "description": field["description"]} if "description" in field else found
        plain = {key: value for key, value in field.items() if key != "items"}
        if field["type"] == "array":
            plain["items"] = self.value(subject, field["items"], is_read)
        return plain

    def _whole(self, d: Definition, is_read):
        text = {"description": d.text} if d.text else {}
        if d.kind == "enum":
            return {"type": "string", **text, "enum": d.body["enum"]}
        if not d.is_object:
            return {"type": "integer", **text, "minimum": d.body.get("minimum", 0)}
        is_tagged = d.kind in OPEN_TAGS
        properties = {"type": {"const": d.wire}} if is_tagged else {}
        properties |= {name: self.value(d.subject, field, is_read) for name, field in d.fields.items()}
        required = (["type"] if is_tagged else []) + [name for name in d.fields if name in d.required]
        whole = {"type": "object", **text, "properties": properties}
        if required:
            whole["required"] = required
        if is_read:
            whole["additionalProperties"] = False
        return whole

    def _union(self, name):
        """All commands, or all changes."""
        if name not in self.schemas:
            kind = {"Command": "command", "Change": "change"}[name]
            self.schemas[name] = {}
            members = [self.name(d) for d in self.schema.of_kind(kind)]
            if name == "Change":
                members.append(self._dropped())
            self.schemas[name] = {"oneOf": members}
        return ref(name)

    def _dropped(self):
        self.schemas["ChangeKind"] = {"type": "string", "enum": [d.wire for d in self.schema.of_kind("change")]}
        self.schemas["Dropped"] = {
            "type": "object",
            "description": "The thing is no longer there for this client. Things without a key have id 0.",
            "properties": {"type": {"const": "dropped"}, "kind": ref("ChangeKind"), "id": {"type": "integer"}},
            "required": ["type", "kind", "id"],
        }
        return ref("Dropped")
