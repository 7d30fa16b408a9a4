import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import type { ModuleGraph, UsersModules } from './module-graph.js';

/** What the hooks' thread is given when it begins. */
export interface HooksData {
  /** What was loaded in another thread already. */
  readonly modules?: UsersModules | undefined;
  readonly line?: unknown;
}

/** What the hooks' thread can be asked, and what it answers. */
interface Answers {
  /** The URLs of the files that have changed, and of those that Node cannot take anew. */
  renew: { changed: string[]; lasting: string[] };
  keep: true;
  drop: true;
  modules: UsersModules;
  urls: string[];
  /** What is wrong with the first module that cannot be read as JavaScript. */
  flaw: string | undefined;
}

/** What the hooks' thread knows of files. */
interface Reading {
  digestOf(url: string): Promise<string>;
  /** Why a text is no JavaScript. */
  flawOf(text: string, url: string): Promise<string | undefined>;
}

interface Question {
  readonly what: keyof Answers;
  readonly reply: MessagePort;
}

/** Asks the hooks' thread at the other end of a line. */
export async function ask<W extends keyof Answers>(line: MessagePort, what: W): Promise<Answers[W]> {
  const { port1, port2 } = channel();
  line.postMessage({ what, reply: port2 } satisfies Question, [port2]);
  const [answer] = (await once(port1, 'message')) as [Answers[W]];
  port1.close();
  return answer;
}

/** Answers what is asked on a line, about the modules of this thread. */
export function answerLine(line: MessagePort, graph: ModuleGraph, { digestOf, flawOf }: Reading): void {
  const answers: { [W in keyof Answers]: () => Answers[W] | Promise<Answers[W]> } = {
    renew: async () => {
      const before = graph.modules;
      const changed = await graph.renew(digestOf);
      // Loaded, but by Node itself: of those it keeps the first for ever.
      const lasting = changed.filter((url) => before.get(url)?.digest && !before.get(url)?.source);
      return { changed, lasting };
    },
    keep: () => {
      graph.keep();
      return true;
    },
    drop: () => {
      graph.drop();
      return true;
    },
    modules: () => graph.modules,
    urls: () => graph.urls,
    flaw: async () => {
      for (const [url, { source }] of graph.modules) {
        const flaw = source?.format === 'module' ? await flawOf(source.source, url) : undefined;
        if (flaw !== undefined) return flaw;
      }
      return undefined;
    },
  };
  line.on('message', async ({ what, reply }: Question) => {
    reply.postMessage(await answers[what]());
    reply.close();
  });
}

/** Two ends of a line. Node's global is the same as that of its module, which most starts need not load. */
export function channel(): { port1: MessagePort; port2: MessagePort } {
  return new MessageChannel() as unknown as { port1: MessagePort; port2: MessagePort };
}
