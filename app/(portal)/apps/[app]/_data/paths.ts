/** Paths of the management API below `/api/v1`; also the keys of the cache. */
export const appPath = (app: string) => `/apps/${encodeURIComponent(app)}`;
export const elementPath = (app: string, fullName: string) =>
  `${appPath(app)}/elements/${encodeURIComponent(fullName)}`;
export const connectionsPath = (app: string) => `${appPath(app)}/connections`;
export const connectionPath = (app: string, fullName: string) =>
  `${connectionsPath(app)}/${encodeURIComponent(fullName)}`;
export const variablesPath = (app: string) => `${appPath(app)}/variables`;
export const variablePath = (app: string, key: string) => `${variablesPath(app)}/${encodeURIComponent(key)}`;
export const environmentPath = (app: string, environment: string) =>
  `${appPath(app)}/environments/${encodeURIComponent(environment)}`;
