"""The rows of a CSV file, as Python reads them when it is strict."""

import csv
import json
import sys

with open(sys.argv[1], newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file, strict=True))
assert all(None not in row and None not in row.values() for row in rows), "a row has another length"
json.dump(rows, sys.stdout)
