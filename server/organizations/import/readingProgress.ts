/** How much of each was read, or is to be read. */
interface Counts {
  readonly accounts?: number;
  readonly units?: number;
  readonly policies?: number;
}

/** Reports closer than this many milliseconds are left out. */
const interval = 250;

/** Tells how far reading has come, in numbers. */
export class ReadingProgress {
  readonly #options: { readonly now: () => number; readonly report: (message: string, percent?: number) => void; readonly expectedAccounts?: number };
  readonly #read = { accounts: 0, units: 0, policies: 0 };
  #policies: number | undefined;
  #reportedAt = -Infinity;

  constructor(options: { readonly now: () => number; readonly report: (message: string, percent?: number) => void; readonly expectedAccounts?: number }) {
    this.#options = options;
  }

  /** How many there are. */
  expect({ policies }: Pick<Counts, 'policies'>): void {
    this.#policies = policies;
  }

  /** So many were read up to now. */
  count({ accounts }: { readonly accounts: number }): void {
    this.add({ accounts: accounts - this.#read.accounts });
  }

  add({ accounts = 0, units = 0, policies = 0 }: Counts): void {
    this.#read.accounts += accounts;
    this.#read.units += units;
    this.#read.policies += policies;
    const now = this.#options.now();
    if (now - this.#reportedAt < interval) return;
    this.#reportedAt = now;
    // Policies are read at the lowest rate, so they tell how far it is.
    const percent = this.#policies === undefined || this.#policies === 0 ? undefined : Math.floor((100 * this.#read.policies) / this.#policies);
    this.#options.report(this.#message(), percent);
  }

  #message(): string {
    const { accounts, units, policies } = this.#read;
    const { expectedAccounts = 0 } = this.#options;
    const ofAccounts = expectedAccounts > accounts ? ` of about ${numbered(expectedAccounts)}` : '';
    const ofPolicies = this.#policies === undefined ? '' : ` of ${numbered(this.#policies)}`;
    return `${numbered(accounts)}${ofAccounts} accounts, ${numbered(units)} OUs, ${numbered(policies)}${ofPolicies} policies`;
  }
}

/** `10,000` */
export function numbered(count: number): string {
  return count.toLocaleString('en-US');
}
