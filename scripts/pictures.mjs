/* npm run pictures: screenshots of every page from the running product. */
import { dispatch } from './lib/dispatch.mjs';

await dispatch('test/pictures/pictures.ts', process.argv.slice(2));
