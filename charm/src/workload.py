"""The container: files, the daemon's commands, its service. What Pebble refuses becomes a sentence."""

import contextlib
import dataclasses
import json
import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

import ops
from ops import pebble

import daemon

logger = logging.getLogger(__name__)

_APPLIED = f"{daemon.CONFIG}/applied"
_COMMAND_SECONDS = 60


class WorkloadError(Exception):
    """The container cannot do what it is asked for; it may pass."""


class DaemonEndsError(WorkloadError):
    """The daemon ends as soon as it is started."""


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """Why it failed, in one line."""
        lines = [line for line in self.err.splitlines() if line.strip()]
        return lines[0].removeprefix("holdfast: ").strip() if lines else f"it ended with {self.code}"


class Workload:
    """The daemon's container."""

    def __init__(self, container: ops.Container):
        self._container = container

    @property
    def ready(self) -> bool:
        """Whether Pebble answers."""
        return self._container.can_connect()

    def run(self, args: Sequence[str], environment: Mapping[str, str], timeout: float = _COMMAND_SECONDS) -> Answer:
        """Run a command of the program, without a shell. Raises WorkloadError."""
        with _told(f"holdfast {args[0]}"):
            process = self._container.exec([daemon.PROGRAM, *args], environment=dict(environment), timeout=timeout)
            try:
                out, err = process.wait_output()
            except pebble.ExecError as error:
                return Answer(error.exit_code, error.stdout or "", error.stderr or "")
            return Answer(0, out or "", err or "")

    def version(self) -> str | None:
        """The program's version; None where it does not say."""
        try:
            answer = self.run(["--version"], {}, timeout=20)
        except WorkloadError:
            return None
        return answer.out.strip() or None

    def apply(self, wanted: daemon.Wanted) -> list[str]:
        """Have the daemon run with this; what is wrong with the policy, in which case the one before stays in force.

        Raises WorkloadError, DaemonEndsError, PolicyTextError.
        """
        policy = daemon.policy(wanted)
        files = daemon.files(wanted)
        whole = daemon.digest({**files, daemon.POLICY: policy})
        is_new = self._read(_APPLIED) != whole
        if is_new:
            self._push(files)
            if mistakes := self.mistakes_in(policy, wanted):
                return mistakes
            self._write(daemon.POLICY, policy)
        restarted = self._replan(daemon.layer(wanted))
        if is_new:
            if not restarted:
                self._reload()
            self._remove_others({*files, daemon.POLICY, _APPLIED})
            self._write(_APPLIED, whole)
        return []

    def mistakes_in(self, policy: str, wanted: daemon.Wanted) -> list[str]:
        """Have the program itself check a policy, in the place where it will lie. Raises WorkloadError."""
        self._write(daemon.CANDIDATE, policy)
        answer = self.run(["policy", "check", daemon.CANDIDATE, "--format", "json"], daemon.environment(wanted))
        return _mistakes(answer)

    def stop(self) -> None:
        """End the daemon, where it runs. Raises WorkloadError."""
        with _told("stopping holdfast"):
            service = self._container.get_services(daemon.NAME).get(daemon.NAME)
            if service is not None and service.is_running():
                self._container.stop(daemon.NAME)

    def runs(self) -> bool:
        """Whether the daemon runs. Raises WorkloadError."""
        with _told("looking after holdfast"):
            service = self._container.get_services(daemon.NAME).get(daemon.NAME)
            return service is not None and service.is_running()

    def _replan(self, layer: dict[str, Any]) -> bool:
        """Whether the daemon was started or restarted by it."""
        with _told("starting holdfast"):
            plan = self._container.get_plan()
            gone = set(plan.log_targets) - set(layer["log-targets"])
            off = {name: _switched_off(plan.log_targets[name]) for name in gone}
            before = plan.services.get(daemon.NAME)
            ran = self.runs()
            layer = {**layer, "log-targets": {**layer["log-targets"], **off}}
            self._container.add_layer(daemon.NAME, ops.pebble.Layer(layer), combine=True)  # pyright: ignore[reportArgumentType]
            self._container.replan()
            return not ran or before != self._container.get_plan().services.get(daemon.NAME)

    def _reload(self) -> None:
        with _told("telling holdfast of its new policy"):
            self._container.send_signal("SIGHUP", daemon.NAME)

    def _push(self, files: Mapping[str, str]) -> None:
        for path, text in files.items():
            if self._read(path) != text:
                self._write(path, text)

    def _write(self, path: str, text: str) -> None:
        with _told(f"writing {path}"):
            self._container.push(path, text, permissions=0o600, make_dirs=True)

    def _read(self, path: str) -> str | None:
        with _told(f"reading {path}"):
            try:
                with self._container.pull(path) as file:
                    return file.read()
            except pebble.PathError as error:
                if error.kind == "not-found":
                    return None
                raise

    def _remove_others(self, kept: set[str]) -> None:
        with _told(f"tidying {daemon.CONFIG}"):
            for path in list(self._files_under(daemon.CONFIG)):
                if path not in kept:
                    self._container.remove_path(path)

    def _files_under(self, folder: str) -> Iterator[str]:
        for info in self._container.list_files(folder):
            if info.type is pebble.FileType.DIRECTORY:
                yield from self._files_under(info.path)
            else:
                yield info.path


def _switched_off(target: pebble.LogTarget) -> dict[str, Any]:
    """A target that is gone: Pebble forgets none, but can be told that nothing goes there."""
    return {"override": "replace", "type": target.type, "location": target.location, "services": ["-all"]}


def _mistakes(answer: Answer) -> list[str]:
    try:
        found = json.loads(answer.out)
    except ValueError:
        return [] if answer.code in (0, 2) else [answer.sentence]
    return [*found.get("mistakes", ()), *found.get("notes", ())]


@contextlib.contextmanager
def _told(doing: str) -> Generator[None, None, None]:
    """Turn what Pebble throws into a sentence."""
    try:
        yield
    except pebble.ChangeError as error:
        logger.warning("%s: %s", doing, error)
        raise DaemonEndsError(_last_words(error)) from error
    except (pebble.Error, ops.ModelError, TimeoutError, OSError) as error:
        logger.warning("%s: %s", doing, error)
        raise WorkloadError(f"{doing} failed: {_first_line(error)}") from error


def _last_words(error: pebble.ChangeError) -> str:
    """What the daemon said before it ended: Pebble puts its last lines into the log of the task."""
    tasks = error.change.tasks if error.change else []
    lines = [line.strip() for task in tasks for entry in task.log for line in entry.splitlines()]
    said = [line.split("holdfast: ", 1)[1] for line in lines if "holdfast: " in line]
    return said[-1] if said else _first_line(error)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
