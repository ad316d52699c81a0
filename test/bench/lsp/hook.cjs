// Loaded into a server that is measured (node --expose-gc --require): answers what the bench asks over the channel
// between the processes, and keeps no process alive.
const { monitorEventLoopDelay } = require('node:perf_hooks');

const delay = monitorEventLoopDelay({ resolution: 1 });

process.on('message', (question) => {
  if (question === 'memory') {
    for (let turn = 0; turn < 3; turn++) globalThis.gc();
    const { rss, heapUsed } = process.memoryUsage();
    process.send({ rss, heapUsed });
  } else if (question === 'watch') {
    delay.reset();
    delay.enable();
    process.send({});
  } else if (question === 'blocked') {
    delay.disable();
    // Nanoseconds; the timer itself waits a millisecond.
    process.send({ longest: Math.max(0, delay.max / 1e6 - 1), p99: Math.max(0, delay.percentile(99) / 1e6 - 1) });
  }
});
process.channel?.unref();
