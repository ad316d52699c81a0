// Loaded into a server that is measured (node --expose-gc --require): answers what the bench asks over the channel
// between the processes, and keeps no process alive.
const { performance } = require('node:perf_hooks');

let timer;
let longest = 0;

/** Milliseconds that the process has computed. */
function computed() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * Looks every millisecond how long the event loop has looked at nothing else. A block is no longer than the time that has
 * passed, which also passes while the machine does other things, and than what was computed, which other threads also do.
 */
function watch() {
  longest = 0;
  let last = { passed: performance.now(), computed: computed() };
  timer = setInterval(() => {
    const now = { passed: performance.now(), computed: computed() };
    longest = Math.max(longest, Math.min(now.passed - last.passed - 1, now.computed - last.computed));
    last = now;
  }, 1);
  timer.unref();
}

process.on('message', (question) => {
  if (question === 'memory') {
    for (let turn = 0; turn < 3; turn++) globalThis.gc();
    const { rss, heapUsed } = process.memoryUsage();
    process.send({ rss, heapUsed });
  } else if (question === 'watch') {
    watch();
    process.send({});
  } else if (question === 'blocked') {
    clearInterval(timer);
    process.send({ longest });
  }
});
process.channel?.unref();
