/** How many lines are kept: the latest. */
const MOST = 500;

/** The debug panel behind the π: shows every frame as text, and sends what is typed. */
export class DebugConsole {
  readonly #log: HTMLElement;

  /** `send` says a text to the server, and returns false when nobody would hear it. */
  constructor(dialog: HTMLDialogElement, opener: HTMLElement, send: (text: string) => boolean) {
    const log = dialog.querySelector<HTMLElement>('[role=log]');
    const form = dialog.querySelector('form');
    const input = dialog.querySelector('input');
    const close = dialog.querySelector('.close');
    if (!log || !form || !input || !close) throw new Error('panel.html lacks a part of its debug panel');
    this.#log = log;
    opener.addEventListener('click', () => {
      dialog.showModal();
      log.scrollTop = log.scrollHeight;
      input.focus();
    });
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => opener.focus());
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (send(input.value)) input.value = '';
      else this.#add('note', 'Not sent: there is no connection');
    });
  }

  /** A frame has come. */
  heard(text: string): void {
    this.#add('heard', text);
  }

  /** A frame was sent. */
  sent(text: string): void {
    this.#add('sent', `You sent: ${text}`);
  }

  #add(kind: 'heard' | 'sent' | 'note', text: string): void {
    const log = this.#log;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 8;
    const line = document.createElement('div');
    line.className = kind;
    line.dataset.at = new Date().toLocaleTimeString('en-GB');
    line.textContent = text;
    log.append(line);
    while (log.childElementCount > MOST) log.firstElementChild?.remove();
    if (atEnd) log.scrollTop = log.scrollHeight;
  }
}
