// SPDX-License-Identifier: MIT
// 'resize' of terminals.
'use strict';

const binding = internalBinding('tty');
const signals = internalBinding('signals');

// The system's signal is only watched as long as somebody listens to 'resize'.
// isWanted: somebody is about to listen already.
function watchSize(stream, isWanted) {
  let watcher;
  function start() {
    let before = binding.size(stream.fd);
    watcher = signals.watch(require('os').constants.signals.SIGWINCH, () => {
      const now = binding.size(stream.fd);
      if (now[0] === before[0] && now[1] === before[1]) return;
      before = now;
      stream.emit('resize');
    });
  }
  if (isWanted) start();
  stream.on('newListener', (name) => {
    if (name === 'resize' && watcher === undefined) start();
  });
  stream.on('removeListener', (name) => {
    if (name !== 'resize' || watcher === undefined || stream.listenerCount('resize') > 0) return;
    signals.unwatch(watcher);
    watcher = undefined;
  });
  stream.on('close', () => {
    if (watcher !== undefined) signals.unwatch(watcher);
    watcher = undefined;
  });
}

module.exports = { watchSize };
