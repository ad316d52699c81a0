import { describe, expect, it } from 'vitest';
import { finished, type Steps } from '../server/core/steps.ts';
import { Turns } from '../server/turns.ts';

/** Works for some milliseconds, a piece of it in each step. */
function* work(pieces: number, milliseconds: number, onPiece: (piece: number) => void = () => undefined): Steps<number> {
  for (let piece = 0; piece < pieces; piece++) {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
    onPiece(piece);
    yield;
  }
  return pieces;
}

const never = (): boolean => false;

describe('long work in turns', () => {
  it('gives what it gives at once', async () => {
    expect(await new Turns().run(work(40, 1), never)).toEqual({ result: finished(work(40, 0)) });
  });

  it('lets messages in before it is done', async () => {
    const heard: string[] = [];
    setTimeout(() => heard.push('message'), 0);
    await new Turns().run(work(40, 1, (piece) => heard.push(String(piece))), never);
    expect(heard.indexOf('message')).toBeGreaterThan(-1);
    expect(heard.indexOf('message')).toBeLessThan(heard.length - 1);
  });

  it('is done at once when it is short', () => {
    let pieces = 0;
    void new Turns().run(work(3, 0, () => pieces++), never);
    expect(pieces).toBe(3);
  });

  it('lets messages in before the next work when what came before took a turn', async () => {
    const turns = new Turns();
    const heard: string[] = [];
    setTimeout(() => heard.push('message'), 0);
    const done = turns.run(work(1, 20, () => heard.push('first')), never).then(() => turns.run(work(1, 0, () => heard.push('second')), never));
    await done;
    expect(heard).toEqual(['first', 'message', 'second']);
  });

  it('does what cannot wait at once, and lets messages in before other work when that took a turn', async () => {
    const turns = new Turns();
    const heard: string[] = [];
    setTimeout(() => heard.push('message'), 0);
    turns.now(() => finished(work(1, 20, () => heard.push('at once'))));
    const later = turns.run(work(1, 0, () => heard.push('later')), never);
    expect(heard).toEqual(['at once']);
    await later;
    expect(heard).toEqual(['at once', 'message', 'later']);
  });

  it('ends when nobody wants it any more, and gives nothing', async () => {
    const state = { pieces: 0, isClosed: false };
    function* closing(): Steps<number> {
      try {
        return yield* work(1_000, 1, () => state.pieces++);
      } finally {
        state.isClosed = true;
      }
    }
    expect(await new Turns().run(closing(), () => state.pieces > 0)).toBeUndefined();
    expect(state.pieces).toBeLessThan(1_000);
    expect(state.isClosed).toBe(true);
  });

  it('does one work after another, and goes on after one that fails', async () => {
    const turns = new Turns();
    const order: string[] = [];
    const failing = function* (): Steps<number> {
      throw new Error('It failed.');
    };
    const first = turns.run(work(20, 1, () => order.push('first')), never);
    const second = turns.run(failing(), never);
    const third = turns.run(work(20, 1, () => order.push('third')), never);
    await expect(second).rejects.toThrow('It failed.');
    await Promise.all([first, third]);
    expect(order).toEqual([...Array<string>(20).fill('first'), ...Array<string>(20).fill('third')]);
  });
});
