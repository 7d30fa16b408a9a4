import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { inject } from '../../infra/inject.js';
import { Logger } from '../../infra/logger.js';
import { packageFile } from '../../infra/package-file.js';
import { type Run, Service } from '../../infra/service.js';
import { Settings } from '../../infra/settings.js';
import { SessionManager } from '../calls/session-manager.js';
import { Visit } from '../calls/visit.js';
import { POLICY, page } from '../doors/pages.js';
import { peerOf } from '../doors/peer-of.js';
import { type Handler, WebServer } from '../doors/web-server.js';
import { operators } from './operators.js';

const FILES = {
  '/console': 'console.html',
  '/console.js': 'console.js',
  '/console.css': 'console.css',
};

const REFUSAL = `The console is not for you here.

Whoever runs this server says in its settings who may see it: console: 'local' (as it is, unless they
say otherwise) is for browsers on the same machine, at http://127.0.0.1 or http://localhost; 'users' is
for those who have logged in; a function decides for itself.
`;

/** Serves the operators' page on `/console`. All that it shows and does are tasks, guarded in the same way. */
export class Console extends Service {
  constructor(
    @inject(Settings) private readonly settings: Settings,
    @inject(SessionManager) private readonly sessions: SessionManager,
    @inject(WebServer) private readonly web: WebServer,
    @inject(Logger) private readonly log: Logger,
  ) {
    super();
  }

  override async main(run: Run): Promise<void> {
    const folder = packageFile('dist', 'pages');
    const close = Object.entries(FILES).map(([path, file]) =>
      this.web.serve(path, this.#guarded(page(join(folder, file), POLICY))),
    );
    run.ready();
    await run.stopped;
    for (const end of close) end();
  }

  #guarded(serve: Handler): Handler {
    return (request, response) => {
      this.#mayEnter(request)
        .then((may) => (may ? serve(request, response) : refuse(response)))
        .catch((error: unknown) => {
          this.log.error('the console could not be served', error);
          if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
          response.end('Internal error\n');
        });
    };
  }

  async #mayEnter(request: IncomingMessage): Promise<boolean> {
    const peer = peerOf(request);
    const user = await this.sessions.user(new Visit(peer, request.headers.cookie));
    return operators(user ?? null, peer, this.settings) === true;
  }
}

function refuse(response: ServerResponse): void {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  response.writeHead(403, headers).end(REFUSAL);
}
