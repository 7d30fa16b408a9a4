import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TASKS = Array.from({ length: 50 }, (_, n) => `Task${n}`);

/** A user's project of 50 tasks. All of them use a helper two folders below; one uses a helper of its own. */
export class ReloadProject {
  constructor(readonly folder: string) {
    mkdirSync(join(folder, 'tasks', 'lib', 'deep'), { recursive: true });
    for (const name of TASKS) this.#write(`tasks/${name}.ts`, taskText(name));
    this.#write('tasks/lib/all.ts', "export { all } from './deep/all.js';\n");
    this.#write('tasks/lib/one.ts', "export { one } from './deep/one.js';\n");
    this.change('all', 0);
    this.change('one', 0);
    this.#write('settings.ts', settingsText());
  }

  /** Gives a helper another text: the one that all tasks use, or the one of a single task. */
  change(helper: 'all' | 'one', version: number): void {
    this.#write(
      `tasks/lib/deep/${helper}.ts`,
      `export const ${helper} = (): string => 'version ${version}';\n`,
    );
  }

  #write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }
}

function taskText(name: string): string {
  return `import { type Request, Task } from 'eot-server';
import { all } from './lib/all.js';
${name === 'Task7' ? "import { one } from './lib/one.js';" : "const one = (): string => 'none';"}

/** Answers what it was asked, and who it is. */
export class ${name} extends Task<string> {
  static override readonly deadline = 2_000;

  override main({ data, room, say }: Request<string>): string {
    if (data === 'say') say({ room, from: '${name}' });
    return \`${name} \${data} \${all()} \${one()}\`;
  }
}
`;
}

function settingsText(): string {
  const imports = TASKS.map((name) => `import { ${name} } from './tasks/${name}.js';\n`).join('');
  return `import { defaultSettings } from 'eot-server';
${imports}
const base = defaultSettings();
export default { ...base, tasks: { ...base.tasks, ${TASKS.join(', ')} } };
`;
}
