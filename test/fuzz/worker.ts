import { fuzzDocument, type FuzzDocument } from './documents.ts';
import { pass, secondLook, Surroundings, type Pass } from './pass.ts';

/** One in so many documents goes through everything twice. */
const repeatedOneIn = 16;

/** A stretch of documents to look at, numbers from `from` up to and without `to`. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly seed: number;
  /** Tells of the heap after a collection of garbage, which takes a while. */
  readonly heap: boolean;
}

/** A document that blocked the server for long. */
interface Slow {
  readonly number: number;
  readonly kind: string;
  readonly mutation: string;
  readonly characters: number;
  /** Of all that follows a keystroke. */
  readonly milliseconds: number;
  /** Of its longest part, which may be one that is made by hand. */
  readonly partMilliseconds: number;
  readonly part: string;
}

const surroundings = new Surroundings();
const others = new Surroundings();

function slowOf({ number, kind, mutation, text }: FuzzDocument, { times, afterKeystroke }: Pass): Slow {
  const [part = '', partMilliseconds = 0] = Object.entries(times).sort(([, left], [, right]) => right - left)[0] ?? [];
  return { number, kind, mutation, characters: text.length, milliseconds: afterKeystroke, part, partMilliseconds };
}

/** Processor time of this process in milliseconds: what other processes take does not count. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A hang is one that comes again three times, by the time of the processor: what other processes take does not count. */
function isHang(document: FuzzDocument): boolean {
  for (let times = 0; times < 3; times++) if (pass(document, surroundings, processorTime).blocked <= 1) return false;
  return true;
}

function look(stretch: Stretch): void {
  const counts: Record<string, number> = {};
  const faults: { readonly number: number; readonly what: string }[] = [];
  const slowest: Slow[] = [];
  let longer = 0;
  for (let number = stretch.from; number < stretch.to; number++) {
    const document = fuzzDocument(stretch.seed, number);
    const result = pass(document, surroundings);
    const name = `${document.kind}: ${document.mutation}`;
    counts[name] = (counts[name] ?? 0) + 1;
    for (const what of result.faults) faults.push({ number, what });
    if (number % repeatedOneIn === 0) faults.push(...secondLook(document, result, others).map((what) => ({ number, what })));
    const slow = slowOf(document, result);
    if (result.blocked > 1) longer++;
    if (result.blocked > 1 && isHang(document)) faults.push({ number, what: `blocks for ${slow.milliseconds.toFixed(0)} ms, longest ${slow.part} with ${slow.partMilliseconds.toFixed(0)} ms, and again (${slow.kind}, ${slow.mutation}, ${String(slow.characters)} characters)` });
    slowest.push(slow);
    if (slowest.length > 50) shorten(slowest);
  }
  shorten(slowest);
  process.send?.({ ...stretch, counts, faults: faults.slice(0, 100), slowest, longer, ...(stretch.heap ? { heapBytes: heapBytes() } : {}) });
}

function shorten(slowest: Slow[]): void {
  slowest.sort((left, right) => right.milliseconds - left.milliseconds);
  slowest.length = Math.min(slowest.length, 5);
}

/** What is in use after all garbage is collected; needs --expose-gc. */
function heapBytes(): number {
  if (typeof globalThis.gc === 'function') for (let times = 0; times < 3; times++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

process.on('message', (stretch) => {
  look(stretch as Stretch);
});
process.on('disconnect', () => {
  process.exit(0);
});
