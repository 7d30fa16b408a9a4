/** How a small brass bell sounds: of each partial its pitch in Hz, its loudness, and its decay in seconds. */
const PARTIALS = [
  [494, 0.22, 1.9],
  [988, 0.5, 1.6],
  [1179, 0.24, 1.2],
  [1482, 0.2, 0.9],
  [1990, 0.3, 0.7],
  [2964, 0.16, 0.4],
  [4120, 0.1, 0.2],
] as const;

/** A telegraph's gong is struck twice; seconds from now. */
const STRIKES = [0.01, 0.26] as const;
const LOUDNESS = 0.35;
/** An exponential fall never reaches zero. */
const SILENCE = 0.0001;

/** Strikes the bell, now. Returns the way to damp it. */
export function strike(sound: AudioContext): () => void {
  const now = sound.currentTime;
  const loudness = sound.createGain();
  loudness.gain.value = LOUDNESS;
  loudness.connect(sound.destination);
  for (const delay of STRIKES)
    for (const [pitch, gain, decay] of PARTIALS) {
      const begin = now + delay;
      const envelope = sound.createGain();
      envelope.gain.setValueAtTime(SILENCE, begin);
      envelope.gain.exponentialRampToValueAtTime(gain, begin + 0.004);
      envelope.gain.exponentialRampToValueAtTime(SILENCE, begin + decay);
      envelope.connect(loudness);
      const partial = sound.createOscillator();
      partial.frequency.value = pitch;
      partial.connect(envelope);
      partial.start(begin);
      partial.stop(begin + decay);
    }
  return () => loudness.disconnect();
}
