import type { PanelFacts } from '../../wire/telegraph.js';

/** What the server wrote into the page. Throws when it wrote nothing. */
export function readFacts({ facts }: DOMStringMap): PanelFacts {
  if (!facts?.startsWith('{'))
    throw new Error('the server has not filled in this page: list Panel in settings.services');
  return JSON.parse(facts) as PanelFacts;
}
