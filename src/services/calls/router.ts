import { isDeepStrictEqual } from 'node:util';
import { inject, nameOf, needsOf, Options, Registry } from '../../infra/inject.js';
import { Logger } from '../../infra/logger.js';
import { type Run, Service } from '../../infra/service.js';
import { Settings } from '../../infra/settings.js';
import type { Call } from '../../wire/frame.js';
import type { Client } from '../rooms/client.js';
import { Message } from '../rooms/message.js';
import { RoomHandler } from '../rooms/room-handler.js';
import { logAbout } from './call-log.js';
import { Refusal } from './refusal.js';
import { type RouterOptions, Running } from './running.js';
import type { Answer, TaskClass } from './task.js';
import { TaskPlan } from './task-plan.js';
import { TaskThreads } from './task-threads.js';
import { Work } from './work.js';

/** How long interrupted tasks may take to end when the router stops, in milliseconds. */
const DRAIN_WITHIN = 1_000;

/** Makes one task per call, and gives the caller its answer. */
export class Router extends Service {
  readonly #running: Running;
  #plans = new Map<string, TaskPlan>();
  #open = false;

  constructor(
    @inject(Options) options: RouterOptions,
    @inject(Settings) private readonly settings: Settings,
    @inject(Registry) private readonly registry: Registry,
    @inject(RoomHandler) private readonly rooms: RoomHandler,
    @inject(TaskThreads) private readonly threads: TaskThreads,
    @inject(Logger) private readonly log: Logger,
  ) {
    super();
    this.#running = new Running(options);
  }

  override async main(run: Run): Promise<void> {
    this.#plans = this.#planAll();
    this.#open = true;
    run.ready();
    await run.stopped;
    this.#open = false;
  }

  override async disable(): Promise<void> {
    this.#open = false;
    await this.#running.drain(DRAIN_WITHIN);
  }

  override describe(): Record<string, number> {
    return { tasks: this.#plans.size, running: this.#running.size };
  }

  /** Runs the task of a call; the answer, or why there is none, is sent to the client. Never throws. */
  route(call: Call, client: Client, room: string): void {
    try {
      const plan = this.#plans.get(call.task);
      if (!plan) throw new Refusal('unknown-task', `there is no task ${call.task}`);
      const answer = this.#run(plan, call, client, room);
      if (answer instanceof Promise) this.#answerLater(call, client, answer);
      else this.#answer(call, client, answer);
    } catch (error) {
      this.#refuse(call, client, error);
    }
  }

  /** Calls that run end with the tasks that they began with. */
  override reload(): void {
    const plans = this.#planAll();
    const modules = (all: Map<string, TaskPlan>): Set<string | undefined> =>
      new Set([...all.values()].map(({ thread }) => thread));
    if (!isDeepStrictEqual(modules(plans), modules(this.#plans))) this.threads.renew();
    this.#plans = plans;
  }

  /** Breaks off what a client that has left was waiting for. */
  cancel(client: Client): void {
    this.#running.cancel(client);
  }

  #planAll(): Map<string, TaskPlan> {
    const tasks = Object.entries(this.settings.tasks) as [string, TaskClass][];
    return new Map(tasks.map(([name, task]) => [name, this.#plan(name, task)]));
  }

  #plan(name: string, task: TaskClass): TaskPlan {
    const [lacking] = this.registry.missing(task);
    if (lacking) throw new Error(`the task ${name} needs ${nameOf(lacking)}: list it in settings.services`);
    const [needed] = task.thread === undefined ? [] : needsOf(task);
    if (needed) {
      const service = nameOf(needed);
      throw new Error(
        `the task ${name} runs in a thread, where there is no ${service}: take it out of its constructor`,
      );
    }
    return new TaskPlan(name, task, this.registry);
  }

  #run(plan: TaskPlan, call: Call, client: Client, room: string): Answer | Promise<Answer> {
    if (!this.#open) throw new Refusal('busy', 'the server stops, or is not up yet; try again');
    client.trace?.step('task', `${call.task} is called in ${room}`);
    plan.admit(client, this.settings);
    const data = plan.check(call.data);
    this.#running.admit(client);
    const work = new Work(call, client, data, room, this.rooms);
    if (plan.thread !== undefined) {
      const answer = this.threads.run(plan, work);
      return this.#running.watch(work, answer, plan.deadline, () => undefined);
    }
    const task = plan.make(client);
    const answer = task.main(work);
    if (!(answer instanceof Promise)) return answer;
    return this.#running.watch(work, answer, plan.deadline, () => this.#interrupt(task, call, client));
  }

  #interrupt(task: { interrupt?(): void }, call: Call, client: Client): void {
    try {
      task.interrupt?.();
    } catch (error) {
      logAbout(this.log, client, call.task).error(`${call.task} failed to be interrupted`, error);
    }
  }

  #answerLater(call: Call, client: Client, answer: Promise<Answer>): void {
    answer
      .then((value) => this.#answer(call, client, value))
      .catch((error: unknown) => this.#refuse(call, client, error));
  }

  #answer({ ref, task }: Call, client: Client, value: Answer): void {
    const data = value ?? null;
    client.trace?.step('task', `${task} is done`);
    if (ref !== undefined) client.send(new Message({ ref, task, data }));
    else if (value !== undefined) client.send(new Message({ task, data }));
  }

  #refuse({ ref, task }: Call, client: Client, reason: unknown): void {
    const told = reason instanceof Refusal;
    if (!told) logAbout(this.log, client, task).error(`${task} failed`, reason);
    const code = told ? reason.code : 'internal';
    const message = told ? reason.message : `${task} failed`;
    client.trace?.step('task', `${task} ended with ${code}: ${message}`);
    if (ref !== undefined) client.send(new Message({ ref, task, error: { code, message } }));
    else client.send(new Message({ msgtype: 'error', error: { code, message, task } }));
  }
}
