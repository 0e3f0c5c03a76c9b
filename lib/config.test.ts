import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT, parseConfig } from './config.ts';

describe('settings', () => {
  it('have defaults for a portal on loopback', () => {
    expect(parseConfig({ XDG_CONFIG_HOME: '/c' })).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      home: join(PROJECT_ROOT, '.mooring'),
      storeFile: join(PROJECT_ROOT, '.mooring/store.db'),
      keyFolder: '/c/mooring',
      baseUrl: 'http://localhost:3000',
      origins: ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'],
      targets: 'local',
      targetsAllow: [],
      warnings: [],
    });
  });

  it('resolve paths against the project, wherever one stands', () => {
    expect(parseConfig({ MOORING_HOME: 'd' }).home).toBe(join(PROJECT_ROOT, 'd'));
    expect(parseConfig({ MOORING_STORE_URL: 'file:d/s.db' }).storeFile).toBe(join(PROJECT_ROOT, 'd/s.db'));
    expect(parseConfig({ MOORING_STORE_URL: 'file:///d/s.db' }).storeFile).toBe('/d/s.db');
  });

  it('are stricter beyond loopback', () => {
    const open = parseConfig({
      HOST: '0.0.0.0',
      PORT: '8080',
      MOORING_TARGETS_ALLOW: ' 10.0.0.0/8, db.example.org:5432 ,',
    });
    expect(open).toMatchObject({ targets: 'listed', origins: ['http://0.0.0.0:8080'] });
    expect(open.targetsAllow).toEqual(['10.0.0.0/8', 'db.example.org:5432']);
    const behind = parseConfig({ MOORING_BASE_URL: 'https://mooring.example.org/' });
    expect(behind.baseUrl).toBe('https://mooring.example.org');
    expect(behind.origins[0]).toBe('https://mooring.example.org');
  });

  it('name every wrong one', () => {
    const wrong = () => parseConfig({ PORT: 'abc', MOORING_TARGETS: 'all', MOORING_BASE_URL: 'mooring' });
    expect(wrong).toThrow(/PORT.*MOORING_BASE_URL.*MOORING_TARGETS/s);
  });

  it('warn of an unknown one with the nearest, and leave those that Kubernetes sets', () => {
    const env = { MOORING_HOM: 'x', MOORING_SERVICE_HOST: 'x', MOORING_PORT_3000_TCP: 'x', OTHER: 'x' };
    const { warnings } = parseConfig(env);
    expect(warnings).toEqual(['MOORING_HOM is not a setting of Mooring. The nearest one is MOORING_HOME.']);
  });
});
