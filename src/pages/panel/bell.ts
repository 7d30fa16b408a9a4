import { strike } from './bell-sound.js';
import type { Memory } from './memory.js';

/** Silent by choice; silent until the visitor has touched the page, as browsers want it; ready. */
type BellState = 'muted' | 'waiting' | 'ready';

const KEY = 'eot-bell';
const MUTED = 'muted';
/** What a browser may take for a visitor's consent to hear something. */
const GESTURES = ['pointerup', 'keydown', 'click'] as const;

/** The telegraph's bell. It rings when it may, and says what keeps it from ringing. */
export class Bell {
  readonly #memory: Memory;
  readonly #changed: (state: BellState) => void;
  readonly #struck: () => void;
  #sound: AudioContext | undefined;
  #running = false;
  #missed = false;
  #muted: boolean;
  #damp: (() => void) | undefined;

  /** `changed` is told what becomes of it, `struck` each time that it is heard. */
  constructor(memory: Memory, changed: (state: BellState) => void, struck: () => void) {
    this.#memory = memory;
    this.#changed = changed;
    this.#struck = struck;
    this.#muted = memory.recall(KEY) === MUTED;
    for (const gesture of GESTURES) addEventListener(gesture, this.#touched, { capture: true });
    addEventListener('storage', ({ key }) => key === KEY && this.#heardOfOther());
  }

  get state(): BellState {
    if (this.#muted) return 'muted';
    return this.#running ? 'ready' : 'waiting';
  }

  /** Rings, or, if the browser does not let it yet, as soon as it does. */
  ring(): void {
    if (this.#muted) return;
    if (!this.#sound || !this.#running) {
      this.#missed = true;
      return;
    }
    // A telephone call, or a long sleep, may have suspended it.
    if (this.#sound.state === 'running') this.#strike(this.#sound);
    else void this.#wake(this.#sound);
  }

  /** Mutes it, or lets it ring again; remembered for the next visit. */
  toggle(): void {
    this.#muted = !this.#muted;
    this.#missed = false;
    this.#memory.keep(KEY, this.#muted ? MUTED : 'rings');
    this.#changed(this.state);
    // The gesture that mutes it may be the one that let it ring.
    if (this.#muted) this.#damp?.();
    else this.ring();
  }

  readonly #touched = (): void => {
    // Not every key counts: made too early, a context complains on the console.
    if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
    for (const gesture of GESTURES) removeEventListener(gesture, this.#touched, { capture: true });
    if (typeof AudioContext === 'undefined') return;
    this.#sound = new AudioContext();
    void this.#wake(this.#sound);
  };

  async #wake(sound: AudioContext): Promise<void> {
    try {
      await sound.resume();
    } catch {
      // No loudspeaker: then nobody would hear it, and the page says all that the bell does.
      return;
    }
    const first = !this.#running;
    this.#running = true;
    if (!this.#muted && (this.#missed || !first)) this.#strike(sound);
    this.#missed = false;
    this.#changed(this.state);
  }

  #strike(sound: AudioContext): void {
    this.#damp = strike(sound);
    this.#struck();
  }

  #heardOfOther(): void {
    this.#memory.forget(KEY);
    this.#muted = this.#memory.recall(KEY) === MUTED;
    this.#changed(this.state);
  }
}
