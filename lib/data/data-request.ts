import type { IncomingHttpHeaders } from 'node:http';

/** What the data API needs of an HTTP request: plain values, so that it can be served by any server. */
export type DataRequest = {
  method: string;
  /** path and query, e.g. `/data/shop/development/Customer?limit=5` */
  url: string;
  headers: IncomingHttpHeaders;
  /** @throws DataError 413 when it is larger than the limit */
  body(): Promise<string>;
};

export type DataResponse = {
  status: number;
  headers: Record<string, string>;
  /** null: no body */
  body: string | null;
};
