/** What the check reads of an entry of the lock file. */
export interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** What an installation follows. `npmrc` is the text of .npmrc. */
export interface Installation {
  readonly lock: { readonly lockfileVersion: number; readonly packages: Readonly<Record<string, LockedPackage>> };
  readonly manifest: {
    readonly scripts?: Readonly<Record<string, string>>;
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
    readonly optionalDependencies?: Readonly<Record<string, string>>;
    readonly overrides?: Readonly<Record<string, string>>;
  };
  readonly npmrc: string;
}

/** A sentence for each thing by which two installations could differ, or by which one runs code of a package. */
export function lockFileProblems(installation: Installation): readonly string[];
