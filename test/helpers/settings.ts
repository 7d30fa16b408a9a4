/** The text of a settings file: the defaults, changed by what is given. `base` is the default settings there. */
export function settingsText(body: { imports?: string; classes?: string; change?: string }): string {
  return `import { access, defaultSettings, inject, Refusal, RoomHandler, Service, Task, users } from 'eot-server';
${body.imports ?? ''}
${body.classes ?? ''}
const base = defaultSettings();
export default { ...base, ${body.change ?? ''} };
`;
}
