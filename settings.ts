import type { SettingsInput } from './src/infra/settings.js';
import { Reception } from './src/services/calls/reception.js';
import { Router } from './src/services/calls/router.js';
import { SessionManager } from './src/services/calls/session-manager.js';
import { TaskThreads } from './src/services/calls/task-threads.js';
import { Chadburn } from './src/services/dialects/chadburn.js';
import { Pages } from './src/services/doors/pages.js';
import { WebServer } from './src/services/doors/web-server.js';
import { WebSocketDoor } from './src/services/doors/websocket-door.js';
import { Console } from './src/services/ops/console.js';
import { ServiceNews } from './src/services/ops/service-news.js';
import { Tracer } from './src/services/ops/tracer.js';
import { RoomHandler } from './src/services/rooms/room-handler.js';
import { AcceptFile } from './src/services/telegraph/accept-file.js';
import { Acknowledgements } from './src/services/telegraph/acknowledgements.js';
import { Panel } from './src/services/telegraph/panel.js';
import { StatusWatcher } from './src/services/telegraph/status-watcher.js';
import { TaskAccept } from './src/tasks/task-accept.js';
import { TaskAcknowledgements } from './src/tasks/task-acknowledgements.js';
import { TaskBroadcast } from './src/tasks/task-broadcast.js';
import { TaskClients } from './src/tasks/task-clients.js';
import { TaskDisconnect } from './src/tasks/task-disconnect.js';
import { TaskEcho } from './src/tasks/task-echo.js';
import { TaskPing } from './src/tasks/task-ping.js';
import { TaskRestart } from './src/tasks/task-restart.js';
import { TaskRooms } from './src/tasks/task-rooms.js';
import { TaskServices } from './src/tasks/task-services.js';
import { TaskShutdown } from './src/tasks/task-shutdown.js';
import { TaskSubscribe } from './src/tasks/task-subscribe.js';
import { TaskTrace } from './src/tasks/task-trace.js';
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
    log: { level: 'INFO', path: './logging.log', maxSize: 10_000_000, maxFiles: 5, format: 'text' },

    origins: [] as string[],
    shutdown: 'nobody',
    console: 'local',

    services: [
      SessionManager,
      RoomHandler,
      ServiceNews,
      Tracer,
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
      Console,
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
      TaskServices,
      TaskRestart,
      TaskRooms,
      TaskClients,
      TaskDisconnect,
      TaskTrace,
    },
  } satisfies SettingsInput;
}

export default defaultSettings();
