import { Bell } from './bell.js';
import type { Memory } from './memory.js';
import { part } from './screen.js';

/** The bell and its button. */
export function hangBell(memory: Memory): Bell {
  const button = part('bell');
  const hint = part('hint');
  const show = (state: Bell['state']): void => {
    button.setAttribute('aria-pressed', String(state === 'muted'));
    hint.hidden = state !== 'waiting';
  };
  const bell = new Bell(memory, show, () => swing(document.body));
  button.addEventListener('click', () => bell.toggle());
  button.hidden = false;
  show(bell.state);
  return bell;
}

/** Swings the bell's picture, from the beginning again if it swings already. */
function swing(body: HTMLElement): void {
  body.removeAttribute('data-rings');
  void body.offsetWidth;
  body.dataset.rings = '';
}
