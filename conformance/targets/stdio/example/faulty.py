#!/usr/bin/env python3
"""tfgrid.py with a fault, for showing that it is found: `python3 faulty.py NAME`. Without a name it lists the faults."""
import json
import sys
import time

from tfgrid import Chain, serve, text


class KeepsOldName(Chain):
    """A renamed farm leaves its old name taken."""

    def store_farm(self, farm, **changed):
        super().store_farm(farm, **changed)
        if "name" in changed:
            self.put("TfgridModule.FarmIdByName", farm["name"], farm["id"])


class EmptiesList(Chain):
    """An empty list of contracts to bill is removed, where the chain keeps it."""

    def call(self, *args):
        answer = super().call(*args)
        for key in [key for key, value in self.storage.items() if value == []]:
            del self.storage[key]
        return {**answer, "storage": [{**e, "value": None} if e["value"] == [] else e for e in answer["storage"]]}


class WrongEvent(Chain):
    """Tells of a farm that was stored where it was updated."""

    def emit(self, event, value):
        super().emit(event.replace("FarmUpdated", "FarmStored"), value)


class LongRelay(Chain):
    """Takes a long relay for none."""

    def call(self, name, who, args):
        if name == "TfgridModule.updateTwin" and args["relay"] is not None and len(text(args["relay"])) > 60:
            args = {**args, "relay": None}
        return super().call(name, who, args)


class Crashes(Chain):
    """Ends at a farm with two IPs."""

    def call(self, name, who, args):
        if len(args.get("publicIps", [])) == 2:
            sys.exit("Traceback: the second IP was too much for me")
        return super().call(name, who, args)


class Hangs(Chain):
    """Never answers to a second consent."""

    def call(self, name, who, args):
        if name.endswith("userAcceptTc") and self.get("TfgridModule.UsersTermsAndConditions", who):
            time.sleep(3600)
        return super().call(name, who, args)


class Chats(Chain):
    """Writes a log where answers belong."""

    def advance(self, *args):
        print("a new block!")
        return super().advance(*args)


class Overdoes(Chain):
    """Tells of an item that it never declared."""

    def call(self, *args):
        answer = super().call(*args)
        answer["storage"].append({"item": "System.Account", "key": [args[1]], "value": None})
        return answer


class Mistypes(Chain):
    """Gives ids as text."""

    def call(self, *args):
        return json.loads(json.dumps(super().call(*args)).replace('"id": 1,', '"id": "1",'))


FAULTS = [KeepsOldName, EmptiesList, WrongEvent, LongRelay, Crashes, Hangs, Chats, Overdoes, Mistypes]

if __name__ == "__main__":
    chosen = [fault for fault in FAULTS if fault.__name__ in sys.argv[1:2]]
    if chosen:
        serve(chosen[0], f"faulty.py {chosen[0].__name__}")
    else:
        for fault in FAULTS:
            print(f"{fault.__name__:14} {fault.__doc__}")
