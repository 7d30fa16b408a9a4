// The dependency rule of the house: wire ← infra ← services ← tasks ← settings.ts ← bin (ARCHITECTURE.md).
const OURS = '^(src|bin)/|^settings\\.ts$';
const OUTSIDE = [
  'core',
  'npm',
  'npm-dev',
  'npm-optional',
  'npm-peer',
  'npm-no-pkg',
  'npm-unknown',
  'undetermined',
];

/** Files of `from` import, of what is ours, `allowed` only. */
const only = (name, from, ...allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: OURS, pathNot: allowed },
});

const src = (...folders) => folders.map((folder) => `^src/${folder}/`);
const services = (...folders) => [
  ...src('wire', 'infra'),
  ...src(...folders.map((folder) => `services/${folder}`)),
];
const beneathTasks = src('wire', 'infra', 'services');
const beneathSettings = [...beneathTasks, ...src('tasks')];

module.exports = {
  forbidden: [
    only('wire', '^src/wire/', ...src('wire')),
    only('infra', '^src/infra/', ...src('wire', 'infra')),
    only('rooms', '^src/services/rooms/', ...services('rooms')),
    only('calls', '^src/services/calls/', ...services('rooms', 'calls')),
    only('doors', '^src/services/doors/', ...services('rooms', 'calls', 'doors')),
    only('dialects', '^src/services/dialects/', ...services('rooms', 'calls', 'doors', 'dialects')),
    ...['telegraph', 'board', 'ops'].map((folder) =>
      only(folder, `^src/services/${folder}/`, ...services('rooms', 'calls', 'doors', folder)),
    ),
    only('services', '^src/services/', ...beneathTasks),
    only('tasks', '^src/tasks/', ...beneathSettings),
    only('settings', '^settings\\.ts$', ...beneathSettings),
    only('testing', '^src/testing/', ...beneathSettings, '^settings\\.ts$', ...src('testing')),
    only('bin', '^bin/', ...beneathSettings, '^settings\\.ts$', '^bin/'),
    only('client', '^src/client/', ...src('wire', 'client')),
    only('pages', '^src/pages/', ...src('wire', 'client', 'pages')),
    {
      name: 'tasks-are-listed-not-imported',
      severity: 'error',
      from: { pathNot: [...src('tasks'), '^settings\\.ts$', '^src/index\\.ts$'] },
      to: { path: '^src/tasks/' },
    },
    {
      name: 'the-browser-has-no-packages',
      severity: 'error',
      from: { path: src('wire', 'client', 'pages') },
      to: { dependencyTypes: OUTSIDE },
    },
    {
      name: 'one-importer-of-tsyringe',
      severity: 'error',
      from: { pathNot: '^src/infra/inject\\.ts$' },
      to: { path: '(^|/)(tsyringe|reflect-metadata)(/|$)' },
    },
    {
      // A circle of types alone is undone by the compiler.
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'all-is-found', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
};
