import { afterAll } from 'vitest';
import { closeBrowsers } from './browser.ts';
import { stopProducts } from './Product.ts';

afterAll(async () => {
	await closeBrowsers();
	await stopProducts();
});
