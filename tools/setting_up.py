"""What ``run`` and ``test`` share: a Python environment and a front end that are made only when something changed.

Only the standard library, and readable by old Pythons, so that a wrong one gets a sentence and not a traceback.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "bin")
CHINESE = any(os.environ.get(name, "").lower().startswith("zh") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))


def words(english, chinese):
    """The sentence in the language of the machine."""
    return chinese if CHINESE else english


def stop(english, chinese):
    """One clear sentence, and the end."""
    sys.stderr.write("\n" + words(english, chinese) + "\n")
    raise SystemExit(1)


class Steps:
    """Shows what is being done and how long it took."""

    def __init__(self, count):
        self.count = count
        self.number = 0
        self.began = time.time()

    def step(self, english, chinese):
        self.number += 1
        sys.stdout.write(
            "[%d/%d] %5.1f s  %s\n" % (self.number, self.count, time.time() - self.began, words(english, chinese))
        )
        sys.stdout.flush()


def right_python():
    """Starts again with a Python that is new enough, or says what to install."""
    if sys.version_info >= (3, 11):
        return
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        other = shutil.which(name)
        if other:
            os.execv(other, [other] + sys.argv)
    stop(
        "Liuchi needs Python 3.11 or newer; this is %d.%d. Install it (on Debian 12: apt install python3 python3-venv)."
        % sys.version_info[:2],
        "六尺需要 Python 3.11 或更新的版本，这里是 %d.%d。请先安装（Debian 12：apt install python3 python3-venv）。"
        % sys.version_info[:2],
    )


def has_venv():
    """Whether this Python can make environments with pip."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        version = "%d.%d" % sys.version_info[:2]
        stop(
            "Python's venv module is missing. Install it: apt install python%s-venv" % version,
            "缺少 Python 的 venv 模块，请先安装：apt install python%s-venv" % version,
        )


def environment(requirements, label):
    """Makes .venv with the pinned packages of a file in requirements/, if they are not there yet."""
    files = [os.path.join(ROOT, "requirements", name) for name in ("run.txt", requirements)]
    mark = fingerprint(files + [os.path.join(ROOT, "pyproject.toml")], sys.version)
    stamp = os.path.join(VENV, ".ready-" + label)
    if read(stamp) == mark:
        return False
    has_venv()
    if os.path.islink(VENV):
        # Its programs would be bent to this checkout, and the other one would run this one's code from then on.
        stop(
            ".venv is a link to the packages of another checkout. Remove the link (rm .venv), then this one gets its own.",
            ".venv 是指向另一份代码的链接。请先删除这个链接（rm .venv），这里会另装一份。",
        )
    python = os.path.join(BIN, "python")
    if not os.path.exists(python):
        import venv

        venv.EnvBuilder(with_pip=True, symlinks=True).create(VENV)
    uv = os.path.join(BIN, "uv")
    if not os.path.exists(uv):
        fetch([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "uv"])
    fetch([uv, "pip", "install", "--quiet", "--python", python, "--no-deps", "-r", files[-1]])
    fetch([uv, "pip", "install", "--quiet", "--python", python, "--no-deps", "-e", ROOT])
    with open(stamp, "w") as out:
        out.write(mark)
    return True


def front_end(var, tests=False):
    """Builds the front end into VAR/front, if its sources changed since."""
    sources = sorted(
        os.path.join(folder, name) for folder, _dirs, names in os.walk(os.path.join(ROOT, "frontend")) for name in names
    )
    sources += [os.path.join(ROOT, "package.json"), os.path.join(ROOT, "package-lock.json")]
    mark = fingerprint(sources, "")
    stamp = os.path.join(var, "front", ".ready")
    axe = os.path.join(ROOT, "node_modules", "axe-core")
    if read(stamp) == mark and (not tests or os.path.exists(axe)):
        return False
    path = node_path()
    lock = hashlib.sha256(read(os.path.join(ROOT, "package-lock.json")).encode()).hexdigest()
    full, lean = (os.path.join(ROOT, "node_modules", name) for name in (".ready-tests", ".ready"))
    if read(full) != lock and (tests or read(lean) != lock):  # what tests need is more than what running needs
        omit = [] if tests else ["--omit=dev"]
        fetch(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"] + omit, path)
        with open(full if tests else lean, "w") as out:
            out.write(lock)
    run_quietly(["node", os.path.join(ROOT, "frontend", "build.mjs")], dict(os.environ, LIUCHI_VAR=var, PATH=path))
    with open(stamp, "w") as out:
        out.write(mark)
    return True


def node_path():
    """A PATH on which there is a Node: the machine's, or one from a Python package where it has none."""
    path = os.environ.get("PATH", "")
    if shutil.which("node") and shutil.which("npm") and node_is_new("node"):
        return path
    uv, python = os.path.join(BIN, "uv"), os.path.join(BIN, "python")
    if not os.path.exists(os.path.join(BIN, "npm")):
        fetch(
            [uv, "pip", "install", "--quiet", "--python", python, "-r", os.path.join(ROOT, "requirements", "build.txt")]
        )
    return BIN + os.pathsep + path


def node_is_new(node):
    """Whether it is Node 18 or newer."""
    try:
        said = subprocess.run([node, "--version"], stdout=subprocess.PIPE, check=True).stdout.decode()
        return int(said.lstrip("v").split(".")[0]) >= 18
    except (OSError, ValueError, subprocess.CalledProcessError):
        return False


def fetch(command, path=None):
    """Runs a command that gets packages from a registry; if that fails says so in a sentence, with the tool's own words."""
    environment_ = dict(os.environ, PATH=path or os.environ.get("PATH", ""))
    environment_.pop("VIRTUAL_ENV", None)
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment_, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except OSError as error:
        stop("%s can't be started: %s" % (command[0], error), "无法启动 %s：%s" % (command[0], error))
    if done.returncode:
        said = "\n".join(done.stdout.decode(errors="replace").strip().splitlines()[-8:])
        stop(
            "The packages could not be fetched. Check the network, or the registry mirror that pip and npm are set to. They said:\n%s"
            % said,
            "无法下载所需的软件包。请检查网络，或检查 pip 与 npm 设置的镜像。它们的报错是：\n%s" % said,
        )


def run_quietly(command, environment_):
    """Runs a command of our own; shows what it said only when it fails."""
    done = subprocess.run(command, cwd=ROOT, env=environment_, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace"))
        stop("That failed: %s" % " ".join(command), "这一步失败了：%s" % " ".join(command))


def fingerprint(paths, more):
    """A digest over the contents of files."""
    digest = hashlib.sha256(more.encode())
    for path in paths:
        digest.update(os.path.relpath(path, ROOT).encode())
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def read(path):
    """A file's text, or nothing if there is none."""
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""
