"""Writes protocol/asyncapi.json: the frames of /room and /voice, as AsyncAPI 3."""
import json

from .json_schema import Components
from .schema import camel

INFO = {
    "title": "Etäkahvila: the room",
    "version": "1",
    "description": "What the server and its clients say on its WebSockets: one JSON object in each text message. Generated"
                   " by protocol/generate.py from protocol/schema; explained in protocol/README.md and protocol/voice.md.",
    "license": {"name": "MIT", "url": "https://opensource.org/license/mit"},
}
CHANNELS = {
    "room": ("/room", "All that happens in the room.", "frame_in", "frame_out"),
    "voice": ("/voice", "What is heard there. Its binary messages are in protocol/voice.md.", "voice_in", "voice_out"),
}


def message(parts, d):
    text = {"summary": d.text} if d.text else {}
    return {"name": d.wire, **text, "contentType": "application/json", "payload": parts.name(d)}


def operation(channel, action, frames, text):
    return {"action": action, "channel": {"$ref": f"#/channels/{channel}"}, "summary": text,
            "messages": [{"$ref": f"#/channels/{channel}/messages/{d.name}"} for d in frames]}


def write(schema):
    parts = Components(schema)
    channels, operations, messages = {}, {}, {}
    for channel, (address, text, read, told) in CHANNELS.items():
        heard, said = schema.of_kind(read), schema.of_kind(told)
        messages |= {d.name: message(parts, d) for d in heard + said}
        channels[channel] = {"address": address, "description": text, "servers": [{"$ref": "#/servers/site"}],
                             "messages": {d.name: {"$ref": f"#/components/messages/{d.name}"} for d in heard + said}}
        operations[camel(f"hear_{channel}")] = operation(channel, "receive", heard, f"What a client may send on {address}.")
        operations[camel(f"tell_{channel}")] = operation(channel, "send", said, f"What the server sends on {address}.")
    document = {
        "asyncapi": "3.0.0", "info": INFO, "defaultContentType": "application/json",
        "servers": {"site": {"host": "cafe.example.fi", "protocol": "wss"}},
        "channels": channels, "operations": operations,
        "components": {"messages": messages, "schemas": parts.sorted()}}
    return {"asyncapi.json": json.dumps(document, ensure_ascii=False, indent=1) + "\n"}
