import { RemoteClock, steadyNow } from '@counter-hub/shared/server/RemoteClock.ts';
import type { Connection } from './mongo.ts';
import type { Sweeper } from './sweeper.ts';

/** Questions before the hub serves, and ms between those that come after. */
const FIRST_QUESTIONS = 3;
const ASKED_EVERY_MS = 10_000;

/**
 * The time by which every hub lives: that of the database (of its primary). Hubs whose own clocks are minutes apart agree
 * on what is due, whose lease is over and whose token has expired. While the database is away it is counted on.
 * @param own ms since 1970, never goes back; another one for tests
 */
export async function databaseClock(
	connection: Connection,
	sweeper: Sweeper,
	own: () => number = steadyNow,
): Promise<() => number> {
	const clock = new RemoteClock(own);
	const ask = async () => {
		const sentAt = own();
		const { localTime } = await connection.getClient().db().command({ hello: 1 });
		if (localTime instanceof Date) clock.learn(sentAt, own(), localTime.getTime());
	};
	for (let asked = 0; asked < FIRST_QUESTIONS; asked++) await ask();
	sweeper.every(ASKED_EVERY_MS, 'the clock of the database', ask);
	return clock.now;
}
