import type { User } from '../rooms/client.js';
import { SessionManager, type SessionManagerOptions } from './session-manager.js';

interface TokenSessionManagerOptions extends SessionManagerOptions {
  /** The key shared with whoever signs the tokens, at least 32 bytes. */
  secret: string;
  /** What `iss` must be, when given. */
  issuer?: string;
  /** What `aud` must be, when given. */
  audience?: string;
}

/** A session is a signed token (JWT, RFC 7519, HS256): `sub` is the user's id, `username` or `name` the name. */
export class TokenSessionManager extends SessionManager<TokenSessionManagerOptions> {
  protected override async find(token: string): Promise<User | null> {
    const { errors, jwtVerify } = await import('jose');
    const { secret, issuer, audience } = this.options;
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
        algorithms: ['HS256'],
        requiredClaims: ['sub'],
        ...(issuer === undefined ? {} : { issuer }),
        ...(audience === undefined ? {} : { audience }),
      });
      const { sub = '', username, name } = payload;
      return { id: sub, username: String(username ?? name ?? sub) };
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      this.log.info(`a token was refused: ${error.code}`);
      return null;
    }
  }

  override async main(run: Parameters<SessionManager['main']>[0]): Promise<void> {
    if (Buffer.byteLength(this.options.secret ?? '') < 32)
      throw new Error('the secret of TokenSessionManager needs at least 32 bytes');
    await super.main(run);
  }
}
