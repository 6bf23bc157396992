"""`manage.py up`: everything that a machine needs to run iamviz, in one command. Standard library only."""

from __future__ import annotations

import argparse
import contextlib
import errno
import fcntl
import json
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from iamviz.operations import broker
from iamviz.operations.children import broker_program, web_answers, web_program, worker_program
from iamviz.operations.environment import explain_failure
from iamviz.operations.interface import prepare_interface
from iamviz.operations.locations import ROOT, data_folder
from iamviz.operations.programs import run_program
from iamviz.operations.refusal import Refusal
from iamviz.operations.supervisor import Program, Supervisor
from iamviz.operations.terminal import step

HOST = "127.0.0.1"
PORT = 8000
START_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What was asked for, and where it happens."""

    host: str
    port: int
    empty: bool
    data: Path

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def logs(self) -> Path:
        return self.data / "logs"


def main(arguments: Sequence[str]) -> int:
    """Run until stopped; 0 after a clean stop, 2 where it cannot start (Refusal is reported by manage.py)."""
    plan = read_plan(arguments)
    started = time.monotonic()
    with running_alone(plan):
        refuse_busy_port(plan.host, plan.port)
        prepare_interface(plan.logs)
        return _run(plan, started)


def read_plan(arguments: Sequence[str]) -> Plan:
    parser = argparse.ArgumentParser(prog="manage.py up", description="Run iamviz: database, broker, worker and web.")
    parser.add_argument("--port", type=int, default=PORT, help="the port of the web interface (%(default)s)")
    parser.add_argument("--host", default=HOST, help="the address to listen on (%(default)s: this machine only)")
    parser.add_argument("--empty", action="store_true", help="do not load the demo organization on the first run")
    chosen = parser.parse_args(arguments)
    return Plan(chosen.host, chosen.port, chosen.empty, data_folder())


@contextlib.contextmanager
def running_alone(plan: Plan) -> Iterator[None]:
    """Hold the data folder: one `up` at a time works in it. The lock ends with the process, however it ends."""
    with (plan.data / "up.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            where = file.read().strip() or "it is still starting"
            raise Refusal(
                f"iamviz is already running in {plan.data} ({where}). Stop that one first, "
                "or use another data folder: IAMVIZ_DATA=/some/folder."
            ) from None
        file.truncate(0)
        file.write(f"{plan.address}, process {os.getpid()}")
        file.flush()
        yield
        file.truncate(0)


def refuse_busy_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise Refusal(_why_not_bound(host, port, error)) from error


def _why_not_bound(host: str, port: int, error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Choose another: python3 manage.py up --port {port + 1}"
    if number == errno.EACCES:
        return f"Port {port} needs more rights than you have. Choose one above 1023: python3 manage.py up --port 8000"
    return (
        f"{host}:{port} cannot be listened on ({error}). Choose a port from 1 to 65535 and an address of this machine."
    )


def _run(plan: Plan, started: float) -> int:
    supervisor = Supervisor(say=_say)
    with supervisor.obeying_signals(), contextlib.ExitStack() as stack:
        try:
            environment = _start_broker(plan, supervisor, stack)
            _prepare_database(plan, supervisor, environment)
            _start_programs(plan, supervisor, environment)
            if not supervisor.stopping.is_set():
                _say(f"\n  iamviz is ready: {plan.address}   ({time.monotonic() - started:.1f} s; Ctrl-C stops it)\n")
                supervisor.watch()
            _say("Stopping (Ctrl-C again to stop at once) …")
        finally:
            supervisor.stop()
    _say("Stopped.")
    return 0


def _start_broker(plan: Plan, supervisor: Supervisor, stack: contextlib.ExitStack) -> dict[str, str]:
    """The children's environment variables, with a broker that runs: REDIS_URL's, else our own."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "iamviz.settings", "IAMVIZ_DATA": str(plan.data)}
    if environment.get("REDIS_URL"):
        return environment
    with step("Starting the broker"):
        path = stack.enter_context(broker.socket_folder(plan.data)) / "broker"
        folder = plan.data / "broker"
        folder.mkdir(exist_ok=True, mode=0o700)
        command = broker.broker_command(broker.find_server(), socket_path=path, folder=folder)
        program = broker_program(command, logs=plan.logs)
        supervisor.start(program)
        _await(supervisor, program, lambda: broker.answers(path))
    return {**environment, "REDIS_URL": broker.socket_url(path)}


def _prepare_database(plan: Plan, supervisor: Supervisor, environment: dict[str, str]) -> None:
    """Tables, and on the first run a member, whose password is shown now and never again."""
    if supervisor.stopping.is_set():
        return
    with step("Preparing the database"):
        command = [sys.executable, "-m", "iamviz.operations.preparation", *(["--empty"] if plan.empty else [])]
        log = plan.logs / "preparation.log"
        outcome = run_program(command, folder=ROOT, environment=environment)
        if outcome.status:
            log.write_text(outcome.output, encoding="utf-8")
            raise Refusal(f"{explain_failure('The database could not be prepared', outcome.output)} (log: {log})")
        member = json.loads(outcome.output.splitlines()[-1])
    _say(_how_to_sign_in(**member))


def _how_to_sign_in(email: str, password: str | None = None) -> str:
    other = f"python3 manage.py changepassword {email}"
    if password is None:
        return f"\n  Sign in as   {email}, with the password of the first start (to set another: {other})"
    once = "This password is shown only now. To set another:"
    return f"\n  Sign in as   {email}\n  with         {password}\n  {once} {other}\n"


def _start_programs(plan: Plan, supervisor: Supervisor, environment: dict[str, str]) -> None:
    if supervisor.stopping.is_set():
        return
    with step("Starting worker and web server"):
        web = web_program(environment, host=plan.host, port=plan.port, logs=plan.logs)
        supervisor.start(web)
        supervisor.start(worker_program(environment, logs=plan.logs))
        _await(supervisor, web, lambda: web_answers(plan.host, plan.port))


def _await(supervisor: Supervisor, program: Program, ready: Callable[[], bool]) -> None:
    """Wait until the program does its work, restarting what crashes meanwhile; give up after a minute."""
    supervisor.watch(until=ready, deadline=time.monotonic() + START_PATIENCE)
    if not supervisor.stopping.is_set() and not ready():
        raise Refusal(
            f"The {program.name} did not start within {START_PATIENCE:.0f} s; its log says why: {program.log}"
        )


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
