import type { Json } from '../wire/json.js';

/** What is known of one task: what it takes, what it answers, and what `subscribe` hears in its name. */
export interface TaskShape {
  data: unknown;
  answer: unknown;
  heard: unknown;
}

/** Any task, with anything that JSON can say. */
export interface AnyTasks {
  [task: string]: { data: Json; answer: Json; heard: Json };
}

/** A name that nobody calls: in it, a service says `Data`. */
export interface Says<Data> {
  data: never;
  answer: never;
  heard: Data;
}

/** The answer of a task that gives back what it is given. */
interface Echo {
  readonly '~echo': never;
}

/**
 * The tasks of a settings file, to be the type argument of `EotClient`:
 * `import type settings from './settings.js'`, then `new EotClient<TasksOf<typeof settings>>()`.
 */
export type TasksOf<Settings extends { tasks?: object | undefined }> = {
  [Name in keyof NonNullable<Settings['tasks']> & string]: ShapeOf<NonNullable<Settings['tasks']>[Name]>;
};

/** What follows the name of a task in a call; the data may be left out where null will do. */
export type Given<Data, Options> = null extends Data
  ? [data?: Data | undefined, options?: Options]
  : undefined extends Data
    ? [data?: Data | undefined, options?: Options]
    : [data: Data, options?: Options];

/** The names of tasks that answer what they are given. */
export type EchoesOf<Tasks> = {
  [Name in keyof Tasks & string]: Tasks[Name] extends { answer: Echo } ? Name : never;
}[keyof Tasks & string];

type ShapeOf<Class> = Class extends abstract new (
  ...args: never[]
) => infer Task
  ? Task extends { main(...args: never[]): infer Result }
    ? {
        data: InputOf<Class, TypesOf<Task>['data']>;
        answer: AnswerOf<Task, Awaited<Result>>;
        heard: TypesOf<Task>['said'] | Exclude<Awaited<Result>, void | undefined>;
      }
    : AnyTasks[string]
  : AnyTasks[string];

/** The type arguments of `Task`, which it tells in `~types`. */
type TypesOf<Task> = Task extends { readonly '~types'?: infer Types }
  ? NonNullable<Types> extends (data: infer Data) => infer Said
    ? { data: Data; said: Said }
    : { data: Json; said: Json }
  : { data: Json; said: Json };

/** A schema (Standard Schema) may take something else than it makes of it. */
type InputOf<Class, Data> = Class extends {
  readonly schema: { readonly '~standard': { readonly types?: { readonly input: infer Input } | undefined } };
}
  ? unknown extends Input
    ? Data
    : Input
  : Data;

type AnswerOf<Task, Result> = unknown extends Result
  ? Result
  : Json extends Result
    ? Task extends { main<Data extends Json>(request: { readonly data: Data }): Data }
      ? Echo
      : NullFor<Result>
    : NullFor<Result>;

type NullFor<Result> = Result extends void | undefined ? null : Result;
