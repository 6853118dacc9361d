"""What the tools' own libraries make of the files of deploy/: reads a request (JSON) and answers it (JSON).

hcl FOLDER       the module as python-hcl2 reads it, all files together
rock FILE        mistakes of a rockcraft.yaml by the models of craft-application and craft-parts
cyclonedx FILE   mistakes of a list of contents by CycloneDX's JSON Schema, strictly
"""

import json
import pathlib
import sys
from typing import Any, Literal


def hcl(folder: str) -> dict[str, Any]:
    import hcl2

    def plain(value: Any) -> Any:
        """Without the quotes that python-hcl2 keeps around texts, and its notes on comments."""
        if isinstance(value, dict):
            return {plain(key): plain(each) for key, each in value.items() if not key.startswith("__")}
        if isinstance(value, list):
            return [plain(each) for each in value]
        return value[1:-1] if isinstance(value, str) and value[:1] == value[-1:] == '"' else value

    module: dict[str, Any] = {}
    for file in sorted(pathlib.Path(folder).glob("*.tf")):
        with file.open() as text:
            for kind, blocks in plain(hcl2.load(text)).items():
                if isinstance(blocks, list):
                    module.setdefault(kind, []).extend(blocks)
    return module


def rock(file: str) -> list[str]:
    import pydantic
    import yaml
    from craft_application.models import Project

    class Rock(Project):
        """The keys that rockcraft adds to those of every craft; `bare` is its own base."""

        base: Literal["bare", "ubuntu@24.04"]
        build_base: Literal["ubuntu@24.04"]
        run_user: Literal["_daemon_"]
        environment: dict[str, str]
        services: dict[str, dict[str, Any]]

    with open(file) as text:
        values = yaml.safe_load(text)
    try:
        Rock.model_validate(values)
    except pydantic.ValidationError as error:
        return [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
    return []


def cyclonedx(file: str) -> list[str]:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    error = JsonStrictValidator(SchemaVersion.V1_5).validate_str(pathlib.Path(file).read_text())
    return [] if error is None else [str(error)]


json.dump(globals()[sys.argv[1]](sys.argv[2]), sys.stdout)
