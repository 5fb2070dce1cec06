"""Holds events against the published schema of OCSF and against the models that others write with."""

import json
import sys

from jsonschema import Draft202012Validator
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema
from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding

schema = OcsfJsonSchemaEmbedded(get_ocsf_schema("1.5.0")).get_class_schema("compliance_finding")
validator = Draft202012Validator(schema)
# The oracle can refuse.
assert list(validator.iter_errors({"class_uid": 2003, "owned": True}))

events = []
with open(sys.argv[1], encoding="utf-8", newline="\n") as file:
    for line in file:
        event = json.loads(line)
        validator.validate(event)
        finding = ComplianceFinding.model_validate(event)
        events.append([finding.finding_info.uid, finding.status_id, finding.compliance.status_id])
json.dump(events, sys.stdout)
