#!/usr/bin/env python3
"""Checks a draw of a SwiftDrop shop: computes it again from what the shop published.

Written from docs/fairness.md alone, with Python's standard library (3.9 or newer). Only the signature of
the beacon needs a package: pip install py_ecc==8.0.0. Without it all else is checked, a line says that
this was not, and the program ends with 3.

  verify_draw.py https://shop.example evt_0123456789ab
  verify_draw.py https://shop.example evt_0123456789ab --receipt receipt.txt
  verify_draw.py --draw draw.json --entries entries.ndjson --keys jwks.json

Ends with 0 if all holds, 1 if something does not, 2 if there is nothing to check (an address that does
not answer, a file that is not there), 3 if all holds that could be checked.
"""
import argparse
import base64
import contextlib
import functools
import hashlib
import hmac
import itertools
import json
import re
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta

QUICKNET = {
    'chain': '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
    'publicKey': '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451'
    '0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
}
GENESIS_MS = {'drand': 1_692_803_367_000, 'local': 0}
ROUND_MS = 3_000
CURVE_DOMAIN = b'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'
TYPES = {'receipt': 'swiftdrop-receipt', 'statement': 'swiftdrop-draw'}
STATUSES = ('open', 'locked', 'waiting_for_beacon', 'drawn', 'given_up')
RESULT = ('seed', 'randomness', 'signature', 'ranking', 'drawnAt')
INSTANT = re.compile('[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z')
DOCUMENT_BYTES_MAX = 4_000_000
LINE_BYTES_MAX = 4_096
RECORDS_MAX = 2_000_000
READS_MAX = 3
READ_SECONDS = 6
SECONDS_MAX = 60
COUNT_STEPS_MAX = 60
STEP_SECONDS = [1, 5, 15, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400]
INTEGER_MAX = 2**53 - 1


class Malformed(Exception):
    """What cannot be read."""


class Report:
    """What was found, each code of docs/fairness.md once with its first place, and a line for each check."""

    def __init__(self):
        self.findings = {}
        self.lines = []
        self.unchecked = []

    def step(self, name, kind, check):
        """
        Makes a check, which yields what it finds and returns a word on what holds.
        `kind` is what it reads: draw, record, statement, receipt or keys. True where nothing was found.
        """
        found, word = {}, None
        try:
            word = yield_into(found, check)
        except Malformed as problem:
            found[f'{kind}_malformed'] = str(problem)
        for code, where in found.items():
            self.findings.setdefault(code, where)
            self.lines.append(f'REFUSED  {name}: {code}: {where}')
        if not found:
            self.lines.append(f'ok       {name}' + (f': {word}' if word else ''))
        return not found

    def leave_out(self, name, why):
        self.unchecked.append(name)
        self.lines.append(f'NOT CHECKED  {name}: {why}')


def yield_into(found, check):
    while True:
        try:
            code, where = next(check)
        except StopIteration as end:
            return end.value
        found.setdefault(code, where)


# --- values -------------------------------------------------------------------------------------------------


def member(container, key, kind):
    value = container.get(key) if isinstance(container, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise Malformed(f'{key} is {value!r:.80}')
    return value


def integer(container, key, least=0):
    value = member(container, key, int)
    if not least <= value <= INTEGER_MAX:
        raise Malformed(f'{key} is {value}')
    return value


def text(container, key):
    value = member(container, key, str)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Malformed(f'{key} is no text') from None
    return value


def hexadecimal(container, key, size=None):
    value = text(container, key)
    if not re.fullmatch('([0-9a-f]{2})*', value) or size not in (None, len(value) // 2):
        raise Malformed(f'{key} is {value!r:.80}')
    return value


def instant(container, key):
    """Milliseconds since 1970 of a time as 2026-12-01T10:00:00.000Z."""
    value = text(container, key)
    try:
        if not INSTANT.fullmatch(value):
            raise ValueError
        return (datetime.fromisoformat(value[:-1]) - datetime(1970, 1, 1)) // timedelta(milliseconds=1)
    except ValueError:
        raise Malformed(f'{key} is {value!r:.80}') from None


def read_json(source, what):
    try:
        return json.loads(source)
    except (ValueError, RecursionError):
        raise Malformed(f'{what} is no JSON') from None


def same(left, right):
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


# --- bytes --------------------------------------------------------------------------------------------------


def field(value):
    raw = value if isinstance(value, bytes) else str(value).encode()
    return len(raw).to_bytes(4, 'big') + raw


def joined(*values):
    return b''.join(map(field, values))


def sha256(raw):
    return hashlib.sha256(raw).digest()


class Start:
    """Record 0."""

    def __init__(self, start):
        beacon, items = member(start, 'beacon', dict), member(start, 'items', list)
        self.event_id, self.number = text(start, 'eventId'), integer(start, 'number', 1)
        self.starts_ms, self.close_ms = integer(start, 'startsAtMs'), integer(start, 'entriesCloseAtMs')
        self.beacon = {
            'kind': text(beacon, 'kind'), 'chain': hexadecimal(beacon, 'chain'),
            'publicKey': hexadecimal(beacon, 'publicKey'), 'round': integer(beacon, 'round', 1),
            'roundAtMs': integer(beacon, 'roundAtMs'),
        }  # fmt: skip
        self.items = [text(item, 'eventItemId') for item in items]
        if len(set(self.items)) != len(self.items):
            raise Malformed('an item is in record 0 twice')
        fields = ['swiftdrop draw 1', 'start', self.event_id, self.number, self.starts_ms, self.close_ms]
        fields += self.beacon.values()
        fields += [integer(start, 'offerSeconds'), text(start, 'payment'), text(start, 'currency'), len(items)]
        for item in items:
            fields.append(item['eventItemId'])
            fields += [integer(item, key) for key in ('stock', 'priceMinor', 'limitPerCustomer')]
        self.record = joined(*fields)


# --- the beacon ---------------------------------------------------------------------------------------------


def check_beacon(beacon):
    kind = beacon['kind']
    if kind not in GENESIS_MS:
        yield 'beacon_unknown', f'of kind {kind!r:.80}'
        return None
    if kind == 'drand' and any(beacon[key] != value for key, value in QUICKNET.items()):
        yield 'beacon_chain_wrong', 'not the chain and the key of quicknet'
    if kind == 'local' and beacon['chain'] != sha256(bytes.fromhex(beacon['publicKey'])).hex():
        yield 'beacon_chain_wrong', 'the chain is not the hash of the key'
    if beacon['roundAtMs'] != GENESIS_MS[kind] + (beacon['round'] - 1) * ROUND_MS:
        yield 'round_time_wrong', f'round {beacon["round"]} is not due at {beacon["roundAtMs"]}'
    return kind + (' (proves nothing to outsiders)' if kind == 'local' else '')


def check_round(start, beside):
    beacon = start.beacon
    if not same(beacon, beside):
        yield 'beacon_differs', 'beside record 0 is another one'
    if start.close_ms > beacon['roundAtMs']:
        yield 'entries_close_late', 'after the round is due'
    if beacon['kind'] in GENESIS_MS:
        first = max(1, -((GENESIS_MS[beacon['kind']] - start.starts_ms) // ROUND_MS) + 1)
        if beacon['round'] != first:
            yield 'round_wrong', f'{beacon["round"]} instead of {first}'
    seconds = (beacon['roundAtMs'] - start.close_ms) / 1_000
    return f'{beacon["round"]}, due {seconds:g} s after entries close'


def has_bls():
    try:
        import py_ecc.bls.hash_to_curve  # noqa: F401
    except ImportError:
        return False
    return True


@functools.lru_cache(maxsize=1_000)
def is_signed_by_beacon(public_key, round_number, signature):
    from py_ecc.bls.g2_primitives import subgroup_check
    from py_ecc.bls.hash_to_curve import hash_to_G1
    from py_ecc.bls.point_compression import decompress_G1, decompress_G2
    from py_ecc.optimized_bls12_381 import FQ12, G2, final_exponentiate, is_inf, neg, pairing

    if len(public_key) != 96 or len(signature) != 48:
        return False
    try:
        key = decompress_G2((int.from_bytes(public_key[:48], 'big'), int.from_bytes(public_key[48:], 'big')))
        point = decompress_G1(int.from_bytes(signature, 'big'))
    except ValueError:
        return False
    if any(is_inf(each) or not subgroup_check(each) for each in (key, point)):
        return False
    message = hash_to_G1(sha256(round_number.to_bytes(8, 'big')), CURVE_DOMAIN, hashlib.sha256)
    product = pairing(G2, point, False) * pairing(neg(key), message, False)
    return final_exponentiate(product) == FQ12.one()


def check_signature(draw, beacon):
    signature = bytes.fromhex(hexadecimal(draw, 'signature'))
    if not is_signed_by_beacon(bytes.fromhex(beacon['publicKey']), beacon['round'], signature):
        yield 'signature_wrong', f'not of round {beacon["round"]}'


def check_randomness(draw):
    if sha256(bytes.fromhex(hexadecimal(draw, 'signature'))).hex() != hexadecimal(draw, 'randomness', 32):
        yield 'randomness_wrong', 'not the hash of the signature'


# --- the records --------------------------------------------------------------------------------------------


class Entry:
    __slots__ = ('has_left', 'rank', 'seq', 'wish')

    def __init__(self, wish, seq, rank):
        self.wish, self.seq, self.rank, self.has_left = wish, seq, rank, False


class Chain:
    """What the records say, read one after the other. `noted` are ids of which a receipt was shown."""

    def __init__(self, start, is_drawn, noted, counts):
        self.counts = counts
        self.head = sha256(bytes(32) + start.record)
        self.start, self.is_drawn = start, is_drawn
        self.items = set(start.items)
        self.entries, self.records, self.at_ms = {}, 0, 0
        self.noted = dict.fromkeys(noted)

    def read_all(self, lines):
        for line in lines:
            if len(line) > LINE_BYTES_MAX:
                raise Malformed(f'a line of more than {LINE_BYTES_MAX} bytes')
            if self.records == RECORDS_MAX:
                yield 'too_many_records', f'more than {RECORDS_MAX}'
                return None
            yield from self.read(line)
        return f'{self.records}, {len(self.entries)} entries'

    def read(self, line):
        record = read_json(line, f'record {self.records + 1}')
        seq, kind, entry_id = integer(record, 'seq', 1), text(record, 'kind'), text(record, 'entryId')
        wish = (text(record, 'eventItemId'), integer(record, 'quantity', 1), integer(record, 'minQuantity', 1))
        at_ms, head = instant(record, 'at'), hexadecimal(record, 'head', 32)
        rank = None if record.get('rank') is None else integer(record, 'rank', 1)
        self.records += 1
        where = f'record {self.records}'
        if seq != self.records:
            yield 'sequence_wrong', f'{where} has number {seq}'
        self.head = sha256(self.head + joined(kind, seq, entry_id, *wish, at_ms))
        if self.head.hex() != head:
            yield 'record_head_wrong', where
        if at_ms < self.at_ms:
            yield 'time_backwards', where
        if at_ms >= self.start.close_ms:
            yield 'record_after_lock', where
        self.at_ms = at_ms
        if self.counts:
            self.counts.add(kind, at_ms, self.start.close_ms)
        if wish[0] not in self.items:
            yield 'item_unknown', where
        if rank is not None and not self.is_drawn:
            yield 'result_early', f'{where} has a rank'
        if kind == 'enter':
            yield from self.enter(entry_id, Entry(wish, seq, rank), record['at'])
        elif kind == 'leave':
            yield from self.leave(entry_id, wish, rank)
        else:
            yield 'kind_unknown', where

    def enter(self, entry_id, entry, at):
        if entry_id in self.entries:
            yield 'entered_twice', f'record {self.records}'
            return
        self.entries[entry_id] = entry
        if entry_id in self.noted:
            self.noted[entry_id] = {
                'eventItemId': entry.wish[0], 'seq': entry.seq, 'head': self.head.hex(), 'enteredAt': at,
            }  # fmt: skip

    def leave(self, entry_id, wish, rank):
        where, entry = f'record {self.records}', self.entries.get(entry_id)
        if entry is None:
            yield 'left_without_entering', where
            return
        if entry.has_left:
            yield 'left_twice', where
        if entry.wish != wish:
            yield 'entry_changed', where
        if rank is not None:
            yield 'rank_of_left', where
        entry.has_left = True


class Counts:
    """The counts over time as they are published, and counted again."""

    def __init__(self, published):
        self.records, self.steps = integer(published, 'records', 1), integer(published, 'stepSeconds', 1)
        self.from_ms = instant(published, 'from')
        self.published = {kind: self.numbers(published, kind) for kind in ('entered', 'left')}
        self.taken, self.plan, self.again = 0, None, {'entered': [], 'left': []}
        self.is_right = True

    @staticmethod
    def numbers(published, kind):
        values = member(published, kind, list)
        if len(values) > COUNT_STEPS_MAX:
            raise Malformed(f'{kind} has {len(values)} steps')
        return [integer({kind: value}, kind) for value in values]

    @staticmethod
    def planned(first_ms, close_ms):
        """When the first step begins, how long each is, and how many there are."""
        doubled_days = (86_400 << times for times in itertools.count(1))
        for seconds in itertools.chain(STEP_SECONDS, doubled_days):
            step_ms = seconds * 1_000
            first = first_ms // step_ms
            count = max(1, -(-close_ms // step_ms) - first)
            if count <= COUNT_STEPS_MAX:
                return first * step_ms, seconds, count

    def add(self, kind, at_ms, close_ms):
        if self.taken == self.records:
            return
        self.taken += 1
        if self.plan is None:
            self.plan = self.planned(at_ms, close_ms)
            self.again = {kind: [0] * self.plan[2] for kind in self.again}
        from_ms, seconds, count = self.plan
        step = (at_ms - from_ms) // (seconds * 1_000)
        if 0 <= step < count:
            self.again['entered' if kind == 'enter' else 'left'][step] += 1
        else:
            self.is_right = False


def check_counts_over_time(draw, counts):
    is_open = draw['status'] == 'open'
    if counts.records > draw['records'] or not is_open and counts.records != draw['records']:
        yield 'counts_wrong', f'of {counts.records} records, and there are {draw["records"]}'
    if counts.plan and (counts.from_ms, counts.steps) != counts.plan[:2]:
        yield 'counts_wrong', f'steps of {counts.plan[1]} s from {counts.plan[0]} on are right'
    # While people enter, the list may be a little older.
    if not (is_open and counts.taken < counts.records):
        for kind in counts.again:
            if not counts.is_right or counts.again[kind] != counts.published[kind]:
                yield 'counts_wrong', f'{counts.again[kind]} {kind}'
    return f'{len(counts.again["entered"])} steps of {counts.steps} s'


def check_no_records(draw, lines):
    """Of a draw that nobody has entered. While it is open, somebody may have since it was read."""
    if draw['status'] != 'open' and next(iter(lines), None) is not None:
        yield 'records_differ', 'there are records, and no record 0'


def check_counts(draw, chain):
    if draw['records'] != chain.records:
        yield 'records_differ', f'{draw["records"]} instead of {chain.records}'
    if draw['entries'] != len(chain.entries):
        yield 'entries_differ', f'{draw["entries"]} instead of {len(chain.entries)}'
    if draw['head'] != chain.head.hex():
        yield 'head_wrong', f'{chain.head.hex()} is computed'
    return chain.head.hex()


# --- the result ---------------------------------------------------------------------------------------------


def check_result(draw, is_drawn, start):
    """Whether there is one where there should be. A draw that nobody entered has none."""
    for key in RESULT:
        is_there = draw.get(key) is not None
        if is_drawn and start is not None and not is_there:
            yield 'result_missing', key
        if is_there and (not is_drawn or start is None and key != 'drawnAt'):
            yield 'result_early', key


def check_seed(draw, start, chain):
    randomness = bytes.fromhex(hexadecimal(draw, 'randomness', 32))
    seed = sha256(joined('swiftdrop draw 1 seed', start.record, chain.head, randomness))
    if hexadecimal(draw, 'seed', 32) != seed.hex():
        yield 'seed_wrong', f'{seed.hex()} is computed'
    return seed.hex()


def check_ranks(draw, start, chain):
    seed = bytes.fromhex(hexadecimal(draw, 'seed', 32))
    queues = {item: [] for item in start.items}
    for entry_id, entry in chain.entries.items():
        if entry.has_left and entry.rank is not None:
            yield 'rank_of_left', f'record {entry.seq}'
        if not entry.has_left and entry.wish[0] in queues:
            queues[entry.wish[0]].append((hmac.digest(seed, entry_id.encode(), 'sha256'), entry_id))
    ranking = field('swiftdrop draw 1 ranking')
    for item, queue in queues.items():
        queue.sort()
        ranking += joined(item, len(queue), *(entry_id for _, entry_id in queue))
        for rank, (_, entry_id) in enumerate(queue, 1):
            entry = chain.entries[entry_id]
            if entry.rank is None:
                yield 'rank_missing', f'record {entry.seq}'
            elif entry.rank != rank:
                yield 'rank_wrong', f'record {entry.seq} has rank {rank}'
    if hexadecimal(draw, 'ranking', 32) != sha256(ranking).hex():
        yield 'ranking_wrong', f'{sha256(ranking).hex()} is computed'
    return f'{sum(map(len, queues.values()))}'


# --- signed texts: ECDSA with SHA-256 on the curve P-256 ----------------------------------------------------

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def doubled(point):
    """Points are in Jacobian coordinates; None is the point at infinity."""
    if point is None:
        return None
    x, y, z = point
    slope, scaled = 3 * (x - z * z) * (x + z * z) % P, 4 * x * y * y % P
    new_x = (slope * slope - 2 * scaled) % P
    return new_x, (slope * (scaled - new_x) - 8 * y**4) % P, 2 * y * z % P


def added(left, right):
    if left is None or right is None:
        return left or right
    (x1, y1, z1), (x2, y2, z2) = left, right
    u1, u2, s1, s2 = x1 * z2 * z2 % P, x2 * z1 * z1 % P, y1 * z2**3 % P, y2 * z1**3 % P
    if u1 == u2:
        return doubled(left) if s1 == s2 else None
    h, slope = u2 - u1, s2 - s1
    new_x = (slope * slope - h**3 - 2 * u1 * h * h) % P
    return new_x, (slope * (u1 * h * h - new_x) - s1 * h**3) % P, h * z1 * z2 % P


@functools.lru_cache(maxsize=1_000)
def is_signed(key, message, signature):
    """The signature is r and s, 32 bytes each."""
    r, s = int.from_bytes(signature[:32], 'big'), int.from_bytes(signature[32:], 'big')
    if key is None or len(signature) != 64 or not (0 < r < N and 0 < s < N):
        return False
    inverse = pow(s, -1, N)
    of_g, of_key = int.from_bytes(sha256(message), 'big') * inverse % N, r * inverse % N
    table = (None, (*G, 1), (*key, 1), added((*G, 1), (*key, 1)))
    point = None
    for bit in range(255, -1, -1):
        point = added(doubled(point), table[(of_g >> bit & 1) + 2 * (of_key >> bit & 1)])
    return point is not None and point[0] * pow(point[2], -2, P) % P % N == r


def from_base64url(value):
    if not re.fullmatch('[A-Za-z0-9_-]*', value) or len(value) % 4 == 1:
        raise Malformed('what should be base64url is not')
    return base64.urlsafe_b64decode(value + '=' * (-len(value) % 4))


def check_keys(published, found):
    """Fills in the keys by their kid."""
    for key in member(published, 'keys', list):
        text(key, 'kty')
        if isinstance(key.get('kid'), str):
            found.setdefault(key['kid'], key)
    return f'{len(found)}'
    yield


def point_of(key):
    """None for what is no key of P-256."""
    try:
        x, y = (int.from_bytes(from_base64url(text(key, axis)), 'big') for axis in 'xy')
    except Malformed:
        return None
    is_ours = (key.get('kty'), key.get('crv')) == ('EC', 'P-256')
    return (x, y) if is_ours and x < P and y < P and (y * y - x**3 + 3 * x - B) % P == 0 else None


def read_claims(token):
    """What a compact JWS says, whoever signed it."""
    parts = token.split('.')
    if len(parts) != 3 or not all(parts):
        raise Malformed('a signed text has not three parts')
    header, claims = (read_json(from_base64url(part), 'a signed text') for part in parts[:2])
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise Malformed('a signed text has no object')
    from_base64url(parts[2])
    return header, claims


def check_signed(what, token, keys):
    """That a receipt or a statement is one, and signed by a published key."""
    header, _ = read_claims(token)
    typ, kid = header.get('typ'), header.get('kid')
    if typ != TYPES[what]:
        yield f'{what}_type_wrong', f'typ is {typ!r:.80}'
    message, _, signature = token.rpartition('.')
    if header.get('alg') != 'ES256' or 'crit' in header or not isinstance(kid, str):
        yield f'{what}_signature_wrong', 'not by ES256 and a key with a name'
    elif kid not in keys:
        yield f'{what}_key_unknown', f'{kid!r:.80}'
    elif not is_signed(point_of(keys[kid]), message.encode(), from_base64url(signature)):
        yield f'{what}_signature_wrong', 'not of this text'


def statement_says(kind, draw, start):
    """What a statement must say of a draw, beside its type."""
    says = {
        'version': 1, 'eventId': start.event_id, 'number': start.number, 'start': sha256(start.record).hex(),
        'records': draw.get('records'), 'entries': draw.get('entries'), 'head': draw.get('head'),
    }  # fmt: skip
    if kind == 'locked':
        return {**says, 'beacon': start.beacon, 'lockedAt': draw.get('lockedAt')}
    if kind == 'drawn':
        return {**says, **{key: draw.get(key) for key in RESULT}}
    given_up = draw.get('givenUp') or {}
    return {**says, 'reason': given_up.get('reason'), 'givenUpAt': given_up.get('at')}


def check_statement(token, keys, draw, start, locked):
    """`locked` is the text of the statement of the lock, where there is one."""
    yield from check_signed('statement', token, keys)
    header, claims = read_claims(token)
    kind = claims.get('type')
    if kind not in ('locked', 'drawn', 'given_up'):
        if header.get('typ') == TYPES['statement']:
            raise Malformed(f'type is {kind!r:.80}')
        return None
    says = statement_says(kind, draw, start)
    if kind == 'drawn':
        says['locked'] = locked and sha256(locked.encode()).hex()
    for key, value in says.items():
        if value is not None and not isinstance(claims.get(key), type(value)):
            raise Malformed(f'{kind}: {key} is {claims.get(key)!r:.80}')
        if value is None or not same(claims[key], value):
            yield 'statement_differs', f'{kind}: {key} is {claims.get(key)!r:.80}'
    return kind


def kind_of(token):
    try:
        return read_claims(token)[1].get('type')
    except Malformed:
        return None


def check_set(draw, start, kinds):
    """Which statements there are."""
    for kind in ('locked', 'drawn', 'given_up'):
        if kinds.count(kind) > 1:
            yield 'statement_twice', kind
        if draw['status'] == 'drawn' and start is not None and kind != 'given_up' and kind not in kinds:
            yield 'statement_missing', kind
    newest = draw['statements'][-1] if draw['statements'] else None
    if draw.get('statement') != newest:
        yield 'statement_differs', '`statement` is not the newest one'
    return ', '.join(kinds) or 'none yet'


def check_receipt(token, keys, event_id, chain):
    yield from check_signed('receipt', token, keys)
    header, claims = read_claims(token)
    if header.get('typ') != TYPES['receipt'] and 'entryId' not in claims:
        return None
    entry_id, event_of = text(claims, 'entryId'), text(claims, 'eventId')
    said = {'eventItemId': text(claims, 'eventItemId'), 'seq': integer(claims, 'seq', 1)}
    said |= {'head': hexadecimal(claims, 'head', 32), 'enteredAt': text(claims, 'enteredAt')}
    instant(claims, 'enteredAt')
    if event_of != event_id:
        yield 'receipt_of_other_event', f'{event_of!r:.80}'
        return None
    record = chain.noted.get(entry_id) if chain else None
    if record is None:
        yield 'receipt_not_in_list', f'{entry_id!r:.80}'
        return None
    for key, value in record.items():
        if said[key] != value:
            yield 'receipt_not_in_list', f'{entry_id}: {key} is {said[key]!r:.80}'
    return f'{entry_id} is record {record["seq"]}'


# --- all together -------------------------------------------------------------------------------------------


def read_draw(answer):
    draw = member(answer, 'draw', dict)
    version, counts = draw.get('version'), draw.get('counts')
    if not same(version, 1):
        return None, version
    if isinstance(counts, dict) and not same(counts.get('version'), 1):
        return None, counts.get('version')
    if text(draw, 'status') not in STATUSES:
        raise Malformed(f'status is {draw["status"]!r:.80}')
    if not all(isinstance(each, str) for each in member(draw, 'statements', list)):
        raise Malformed('a statement is no text')
    return draw, version


def check_form(answer, event_id, found):
    """Fills in the draw, its beacon and record 0."""
    draw, version = read_draw(answer)
    if draw is None:
        yield 'version_unknown', f'{version!r:.80}'
        return None
    named = member(draw, 'beacon', dict)
    beacon = {key: hexadecimal(named, key) for key in ('chain', 'publicKey')}
    beacon |= {'kind': text(named, 'kind'), 'round': integer(named, 'round', 1), 'roundAtMs': instant(named, 'roundAt')}
    start = None if draw.get('start') is None else Start(draw['start'])
    if draw.get('number') != (start and start.number):
        raise Malformed(f'number is {draw.get("number")!r:.80}')
    counts = integer(draw, 'records'), integer(draw, 'entries')
    over_time = draw.get('counts')
    if start is None and (any(counts) or draw.get('head') is not None or draw['statements'] or over_time is not None):
        raise Malformed('something happened, and there is no record 0')
    if draw.get('head') is not None:
        hexadecimal(draw, 'head', 32)
    if start is not None and event_id not in (None, start.event_id):
        yield 'draw_of_other_event', f'{start.event_id!r:.80}'
    # A draw that was saved before there were any has none.
    found.update(draw=draw, beacon=beacon, start=start, counts=None if over_time is None else Counts(over_time))
    return f'draw {start.number}, {draw["status"]}' if start else f'{draw["status"]}, nobody entered'


def check_chain(report, found, lines, noted):
    draw, start = found['draw'], found['start']
    is_drawn = draw['status'] == 'drawn'
    if start is None:
        report.step('records', 'record', check_no_records(draw, lines))
        return None
    report.step('beacon', 'draw', check_beacon(start.beacon))
    report.step('round', 'draw', check_round(start, found['beacon']))
    counts = found['counts']
    chain = Chain(start, is_drawn, noted, counts)
    if draw['status'] == 'open':  # Since it was read, more may have entered.
        lines = itertools.islice(lines, draw['records'])
    if not report.step('records', 'record', chain.read_all(lines)) and {
        'record_malformed', 'too_many_records'
    } & report.findings.keys():  # fmt: skip
        return None
    report.step('head', 'draw', check_counts(draw, chain))
    if counts:
        report.step('counts over time', 'draw', check_counts_over_time(draw, counts))
    if is_drawn and 'result_missing' not in report.findings:
        if has_bls():
            report.step('signature of the beacon', 'draw', check_signature(draw, start.beacon))
        else:
            report.leave_out('signature of the beacon', 'pip install py_ecc==8.0.0')
        report.step('randomness', 'draw', check_randomness(draw))
        report.step('seed', 'draw', check_seed(draw, start, chain))
        report.step('ranks', 'draw', check_ranks(draw, start, chain))
    return chain


def noted_ids(receipts):
    for receipt in receipts:
        with contextlib.suppress(Malformed):
            entry_id = read_claims(receipt)[1].get('entryId')
            if isinstance(entry_id, str):
                yield entry_id


def check(answer, lines, published, receipts=(), event_id=None):
    """
    Checks a draw. `answer` is what GET /api/v1/events/{id}/draw gave, `lines` those of its entries,
    `published` the set of keys, all three read from JSON but the lines.
    """
    report, found, keys = Report(), {}, {}
    report.step('keys', 'keys', check_keys(published, keys))
    report.step('form', 'draw', check_form(answer, event_id, found))
    if not found:
        return report
    draw, start = found['draw'], found['start']
    report.step('result', 'draw', check_result(draw, draw['status'] == 'drawn', start))
    chain = check_chain(report, found, lines, noted_ids(receipts))
    kinds = [kind_of(token) for token in draw['statements']]
    locked = next((token for token, kind in zip(draw['statements'], kinds) if kind == 'locked'), None)
    for token in draw['statements'] if start else []:
        report.step('statement', 'statement', check_statement(token, keys, draw, start, locked))
    report.step('statements', 'statement', check_set(draw, start, [str(kind) for kind in kinds]))
    for receipt in receipts:
        report.step('receipt', 'receipt', check_receipt(receipt, keys, start.event_id if start else event_id, chain))
    return report


def long_lines(stream):
    """The lines of a stream, of which none is read further than a record may be long."""
    return filter(bytes.strip, iter(lambda: stream.readline(LINE_BYTES_MAX + 1), b''))


def fetch(url):
    return urllib.request.urlopen(url, timeout=SECONDS_MAX)


def check_at(base, event_id, receipts):
    """Reads all again where something is wrong: the draw may have gone on, and caches are seconds late."""
    address = f'{base.rstrip("/")}/api/v1/events/{event_id}/draw'
    for read in range(READS_MAX):
        if read > 0:
            time.sleep(READ_SECONDS)
        answer = load(fetch(address))
        with fetch(f'{address}/entries') as entries:
            published = load(fetch(f'{base.rstrip("/")}/.well-known/jwks.json'))
            report = check(answer, long_lines(entries), published, receipts, event_id)
        if not report.findings:
            break
    return report


def load(stream):
    with stream:
        return json.loads(stream.read(DOCUMENT_BYTES_MAX))


def read_receipt(given):
    """A receipt, or the file with one."""
    if given.count('.') == 2 and '/' not in given:
        return given
    with open(given) as file:
        return file.read(LINE_BYTES_MAX).strip()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('url', nargs='?', help='of the shop')
    parser.add_argument('event', nargs='?', help='id of the event')
    for name in ('draw', 'entries', 'keys'):
        parser.add_argument(f'--{name}', metavar='FILE', help='saved before')
    parser.add_argument('--receipt', action='append', default=[], help='a receipt or its file; may be repeated')
    given = parser.parse_args()
    files = [given.draw, given.entries, given.keys]
    if not (all(files) if given.event is None else not any(files)) or (given.url and not given.event):
        parser.error('give the address of a shop and an event, or three files')
    return given


def main():
    given = arguments()
    try:
        receipts = [read_receipt(each) for each in given.receipt]
        if given.event:
            report = check_at(given.url, given.event, receipts)
        else:
            with open(given.entries, 'rb') as entries:
                draw, keys = (load(open(path, 'rb')) for path in (given.draw, given.keys))
                report = check(draw, long_lines(entries), keys, receipts)
    except (OSError, ValueError) as problem:
        print(f'nothing to check: {problem}', file=sys.stderr)
        return 2
    print('\n'.join(report.lines))
    if report.findings:
        print(f'REFUSED: {", ".join(report.findings)}')
        return 1
    print(f'all holds except what was not checked: {", ".join(report.unchecked)}' if report.unchecked else 'all holds')
    return 3 if report.unchecked else 0


if __name__ == '__main__':
    sys.exit(main())
