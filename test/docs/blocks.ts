import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../helpers/server.js';

/** A fenced block of a document: its language, the word behind it, and its text. */
export interface Block {
  language: string;
  title: string;
  text: string;
  /** The text of the block that follows at once, when that is plain: what should be printed. */
  prints: string | undefined;
}

/** All fenced blocks of a document of this repository, in order. */
export async function blocksOf(document: string): Promise<Block[]> {
  const text = await readFile(join(root, document), 'utf8');
  const blocks = [...text.matchAll(/^```(\w+)? ?(.*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', title = '', text = '']) => ({
      language,
      title,
      text,
    }),
  );
  return blocks.map((block, at) => {
    const next = blocks[at + 1];
    return { ...block, prints: next?.language === 'text' ? next.text : undefined };
  });
}
