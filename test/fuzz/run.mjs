// The long fuzz: every prefix of every sample file and mutated documents, each through everything that the server does.
//   node test/fuzz/run.mjs [--documents N] [--seed N] [--workers N] [--from N]
// A document is made again of its seed and number: node test/fuzz/run.mjs --seed 1 --from 12345 --documents 1
import { fork } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');
process.chdir(root);
const { values } = parseArgs({ options: {
  documents: { type: 'string', default: '100000' },
  seed: { type: 'string', default: '1' },
  workers: { type: 'string', default: String(Math.max(1, os.availableParallelism() - 1)) },
  from: { type: 'string', default: '0' },
} });
const [documents, seed, workers, from] = [values.documents, values.seed, values.workers, values.from].map(Number);
if (![documents, seed, workers, from].every((number) => Number.isSafeInteger(number) && number >= 0) || workers < 1) {
  console.error('node test/fuzz/run.mjs [--documents N] [--seed N] [--workers N] [--from N]: each is a whole number, and there is at least one worker.');
  process.exit(2);
}

/** So many documents are handed out at a time. */
const stretch = 250;
/** A worker that says nothing for so long hangs, in milliseconds of an otherwise idle machine; a busy one gets as much again, many times. */
const silence = 600_000;
/** The heap is looked at after so many documents of one worker. */
const heapEvery = 10_000;
/** Caches are filled and code is compiled in the first documents of a worker. */
const warmUp = 20_000;

const outfile = path.join(root, `out/fuzz/worker-${String(process.pid)}.mjs`);
mkdirSync(path.dirname(outfile), { recursive: true });
await build({ entryPoints: [path.join(import.meta.dirname, 'worker.ts')], outfile, bundle: true, platform: 'node', target: 'node20', format: 'esm', sourcemap: 'inline', mainFields: ['module', 'main'], banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } });

const started = performance.now();
let next = from;
let end = from + documents;
// Interrupted, it ends what is at work and tells what came of it.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => {
  end = Math.min(end, next);
});
let done = 0;
let longer = 0;
let lastReport = started;
const counts = new Map();
/** Faults by what they are, without names and numbers. */
const faults = new Map();
let slowest = [];
const heaps = [];

function take({ counts: found, faults: bad, slowest: slow, longer: moreThan50, heapBytes }, worker, documentsOfWorker) {
  for (const [name, count] of Object.entries(found)) counts.set(name, (counts.get(name) ?? 0) + count);
  for (const { number, what } of bad) {
    const shape = what.split('\n')[0].replace(/"[^]*"/, '""').replace(/\d+/g, '0');
    faults.set(shape, (faults.get(shape) ?? 0) + 1);
    if (faults.get(shape) <= 3) console.log(`FAULT seed ${seed} document ${number}: ${what}`);
  }
  slowest = [...slowest, ...slow].sort((left, right) => right.milliseconds - left.milliseconds).slice(0, 5);
  longer += moreThan50;
  if (heapBytes !== undefined) heaps.push({ worker, documents: documentsOfWorker, heapBytes });
  const now = performance.now();
  if (now - lastReport > 30_000) {
    lastReport = now;
    console.log(`${new Date().toISOString()} ${done} documents, ${(done / (now - started) * 1000).toFixed(0)} a second, ${faultCount()} faults`);
  }
}

function work(worker) {
  return new Promise((resolve) => {
    const child = fork(outfile, { execArgv: ['--expose-gc', '--enable-source-maps', '--max-semi-space-size=32'], serialization: 'advanced' });
    let own = 0;
    let current;
    let timer;
    const hand = () => {
      clearTimeout(timer);
      if (next >= end) {
        child.disconnect();
        return;
      }
      current = { from: next, to: Math.min(end, next + stretch), seed, heap: Math.floor(own / heapEvery) !== Math.floor((own + stretch) / heapEvery) };
      next = current.to;
      timer = setTimeout(() => {
        faults.set('hangs', (faults.get('hangs') ?? 0) + 1);
        console.log(`FAULT seed ${seed}: one of the documents ${current.from} to ${current.to - 1} hangs`);
        child.kill('SIGKILL');
      }, silence);
      child.send(current);
    };
    child.on('message', (message) => {
      own += message.to - message.from;
      done += message.to - message.from;
      take(message, worker, own);
      hand();
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (code !== 0) {
        faults.set('a worker ended', (faults.get('a worker ended') ?? 0) + 1);
        console.log(`FAULT seed ${seed}: the worker ended with ${code ?? signal} in the documents ${current.from} to ${current.to - 1}`);
        resolve(next < end ? work(worker) : undefined);
      } else resolve();
    });
    hand();
  });
}

await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
rmSync(outfile, { force: true });
summary();

function faultCount() {
  return [...faults.values()].reduce((sum, count) => sum + count, 0);
}

function summary() {
  const seconds = (performance.now() - started) / 1000;
  console.log(`\n${done} documents (${from} to ${end - 1}) of seed ${seed} in ${seconds.toFixed(0)} s with ${workers} workers: ${faultCount()} faults`);
  for (const [what, count] of faults) console.log(`  ${count} times: ${what}`);
  for (const [name, count] of [...counts].sort(([left], [right]) => left.localeCompare(right))) console.log(`  ${name}: ${count}`);
  console.log(`longer than 50 ms without looking for messages after a keystroke, or than 500 ms for a request made by hand, by the clock: ${longer}; three times again by the processor's time, which is a fault: ${[...faults].filter(([what]) => what.startsWith('blocks ')).reduce((sum, [, count]) => sum + count, 0)}`);
  for (const { number, kind, mutation, characters, milliseconds, part, partMilliseconds } of slowest) console.log(`  ${milliseconds.toFixed(1)} ms by the clock, longest ${part} with ${partMilliseconds.toFixed(1)} ms: document ${number} (${kind}, ${mutation}, ${characters} characters)`);
  for (let worker = 0; worker < workers; worker++) heapGrowth(worker);
  process.exitCode = faults.size === 0 ? 0 : 1;
}

/** Compares the heap after the warm-up with the last one, both after a collection of garbage. */
function heapGrowth(worker) {
  const own = heaps.filter((heap) => heap.worker === worker);
  const after = own.filter((heap) => heap.documents >= warmUp);
  const [first, last] = [after[0], after.at(-1)];
  const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  if (first === undefined || last === undefined || first === last) {
    console.log(`heap of worker ${worker}: ${own.map(({ documents: count, heapBytes }) => `${megabytes(heapBytes)} after ${count}`).join(', ') || 'not looked at'}; too few documents for a growth`);
    return;
  }
  console.log(`heap of worker ${worker} after so many documents: ${own.map(({ documents: count, heapBytes }) => `${count}: ${megabytes(heapBytes)}`).join(', ')}`);
  const growth = (last.heapBytes - first.heapBytes) / ((last.documents - first.documents) / heapEvery);
  console.log(`heap of worker ${worker}: ${megabytes(first.heapBytes)} after ${first.documents} documents, ${megabytes(last.heapBytes)} after ${last.documents}: ${megabytes(growth)} for 10,000 documents`);
}
