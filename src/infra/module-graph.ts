/** What Node is given for a module. */
interface ModuleSource {
  readonly format: 'module' | 'json';
  readonly source: string;
}

/** A module of the user's, as it was last taken. */
export interface UsersModule {
  /** Tells what it is now from what it was before: part of its URL, but for 0. */
  readonly version: number;
  /** Of the file's bytes when it was read; undefined as long as it was not. */
  digest: string | undefined;
  /** Undefined as long as it was not loaded, and for what Node loads by itself: modules of the older format. */
  source: ModuleSource | undefined;
  /** What it imports: from the words in its text to URLs without versions. */
  readonly imports: Map<string, string>;
}

/** Modules by URL, without versions. */
export type UsersModules = ReadonlyMap<string, UsersModule>;

const VERSION = /[?&]eot=\d+/g;

/** A text, or a URL, without the versions of modules in it. */
export function withoutVersions(text: string): string {
  return text.replaceAll(VERSION, '');
}

/**
 * The user's modules and who imports whom. Node never forgets a module, so one that has changed gets another URL, and so
 * does whoever imports it; all others stay what they are.
 */
export class ModuleGraph {
  #modules: Map<string, UsersModule>;
  #roots = new Set<string>();
  #before: { modules: Map<string, UsersModule>; roots: Set<string> } | undefined;
  #tried: readonly string[] = [];
  #version = 0;

  constructor(modules: UsersModules = new Map()) {
    this.#modules = new Map(modules);
  }

  get modules(): UsersModules {
    return this.#modules;
  }

  /** Whether what was renewed is neither kept nor dropped yet. */
  get renewing(): boolean {
    return this.#before !== undefined;
  }

  /** The URLs of all modules, and of those that were tried last, though they were dropped. */
  get urls(): string[] {
    return [...new Set([...this.#modules.keys(), ...this.#tried])];
  }

  /** The URL under which Node is to know a module. */
  versioned(url: string): string {
    const { version } = this.at(url);
    return version === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}eot=${version}`;
  }

  /** Notes what some words mean in a module; who imports is undefined for what no module of the user's does. */
  note(importer: string | undefined, words: string, url: string): void {
    if (importer === undefined) this.#roots.add(url);
    else this.at(importer).imports.set(words, url);
  }

  /** The module at a URL; one that was never met is met now. */
  at(url: string): UsersModule {
    const there = this.#modules.get(url);
    if (there) return there;
    const met = {
      version: this.#version,
      digest: undefined,
      source: undefined,
      imports: new Map<string, string>(),
    };
    this.#modules.set(url, met);
    return met;
  }

  /**
   * Renews what has changed and whoever imports it, until `keep` or `drop`. What nobody imports is always renewed: the
   * settings may say something else though their text is the same. Resolves with the URLs whose files have changed.
   */
  async renew(digestOf: (url: string) => Promise<string>): Promise<string[]> {
    const digests = await Promise.all(
      [...this.#modules].map(async ([url, { digest }]) => ((await digestOf(url)) === digest ? [] : [url])),
    );
    const changed = digests.flat();
    this.#before = { modules: this.#modules, roots: this.#roots };
    this.#modules = new Map(this.#modules);
    this.#version++;
    for (const url of this.#importersOf([...changed, ...this.#roots])) {
      const { digest, source } = this.at(url);
      const fresh = changed.includes(url) ? { digest: undefined, source: undefined } : { digest, source };
      this.#modules.set(url, { version: this.#version, imports: new Map(), ...fresh });
    }
    this.#roots = new Set();
    return changed;
  }

  /** What was renewed stays; what nobody imports any longer is forgotten. */
  keep(): void {
    this.#before = undefined;
    this.#tried = [];
    const reached = new Set(this.#roots);
    for (const url of reached) for (const imported of this.at(url).imports.values()) reached.add(imported);
    for (const url of this.#modules.keys()) if (!reached.has(url)) this.#modules.delete(url);
  }

  /** All is as it was before `renew`, or as it was at first; what was tried will never be taken for something else. */
  drop(): void {
    const { modules, roots } = this.#before ?? { modules: new Map(), roots: new Set<string>() };
    this.#tried = [...this.#modules.keys()];
    this.#modules = modules;
    this.#roots = roots;
    this.#before = undefined;
    this.#version++;
  }

  /** These modules and all that import them, however far away. */
  #importersOf(urls: string[]): Set<string> {
    const importers = new Map<string, string[]>();
    for (const [url, { imports }] of this.#modules)
      for (const imported of imports.values())
        importers.set(imported, [...(importers.get(imported) ?? []), url]);
    const found = new Set(urls);
    for (const url of found) for (const importer of importers.get(url) ?? []) found.add(importer);
    return found;
  }
}
