/** A session without a database, for what only cares about its life. */
import { postgresql } from '#elements/database/postgresql/definition.ts';
import type { Session } from '#elements/database/contract.ts';

export class FakeSession implements Session {
  readonly server = { product: 'Fake', version: '1', tls: null };
  readonly capabilities = postgresql.capabilities;
  usable = true;
  readonly inTransaction = false;
  ended: 'closed' | 'destroyed' | null = null;

  async run() {
    return { rows: [], affected: 0 };
  }
  async begin() {}
  async commit() {}
  async rollback() {}
  async close() {
    this.usable = false;
    this.ended = 'closed';
  }
  destroy() {
    this.usable = false;
    this.ended = 'destroyed';
  }
}
