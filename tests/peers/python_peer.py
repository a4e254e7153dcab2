"""A client of the room, written from the pages of protocol and its schema alone, on Debian's python3-websockets.

It is a second opinion: what it does not find in the document, the document lacks."""

import asyncio
import json
import pathlib
import random
import secrets
import ssl
import time
import urllib.error
import urllib.request

import websockets

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "protocol" / "schema"
MESSAGES_KEPT = 200
SILENCE_S = 10
FRAME_BYTES_MAX = 16 * 1024
WAITS_S = (0.25, 0.5, 1, 2, 4, 5)
BAD_FRAME, SILENT, FLOOD, BAD_TICKET, LEFT = 4400, 4410, 4429, 4501, 4506
CLOSED_BY_A_COMMAND = (BAD_FRAME, 1007, 1009)
# About the moment, not about the command: nothing of it is remembered.
OF_THE_MOMENT = ("too_fast", "busy", "not_saving")


def keys_of_things():
    """Which field of a thing is its key; None where the room has one at most."""
    keys = {}
    for file in SCHEMA.glob("*.json"):
        for definition in json.loads(file.read_text())["$defs"].values():
            if definition["x-kind"] == "change":
                keys[definition["x-name"]] = definition["x-key"]
    return keys


KEY_OF = keys_of_things()


class Refused(Exception):
    """What HTTP or the room answered with no."""

    def __init__(self, refusal):
        super().__init__(refusal["word"])
        self.word = refusal["word"]
        self.refusal = refusal


class NoAnswer(Exception):
    """Nothing that is an answer of the server's."""


class Door:
    """What is asked over HTTP."""

    def __init__(self, origin, trusted):
        self.origin = origin
        self.trusted = trusted

    async def ask(self, path, body=None, bearer=None):
        return await asyncio.get_running_loop().run_in_executor(None, self._ask, path, body, bearer)

    def _ask(self, path, body, bearer):
        head = {"Content-Type": "application/json", "Origin": self.origin}
        if bearer is not None:
            head["Authorization"] = "Bearer " + bearer
        form = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(
                urllib.request.Request(self.origin + path, form, head), context=self.trusted, timeout=10
            ) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            try:
                refusal = json.load(error)["refusal"]
                refusal["word"]
            except (ValueError, KeyError, TypeError):
                raise NoAnswer(error.code) from None
            raise Refused(refusal) from None
        except (OSError, ValueError) as error:
            raise NoAnswer(str(error)) from None


class Room:
    """The things of the room, by the one rule: put, or drop."""

    def __init__(self, seq=0):
        self.seq = seq
        self.things = {kind: {} for kind in KEY_OF}
        self.older = set()

    def apply(self, batch):
        """False when the batch does not follow from what is here."""
        if batch["from"] > self.seq:
            return False
        if batch["to"] <= self.seq:
            return True
        for change in batch["changes"]:
            if change["type"] == "dropped":
                self.things.get(change["kind"], {}).pop(change["id"], None)
            elif change["type"] in KEY_OF:
                key = KEY_OF[change["type"]]
                self.things[change["type"]][0 if key is None else change[key]] = change
        self.seq = batch["to"]
        self.let_oldest_go()
        return True

    def let_oldest_go(self):
        messages = self.things["message"]
        newest = sorted(
            (m for m in messages.values() if m["id"] not in self.older), key=lambda m: (m["place"], m["id"])
        )
        for message in newest[:-MESSAGES_KEPT]:
            del messages[message["id"]]

    def add_older(self, messages):
        for message in messages:
            if message["id"] not in self.things["message"]:
                self.older.add(message["id"])
                self.things["message"][message["id"]] = message

    def the(self, kind):
        return self.things[kind].get(0)

    def all(self, kind):
        return list(self.things[kind].values())

    def newest(self):
        """As a fresh snapshot has it: without the older messages that were asked for."""
        return {
            kind: {key: thing for key, thing in things.items() if kind != "message" or key not in self.older}
            for kind, things in self.things.items()
        }

    def queue(self):
        waiting = [r for r in self.all("floor_request") if r["state"] == "accepted"]
        line_up = self.the("floor")["line_up"]
        place = {request: at for at, request in enumerate(line_up)}
        return [
            r["id"]
            for r in sorted(waiting, key=lambda r: (r["kind"] != "reply", place.get(r["id"], len(line_up)), r["id"]))
        ]


class Shelf:
    """What outlives a reload of the client: the newest ticket, and the commands without an outcome."""

    def __init__(self):
        self.ticket = None
        self.outbox = {}
        self.closes = {}
        self.parked = {}


class Client:
    """One person's line to the room, over as many sockets as it takes."""

    def __init__(self, door, key, name=None, shelf=None):
        self.door = door
        self.key = key
        self.name = name
        self.shelf = shelf or Shelf()
        self.room = Room()
        self.epoch = None
        self.welcome = None
        self.clock = None
        self.saving = "ok"
        self.speech = None
        self.ended = None
        self.closes = []
        self.resumed = []
        self.socket = None
        self.cut_at = None
        self.frame_bytes_max = FRAME_BYTES_MAX
        self._prefix = secrets.token_hex(3)
        self._count = 0
        self._attempt = 0
        self._wait_at_least = 0
        self._is_due = False
        self._is_careful = False
        self._on_the_way = []
        self._answers = {}
        self._changed = asyncio.Event()
        self._watchers = []
        self._task = asyncio.ensure_future(self._live())

    # ------------------------------------------------------------------------- what others ask of it

    async def until(self, is_so):
        while not (found := is_so()):
            if self._task.done():
                self._task.result()
            if self.ended is not None:
                raise AssertionError(f"ended with {self.ended} before what was expected")
            self._changed.clear()
            await self._changed.wait()
        return found

    def watch(self, look):
        """Called after each frame."""
        self._watchers.append(look)

    def give(self, command):
        """Keeps the command until its outcome is known; the id, by which `outcome` finds it."""
        self._count += 1
        number = f"{self._prefix}-{self._count}"
        self.shelf.outbox[number] = command
        self._answers[number] = asyncio.get_running_loop().create_future()
        self._send_next()
        return number

    async def outcome(self, number):
        return await self._answers[number]

    async def do(self, type, **fields):
        """Done, or Refused."""
        outcome = await self.outcome(self.give({"type": type, **fields}))
        if "refusal" in outcome:
            raise Refused(outcome["refusal"])
        return outcome

    def room_now(self):
        """Milliseconds of the room's clock, measured on from when it was told last."""
        (clock, at) = self.clock
        return clock["room"] + (time.monotonic() - at) * 1000

    async def show_older(self):
        oldest = min(message["place"] for message in self.room.all("message"))
        secret = self.key.get("secret") or self.key["code"]
        answer = await self.door.ask(f"/api/messages?before={oldest}", bearer=secret)
        self.room.add_older(answer["messages"])
        return answer["messages"]

    def cut(self):
        """The line is gone, and neither side says so."""
        if self.socket is not None:
            self._is_cut = True
            self.socket.transport.abort()

    async def leave(self):
        await self.until(lambda: self.welcome is not None and self.socket is not None)
        await self._send({"type": "leave"})
        await self._task

    async def end(self):
        return await self._task

    def drop(self):
        """As a page that is torn down: without a word."""
        self._task.cancel()
        self.cut()

    # -------------------------------------------------------------------------------- the line

    async def _live(self):
        while self.ended is None:
            try:
                if self.shelf.ticket is None:
                    await self._enter()
                code = await self._talk()
            except NoAnswer:
                code = 1006
            except Refused as refused:
                if refused.word not in OF_THE_MOMENT:
                    self.ended = refused.word
                    break
                self._wait_at_least = refused.refusal.get("wait_seconds", 1)
                code = 1006
            self.closes.append(code)
            self._look_for_what_closes(code)
            if code == BAD_TICKET:
                self.shelf.ticket = None
            elif 4500 <= code <= 4999:
                self.ended = code
                break
            wait = random.uniform(0, WAITS_S[min(self._attempt, len(WAITS_S) - 1)])
            if code == FLOOD and self._wait_at_least == 0:
                wait = WAITS_S[-1]
            self._attempt += 1
            self._tell()
            await asyncio.sleep(max(wait, self._wait_at_least))
            self._wait_at_least = 0
        self._tell()
        return self.ended

    async def _enter(self):
        form = {**self.key, "netiquette": True}
        if self.name is not None:
            form["name"] = self.name
        self.shelf.ticket = (await self.door.ask("/api/enter", form))["ticket"]

    async def _talk(self):
        """One socket, from hello to its close, and how it closed."""
        self.welcome = None
        self._goodbye = None
        self._is_cut = False
        self._on_the_way = []
        address = self.door.origin.replace("https", "wss") + "/room"
        try:
            # Its usual offer of compression, which the server passes over.
            self.socket = await websockets.connect(
                address, origin=self.door.origin, ssl=self.door.trusted, ping_interval=None
            )
        except (OSError, websockets.InvalidHandshake, TimeoutError):
            return 1006
        try:
            hello = {"type": "hello", "version": 1, "ticket": self.shelf.ticket, "device": "Debian, Python"}
            if self.epoch is not None:
                hello["resume"] = {"epoch": self.epoch, "seq": self.room.seq}
            await self._send(hello)
            self._cut_if("welcome")
            while True:
                text = await asyncio.wait_for(self.socket.recv(), SILENCE_S)
                if self._is_cut:
                    return 1006  # What had come before the cut is lost with it.
                assert isinstance(text, str)
                self._hear(json.loads(text))
                if self.ended is not None:
                    return self.ended
        except TimeoutError:
            self.socket.transport.abort()
            return SILENT
        except websockets.ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else self._goodbye or 1006
        finally:
            self.socket.transport.abort()
            self.socket = None

    def _cut_if(self, place):
        if self.cut_at == place:
            self.cut_at = None
            self.cut()
            return True
        return False

    async def _send(self, frame):
        try:
            await self.socket.send(json.dumps(frame))
        except websockets.ConnectionClosed:
            pass  # Told by the reading side.

    def _hear(self, frame):
        kind = frame["type"]
        if kind == "welcome":
            self._be_welcomed(frame)
        elif kind == "batch":
            if self.cut_at == "batch":
                return self._cut_if("batch")
            self._apply(frame)
        elif kind == "outcome":
            if self.cut_at == "outcome":
                return self._cut_if("outcome")
            self._settle(frame)
        elif kind == "heartbeat":
            self.clock = (frame["clock"], time.monotonic())
        elif kind == "saving":
            self.saving = frame["state"]
            if self.saving == "ok":
                self._send_all()
        elif kind == "speech":
            self.speech = frame
        elif kind == "goodbye":
            self._goodbye = frame["code"]
            self._wait_at_least = frame.get("retry_after_ms", 0) / 1000
        self._tell()

    def _be_welcomed(self, welcome):
        if not welcome["resumed"]:
            self.room = Room()
        self._is_due = True
        self.epoch = welcome["epoch"]
        self.welcome = welcome
        self.clock = (welcome["clock"], time.monotonic())
        self.shelf.ticket = welcome["next_ticket"]
        self.saving = "ok"
        self.resumed.append(welcome["resumed"])
        self._send_all()

    def _apply(self, batch):
        if self._is_due:
            assert batch["to"] == self.welcome["seq"], "the first batch ends where the welcome says"
            self._is_due = False
        if not self.room.apply(batch):
            self.cut()
        self._be_calm()

    def _tell(self):
        self._changed.set()
        for look in self._watchers:
            look()

    # ----------------------------------------------------------------------------------- outbox

    def _send_all(self):
        self._on_the_way = []
        self._send_next()

    def _send_next(self):
        """Sends what is not on its way: one at a time, calls for help first after a close that one may have made."""
        if self.socket is None or self.welcome is None:
            return
        waiting = list(self.shelf.outbox.items())
        if self._is_careful:
            waiting.sort(key=lambda item: item[1]["type"] != "ask_for_help")
        for number, command in waiting:
            if self._is_careful and self._on_the_way:
                return
            if number in self._on_the_way:
                continue
            frame = {"type": "command", "id": number, "command": command}
            if len(json.dumps(frame)) > self.frame_bytes_max:
                self._finish(number, {"id": number, "refusal": {"word": "text_too_long"}})
                continue
            self._on_the_way.append(number)
            asyncio.ensure_future(self._send(frame))

    def _send_again(self, number):
        if number in self._on_the_way:
            self._on_the_way.remove(number)
        self._send_next()

    def _settle(self, outcome):
        number = outcome["id"]
        if number in self._on_the_way:
            self._on_the_way.remove(number)
        if number not in self.shelf.outbox:
            return
        word = outcome.get("refusal", {}).get("word")
        if word in OF_THE_MOMENT:
            # What was not saved is sent again when saving is ok.
            if word != "not_saving":
                self._on_the_way.append(number)
                asyncio.get_running_loop().call_later(
                    outcome["refusal"].get("wait_seconds", 1), self._send_again, number
                )
            return
        self._finish(number, outcome)
        self._be_calm()
        self._send_next()

    def _finish(self, number, outcome):
        del self.shelf.outbox[number]
        self.shelf.closes.pop(number, None)
        answer = self._answers.get(number)
        if answer is not None and not answer.done():
            answer.set_result(outcome)

    def _be_calm(self):
        """The row of waits begins anew: the line holds, with all that was to be sent."""
        if not self._is_due and not self.shelf.outbox:
            self._attempt = 0
            self._is_careful = False
            self.shelf.closes.clear()

    def _look_for_what_closes(self, code):
        """Nothing that closes the line is sent for ever."""
        if code not in CLOSED_BY_A_COMMAND or not self._on_the_way:
            return
        self._is_careful = True
        if len(self._on_the_way) > 1:
            return
        number = self._on_the_way[0]
        self.shelf.closes[number] = self.shelf.closes.get(number, 0) + 1
        if self.shelf.closes[number] == 2:
            self.shelf.parked[number] = self.shelf.outbox[number]
            self._finish(number, {"id": number, "refusal": {"word": "invalid"}})


def trusting(certificate):
    return ssl.create_default_context(cafile=certificate)
