import { registerTypeScript } from '../src/infra/typescript.js';

// For `node --import eot-server/typescript`: whoever imports this wants its effect.
registerTypeScript();
