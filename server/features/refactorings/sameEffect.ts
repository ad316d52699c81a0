import { isPresent, type EffectiveContainer, type EffectiveElement, type EffectiveLeaf, type EffectiveNode } from '../../core/merge/effective.ts';
import { effectiveErrors } from '../../core/validation/effectiveErrors.ts';
import type { Entity, Organization } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';

/** How many accounts were compared, and which get another effective policy. */
export interface Effects {
  readonly accounts: number;
  /** Accounts whose effective policy, as AWS prints it, or whose errors differ. */
  readonly changed: number;
}

/**
 * Compares what every account gets in two snapshots of the same entities: the printed policy, keys in any order,
 * and what AWS says against it. Accounts below the same places of attachment are compared once.
 */
export function effectsOf(before: Snapshot, after: Snapshot): Effects {
  const comparison = new TreeComparison(before, after);
  let accounts = 0;
  let changed = 0;
  const visit = (old: Organization, next: Organization, [was, is]: readonly [Entity, Entity], parentSame: boolean): void => {
    const own = was.attachments.length > 0 || is.attachments.length > 0 || was.parent === undefined;
    const same = own ? comparison.same(effectiveOf(before, old, was).tree, effectiveOf(after, next, is).tree) : parentSame;
    if (was.kind === 'account') {
      accounts++;
      if (!same) changed++;
    }
    for (const [index, child] of was.children.entries()) {
      const other = is.children[index];
      if (other !== undefined) visit(old, next, [child, other], same);
    }
  };
  for (const [uri, old] of before.organizations) {
    const next = after.organizations.get(uri);
    if (old.root !== undefined && next?.root !== undefined) visit(old, next, [old.root, next.root], true);
  }
  return { accounts, changed };
}

class TreeComparison {
  readonly #before: Snapshot;
  readonly #after: Snapshot;
  readonly #known = new Map<EffectiveContainer, Map<EffectiveContainer, boolean>>();

  constructor(before: Snapshot, after: Snapshot) {
    this.#before = before;
    this.#after = after;
  }

  same(was: EffectiveContainer, is: EffectiveContainer): boolean {
    if (was === is) return true;
    const row = this.#known.get(was) ?? new Map<EffectiveContainer, boolean>();
    this.#known.set(was, row);
    const known = row.get(is);
    if (known !== undefined) return known;
    const same = this.#sameContainer(was, is) && this.#errors(was, this.#before) === this.#errors(is, this.#after);
    row.set(is, same);
    return same;
  }

  #sameNode(was: EffectiveNode, is: EffectiveNode): boolean {
    if (was === is) return true;
    if (was.name !== is.name) return false;
    if (was.kind === 'container') return is.kind === 'container' && this.#sameContainer(was, is);
    return is.kind !== 'container' && this.#text(was, this.#before) === this.#text(is, this.#after);
  }

  #sameContainer(was: EffectiveContainer, is: EffectiveContainer): boolean {
    const [left, right] = [printed(was), printed(is)];
    if (left.size !== right.size) return false;
    for (const [key, node] of left) {
      const other = right.get(key);
      if (other === undefined || !this.#sameNode(node, other)) return false;
    }
    return true;
  }

  #text({ value }: EffectiveLeaf, snapshot: Snapshot): string {
    if (value === undefined) return '';
    const elements = value.kind === 'single' ? [value.element] : value.elements;
    return JSON.stringify([value.kind, elements.map((element) => (element.unknown ? { template: templateText(element, snapshot) } : element.text))]);
  }

  #errors(tree: EffectiveContainer, { at }: Snapshot): string {
    return JSON.stringify(effectiveErrors(tree, at).map(({ code, message, path }) => [code, message, path]).sort());
  }
}

function printed(container: EffectiveContainer): ReadonlyMap<string, EffectiveNode> {
  return new Map([...container.children].filter(([, child]) => isPresent(child)));
}

/** What a template fills in is not known; the same tokens of one statement fill in the same. */
function templateText({ origin }: EffectiveElement, { policies }: Snapshot): readonly string[] {
  const text = policies.get(origin.source.policy.uri)?.document.text ?? '';
  return origin.values.filter((value) => value.unknown).map(({ span }) => text.slice(span.start, span.end));
}
