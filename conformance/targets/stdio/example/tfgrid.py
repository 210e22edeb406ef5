#!/usr/bin/env python3
"""A small TFChain in Python: consent, twins, farms and name contracts of spec_version 144, without fees and bills.

It shows the stdio protocol (PROTOCOL.md). Try it:

    tfspec conform --target 'stdio:python3 tfgrid.py'

Everything is in plain form as it comes: bytes are '0x…', accounts are addresses, u64 are decimal strings.
"""
import ipaddress
import json
import re
import sys

TOO_LONG = {"type": "panic", "message": "Bad input data provided to apply_extrinsic"}


class Refused(Exception):
    """The call is refused with an error of its pallet; what it wrote is undone."""


class Unsupported(Exception):
    """The call is beyond this implementation: said, not guessed."""


def text(data):
    """Bytes as text of one character a byte; None stays None."""
    return None if data is None else bytes.fromhex(data[2:]).decode("latin-1")


def check(holds, error):
    if not holds:
        raise Refused(error)


class Chain:
    """Storage, the block, and the calls. A storage entry is kept under (item, key arguments)."""

    def __init__(self, entries, number, time_ms):
        self.storage = {(e["item"], tuple(e["key"])): e["value"] for e in entries}
        self.number, self.time_ms = number, int(time_ms)
        self.events = []

    # — storage —

    def get(self, item, *key, default=None):
        return self.storage.get((item, key), default)

    def put(self, item, *key_and_value):
        *key, value = key_and_value
        self.storage[(item, tuple(key))] = value

    def emit(self, event, value):
        self.events.append({"event": event, "value": value})

    # — steps —

    def call(self, name, who, args):
        before, self.events = dict(self.storage), []
        outcome = {"type": "ok"}
        if self.number % 600 == 0:
            return effect({"type": "invalid", "reason": "ExhaustsResources"}, [], [])
        if not decodes(name, args):
            return effect(TOO_LONG, [], [])
        try:
            CALLS[name](self, who, **args)
        except Refused as refused:
            outcome = {"type": "error", "error": str(refused)}
            self.storage, self.events = before, []
        except Unsupported:
            self.storage = before
            raise
        return effect(outcome, self.events, changes(before, self.storage))

    def advance(self, number, time_ms):
        self.number, self.time_ms = number, int(time_ms)
        return effect({"type": "ok"}, [], [])

    @property
    def seconds(self):
        return str(self.time_ms // 1000)

    # — TfgridModule —

    def user_accept_tc(self, who, documentLink, documentHash):
        link, digest = text(documentLink), text(documentHash)
        check(len(link) >= 1, "TfgridModule.DocumentLinkInputTooShort")
        check(re.fullmatch(r"[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]*", link), "TfgridModule.InvalidDocumentLinkInput")
        check(len(digest) >= 1, "TfgridModule.DocumentHashInputTooShort")
        check(re.fullmatch(r"[A-Za-z0-9_-]*", digest), "TfgridModule.InvalidDocumentHashInput")
        consent = {"accountId": who, "timestamp": self.seconds, "documentLink": documentLink, "documentHash": documentHash}
        self.put("TfgridModule.UsersTermsAndConditions", who, self.get("TfgridModule.UsersTermsAndConditions", who, default=[]) + [consent])

    def twin_of(self, who):
        return self.get("TfgridModule.TwinIdByAccountID", who)

    def create_twin(self, who, relay, pk):
        check(self.get("TfgridModule.UsersTermsAndConditions", who) is not None, "TfgridModule.UserDidNotSignTermsAndConditions")
        check(self.twin_of(who) is None, "TfgridModule.TwinWithPubkeyExists")
        check_relay(text(relay))
        twin_id = self.get("TfgridModule.TwinID", default=0) + 1
        twin = {"id": twin_id, "accountId": who, "relay": relay, "entities": [], "pk": pk}
        self.put("TfgridModule.TwinID", twin_id)
        self.put("TfgridModule.Twins", twin_id, twin)
        self.put("TfgridModule.TwinIdByAccountID", who, twin_id)
        self.emit("TfgridModule.TwinStored", twin)

    def update_twin(self, who, relay, pk):
        twin_id = self.twin_of(who)
        check(twin_id is not None, "TfgridModule.TwinNotExists")
        check_relay(text(relay))
        twin = {**self.get("TfgridModule.Twins", twin_id), "relay": relay, "pk": pk}
        self.put("TfgridModule.Twins", twin_id, twin)
        self.emit("TfgridModule.TwinUpdated", twin)

    def bond_twin_account(self, who, twinId):
        twin = self.get("TfgridModule.Twins", twinId)
        check(twin is not None, "TfgridModule.TwinNotExists")
        check(twin["accountId"] != who, "TfgridModule.TwinCannotBoundToItself")
        self.put("TfgridModule.TwinBoundedAccountID", twinId, who)
        self.emit("TfgridModule.TwinAccountBounded", [twinId, who])

    def create_farm(self, who, name, publicIps):
        twin_id = self.twin_of(who)
        check(twin_id is not None, "TfgridModule.TwinNotExists")
        check(self.get("TfgridModule.FarmIdByName", name) is None, "TfgridModule.FarmExists")
        check(len(text(name)) >= 3, "TfgridModule.FarmNameTooShort")
        check(re.fullmatch(r"[A-Za-z0-9_-]*", text(name)), "TfgridModule.InvalidFarmName")
        # The chain fills a list of 256 one by one: whatever goes wrong first is told.
        for i, ip in enumerate(publicIps):
            check(ip not in publicIps[:i], "TfgridModule.IpExists")
            check(i < 256, "TfgridModule.InvalidPublicIP")
        farm_id = self.get("TfgridModule.FarmID", default=0) + 1
        farm = {
            "version": 4,
            "id": farm_id,
            "name": name,
            "twinId": twin_id,
            "pricingPolicyId": 1,
            "certification": {"type": "NotCertified"},
            "publicIps": [{"ip": ip["ip"], "gateway": ip["gw"], "contractId": "0"} for ip in publicIps],
            "dedicatedFarm": False,
            "farmingPolicyLimits": None,
        }
        self.put("TfgridModule.Farms", farm_id, farm)
        self.put("TfgridModule.FarmIdByName", name, farm_id)
        self.put("TfgridModule.FarmID", farm_id)
        self.emit("TfgridModule.FarmStored", farm)

    def store_farm(self, farm, **changed):
        farm = {**farm, **changed}
        self.put("TfgridModule.Farms", farm["id"], farm)
        self.emit("TfgridModule.FarmUpdated", farm)

    def own_farm(self, who, farm_id):
        """For the calls that look at the caller's twin first."""
        twin_id = self.twin_of(who)
        check(twin_id is not None, "TfgridModule.TwinNotExists")
        farm = self.get("TfgridModule.Farms", farm_id)
        check(farm is not None, "TfgridModule.FarmNotExists")
        check(farm["twinId"] == twin_id, "TfgridModule.CannotUpdateFarmWrongTwin")
        return farm

    def update_farm(self, who, farmId, name):
        farm = self.own_farm(who, farmId)
        check(len(text(name)) >= 3, "TfgridModule.FarmNameTooShort")
        check(re.fullmatch(r"[A-Za-z0-9_-]*", text(name)), "TfgridModule.InvalidFarmName")
        holder = self.get("TfgridModule.FarmIdByName", name)
        if holder == farmId:
            return
        check(holder is None, "TfgridModule.InvalidFarmName")
        del self.storage[("TfgridModule.FarmIdByName", (farm["name"],))]
        self.put("TfgridModule.FarmIdByName", name, farmId)
        self.store_farm(farm, name=name)

    def add_stellar_payout_v2address(self, who, farmId, stellarAddress):
        self.own_farm(who, farmId)
        self.put("TfgridModule.FarmPayoutV2AddressByFarmID", farmId, stellarAddress)
        self.emit("TfgridModule.FarmPayoutV2AddressRegistered", [farmId, stellarAddress])

    def farmers_farm(self, who, farm_id):
        """For the calls that look at the farm first."""
        farm = self.get("TfgridModule.Farms", farm_id)
        check(farm is not None, "TfgridModule.FarmNotExists")
        check(self.get("TfgridModule.Twins", farm["twinId"])["accountId"] == who, "TfgridModule.CannotUpdateFarmWrongTwin")
        return farm

    def add_farm_ip(self, who, farmId, ip, gw):
        farm = self.farmers_farm(who, farmId)
        check(public_ip_is_valid(text(ip), text(gw)), "TfgridModule.InvalidPublicIP")
        check(all(known["ip"] != ip for known in farm["publicIps"]), "TfgridModule.IpExists")
        check(len(farm["publicIps"]) < 256, "TfgridModule.InvalidPublicIP")
        self.store_farm(farm, publicIps=farm["publicIps"] + [{"ip": ip, "gateway": gw, "contractId": "0"}])

    def remove_farm_ip(self, who, farmId, ip):
        farm = self.farmers_farm(who, farmId)
        place = next((i for i, known in enumerate(farm["publicIps"]) if known["ip"] == ip and known["contractId"] == "0"), None)
        check(place is not None, "TfgridModule.IpNotExists")
        self.store_farm(farm, publicIps=farm["publicIps"][:place] + farm["publicIps"][place + 1 :])

    # — SmartContractModule —

    def create_name_contract(self, who, name):
        twin_id = self.twin_of(who)
        check(twin_id is not None, "SmartContractModule.TwinNotExists")
        check(len(text(name)) >= 3, "SmartContractModule.NameContractNameTooShort")
        check(len(text(name)) <= 64, "SmartContractModule.NameContractNameTooLong")
        check(re.fullmatch(r"[a-z0-9_-]*", text(name)), "SmartContractModule.NameNotValid")
        check(self.get("SmartContractModule.ContractIDByNameRegistration", name) is None, "SmartContractModule.NameExists")
        number = int(self.get("SmartContractModule.ContractID", default="0")) + 1
        contract_id = str(number)
        contract = {
            "version": 4,
            "state": {"type": "Created"},
            "contractId": contract_id,
            "twinId": twin_id,
            "contractType": {"type": "NameContract", "value": {"name": name}},
            "solutionProviderId": None,
        }
        lock = {"amountLocked": "0", "extraAmountLocked": "0", "lockUpdated": self.seconds, "cycles": 0}
        turn = str(number % int(self.get("SmartContractModule.BillingFrequency")))
        self.put("SmartContractModule.ContractID", contract_id)
        self.put("SmartContractModule.Contracts", contract_id, contract)
        self.put("SmartContractModule.ContractLock", contract_id, lock)
        self.put("SmartContractModule.ContractIDByNameRegistration", name, contract_id)
        self.put("SmartContractModule.ContractsToBillAt", turn, self.get("SmartContractModule.ContractsToBillAt", turn, default=[]) + [contract_id])
        self.emit("SmartContractModule.ContractCreated", contract)

    def cancel_contract(self, who, contractId):
        contract = self.get("SmartContractModule.Contracts", contractId)
        check(contract is not None, "SmartContractModule.ContractNotExists")
        owner = self.get("TfgridModule.Twins", contract["twinId"])
        check(owner["accountId"] == who, "SmartContractModule.TwinNotAuthorizedToCancelContract")
        if self.get("SmartContractModule.ContractLock", contractId)["lockUpdated"] != self.seconds:
            raise Unsupported("the last bill of a contract that has run for a while")
        turn = str(int(contractId) % int(self.get("SmartContractModule.BillingFrequency")))
        listed = self.get("SmartContractModule.ContractsToBillAt", turn, default=[])
        self.put("SmartContractModule.ContractsToBillAt", turn, [one for one in listed if one != contractId])
        for item, key in (
            ("Contracts", contractId),
            ("ContractLock", contractId),
            ("ContractIDByNameRegistration", contract["contractType"]["value"]["name"]),
        ):
            del self.storage[(f"SmartContractModule.{item}", (key,))]
        nothing = {"contractId": contractId, "timestamp": self.seconds, "discountLevel": {"type": "None"}, "amountBilled": "0"}
        self.emit("SmartContractModule.ContractBilled", nothing)
        self.emit("SmartContractModule.NameContractCanceled", {"contractId": contractId})


def check_relay(relay):
    if relay is None:
        return
    check(re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", relay), "TfgridModule.InvalidRelayAddress")
    # 144 takes a single letter before the first dot for two dots in a row.
    check(relay[1:2] != ".", "TfgridModule.InvalidRelayAddress")


PRIVATE = [
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.2.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "255.255.255.255/32",
    )
]  # fmt: skip


def address_of(text_of_it):
    octet = r"(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
    return ipaddress.ip_address(text_of_it) if re.fullmatch(r"\.".join([octet] * 4), text_of_it) else None


def public_ip_is_valid(network, gateway):
    """Both are public unicast, and the gateway lies in the network."""
    gateway = address_of(gateway)
    match = re.fullmatch(r"([0-9.]+)/(3[0-2]|[12][0-9]|0?[1-9]|0)", network)
    address = match and address_of(match[1])
    if gateway is None or not address:
        return False
    if any(ip in private for private in PRIVATE for ip in (address, gateway)) or max(address, gateway) >= address_of("224.0.0.0"):
        return False
    return gateway in ipaddress.ip_network((address, int(match[2])), strict=False)


# The longest bounded arguments: a longer one is no extrinsic at all.
LIMITS = {
    "TfgridModule.userAcceptTc": {"documentLink": 2048, "documentHash": 50},
    "TfgridModule.createTwin": {"relay": 1024, "pk": 128},
    "TfgridModule.updateTwin": {"relay": 1024, "pk": 128},
    "TfgridModule.createFarm": {"name": 40},
    "TfgridModule.updateFarm": {"name": 40},
    "TfgridModule.addFarmIp": {"ip": 18, "gw": 15},
    "TfgridModule.removeFarmIp": {"ip": 18},
}


def decodes(name, args):
    if any(args[field] is not None and len(text(args[field])) > most for field, most in LIMITS.get(name, {}).items()):
        return False
    ips = args.get("publicIps", [])
    return len(ips) <= 512 and all(len(text(ip["ip"])) <= 18 and len(text(ip["gw"])) <= 15 for ip in ips)


def effect(outcome, events, storage):
    return {"outcome": outcome, "events": events, "storage": storage}


def changes(before, after):
    """The entries that are not as they were; None for one that is gone."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return [{"item": item, "key": list(key), "value": after.get((item, key))} for item, key in keys]


CALLS = {
    "TfgridModule.userAcceptTc": Chain.user_accept_tc,
    "TfgridModule.createTwin": Chain.create_twin,
    "TfgridModule.updateTwin": Chain.update_twin,
    "TfgridModule.bondTwinAccount": Chain.bond_twin_account,
    "TfgridModule.createFarm": Chain.create_farm,
    "TfgridModule.updateFarm": Chain.update_farm,
    "TfgridModule.addStellarPayoutV2address": Chain.add_stellar_payout_v2address,
    "TfgridModule.addFarmIp": Chain.add_farm_ip,
    "TfgridModule.removeFarmIp": Chain.remove_farm_ip,
    "SmartContractModule.createNameContract": Chain.create_name_contract,
    "SmartContractModule.cancelContract": Chain.cancel_contract,
}
EVENTS = {
    "TfgridModule": "TwinStored TwinUpdated TwinAccountBounded FarmStored FarmUpdated FarmPayoutV2AddressRegistered",
    "SmartContractModule": "ContractCreated ContractBilled NameContractCanceled",
}
ITEMS = {
    "TfgridModule": "UsersTermsAndConditions TwinID Twins TwinIdByAccountID TwinBoundedAccountID FarmID Farms FarmIdByName "
    "FarmPayoutV2AddressByFarmID",
    "SmartContractModule": "ContractID Contracts ContractLock ContractIDByNameRegistration ContractsToBillAt BillingFrequency",
}


def full_names(table):
    return [f"{pallet}.{name}" for pallet, names in table.items() for name in names.split()]


def serve(chain_class=Chain, name="tfgrid.py"):
    chain = None
    for line in sys.stdin:
        request = json.loads(line)
        reply = {"id": request["id"]}
        try:
            if request["do"] == "hello":
                reply["answer"] = {
                    "protocol": 1,
                    "name": name,
                    "specVersion": 144,
                    "genesis": ["default"],
                    "calls": list(CALLS),
                    "events": full_names(EVENTS),
                    "items": full_names(ITEMS),
                    "fees": "ignored",
                }
            elif request["do"] == "reset":
                chain = chain_class(request["storage"], request["number"], request["timeMs"])
                reply["answer"] = {}
            elif request["do"] == "call":
                reply["answer"] = chain.call(request["call"], request["who"], request["args"])
            else:
                reply["answer"] = chain.advance(request["number"], request["timeMs"])
        except Unsupported as why:
            reply["unsupported"] = str(why)
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    serve()
