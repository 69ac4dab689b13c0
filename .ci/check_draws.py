#!/usr/bin/env python3
"""Holds docs/verify_draw.py and the page's checker to draws of which it is known what must be found. Started by
.ci/draws.

  check_draws.py FILE              draws of .ci/write-draws.ts, with what the page found: both must hold honest
                                   ones for right, and refuse each tampered one by its code
  check_draws.py FILE --table      prints each of them, by the clause of docs/fairness.md that it breaks
  check_draws.py --shop URL EVENT  a draw that a shop made must hold, and no copy of it in which one value
                                   or one record is changed
"""
import argparse
import collections
import copy
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'docs'))
import verify_draw

# What became of an entry, which nothing proves.
UNPROVEN = ('outcome', 'reason')
RECORDS_TAMPERED_MAX = 20
LIST_BYTES_MAX = 100_000_000


def findings(case):
    lines = (line.encode() for line in case['lines'])
    report = verify_draw.check({'draw': case['draw']}, lines, case['keys'], case['receipts'], case['eventId'])
    return list(report.findings)


def verdict(found, code):
    """The code by which it should be refused where that was found, else the first one that was."""
    return code if code in found else found[0] if found else 'accepted'


def row(case):
    """Of the table: whether all is right, the field or area, what was changed, and what either checker says."""
    area, _, changed = case['name'].partition(': ')
    said = verdict(case['page'], case['code']), verdict(findings(case), case['code'])
    is_right = set(said) == {case['code'] or 'accepted'}
    return 'ok' if is_right else 'WRONG', case.get('field') or area, changed or 'nothing', *said


def print_rows(rows):
    widths = [max(map(len, column)) for column in zip(*rows)]
    for each in rows:
        print('  '.join(value.ljust(width) for value, width in zip(each, widths)).rstrip())


def check_written(path, is_table):
    clauses = collections.defaultdict(list)
    with open(path, encoding='utf-8') as draws:
        for case in map(json.loads, draws):
            clauses[case['clause']].append(row(case))
    heading = ('', 'field or area', 'what was changed', 'page', 'verify_draw.py')
    sums = {}
    # Honest ones come first.
    for clause, rows in sorted(clauses.items(), key=lambda pair: -1 if pair[0] is None else pair[0]):
        wrong = [each for each in rows if each[0] != 'ok']
        sums[clause] = len(rows), len(wrong)
        shown = rows if is_table else wrong
        if shown:
            print('\nHonest draws' if clause is None else f'\nClause {clause} of docs/fairness.md')
            print_rows([heading, *shown])
    print()
    wrong = sum(wrong for _, wrong in sums.values())
    honest, _ = sums.pop(None, (0, 0))
    for clause, (count, missed) in sums.items():
        print(f'clause {clause}: {count:3} tampered draws, {count - missed:3} refused by both for the same reason')
    tampered = sum(count for count, _ in sums.values())
    print(f'{honest} honest draws and {tampered} tampered ones, {wrong} wrong')
    return wrong == 0 and honest > 0 and tampered > 0


def read_shop(base, event_id):
    address = f'{base}/api/v1/events/{event_id}/draw'
    with verify_draw.fetch(f'{address}/entries') as entries:
        lines = entries.read(LIST_BYTES_MAX).decode().splitlines()
    draw = verify_draw.load(verify_draw.fetch(address))['draw']
    keys = verify_draw.load(verify_draw.fetch(f'{base}/.well-known/jwks.json'))
    return {'draw': draw, 'lines': lines, 'keys': keys, 'receipts': [], 'eventId': event_id}


def places(value, path=()):
    """Of all values that are no objects and no lists."""
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))
    elif value is not None and not (path and path[-1] in UNPROVEN):
        yield path, value


def changed(value):
    if isinstance(value, int):
        return value + 1
    # The last sign of a signed text has bits that mean nothing.
    at = max(0, len(value) - 2)
    return value[:at] + ('2' if value[at : at + 1] == '1' else '1') + value[at + 1 :]


def with_changed(whole, path, value):
    other = copy.deepcopy(whole)
    inner = other
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = changed(value)
    return other


def tampered(case):
    """Name and copy, each with one thing changed."""
    for path, value in places(case['draw']):
        yield f'draw {path}', {**case, 'draw': with_changed(case['draw'], path, value)}
    lines = case['lines']
    for at in range(0, len(lines), max(1, len(lines) // RECORDS_TAMPERED_MAX)):
        record, rest = json.loads(lines[at]), lines[:at] + lines[at + 1 :]
        for path, value in places(record):
            other = json.dumps(with_changed(record, path, value))
            yield f'record {at + 1} {path}', {**case, 'lines': [*lines[:at], other, *lines[at + 1 :]]}
        yield f'without record {at + 1}', {**case, 'lines': rest}
        yield f'record {at + 1} elsewhere', {**case, 'lines': [*rest[: at // 2], lines[at], *rest[at // 2 :]]}
        yield f'record {at + 1} twice', {**case, 'lines': [*lines[: at + 1], *lines[at:]]}
    for at, statement in enumerate(case['draw']['statements']):
        statements = [each for each in case['draw']['statements'] if each != statement]
        yield f'without statement {at}', {**case, 'draw': {**case['draw'], 'statements': statements}}


def check_shop(base, event_id):
    case = read_shop(base, event_id)
    found = findings(case)
    draw = case['draw']
    print(f'draw {draw["number"]}, {draw["status"]}, of {draw["records"]} records: {", ".join(found) or "all holds"}')
    names = [(name, other) for name, other in tampered(case) if other != case]
    missed = [name for name, other in names if not findings(other)]
    print(f'{len(names)} changed copies, {len(missed)} not refused')
    for name in missed:
        print(f'NOT REFUSED {name}')
    return draw['status'] == 'drawn' and draw['records'] > 0 and not found and not missed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('file', nargs='?')
    parser.add_argument('--table', action='store_true')
    parser.add_argument('--shop', nargs=2, metavar=('URL', 'EVENT'))
    given = parser.parse_args()
    if not verify_draw.has_bls():
        print('py_ecc is missing: without it the signature of the beacon is not checked')
        return 1
    is_right = check_shop(*given.shop) if given.shop else check_written(given.file, given.table)
    return 0 if is_right else 1


if __name__ == '__main__':
    sys.exit(main())
