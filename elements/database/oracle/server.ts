/** 12.2 brought names of 128 bytes and identity columns with `on null` are of 12.1: nothing older is spelt for. */
const OLDEST = { major: 12, minor: 2 };

/** Which server answers, from the driver's `oracleServerVersionString` (`19.3.0.0.0`). Pure. */
export function readServer(version: string): {
  product: string;
  version: string;
  /** null: supported */ tooOld: string | null;
} {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const old = major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor);
  return {
    product: 'Oracle Database',
    version,
    tooOld: old ? `${version}; ${OLDEST.major}.${OLDEST.minor} or newer is needed` : null,
  };
}
