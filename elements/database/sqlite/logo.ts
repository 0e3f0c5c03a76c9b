import { siSqlite as icon } from 'simple-icons';

export const logo = icon.path;
