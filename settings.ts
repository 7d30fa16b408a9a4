import type { SettingsInput } from './src/infra/settings.js';
import { Reception } from './src/services/calls/reception.js';
import { Router } from './src/services/calls/router.js';
import { SessionManager } from './src/services/calls/session-manager.js';
import { TaskThreads } from './src/services/calls/task-threads.js';
import { Chadburn } from './src/services/dialects/chadburn.js';
import { Pages } from './src/services/doors/pages.js';
import { WebServer } from './src/services/doors/web-server.js';
import { WebSocketDoor } from './src/services/doors/websocket-door.js';
import { RoomHandler } from './src/services/rooms/room-handler.js';
import { AcceptFile } from './src/services/telegraph/accept-file.js';
import { Acknowledgements } from './src/services/telegraph/acknowledgements.js';
import { Panel } from './src/services/telegraph/panel.js';
import { StatusWatcher } from './src/services/telegraph/status-watcher.js';
import { TaskAccept } from './src/tasks/task-accept.js';
import { TaskAcknowledgements } from './src/tasks/task-acknowledgements.js';
import { TaskBroadcast } from './src/tasks/task-broadcast.js';
import { TaskEcho } from './src/tasks/task-echo.js';
import { TaskPing } from './src/tasks/task-ping.js';
import { TaskShutdown } from './src/tasks/task-shutdown.js';
import { TaskSubscribe } from './src/tasks/task-subscribe.js';
import { TaskUnsubscribe } from './src/tasks/task-unsubscribe.js';

/** The settings of a server out of the box: build yours on them. Each call gives a new object. */
export function defaultSettings() {
  return {
    host: '127.0.0.1',
    port: 1873,

    statusFile: './status.eot',
    acceptFile: './accept.eot',
    panel: { mode: 'status', station: 'choose', acknowledgements: false },
    controlSocket: './interface.sock',
    lockFile: './server.lock',
    log: { level: 'INFO', path: './logging.log', maxSize: 10_000_000, maxFiles: 5 },

    origins: [] as string[],
    shutdown: 'nobody',

    services: [
      SessionManager,
      RoomHandler,
      TaskThreads,
      Router,
      Reception,
      AcceptFile,
      Acknowledgements,
      StatusWatcher,
      WebServer,
      WebSocketDoor,
      Chadburn,
      Pages,
      Panel,
    ],

    tasks: {
      TaskPing,
      TaskEcho,
      TaskSubscribe,
      TaskUnsubscribe,
      TaskAccept,
      TaskAcknowledgements,
      TaskBroadcast,
      TaskShutdown,
    },
  } satisfies SettingsInput;
}

export default defaultSettings();
