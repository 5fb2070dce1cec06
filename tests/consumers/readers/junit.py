"""What junitparser understands of a JUnit file, and whether the counts in it are right."""

import json
import sys

from junitparser import Error, Failure, JUnitXml, Skipped

report = JUnitXml.fromfile(sys.argv[1])
stated = [(it.name, it.tests, it.failures, it.errors, it.skipped) for it in report]
total = (report.tests, report.failures, report.errors, report.skipped)
report.update_statistics()
counted = [(it.name, it.tests, it.failures, it.errors, it.skipped) for it in report]
assert stated == counted, (stated, counted)
assert total == (report.tests, report.failures, report.errors, report.skipped), total

kinds = {Failure: "failure", Error: "error", Skipped: "skipped"}
cases = []
for suite in report:
    for case in suite:
        results = [(kinds[type(it)], it.message) for it in case.result]
        cases.append({"name": case.name, "class": case.classname, "results": results})
json.dump(cases, sys.stdout)
