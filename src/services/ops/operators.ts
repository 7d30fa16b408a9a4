import type { Guard } from '../calls/access.js';

/**
 * Lets in whom the setting `console` allows to watch and command the server. A page of another site never may,
 * though `origins` lists it: it would act with the rights of whoever looks at it.
 */
export const operators: Guard = (user, peer, { console }) => {
  if (!peer.ownPage) return false;
  if (typeof console === 'function') return console(user, peer);
  return (console === 'local' && peer.local) || (console === 'users' && user !== null);
};
