import { resourceOf, type Resource, type ResourcePlace } from '../resource.ts';

/** A line of an inventory that cannot be read, or not to the end. */
export interface InventoryProblem {
  /** 1 = first. */
  readonly line: number;
  /** One sentence. */
  readonly message: string;
}

export interface Inventory {
  /** In the order of the text, each ARN once. */
  readonly resources: readonly Resource[];
  /** The first ones of many. */
  readonly problems: readonly InventoryProblem[];
  readonly problemCount: number;
}

/** The longest inventory that is read, in UTF-16 code units. */
export const maximumInventoryLength = 10 * 1024 * 1024;
export const maximumResources = 100_000;
const maximumProblems = 200;

/** What the readers of the formats fill. */
export class InventoryBuilder {
  readonly #resources = new Map<string, Resource>();
  readonly #problems: InventoryProblem[] = [];
  #problemCount = 0;
  #full = false;

  /** True when no more resources are taken. */
  get isFull(): boolean {
    return this.#full;
  }

  /** Takes a resource, or tells why it is none. */
  add(arn: string, tags: ReadonlyMap<string, string>, line: number, place: ResourcePlace = {}): void {
    const resource = resourceOf(arn, tags, line, place);
    if (resource === undefined) {
      this.problem(line, arn === '' ? 'The ARN is missing.' : `"${arn}" is not the ARN of a resource, such as arn:aws:ec2:eu-west-1:111122223333:volume/vol-0a1b2c3d.`);
      return;
    }
    const first = this.#resources.get(arn);
    if (first !== undefined) {
      this.problem(line, `"${arn}" is listed again; what line ${String(first.line)} says of it counts.`);
      return;
    }
    if (this.#resources.size < maximumResources) {
      this.#resources.set(arn, resource);
    } else if (!this.#full) {
      this.#full = true;
      this.problem(line, `The inventory has more than ${maximumResources.toLocaleString('en-US')} resources; from this line on they are left out. Split it to look at the others.`);
    }
  }

  problem(line: number, message: string): void {
    this.#problemCount += 1;
    if (this.#problems.length < maximumProblems) this.#problems.push({ line, message });
  }

  build(): Inventory {
    return { resources: [...this.#resources.values()], problems: this.#problems.toSorted((left, right) => left.line - right.line), problemCount: this.#problemCount };
  }
}
