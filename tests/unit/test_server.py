"""A plain `jupyter lab`, as started by someone who does not use make."""

import ast
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from shutil import copytree

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).parents[2]
LESSON = "the_same_network_in_keras"
SET_BY_MAKE = ("JUPYTER", "IPYTHON", "OMP_", "OPENBLAS_")  # beginnings of names
FLAGS = ["--no-browser", "--allow-root"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def variables(tmp_path_factory):
    """The environment of a shell in which make has set no variables."""
    others = {k: v for k, v in os.environ.items() if not k.startswith(SET_BY_MAKE)}
    home = str(tmp_path_factory.mktemp("home"))
    return others | {"HOME": home, "USERPROFILE": home, "JUPYTER_RUNTIME_DIR": home}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course's texts and settings."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("lessons", "notebooks"):
        copytree(ROOT / name, folder / name)
    for path in ROOT.glob("*.toml"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture(scope="module")
def ask(course, variables):
    """A function that calls JupyterLab's contents API: path, method and what to write."""
    port, log = free_port(), course / "log.txt"
    command = [sys.executable, "-m", "jupyter", "lab", *FLAGS, f"--port={port}"]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, "--IdentityProvider.token=open"],
            cwd=course,
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
        )

    def ask(path, method="GET", content=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/{path}",
            method=method,
            data=None if content is None else json.dumps(content).encode(),
            headers={"Authorization": "token open"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    deadline = time.monotonic() + 120
    while True:
        try:
            ask("status")
            break
        except OSError:
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
    yield ask
    server.terminate()
    server.wait(timeout=30)


@pytest.fixture
def lesson(course):
    return next((course / "lessons").glob(f"*_{LESSON}.md"))


def test_saving_a_notebook_writes_no_lesson(ask, course, lesson):
    files = {path: path.read_bytes() for path in (course / "lessons").rglob("*.*")}
    path = f"contents/notebooks/{lesson.stem}.ipynb"
    notebook = ask(path)["content"]
    notebook["cells"].append(nbformat.v4.new_code_cell("answer = 42"))
    ask(path, "PUT", {"type": "notebook", "content": notebook})
    saved = nbformat.read(course / "notebooks" / f"{lesson.stem}.ipynb", as_version=4)
    assert saved.cells[-1].source == "answer = 42"
    assert files == {path: path.read_bytes() for path in (course / "lessons").rglob("*.*")}


@pytest.mark.parametrize("seconds", [-3600, 3600])
def test_a_notebook_opens_whether_or_not_its_lesson_is_newer(ask, course, lesson, seconds):
    path = course / "notebooks" / f"{lesson.stem}.ipynb"
    then = lesson.stat().st_mtime + seconds
    os.utime(path, (then, then))
    found = ask(f"contents/notebooks/{path.name}")["content"]
    assert found["cells"]


CONNECTED = """
import asyncio, socket
from jupyterlab.labapp import LabApp
from tornado.websocket import websocket_connect

app = LabApp.initialize_server(argv=[*{flags}, "--port={port}", "--IdentityProvider.token=open"])
connection = app.web_app.settings["kernel_websocket_connection_class"]

async def connect():
    kernel = await app.kernel_manager.start_kernel()
    address = f"ws://127.0.0.1:{port}/api/kernels/{{kernel}}/channels?token=open&session_id=one"
    await websocket_connect(address)
    handler, = connection._open_sessions.values()
    tcp = handler.ws_connection.stream.socket
    print(connection.__name__, tcp.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0)
    await app.kernel_manager.shutdown_kernel(kernel, now=True)

asyncio.get_event_loop().run_until_complete(connect())
"""


def test_a_kernel_is_connected_without_delay(course, variables):
    code = CONNECTED.format(flags=FLAGS, port=free_port())
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=course,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.split() == ["NoDelayConnection", "True"], result.stderr


THREADS = """
import sklearn.neural_network, threadpoolctl
threads = [pool["num_threads"] for pool in threadpoolctl.threadpool_info()]
"""


def test_a_kernel_has_one_thread_for_matrix_products(variables):
    manager, client = start_new_kernel(env=variables)
    try:
        reply = client.execute_interactive(
            THREADS, user_expressions={"threads": "threads"}, timeout=120
        )
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    pools = ast.literal_eval(reply["content"]["user_expressions"]["threads"]["data"]["text/plain"])
    assert pools
    assert set(pools) == {1}
