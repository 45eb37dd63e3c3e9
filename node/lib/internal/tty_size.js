// SPDX-License-Identifier: MIT
// 'resize' of terminals.
'use strict';

const binding = internalBinding('tty');

// The system's signal is only watched as long as somebody listens to 'resize'.
// isWanted: somebody is about to listen already.
function watchSize(stream, isWanted) {
  let watcher;
  function start() {
    let before = binding.size(stream.fd);
    watcher = binding.watchSize(() => {
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
    binding.unwatchSize(watcher);
    watcher = undefined;
  });
  stream.on('close', () => {
    if (watcher !== undefined) binding.unwatchSize(watcher);
    watcher = undefined;
  });
}

module.exports = { watchSize };
