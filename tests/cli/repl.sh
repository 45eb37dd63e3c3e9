# SPDX-License-Identifier: MIT
# timeout: 60
# The REPL on a terminal: editing, several lines, completion, history, Ctrl-C, Ctrl-D. Keys go to a pseudo-terminal, and what must show
# up is waited for.
set -u
command -v python3 >/dev/null || { echo 'no python3'; exit 77; }
cat > drive.py <<'X'
import os, pty, select, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.environ.update(TERM='dumb', COLUMNS='80', NO_COLOR='1', NODE_REPL_HISTORY='', WEFT_REPL_HISTORY='')
    os.execv(os.environ['WEFT'], [os.environ['WEFT']])
seen = ''
def wait(text, seconds=40):
    global seen
    end = time.time() + seconds
    while text not in seen:
        if time.time() > end or not select.select([fd], [], [], max(0, end - time.time()))[0]:
            print('no %r in %r' % (text, seen)); os.kill(pid, 9); sys.exit(1)
        try:
            data = os.read(fd, 65536)
        except OSError:
            data = b''
        if not data:
            print('ended without %r: %r' % (text, seen)); sys.exit(1)
        seen = (seen + data.decode()).replace('\r\r', '\r')
    seen = seen[seen.index(text) + len(text):]
def keys(text): os.write(fd, text.encode())
wait('Type ".help" for more information.'); wait('> ')
for line, answer in [
    ('1 + 1', '2\r\n'), ('let a = { x: [1, 2] }', 'undefined\r\n'), ('a', '{ x: [ 1, 2 ] }\r\n'), ('a.x.length + _.x[0]', '3\r\n'),
    ('await Promise.resolve(7)', '7\r\n'), ('throw new Error("boo")', 'Uncaught Error: boo\r\n'),
    ('nope', 'Uncaught ReferenceError: nope is not defined\r\n'), ('let a', "Uncaught SyntaxError: Identifier 'a' has already been declared\r\n"),
    ('.nope', 'Invalid REPL keyword\r\n'), ('const { p, q } = { p: 1, q: 2 }; p + q', '3\r\n'), ('null', 'null\r\n')]:
    keys(line + '\r'); wait(answer); wait('> ')
keys('function f(n) {\r'); wait('| '); keys('return n * 2 }\r'); wait('undefined\r\n'); keys('f(21)\r'); wait('42\r\n')
keys('bc"\x01"a\x05 + "d"\r'); wait("'abcd'\r\n")                  # Ctrl-A, Ctrl-E
keys('f(4x\x7f)\r'); wait('8\r\n')                                  # backspace
keys('\x1b[A\r'); wait('8\r\n'); keys('\x1b[A\x1b[A\x1b[B\r'); wait('8\r\n') # history
keys('process.cw\t()===0\r'); wait('false\r\n')                     # one completion
keys('[1].fi\t\t'); wait('[1].fill'); wait('[1].findLastIndex\r\n\r\n'); keys('\x15')
keys('while (1) {\r'); wait('| '); keys('\x03'); wait('> ')         # Ctrl-C leaves the lines
keys('for (;;);\r'); time.sleep(0.5); keys('\x03'); wait('interrupted'); wait('> ') # and ends what runs
keys('.editor\r'); wait('Entering editor mode'); keys('var k = 5\rk + 1\r\x04'); wait('6\r\n')
keys('\x03'); wait('(To exit, press Ctrl+C again or Ctrl+D or type .exit)'); keys('"on"\r'); wait("'on'\r\n")
keys('process.exitCode = 3\r'); wait('3\r\n'); keys('\x04')
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
if code != 3: print('status', code); sys.exit(1)
X
python3 drive.py
