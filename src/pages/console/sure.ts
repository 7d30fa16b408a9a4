import { need, write } from './element.js';

const dialog = (): HTMLDialogElement => need('#sure', HTMLDialogElement);

/** Asks before something grave is done; resolves true when it shall be. */
export function sure(question: string, consequence: string, yes: string): Promise<boolean> {
  const box = dialog();
  write(need('#question', HTMLElement), question);
  write(need('#consequence', HTMLElement), consequence);
  write(need('#sure .grave', HTMLElement), yes);
  box.returnValue = 'no';
  box.showModal();
  return new Promise((resolve) =>
    box.addEventListener('close', () => resolve(box.returnValue === 'yes'), { once: true }),
  );
}
