import { afterAll } from 'vitest';
import { dropDatabases } from './mongod.ts';

afterAll(dropDatabases);
