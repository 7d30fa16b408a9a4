import 'reflect-metadata';
import { container, type DependencyContainer, injectable, inject as injectByToken } from 'tsyringe';

/** What may be asked for in a constructor: a class, abstract or not, or a symbol. */
export type Token<T = unknown> = (abstract new (...args: never[]) => T) | symbol;

type Class<T> = new (...args: never[]) => T;

/** The token of a service's own options: what stands in `with(…)`. */
export const Options = Symbol('Options');

const TOKENS = 'injectionTokens';

/** Marks a constructor's parameter with what is to be given there. */
export function inject(
  token: Token,
): (target: object, key: string | symbol | undefined, index: number) => void {
  return injectByToken(token as symbol);
}

/** What the constructor of a class, or the one that it inherits, asks for, in order. */
export function needsOf(target: object): Token[] {
  const marks = (Reflect.getMetadata(TOKENS, target) as Record<number, { token: Token }> | undefined) ?? {};
  return Object.values(marks).map(({ token }) => token);
}

/** The name that an error tells for a token. */
export function nameOf(token: Token): string {
  return typeof token === 'symbol' ? (token.description ?? 'symbol') : token.name;
}

/** Fills constructors from what was provided, and from nothing else: nothing is made behind one's back. */
export class Registry {
  readonly #container: DependencyContainer;

  constructor(parent: DependencyContainer = container) {
    this.#container = parent.createChildContainer();
  }

  provide<T>(token: Token<T>, value: T): void {
    this.#container.registerInstance(token as symbol, value);
  }

  has(token: Token): boolean {
    return this.#container.isRegistered(token as symbol, true);
  }

  /** What was provided for a token; throws when nothing was. */
  get<T>(token: Token<T>): T {
    return this.#container.resolve<T>(token as symbol);
  }

  /** A registry that knows all this one does, and what is provided to it alone. */
  child(): Registry {
    return new Registry(this.#container);
  }

  /** What of a class's needs was not provided. */
  missing(target: object): Token[] {
    return needsOf(target).filter((token) => !this.has(token));
  }

  /** Prepares a class once, for making many instances of it cheaply; what it makes is filled from this, or from a child of this. */
  factory<T>(target: Class<T>): (from?: Registry) => T {
    const needs = needsOf(target);
    if (needs.length === 0) return () => new (target as new () => T)();
    // A class that inherits its constructor inherits what was marked there: tsyringe looks at own marks only.
    Reflect.defineMetadata(TOKENS, { ...(Reflect.getMetadata(TOKENS, target) as object) }, target);
    injectable()(target);
    return (from = this as Registry) => from.get<T>(target as new (...args: never[]) => T);
  }
}
