"""Runs a command at a terminal of its own. Each line that comes in is typed there, with `\\xNN` for
what has no character; `hang up` closes the terminal. What the command prints goes out as it comes,
and its exit status is this script's, 128 and the number where a signal ended it."""

import codecs
import os
import pty
import select
import sys
import termios


def quiet(terminal):
    """Nothing is echoed, and a line ends with LF alone."""
    mode = termios.tcgetattr(terminal)
    mode[1] &= ~termios.ONLCR
    mode[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, mode)


def main(command):
    ready, go = os.pipe()
    pid, terminal = pty.fork()
    if pid == 0:
        os.close(go)
        os.read(ready, 1)
        os.close(ready)
        os.execvp(command[0], command)
    quiet(terminal)
    os.close(ready)
    os.close(go)
    typed = b""
    sources = [terminal, 0]
    while terminal in sources:
        for source in select.select(sources, [], [])[0]:
            try:
                got = os.read(source, 65536)
            except OSError:
                got = b""  # nobody is at the terminal any more
            if source == terminal:
                if not got:
                    sources.remove(terminal)
                os.write(1, got)
                continue
            if not got:
                sources.remove(0)
            typed += got
            while b"\n" in typed:
                line, typed = typed.split(b"\n", 1)
                if line == b"hang up":
                    sources.clear()
                    os.close(terminal)
                    break
                os.write(terminal, codecs.escape_decode(line)[0])
            if not sources:
                break
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    sys.exit(status if status >= 0 else 128 - status)


main(sys.argv[1:])
