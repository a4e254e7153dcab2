#!/usr/bin/env python3
"""The room as Debian's python3-websockets joins it."""

import asyncio
import json
import ssl
import sys
import urllib.request

import websockets

origin, certificate, *secrets = sys.argv[1:]
trusted = ssl.create_default_context(cafile=certificate)


async def come_in(secret, name):
    form = json.dumps({"secret": secret, "netiquette": True, "name": name}).encode()
    request = urllib.request.Request(origin + "/api/enter", form, {"Content-Type": "application/json", "Origin": origin})
    with urllib.request.urlopen(request, context=trusted) as answer:
        ticket = json.load(answer)["ticket"]
    # Its usual offer of compression, which the server passes over.
    line = await websockets.connect(origin.replace("https", "wss") + "/room", origin=origin, ssl=trusted)
    await line.send(json.dumps({"type": "hello", "version": 1, "ticket": ticket}))
    welcome = await expect(line, lambda frame: frame["type"] == "welcome")
    await expect(line, lambda frame: frame["type"] == "batch" and frame["to"] == welcome["seq"])
    return line


async def expect(line, is_wanted):
    async for text in line:
        frame = json.loads(text)
        if is_wanted(frame):
            return frame
    raise SystemExit("the line ended before what was expected")


async def ask(line, number, command):
    await line.send(json.dumps({"type": "command", "id": str(number), "command": command}))
    outcome = await expect(line, lambda frame: frame["type"] == "outcome" and frame["id"] == str(number))
    assert "refusal" not in outcome, outcome


def tells(text):
    return lambda frame: frame["type"] == "batch" and any(change.get("text") == text for change in frame["changes"])


async def main():
    facilitator = await come_in(secrets[0], "Ohjaaja")
    await ask(facilitator, 1, {"type": "open_doors"})
    await ask(facilitator, 2, {"type": "go_live"})
    guest = await come_in(secrets[1], "Vieras")
    words = "Hei, täällä Python 🐍"
    told = asyncio.ensure_future(expect(facilitator, tells(words)))
    await ask(guest, 1, {"type": "send_message", "channel": "room", "text": words})
    await told
    await (await guest.ping())
    await guest.send(json.dumps({"type": "leave"}))
    await guest.wait_closed()
    assert guest.close_code == 4506, guest.close_code
    await facilitator.close()
    assert facilitator.close_code == 1000, facilitator.close_code


asyncio.run(asyncio.wait_for(main(), 30))
