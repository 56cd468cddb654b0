"""The private database: whose it is, who may reach it, how it survives accidents, and that it tidies up."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRELUDE = """
import json, os, psycopg2
from config import localpg, pghome
def ask(words, sign_in="owner", **other):
    of = localpg.databases()[sign_in] | other
    signed_in = psycopg2.connect(dbname=of["NAME"], user=of["USER"], password=of["PASSWORD"],
                                 host=of["HOST"], port=of["PORT"])
    signed_in.autocommit = True
    with signed_in.cursor() as cursor:
        cursor.execute(words)
        return [list(row) for row in cursor] if cursor.description else None
def pid():
    return int((pghome.home().data / "postmaster.pid").read_text().split()[0])
def tell(value):
    print(json.dumps(value, default=str), flush=True)
"""


class Elsewhere:
    """A var folder of its own, in which programs use the private database."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.environment = {**os.environ, "IMPROVEMENT_VAR": str(var), "PYTHONPATH": str(ROOT)}

    def begin(self, words: str, **also: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", PRELUDE + textwrap.dedent(words)],
            env={**self.environment, **also},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def told(self, words: str, **also: str) -> Any:
        """Run a program and return what it told last."""
        program = self.begin(words, **also)
        out, err = program.communicate(timeout=120)
        assert program.returncode == 0, err
        return json.loads(out.splitlines()[-1])

    def is_running(self) -> bool:
        return bool(self.told("tell(localpg.running())"))

    def destroy(self) -> None:
        if (self.var / "postgres").exists() or (self.var / "database.json").exists():
            self.told("localpg.destroy(); tell(None)")


@contextmanager
def _folder() -> Iterator[Path]:
    """An open folder: pytest's own are closed to the account that runs the database when we are root."""
    with tempfile.TemporaryDirectory(prefix="localpg-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@contextmanager
def _elsewhere(var: Path) -> Iterator[Elsewhere]:
    made = Elsewhere(var)
    try:
        yield made
    finally:
        made.destroy()


@pytest.fixture
def folder() -> Iterator[Path]:
    with _folder() as made:
        yield made


@pytest.fixture
def fresh(folder: Path) -> Iterator[Elsewhere]:
    with _elsewhere(folder / "var") as made:
        yield made


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    with _folder() as made, _elsewhere(made / "var") as it:
        yield it


def test_the_owner_can_make_roles_and_databases_but_is_no_superuser(elsewhere: Elsewhere) -> None:
    words = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname"
    found = elsewhere.told(f'with localpg.server(): tell(ask("SELECT {words} = current_user"))')
    assert found == [[False, False, True, True, False]]


def test_the_database_belongs_to_the_owner_and_the_web_role_is_left_to_migrate(elsewhere: Elsewhere) -> None:
    found = elsewhere.told("""
        with localpg.server():
            tell([ask("SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()"),
                  ask("SELECT rolname FROM pg_roles WHERE rolcanlogin ORDER BY 1")])
    """)
    assert found == [[["improvement_owner"]], [["improvement_owner"], ["postgres"]]]


def test_nobody_can_sign_in_as_the_superuser_or_without_the_password(elsewhere: Elsewhere) -> None:
    refused = elsewhere.told("""
        refused = []
        with localpg.server():
            for other in ({"USER": "postgres", "PASSWORD": ""}, {"USER": "postgres", "PASSWORD": "postgres"},
                          {"PASSWORD": ""}, {"PASSWORD": "wrong"}):
                try:
                    ask("SELECT 1", **other)
                except psycopg2.OperationalError as why:
                    refused.append("password" in str(why))
        tell(refused)
    """)
    assert refused == [True, True, True, True]


def test_the_server_listens_on_no_address_keeps_checksums_and_logs_no_words_of_ours(
    elsewhere: Elsewhere,
) -> None:
    wanted = {
        "data_checksums": "on",
        "listen_addresses": "",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_statement": "none",
        "password_encryption": "scram-sha-256",
        "TimeZone": "UTC",
        "unix_socket_permissions": "0700",
    }
    found = elsewhere.told(f"""
        with localpg.server():
            tell({{name: ask("SELECT current_setting('" + name + "')")[0][0] for name in {list(wanted)}}})
    """)
    assert found == wanted


def test_a_database_that_was_told_to_log_more_is_told_otherwise_at_its_next_start(elsewhere: Elsewhere) -> None:
    found = elsewhere.told("""
        from config import pgaccount
        lax = "log_statement = 'all'\\nlog_min_error_statement = 'error'\\nlog_parameter_max_length_on_error = -1\\n"
        with localpg.server():
            before = pid()
        written = pghome.home().data / "postgresql.auto.conf"
        pgaccount.run("/bin/sh", "-c", 'cat >> "$0"', written, given=lax.encode())
        with localpg.server():
            tell([lax in written.read_text(), pid() != before, ask(
                "SELECT current_setting('log_statement'), current_setting('log_min_error_statement'),"
                " current_setting('log_parameter_max_length_on_error')")])
    """)
    assert found == [True, True, [["none", "panic", "0"]]]


def test_what_is_refused_leaves_no_word_of_it_in_the_log(elsewhere: Elsewhere) -> None:
    log = elsewhere.told("""
        with localpg.server():
            ask("CREATE TABLE letter (words text UNIQUE)")
            ask("INSERT INTO letter VALUES ('sealed-canary')")
            for wrong in ("INSERT INTO letter VALUES ('sealed-canary')", "SELECT 'sealed-canary'::int"):
                try:
                    ask(wrong)
                except psycopg2.Error:
                    pass
            ask("DROP TABLE letter")
        tell(pghome.home().log.read_text())
    """)
    assert "duplicate key value violates unique constraint" in log
    assert "DETAIL" not in log
    assert "STATEMENT" not in log


def test_passwords_and_key_are_readable_by_us_alone(elsewhere: Elsewhere) -> None:
    elsewhere.told("""
        from config.secretkey import secret_key
        localpg.databases()
        tell(secret_key() == secret_key())
    """)
    modes = {name: _mode(elsewhere.var / name) for name in ("database.json", "secret_key", "postgres")}
    assert modes == {"database.json": 0o600, "secret_key": 0o600, "postgres": 0o700}


def test_asking_for_the_details_starts_nothing(elsewhere: Elsewhere) -> None:
    details = elsewhere.told("tell(localpg.databases())")
    assert {name: (of["USER"], of["NAME"]) for name, of in details.items()} == {
        "owner": ("improvement_owner", "improvement"),
        "web": ("improvement_web", "improvement"),
    }
    assert details["owner"]["PASSWORD"] != details["web"]["PASSWORD"]
    assert not elsewhere.is_running()


def test_the_address_reaches_the_database(elsewhere: Elsewhere) -> None:
    found = elsewhere.told("""
        with localpg.server() as urls:
            with psycopg2.connect(urls.owner).cursor() as cursor:
                cursor.execute("SELECT current_user")
                tell(cursor.fetchone())
    """)
    assert found == ["improvement_owner"]


def test_the_last_to_leave_stops_the_server(elsewhere: Elsewhere) -> None:
    holding = elsewhere.begin("with localpg.server(): tell(pid()); input()")
    assert holding.stdout is not None
    first = json.loads(holding.stdout.readline())
    assert elsewhere.told("with localpg.server(): tell(pid())") == first
    assert elsewhere.is_running()
    holding.communicate("\n", timeout=60)
    assert not elsewhere.is_running()


def test_a_block_within_a_block_leaves_the_server_to_the_outer_one(elsewhere: Elsewhere) -> None:
    found = elsewhere.told("""
        with localpg.server():
            with localpg.server():
                pass
            tell(ask("SELECT 1"))
    """)
    assert found == [[1]]


def test_programs_that_start_at_once_share_one_new_server(fresh: Elsewhere) -> None:
    together = [fresh.begin("with localpg.server(): tell(pid()); input()") for _ in range(4)]
    pids = {program.stdout.readline() for program in together if program.stdout}
    complaints = {program.communicate("\n", timeout=60)[1] for program in together}
    assert (len(pids), complaints) == (1, {""})
    assert not fresh.is_running()


def test_what_was_stored_survives_the_server_being_killed(elsewhere: Elsewhere) -> None:
    elsewhere.told("""
        import signal
        with localpg.server():
            ask("CREATE TABLE kept AS SELECT 7 AS it")
            os.kill(pid(), signal.SIGKILL)
        tell(None)
    """)
    assert (elsewhere.var / "postgres" / "data" / "postmaster.pid").exists()
    assert elsewhere.told('with localpg.server(): tell(ask("SELECT it FROM kept"))') == [[7]]


def test_a_program_that_is_killed_leaves_a_server_that_the_next_one_takes_over(elsewhere: Elsewhere) -> None:
    killed = elsewhere.begin("localpg.start(); tell(pid()); input()")
    assert killed.stdout is not None
    pid = json.loads(killed.stdout.readline())
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=60)
    assert elsewhere.told("with localpg.server(): tell(pid())") == pid
    assert not elsewhere.is_running()


def test_after_a_power_cut_another_programs_number_keeps_the_server_from_nothing(
    elsewhere: Elsewhere,
) -> None:
    found = elsewhere.told("""
        from config import pgaccount
        note = pghome.home().data / "postmaster.pid"
        lines = [str(os.getpid()), str(note.parent), "1", "5432", "", "", "1 1", "ready", ""]
        pgaccount.run("/bin/sh", "-c", 'cat > "$0"', note, given="\\n".join(lines).encode())
        seen = localpg.running()
        with localpg.server():
            tell([seen, ask("SELECT 1"), pid() != os.getpid()])
    """)
    assert found == [False, [[1]], True]


def test_a_half_made_database_is_made_again(fresh: Elsewhere) -> None:
    found = fresh.told("""
        from config import pgaccount
        pgaccount.run("mkdir", pghome.home().folder / "new")
        with localpg.server():
            tell(ask("SELECT 1"))
    """)
    assert found == [[1]]


def test_a_long_path_moves_only_the_socket_to_a_temporary_folder(folder: Path) -> None:
    with _elsewhere(folder / ("a" * 80) / "var") as elsewhere:
        answer, home = elsewhere.told('with localpg.server(): tell([ask("SELECT 1"), vars(pghome.home())])')
        assert answer == [[1]]
        assert home["folder"] == str(elsewhere.var / "postgres")
        assert home["sockets"] == f"{home['temporary']}/run"
        assert _mode(Path(home["temporary"])) == 0o700
        elsewhere.destroy()
        assert not Path(home["temporary"]).exists()


@pytest.mark.parametrize("name", ["a space", "a,comma", "quotes'\"", "per%2Fcent$(dollar)"])
def test_an_awkward_folder_name_does_no_harm(folder: Path, name: str) -> None:
    with _elsewhere(folder / name / "var") as elsewhere:
        assert elsewhere.told('with localpg.server(): tell(ask("SELECT 1"))') == [[1]]


def test_a_moved_project_keeps_its_data(folder: Path) -> None:
    before = Elsewhere(folder / "before")
    before.told('with localpg.server(): ask("CREATE TABLE kept AS SELECT 7 AS it")\ntell(None)')
    before.var.rename(folder / "after")
    with _elsewhere(folder / "after") as after:
        assert after.told('with localpg.server(): tell(ask("SELECT it FROM kept"))') == [[7]]


def test_a_copied_project_does_not_use_the_first_ones_database(folder: Path) -> None:
    with _elsewhere(folder / "first") as first:
        first.told('with localpg.server(): ask("CREATE TABLE kept AS SELECT 7 AS it")\ntell(None)')
        shutil.copytree(first.var, folder / "second", ignore=shutil.ignore_patterns("postgres"))
        with _elsewhere(folder / "second") as second:
            found = second.told("with localpg.server(): tell(ask(\"SELECT to_regclass('kept')\"))")
            assert found == [[None]]
        assert first.told('with localpg.server(): tell(ask("SELECT it FROM kept"))') == [[7]]


def test_beginning_anew_is_refused_while_the_database_is_in_use(fresh: Elsewhere) -> None:
    refused = fresh.told("""
        with localpg.server():
            try:
                localpg.destroy()
            except localpg.DatabaseUnavailable as why:
                tell([str(why), localpg.running()])
    """)
    assert refused == ["Another command is using the database: stop that one first.", True]


def test_beginning_anew_leaves_nothing_behind(fresh: Elsewhere) -> None:
    fresh.told("with localpg.server(): tell(None)")
    fresh.destroy()
    assert sorted(each.name for each in fresh.var.iterdir()) == ["database.lock", "database.use", "home.lock"]


def test_lost_passwords_are_told_in_a_sentence(fresh: Elsewhere) -> None:
    fresh.told("localpg.databases(); tell(None)")
    (fresh.var / "database.json").unlink()
    said = fresh.told("""
        try:
            localpg.databases()
        except localpg.DatabaseUnavailable as why:
            tell(str(why))
    """)
    inside, memory = fresh.var / "postgres", fresh.var / "database.json"
    assert said == f"{inside} is there but {memory}, with its passwords, is not: start with --fresh."


# Only root has these two troubles: it cannot run PostgreSQL, and the account that can may be kept out.
if os.geteuid() == 0:

    def test_an_unprivileged_account_runs_roots_server(elsewhere: Elsewhere) -> None:
        uids = elsewhere.told("""
            with localpg.server():
                tell([os.stat(f"/proc/{pid()}").st_uid, os.stat(pghome.home().data).st_uid])
        """)
        assert uids[0] == uids[1] != 0

    def test_a_closed_folder_stays_closed_and_its_database_goes_to_a_temporary_one(folder: Path) -> None:
        folder.chmod(0o700)
        with _elsewhere(folder / "var") as elsewhere:
            answer, home = elsewhere.told('with localpg.server(): tell([ask("SELECT 1"), vars(pghome.home())])')
            assert answer == [[1]]
            assert home["folder"] == home["temporary"]
            assert (_mode(Path(home["temporary"])), _mode(folder)) == (0o700, 0o700)
            assert not (elsewhere.var / "postgres").exists()
            elsewhere.destroy()
            assert not Path(home["temporary"]).exists()


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
