"""The server that comes with a checkout: one per checkout, found again, closed to everybody else."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from config import binaries, cluster, places
from config.trouble import Trouble
from tests.config.conftest import ROOT


def pid(running: cluster.Cluster) -> str:
    return (running.data / "postmaster.pid").read_text().splitlines()[0]


def ask(url: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(question.encode()).fetchall()


def test_a_second_start_finds_the_running_server(server: cluster.Cluster, own_root: Path) -> None:
    before = pid(server)
    assert cluster.start(own_root) == server
    assert pid(server) == before


def test_two_that_start_at_once_share_one_server(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from config import cluster; import sys\n"
        "c = cluster.start(Path(sys.argv[1])); print((c.data / 'postmaster.pid').read_text().split()[0])"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        said = [one.communicate(timeout=60)[0].strip() for one in both]
        assert said[0] and said[0] == said[1]
    finally:
        cluster.stop(tmp_path)


def test_after_a_crash_a_process_with_the_same_number_is_not_taken_for_the_server(own_root: Path) -> None:
    running = cluster.start(own_root)
    cluster.stop(own_root)
    # Given what a crash leaves: a lock file that names a process which is now something else, here this one
    (running.data / "postmaster.pid").write_text(f"{os.getpid()}\n{running.data}\n0\n5432\n")
    # When the server is started, then it runs under a number of its own
    assert pid(cluster.start(own_root)) != str(os.getpid())


def test_the_last_to_leave_stops_what_no_one_asked_to_stay(tmp_path: Path) -> None:
    with cluster.lease(tmp_path) as first:
        with cluster.lease(tmp_path):
            pass
        assert ask(first.url("nrm_web"), "SELECT 1")
    assert not (first.data / "postmaster.pid").exists()


def test_a_server_that_was_asked_to_stay_outlives_its_users(server: cluster.Cluster, own_root: Path) -> None:
    with cluster.lease(own_root):
        pass
    assert ask(server.url("nrm_web"), "SELECT 1")


def test_no_network_port_and_a_folder_only_we_may_enter(server: cluster.Cluster) -> None:
    assert ask(server.url("nrm_web"), "SHOW listen_addresses") == [("",)]
    assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit", "full_page_writes"])
def test_what_is_confirmed_is_on_the_disk(server: cluster.Cluster, setting: str) -> None:
    assert ask(server.url("nrm_web"), f"SHOW {setting}") == [("on",)]


def test_a_refused_row_leaves_no_name_in_the_log(server: cluster.Cluster) -> None:
    with psycopg.connect(server.url("nrm_owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS log_probe (name text PRIMARY KEY)")
        connection.execute("INSERT INTO log_probe VALUES ('Mirela Vuković') ON CONFLICT DO NOTHING")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO log_probe VALUES ('Mirela Vuković')")
    log = (server.data / "server.log").read_text()
    assert "log_probe_pkey" in log  # it was logged
    assert "Mirela" not in log


def test_letters_of_other_alphabets_are_letters(server: cluster.Cluster) -> None:
    asked = "SELECT lower('КОВАЛЕНКО'), similarity('Коваленко', 'Коваленка') > 0.5"
    assert ask(server.url("nrm_web"), asked) == [("коваленко", True)]


def test_a_long_path_moves_the_socket_to_a_short_one(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    folder = places.socket_folder(deep)
    try:
        assert len(str(folder / ".s.PGSQL.5432").encode()) < 100
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert folder != places.socket_folder(tmp_path)
    finally:
        folder.rmdir()


def test_a_socket_folder_that_somebody_else_laid_out_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    folder = places.socket_folder(deep)
    folder.rmdir()
    folder.symlink_to(tmp_path)
    try:
        with pytest.raises(Trouble, match="somebody else"):
            places.socket_folder(deep)
    finally:
        folder.unlink()


def test_a_full_disk_is_said_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10_000_000))
    with pytest.raises(Trouble, match="nearly full"):
        cluster.start(tmp_path)
    assert not (tmp_path / ".run" / "postgres").exists()


def nothing_usable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(binaries, "_candidates", lambda: iter([tmp_path]))


def only_an_old_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "initdb").touch()
    monkeypatch.setattr(binaries, "_candidates", lambda: iter([tmp_path]))
    monkeypatch.setattr(binaries, "major", lambda _: 13)


@pytest.mark.parametrize("given", [nothing_usable, only_an_old_one])
def test_without_a_server_the_way_out_is_named(
    given: Callable[[pytest.MonkeyPatch, Path], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given(monkeypatch, tmp_path)
    with pytest.raises(Trouble, match="DATABASE_URL"):
        binaries.find()


def test_data_of_a_version_that_is_gone_is_not_touched() -> None:
    with pytest.raises(Trouble, match=r"made by PostgreSQL 99.*remove the folder"):
        binaries.find(99)
