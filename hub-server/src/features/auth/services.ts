import { perHub } from '../../perHub.ts';
import { Guesses } from './Guesses.ts';
import { Principals } from './Principals.ts';
import { SignIns } from './SignIns.ts';

/** What signing in keeps per hub. */
export const signIns = perHub((hub) => new SignIns(hub.connection, hub.config.accessTokenSecret));
export const principals = perHub((hub) => new Principals(hub, signIns(hub)));
export const guesses = perHub((hub) => new Guesses(hub.connection));
