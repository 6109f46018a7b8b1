import { afterAll } from 'vitest';
import { closeBrowsers } from './browser.ts';

afterAll(closeBrowsers);
