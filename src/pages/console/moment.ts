const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** A moment as people read it: the time, and the day when it was another one. */
export function moment(iso: string): string {
  const time = new Date(iso);
  const today = time.toDateString() === new Date().toDateString();
  return today ? clock.format(time) : `${day.format(time)} ${clock.format(time)}`;
}

/** The time to the millisecond. */
export function instant(iso: string): string {
  return `${clock.format(new Date(iso))}.${iso.slice(20, 23)}`;
}
