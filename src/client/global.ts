import { EotClient } from './eot-client.js';
import { Zephclient } from './zephclient.js';

/** For a page without modules: `<script src="/client.js"></script>`, then `new EotClient()`. */
Object.assign(globalThis, { EotClient, Zephclient });
